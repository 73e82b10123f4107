"""Strokes drawn on a page, and the shapes that hands draw: a ring around a word, a tick, a cross.

A stroke is known by points along it, close enough that no word lies between two. Shapes are measured against the box
around them, so their size does not matter; the pixels of scans are asked the same questions in `ingest.ink`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Box
from ingest.nearby import Looks, Nearby

STEP = 1.5  # points between two points of a stroke
MOST = 500  # points taken of one straight piece
HOLLOW = 0.55  # of the way from the middle to the edge: a ring stays out of what is inside
ROUND = 24  # directions around the middle; a ring is seen in nearly all of them
GAPS = 4  # of these in which a ring drawn by hand may be open
ON_DIAGONAL = 0.2  # of the box: how far from its diagonals a cross may stray
FLAT = 0.25  # a stroke so much lower than wide is a line, no tick and no cross

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawn line, however bent, by points along it."""

    points: tuple[Point, ...]
    box: Box


def stroke(points: Iterable[Point]) -> Stroke:
    """A stroke along straight lines from point to point."""
    corners = list(points)
    along = corners[:1]
    for (x0, y0), (x1, y1) in pairwise(corners):
        count = min(MOST, max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / STEP)))
        along += [(x0 + (x1 - x0) * n / count, y0 + (y1 - y0) * n / count) for n in range(1, count + 1)]
    return Stroke(tuple(along), around(along))


def around(points: Sequence[Point]) -> Box:
    """The box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def clusters(strokes: Sequence[Stroke], near: float = 2.0, looks: Looks | None = None) -> list[list[Stroke]]:
    """Strokes that cross or nearly touch, together: a hand draws a cross in two, a signature in many."""
    places = Nearby(looks or Looks())
    groups: dict[int, tuple[Box, list[Stroke]]] = {}
    for one in strokes:
        box, together = one.box, [one]
        while meeting := places.near(box, near):  # the box grows with each group it meets, and may then meet another
            for number in meeting:
                places.drop(number)
                other, theirs = groups.pop(number)
                box, together = box.union(other), [*theirs, *together]
        groups[places.add(box)] = box, together
    return [together for _, together in groups.values()]


def _measured(points: Sequence[Point], box: Box) -> list[Point]:
    """The points with the box around them as measure: from 0 to 1 across and down."""
    return [((x - box.x0) / (box.width or 1), (y - box.top) / (box.height or 1)) for x, y in points]


def is_ring(one: Stroke) -> bool:
    """Whether a stroke goes round something: it is seen from its middle on all sides, and leaves the middle free."""
    if min(one.box.width, one.box.height) < 4:
        return False
    seen: set[int] = set()
    for u, v in _measured(one.points, one.box):
        x, y = 2 * u - 1, 2 * v - 1
        if math.hypot(x, y) < HOLLOW:
            return False
        seen.add(int((math.atan2(y, x) + math.pi) / (2 * math.pi) * ROUND) % ROUND)
    return len(seen) >= ROUND - GAPS


def is_cross(strokes: Sequence[Stroke]) -> bool:
    """Whether some strokes together are an X: from all four corners through the middle."""
    points = [point for one in strokes for point in one.points]
    box = around(points)
    if not FLAT < box.height / (box.width or 1) < 1 / FLAT:
        return False
    placed = _measured(points, box)
    on = [abs(abs(u - 0.5) - abs(v - 0.5)) < ON_DIAGONAL for u, v in placed]
    quarters = {(u > 0.5, v > 0.5) for u, v in placed if abs(u - 0.5) > 0.3 and abs(v - 0.5) > 0.3}
    middle = any(abs(u - 0.5) < 0.2 and abs(v - 0.5) < 0.2 for u, v in placed)
    return len(quarters) == 4 and middle and sum(on) > 0.85 * len(on)


def is_tick(strokes: Sequence[Stroke]) -> bool:
    """Whether some strokes together are a tick: a short arm falling from the left, a longer one rising to the right."""
    points = [point for one in strokes for point in one.points]
    box = around(points)
    if not FLAT < box.height / (box.width or 1) < 2.5:
        return False
    placed = _measured(points, box)
    foot = max(placed, key=lambda point: point[1])[0]
    left, right = [v for u, v in placed if u < 0.12], [v for u, v in placed if u > 0.88]
    start, end = sum(left) / len(left), sum(right) / len(right)
    under = [v - (1 - (u - foot) / (1 - foot)) for u, v in placed if u > foot + 0.15]  # against a straight long arm
    straight = not under or max(map(abs, under)) < 0.4
    return 0.03 < foot < 0.65 and 0.15 < start < 0.9 and end < 0.35 and end < start - 0.1 and straight
