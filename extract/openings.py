"""Where a place of the form opens: at its printed heading, in the head of the page, or without any heading of its own.

A place opens without a heading only where that is sure: its heading is printed nowhere below, the edition names the
place it comes after, and its own first words, or the next public place below, tell that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extract import closing
from extract.editions import PUBLIC, Edition, Place, begins_paper
from extract.labels import read_label
from extract.paragraphs import PARAGRAPH_GAP, Setting, begins_at, is_set_apart, join, openings_at, runs, stands_out
from extract.references import normalise
from extract.starts import Wording, plain
from extract.wordings import Flow as Flow
from extract.wordings import Wordings
from ingest.document import Cell, Line, Table
from ingest.kept import kept

LABELLED = re.compile(r"[A-Z][a-z]+(?: [a-z/&]+){0,3} ?:(?:\s|$)")  # "Drafting officer: …", a field of its own
LEADING = 1.25  # of the type size: the usual distance of two lines of a large title


@dataclass(frozen=True)
class Course:
    """A paper's lines, tables and pictures in order, as one edition looks at them; which pages were read from pictures.

    `wordings` are those of the flow.
    """

    edition: Edition
    flow: tuple[Flow, ...]
    wordings: Wordings
    setting: Setting
    scanned: frozenset[int]

    def below(self, n: int) -> Iterator[Wording]:
        """The words below of which a place may begin."""
        return (wording for at in self.wordings.openers if at > n and (wording := self.wordings[at]))

    @kept
    def last_headings(self) -> Mapping[str, int]:
        """Where a place that may open without its heading has that printed last; one that never has it is not named."""
        places = {place.name: place for ways in self.edition.unheaded.values() for _, place, _ in ways}
        printed = [(n, wording) for n in self.wordings.openers if (wording := self.wordings[n])]
        return {name: n for name, place in places.items() for n, wording in printed if place.heads(wording)}

    def in_header(self, line: Line) -> Place | None:
        """The place that this line of a running header fills."""
        wording = Wording.of(line, line.page in self.scanned)
        return next((place for place, start in self.edition.in_header if start.begins(wording)), None)

    def begins_another(self, n: int) -> bool:
        """Whether a heading stands here that a paper of any edition begins with."""
        wording = self.wordings[n]
        if not wording or not begins_paper(wording):
            return False
        line = self.flow[n]
        if not isinstance(line, Line):
            return True
        apart = line.runs[0].face.bold or wording.scanned or wording.text.isupper()  # a label's value may be plain
        return apart and begins_at(self.flow, n, self.setting)

    def may_be(self, headers: Sequence[Line]) -> bool:
        """Whether each place that tells the edition has a line somewhere: else it is not worth sorting the paper."""
        filled = {place.name for line in headers if (place := self.in_header(line))}
        return any(
            all(name in filled or self._may_have(self.edition.place(name)) for name in places)
            for places in self.edition.recognised_by
        )

    def _may_have(self, place: Place) -> bool:
        return any(start.after for start in place.starts) or any(
            start.where != "header" and start.begins(wording)
            for n in (self.wordings.closers if place.holds == "part2" else self.wordings.openers)
            for start in place.starts
            if (wording := self.wordings[n])
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """A place that opens, and how many lines of it are only its heading."""

    place: Place
    heading: int


def find_opening(course: Course, n: int, seen: set[str], current: Place | None, over: bool) -> Opening | None:
    """The place that this line or table opens. A Part 2 heading always does; other places open once.

    `current` is the place that is open, `over` whether its one paragraph is. A public place that begins out of its
    order is returned too, for it to be seen that the paper is at its end.
    """
    opening = _headed(course, n, seen, current) if n in course.wordings.may_open else None
    if not opening and n in course.wordings.closers:
        opening = _exempt(course, n, seen)
    return opening or _unheaded(course, n, seen, current, over)


def _headed(course: Course, n: int, seen: set[str], current: Place | None) -> Opening | None:
    """The place, other than a Part 2, whose printed heading stands here."""
    wording, edition = course.wordings[n], course.edition
    in_tail = not seen.isdisjoint(edition.tail)
    for place in edition.places:
        if wording and place.holds != "part2" and place.heads(wording, first=not seen):
            inside = current is not None and current.holds == "sections" and (wording.apart or place.holds == "field")
            again = place.holds in PUBLIC and (in_tail or inside or place is edition.places[0])
            if place.name not in seen or (again and begins_at(course.flow, n, course.setting)):
                return Opening(place, _heading_lines(course, n, place))
    return None


def _exempt(course: Course, n: int, seen: set[str]) -> Opening | None:
    """The Part 2 that begins here: with a line, or in any cell of a table."""
    thing, in_tail = course.flow[n], not seen.isdisjoint(course.edition.tail)
    if isinstance(thing, Table):
        cells = (cell for row in thing.rows for cell in row)
        exempt = next((found for cell in cells if (found := _part2_in_cell(course, cell, in_tail))), None)
    else:
        exempt = _part2_in(course, course.flow, n, course.setting, in_tail)
    return Opening(exempt, 1) if exempt else None


def _heading_lines(course: Course, n: int, place: Place) -> int:
    """How many lines the heading has that begins here: those in bold or in capitals that go on from it.

    A second heading of the same place right below, as some forms print it, belongs to the first.
    """
    paragraphs = openings_at(course.flow, n, course.setting)
    lines = paragraphs[0] if paragraphs else ()
    count = max(1, len(list(takewhile(stands_out, lines))))
    below = course.wordings[n + count] if n + count < len(course.flow) else None
    if below and isinstance(course.flow[n + count], Line) and place.heads(below):
        return count + _heading_lines(course, n + count, place)
    return count


def _unheaded(course: Course, n: int, seen: set[str], current: Place | None, over: bool) -> Opening | None:
    """The place that begins here without a heading of its own."""
    ways_below = course.edition.unheaded.get(current.name, ()) if current else ()
    if not ways_below or not isinstance(course.flow[n], Line):
        return None
    missing = [way for way in ways_below if way[1].name not in seen and course.last_headings.get(way[1].name, n) <= n]
    if not missing:  # nearly always: a heading is printed
        return None
    paragraphs = [_wording(course, lines) for lines in openings_at(course.flow, n, course.setting)]
    for order, place, ways in missing:
        if any(
            any(map(start.begins, paragraphs)) if start.words else over and _goes_on(course, n, order) for start in ways
        ):
            return Opening(place, 0)
    return None


def _wording(course: Course, lines: Sequence[Line]) -> Wording:
    """The words of a paragraph; a number need not be as heavy as its heading."""
    bold = all(line.bold for line in lines)
    if not bold and all(line.bold for line in lines[1:]):
        bold = all(word.bold for word in read_label(lines[0])[1] or lines[0].words)
    return Wording(join(line.text for line in lines), bold, lines[0].page in course.scanned)


def _goes_on(course: Course, n: int, order: int) -> bool:
    """Whether a public place that comes later in the form begins below: what stands between can only be this one."""
    later = [start for place in course.edition.places[order + 1 :] if place.holds in PUBLIC for start in place.starts]
    return any(start.begins(wording) for wording in course.below(n) for start in later)


def ends_field(course: Course, place: Place, things: Sequence[Flow], n: int) -> bool:
    """Whether a field of one paragraph, such as the title, is over: what stands apart from it is no part of it.

    A field of which only the label is printed yet goes on.
    """
    thing, last = course.flow[n], things[-1] if things else None
    if last is None:
        return False
    if not isinstance(last, Line) or not isinstance(thing, Line) or thing.page != last.page:
        return True
    printed = plain(join(line.text for line in things if isinstance(line, Line)))
    labels = (start.words.match(printed) for start in place.starts if start.words and start.where == "text")
    if any(label and label.end() == len(printed) for label in labels):
        return thing.page not in course.scanned and thing.bold != last.bold and normalise(thing.text) is None
    if LABELLED.match(thing.text) or closing.unmistakable(thing.text, thing.page in course.scanned):
        return True
    weights = last.runs[-1].face.bold, thing.runs[0].face.bold
    if weights[0] != weights[1] and thing.page not in course.scanned:
        return True
    return thing.baseline - last.baseline > PARAGRAPH_GAP * max(course.setting.pitch, LEADING * last.size)


def _part2_in_cell(course: Course, cell: Cell, in_tail: bool) -> Place | None:
    if not course.scanned and not closing.may_close(cell.text):
        return None
    inside = replace(course.setting, widest=max((line.box.x1 for line in cell.lines), default=0.0))
    strict = [in_tail or not stands_out(line) for line in cell.lines]
    found = (_part2_in(course, cell.lines, n, inside, only) for n, only in enumerate(strict))
    return next((place for place in found if place), None)


def _part2_in(course: Course, flow: Sequence[Flow], n: int, setting: Setting, strict: bool) -> Place | None:
    """The place of a Part 2 that begins with line `n`. `strict`: only a heading with the words "Part 2" begins one.

    On a page read from a picture every line that is probably such a heading begins one, however it is set.
    """
    line = flow[n]
    if not isinstance(line, Line):
        return None
    scanned = line.page in course.scanned
    suspect = scanned or closing.may_close(line.text)  # else only with the lines below, as the paragraph they make
    columns = runs(line) if suspect else ()
    pieces = (line, *columns) if len(columns) > 1 else columns
    wordings = [Wording.of(piece, scanned) for piece in pieces]
    for place in course.edition.parts2 if wordings else ():
        if any(place.heads(wording) for wording in wordings):
            return place
    if scanned and any(closing.is_probably_part2(run.text) for run in columns) and not _ends_sentence(flow, n, setting):
        return course.edition.part2
    headings = [*openings_at(flow, n, setting), *((run,) for run in columns[1:] if stands_out(run))]
    for lines in headings:
        text = " ".join(one.text for one in lines)
        if not suspect and not (lines[1:] and closing.may_close(text)):
            continue
        if strict and not (
            (scanned or closing.may_name_part2(text)) and closing.folded(text, scanned).startswith("PART 2")
        ):
            continue
        if closing.titles_part2(text, is_set_apart(lines), scanned) or (
            not strict and closing.says_what_follows(text, scanned)
        ):
            return course.edition.part2
    return None


def _ends_sentence(flow: Sequence[Flow], n: int, setting: Setting) -> bool:
    """Whether a line goes on a sentence from a full line above and ends it there, as no heading does."""
    line, before = flow[n], flow[n - 1] if n else None
    if not isinstance(line, Line) or not isinstance(before, Line) or begins_at(flow, n, setting):
        return False
    return line.text.endswith(".") and not before.text.endswith((".", ":", ";", "?", "!")) and not stands_out(line)
