"""What a reader cannot see or was not meant to see: the reason why a paper is quarantined.

Page text is tested by ablation: draw the page, switch text off, draw it again; a word whose going changes no pixel, or
none over a stretch as wide as two letters, was never wholly visible, whatever hid it (a box, a picture, white ink, a
layer, the page's edge). No rule about how to hide is needed. Words that lie on one another go off in different layers,
so that the ink of one is not taken for the other's. Annotations are drawn too, because they cover text as well.
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
BLANK = 0.7  # of the type size: no word has so wide a gap; two figures or letters under a box leave one
SPREAD = 1.6  # of the usual letter's width, where letters are set far apart
SHARED = 0.25  # of the smaller of two words: less is how lines that are set close touch
DEEPEST = 6  # layers of words on one another: nobody reads what lies on more
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
            (order, piece, bounds(shape, outer))
            for order, (shape, outer) in enumerate(shapes)
            for piece in read_text(shape, text_page, outer, fonts)
        ]
        pdfium.FPDFText_ClosePage(text_page)
        layers = _layers([(order, piece) for order, piece, _ in words])
        visible: set[int] = set()
        for layer in range(min(DEEPEST, max(layers.values(), default=0) + 1)):
            for order, (shape, _) in enumerate(shapes):
                pdfium.FPDFPageObj_SetIsActive(shape, layers.get(order) != layer)
            bare = _draw(page, scale)
            changed = numpy.abs(shown.astype(numpy.int16) - bare.astype(numpy.int16)).max(axis=2) > FAINT
            visible |= {
                n
                for n, (order, piece, ink) in enumerate(words)
                if layers[order] == layer and _visible(piece, ink, changed, scale)
            }
        unseen = [piece for n, (_, piece, _) in enumerate(words) if n not in visible]
        yield from (_finding(run, index) for run in _runs(unseen))
    finally:
        page.close()


def _draw(page: Any, scale: float) -> Any:
    picture = page.render(scale=scale, may_draw_forms=False, draw_annots=True, optimize_mode=None)
    return picture.to_numpy().copy()


def _layers(words: list[tuple[int, Piece]]) -> dict[int, int]:
    """A layer for each text object, by its order, such that no two in one layer lie on one another.

    The same word twice in one place is how some programs print bold, and stays in one layer.
    """
    if not words:
        return {}
    x0, top, x1, bottom = (numpy.array(edges) for edges in zip(*(piece.box for _, piece in words), strict=True))
    area = (x1 - x0) * (bottom - top)
    on_one_another: dict[int, set[int]] = {}
    for n, (order, piece) in enumerate(words):
        wide = numpy.minimum(x1, x1[n]) - numpy.maximum(x0, x0[n])
        high = numpy.minimum(bottom, bottom[n]) - numpy.maximum(top, top[n])
        shared = wide.clip(0) * high.clip(0) > SHARED * numpy.minimum(area, area[n])
        others = {words[i][0] for i in numpy.flatnonzero(shared) if words[i][1].text != piece.text}
        on_one_another.setdefault(order, set()).update(others - {order})
    layers: dict[int, int] = {}
    for order, others in on_one_another.items():
        taken = {layers[other] for other in others if other in layers}
        layers[order] = next(layer for layer in range(len(taken) + 1) if layer not in taken)
    return layers


def _visible(piece: Piece, ink: Box, changed: Any, scale: float) -> bool:
    if piece.size < SMALLEST:
        return False
    high, wide = changed.shape
    rows = slice(max(0, int(piece.box.top * scale)), min(high, int(piece.box.bottom * scale) + 1))
    columns = slice(max(0, int(piece.box.x0 * scale)), min(wide, int(piece.box.x1 * scale) + 1))
    place = changed[rows, columns]
    if not place.any():
        return ink.width * ink.height == 0 and not any(character.isalnum() for character in piece.text)
    along = place.any(axis=0 if piece.box.width >= piece.box.height else 1)
    marks = numpy.flatnonzero(numpy.concatenate(([True], along, [True])))
    letter = max(piece.box.width, piece.box.height) / len(piece.text)
    widest_blank = (numpy.diff(marks).max() - 1) / scale
    return bool(widest_blank < max(BLANK * piece.size, SPREAD * letter))


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
