"""From printed lines to paragraphs: numbers and letters found in the margin, sentences joined over lines and pages.

A number at the start of a line is a label only where the print says so: it hangs left of the paragraph, or stands after
a gap. "2022." at the start of a wrapped line is a year. Text is joined, never corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ingest.document import Box, Line, Picture, Table, Word, spell

LABEL = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<dot>\.?)$|\(?(?P<letter>[a-z]{1,4})[.)]$|(?P<bullet>[•▪◦‣·–-])$"
)
PARAGRAPH_GAP = 1.25  # of the usual distance between lines: more than this begins a new paragraph
COLUMN_GAP = 1.2  # of the type size: words farther apart stand in two columns
FULL_LINE = 0.86  # of the widest line: a shorter last line on a page ends its paragraph


@dataclass(frozen=True, slots=True)
class Setting:
    """The usual distance between two lines of a paragraph, and where the widest line ends, in points."""

    pitch: float
    widest: float


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number, letter or bullet: `number` is ("2","2","3") for 2.2.3, ("a",) for a., () for a bullet."""

    as_printed: str
    number: tuple[str, ...]
    dotted: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its label, its words without it, and its lines."""

    label: Label | None
    words: tuple[Word, ...]
    lines: tuple[Line, ...]
    text: str

    @property
    def bold(self) -> bool:
        return bool(self.words) and all(word.bold for word in self.words)

    @property
    def indent(self) -> float:
        return self.words[0].box.x0 if self.words else self.lines[0].box.x0

    @property
    def lead_in(self) -> str | None:
        """The opening in italics or bold, where the rest is plain."""
        for style in ("italic", "bold"):
            opening = list(takewhile(lambda word, style=style: getattr(word, style), self.words))  # type: ignore[misc]
            if opening and len(opening) < len(self.words):
                return spell(opening)
        return spell(self.words) if self.words and all(word.italic for word in self.words) else None

    @property
    def places(self) -> tuple[tuple[int, Box], ...]:
        """The box it fills on each of its pages."""
        boxes: dict[int, Box] = {}
        for line in self.lines:
            boxes[line.page] = boxes[line.page].union(line.box) if line.page in boxes else line.box
        return tuple(boxes.items())


def gather(flow: Iterable[Line | Table | Picture], setting: Setting) -> tuple[Paragraph | Table | Picture, ...]:
    """Paragraphs, tables and pictures in reading order."""
    things = list(flow)
    pitch, widest = setting.pitch, setting.widest
    result: list[Paragraph | Table | Picture] = []
    current: list[Line] = []
    for thing in things:
        if not isinstance(thing, Line):
            if current:
                result.append(_paragraph(current))
            current = []
            result.append(thing)
        elif current and not _begins(thing, current, pitch, widest):
            current.append(thing)
        else:
            if current:
                result.append(_paragraph(current))
            current = [thing]
    if current:
        result.append(_paragraph(current))
    return tuple(result)


def openings_at(flow: Sequence[Line | Table | Picture], n: int, setting: Setting) -> tuple[tuple[Line, ...], ...]:
    """What may be the heading that begins with line `n`: the line where it ends by hand, and its whole paragraph.

    None where the line goes on from the one before. A heading is recognised by how it stands, so this is more generous
    than `gather`: a line before that ends early, another weight or capitals are enough.
    """
    line, before = flow[n], flow[n - 1] if n else None
    if not isinstance(line, Line):
        return ()
    if isinstance(before, Line) and not _parted(before, line, setting) and not _ends_early(before, setting):
        return ()
    lines = [line]
    for following in flow[n + 1 : n + 4]:
        if not isinstance(following, Line) or following.page != line.page or _parted(lines[-1], following, setting):
            break
        lines.append(following)
    return (((line,),) if len(lines) > 1 and _ends_early(line, setting) else ()) + (tuple(lines),)


def _parted(before: Line, line: Line, setting: Setting) -> bool:
    """Whether two lines are set apart: by a gap, weight, capitals or size, or by the end of a page and a sentence."""
    if before.page != line.page:
        return _ends_early(before, setting) or before.text.endswith((".", ":", ";", "?", "!"))
    gap = line.baseline - before.baseline > PARAGRAPH_GAP * setting.pitch
    return gap or _type_of(before) != _type_of(line)


def _type_of(line: Line) -> tuple[bool, bool, int]:
    return all(word.bold for word in line.words), line.text.isupper(), round(line.words[0].size)


def _ends_early(line: Line, setting: Setting) -> bool:
    return line.box.x1 < FULL_LINE * setting.widest


def is_set_apart(lines: Sequence[Line]) -> bool:
    """Whether every line is bold, or every one in capitals."""
    return all(word.bold for line in lines for word in line.words) or all(line.text.isupper() for line in lines)


def runs(line: Line) -> tuple[Line, ...]:
    """The line cut where a wide gap parts its words: a label and its text, or two columns side by side."""
    groups: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.box.x0 - before.box.x1 > COLUMN_GAP * word.size:
            groups.append([])
        groups[-1].append(word)
    return tuple(
        replace(line, words=tuple(words), box=line.box._replace(x0=words[0].box.x0, x1=words[-1].box.x1))
        for words in groups
    )


def measure(lines: Sequence[Line]) -> Setting:
    """How a paper is set, from all its lines."""
    return Setting(_usual_pitch(lines), max((line.box.x1 for line in lines), default=0.0))


def _usual_pitch(lines: Sequence[Line]) -> float:
    steps = Counter(
        round(after.baseline - before.baseline)
        for before, after in pairwise(lines)
        if before.page == after.page and 0 < after.baseline - before.baseline < 40
    )
    if not steps:
        return 16.0
    # The distance inside a paragraph is the smallest one that is common.
    most = max(steps.values())
    return float(min(step for step, count in steps.items() if count >= most / 3))


def _begins(line: Line, current: Sequence[Line], pitch: float, widest: float) -> bool:
    """Whether `line` begins a new paragraph after the lines of `current`."""
    last = current[-1]
    body = _body_indent(current)
    label, rest = read_label(line)
    new_page = line.page != last.page
    apart = not new_page and line.baseline - last.baseline > PARAGRAPH_GAP * pitch
    if label and rest:
        hangs = line.box.x0 < body - 3
        if hangs or apart or (new_page and _stands_apart(line, rest)):
            return True
        if not label.number and abs(line.box.x0 - current[0].box.x0) < 3 and _stands_apart(line, rest):
            return True
    if apart or all(w.bold for w in line.words) != all(w.bold for w in last.words):
        return apart or not _inside(current)
    if new_page:
        return last.box.x1 < FULL_LINE * widest and last.text.endswith((".", ":", ";", "?", "!"))
    return False


def _inside(current: Sequence[Line]) -> bool:
    """A change of weight inside a paragraph (a bold lead-in that wraps) is no new paragraph; a heading's end is."""
    label, _ = read_label(current[0])
    return label is not None and any(not word.bold for word in current[-1].words)


def _stands_apart(line: Line, rest: Sequence[Word]) -> bool:
    return rest[0].box.x0 - line.words[0].box.x1 > 0.45 * line.words[0].size


def _body_indent(lines: Sequence[Line]) -> float:
    if len(lines) > 1:
        return lines[1].box.x0
    label, rest = read_label(lines[0])
    return rest[0].box.x0 if label and rest else lines[0].box.x0


def read_label(line: Line) -> tuple[Label | None, tuple[Word, ...]]:
    """The label a line may begin with, and the words after it. Whether it is one, its surroundings say."""
    found = LABEL.match(line.words[0].text)
    if not found:
        return None, line.words
    rest = line.words[1:]
    if found["number"]:
        parts = tuple(found["number"].split("."))
        if len(parts) == 1 and not found["dot"] and rest and not _stands_apart(line, rest):
            return None, line.words
        return Label(found[0].rstrip("."), parts, bool(found["dot"])), rest
    if found["letter"]:
        return Label(found["letter"], (found["letter"],), True), rest
    if found[0] in "–-" and rest and not _stands_apart(line, rest):
        return None, line.words
    return Label(found[0], (), False), rest


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    label, first = read_label(lines[0])
    if not first:
        label, first = None, lines[0].words
    words = (*first, *(word for line in lines[1:] for word in line.words))
    return Paragraph(label, words, tuple(lines), join([spell(first), *(line.text for line in lines[1:])]))


def join(texts: Iterable[str]) -> str:
    """Lines as one text: a hyphen at the end of a line is a real hyphen, and nothing is put after it."""
    whole = ""
    for text in texts:
        if re.search(r"\w-$", whole) and text[:1].isalnum():
            whole += text
        else:
            whole = f"{whole} {text}".strip()
    return re.sub(r"\s+", " ", whole)
