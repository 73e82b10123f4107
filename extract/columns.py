"""Which paragraphs of Part 1 are printed as none is: in columns, beside words set apart, below a line cut short.

Lines are read across the page and joined as they follow each other, so what stands in a second column, or close above a
paragraph, goes into it, and a heading of a Part 2 among it is no heading any more. Text is not cut apart here, since a
tab in a line, or a line that ends early, looks the same: a person is asked to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from extract.form import Form
from extract.labels import label_of
from extract.record import Passage, TablePassage
from ingest.document import Line

APART: Final = 2.5  # of the type size: so far apart stand no two words of a sentence
SHORT: Final = 0.6  # of the width that text fills: a line that ends so early was ended by hand
ASIDE: Final = 0.45  # of the width that text fills: so far right begins no line of a paragraph
LINES: Final = 1.6  # of its height: what is higher than so many lines has two
STOPS: Final = (".", ":", ";", "?", "!", ",")
_left, _right = attrgetter("box.x0"), attrgetter("box.x1")


def beside(form: Form, passages: Iterable[Passage | TablePassage]) -> dict[str, str]:
    """What is odd about the print of a passage, by its id: nothing on nearly every paper."""
    lines = [thing for part in form.holding("passages", "sections") for thing in part.flow if isinstance(thing, Line)]
    odd: list[tuple[tuple[Line, ...], str]] = [((line,), "stands in columns") for line in lines if _is_parted(line)]
    odd += [((line,), "has words set apart at its side") for line in _aside(lines)]
    odd += [(pair, "has a line that ends early, as a heading does") for pair in _cut_short(lines)]
    if not odd:
        return {}
    texts = [passage for passage in passages if isinstance(passage, Passage)]
    return {
        passage.id: told for those, told in odd for passage in texts if all(_prints(passage, line) for line in those)
    }


def _is_parted(line: Line) -> bool:
    """Whether wide white space parts a line, but for that behind a number or a bullet."""
    places = enumerate(pairwise(line.runs))
    wide = [n for n, (before, after) in places if after.box.x0 - before.box.x1 > APART * after.size]
    return bool(wide) and (wide != [0] or " " in line.runs[0].text or label_of(line) is None)


def _aside(lines: Iterable[Line]) -> Iterator[Line]:
    lefts = list(map(_left, lines))
    if not lefts:
        return
    farthest = min(lefts) + ASIDE * (max(map(_right, lines)) - min(lefts))
    if max(lefts) > farthest:
        yield from (line for line in lines if line.box.x0 > farthest)


def _cut_short(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines that end early, and amid a sentence, each with the one below where that begins another."""
    left, right = min(map(_left, lines), default=0.0), max(map(_right, lines), default=0.0)
    farthest = left + SHORT * (right - left)
    for before, line in pairwise(lines):
        if before.box.x1 < farthest and before.page == line.page and not before.text.endswith(STOPS):
            first = line.opening[:1]
            if first.isupper() or first.isdigit():
                yield before, line


def _prints(passage: Passage, line: Line) -> bool:
    """Whether a line is one of several of a passage: of a line that is one by itself others ask."""
    height = (line.box.top + line.box.bottom) / 2
    return any(
        place.page == line.page
        and place.box[1] <= height <= place.box[3]
        and place.box[0] - 1 <= line.box.x0
        and line.box.x1 <= place.box[2] + 1
        for place in passage.boxes
    ) and (_is_parted(line) or sum(place.box[3] - place.box[1] for place in passage.boxes) > LINES * line.box.height)
