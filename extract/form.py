"""Which form a paper is written on, and which part of the form each line of it belongs to.

A form edition is data (`forms/*.toml`). A line is public only where it lies in a place that its edition calls
`passages` or `sections`; from a Part 2 heading on, and on a page that bears a protective marking, everything is
withheld, whatever headings follow. Text in no recognised place is `unplaced`, and unplaced is withheld.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ingest.document import Document, Line, Picture, Table

Flow = Line | Table | Picture
Holds = Literal["field", "passages", "sections", "private", "furniture", "part2"]

DASHES = re.compile(r"[‐-―−]")
HEAD, FOOT = 0.085, 0.92  # of a page's height: above and below stands only what repeats
PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)
MARKING = re.compile(
    r"(?:UK\s+)?(?:TOP\s+SECRET|SECRET|OFFICIAL\s*[-:]?\s*SENSITIVE|CONFIDENTIAL|RESTRICTED|PROTECT|OFFICIAL|TLP:\s*\w+)"
    r"(?:\s*[-:]?\s*\[?[A-Z /-]*\]?)?$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One part of a form: the line it starts with, and what it holds."""

    name: str
    holds: Holds
    starts: re.Pattern[str]
    bold: bool
    heading: bool
    example: str
    passes: str

    def begins(self, line: Line) -> bool:
        bold = all(word.bold for word in line.words)
        if (self.bold and not bold) or (self.heading and not bold and not line.text.isupper()):
            return False
        return bool(self.starts.match(plain(line.text)))


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one body's form."""

    id: str
    body: str
    body_name: str
    decision_maker: str
    recognised_by: tuple[str, ...]
    places: tuple[Place, ...]
    labels: dict[str, re.Pattern[str]]


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


def plain(text: str) -> str:
    """Text with uniform dashes, quotes and spaces, for matching only; what is kept is always the print."""
    return re.sub(r"\s+", " ", DASHES.sub("-", text)).replace("’", "'").strip()


@cache
def editions() -> tuple[Edition, ...]:
    """Every form edition there is, each of its rows tried on its own examples."""
    files = sorted(
        file.name for file in resources.files("extract").joinpath("forms").iterdir() if file.name.endswith(".toml")
    )
    return tuple(_load(name) for name in files)


def _load(name: str) -> Edition:
    rows = tomllib.loads(resources.files("extract").joinpath("forms", name).read_text(encoding="utf-8"))
    places = tuple(
        Place(
            row["name"],
            row["holds"],
            re.compile(row["starts"], re.IGNORECASE),
            row.get("bold", False),
            row.get("heading", False),
            row["example"],
            row["passes"],
        )
        for row in rows["place"]
    )
    for place in places:
        if not place.starts.match(plain(place.example)) or place.starts.match(plain(place.passes)):
            raise ValueError(f"{name}: the place {place.name} does not keep to its own examples")
    labels = {key: re.compile(pattern, re.IGNORECASE) for key, pattern in rows["labels"].items()}
    return Edition(
        rows["id"],
        rows["body"],
        rows["body_name"],
        rows["decision_maker"],
        tuple(rows["recognised_by"]),
        places,
        labels,
    )


def segment(document: Document) -> Form:
    """Sort a paper into the places of the first edition that recognises it."""
    furniture = _furniture(document)
    flow = [thing for thing in document.flow() if not (isinstance(thing, Line) and thing in furniture)]
    marked = tuple(
        line
        for page in document.pages
        for line in page.lines
        if _own_marking(line, page.height, line in furniture) or _running_part2(line, page.height, line in furniture)
    )
    closed = {line.page for line in marked}
    for edition in editions():
        form = _sort(edition, flow, furniture, marked, closed)
        found = {part.place.name for part in form.parts}
        if found.issuperset(edition.recognised_by):
            return form
    return Form(None, (), furniture, tuple(flow), marked)


def _sort(
    edition: Edition, flow: Iterable[Flow], furniture: tuple[Line, ...], marked: tuple[Line, ...], closed: set[int]
) -> Form:
    parts: list[tuple[Place, list[Flow]]] = []
    unplaced: list[Flow] = []
    seen: set[str] = set()
    shut = False
    for thing in flow:
        place = None if shut else _opening(edition, thing, seen)
        if place:
            seen.add(place.name)
            shut = place.holds == "part2"
            parts.append((place, []))
        if _page(thing) in closed and not shut:
            unplaced.append(thing)
        elif parts:
            parts[-1][1].append(thing)
        else:
            unplaced.append(thing)
    exempt = {_page(thing) for place, things in parts if place.holds == "part2" for thing in things}
    if exempt:  # what stands above a Part 2 heading, such as its marking, goes with it
        parts[-1][1].extend(thing for thing in unplaced if _page(thing) in exempt)
    left = tuple(thing for thing in unplaced if _page(thing) not in exempt)
    marked = tuple(line for line in marked if line.page not in exempt)
    return Form(edition, tuple(Part(place, tuple(things)) for place, things in parts), furniture, left, marked)


def _page(thing: Flow) -> int:
    return thing.pages[0] if isinstance(thing, Table) else thing.page


def _opening(edition: Edition, thing: Flow, seen: set[str]) -> Place | None:
    """The place that this line or table opens. A Part 2 heading always does; other places open once."""
    if isinstance(thing, Picture):
        return None
    line = thing if isinstance(thing, Line) else next(iter(thing.rows[0][0].lines), None)
    if line is None:
        return None
    for place in edition.places:
        if (place.holds == "part2" or place.name not in seen) and place.begins(line):
            return place
    return None


def _furniture(document: Document) -> tuple[Line, ...]:
    """Headers and footers: page numbers, and lines that stand at the same height on at least half of the pages."""
    at_edge = [
        (page, line)
        for page in document.pages
        for line in page.lines
        if line.box.bottom < HEAD * page.height or line.box.top > FOOT * page.height
    ]
    standing = Counter((re.sub(r"\d+", "#", line.text), round(line.baseline / 3)) for _, line in at_edge)
    often = max(2, len(document.pages) / 2)
    return tuple(
        line
        for _, line in at_edge
        if PAGE_NUMBER.match(line.text) or standing[re.sub(r"\d+", "#", line.text), round(line.baseline / 3)] >= often
    )


def _own_marking(line: Line, height: float, repeated: bool) -> bool:
    """Whether a line is the marking of the page it stands on: alone on its line in capitals, at the head or the foot.

    "OFFICIAL-SENSITIVE [COMMERCIAL]" in the middle of a page is the paper speaking of its Part 2.
    """
    at_edge = repeated or line.box.bottom < HEAD * height or line.box.top > FOOT * height
    text = plain(re.sub(r"(?<=\b\w) (?=\w\b)", "", line.text))  # O F F I C I A L
    return at_edge and bool(MARKING.match(text)) and text != "OFFICIAL"


def _running_part2(line: Line, height: float, repeated: bool) -> bool:
    """Whether a page says in its header or footer that it is Part 2: what stands above a footer is Part 2 too."""
    at_foot = line.box.top > FOOT * height
    return (repeated or at_foot) and any(
        place.holds == "part2" and place.begins(line) for edition in editions() for place in edition.places
    )
