"""Which form a paper is written on, and which part of the form each line of it belongs to.

A form edition is data (`forms/*.toml`). A line is public only where it lies in a place that its edition calls
`field`, `passages` or `sections`. From a Part 2 heading on, from a page that bears a protective marking on, and from
the heading of a second paper on, everything is withheld, whatever follows. Text in no recognised place is `unplaced`,
and unplaced is withheld.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from extract.edges import at_head, find_furniture, find_markings, is_of_form, markings_in_text, with_sure_notes
from extract.editions import PUBLIC, Edition, Labels, Place
from extract.editions import editions as editions  # read through here by those who sort a paper
from extract.evidence import lines_of
from extract.labels import label_of
from extract.openings import Course, ends_field, find_opening
from extract.openings import Flow as Flow
from extract.paragraphs import Setting, join, measure
from extract.private import begins_private
from extract.references import normalise
from extract.sequences import second_beginning
from extract.starts import Holds, plain
from extract.wordings import Wordings
from ingest.document import Document, Line, Table

A_BLOCK = 8  # lines: so soon below a heading in the midst of a private block its labels go on


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in one place of the form. The first `heading` lines only open it: 0 where no heading is printed."""

    place: Place
    flow: tuple[Flow, ...]
    heading: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A paper sorted into the places of its form. `edition` is None where the form is not one we know."""

    edition: Edition | None
    parts: tuple[Part, ...]
    furniture: tuple[Line, ...]
    unplaced: tuple[Flow, ...]
    marked: tuple[Line, ...]
    setting: Setting

    @property
    def labels(self) -> Labels:
        """The printed labels of the edition; none where the form is not known."""
        return self.edition.labels if self.edition else Labels()

    @property
    def unheaded(self) -> tuple[Part, ...]:
        """The public parts that opened without a printed heading."""
        return tuple(part for part in self.holding("passages", "sections") if not part.heading)

    def flow(self, name: str) -> tuple[Flow, ...]:
        """All that stands in the place called `name`, over all its parts."""
        return tuple(thing for part in self.parts if part.place.name == name for thing in part.flow)

    def content(self, name: str) -> tuple[Flow, ...]:
        """The same without the headings."""
        return tuple(thing for part in self.parts if part.place.name == name for thing in part.flow[part.heading :])

    def lines(self, name: str) -> tuple[Line, ...]:
        """The lines in the place called `name`, and those of a box of one row round a field; of no other table."""
        return tuple(
            line
            for part in self.parts
            for thing in (part.flow if part.place.name == name else ())
            if isinstance(thing, Line)
            or (part.place.holds == "field" and isinstance(thing, Table) and not thing.rows[1:])
            for line in lines_of([thing])
        )

    def value(self, name: str) -> str:
        """What is printed in a field, without the label that it begins with."""
        printed = join(line.text for line in self.lines(name))
        starts = [start for part in self.parts if part.place.name == name for start in part.place.starts]
        labels = (start.words.match(plain(printed)) for start in starts if start.words and start.where == "text")
        # Dashes and quotes are made uniform one for one, so places in the plain text are places in the print.
        return printed[next((label.end() for label in labels if label), 0) :].lstrip(" :-–—")

    def holding(self, *holds: Holds) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.place.holds in holds)


def segment(document: Document) -> Form:
    """Sort a paper into the places of the edition that recognises it; of several, of the one that asks for most."""
    document = with_sure_notes(document)
    furniture = find_furniture(document)
    repeated = set(map(id, furniture))
    flow = tuple(thing for thing in document.flow() if id(thing) not in repeated)
    setting = measure([line for page in document.pages for line in page.lines])
    scanned = frozenset(page.number for page in document.pages if page.ocr)
    headers = tuple(line for page in document.pages for line in page.lines if at_head(line, page))
    wordings = Wordings(flow, setting, scanned)
    recognised: list[tuple[tuple[int, int, int], Form]] = []
    for order, edition in enumerate(editions()):
        course = Course(edition, flow, wordings, setting, scanned)
        if course.may_be(headers):
            form = _sorted(course, document, furniture, headers)
            if asked := edition.recognises(frozenset(part.place.name for part in form.parts)):
                recognised.append(((asked, len(edition.extends), -order), form))
    if recognised:
        return max(recognised, key=lambda one: one[0])[1]
    return Form(None, (), furniture, flow, tuple(find_markings(document, setting, None)), setting)


def _sorted(course: Course, document: Document, furniture: tuple[Line, ...], headers: Sequence[Line]) -> Form:
    """The paper sorted as one edition has it, again where that shows a marking or another paper among its pages."""
    marked = tuple(find_markings(document, course.setting, partial(is_of_form, course.edition)))
    form = _with_header(sort(course, furniture, marked), course, headers)
    within = tuple(markings_in_text(course, [(part.place, part.flow) for part in form.parts]))
    stray, again = _stray(form, course, headers), _again(form)
    if within or stray or again:
        form = _with_header(sort(course, furniture, (*marked, *within), stray, again), course, headers)
    return form


def _again(form: Form) -> Flow | None:
    """What the sections begin a second time with."""
    for part in form.holding("sections"):
        content = part.flow[part.heading :]
        if (at := second_beginning(content, form.setting)) is not None:
            return content[at]
    return None


def sort(
    course: Course,
    furniture: tuple[Line, ...],
    marked: tuple[Line, ...],
    stray: int | None = None,
    again: Flow | None = None,
) -> Form:
    """Each thing into the place that is open where it stands; what no place holds is unplaced.

    From a closed page on no place holds anything, since a Part 2 may bear its marking on its first page alone; only the
    tail, which is not public, is found again. So it is where the sections begin `again`. On page `stray` another paper
    begins. Where a label of something private begins a paragraph of a public place, nothing is of that place any more.
    """
    edition, closed = course.edition, {line.page for line in marked}
    parts: list[tuple[Place, int, list[Flow]]] = []
    unplaced: list[Flow] = []
    seen: set[str] = set()
    shut = astray = lost = aside = False
    for n, thing in enumerate(course.flow):
        on_closed = not closed.isdisjoint(_pages(thing))
        lost = lost or on_closed or thing is again
        astray = astray or (stray is not None and _pages(thing)[-1] >= stray)
        place, heading, things = parts[-1] if parts and not (lost or astray or shut or aside) else (None, 0, [])
        over = place is not None and place.holds == "field" and ends_field(course, place, things, n)
        opening = None if shut else find_opening(course, n, seen, place, over)
        if opening and opening.place is place and len(things) < heading:  # its second heading
            opening = None
        if opening and opening.place.holds != "part2" and (astray or _out_of_order(edition, opening.place, seen)):
            opening, astray = None, True
        elif not opening and seen and n in course.wordings.may_open and course.begins_another(n):
            astray = True
        if place and place.holds in PUBLIC and (not opening or not opening.heading) and begins_private(course, n):
            opening, aside = None, True
            if len(parts) > 1 and parts[-2][0].holds == "private" and len(things) < A_BLOCK:  # it is still that block
                unplaced.extend(parts.pop()[-1])
                seen.discard(place.name)
        if opening:
            aside = False
            seen.add(opening.place.name)
            shut = opening.place.holds == "part2"
            parts.append((opening.place, opening.heading, []))
            if opening.place.name in edition.tail and not on_closed:  # the form's own words, and nothing is public
                lost = False
        if shut or (parts and not (lost or astray or aside) and (opening or not over)):
            parts[-1][-1].append(thing)
        else:
            unplaced.append(thing)
    exempt = {page for one, _, things in parts if one.holds == "part2" for thing in things for page in _pages(thing)}
    if exempt:  # what stands above a Part 2 heading, such as its marking, goes with it
        for one, heading, things in parts[:-1]:
            parts[-1][-1].extend(_above(things, heading, min(exempt)) if one.holds == "sections" else ())
        parts[-1][-1].extend(thing for thing in unplaced if exempt.issuperset(_pages(thing)))
    left = tuple(thing for thing in unplaced if not exempt.issuperset(_pages(thing)))
    marked = tuple(line for line in marked if line.page not in exempt)
    placed = tuple(Part(one, tuple(things), n) for one, n, things in parts)
    return Form(edition, placed, furniture, left, marked, course.setting)


def _above(things: list[Flow], heading: int, page: int) -> list[Flow]:
    """What is taken off the end of sections because it stands above a Part 2 heading on its `page` and is not of them.

    Numbered sections go on with a number, or with a sentence that the page before broke off.
    """
    at = len(things)
    while at > heading and _pages(things[at - 1])[0] == page:
        at -= 1
    lines = list(lines_of(things[at:]))
    last = next(reversed(list(lines_of(things[:at]))), None)
    numbered = any(label_of(line) for line in lines_of(things[heading:at]))
    broken_off = last is not None and not last.text.endswith((".", ":", ";", "?", "!"))
    if not numbered or broken_off or any(label_of(line) for line in lines):
        return []
    above = things[at:]
    del things[at:]
    return above


def _pages(thing: Flow) -> tuple[int, ...]:
    return thing.pages if isinstance(thing, Table) else (thing.page,)


def _out_of_order(edition: Edition, place: Place, seen: set[str]) -> bool:
    """Whether a public place begins after the sections or the tail, or a second time: another paper in the file."""
    sections = {one.name for one in edition.places if one.holds == "sections"}
    return place.holds in PUBLIC and (place.name in seen or not seen.isdisjoint(edition.tail | sections))


def _with_header(form: Form, course: Course, headers: Sequence[Line]) -> Form:
    """With what stands only in the running header: the reference, where the edition knows it by its own spelling.

    It runs from the first page on, or on all pages but the first: one that begins later is the header of another paper.
    """
    closed = {
        line.page for line in (*form.marked, *(line for part in form.holding("part2") for line in lines_of(part.flow)))
    }
    there = {part.place.name for part in form.parts}
    filled = [(line, place) for line in headers if (place := course.in_header(line)) and place.name not in there]
    pages = {line.page for line, _ in filled}
    rest = {page for thing in course.flow for page in _pages(thing)} - {1}
    if not filled or filled[0][0].page in closed or not (1 in pages or rest <= pages):
        return form
    line, place = filled[0]
    furniture = tuple(one for one in form.furniture if one is not line)
    unplaced = tuple(one for one in form.unplaced if one is not line)
    return replace(form, parts=(Part(place, (line,)), *form.parts), furniture=furniture, unplaced=unplaced)


def _stray(form: Form, course: Course, headers: Sequence[Line]) -> int | None:
    """The first page whose header has the reference of another paper."""
    own = normalise(form.value("reference"))
    for line in headers:
        other = normalise(line.text) if own and course.in_header(line) else None
        if own and other and set(own.references).isdisjoint(other.references):
            return line.page
    return None
