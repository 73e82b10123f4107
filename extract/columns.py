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
    if not lines:
        return {}
    lefts, rights = list(map(_left, lines)), list(map(_right, lines))  # most lines are asked for no more than these
    left, wide = min(lefts), max(rights) - min(lefts)
    parted = [line for line in lines if len(line.runs) > 1 and _is_parted(line)]
    aside = [line for line, x in zip(lines, lefts, strict=True) if x > left + ASIDE * wide]
    short = [n for n, x in enumerate(rights) if x < left + SHORT * wide]
    odd: list[tuple[tuple[Line, ...], str]] = [((line,), "stands in columns") for line in parted]
    odd += [((line,), "has words set apart at its side") for line in aside]
    odd += [(pair, "has a line that ends early, as a heading does") for pair in _cut_short(lines, short)]
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


def _cut_short(lines: Sequence[Line], short: Iterable[int]) -> Iterator[tuple[Line, ...]]:
    """The lines that end early, and amid a sentence, each with the one below where that begins another.

    What is bold above plain print was parted from it already.
    """
    for n in short:
        before, line = lines[n], lines[n + 1] if n + 1 < len(lines) else None
        if not line or before.page != line.page or before.runs[-1].face.bold != line.runs[0].face.bold:
            continue
        first = line.opening[0]
        if (first.isupper() or first.isdigit()) and not before.text.endswith(STOPS):
            yield before, line


def _prints(passage: Passage, line: Line) -> bool:
    """Whether a line is one of several of a passage: of a line that is one by itself others ask."""
    height = (line.box.top + line.box.bottom) / 2
    for place in passage.boxes:
        if place.page != line.page:  # nearly always
            continue
        x0, top, x1, bottom = place.box
        if top <= height <= bottom and x0 - 1 <= line.box.x0 and line.box.x1 <= x1 + 1:
            whole = sum(place.box[3] - place.box[1] for place in passage.boxes)
            return whole > LINES * line.box.height or _is_parted(line)
    return False
