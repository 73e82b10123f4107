"""Cells of a plain ruled table, straight from the rules on the page; None where the ruling is not that of a plain grid.

Nearly every table in a decision paper is a full grid: each rule runs from edge to edge. Such a grid is cut here, at a
hundredth of what a general table finder costs. Merged cells, open sides and anything else are left to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Box, Rule
from ingest.nearby import Crowded, Looks, Nearby

SNAP = 3.0  # points: ends of rules closer than this meet
LEAST = 8.0  # points: no cell is narrower or lower


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows of cell boxes, top to bottom, left to right, and the box around them."""

    rows: tuple[tuple[Box, ...], ...]
    box: Box


def find_grids(rules: Sequence[Rule]) -> tuple[Grid, ...] | None:
    """Every table on a page, in order; None where some ruling is more than plain grids, or more than can be told."""
    if not rules:
        return ()
    level = _merged((rule.box for rule in rules if rule.horizontal and rule.box.width > LEAST), horizontal=True)
    upright = _merged((rule.box for rule in rules if not rule.horizontal and rule.box.height > LEAST), horizontal=False)
    grids = []
    try:
        groups = _connected(level, upright)
    except Crowded:
        return None
    for group in groups:
        across = [line for line in group if line.width >= line.height]
        down = [line for line in group if line.width < line.height]
        if len(across) < 2 or len(down) < 2:
            continue  # a rule by itself, or a frame's torn corner
        grid = _grid(across, down)
        if grid is None:
            return None
        grids.append(grid)
    return tuple(sorted(grids, key=lambda grid: grid.box.top))


def _merged(lines: Iterable[Box], *, horizontal: bool) -> list[Box]:
    """Rules that lie on one line and touch, as one: borders are often drawn cell by cell, and twice."""
    along, across = ((0, 2), (1, 3)) if horizontal else ((1, 3), (0, 2))
    merged: list[Box] = []
    for line in sorted(lines, key=lambda box: (round(box[across[0]] / SNAP), box[along[0]])):
        for at in range(len(merged) - 1, max(-1, len(merged) - 40), -1):
            other = merged[at]
            level = abs((other[across[0]] + other[across[1]]) - (line[across[0]] + line[across[1]])) / 2 < SNAP
            if level and line[along[0]] <= other[along[1]] + SNAP and other[along[0]] <= line[along[1]] + SNAP:
                merged[at] = other.union(line)
                break
        else:
            merged.append(line)
    return merged


def _connected(level: Sequence[Box], upright: Sequence[Box]) -> list[list[Box]]:
    """Rules that cross or meet, group by group."""
    lines = [*level, *upright]
    places = Nearby(Looks(), lines)
    groups: list[list[Box]] = []
    for last in reversed(range(len(lines))):
        if last not in places:
            continue
        places.drop(last)
        group = [last]
        for number in group:  # which grows meanwhile
            meeting = places.near(lines[number], SNAP)
            for other in meeting:
                places.drop(other)
            group += meeting
        groups.append([lines[number] for number in group])
    return groups[::-1]


def _grid(across: Sequence[Box], down: Sequence[Box]) -> Grid | None:
    ys = _places((line.top + line.bottom) / 2 for line in across)
    xs = _places((line.x0 + line.x1) / 2 for line in down)
    whole = Box(xs[0], ys[0], xs[-1], ys[-1])
    full = all(line.x0 <= whole.x0 + SNAP and line.x1 >= whole.x1 - SNAP for line in across) and all(
        line.top <= whole.top + SNAP and line.bottom >= whole.bottom - SNAP for line in down
    )
    if not full or len(xs) < 2 or len(ys) < 2:
        return None
    rows = tuple(tuple(Box(left, top, right, bottom) for left, right in pairwise(xs)) for top, bottom in pairwise(ys))
    return Grid(rows, whole)


def _places(values: Iterable[float]) -> list[float]:
    """Distinct places along one axis, those closer than a cell can be taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SNAP:
            places.append(value)
    return places
