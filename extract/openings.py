"""Where a place of the form opens: at its printed heading, in the head of the page, or without any heading of its own.

A place opens without a heading only where that is sure: its heading is printed nowhere below, the edition names the
place it comes after, and its own first words, or the next public place below, tell that it is there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extract import closing
from extract.editions import PUBLIC, Edition, Place
from extract.evidence import lines_of
from extract.labels import read_label
from extract.paragraphs import PARAGRAPH_GAP, Setting, is_set_apart, join, openings_at, runs
from extract.starts import Start, Wording, plain
from ingest.document import Cell, Line, Picture, Table

Flow = Line | Table | Picture
HEADING_LINES = 4  # more than that no heading has
LEADING = 1.25  # of the type size: the usual distance of two lines of a large title


@dataclass(frozen=True, slots=True)
class Course:
    """A paper's lines, tables and pictures in order, as one edition looks at them; which pages were read from pictures.

    `wordings` has the words of each line, and of the first line of each table; `suspects` says where a marking or a
    heading of a Part 2 may begin at all.
    """

    edition: Edition
    flow: tuple[Flow, ...]
    wordings: tuple[Wording | None, ...]
    suspects: frozenset[int]
    setting: Setting
    scanned: frozenset[int]

    def in_header(self, line: Line) -> Place | None:
        """The place that this line of a running header fills."""
        wording = Wording.of(line, line.page in self.scanned)
        for place in self.edition.places:
            if any(start.where == "header" and start.begins(wording) for start in place.starts):
                return place
        return None

    def may_be(self, headers: Sequence[Line]) -> bool:
        """Whether each place that tells the edition has a line somewhere: else it is not worth sorting the paper."""
        filled = {place.name for line in headers if (place := self.in_header(line))}
        return any(
            all(name in filled or self._may_have(self.edition.place(name)) for name in places)
            for places in self.edition.recognised_by
        )

    def _may_have(self, place: Place) -> bool:
        where = sorted(self.suspects) if place.holds == "part2" else range(len(self.flow))
        return any(start.after for start in place.starts) or any(
            start.where != "header" and start.begins(wording)
            for wording in (self.wordings[n] for n in where)
            for start in place.starts
            if wording
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """A place that opens, and how many lines of it are only its heading."""

    place: Place
    heading: int


def wordings_of(flow: Sequence[Flow], setting: Setting, scanned: frozenset[int]) -> tuple[Wording | None, ...]:
    """The words of each line, and of the first line of each table, ready to be matched."""
    made: list[Wording | None] = []
    for n, thing in enumerate(flow):
        line = next(iter(thing.rows[0][0].lines), None) if isinstance(thing, Table) else thing
        if not isinstance(line, Line):
            made.append(None)
        elif line.page in scanned:
            made.append(Wording.of(line, scanned=isinstance(thing, Table) or bool(openings_at(flow, n, setting))))
        else:
            made.append(Wording.of(line))
    return tuple(made)


def suspects_in(flow: Sequence[Flow], scanned: frozenset[int]) -> frozenset[int]:
    """Where a marking or a heading of a Part 2 may begin: at most so many lines before letters that only those have.

    On pages read from pictures that is everywhere.
    """
    found = {
        n
        for n, thing in enumerate(flow)
        if not scanned.isdisjoint(thing.pages if isinstance(thing, Table) else (thing.page,))
    }
    starts, text = [], ""
    for thing in flow:
        starts.append(len(text))
        text += closing.letters(" ".join(line.text for line in lines_of([thing])))
    for letters in closing.CLOSES.finditer(text):
        at = bisect_right(starts, letters.start()) - 1
        found.update(range(max(0, at - HEADING_LINES + 1), at + 1))
    return frozenset(found)


def find_opening(course: Course, n: int, seen: set[str], current: Place | None, over: bool) -> Opening | None:
    """The place that this line or table opens. A Part 2 heading always does; other places open once.

    `current` is the place that is open, `over` whether its one paragraph is. A public place that begins out of its
    order is returned too, for it to be seen that the paper is at its end.
    """
    thing, wording, edition = course.flow[n], course.wordings[n], course.edition
    in_tail = not seen.isdisjoint(edition.tail)
    might = wording and (wording.scanned or edition.headings.match(wording.plain))
    for place in edition.places if might else ():
        if wording and place.holds != "part2" and place.heads(wording, first=not seen):
            again = place.holds in PUBLIC and (in_tail or place is edition.places[0])
            if place.name not in seen or (again and openings_at(course.flow, n, course.setting)):
                return Opening(place, _heading_lines(course, n, place))
    exempt: Place | None = None
    if n not in course.suspects:
        pass
    elif isinstance(thing, Line):
        exempt = _part2_in(course, course.flow, n, course.setting, in_tail)
    elif isinstance(thing, Table):
        cells = (cell for row in thing.rows for cell in row)
        exempt = next((found for cell in cells if (found := _part2_in_cell(course, cell, in_tail))), None)
    return Opening(exempt, 1) if exempt else _unheaded(course, n, seen, current, over)


def _heading_lines(course: Course, n: int, place: Place) -> int:
    """How many lines the heading has that begins here: those in bold or in capitals that go on from it.

    A second heading of the same place right below, as some forms print it, belongs to the first.
    """
    paragraphs = openings_at(course.flow, n, course.setting)
    lines = paragraphs[0] if paragraphs else ()
    count = max(1, len(list(takewhile(lambda line: is_set_apart((line,)), lines))))
    below = course.wordings[n + count] if n + count < len(course.flow) else None
    if below and isinstance(course.flow[n + count], Line) and place.heads(below):
        return count + _heading_lines(course, n + count, place)
    return count


def _unheaded(course: Course, n: int, seen: set[str], current: Place | None, over: bool) -> Opening | None:
    """The place that begins here without a heading of its own."""
    if current is None or not isinstance(course.flow[n], Line):
        return None
    for order, place, start in course.edition.unheaded[current.name]:
        if place.name in seen or not (_leads(course, n, start) if start.words else over and _goes_on(course, n, order)):
            continue
        if not any(place.heads(wording) for wording in course.wordings[n + 1 :] if wording):
            return Opening(place, 0)
    return None


def _leads(course: Course, n: int, start: Start) -> bool:
    """Whether the paragraph that begins with this line has the words of such an opening."""
    for lines in openings_at(course.flow, n, course.setting):
        rest = read_label(lines[0])[1] or lines[0].words  # a number need not be as heavy as its heading
        bold = all(word.bold for word in rest) and all(line.bold for line in lines[1:])
        if start.begins(Wording(join(line.text for line in lines), bold, lines[0].page in course.scanned)):
            return True
    return False


def _goes_on(course: Course, n: int, order: int) -> bool:
    """Whether a public place that comes later in the form begins below: what stands between can only be this one."""
    later = [start for place in course.edition.places[order + 1 :] if place.holds in PUBLIC for start in place.starts]
    return any(start.begins(wording) for wording in course.wordings[n + 1 :] if wording for start in later)


def ends_field(course: Course, place: Place, things: Sequence[Flow], n: int) -> bool:
    """Whether a field of one paragraph, such as the title, is over: what stands apart from it is no part of it.

    A field of which only the label is printed yet goes on.
    """
    thing, last = course.flow[n], things[-1] if things else None
    if place.holds != "field" or last is None:
        return False
    if not isinstance(last, Line) or not isinstance(thing, Line) or thing.page != last.page:
        return True
    printed = plain(join(line.text for line in things if isinstance(line, Line)))
    labels = (start.words.match(printed) for start in place.starts if start.words and start.where == "text")
    if any(label and label.end() == len(printed) for label in labels):
        return False
    weights = last.words[-1].bold, thing.words[0].bold
    if weights[0] != weights[1] and thing.page not in course.scanned:
        return True
    return thing.baseline - last.baseline > PARAGRAPH_GAP * max(course.setting.pitch, LEADING * last.words[0].size)


def _part2_in_cell(course: Course, cell: Cell, in_tail: bool) -> Place | None:
    inside = replace(course.setting, widest=max((line.box.x1 for line in cell.lines), default=0.0))
    strict = [in_tail or not is_set_apart((line,)) for line in cell.lines]
    found = (_part2_in(course, cell.lines, n, inside, only) for n, only in enumerate(strict))
    return next((place for place in found if place), None)


def _part2_in(course: Course, flow: Sequence[Flow], n: int, setting: Setting, strict: bool) -> Place | None:
    """The place of a Part 2 that begins with line `n`. `strict`: only a heading with the words "Part 2" begins one.

    On a page read from a picture every line that is probably such a heading begins one, however it is set.
    """
    line = flow[n]
    if not isinstance(line, Line):
        return None
    columns, scanned = runs(line), line.page in course.scanned
    wordings = [Wording.of(run, scanned) for run in (line, *columns)]
    for place in course.edition.places:
        if place.holds == "part2" and any(place.heads(wording) for wording in wordings):
            return place
    if scanned and any(closing.is_probably_part2(run.text) for run in columns):
        return course.edition.part2
    headings = [*openings_at(flow, n, setting), *((run,) for run in columns[1:] if is_set_apart((run,)))]
    for lines in headings:
        text = " ".join(one.text for one in lines)
        if strict and not closing.folded(text, scanned).startswith("PART 2"):
            continue
        if closing.titles_part2(text, is_set_apart(lines), scanned) or (
            not strict and closing.says_what_follows(text, scanned)
        ):
            return course.edition.part2
    return None
