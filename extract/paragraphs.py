"""From printed lines to paragraphs: numbers and letters found in the margin, sentences joined over lines and pages.

A number at the start of a line is a label only where the print says so: it hangs left of the paragraph, or stands after
a gap. "2022." at the start of a wrapped line is a year. Text is joined, never corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.joining import join as join  # these are read through here
from extract.joining import marks_in as marks_in
from extract.labels import Label, is_sign, is_sure, label_of, stands_apart
from extract.paragraph import Paragraph as Paragraph
from extract.setting import FULL_LINE, ends_by_hand, ends_early
from extract.setting import PARAGRAPH_GAP as PARAGRAPH_GAP
from extract.setting import Setting as Setting
from extract.setting import measure as measure
from ingest.document import Line, Picture, Table
from ingest.runs import Run

COLUMN_GAP = 1.2  # of the type size: words farther apart stand in two columns
BESIDE = 0.8  # of the type size: a label set in another type may stand so much higher or lower than its text
INDENTED = 8.0  # points: no line of a paragraph stands so far from the others
STOPS = (".", ":", ";", "?", "!")
JOINTS = ("; and", "; or", ", and", ", or")  # what ends a part of a list, too


def gather(flow: Iterable[Line | Table | Picture], setting: Setting) -> tuple[Paragraph | Table | Picture, ...]:
    """Paragraphs, tables and pictures in reading order."""
    result: list[Paragraph | Table | Picture] = []
    current: list[Line] = []
    seen: list[Label] = []
    own: Label | None = None  # that of the first line

    def close() -> None:
        if current:
            made = _paragraph(current, own)
            if made.label:
                seen.append(made.label)
            result.append(made)
            current.clear()

    for thing in _with_labels_first(list(flow)):
        if not isinstance(thing, Line):
            close()
            result.append(thing)
            continue
        label = label_of(thing)
        if current and _begins(thing, label, current, own, seen, setting):
            close()
        if not current:
            own = label
        current.append(thing)
    close()
    return tuple(result)


def _with_labels_first(flow: Sequence[Line | Table | Picture]) -> Sequence[Line | Table | Picture]:
    """The flow with each label that stands alone and a little lower than its text put before it."""
    result = list(flow)
    for n, (thing, following) in enumerate(pairwise(flow)):
        if isinstance(thing, Line) and isinstance(following, Line) and _is_beside(following, thing):
            result[n : n + 2] = following, thing
    return result


def _is_alone(line: Line) -> bool:
    return " " not in line.text and len(line.words) == 1 and label_of(line) is not None


def _is_beside(alone: Line, text: Line) -> bool:
    """Whether a label on a line of its own stands beside this text: it is set in another type."""
    near = alone.page == text.page and abs(text.baseline - alone.baseline) < BESIDE * text.size
    return near and _is_alone(alone) and alone.box.x1 < text.box.x0


def _leads(alone: Line, line: Line, setting: Setting) -> bool:
    """Whether a label on a line of its own is that of this line: beside it, or below it with no label itself."""
    label = label_of(alone)
    if not label or _is_beside(alone, line):
        return label is not None
    down = line.baseline - alone.baseline if line.page == alone.page else 0.0
    near = down <= PARAGRAPH_GAP * setting.pitch and line.box.x0 > alone.box.x0 - 1
    return near and is_sure(label) and not label_of(line)


def begins_at(flow: Sequence[Line | Table | Picture], n: int, setting: Setting) -> bool:
    """Whether a line stands here that does not go on from the one before, and may begin a heading.

    A heading is recognised by how it stands, so this is more generous than `gather`: a line before that ends early,
    another weight or capitals are enough.
    """
    line, before = flow[n], flow[n - 1] if n else None
    if not isinstance(line, Line):
        return False
    return not isinstance(before, Line) or ends_early(before, setting) or _parted(before, line, setting)


def openings_at(flow: Sequence[Line | Table | Picture], n: int, setting: Setting) -> tuple[tuple[Line, ...], ...]:
    """What may be the heading that begins with line `n`: the line where it ends by hand, and its whole paragraph."""
    line = flow[n]
    if not isinstance(line, Line) or not begins_at(flow, n, setting):
        return ()
    lines = [line]
    for following in flow[n + 1 : n + 4]:
        if not isinstance(following, Line) or following.page != line.page or _parted(lines[-1], following, setting):
            break
        lines.append(following)
    return (((line,),) if len(lines) > 1 and ends_early(line, setting) else ()) + (tuple(lines),)


def _parted(before: Line, line: Line, setting: Setting) -> bool:
    """Whether two lines are set apart: by a gap, weight, capitals or size, or by the end of a page and a sentence."""
    if before.page != line.page:
        return ends_early(before, setting) or before.text.endswith((".", ":", ";", "?", "!"))
    gap = line.baseline - before.baseline > PARAGRAPH_GAP * setting.pitch
    if gap or before.bold != line.bold or (before.size != line.size and round(before.size) != round(line.size)):
        return True
    return _differ_in_case(before, line)


def _differ_in_case(one: Line, other: Line) -> bool:
    """Whether one line is in capitals and the other is not; one without a letter, such as a number, is as the other."""
    return one.text.isupper() != other.text.isupper() and _has_letters(one) and _has_letters(other)


def _has_letters(line: Line) -> bool:
    return any(map(str.isalpha, line.text))


def stands_out(line: Line) -> bool:
    """Whether a line is bold or in capitals."""
    return line.bold or (line.text.isupper() and _has_letters(line))


def is_set_apart(lines: Sequence[Line]) -> bool:
    """Whether every line is bold, or every one in capitals."""
    if all(line.bold for line in lines):
        return True
    capitals = [line.text.isupper() for line in lines if _has_letters(line)]
    return bool(capitals) and all(capitals)


def runs(line: Line) -> tuple[Line, ...]:
    """The line cut where a wide gap parts its words: a label and its text, or two columns side by side."""
    if not line.has_wide_gap:  # nearly always
        return (line,)
    pieces: list[Run] = []
    for run in line.runs:  # one that has no such gap inside is not cut into words
        pieces += run.pieces() if run.widest_space > COLUMN_GAP * run.size else (run,)
    groups = [[pieces[0]]]
    for before, piece in pairwise(pieces):
        if piece.box.x0 - before.box.x1 > COLUMN_GAP * piece.size:
            groups.append([])
        groups[-1].append(piece)
    return tuple(line.of_runs(group) for group in groups)


def _begins(
    line: Line, label: Label | None, current: Sequence[Line], own: Label | None, seen: Sequence[Label], setting: Setting
) -> bool:
    """Whether `line`, which may have a `label`, begins a new paragraph after the lines of `current`.

    `own` is the label that those may have, `seen` are the ones before.
    """
    last = current[-1]
    if len(current) == 1 and _is_alone(last):
        return not _leads(last, line, setting)
    new_page = line.page != last.page
    apart = not new_page and line.baseline - last.baseline > PARAGRAPH_GAP * setting.pitch
    stopped = last.text.endswith(STOPS)
    if label and line.opening_gap is not None:
        if apart or line.box.x0 < _body_indent(current, own) - 3 or (new_page and stands_apart(line)):
            return True
        if _ends(last, line, setting) and (is_sign(label) or label.is_expected([*seen, own] if own else seen)):
            return True
        if not label.number and abs(line.box.x0 - current[0].box.x0) < 3 and stands_apart(line):
            return True
    if apart:
        return True
    if line.bold != last.bold:
        return (new_page and stopped) or not _inside(last, own, line, _ends(last, line, setting))
    if new_page:
        early = last.box.x1 < FULL_LINE * setting.widest
        return stopped and (early or abs(line.box.x0 - _body_indent(current, own)) > INDENTED)
    x0 = line.box.x0
    left = x0 < current[0].box.x0 - 3 and all(x0 < one.box.x0 - 3 for one in current)
    if left and (len(current) > 1 or stopped):
        return True
    return stopped and last.box.x1 < FULL_LINE * setting.widest and ends_by_hand(last, line, setting.widest)


def _ends(last: Line, line: Line, setting: Setting) -> bool:
    """Whether a line ends a sentence or a part of a list, or was ended by hand before the next."""
    return last.text.endswith(STOPS + JOINTS) or ends_by_hand(last, line, setting.widest)


def _inside(last: Line, own: Label | None, line: Line, ended: bool) -> bool:
    """A change of weight inside a paragraph (a bold opening or a bold sum that wraps) is no new paragraph.

    The end of a heading is one.
    """
    if own and not last.bold:
        return True
    before, after = last.runs[-1].face.bold, line.runs[0].face.bold
    return not ended and (after == before or not before)


def _body_indent(lines: Sequence[Line], own: Label | None) -> float:
    if len(lines) > 1:
        return lines[1].box.x0
    gap = lines[0].opening_gap if own else None
    return lines[0].box.x0 + (0.0 if gap is None else lines[0].opening_width + gap)


def _paragraph(lines: Sequence[Line], own: Label | None) -> Paragraph:
    alone = len(lines) == 1 and lines[0].text == lines[0].opening
    label = None if alone else own
    first = lines[0].text[len(lines[0].opening) :].strip() if label else lines[0].text
    return Paragraph(label, tuple(lines), join([first, *(line.text for line in lines[1:])]))
