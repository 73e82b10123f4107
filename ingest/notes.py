"""Footnotes: which lines at the foot of a page are notes, and which marks in its text lead to them.

A note stands below the text in smaller type or under a short rule, and begins with a mark. Its mark and the marks that
lead to it are flagged (`Word.note`), so that they are no part of any text: a sum with a raised 1 beside it is that sum.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Box, Line, Note, Page, Word

SMALLER = 0.95  # of the usual type size: a note is set in no larger type
MUCH = 0.25  # of all letters
ALIKE = 0.3  # points: two lines of one note are set in the same size
FOOT = 0.88  # of the page's height: only below it may a page number or a running footer stand
PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)
SIGNS = "*†‡§¶#⁰¹²³⁴⁵⁶⁷⁸⁹"
MARK = re.compile(rf"[(\[]?(?P<mark>\d{{1,3}}|[a-z]|[{SIGNS}]{{1,3}})[)\].]?$")
SIGN_BEFORE = re.compile(rf"(?P<mark>[{SIGNS}]{{1,3}})(?P<rest>[^{SIGNS}].*)$")
SIGN_BEHIND = re.compile(rf"(?P<before>.*[^{SIGNS}])(?P<mark>[{SIGNS}]{{1,3}})(?P<after>[.,;:?!)’”\"']*)$")
FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
UNIT = re.compile(r"(?:\d[\d.,]*)?(?:[cdkm]?m|ft|in|yd|mi|CO)$")
STOPS = (".", "!", "?", ".)", ".”")


@dataclass(frozen=True, slots=True)
class Start:
    """A line that begins a note, and its mark; `sure`: the mark is raised or a sign, so no text begins like it."""

    line: Line
    mark: str
    sure: bool


def find_notes(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Note, ...]]:
    """The pages with every mark of a note flagged, and the notes in the paper's order."""
    usual = _usual_size(pages)
    footers = _footers(pages)
    result: list[Page] = []
    notes: list[Note] = []
    open_since: int | None = None  # the page of the latest note, which may go on
    for page in pages:
        zone, ruled = _zone(page, usual, footers) if not page.ocr else ([], False)
        body = page.lines[: page.lines.index(zone[0])] if zone else page.lines
        starts = [start for line in zone if (start := _start(line, body, usual))]
        first = zone.index(starts[0].line) if starts else len(zone)
        before = zone[:first]
        if before and open_since == page.number - 1 and _goes_on(notes[-1], before, usual, ruled):
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, *before))
            open_since = page.number
        flagged: dict[int, Line] = {}
        met: set[str] = set()  # a mark leads to one note: the first of those that begin with it
        for start, following in zip(starts, [*starts[1:], None], strict=False):
            end = zone.index(following.line) if following else len(zone)
            number = len(notes)
            leading = [] if start.mark in met else list(_leading(body, start))
            met.add(start.mark)
            if not leading and not (start.sure and ruled):
                continue
            if not leading and result:  # a note for which there was no room is put on the next page
                result[-1] = _flag_page(result[-1], start, number)
            opening = _flag_first(start.line, number)
            flagged[id(start.line)] = opening
            for line, word in leading:
                flagged[id(line)] = _flag(flagged.get(id(line), line), word, number)
            notes.append(Note(start.mark, (opening, *zone[zone.index(start.line) + 1 : end])))
            open_since = page.number
        lines = tuple(flagged.get(id(line), line) for line in page.lines) if flagged else page.lines
        result.append(replace(page, lines=lines) if flagged else page)
    return tuple(result), tuple(notes)


def _usual_size(pages: Sequence[Page]) -> float:
    """The size of the text: the largest of which there is much, since a paper may have more notes than text."""
    sizes: dict[float, int] = defaultdict(int)
    for page in pages:
        for line in page.lines:
            for run in line.runs:
                sizes[run.size] += len(run.text)
    much = MUCH * sum(sizes.values())
    return max((size for size, letters in sizes.items() if letters >= much), default=0.0)


def without(pages: Sequence[Page], notes: Sequence[Note]) -> tuple[Page, ...]:
    """The pages without the lines of their notes."""
    places = {place for note in notes for place in note.places}
    if not places:
        return tuple(pages)
    return tuple(replace(page, lines=tuple(line for line in page.lines if line.place not in places)) for page in pages)


def _footers(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """What stands at the same height at the foot of two pages or more."""
    standing = Counter(_standing(line) for page in pages for line in page.lines if line.box.top > FOOT * page.height)
    return frozenset(key for key, times in standing.items() if times > 1)


def _standing(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.baseline / 3)


def _zone(page: Page, usual: float, footers: frozenset[tuple[str, int]]) -> tuple[list[Line], bool]:
    """The lines at the foot of a page that may be notes, and whether a rule parts them from the text."""
    end = len(page.lines)
    while end and _is_footer(page.lines[end - 1], page, footers):
        end -= 1
    lines = page.lines[:end]
    parting = [rule.box for rule in page.rules if rule.horizontal and rule.box.width > 30]
    for n in range(end - 1, -1, -1) if parting else ():
        above, below = lines[n - 1].baseline if n else 0.0, lines[n]
        if any(above - 1 <= rule.top and rule.bottom <= below.box.top + 3 for rule in parting):
            if _is_open(page, below.box.top, lines[-1].box.bottom) and _size(below) <= usual:
                return list(lines[n:]), True
            break
    start = end
    while start and _size(lines[start - 1]) <= SMALLER * usual:
        start -= 1
    zone = list(lines[start:])
    return (zone, False) if zone and start and _is_open(page, zone[0].box.top, zone[-1].box.bottom) else ([], False)


def _is_footer(line: Line, page: Page, footers: frozenset[tuple[str, int]]) -> bool:
    at_foot = line.box.top > FOOT * page.height
    return at_foot and (bool(PAGE_NUMBER.match(line.text)) or _standing(line) in footers)


def _is_open(page: Page, top: float, bottom: float) -> bool:
    """Whether no table stands here: no upright rule."""
    return not any(
        not rule.horizontal and rule.box.top < bottom and rule.box.bottom > top and rule.box.height > 6
        for rule in page.rules
    )


def _size(line: Line) -> float:
    return round(max([run.size for run in line.runs if not run.raised], default=0.0), 2)


def _goes_on(note: Note, lines: Sequence[Line], usual: float, ruled: bool) -> bool:
    """Whether the small print at the foot of the next page is the rest of a note."""
    size = _size(note.lines[-1])
    small = size <= SMALLER * usual and all(abs(_size(line) - size) < ALIKE for line in lines)
    return small and (ruled or not note.text.endswith(STOPS))


def _start(line: Line, body: Sequence[Line], usual: float) -> Start | None:
    """The start of a note.

    A plain figure is its mark only in smaller print, and where the same figure stands raised in the text above.
    """
    if not MARK.match(line.opening) and not SIGN_BEFORE.match(line.opening):  # nearly always
        return None
    first = line.words[0]
    if found := SIGN_BEFORE.match(first.text):
        return Start(line, _plain(found["mark"]), sure=True)
    found = MARK.match(first.text)
    if not found or len(line.words) < 2:
        return None
    mark = _plain(found["mark"])
    sure = first.raised or found["mark"][0] in SIGNS
    if sure or (
        _size(line) <= SMALLER * usual
        and any(word.raised and _mark_of(word.text) == mark for one in body if _has_raised(one) for word in one.words)
    ):
        return Start(line, mark, sure)
    return None


def _has_raised(line: Line) -> bool:
    return any(run.raised for run in line.runs)


def _plain(mark: str) -> str:
    return mark.translate(FIGURES)


def _mark_of(text: str) -> str | None:
    found = MARK.match(text)
    return _plain(found["mark"]) if found else None


def _leads_to(line: Line, word: Word, start: Start) -> bool:
    """Whether a word of the text is the mark of this note, or ends with it. The 2 of 10 m2 is none."""
    if word.raised:
        at = line.words.index(word)
        before = line.words[at - 1].text if at and word.glued else ""
        return _mark_of(word.text) == start.mark and not UNIT.match(before)
    found = SIGN_BEHIND.match(word.text)
    return bool(found and _plain(found["mark"]) == start.mark and not UNIT.match(found["before"]))


def _leading(lines: Sequence[Line], start: Start) -> Iterator[tuple[Line, Word]]:
    return ((line, word) for line in lines for word in line.words if _leads_to(line, word, start))


def _flag_page(page: Page, start: Start, number: int) -> Page:
    lines = []
    for line in page.lines:
        words = [word for word in line.words if word.note is None and _leads_to(line, word, start)]
        for word in words:
            line = _flag(line, word, number)  # each word in turn
        lines.append(line)
    return replace(page, lines=tuple(lines))


def _flag(line: Line, word: Word, number: int) -> Line:
    """The line with this word flagged, or with the mark at its end cut off as a word of its own."""
    found = None if word.raised else SIGN_BEHIND.match(word.text)
    if not found:
        parts: tuple[Word, ...] = (word._replace(note=number),)
    else:
        parts = tuple(_cut(word, (found["before"], found["mark"], found["after"]), 1, number))
    at = line.words.index(word)
    return _of(line, (*line.words[:at], *parts, *line.words[at + 1 :]))


def _flag_first(line: Line, number: int) -> Line:
    first = line.words[0]
    found = SIGN_BEFORE.match(first.text)
    parts = tuple(_cut(first, (found["mark"], found["rest"]), 0, number)) if found else (first._replace(note=number),)
    return _of(line, (*parts, *line.words[1:]))


def _of(line: Line, words: Sequence[Word]) -> Line:
    return Line.of(words, line.box, line.page, line.baseline)


def _cut(word: Word, texts: Sequence[str], marked: int, number: int) -> Iterator[Word]:
    """A word in pieces, each with its share of the box; the piece `marked` is the mark of note `number`."""
    each, at = word.box.width / len(word.text), 0
    for n, text in enumerate(texts):
        x0 = word.box.x0 + at * each
        box = Box(x0, word.box.top, x0 + len(text) * each, word.box.bottom)
        at += len(text)
        if text:
            note = number if n == marked else None
            yield word._replace(text=text, box=box, glued=word.glued if n == 0 else True, note=note)
