"""What the lines on a page come to: which words are struck out, and which marks stand; what nobody sees left out.

First all of it is taken to be seen, and only what then deletes or chooses something is looked for on the page. Where
more is drawn than can be told apart nothing counts, as of more annotations (`ingest.overlaid`), and the paper is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

from ingest.annotations import Laid
from ingest.boxes import understood
from ingest.document import Box, Hidden, Mark, Page
from ingest.lines import strike
from ingest.nearby import Crowded
from ingest.overlaid import shown_over
from ingest.paths import Paths
from ingest.runs import Run
from ingest.visible import Part, Shape, only_seen, touch

ROUNDS = 6  # of looking: what is still found then was made to take for ever
Crossed = tuple[Sequence[Run], tuple[Mark, ...]]


def crossed(
    page: Any, shapes: Callable[[], Iterator[Shape]], runs: Sequence[Run], paths: Paths, over: Laid, number: int
) -> Crossed:
    """The runs of page `number` with what is struck out in them, and its marks. `shapes` is everything drawn on it."""
    try:
        if paths.too_many:
            raise Crowded
        return _told(page, shapes, runs, paths, over, number)
    except Crowded:
        place = _around(paths, over)
    try:
        left, marks = _told(page, shapes, runs, Paths(), over, number)
    except Crowded:
        left, marks = strike(runs, ()), ()
    return left, (*marks, Mark("unseen", place, number))


def _around(paths: Paths, over: Laid) -> Box:
    parts: list[Part | Mark] = [*paths.rules, *paths.fills, *paths.strokes]
    parts += [part for note in over.notes for part in note.parts]
    return reduce(Box.union, (part.box for part in parts))


def _told(
    page: Any, shapes: Callable[[], Iterator[Shape]], runs: Sequence[Run], paths: Paths, over: Laid, number: int
) -> Crossed:
    drawn = paths
    before = left = _meant(runs, drawn, over, number)
    unseen: list[Part | Mark] = []
    if over.notes:
        over, lost_over = shown_over(page, shapes, over)
        unseen += lost_over
        left = _meant(runs, drawn, over, number)
    rounds = 0
    while places := list(_that_count(*left)):
        seen, lines = only_seen(page, shapes(), drawn, places)
        if seen is drawn:
            break
        rounds += 1
        drawn = seen if rounds < ROUNDS else Paths()
        unseen += lines
        left = _meant(runs, drawn, over, number)
    lost = list(_lost(before, left, unseen)) if unseen else []
    if rounds == ROUNDS:
        lost.append(_around(paths, over))
    return left[0], (*left[1], *(Mark("unseen", place, number) for place in lost))


def _meant(runs: Sequence[Run], paths: Paths, over: Laid, number: int) -> Crossed:
    meant = understood([*paths.strokes, *over.strokes], runs, paths.rules, paths.fills, number)
    return strike(runs, [*paths.rules, *over.deletions, *meant.deletions]), (*over.marks, *meant.marks)


def _that_count(runs: Iterable[Run], marks: Iterable[Mark]) -> Iterator[Box]:
    """Where something deletes, rings, ticks or is ink: nowhere on nearly every page."""
    yield from (run.box for run in runs if run.struck)
    for mark in marks:
        if mark.kind != "highlight" and not (mark.kind == "box" and mark.ticked is False):
            yield mark.box


def _lost(before: Crossed, left: Crossed, lines: Sequence[Part | Mark]) -> Iterator[Box]:
    """Where words would have been struck or ringed, or boxes ticked, by lines that nobody sees."""
    struck = {run.box for run in left[0] if run.struck}
    places = [run.box for run in before[0] if run.struck and run.box not in struck]
    places += [mark.box for mark in before[1] if mark not in left[1] and _chooses(mark, before[0])]
    return (place for place in places if any(touch(place, line.box) for line in lines))


def _chooses(mark: Mark, runs: Iterable[Run]) -> bool:
    return (mark.kind == "box" and mark.ticked is True) or (
        mark.kind == "ring" and any(mark.box.overlap(run.box) for run in runs)
    )


def hidden_strokes(pages: Iterable[Page]) -> Iterator[Hidden]:
    """The places on some pages that would be chosen or deleted by what nobody sees: no accident, so a paper is held."""
    for page in pages:
        for mark in page.marks:
            if mark.kind == "unseen":
                detail = "A line, a ring or a tick cannot be seen on the page, or there are too many lines to tell."
                yield Hidden("hidden-stroke", page.number, mark.box, "", detail)
