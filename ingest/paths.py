"""The paths that a page is drawn with, sorted: ruled lines, filled areas, and what a hand may have drawn.

Whatever is bent or slanted and no larger than what a hand draws is a stroke. A paper that is only ruled pays one
question more for each of its areas.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.document import Box, Fill, Rule
from ingest.matrix import Matrix
from ingest.strokes import Point, Stroke, around, stroke

HAIRLINE = 2.5  # points: a path thinner than this is a rule, anything thicker an area
WIDEST, HIGHEST = 320.0, 130.0  # points: what is larger is no word's ring and no signature
SMALL = 30.0  # points: a plain area with four corners that is larger is the ground of a table's cell
FEW = 6  # segments of a line that strikes out a whole paragraph; a larger drawing with more is an illustration
SEGMENTS = 1500  # more are a drawing
LEVEL = 0.6  # points: how crooked a ruled line may be
ALONG_A_CURVE = 8  # points taken of each
MOST = 4000  # strokes on a page: more are an illustration
LONGEST = 200_000  # points along all of them: the same


@dataclass(slots=True)
class Paths:
    """The paths of one page, as they are met."""

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    points: int = 0  # along all the strokes

    @property
    def too_many(self) -> bool:
        """Whether there are more strokes than can be told apart: not all of them are here."""
        return len(self.strokes) > MOST or self.points > LONGEST

    def add(self, shape: Any, box: Box, matrix: Callable[[], Matrix]) -> None:
        """Sort one path; `box` is where it is drawn, and `matrix`, asked for only where needed, takes it there."""
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(shape, filled, stroked)
        if not filled.value and not stroked.value:
            return  # a path that only clips draws nothing
        if min(box.width, box.height) <= HAIRLINE:
            self.rules.append(Rule(box))
            return
        traced = None if self.too_many else _traced(shape, matrix, box, bool(stroked.value))
        if traced:
            self.strokes.append(traced)
            self.points += len(traced.points)
        if filled.value:
            colour = [ctypes.c_uint() for _ in range(4)]
            pdfium.FPDFPageObj_GetFillColor(shape, *colour)
            self.fills.append(Fill(box, (colour[0].value, colour[1].value, colour[2].value, colour[3].value)))
        if stroked.value and not traced:
            edges = (
                Box(box.x0, box.top, box.x1, box.top),
                Box(box.x0, box.bottom, box.x1, box.bottom),
                Box(box.x0, box.top, box.x0, box.bottom),
                Box(box.x1, box.top, box.x1, box.bottom),
            )
            self.rules.extend(Rule(edge) for edge in edges)


def _traced(shape: Any, matrix: Callable[[], Matrix], box: Box, stroked: bool) -> Stroke | None:
    """A path as a stroke; None where it is ruled, or no hand can have drawn it."""
    large = box.width > WIDEST or box.height > HIGHEST
    if large and not stroked:
        return None
    count = pdfium.FPDFPath_CountSegments(shape)
    if not 2 <= count <= (FEW if large else SEGMENTS):
        return None
    if count <= 5 and not stroked and max(box.width, box.height) > SMALL:
        return None
    runs = _runs(shape, count, matrix())
    if not any(_slants(run) for run in runs):
        return None
    points = [point for run in runs for point in stroke(run).points]
    return Stroke(tuple(points), around(points)) if points else None


def _slants(run: list[Point]) -> bool:
    return any(abs(x1 - x0) > LEVEL and abs(y1 - y0) > LEVEL for (x0, y0), (x1, y1) in pairwise(run))


def _runs(shape: Any, count: int, matrix: Matrix) -> list[list[Point]]:
    """The corners of each unbroken line of a path, curves as short straight pieces."""
    runs: list[list[Point]] = []
    bend: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(shape, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.apply(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not runs:
            runs.append([point])
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            bend.append(point)
            if len(bend) == 3:
                runs[-1] += _curve(runs[-1][-1], *bend)
                bend = []
        else:
            runs[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            runs[-1].append(runs[-1][0])
    return runs


def _curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    result = []
    for n in range(1, ALONG_A_CURVE + 1):
        t = n / ALONG_A_CURVE
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        result.append(
            (
                a * start[0] + b * first[0] + c * second[0] + d * end[0],
                a * start[1] + b * first[1] + c * second[1] + d * end[1],
            )
        )
    return result
