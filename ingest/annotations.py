"""Deletions that were not drawn on the page but laid over it: strike-out annotations, and lines drawn with a pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from ingest.document import Box, Rule
from ingest.matrix import Matrix

HIDDEN = 2  # the flag of an annotation that nobody is shown
LOWEST = 8.0  # points: a pen line higher than this is a drawing, not a deletion
FLAT = 3.0  # times as wide as high: the same
Points = list[tuple[float, float]]


def deletions(page: Any, matrix: Matrix) -> Iterator[Rule]:
    """Each deletion of that kind as the rule that it draws; where a whole place is struck out, through its middle."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN:
                yield from _deletions(annotation, matrix)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _deletions(annotation: Any, matrix: Matrix) -> Iterator[Rule]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
        for corners in _quads(annotation) or [_edges(annotation)]:
            yield _through_the_middle(corners, matrix)
    elif kind in PEN:
        for corners in PEN[kind](annotation):
            drawn = _around(corners, matrix) if corners else None
            if drawn and drawn.height <= LOWEST and drawn.width > FLAT * drawn.height:
                yield _through_the_middle(corners, matrix)


def _around(points: Points, matrix: Matrix) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return matrix.box(min(xs), min(ys), max(xs), max(ys))


def _through_the_middle(points: Points, matrix: Matrix) -> Rule:
    box = _around(points, matrix)
    middle = (box.top + box.bottom) / 2
    return Rule(Box(box.x0, middle, box.x1, middle))


def _edges(annotation: Any) -> Points:
    edges = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, edges)
    return [(edges.left, edges.bottom), (edges.right, edges.top)]


def _quads(annotation: Any) -> list[Points]:
    quad, result = pdfium.FS_QUADPOINTSF(), []
    for number in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            result.append([(quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4)])
    return result


def _line(annotation: Any) -> list[Points]:
    start, end = pdfium.FS_POINTF(), pdfium.FS_POINTF()
    asked = pdfium.FPDFAnnot_GetLine(annotation, start, end)
    return [[(start.x, start.y), (end.x, end.y)]] if asked else []


def _ink(annotation: Any) -> list[Points]:
    return [
        _path(lambda room, length, n=number: pdfium.FPDFAnnot_GetInkListPath(annotation, n, room, length))
        for number in range(pdfium.FPDFAnnot_GetInkListCount(annotation))
    ]


def _corners(annotation: Any) -> list[Points]:
    return [_path(lambda room, length: pdfium.FPDFAnnot_GetVertices(annotation, room, length))]


def _path(ask: Any) -> Points:
    count = ask(None, 0)
    room = (pdfium.FS_POINTF * count)()
    ask(room, count)
    return [(point.x, point.y) for point in room]


PEN: dict[int, Callable[[Any], list[Points]]] = {
    pdfium.FPDF_ANNOT_LINE: _line,
    pdfium.FPDF_ANNOT_INK: _ink,
    pdfium.FPDF_ANNOT_POLYLINE: _corners,
    pdfium.FPDF_ANNOT_POLYGON: _corners,
    pdfium.FPDF_ANNOT_SQUARE: lambda annotation: [_edges(annotation)],
}
