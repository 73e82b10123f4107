"""The fields of a form that was filled in on a screen: what is typed into them becomes print, and boxes have a state.

A typed field is an annotation with a picture of its own; readers show that picture and its value may differ. So the
picture is what is read: it is put on the page of a copy, and the copy is read like any other paper. A value that its
picture does not show is hidden content.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
import pypdfium2

from ingest.document import Box, Hidden, Mark, Page
from ingest.matrix import Matrix
from ingest.pdf import opened, page_matrix, read_page

NOT_SHOWN = 2 | 32  # the flags of an annotation that is hidden, or hidden on a screen
PUSH = 1 << 16  # the flag of a button that is only pressed
# What the libraries raise where the file's inner structure is not what they take it for.
DAMAGED = (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
DEEPEST = 30  # fields in fields: a field that is its own parent is a known attack
Edges = tuple[float, float, float, float]
Look = tuple[Any, Edges]  # the picture of a field, and where the page puts it


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form where a page shows it: a text, or a box to tick.

    `on` of a box, None where it is shown otherwise than it is kept; `told` of a text, whatever the file says it is.
    """

    kind: Literal["text", "box"]
    page: int
    box: Box
    on: bool | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper with what is typed into it as print, the boxes on its pages, and what its fields hide."""

    print: bytes
    boxes: tuple[Mark, ...]
    hidden: tuple[Hidden, ...]


def filled_in(paper: Any, data: bytes) -> Filled | None:
    """An open paper as its readers see it; None where it has no fields. What cannot be read may hide anything."""
    if not paper.get_formtype():
        return None
    try:
        matrices = {}
        for number in range(1, len(paper) + 1):
            page = paper[number - 1]
            matrices[number] = page_matrix(page.raw)[0]
            page.close()
        return _filled(_settled(data), matrices)
    except DAMAGED:
        return Filled(data, (), (Hidden("form", None, None, "", "The fields of its form cannot be read."),))


def _settled(data: bytes) -> bytes:
    """The file with a picture for each field, made where it has none or asks for a new one."""
    paper = pypdfium2.PdfDocument(data)
    try:
        paper.init_forms()
        pages = [paper[n] for n in range(len(paper))]  # loading a page makes the pictures
        kept = io.BytesIO()
        paper.save(kept)
        for page in pages:
            page.close()
        return kept.getvalue()
    finally:
        paper.close()


def _filled(data: bytes, matrices: Mapping[int, Matrix]) -> Filled:
    fields: list[Field] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/DR")
        typed: list[tuple[pikepdf.Page, list[Look]]] = []
        for number, page in enumerate(pdf.pages, 1):
            notes = page.obj.get("/Annots")
            looks: list[Look] = []
            left = []
            for note in notes if isinstance(notes, pikepdf.Array) else ():
                field = _field(note, number, matrices[number]) if is_shown(note) else None
                picture = _picture(note) if field and field.kind == "text" else None
                fields += [field] if field else []
                if isinstance(picture, pikepdf.Stream):
                    looks.append((picture, edges_of(note)))
                else:
                    left.append(note)
            if looks:
                page.obj.Annots = pikepdf.Array(left)
                typed.append((page, looks))
        for page, looks in typed:
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"\nQ\n" + placed(page, looks, fonts))
        printed = _saved(pdf)
        for page, looks in typed:
            page.obj.Annots, page.obj.Contents = pikepdf.Array(), pdf.make_stream(placed(page, looks, fonts))
        alone = _saved(pdf)
    boxes = tuple(Mark("box", field.box, field.page, field.on) for field in fields if field.kind == "box")
    return Filled(printed, boxes, tuple(_unlike_their_look(fields, alone)))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    kept = io.BytesIO()
    with warnings.catch_warnings():  # of fields that no form has: `ingest.appearances` finds them
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        pdf.save(kept)
    return kept.getvalue()


def is_shown(note: Any) -> bool:
    """Whether an annotation is the look of a field that its page shows."""
    if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") != "/Widget" or len(note.get("/Rect", ())) != 4:
        return False
    x0, y0, x1, y1 = edges_of(note)
    return x1 > x0 and y1 > y0 and not int(note.get("/F", 0)) & NOT_SHOWN


def edges_of(note: Any) -> Edges:
    """Left, bottom, right and top of an annotation in the page's own coordinates."""
    x0, y0, x1, y1 = (float(edge) for edge in note.Rect)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def inherited(note: Any, key: str) -> Any:
    """A field's entry, or that of the nearest field above it that has one."""
    above: Any = note
    for _ in range(DEEPEST):
        if not isinstance(above, pikepdf.Dictionary):
            return None
        if key in above:
            return above[key]
        above = above.get("/Parent")
    return None


def _picture(note: Any) -> Any:
    """How a field looks; of a box, one look for each of its states."""
    looks = note.get("/AP")
    return looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None


def _field(note: Any, page: int, matrix: Matrix) -> Field | None:
    kind, flags, place = inherited(note, "/FT"), int(inherited(note, "/Ff") or 0), matrix.box(*edges_of(note))
    if kind in ("/Tx", "/Ch"):
        values = (inherited(note, "/V"), inherited(note, "/DV"))
        shown = _shown_for(note) if kind == "/Ch" else {}
        texts = (shown.get(text, text) for value in values if value is not None and (text := _text(value)))
        return Field("text", page, place, told=tuple(dict.fromkeys(texts)) or ("",))
    return Field("box", page, place, on=_is_on(note)) if kind == "/Btn" and not flags & PUSH else None


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return " ".join(_text(one) for one in value)
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", errors="replace")
    return str(value)


def _shown_for(note: Any) -> dict[str, str]:
    """What a choice shows for each of its values, where that is not the value itself."""
    options = inherited(note, "/Opt")
    pairs = [pair for pair in options if isinstance(pair, pikepdf.Array) and len(pair) == 2] if options else []
    return {str(value): str(shown) for value, shown in pairs}


def _is_on(note: Any) -> bool | None:
    """The state that is shown, where it is the one that is kept too; None where they differ."""
    pictures = _picture(note)
    states = set(pictures.keys()) - {"/Off"} if isinstance(pictures, pikepdf.Dictionary) else set()
    state, value = note.get("/AS"), inherited(note, "/V")
    shown = None if state is None else str(state) in states
    kept = None if value is None else str(value) in states
    if state is not None and not shown and str(state) != "/Off":
        return None  # a state that has no picture: some readers show nothing, some a tick
    if shown is None or kept is None:
        return bool(shown or kept)
    return shown if shown == kept else None


def placed(page: pikepdf.Page, looks: Sequence[Look], fonts: Any) -> bytes:
    """Each picture put where its field is, as a reader shows it."""
    drawn = b""
    for picture, edges in looks:
        if "/Resources" not in picture and fonts is not None:
            picture.Resources = fonts
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        name = page.add_resource(picture, pikepdf.Name.XObject)
        box = [float(edge) for edge in picture.get("/BBox", (0, 0, edges[2] - edges[0], edges[3] - edges[1]))]
        own = Matrix(*(float(x) for x in picture.get("/Matrix", (1, 0, 0, 1, 0, 0))))
        x0, y0, x1, y1 = own.box(*box)
        wide, high = (edges[2] - edges[0]) / ((x1 - x0) or 1), (edges[3] - edges[1]) / ((y1 - y0) or 1)
        place = (wide, 0, 0, high, edges[0] - x0 * wide, edges[1] - y0 * high)
        drawn += b"q " + " ".join(f"{x:.5f}" for x in place).encode() + b" cm " + str(name).encode() + b" Do Q\n"
    return drawn


def _unlike_their_look(fields: Sequence[Field], alone: bytes) -> Iterator[Hidden]:
    """The texts of fields that their pictures do not show. `alone`: a copy with nothing but the pictures."""
    pages: dict[int, Page] = {}
    with opened("the fields of a paper", alone) as paper:
        for number in {field.page for field in fields if field.kind == "text"}:
            pages[number] = read_page(paper, number - 1)
    for field in fields:
        if field.kind == "box" and field.on is None:
            yield Hidden("form", field.page, field.box, "", "A box of a form is kept otherwise than it is shown.")
        lines = pages[field.page].lines if field.told else ()
        shown = _bare("".join(word.text for line in lines for word in line.words if _holds(field.box, word.box)))
        for told in field.told:
            if _bare(told) != shown:
                detail = "A form field holds a text that is not the one it shows."
                yield Hidden("form", field.page, field.box, told, detail)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top - 2 <= y <= outer.bottom + 2
