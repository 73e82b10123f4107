"""How a paper is set: how far apart the lines of a paragraph stand, and where a full line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.labels import label_of
from ingest.document import Line

PARAGRAPH_GAP = 1.25  # of the usual distance between lines: more than this begins a new paragraph
FULL_LINE = 0.86  # of the widest line: a shorter last line on a page ends its paragraph
LINE_HEIGHT = 1.3  # of the type size: the usual distance of two lines where nothing on paper tells
ALIKE = 0.12  # of the type size: text, since notes and headings are set otherwise
PLENTY = 40  # such pairs: those that follow tell no more
ENOUGH = 3  # lines that go on with the one before: from so many the distance is known
FEW = 50  # one line in so many may be wider than the column


@dataclass(frozen=True, slots=True)
class Setting:
    """The usual distance between two lines of a paragraph, and where the widest line ends, in points."""

    pitch: float
    widest: float


def measure(lines: Sequence[Line]) -> Setting:
    """How a paper is set, from all its lines."""
    ends = sorted((line.box.x1 for line in lines), reverse=True)
    widest = ends[len(ends) // FEW] if ends else 0.0
    return Setting(_usual_pitch(lines, widest), widest)


def _usual_pitch(lines: Sequence[Line], widest: float) -> float:
    """The distance of two lines of one paragraph: where a line is full, the next one goes on with it.

    A paper of short paragraphs may have hardly any such line; then it is the smallest distance that is common, but no
    more than suits the type size.
    """
    sizes = [line.size for line in lines]
    usual = Counter(sizes).most_common(1)[0][0] if sizes else 11.0
    least, most, alike = 0.9 * usual, 3.5 * usual, ALIKE * usual
    steps: list[int] = []
    within: list[int] = []
    for before, after in pairwise(line for line, size in zip(lines, sizes, strict=True) if abs(size - usual) <= alike):
        step = after.baseline - before.baseline
        if least < step < most and before.page == after.page:
            steps.append(round(step))
            if _goes_on(before, after, widest):
                within.append(steps[-1])
                if len(within) == PLENTY:
                    break
    if len(within) >= ENOUGH:
        return float(_smallest_common(within))
    return min(LINE_HEIGHT * usual, float(_smallest_common(steps)) if steps else LINE_HEIGHT * usual)


def _smallest_common(steps: Iterable[int]) -> int:
    counts = Counter(steps)
    most = max(counts.values())
    return min(step for step, count in counts.items() if count >= most / 3)


def _goes_on(before: Line, line: Line, widest: float) -> bool:
    """Whether a line is surely the next one of the paragraph: the one before is full and no sentence ends with it."""
    first, last = line.runs[0], before.runs[-1]
    return (
        first.size == last.size
        and first.face.bold == last.face.bold
        and not before.text.endswith((".", ":", ";", "?", "!"))
        and not ends_by_hand(before, line, widest)
        and not label_of(line)
    )


def ends_by_hand(before: Line, line: Line, widest: float) -> bool:
    """Whether the first word of `line` had room on the line before: then somebody ended that one."""
    room = widest - line.size / 4 - before.box.x1 - line.size / 4
    return room > 0 and line.opening_width < room


def ends_early(line: Line, setting: Setting) -> bool:
    """Whether a line ends well before the column does."""
    return line.box.x1 < FULL_LINE * setting.widest
