"""Which lines, rings and ticks on a page its reader sees: those that nobody sees delete, choose and tick nothing.

A line may be white, clear, clipped away, covered, dashed to nothing or in a layer that is off. No rule about that is
needed: the page is drawn with it and without it, and what it was to draw must stand out. Text is left out, since a line
through a word lies on its letters. Only what would count is asked for, so a page without strokes costs nothing.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy
import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import Box, Fill, Rule
from ingest.matrix import Matrix
from ingest.nearby import Looks, Nearby
from ingest.paths import HAIRLINE, Paths
from ingest.strokes import Point, Stroke, stroke

SCALE = 4.0  # pixels a point
LARGEST = 4_000_000  # pixels: a place that would need more is drawn smaller
SEEN = 46  # of 255: what stands out less is not seen
SHARE = 0.4  # of a line: a dashed one has as many gaps as dashes
GAP = 6.0  # points: the widest gap between two dashes
THINNEST = 0.1  # points: programs show such lines a pixel wide, and paper does not
BESIDE = 3  # pixels to each side of a line's middle in which its ink may lie
MARGIN = 3.0  # points around what is drawn
SAME = 2.0  # points: lines that lie so close are one line drawn twice
DEEPEST = 12  # times that a place is drawn: what lies in more layers is a drawing
PICTURES = 40  # on a page: more are an illustration
INKED = 8  # square points: a picture of which less is seen shows nothing
Part = Rule | Fill | Stroke
Shape = tuple[Any, int, Box, Matrix]  # an object of the engine, its kind, its box, and its matrix


@dataclass(slots=True)
class Drawn:
    """One path of a page and the parts of it that would count. `thin`: no paper shows it. `pen`: drawn as a line."""

    shape: Any
    parts: list[Part]
    box: Box
    thin: bool
    pen: bool


def only_seen(page: Any, shapes: Iterable[Shape], paths: Paths, places: Sequence[Box]) -> tuple[Paths, list[Part]]:
    """The paths without the parts that nobody sees in these places, and those of them that are lines. Spoils the page.

    A shape that is filled and has no edge may be the ground of a word, as white as the paper: it is not reported.
    """
    drawn: list[Drawn] = []
    left: set[Part] = {*paths.rules, *paths.fills, *paths.strokes}  # another call may have left out the rest
    for shape, kind, box, matrix in shapes:
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(shape, False)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and (parts := _counting(shape, box, matrix, places, left)):
            drawn.append(Drawn(shape, parts, box, *_thin_and_pen(shape, box, matrix)))
    unseen = {part for one in drawn if one.thin for part in one.parts}
    unseen |= set(_unseen(page, [one for one in drawn if not one.thin]))
    if not unseen:
        return paths, []
    kept = Paths(
        [one for one in paths.rules if one not in unseen],
        [one for one in paths.fills if one not in unseen],
        [one for one in paths.strokes if one not in unseen],
    )
    return kept, [part for one in drawn if one.pen for part in one.parts if part in unseen]


def _counting(shape: Any, box: Box, matrix: Matrix, places: Sequence[Box], left: Collection[Part]) -> list[Part]:
    if not any(touch(box, place) for place in places):
        return []
    alone = Paths()
    alone.add(shape, box, lambda: matrix)
    parts: list[Part] = [*alone.rules, *alone.fills, *alone.strokes]
    return [part for part in parts if part in left and any(touch(part.box, place) for place in places)]


def touch(one: Box, other: Box, margin: float = 0.0) -> bool:
    """Whether two boxes meet, flat ones too."""
    return (
        one.x0 <= other.x1 + margin
        and other.x0 <= one.x1 + margin
        and one.top <= other.bottom + margin
        and other.top <= one.bottom + margin
    )


def _thin_and_pen(shape: Any, box: Box, matrix: Matrix) -> tuple[bool, bool]:
    """Whether only a program that thickens thin lines shows a path, and whether it is drawn as a line at all."""
    wide, filled, stroked = ctypes.c_float(), ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, filled, stroked)
    if not stroked.value:
        return min(box.width, box.height) < THINNEST, min(box.width, box.height) <= HAIRLINE
    pdfium.FPDFPageObj_GetStrokeWidth(shape, wide)
    return wide.value * min(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)) < THINNEST, True


def _unseen(page: Any, drawn: Sequence[Drawn]) -> Iterator[Part]:
    """The parts whose place looks the same without them. Paths that lie on one another go off one after the other."""
    if not drawn:
        return
    place = drawn[0].box
    for one in drawn[1:]:
        place = place.union(one.box)
    place = on_page(place, page)
    if place.width <= 0 or place.height <= 0:
        yield from (part for one in drawn for part in one.parts)
        return
    scale = min(SCALE, (LARGEST / (place.width * place.height)) ** 0.5)
    whole = picture(page, place, scale)
    for layer in _layers(drawn):
        for one in layer:
            pdfium.FPDFPageObj_SetIsActive(one.shape, False)
        changed = differs(whole, picture(page, place, scale))
        for one in layer:
            pdfium.FPDFPageObj_SetIsActive(one.shape, True)
            yield from (part for part in one.parts if not is_seen(part, changed, place, scale))


def on_page(place: Box, page: Any) -> Box:
    """A place with some room about it, as far as it lies on the page."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x0, top, x1, bottom = place
    return Box(max(0.0, x0 - MARGIN), max(0.0, top - MARGIN), min(wide, x1 + MARGIN), min(high, bottom + MARGIN))


def picture(page: Any, place: Box, scale: float) -> Any:
    """A place of a page with what is laid over it: rows by columns by colours."""
    wide, high = max(1, round(place.width * scale)), max(1, round(place.height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(wide, high, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    moved = pdfium.FS_MATRIX(scale, 0, 0, scale, -place.x0 * scale, -place.top * scale)
    pdfium.FPDF_RenderPageBitmapWithMatrix(
        bitmap.raw, page, moved, pdfium.FS_RECTF(0, 0, wide, high), pdfium.FPDF_ANNOT
    )
    shown = bitmap.to_numpy().copy()
    bitmap.close()
    return shown


def differs(one: Any, other: Any, by: int = SEEN) -> Any:
    """Where two pictures of a place differ by so much in any colour: rows by columns.

    Colour by colour, as a numeric library is slow along an axis of three.
    """
    apart = numpy.maximum(one, other) - numpy.minimum(one, other) >= by
    return apart[..., 0] | apart[..., 1] | apart[..., 2]


def _layers(drawn: Sequence[Drawn]) -> list[list[Drawn]]:
    """The paths in layers, in each of which none lies on another but the same line drawn twice; raises Crowded."""
    looks = Looks()
    layers: list[tuple[list[Drawn], Nearby]] = []
    for one in drawn:
        there = [(layer, [layer[0][n] for n in layer[1].near(one.box, SAME)]) for layer in layers]
        twice = (layer for layer, near in there if any(_is_again(one.box, other.box) for other in near))
        apart = (layer for layer, near in there if not near)
        layer = next(twice, None) or next(apart, None)
        if layer is None and len(layers) == DEEPEST:
            layer = layers[-1]
        if layer is None:
            layer = [], Nearby(looks)
            layers.append(layer)
        layer[0].append(one)
        layer[1].add(one.box)
    return [layer for layer, _ in layers]


def _is_again(one: Box, other: Box) -> bool:
    """Whether two paths are one line drawn twice: in one place, or level, thin and on one another."""
    if max(abs(a - b) for a, b in zip(one, other, strict=True)) < SAME:
        return True
    level = abs(one.top - other.top) < SAME / 2 and max(one.height, other.height) <= HAIRLINE
    return level and one.x0 <= other.x1 and other.x0 <= one.x1


def _along(part: Part) -> Sequence[Point]:
    """Points along what a part draws."""
    box = part.box
    if isinstance(part, Stroke):
        return part.points
    if isinstance(part, Fill):
        return stroke([(box.x0, box.top), (box.x1, box.bottom)]).points
    if part.horizontal:
        middle = (box.top + box.bottom) / 2
        return stroke([(box.x0, middle), (box.x1, middle)]).points
    middle = (box.x0 + box.x1) / 2
    return stroke([(middle, box.top), (middle, box.bottom)]).points


def is_seen(part: Part, changed: Any, place: Box, scale: float, near: int = BESIDE) -> bool:
    """Whether enough of a line stands out, no farther from it than so many pixels, and without a wide gap."""
    inside = [(x, y) for x, y in _along(part) if place.x0 <= x <= place.x1 and place.top <= y <= place.bottom]
    shown = []
    for x, y in inside:
        row, column = int((y - place.top) * scale), int((x - place.x0) * scale)
        rows = slice(max(0, row - near), row + near + 1)
        shown.append(bool(changed[rows, max(0, column - near) : column + near + 1].any()))
    if not inside or sum(shown) < SHARE * len(shown):
        return False
    gap = 0.0
    for (one, is_shown), (other, is_next) in pairwise(zip(inside, shown, strict=True)):
        gap = 0.0 if is_shown or is_next else gap + math.dist(one, other)
        if gap > GAP:
            return False
    return True


def pictures_seen(page: Any, shapes: Iterable[Shape], boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Those of a page's pictures that its reader sees; what fills half a page is a scan, and is looked at otherwise."""
    most = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page) / 2
    unseen: set[Box] = set()
    images = [(shape, box) for shape, kind, box, _ in shapes if kind == pdfium.FPDF_PAGEOBJ_IMAGE and box in boxes]
    for shape, box in images[:PICTURES]:
        place = on_page(box, page)
        if box.width * box.height > most:
            continue
        whole = picture(page, place, 1.0)
        pdfium.FPDFPageObj_SetIsActive(shape, False)
        if differs(whole, picture(page, place, 1.0)).sum() < INKED:
            unseen.add(box)
        pdfium.FPDFPageObj_SetIsActive(shape, True)
    return tuple(box for box in boxes if box not in unseen)
