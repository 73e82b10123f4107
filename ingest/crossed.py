"""What the lines on a page come to: which words are struck out, and which marks stand; what nobody sees left out.

First all of it is taken to be seen, and only what then deletes or chooses something is looked for on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ingest.annotations import Laid
from ingest.boxes import understood
from ingest.document import Box, Hidden, Mark, Page
from ingest.lines import strike
from ingest.overlaid import shown_over
from ingest.paths import Paths
from ingest.runs import Run
from ingest.visible import Part, Shape, only_seen, touch

Crossed = tuple[Sequence[Run], tuple[Mark, ...]]


def crossed(
    page: Any, shapes: Callable[[], Iterator[Shape]], runs: Sequence[Run], paths: Paths, over: Laid, number: int
) -> Crossed:
    """The runs of page `number` with what is struck out in them, and its marks. `shapes` is everything drawn on it."""
    before = left = _meant(runs, paths, over, number)
    unseen: list[Part | Mark] = []
    if over.notes:
        over, lost_over = shown_over(page, shapes, over)
        unseen += lost_over
        left = _meant(runs, paths, over, number)
    while places := list(_that_count(*left)):
        seen, lines = only_seen(page, shapes(), paths, places)
        if seen is paths:
            break
        paths = seen
        unseen += lines
        left = _meant(runs, paths, over, number)
    lost = (Mark("unseen", place, number) for place in _lost(before, left, unseen)) if unseen else ()
    return left[0], (*left[1], *lost)


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
                detail = "A line, a ring or a tick is in the file and cannot be seen on the page."
                yield Hidden("hidden-stroke", page.number, mark.box, "", detail)
