"""What the pixels of a scanned page show that no engine reads: ruled lines, weight of type, ticks, handwriting.

Everything here is measured in pixels of one grey picture, which lies straight; `ingest.scan` makes points of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from ingest.document import Box

STEEPEST = 0.09  # slope, about five degrees: a page turned more was not laid on the glass
SLOPES = 61  # tried over that range, then as finely again around the best
FAINT = 0.3  # of full ink: how a hairline looks that falls between two rows of pixels
GAP = 1  # pixels: a drawn line may be broken by so much noise
THICKEST = 2.6  # points: a line thicker than this is an area
SHORTEST = 14.0  # points: no stroke of a letter is so long
LOWEST = 18.0  # points: the same for upright lines
ALONE = 40.0  # points: an upright line shorter than this is one only where it meets a level one

FEWEST = 40  # runs of ink: three letters have as many

Grey = Any  # numpy array of bytes, rows by columns, 0 is black
Dark = Any  # the same as truth values


def slope(grey: Grey) -> float:
    """How far the lines of print fall for each pixel to the right: where their feet gather in the fewest rows."""
    ink = dark(grey)
    rows, columns = numpy.nonzero(ink & ~numpy.roll(ink, -1, axis=0))
    if not len(rows):
        return 0.0
    # Blurred by chance, or else the rows of the pixels themselves would be sharper than any line that lies askew.
    ys = rows + 0.5 + numpy.random.default_rng(0).uniform(0, 2, len(rows))
    xs = columns - grey.shape[1] / 2
    room = int(STEEPEST * grey.shape[1] / 2 + 2)

    def sharpness(tried: float) -> float:
        rows = numpy.bincount((ys - xs * tried + room).clip(0).astype(int)).astype(float)
        return float((rows**2).sum())

    best = max(numpy.linspace(-STEEPEST, STEEPEST, SLOPES), key=sharpness)
    step = 2 * STEEPEST / (SLOPES - 1)
    return float(max(numpy.linspace(best - step, best + step, 25), key=sharpness))


def dark(grey: Grey, share: float = 0.5) -> Dark:
    """Which pixels are ink: darker than this share of the way from the paper to the darkest print on it."""
    paper, ink = float(numpy.median(grey)), float(numpy.percentile(grey, 0.5))
    return grey < paper - share * max(60.0, paper - ink)


def ruled(grey: Grey, scale: float) -> tuple[list[Box], list[Box]]:
    """Level and upright drawn lines, as boxes of pixels; `scale` is pixels a point."""
    full, faint = dark(grey), dark(grey, FAINT)  # a faint line is one where it is long: in a shade, letters touch
    level = _drawn(full, SHORTEST * scale, scale) + _drawn(faint, ALONE * scale, scale)
    turned = _drawn(full.T, LOWEST * scale, scale) + _drawn(faint.T, ALONE * scale, scale)
    upright = [Box(box.top, box.x0, box.bottom, box.x1) for box in turned]
    near = 2 * scale
    return level, [box for box in upright if box.height >= ALONE * scale or any(box.meets(o, near) for o in level)]


def _drawn(ink: Dark, least: float, scale: float) -> list[Box]:
    return [box for box in _long(ink, least) if box.height <= THICKEST * scale]


def _long(ink: Dark, least: float) -> list[Box]:
    """Level runs of ink of at least this length, those on neighbouring rows as one."""
    rows, starts, ends = _runs(ink | numpy.roll(ink, 1, axis=0))
    long = ends - starts >= least
    lines: list[Box] = []
    for row, x0, x1 in zip(rows[long], starts[long], ends[long], strict=True):
        here = Box(float(x0), float(row), float(x1), float(row + 1))
        for at in range(len(lines) - 1, -1, -1):
            other = lines[at]
            if row - other.bottom <= 1 and here.x0 <= other.x1 + GAP and other.x0 <= here.x1 + GAP:
                lines[at] = other.union(here)
                break
        else:
            lines.append(here)
    return lines


def _runs(ink: Dark) -> tuple[Any, Any, Any]:
    """Row, start and end of every level run of ink."""
    edged = numpy.zeros((ink.shape[0], ink.shape[1] + 2), dtype=numpy.int8)
    edged[:, 1:-1] = ink
    steps = numpy.diff(edged, axis=1)
    rows, starts = numpy.nonzero(steps == 1)
    return rows, starts, numpy.nonzero(steps == -1)[1]


def without(grey: Grey, level: list[Box], upright: list[Box]) -> Grey:
    """The picture without its drawn lines; where a stroke of a letter goes through one, the stroke stays."""
    clean = grey.copy()
    paper = int(numpy.median(grey))
    for picture, boxes in ((clean, level), (clean.T, [Box(b.top, b.x0, b.bottom, b.x1) for b in upright])):
        ink = dark(picture) if boxes else picture
        for box in boxes:
            top, bottom = max(0, int(box.top) - 1), min(picture.shape[0], int(box.bottom) + 1)
            columns = slice(int(box.x0), int(box.x1) + 1)
            above = ink[max(0, top - 1), columns]
            below = ink[min(picture.shape[0] - 1, bottom), columns]
            place = picture[top:bottom, columns]
            place[:, ~(above & below)] = paper
    return clean


def weight(ink: Dark, box: Box) -> float | None:
    """How thick the strokes of a word are, in pixels: its usual level run of ink; None where it has too few to tell."""
    place = crop(ink, box)
    _, starts, ends = _runs(place)
    lengths = ends - starts
    lengths = lengths[lengths <= max(4.0, 0.4 * box.height)]
    return float(lengths.mean()) if len(lengths) >= FEWEST else None


def crop(picture: Any, box: Box) -> Any:
    """The part of a picture inside a box."""
    x0, top = max(0, int(box.x0)), max(0, int(box.top))
    return picture[top : max(top, math.ceil(box.bottom)), x0 : max(x0, math.ceil(box.x1))]


def stacked(parts: Sequence[Grey], page: Grey, gap: int) -> tuple[Grey, list[float]]:
    """Parts of a page one below the other on its paper, and how far down the middle of each lies."""
    paper = int(numpy.median(page))
    wide = max((part.shape[1] for part in parts), default=1) + 2 * gap
    sheet = numpy.full((sum(part.shape[0] + gap for part in parts) + gap, wide), paper, numpy.uint8)
    middles, top = [], gap
    for part in parts:
        sheet[top : top + part.shape[0], gap : gap + part.shape[1]] = part
        middles.append(top + part.shape[0] / 2)
        top += part.shape[0] + gap
    return sheet, middles


@dataclass(frozen=True, slots=True)
class Blob:
    """Ink that hangs together: its box in the whole picture, and its pixels inside that box."""

    box: Box
    ink: Dark


def blobs(ink: Dark, place: Box, least: int) -> Iterator[Blob]:
    """The connected pieces of ink in one place of the picture that have at least so many pixels."""
    part = crop(ink, place)
    rows, starts, ends = (runs.tolist() for runs in _runs(part))
    parent = list(range(len(rows)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    above: list[int] = []
    here: list[int] = []
    for n, row in enumerate(rows):
        if n and row != rows[n - 1]:
            above, here = (here if row == rows[n - 1] + 1 else []), []
        here.append(n)
        for other in above:
            if starts[other] <= ends[n] and starts[n] <= ends[other]:
                parent[root(other)] = root(n)
    pieces: dict[int, list[int]] = {}
    for n in range(len(rows)):
        pieces.setdefault(root(n), []).append(n)
    left, top = max(0, int(place.x0)), max(0, int(place.top))
    for piece in pieces.values():
        if sum(ends[n] - starts[n] for n in piece) < least:
            continue
        x0, x1 = min(starts[n] for n in piece), max(ends[n] for n in piece)
        y0, y1 = rows[piece[0]], rows[piece[-1]] + 1
        own = numpy.zeros((y1 - y0, x1 - x0), dtype=bool)
        for n in piece:
            own[rows[n] - y0, starts[n] - x0 : ends[n] - x0] = True
        yield Blob(Box(left + x0, top + y0, left + x1, top + y1), own)


def is_tick(blob: Blob) -> bool:
    """Whether a mark has a tick's shape: a short arm falling from the left, a longer one rising to the upper right."""
    high, wide = blob.ink.shape
    if not 0.4 < wide / high < 3:
        return False
    lowest = [int(column.nonzero()[0].max()) for column in blob.ink.T]  # of each column, from the top
    foot = int(numpy.argmax(lowest)) / wide
    start = float(blob.ink[:, : max(1, wide // 12)].any(axis=1).nonzero()[0].mean()) / high
    end = float(blob.ink[:, -max(1, wide // 12) :].any(axis=1).nonzero()[0].mean()) / high
    return bool(0.03 < foot < 0.65 and 0.3 < start < 0.86 and end < 0.35 and end < start - 0.2)


def slashes(ink: Dark, word: Box) -> Iterator[Box]:
    """The strokes inside slashed noughts, which engines read as 8 or 9: what parts two holes that lie side by side.

    One hole begins and ends higher than the other, and they share some height; the holes of an 8 lie on one another.
    """
    around = Box(word.x0 - 2, word.top - 2, word.x1 + 2, word.bottom + 2)
    edge = Box(max(0, int(around.x0)), max(0, int(around.top)), around.x1, around.bottom)
    white = [
        blob.box
        for blob in blobs(~ink, around, 4)
        if blob.box.x0 > edge.x0
        and blob.box.top > edge.top
        and blob.box.x1 < int(around.x1)
        and blob.box.bottom < int(around.bottom)
    ]
    for left in white:
        for right in white:
            shared = min(left.bottom, right.bottom) - max(left.top, right.top)
            whole = left.union(right)
            if (
                (left.top - right.top) * (left.bottom - right.bottom) > 0
                and left.x0 < right.x0
                and left.x1 < right.x1
                and right.x0 - left.x1 <= 1
                and shared > 0.3 * min(left.height, right.height)
                and 0.25 < whole.width / whole.height < 0.9
                and whole.height > 0.4 * word.height
            ):
                yield whole


def is_bullet(blob: Blob) -> bool:
    """Whether a mark is a dot: as wide as high, and full."""
    high, wide = blob.ink.shape
    return bool(0.7 < wide / high < 1.4 and blob.ink.mean() > 0.65)
