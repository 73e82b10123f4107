"""From runs of print to lines: which runs stand on one line, which touch, and which are struck through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from ingest.document import Line, Rule
from ingest.runs import Box, Run, made

SAME_LINE = 0.35  # of the type size: baselines closer than this are one line (footnote marks stay on theirs)
LONGEST = 6  # characters: a longer run set high is a text, such as what is typed into a field beside its label
LITTLE = 0.85  # of the type size beside it: what is set above the line in no larger type is raised
LEAST_RISE, MOST_RISE = 0.12, 0.65  # of the type size: how far it stands above the line
SAME_WORD = 0.12  # of the type size: a gap narrower than this parts no words
STRIKE_SHARE = 0.5  # of a word's width that a line must cross to delete it
FILLED = 0.6  # of a long line that must have words under it for it to delete them: the rest is the spaces between
LOWEST, HIGHEST = 0.12, 0.55  # of the type size: above the baseline, between these, a line goes through the letters
TWICE = 1.0  # points: a word that stands so close to the same word is printed twice to look bold
CLOSED = 0.2  # of a unit: spaces that are narrowed by more may leave their words in another order
SMALL = 4.0  # points: in smaller type a whole word may be so narrow

_baseline, _left, _place = attrgetter("baseline"), attrgetter("box.x0"), attrgetter("baseline", "box.x0")


def spread(text: str, ends: Sequence[float], unit: float, drawn: float) -> tuple[float, float]:
    """Points to a unit of the font, and points more to each space, so that a run's ink ends where it does: at `drawn`.

    `ends` is where it would end by the glyph widths alone; where the text ends with a space, once for a space that is
    drawn and once for one that is only understood. What the widths leave over, a justified line has put into its
    spaces; in a single word it lies between the letters.
    """
    expected = min(ends, key=lambda end: abs(end - drawn))
    spaces = sum(map(str.isspace, text.rstrip()))
    if not (expected > 0 and 0.5 < drawn / expected < 2):
        return unit, 0.0
    return (unit, (drawn - expected) / spaces) if spaces else (unit * drawn / expected, 0.0)


def strike(runs: Iterable[Run], rules: Sequence[Rule]) -> list[Run]:
    """Mark the words that a horizontal rule crosses through the middle, cutting a word where the rule ends in it.

    A YES/NO is answered by what is deleted, so `YES/NO` with a line through `NO` becomes `YES/` and a struck `NO`.
    """
    ordered = sorted(runs, key=_baseline)
    level = [rule.box for rule in rules if rule.horizontal]
    if not level or not ordered:
        return ordered
    heights = [run.baseline for run in ordered]
    largest = max([run.size for run in ordered])
    met: dict[int, list[Run]] = {}  # the pieces of each run that a line meets
    meeting: list[tuple[Box, list[int]]] = []
    for line in level:
        middle = (line.top + line.bottom) / 2
        near = ordered[bisect_left(heights, middle) : bisect_right(heights, middle + HIGHEST * largest)]
        if found := [run for run in near if _goes_through(line, run)]:
            met.update((id(run), list(run.pieces())) for run in found if id(run) not in met)
            meeting.append((line, [id(run) for run in found]))
    if not meeting:
        return ordered
    for line, there in meeting:
        _strike_out(line, there, met)
    return [run for run in ordered if id(run) not in met] + [piece for pieces in met.values() for piece in pieces]


def _strike_out(line: Box, there: Sequence[int], pieces: dict[int, list[Run]]) -> None:
    """Cut and mark what one line deletes of the runs that it meets; no other piece on the page is looked at."""
    crossed = [piece for run in there for piece in pieces[run] if _crosses(line, piece)]
    filled = sum(min(line.x1, piece.box.x1) - max(line.x0, piece.box.x0) for piece in crossed)
    # A rule across the column is furniture, not a deletion, unless there are words to delete all along it.
    struck = {id(p) for p in crossed if line.width <= 4 * p.box.width + 60 or filled > FILLED * line.width}
    for run in there if struck else ():
        pieces[run] = [
            part for p in pieces[run] for part in (_cut(p, line) if id(p) in struck and not p.struck else (p,))
        ]


def _goes_through(line: Box, run: Run) -> bool:
    """Whether a line crosses the letters of a run somewhere; above and below it is an underline or a border."""
    above_baseline = run.baseline - (line.top + line.bottom) / 2
    inside = LOWEST * run.size < above_baseline < HIGHEST * run.size
    return inside and line.x1 > run.box.x0 and run.box.x1 > line.x0


def _crosses(line: Box, piece: Run) -> bool:
    shared = min(line.x1, piece.box.x1) - max(line.x0, piece.box.x0)
    return _goes_through(line, piece) and shared > 0.6 * piece.box.width / len(piece.text)


def _cut(piece: Run, line: Box) -> tuple[Run, ...]:
    each = piece.box.width / len(piece.text)
    first = max(0, round((line.x0 - piece.box.x0) / each))
    last = min(len(piece.text), round((line.x1 - piece.box.x0) / each))
    if last - first >= STRIKE_SHARE * len(piece.text) and piece.text.isalpha():
        first, last = 0, len(piece.text)  # nobody deletes most of a word; the pen slipped
    cuts = [(0, first, False), (first, last, True), (last, len(piece.text), False)]
    parts = [(a, b, struck) for a, b, struck in cuts if a < b]
    return tuple(
        piece._replace(
            text=piece.text[a:b],
            box=Box(piece.box.x0 + a * each, piece.box.top, piece.box.x0 + b * each, piece.box.bottom),
            struck=struck,
            space_before=piece.space_before if a == 0 else False,
            space_after=piece.space_after if b == len(piece.text) else False,
        )
        for a, b, struck in parts
    )


def gather_lines(runs: Iterable[Run], page: int) -> tuple[Line, ...]:
    """Lines from top to bottom, each with its runs from left to right."""
    rows: list[list[Run]] = []
    first: Run | None = None
    for run in sorted(runs, key=_place):
        if first and run.baseline - first.baseline <= SAME_LINE * max(run.size, first.size):
            rows[-1].append(run)
        else:
            first = run
            rows.append([run])
    return tuple(_line(row, page) for row in _with_raised(rows))


def _with_raised(rows: Sequence[list[Run]]) -> Iterator[list[Run]]:
    """The rows, a small one that stands above the gaps of the next in that one: marks of footnotes, set high."""
    waiting: list[Run] = []
    for n, row in enumerate(rows):
        following = rows[n + 1] if n + 1 < len(rows) else None
        if following and _is_above(row, following):
            waiting += row
        else:
            yield [*waiting, *row] if waiting else row
            waiting = []


def _is_above(row: Sequence[Run], following: Sequence[Run]) -> bool:
    size = max([run.size for run in following])
    if following[0].baseline - row[0].baseline > MOST_RISE * size or max([run.size for run in row]) > LITTLE * size:
        return False
    pieces = [piece for other in following for piece in other.pieces()]
    return not any(
        min(run.box.x1, other.box.x1) - max(run.box.x0, other.box.x0) > 0.3 * run.box.width
        for run in row
        for other in pieces
    )


def _heights(row: Sequence[Run]) -> list[Run]:
    """The runs of a row from left to right, those marked that are small and stand above the larger ones."""
    main = max(row, key=lambda run: run.size)
    least, most = LEAST_RISE * main.size, MOST_RISE * main.size
    marked = (
        run._replace(raised=True)
        if run.size < LITTLE * main.size and len(run.text) <= LONGEST and least < main.baseline - run.baseline < most
        else run
        for run in row
    )
    return sorted(marked, key=_left)


def _line(row: list[Run], page: int) -> Line:
    """The line of a row, which comes in the order of the heights its runs stand on, and then from left to right."""
    first = row[0]
    if len(row) == 1 and first.wider >= 0 and first.size >= SMALL:  # nearly always
        return made(Line, ((first,), first.box, page, first.baseline))
    if first.baseline != row[-1].baseline:
        row = _heights(row)
    if not _side_by_side(row):  # their words stand among one another
        row = _among_one_another(row)
    before = row[0]
    runs = [before]
    x0, top, x1, bottom = before.box
    for run in row[1:]:
        if _drawn_twice(before, run):
            continue
        before = run._replace(glued=True) if _touches(before, run) else run
        runs.append(before)
        _, higher, right, lower = run.box
        top, x1, bottom = min(top, higher), max(x1, right), max(bottom, lower)
    baseline = next((run.baseline for run in row if not run.raised), row[0].baseline)
    return Line(tuple(runs), Box(x0, top, x1, bottom), page, baseline)


def _among_one_another(row: Sequence[Run]) -> list[Run]:
    """The words of runs as they stand; beside a word of another run the gap says whether a space parts them."""
    words = sorted(((piece, run) for run in row for piece in run.pieces()), key=lambda pair: pair[0].box.x0)
    result = [words[0][0]]
    for (_, before), (word, run) in pairwise(words):
        if run is not before:
            result[-1] = result[-1]._replace(space_after=before.space_after)
            word = word._replace(space_before=run.space_before)
        result.append(word)
    return result


def _side_by_side(row: Sequence[Run]) -> bool:
    """Whether every word of a run stands left of every word of the next, and no two of them in one place."""
    left: Run | None = None
    for run in row:
        if run.size < SMALL or run.wider < -CLOSED * run.unit:
            return False
        x0 = run.box.x0
        if left and x0 - left.box.x1 < TWICE and x0 - _last(left) < TWICE:
            return False
        left = run
    return True


def _last(run: Run) -> float:
    """Where the last word of a run begins."""
    word = run.text.split()[-1]
    return run.box.x0 if word == run.text else run.box.x1 - sum(map(run.face.widths.__getitem__, word)) * run.unit


def _touches(left: Run, right: Run) -> bool:
    """Whether no space parts two runs."""
    if left.space_after or right.space_before:
        return False
    return right.box.x0 - left.box.x1 < SAME_WORD * max(left.size, right.size)


def _drawn_twice(left: Run, right: Run) -> bool:
    """Some programs print a bold word as the same word twice, a hair apart."""
    same_place = abs(left.box.x0 - right.box.x0) < TWICE and abs(left.baseline - right.baseline) < TWICE
    return same_place and left.text == right.text
