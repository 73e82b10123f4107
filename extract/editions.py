"""The editions of a body's form, which are data (`forms/*.toml`): where each part begins and what it holds."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from extract import closing
from ingest.document import Line

Holds = Literal["field", "passages", "sections", "private", "furniture", "part2"]

DASHES = re.compile(r"[‐-―−]")
PUBLIC: tuple[Holds, ...] = ("field", "passages", "sections")


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
        return bool(self.starts.match(_for_matching(self.holds, line.text)))


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

    @property
    def tail(self) -> frozenset[str]:
        """The places that come after all that is public: once one has opened, nothing public opens any more."""
        last = max(n for n, place in enumerate(self.places) if place.holds in PUBLIC)
        return frozenset(place.name for place in self.places[last + 1 :] if place.holds != "part2")

    @property
    def part2(self) -> Place:
        """The place of a Part 2 whose heading no row of this edition has."""
        return next(place for place in reversed(self.places) if place.holds == "part2")


def plain(text: str) -> str:
    """Text with uniform dashes, quotes and spaces, for matching only; what is kept is always the print."""
    return re.sub(r"\s+", " ", DASHES.sub("-", text)).replace("’", "'").strip()


def _for_matching(holds: Holds, printed: str) -> str:
    return closing.folded(printed) if holds == "part2" else plain(printed)


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
        example, passes = (_for_matching(place.holds, words) for words in (place.example, place.passes))
        if not place.starts.match(example) or place.starts.match(passes):
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
