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

from ingest.appearances import laid_over_print
from ingest.document import Hidden
from ingest.glyphs import other_letters
from ingest.replacement import replaced_text
from ingest.revisions import earlier_versions
from ingest.widgets import DAMAGED

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
    stored: list[int | None] = []
    attached = False
    for entry, page in entries:
        if "/EF" in entry:
            attached = True
            name = _told(entry.get("/UF", entry.get("/F", "")))
            yield Hidden("attachment", page, None, name, "Another file is attached to the PDF.")
        elif entry.get("/Subtype") in MEDIA and "/Rect" in entry:
            yield Hidden("attachment", page, None, "", "The PDF carries sound or moving pictures.")
        elif entry.get("/Type") == "/EmbeddedFile":
            stored.append(page)
    if stored and not attached:
        yield Hidden("attachment", stored[0], None, "", "Another file is attached to the PDF.")


def _told(value: Any) -> str:
    """A name or a text as far as it can be read: in a broken file it may be in no encoding."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value.unparse()).decode("latin-1")


def _scripts(entries: Iterable[Found]) -> Iterator[Hidden]:
    for entry, page in entries:
        action, link = _told(entry.get("/S", "")), _told(entry.get("/URI", ""))
        if action in SCRIPTS or "/JS" in entry or re.match(r"\s*javascript:", link, re.IGNORECASE):
            kind = action.lstrip("/") if action in SCRIPTS else "JavaScript"
            yield Hidden("script", page, None, "", f"The PDF does something when it is opened or used ({kind}).")


def _forms(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    if "/XFA" in form:
        yield Hidden("form", None, None, "", "The PDF carries an XFA form, which no page shows.")
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
        told = value is not None and not isinstance(value, pikepdf.Dictionary) and _told(value) not in ("", "/Off")
        if told and not parts and not any(look.objgen in shown for look in looks):
            yield Hidden("form", None, None, _told(value), "A form field that no page shows holds a value.")


def _is_shown(note: pikepdf.Object) -> bool:
    edges = [float(edge) for edge in note.get("/Rect", ())]
    seen = len(edges) == 4 and edges[0] != edges[2] and edges[1] != edges[3]
    return seen and not int(note.get("/F", 0)) & NOT_SHOWN


def _comments(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    """What people said to one another on the paper: shown when somebody points at it, or laid over the page."""
    for number, page in enumerate(pdf.pages, 1):
        for note in _all(page.obj.get("/Annots")):
            said = _told(note.get("/Contents", "")).strip()
            if said and note.get("/Subtype") not in NO_COMMENTS:
                yield Hidden("comment", number, None, said, "A comment hangs on the page and is no part of its print.")
