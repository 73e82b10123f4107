"""What a PDF carries beside its pages: attached files, scripts, earlier revisions, hidden fields, bytes after its end.

No reader of the printed paper sees these, so a paper with any of them is quarantined. pikepdf opens the object tree.
Every object is looked at, whatever leads to it: there are too many ways to hang a file or a script on a PDF, and what
hangs nowhere is in the file all the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pikepdf

from ingest import nested, packed
from ingest.appearances import laid_over_print
from ingest.document import Hidden
from ingest.glyphs import other_letters
from ingest.objects import text_of
from ingest.readable import clipped, marked_up, text_in
from ingest.replacement import replaced_text
from ingest.revisions import earlier_versions
from ingest.widgets import DAMAGED

ATTACHED = "Another file is attached to the PDF."
SCRIPTS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")
MEDIA = ("/Sound", "/Movie", "/Screen", "/RichMedia", "/3D")
NO_COMMENTS = ("/Link", "/Widget", "/PrinterMark", "/TrapNet", "/Watermark")
NOT_SHOWN = 2 | 32  # the flags of a field that is hidden, or hidden on a screen
Found = tuple[pikepdf.Object, int | None]


def beside_the_pages(data: bytes) -> Iterator[Hidden]:
    """Everything of that kind in a file, each once. A file that pikepdf cannot open carries something unknown."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            entries = list(_dictionaries(pdf))
            yield from _attachments(entries)
            yield from _stored(pdf, entries)
            yield from _scripts(entries)
            yield from _forms(pdf)
            yield from _comments(pdf)
            yield from earlier_versions(data, pdf.is_linearized)
            yield from replaced_text(pdf, data, [entry for entry, _ in entries])
            yield from laid_over_print(pdf, data)
            yield from other_letters(pdf, [entry for entry, _ in entries])
    except DAMAGED:
        yield Hidden("unreadable-structure", None, None, "", "The file's inner structure is damaged.")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Found]:
    """Every dictionary of a file, those of streams too, with the page it lies on where that is plain."""
    on_page: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages, 1):
        on_page[page.obj.objgen] = number
        on_page |= {note.objgen: number for note in _all(page.obj.get("/Annots"))}
    every: list[Any] = list(pdf.objects)  # bare numbers too
    for whole in every:
        page_number = on_page.get(whole.objgen) if isinstance(whole, pikepdf.Object) else None
        waiting = [whole]
        while waiting:
            thing = waiting.pop()
            inner: Iterable[Any] = ()
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                entry = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
                yield entry, page_number
                inner = (value for _, value in entry.items())
            elif isinstance(thing, pikepdf.Array):
                inner = thing
            waiting += [x for x in inner if isinstance(x, (pikepdf.Dictionary, pikepdf.Array)) and not x.is_indirect]


def _all(things: Any) -> list[pikepdf.Object]:
    return (
        [thing for thing in things if isinstance(thing, pikepdf.Dictionary)]
        if isinstance(things, pikepdf.Array)
        else []
    )


def _attachments(entries: Iterable[Found]) -> Iterator[Hidden]:
    for entry, page in entries:
        files = entry.get("/EF")
        if files is not None:
            named = [text_of(entry[key]) for key in ("/UF", "/F", "/Desc") if key in entry]
            inner = [file for _, file in files.items()] if isinstance(files, pikepdf.Dictionary) else []
            said = dict.fromkeys((*named, *map(_words_of, inner)))
            yield Hidden("attachment", page, None, clipped(": ".join(filter(None, said))), ATTACHED)
        elif entry.get("/Subtype") in MEDIA and "/Rect" in entry:
            yield Hidden("attachment", page, None, "", "The PDF carries sound or moving pictures.")


def _words_of(file: Any) -> str:
    """What an attached file says, whatever it is; of a PDF all that its pages show and all that they hide."""
    data = packed.opened(file) if isinstance(file, pikepdf.Stream) else None
    return "" if data is None else nested.words_of(data)


def _stored(pdf: pikepdf.Pdf, entries: Iterable[Found]) -> Iterator[Hidden]:
    """Files that are stored and that nothing of the file attaches."""
    streams = [thing for thing in list[Any](pdf.objects) if isinstance(thing, pikepdf.Stream)]
    files = [stream for stream in streams if stream.get("/Type") == "/EmbeddedFile"]
    if files and not any("/EF" in entry for entry, _ in entries):
        said = clipped(" ".join(filter(None, map(_words_of, files))))
        yield Hidden("attachment", None, None, said, ATTACHED)


def _scripts(entries: Iterable[Found]) -> Iterator[Hidden]:
    for entry, page in entries:
        action, link = text_of(entry.get("/S", "")), text_of(entry.get("/URI", ""))
        if action in SCRIPTS or "/JS" in entry or re.match(r"\s*javascript:", link, re.IGNORECASE):
            kind = action.lstrip("/") if action in SCRIPTS else "JavaScript"
            said = clipped(" ".join(filter(None, (_code(entry.get("/JS")), _code(entry.get("/F")), link))))
            yield Hidden("script", page, None, said, f"The PDF does something when it is opened or used ({kind}).")


def _code(told: Any) -> str:
    """The words of a script, or the name of a program or of a place that something is sent to."""
    if isinstance(told, pikepdf.Stream):
        return text_in(packed.opened(told) or b"")
    if isinstance(told, pikepdf.Dictionary):
        return " ".join(text_of(value) for _, value in told.items() if isinstance(value, pikepdf.String))
    return text_of(told) if isinstance(told, pikepdf.String) else ""


def _xfa(form: pikepdf.Object) -> str:
    """The words of an XFA form, which is one packet or a row of named ones."""
    packets: Any = form["/XFA"]
    parts = list(packets) if isinstance(packets, pikepdf.Array) else [packets]
    said = [marked_up(packed.opened(part) or b"") for part in parts if isinstance(part, pikepdf.Stream)]
    return clipped(" ".join(filter(None, said)))


def _forms(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    if "/XFA" in form:
        yield Hidden("form", None, None, _xfa(form), "The PDF carries an XFA form, which no page shows.")
    shown = {note.objgen for page in pdf.pages for note in _all(page.obj.get("/Annots")) if _is_shown(note)}
    waiting: list[tuple[pikepdf.Object, Mapping[str, Any]]] = [(field, {}) for field in _all(form.get("/Fields"))]
    seen: set[tuple[int, int]] = set()
    while waiting:
        field, above = waiting.pop()
        if field.objgen in seen and field.is_indirect:
            continue  # a field that is its own child is a known attack
        seen.add(field.objgen)
        value = field.get("/V", above.get("value"))
        kids = _all(field.get("/Kids"))
        parts = [kid for kid in kids if "/T" in kid or "/Kids" in kid]
        waiting += [(part, {"value": value}) for part in parts]
        looks = [field, *kids]
        # The value of a signature is a dictionary, and a signature may well be shown nowhere.
        told = value is not None and not isinstance(value, pikepdf.Dictionary) and text_of(value) not in ("", "/Off")
        if told and not parts and not any(look.objgen in shown for look in looks):
            yield Hidden("form", None, None, text_of(value), "A form field that no page shows holds a value.")


def _is_shown(note: pikepdf.Object) -> bool:
    edges = [float(edge) for edge in note.get("/Rect", ())]
    seen = len(edges) == 4 and edges[0] != edges[2] and edges[1] != edges[3]
    return seen and not int(note.get("/F", 0)) & NOT_SHOWN


def _comments(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    """What people said to one another on the paper: shown when somebody points at it, or laid over the page."""
    for number, page in enumerate(pdf.pages, 1):
        for note in _all(page.obj.get("/Annots")):
            said = text_of(note.get("/Contents", "")).strip()
            if said and note.get("/Subtype") not in NO_COMMENTS:
                yield Hidden("comment", number, None, said, "A comment hangs on the page and is no part of its print.")
