"""What was laid over a page and not drawn on it: strike-outs, lines drawn with a pen, rings, highlights, stamps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.document import Box, Mark, Rule
from ingest.matrix import Matrix
from ingest.strokes import Stroke, stroke

HIDDEN = 2 | 32  # the flags of an annotation that nobody is shown
LOWEST = 8.0  # points: a pen line higher than this is a drawing, not a deletion by itself
FLAT = 3.0  # times as wide as high: the same
Points = list[tuple[float, float]]
Part = Rule | Stroke | Mark


@dataclass(frozen=True, slots=True)
class Note:
    """What one annotation comes to, by its place among those of its page; nothing of it where it is `hidden`."""

    place: int
    parts: tuple[Part, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """What the annotations of a page come to: lines that delete, strokes yet to be understood, and marks."""

    notes: tuple[Note, ...] = ()

    @property
    def deletions(self) -> tuple[Rule, ...]:
        return tuple(part for note in self.notes for part in note.parts if isinstance(part, Rule))

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return tuple(part for note in self.notes for part in note.parts if isinstance(part, Stroke))

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(part for note in self.notes for part in note.parts if isinstance(part, Mark))


def laid_over(page: Any, matrix: Matrix, number: int) -> Laid:
    """What is laid over page `number`, seen or not. Where a whole place is struck out, the line is in its middle."""
    notes: list[Note] = []
    for n in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, n)
        if not annotation:
            continue
        try:
            if parts := tuple(_meant(annotation, matrix, number)):
                notes.append(Note(n, parts, bool(pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN)))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return Laid(tuple(notes)) if notes else NOTHING


NOTHING = Laid()


def _meant(annotation: Any, matrix: Matrix, number: int) -> Iterator[Part]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
        for corners in _quads(annotation) or [_edges(annotation)]:
            yield _through_the_middle(corners, matrix)
    elif kind == pdfium.FPDF_ANNOT_HIGHLIGHT:
        for corners in _quads(annotation) or [_edges(annotation)]:
            yield Mark("highlight", _around(corners, matrix), number)
    elif kind == pdfium.FPDF_ANNOT_STAMP:
        yield Mark("ink", _around(_edges(annotation), matrix), number)
    elif kind in PEN:
        for corners in PEN[kind](annotation):
            drawn = _around(corners, matrix) if corners else None
            if drawn and drawn.height <= LOWEST and drawn.width > FLAT * drawn.height:
                yield _through_the_middle(corners, matrix)
            elif drawn and kind in FRAMES:
                yield Mark("ring", drawn, number)
            elif len(corners) > 1:
                yield stroke(matrix.apply(x, y) for x, y in corners)


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


def _closed(annotation: Any) -> list[Points]:
    return [[*corners, *corners[:1]] for corners in _corners(annotation)]


def _path(ask: Any) -> Points:
    count = ask(None, 0)
    room = (pdfium.FS_POINTF * count)()
    ask(room, count)
    return [(point.x, point.y) for point in room]


PEN: dict[int, Callable[[Any], list[Points]]] = {
    pdfium.FPDF_ANNOT_LINE: _line,
    pdfium.FPDF_ANNOT_INK: _ink,
    pdfium.FPDF_ANNOT_POLYLINE: _corners,
    pdfium.FPDF_ANNOT_POLYGON: _closed,
    pdfium.FPDF_ANNOT_SQUARE: lambda annotation: [_edges(annotation)],
    pdfium.FPDF_ANNOT_CIRCLE: lambda annotation: [_edges(annotation)],
}
FRAMES = (pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE)
