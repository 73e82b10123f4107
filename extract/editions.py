"""The editions of a body's form, which are data (`forms/*.toml`): where each part begins and what it holds.

An edition may extend another: its places and labels take the place of those of the same name. So to add an edition is
to add a file. Each row is tried on its own examples when it is loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from extract.starts import Holds, Start, Wording, start_of
from extract.starts import plain as plain  # read through here by those who match labels
from ingest.document import Line
from ingest.errors import PartOneError

PUBLIC: tuple[Holds, ...] = ("field", "passages", "sections")
NEVER = re.compile(r"(?!)")  # what a label is that an edition does not print

Row = dict[str, Any]


class Labels(dict[str, re.Pattern[str]]):
    """The printed labels of an edition by name; one that it does not have never matches."""

    def __missing__(self, name: str) -> re.Pattern[str]:
        return NEVER


@dataclass(frozen=True, slots=True)
class Place:
    """One part of a form: the ways it may open, and what it holds."""

    name: str
    holds: Holds
    starts: tuple[Start, ...]

    def begins(self, line: Line) -> bool:
        """Whether a line is a printed heading of this place, wherever it stands."""
        return self.heads(Wording.of(line))

    def heads(self, wording: Wording, first: bool = False) -> bool:
        """The same of words that were made ready for it; `first`: nothing of the form stands before them."""
        for start in self.starts:
            here = start.where == "text" or (first and start.where == "first")
            if here and not start.after and start.begins(wording):
                return True
        return False


@dataclass(frozen=True)
class Edition:
    """One edition of a body's form, `name` in a sentence. `recognised_by`: all places of one of these must be there."""

    id: str
    name: str
    extends: tuple[str, ...]
    body: str
    body_name: str
    decision_maker: str
    recognised_by: tuple[frozenset[str], ...]
    places: tuple[Place, ...]
    labels: Labels
    usual_sections: Labels

    @cached_property
    def tail(self) -> frozenset[str]:
        """The places that come after all that is public: once one has opened, nothing public opens any more."""
        last = max((n for n, place in enumerate(self.places) if place.holds in PUBLIC), default=-1)
        return frozenset(place.name for place in self.places[last + 1 :] if place.holds != "part2")

    @cached_property
    def in_header(self) -> tuple[tuple[Place, Start], ...]:
        """The ways in which a place is filled from the running header."""
        return tuple((place, start) for place in self.places for start in place.starts if start.where == "header")

    @cached_property
    def unheaded(self) -> Mapping[str, Sequence[tuple[int, Place, tuple[Start, ...]]]]:
        """By the name of the place above: those that may open below it without a heading, each with its ways."""
        names = {name for place in self.places for start in place.starts for name in start.after}
        return {
            name: [
                (order, place, ways)
                for order, place in enumerate(self.places)
                if (ways := tuple(start for start in place.starts if name in start.after))
            ]
            for name in names
        }

    @cached_property
    def parts2(self) -> tuple[Place, ...]:
        """The places of a Part 2, each with a heading of its own."""
        return tuple(place for place in self.places if place.holds == "part2")

    @property
    def part2(self) -> Place:
        """The place of a Part 2 whose heading no row of this edition has."""
        return self.parts2[-1]

    @property
    def public(self) -> bool:
        """Whether anything on this form is public; of a Part 2 form alone nothing is."""
        return any(place.holds in PUBLIC for place in self.places)

    def place(self, name: str) -> Place:
        return next(place for place in self.places if place.name == name)

    def recognises(self, found: frozenset[str]) -> int:
        """How many places tell that a paper with these places is on this form; 0 where they do not."""
        return max((len(places) for places in self.recognised_by if places <= found), default=0)


class EditionError(PartOneError):
    """A form edition that is not whole: nothing is read before it is mended, since a paper might be on that form."""


@cache
def editions() -> tuple[Edition, ...]:
    """Every form edition there is, in the order of their names; raises EditionError for one that is not whole."""
    folder = resources.files("extract").joinpath("forms")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(map(_loaded, files))


@cache
def _openings(standing_out: bool) -> re.Pattern[str]:
    """All ways to open a place at once: those of bold print and capitals too, or only those that ask for neither."""
    ways = (start for edition in editions() for place in edition.places for start in place.starts)
    open_to = (start for start in ways if standing_out or not (start.bold or start.heading))
    words = {start.words.pattern for start in open_to if start.words and start.holds != "part2"}
    return re.compile("|".join(f"(?:{pattern})" for pattern in sorted(words)), re.IGNORECASE)


def may_open(printed: str, standing_out: bool) -> bool:
    """Whether some place of some edition, other than a Part 2, may open with these words; most lines open none."""
    return _openings(standing_out).match(plain(printed)) is not None


def begins_paper(wording: Wording) -> bool:
    """Whether a paper of any edition begins with these words, as with its reference."""
    first = (next((place for place in edition.places if place.holds in PUBLIC), None) for edition in editions())
    return any(place.heads(wording) for place in first if place)


def find_edition(name: str | None) -> Edition | None:
    """The edition with this id; None where there is none, as of a form that is not known."""
    return next((edition for edition in editions() if edition.id == name), None)


def _loaded(name: str) -> Edition:
    try:
        return _load(name)
    except KeyError as missing:
        raise EditionError(f"extract/forms/{name}: the key {missing} is missing or misspelt. Write it in.") from None
    except (ValueError, TypeError, AttributeError, re.error) as error:
        raise EditionError(f"extract/forms/{name} cannot be used: {error}. Mend that row.") from None


def _load(name: str) -> Edition:
    rows = _rows(name)
    places = []
    for row in rows["place"].values():
        ways = ([row] if "starts" in row or "after" in row else []) + row.get("also", [])
        places.append(Place(row["name"], row["holds"], tuple(start_of(name, row, way) for way in ways)))
    alternatives = rows["recognised_by"]
    if isinstance(alternatives[0], str):
        alternatives = [alternatives]
    known = {place.name for place in places}
    named = {each for places_of in alternatives for each in places_of}
    if unknown := sorted(named - known) + [each for p in places for s in p.starts for each in s.after - known]:
        raise ValueError(f"{name}: there is no place called {', '.join(unknown)}")
    if not any(place.holds == "part2" for place in places):
        raise ValueError(f"{name}: a form without a place for its Part 2 cannot be closed")
    return Edition(
        rows["id"],
        rows["name"],
        tuple(rows["ancestors"]),
        rows["body"],
        rows["body_name"],
        rows["decision_maker"],
        tuple(map(frozenset, alternatives)),
        tuple(places),
        _patterns(rows["labels"]),
        _patterns(rows["usual_sections"]),
    )


def _patterns(rows: Mapping[str, str]) -> Labels:
    return Labels({key: re.compile(pattern, re.IGNORECASE) for key, pattern in rows.items() if pattern})


def _rows(name: str) -> Row:
    """A file's rows over those of the edition that it extends; `place` by name, in the order of the form."""
    rows: Row = tomllib.loads(resources.files("extract").joinpath("forms", name).read_text(encoding="utf-8"))
    base: Row = {"place": {}, "labels": {}, "usual_sections": {}, "ancestors": ()}
    if extended := rows.get("extends"):
        base = _rows(f"{extended}.toml")
        base["ancestors"] = (*base["ancestors"], extended)
    places = {name: row for name, row in base["place"].items() if name not in rows.get("without", ())}
    for row in rows.get("place", ()):
        places = _with(places, row)
    tables = {name: base[name] | rows.get(name, {}) for name in ("labels", "usual_sections")}
    return base | rows | tables | {"place": places}


def _with(places: Mapping[str, Row], row: Row) -> dict[str, Row]:
    """A place put where one of its name was, or `before` another, or last; without `holds` it adds ways to open."""
    if "holds" not in row:
        old = places[row["name"]]
        row = old | {"also": [*old.get("also", ()), *row["also"]]}
    if row["name"] in places and "before" not in row:
        return {name: row if name == row["name"] else other for name, other in places.items()}
    rest = [(name, other) for name, other in places.items() if name != row["name"]]
    at = next((n for n, (name, _) in enumerate(rest) if name == row.get("before")), len(rest))
    return dict([*rest[:at], (row["name"], row), *rest[at:]])
