"""What is marked on the pages of a paper for an officer to compare: what was read, what is kept back, what is asked.

A mark has a name that people know from the other commands and never any words of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extract.facts import Place
from extract.texts import heading_place

if TYPE_CHECKING:  # a command loads what it uses and no more
    from extract.claims import Finding
    from extract.record import DecisionRecord
    from review.office import View

Kind = Literal["field", "passage", "rule", "person", "finding", "private"]
# Each with the letter that stands before its labels, since no meaning may hang on colour alone, and what it says.
MEANINGS: Mapping[Kind, tuple[str, str]] = {
    "field": ("F", "a field that was read here"),
    "passage": ("P", "a passage of Part 1"),
    "rule": ("R", "withheld by rule"),
    "person": ("W", "withheld by a person"),
    "finding": ("?", "a finding"),
    "private": ("X", "no text of Part 1: Part 2, furniture, or in no recognised place"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to show: its name, and all the boxes it fills. `page` is where it has no box of its own."""

    kind: Kind
    name: str
    places: tuple[Place, ...]
    page: int | None = None

    def on(self, page: int) -> tuple[Place, ...]:
        """Its boxes on one page."""
        return tuple(place for place in self.places if place.page == page)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it is shown on."""
        return tuple(dict.fromkeys(place.page for place in self.places)) or ((self.page,) if self.page else ())


def marks_of(view: View) -> tuple[Mark, ...]:
    """Everything to mark on a paper, kind by kind, in the paper's order."""
    record = view.record
    places = places_of(record)
    return (
        *_merged(
            # The kind of a contract is read from all of its passage, whose box is there.
            Mark("field", name, seen.places)
            for name, seen in record.evidence.items()
            if not name.endswith(".kind")
        ),
        *(Mark("passage", passage.id, passage.boxes) for passage in record.passages()),
        *(Mark("passage", name, places) for name, places in _headings(record)),
        *_withheld(view, places),
        *(_finding(finding, places) for finding in view.dossier.findings),
        *(
            Mark("finding", f"read unsurely: {name}", (word,))
            for name, words in record.unsure.items()
            for word in words
        ),
        *(Mark("private", kept.id, kept.boxes, kept.page) for kept in record.withheld_passages),
        *(Mark("private", f"furniture, {line.why}", line.places) for line in record.furniture),
    )


def places_of(record: DecisionRecord) -> dict[str, tuple[Place, ...]]:
    """The boxes of each passage by its id, and of each field by its path."""
    named = {passage.id: passage.boxes for passage in record.passages()} | dict(_headings(record))
    return named | {name: seen.places for name, seen in record.evidence.items()}


def _headings(record: DecisionRecord) -> Iterator[tuple[str, tuple[Place, ...]]]:
    for order, section in enumerate(record.sections, 1):
        if section.boxes:
            yield heading_place(order, section), section.boxes


def _merged(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Fields that were read from the same print share one box and one label."""
    together: dict[tuple[Place, ...], list[str]] = {}
    for mark in marks:
        together.setdefault(mark.places, []).append(mark.name)
    for places, names in together.items():
        first, *others = names
        stem = first.rpartition(".")[0]
        shorter = [name.removeprefix(stem) if stem else name for name in others]
        yield Mark("field", ", ".join((first, *shorter)), places)


def _withheld(view: View, places: Mapping[str, tuple[Place, ...]]) -> Iterator[Mark]:
    people = {claim.id: claim for claim in view.dossier.review.withholds}
    seen: set[tuple[str, str]] = set()
    for span in view.disclosure.part2.spans:
        for name in span.claims:
            claim = people.get(name)
            kind: Kind = "person" if claim else "rule"
            ground = claim.exemption if claim else name.partition(":")[0]
            label = f"{span.place}: {ground}"
            if (kind, label) not in seen:
                seen.add((kind, label))
                yield Mark(kind, label, _place_of(span.place, places))


def _place_of(name: str, places: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """The boxes of a passage or field; those of the whole table for a cell of it."""
    while name and name not in places:
        name = name.rpartition("/")[0]
    return places.get(name, ())


def _finding(finding: Finding, places: Mapping[str, tuple[Place, ...]]) -> Mark:
    name = f"{finding.check}{', answered' if finding.answered_by else ''}"
    if finding.box and finding.page:
        return Mark("finding", name, (Place(page=finding.page, box=finding.box),))
    at = _place_of(finding.passage or finding.field or "", places)
    return Mark("finding", name, at, finding.page)
