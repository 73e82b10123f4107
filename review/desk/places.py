"""What the desk calls the places of a paper, and where on its pages they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote, urlencode

from extract.facts import Place
from extract.texts import place_words
from publish.part1 import slug
from review.dossier import Dossier
from review.marks import places_of as places_of  # read through here

Look = Literal["original", "public", "difference"]
Tab = Literal["findings", "fields", "passages"]


@dataclass(frozen=True, slots=True)
class Where:
    """What of a paper is on the screen: every link changes one thing of it and keeps the rest."""

    paper: str
    look: Look = "original"
    page: int = 1
    tab: Tab = "findings"
    select: str = ""

    @property
    def path(self) -> str:
        return f"/papers/{quote(self.paper)}"

    @property
    def address(self) -> str:
        said = {"view": self.look, "page": str(self.page), "tab": self.tab, "select": self.select}
        usual = {"view": "original", "page": "1", "tab": "findings", "select": ""}
        asked = {name: value for name, value in said.items() if value != usual[name]}
        return f"{self.path}?{urlencode(asked, safe='/:')}" if asked else self.path

    def seen(self, look: Look) -> str:
        return replace(self, look=look).address

    def on(self, page: int) -> str:
        return replace(self, page=page, select="").address

    def under(self, tab: Tab) -> str:
        return replace(self, tab=tab, select="").address

    def selecting(self, select: str, page: int | None = None, tab: Tab | None = None) -> str:
        return replace(self, select=select, page=page or self.page, tab=tab or self.tab).address


def name_in_addresses(dossier: Dossier) -> str:
    """The reference as an address holds it, or the beginning of the SHA-256 where it has none or shares it."""
    paper = dossier.paper
    if paper.reference is None or dossier.facts.rivals or dossier.facts.more_rivals:
        return paper.sha256[:12]
    return slug(paper.reference)


def short(place: str) -> str:
    """A place as briefly as officers name it: "2/2.2.9" is "2.2.9"."""
    block, _, rest = place.partition("/")
    number = rest.partition("~")[0]
    if not rest:
        return place_words(place).removeprefix("In ").removeprefix("the ").capitalize()
    if rest == "heading":
        return f"Heading {block}" if block[0].isdigit() else "Heading"
    if cell := re.fullmatch(r"t(\d+)/(?:r(\d+)/c(\d+)|caption)", rest):
        where = f"row {cell[2]}, column {int(cell[3]) + 1}" if cell[2] else "caption"
        return f"{_block(block)}table {cell[1]}, {where}"
    if re.fullmatch(r"t\d+", rest):
        return f"{_block(block)}table {rest[1:]}"
    if unnumbered := re.fullmatch(r"p(\d+)", number):
        return f"{_block(block)}¶ {unnumbered[1]}"
    return number if block[0].isdigit() else f"{_block(block)}{number}"


def _block(block: str) -> str:
    return f"{block}: " if block[0].isdigit() else f"{block.capitalize()} "


def place_of(name: str, places: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """The boxes of a passage or field; those of the whole table for a cell of it."""
    while name and name not in places:
        name = name.rpartition("/")[0]
    return places.get(name, ())


def round_each_page(places: Iterable[Place]) -> tuple[Place, ...]:
    """One box a page, round all those on it."""
    pages: dict[int, list[Place]] = {}
    for place in places:
        pages.setdefault(place.page, []).append(place)
    return tuple(Place(page=page, box=_round(found)) for page, found in pages.items())


def _round(places: Sequence[Place]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = zip(*(place.box for place in places), strict=True)
    return min(x0), min(top), max(x1), max(bottom)
