"""Which of the lines, rings and stamps that annotations lay over a page its reader sees: the others count for nothing.

An annotation may be flagged as hidden, have the colour of its ground or none, or a picture of its own that draws
something else. As for what is drawn on the page (`ingest.visible`), the page is drawn with it and without it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import pypdfium2.raw as pdfium

from ingest.annotations import HIDDEN, Laid, Note, Part
from ingest.document import Box, Mark
from ingest.visible import INKED, LARGEST, SCALE, SEEN, Shape, differs, is_seen, on_page, picture, touch

NEAR = 4.0  # points from a line to the ink that a program draws for it: lines by hand are made smooth
ABOUT = 0.6  # of the columns and of the rows of a ring in which it has ink
MOST = 100  # annotations of a page that are looked at: of more, nobody knows which are seen
UNDRAWN = (pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_POLYGON)


def shown_over(page: Any, shapes: Callable[[], Iterable[Shape]], laid: Laid) -> tuple[Laid, list[Part]]:
    """What is laid over a page without the parts that nobody sees, and those parts. Spoils the page."""
    for shape, kind, _, _ in shapes():
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(shape, False)
    shown = [note for note in laid.notes if not note.hidden][:MOST]
    kept: list[Note] = []
    unseen: list[Part] = []
    for note in laid.notes:
        seen = _seen(page, note, shown) if note in shown else ()
        unseen += [part for part in note.parts if part not in seen]
        kept += [replace(note, parts=seen)] if seen else []
    return Laid(tuple(kept)), unseen


def _seen(page: Any, note: Note, every: Sequence[Note]) -> tuple[Part, ...]:
    """The parts of an annotation that stand out from the page, by itself and together with all that lie there."""
    place = on_page(_around(note), page)
    if place.width <= 0 or place.height <= 0:
        return ()
    annotation = pdfium.FPDFPage_GetAnnot(page, note.place)
    undrawn, has_colour = _is_undrawn(annotation), _has_colour(annotation)
    pdfium.FPDFPage_CloseAnnot(annotation)
    if undrawn:
        return note.parts if has_colour else ()
    near = [other for other in every if touch(_around(other), place)]
    scale = min(SCALE, (LARGEST / (place.width * place.height)) ** 0.5)
    together = picture(page, place, scale)
    _show(page, near, False)
    bare = picture(page, place, scale)
    _show(page, [note], True)
    alone = picture(page, place, scale)
    _show(page, near, True)
    changes = [differs(drawn, bare) for drawn in (together, alone)]
    return tuple(part for part in note.parts if all(_stands_out(part, changed, place, scale) for changed in changes))


def _around(note: Note) -> Box:
    return reduce(Box.union, (part.box for part in note.parts))


def _show(page: Any, notes: Iterable[Note], shown: bool) -> None:
    for note in notes:
        annotation = pdfium.FPDFPage_GetAnnot(page, note.place)
        flags = pdfium.FPDFAnnot_GetFlags(annotation)
        pdfium.FPDFAnnot_SetFlags(annotation, flags & ~HIDDEN if shown else flags | HIDDEN)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _is_undrawn(annotation: Any) -> bool:
    """Whether an annotation has no picture of its own and is of a kind for which our engine makes none."""
    kind, places = pdfium.FPDFAnnot_GetSubtype(annotation), pdfium.FPDFAnnot_CountAttachmentPoints(annotation)
    nowhere = kind == pdfium.FPDF_ANNOT_STRIKEOUT and not places
    return (kind in UNDRAWN or nowhere) and not pdfium.FPDFAnnot_HasKey(annotation, b"AP")


def _has_colour(annotation: Any) -> bool:
    """Whether a line that each program draws by itself, and ours does not, would be seen on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    across, along, wide = (ctypes.c_float() for _ in range(3))
    if pdfium.FPDFAnnot_GetBorder(annotation, across, along, wide) and wide.value <= 0:
        return False
    if not pdfium.FPDFAnnot_GetColor(annotation, 0, red, green, blue, alpha):
        return True  # none is told, and black is usual
    darkest = 255 - min(red.value, green.value, blue.value)
    return darkest * alpha.value / 255 >= SEEN


def _stands_out(part: Part, changed: Any, place: Box, scale: float) -> bool:
    if not isinstance(part, Mark):
        return is_seen(part, changed, place, scale, int(NEAR * scale))
    if part.kind == "highlight":
        return True  # it chooses nothing
    x0, top = max(0, int((part.box.x0 - place.x0) * scale)), max(0, int((part.box.top - place.top) * scale))
    x1, bottom = int((part.box.x1 - place.x0) * scale) + 1, int((part.box.bottom - place.top) * scale) + 1
    inked = changed[top:bottom, x0:x1]
    if not inked.size or part.kind != "ring":
        return bool(inked.sum() >= INKED * scale**2)
    return bool(min(inked.any(axis=0).mean(), inked.any(axis=1).mean()) >= ABOUT)
