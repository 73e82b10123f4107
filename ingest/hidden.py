"""What a reader cannot see or was not meant to see: the reason why a paper is quarantined.

Page text is tested by ablation: draw the page, switch all text off, draw it again; a word whose going changes no pixel
was never visible, whatever hid it (a box, a picture, white ink, a layer, the page's edge). No rule about how to hide is
needed. Annotations are drawn too, because they cover text as well.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy
import pypdfium2.raw as pdfium

from ingest.document import Box, Hidden
from ingest.lines import Piece
from ingest.pdf import Font, bounds, objects, page_matrix, read_text

SCALE = 2.0  # pixels a point: enough for 6-point type to leave a mark
FAINT = 24  # of 255: a change smaller than this is one that no reader sees
SMALLEST = 1.5  # points: type below this cannot be read even where it leaves a mark
LARGEST_PICTURE = 40_000_000  # pixels: a page that would need more is drawn smaller
REDACT = 28  # FPDF_ANNOT_REDACT

Raster = "numpy.ndarray[Any, numpy.dtype[numpy.uint8]]"


def hidden_text(pdf: Any, index: int) -> Iterator[Hidden]:
    """The words of page `index` (from 0) that leave no mark on it, each run of them once."""
    page = pdf[index]
    try:
        matrix, width, height = page_matrix(page.raw)
        shapes = [
            (shape, outer) for shape, kind, outer in objects(page.raw, matrix) if kind == pdfium.FPDF_PAGEOBJ_TEXT
        ]
        if not shapes:
            return
        scale = min(SCALE, (LARGEST_PICTURE / max(1.0, width * height)) ** 0.5)
        shown = _draw(page, scale)
        text_page = pdfium.FPDFText_LoadPage(page.raw)
        fonts: dict[int, Font] = {}
        words = [
            (piece, bounds(shape, outer))
            for shape, outer in shapes
            for piece in read_text(shape, text_page, outer, fonts)
        ]
        pdfium.FPDFText_ClosePage(text_page)
        for shape, _ in shapes:
            pdfium.FPDFPageObj_SetIsActive(shape, False)
        bare = _draw(page, scale)
        changed = numpy.abs(shown.astype(numpy.int16) - bare.astype(numpy.int16)).max(axis=2) > FAINT
        unseen = [piece for piece, ink in words if not _visible(piece, ink, changed, scale)]
        yield from (_finding(run, index) for run in _runs(unseen))
    finally:
        page.close()


def _draw(page: Any, scale: float) -> Any:
    picture = page.render(scale=scale, may_draw_forms=False, draw_annots=True, optimize_mode=None)
    return picture.to_numpy().copy()


def _visible(piece: Piece, ink: Box, changed: Any, scale: float) -> bool:
    if piece.size < SMALLEST:
        return False
    high, wide = changed.shape
    rows = slice(max(0, int(piece.box.top * scale)), min(high, int(piece.box.bottom * scale) + 1))
    columns = slice(max(0, int(piece.box.x0 * scale)), min(wide, int(piece.box.x1 * scale) + 1))
    place = changed[rows, columns]
    if place.size and bool(place.any()):
        return True
    return ink.width * ink.height == 0 and not any(character.isalnum() for character in piece.text)


def _runs(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Hidden words that stand side by side, together: one finding for a hidden sentence."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (
            abs(piece.baseline - run[-1].baseline) > piece.size / 2
            or not -1 < piece.box.x0 - run[-1].box.x1 < 2 * piece.size
        ):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _finding(run: list[Piece], index: int) -> Hidden:
    box = run[0].box
    for piece in run[1:]:
        box = box.union(piece.box)
    text = " ".join(piece.text for piece in run)
    return Hidden("hidden-text", index + 1, box, text, "Text is in the file but leaves no mark on the page.")


def unapplied_redactions(pdf: Any, index: int) -> Iterator[Hidden]:
    """Redaction annotations on page `index` that were drawn and never applied: what they cover is still in the file."""
    page = pdf[index]
    try:
        matrix, _, _ = page_matrix(page.raw)
        for i in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
            if not annotation:
                continue
            if pdfium.FPDFAnnot_GetSubtype(annotation) == REDACT:
                edges = pdfium.FS_RECTF()
                pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(edges))
                box = matrix.box(edges.left, edges.bottom, edges.right, edges.top)
                text = _text_under(page, edges)
                detail = "A redaction was marked but never applied: what it covers is still in the file."
                yield Hidden("unapplied-redaction", index + 1, box, text, detail)
            pdfium.FPDFPage_CloseAnnot(annotation)
    finally:
        page.close()


def _text_under(page: Any, edges: Any) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded(edges.left, edges.bottom, edges.right, edges.top)).strip()
    finally:
        text_page.close()
