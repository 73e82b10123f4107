"""Which form a paper is written on, and which part of the form each line of it belongs to.

A form edition is data (`forms/*.toml`). A line is public only where it lies in a place that its edition calls
`passages` or `sections`. From a Part 2 heading on, from a page that bears a protective marking on, and from the heading
of a second paper on, everything is withheld, whatever follows. Text in no recognised place is `unplaced`, and unplaced
is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract import closing
from extract.edges import find_furniture, find_markings, is_own_marking
from extract.editions import PUBLIC, Edition, Holds, Place, plain
from extract.editions import editions as editions  # read through here by those who sort a paper
from extract.paragraphs import PARAGRAPH_GAP, Setting, is_set_apart, measure, openings_at, runs
from ingest.document import Cell, Document, Line, Picture, Table

Flow = Line | Table | Picture
LEADING = 1.25  # of the type size: the usual distance of two lines of a large title


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in one place of the form; the line that opened it comes first."""

    place: Place
    flow: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A paper sorted into the places of its form. `edition` is None where the form is not one we know."""

    edition: Edition | None
    parts: tuple[Part, ...]
    furniture: tuple[Line, ...]
    unplaced: tuple[Flow, ...]
    marked: tuple[Line, ...]

    @property
    def labels(self) -> dict[str, re.Pattern[str]]:
        """The printed labels of the edition; none where the form is not known."""
        return self.edition.labels if self.edition else {}

    def flow(self, name: str) -> tuple[Flow, ...]:
        """All that stands in the place called `name`, over all its parts."""
        return tuple(thing for part in self.parts if part.place.name == name for thing in part.flow)

    def lines(self, name: str) -> tuple[Line, ...]:
        return tuple(thing for thing in self.flow(name) if isinstance(thing, Line))

    def holding(self, *holds: Holds) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.place.holds in holds)


def segment(document: Document) -> Form:
    """Sort a paper into the places of the first edition that recognises it."""
    furniture = find_furniture(document)
    repeated = set(map(id, furniture))
    flow = [thing for thing in document.flow() if id(thing) not in repeated]
    setting = measure([line for page in document.pages for line in page.lines])
    marked = tuple(find_markings(document, setting, _is_of_form))
    for edition in editions():
        form = sort(edition, flow, furniture, marked, setting)
        if within := tuple(_markings_in_text(form, flow, setting)):
            form = sort(edition, flow, furniture, (*marked, *within), setting)
        found = {part.place.name for part in form.parts}
        if found.issuperset(edition.recognised_by):
            return form
    return Form(None, (), furniture, tuple(flow), marked)


def sort(
    edition: Edition, flow: Sequence[Flow], furniture: tuple[Line, ...], marked: tuple[Line, ...], setting: Setting
) -> Form:
    """Each thing into the place that is open where it stands; what no place holds is unplaced.

    From a closed page on no place holds anything, since a Part 2 may bear its marking on its first page alone; only the
    tail, which is not public, is found again.
    """
    closed = {line.page for line in marked}
    parts: list[tuple[Place, list[Flow]]] = []
    unplaced: list[Flow] = []
    seen: set[str] = set()
    shut = astray = lost = False
    for n, thing in enumerate(flow):
        place = None if shut else _opening(edition, flow, n, seen, setting)
        if place and place.holds != "part2" and (astray or _is_out_of_order(edition, place, seen)):
            place, astray = None, True
        if place:
            seen.add(place.name)
            shut = place.holds == "part2"
            parts.append((place, []))
        if not closed.isdisjoint(_pages(thing)):
            lost = True
        elif place and place.name in edition.tail:  # the form's own words again, and nothing of them is public
            lost = False
        if shut or (parts and not lost and not astray and (place or not _ends_field(parts[-1], flow, n, setting))):
            parts[-1][1].append(thing)
        else:
            unplaced.append(thing)
    exempt = {page for place, things in parts if place.holds == "part2" for thing in things for page in _pages(thing)}
    if exempt:  # what stands above a Part 2 heading, such as its marking, goes with it
        parts[-1][1].extend(thing for thing in unplaced if exempt.issuperset(_pages(thing)))
    left = tuple(thing for thing in unplaced if not exempt.issuperset(_pages(thing)))
    marked = tuple(line for line in marked if line.page not in exempt)
    return Form(edition, tuple(Part(place, tuple(things)) for place, things in parts), furniture, left, marked)


def _pages(thing: Flow) -> tuple[int, ...]:
    return thing.pages if isinstance(thing, Table) else (thing.page,)


def _is_out_of_order(edition: Edition, place: Place, seen: set[str]) -> bool:
    """Whether a public place begins after the sections or the tail, or a second time: another paper in the file."""
    sections = {one.name for one in edition.places if one.holds == "sections"}
    return place.holds in PUBLIC and (place.name in seen or not seen.isdisjoint(edition.tail | sections))


def _ends_field(part: tuple[Place, list[Flow]], flow: Sequence[Flow], n: int, setting: Setting) -> bool:
    """Whether a field of one paragraph, such as the title, is over: what stands apart from it is no part of it."""
    place, things = part
    thing, last = flow[n], things[-1] if things else None
    if place.holds != "field" or not isinstance(last, Line):
        return False
    if not isinstance(thing, Line) or thing.page != last.page:
        return True
    return thing.baseline - last.baseline > PARAGRAPH_GAP * max(setting.pitch, LEADING * last.words[0].size)


def _opening(edition: Edition, flow: Sequence[Flow], n: int, seen: set[str], setting: Setting) -> Place | None:
    """The place that this line or table opens. A Part 2 heading always does; other places open once.

    A public place that begins out of its order is returned too, for it to be seen that the paper is at its end.
    """
    thing = flow[n]
    if isinstance(thing, Picture):
        return None
    in_tail = not seen.isdisjoint(edition.tail)
    first = thing if isinstance(thing, Line) else next(iter(thing.rows[0][0].lines), None)
    for place in edition.places if first else ():
        if first and place.holds != "part2" and place.begins(first):
            again = place.holds in PUBLIC and (in_tail or place is edition.places[0])
            if place.name not in seen or (again and openings_at(flow, n, setting)):
                return place
    if isinstance(thing, Line):
        return _part2_in(edition, flow, n, setting, in_tail)
    cells = (cell for row in thing.rows for cell in row)
    return next((found for cell in cells if (found := _part2_in_cell(edition, cell, setting, in_tail))), None)


def _part2_in_cell(edition: Edition, cell: Cell, setting: Setting, in_tail: bool) -> Place | None:
    inside = replace(setting, widest=max((line.box.x1 for line in cell.lines), default=0.0))
    strict = [in_tail or not is_set_apart((line,)) for line in cell.lines]
    found = (_part2_in(edition, cell.lines, n, inside, only) for n, only in enumerate(strict))
    return next((place for place in found if place), None)


def _part2_in(edition: Edition, flow: Sequence[Flow], n: int, setting: Setting, strict: bool) -> Place | None:
    """The place of a Part 2 that begins with line `n`. `strict`: only a heading with the words "Part 2" begins one."""
    line = flow[n]
    if not isinstance(line, Line):
        return None
    columns = runs(line)
    for place in edition.places:
        if place.holds == "part2" and any(place.begins(run) for run in (line, *columns)):
            return place
    headings = [*openings_at(flow, n, setting), *((run,) for run in columns[1:] if is_set_apart((run,)))]
    for lines in headings:
        text = " ".join(one.text for one in lines)
        if strict and not closing.folded(text).startswith("PART 2"):
            continue
        if closing.titles_part2(text, is_set_apart(lines)) or (not strict and closing.says_what_follows(text)):
            return edition.part2
    return None


def _markings_in_text(form: Form, flow: Sequence[Flow], setting: Setting) -> Iterator[Line]:
    """The lines of Part 1 that are nothing but a marking; in the tail the form itself speaks of that of its Part 2."""
    tail = form.edition.tail if form.edition else frozenset()
    past = {
        id(thing)
        for part in form.parts
        if part.place.name in tail or part.place.holds == "part2"
        for thing in part.flow
    }
    before: Line | None = None
    for n, thing in enumerate(flow):
        if id(thing) in past or isinstance(thing, Picture):
            continue
        if isinstance(thing, Line):
            if any(is_own_marking(lines) for lines in openings_at(flow, n, setting)) and not _is_of_form(thing, before):
                yield thing
            before = thing
            continue
        for line in (line for row in thing.rows for cell in row for line in cell.lines):
            if is_set_apart((line,)) and is_own_marking((line,)):
                yield line


def _is_of_form(line: Line, before: Line | None) -> bool:
    """Whether a line is the form's own word about its Part 2: a heading, a label, or the answer to one."""
    for edition in editions():
        if any(place.holds != "part2" and place.begins(line) for place in edition.places):
            return True
        if any(
            edition.labels[name].match(plain(line.text)) for name in ("part2_marking", "part2_named", "part2_ceases")
        ):
            return True
        if before and edition.labels["part2_marking"].match(plain(before.text)):
            return True
    return False
