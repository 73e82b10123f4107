"""What annotations draw over the pages that is no part of their print, and what only some readers draw.

An annotation has pictures of its own, and readers lay them over the page: a stamp, a watermark, a button. What is typed
into the fields of a form is read as print (`ingest.widgets`), and the words of a digital signature are private. All
other words are on the page for everybody but us, a protective marking for one, so that a paper with any is held. So is
one with a field that some readers draw and others do not: it may lie over what we take for shown.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from ingest.document import Box, Hidden, Page
from ingest.pdf import IMAGE, TEXT, objects, opened, page_matrix, read_page
from ingest.printed import Printed
from ingest.signed import digital_signatures
from ingest.widgets import PUSH, edges_of, inherited, is_shown, placed

KINDS = ("/Tx", "/Ch", "/Btn", "/Sig")
CAPTIONS = ("/CA", "/RC", "/AC")  # the words of a button, for readers that draw it themselves
ICONS = ("/I", "/RI", "/IX")  # its pictures
COLOURS: dict[
    int, Callable[[Sequence[float]], tuple[float, ...]]
] = {  # red, green and blue, by how many inks there are
    1: lambda inks: (inks[0], inks[0], inks[0]),
    3: lambda inks: (inks[0], inks[1], inks[2]),
    4: lambda inks: (1 - min(1, inks[0] + inks[3]), 1 - min(1, inks[1] + inks[3]), 1 - min(1, inks[2] + inks[3])),
}
SAME, SAME_IN_PRINT = 8, 60  # of 255: colours that are no further apart are one; of the inks of print nobody is sure
UNSURE = (None, "/Popup")  # kinds that one reader draws by their picture and another does not
MOST = 0.8  # of a field: so much of it a background fills
OTHER_WORDS = "An annotation shows words that are no part of the page's print."
OTHER_PICTURE = "An annotation shows a picture that is no part of the page's print."
SOME_SHOW_IT = "An annotation has a picture that some readers show and others do not."
NO_FIELD = "A field lies on the page and belongs to no form: some readers show it and others do not."
BACKGROUND = "A field has a background that some readers show and others do not."


@dataclass(frozen=True, slots=True)
class Look:
    """One picture of an annotation; None where a reader must make one up. `shown`: it is the one to be seen first."""

    note: Any
    page: int
    picture: Any
    shown: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a picture draws: its words as far as they can be read, whether it has letters and pictures, its fills."""

    box: Box
    words: str
    letters: bool
    pictures: bool
    page: Page


def laid_over_print(pdf: pikepdf.Pdf, data: bytes) -> Iterator[Hidden]:
    """Words and pictures of annotations that are not read, and fields that only some readers draw."""
    looks = [
        look
        for number, page in enumerate(pdf.pages, 1)
        for note in _dictionaries(page.obj.get("/Annots"))
        for look in _looks(note, number)
    ]
    fields, is_form = _fields(pdf), isinstance(pdf.Root.get("/AcroForm"), pikepdf.Dictionary)
    signed: list[tuple[int, Box]] | None = None
    for look, drawn in zip(looks, _sheets(pdf, looks), strict=True):
        note, kind = look.note, inherited(look.note, "/FT")
        found = _unread(look, drawn, is_form)
        if found and kind == "/Sig" and inherited(note, "/V") is not None:
            signed = _signed(data) if signed is None else signed
            found = None if any(_is_there(look.page, drawn.box, *place) for place in signed) else found
        if found:
            yield found
        elif look.picture is not None and note.get("/Subtype") in UNSURE and look.picture.read_bytes().strip():
            yield Hidden("comment", look.page, drawn.box, "", SOME_SHOW_IT)
        if not look.shown or not is_shown(note):
            continue
        if not note.is_indirect or note.objgen not in fields or kind not in KINDS:
            yield Hidden("form", look.page, drawn.box, drawn.words, NO_FIELD)
        elif not _has_its_background(note, drawn):
            yield Hidden("form", look.page, drawn.box, "", BACKGROUND)


def _dictionaries(things: Any) -> Iterator[Any]:
    for thing in things if isinstance(things, pikepdf.Array) else ():
        if isinstance(thing, pikepdf.Dictionary):
            yield thing


def _looks(note: Any, page: int) -> Iterator[Look]:
    """Every picture of an annotation, each state's and those for pressing it; none is made up for what has no place."""
    looks, state = note.get("/AP"), note.get("/AS")
    usual = False
    for key, pictures in looks.items() if isinstance(looks, pikepdf.Dictionary) else ():
        if isinstance(pictures, pikepdf.Stream):
            yield Look(note, page, pictures, key == "/N")
            usual = usual or key == "/N"
        elif isinstance(pictures, pikepdf.Dictionary):
            for name, picture in pictures.items():
                if isinstance(picture, pikepdf.Stream):
                    shown = key == "/N" and state is not None and name == str(state)
                    yield Look(note, page, picture, shown)
                    usual = usual or shown
    if not usual and note.get("/Subtype") in ("/Widget", "/Stamp"):
        yield Look(note, page, None, True)


def _fields(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Every field of the form, and every part of one."""
    waiting = list(_dictionaries(pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields")))
    found: set[tuple[int, int]] = set()
    while waiting:
        field = waiting.pop()
        if field.is_indirect and field.objgen not in found:  # one that is its own child is a known attack
            found.add(field.objgen)
            waiting += _dictionaries(field.get("/Kids"))
    return found


def _sheets(pdf: pikepdf.Pdf, looks: Sequence[Look]) -> Iterator[Drawn]:
    """What each picture draws where it is put, each on a sheet by itself."""
    if not looks:
        return
    fonts = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/DR")
    sheets = pikepdf.new()
    for look in looks:
        page, sheet = pdf.pages[look.page - 1], sheets.add_blank_page()
        sheet.obj.MediaBox, sheet.obj.CropBox = (
            pikepdf.Array(float(edge) for edge in box) for box in (page.mediabox, page.cropbox)
        )
        sheet.obj.Rotate = int(inherited(page.obj, "/Rotate") or 0)
        if look.picture is not None:
            if "/Resources" not in look.picture and fonts is not None:
                look.picture.Resources = fonts
            drawing = placed(sheet, [(sheets.copy_foreign(look.picture), edges_of(look.note))], None)
            sheet.obj.Contents = sheets.make_stream(drawing)
    kept = io.BytesIO()
    sheets.save(kept)
    with opened("the annotations of a paper", kept.getvalue()) as paper:
        for number, look in enumerate(looks):
            yield _drawn(paper, number, look)


def _drawn(paper: Any, number: int, look: Look) -> Drawn:
    page = paper[number]
    text_page = page.get_textpage()
    try:
        matrix, _, _ = page_matrix(page.raw)
        box = matrix.box(*edges_of(look.note)) if "/Rect" in look.note else matrix.box(0, 0, 0, 0)
        printed = Printed(text_page.raw)
        there = [(kind, shape) for shape, kind, _ in objects(page.raw, matrix)]
        texts = [printed.by(shape) for kind, shape in there if kind == TEXT]
        words = " ".join("".join(f"{text} " for text in texts).split())
        letters = any(text.strip() or not text for text in texts)  # of some letters nothing says which they are
        pictures = any(kind == IMAGE for kind, _ in there)
    finally:
        text_page.close()
        page.close()
    return Drawn(box, words, letters, pictures, read_page(paper, number))


def _unread(look: Look, drawn: Drawn, is_form: bool) -> Hidden | None:
    """What a picture says beside the print, unless it is read as print or ticks a box."""
    note, kind = look.note, look.note.get("/Subtype")
    field, flags = (inherited(note, "/FT"), inherited(note, "/Ff")) if kind == "/Widget" else (None, 0)
    push = field == "/Btn" and isinstance(flags, int) and bool(flags & PUSH)
    if field in ("/Tx", "/Ch") and is_form:
        printed = look.shown and is_shown(note) and _is_whole(note)
        if printed or drawn.words == str(inherited(note, "/V")):  # what it holds and does not show is told of by itself
            return None
    if field == "/Btn" and not push and len(drawn.words) < 2 and not drawn.pictures:
        return None
    if drawn.letters:
        return Hidden("comment", look.page, drawn.box, drawn.words, OTHER_WORDS)
    if drawn.pictures and kind != "/Stamp":  # what is signed on a screen is put there as a stamp
        return Hidden("comment", look.page, drawn.box, "", OTHER_PICTURE)
    own = note.get("/MK", {}) if push and look.shown else {}
    if captions := [str(own[key]) for key in CAPTIONS if key in own]:
        return Hidden("comment", look.page, drawn.box, " ".join(captions), OTHER_WORDS)
    if any(key in own for key in ICONS):
        return Hidden("comment", look.page, drawn.box, "", OTHER_PICTURE)
    if kind == "/Stamp" and look.picture is None:  # readers write its name there
        return Hidden("comment", look.page, drawn.box, str(note.get("/Name", "")).lstrip("/"), OTHER_WORDS)
    return None


def _is_whole(note: Any) -> bool:
    """Whether a field has one picture for all its states, as it must to be read as print."""
    return isinstance(note.get("/AP", {}).get("/N"), pikepdf.Stream)


def _signed(data: bytes) -> list[tuple[int, Box]]:
    """Where the file is signed digitally."""
    with opened("the signatures of a paper", data) as paper:
        return [(one.page, one.box) for one in digital_signatures(paper, data) if one.true and one.page and one.box]


def _is_there(page: int, box: Box, other: int, place: Box) -> bool:
    return page == other and all(abs(one - two) < 0.1 for one, two in zip(box, place, strict=True))


def _has_its_background(note: Any, drawn: Drawn) -> bool:
    """Whether the picture of a field has the background that readers give it who draw it themselves."""
    inks = [float(ink) for ink in note.get("/MK", {}).get("/BG", ())]
    if len(inks) not in COLOURS:
        return True  # none
    colour, near = COLOURS[len(inks)](inks), SAME_IN_PRINT if len(inks) == 4 else SAME
    return any(
        fill.box.overlap(drawn.box) > MOST * drawn.box.width * drawn.box.height
        and all(abs(one - 255 * two) < near for one, two in zip(fill.colour, colour, strict=False))
        for fill in drawn.page.fills
    )
