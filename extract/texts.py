"""Every text of a record that Part 1 could publish, each with the place that claims name it by.

What is not listed here cannot become public: `separate` makes Part 1 from these texts and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from extract.record import DecisionRecord, NoteMark, Passage, Section, TablePassage
from publish.body import body


class Text(NamedTuple):
    """A run of print. `place` is a passage id, a cell ("2/t1/r0/c1"), a heading ("2/heading"), or a field path."""

    place: str
    text: str


def public_texts(record: DecisionRecord) -> Iterator[Text]:
    """In the paper's order, and after its sections the footnotes, what is said of Part 2, and the deferral."""
    if record.title:
        yield Text("title", record.title)
    for passage in record.executive_summary:
        yield from texts_of(passage)
    if record.recommendation_lead:
        yield Text("recommendation_lead", record.recommendation_lead)
    for passage in record.recommendations:
        yield from texts_of(passage)
    if record.approval.decision_maker:
        yield Text("approval.decision_maker", record.approval.decision_maker)
    for order, section in enumerate(record.sections, 1):
        yield Text(heading_place(order, section), section.heading)
        for passage in section.passages:
            yield from texts_of(passage)
    for note in record.notes_of_passages():
        yield from texts_of(note)
    if record.part2.marking:
        yield Text("part2.marking", record.part2.marking)
    for index, ground in enumerate(record.part2.exemptions):
        yield Text(f"part2.exemptions[{index}]", ground.as_printed)
    if record.part2.ceases_when:
        yield Text("part2.ceases_when", record.part2.ceases_when)
    if record.deferral.reason:
        yield Text("deferral.reason", record.deferral.reason)
    for fact in record.amended:  # what a person said of a contract need not stand in any text above
        yield Text(fact, award_fact(record, fact) or "")


def award_fact(record: DecisionRecord, fact: str) -> str | None:
    """A fact of a contract by its path ("awards[0].supplier"); a sum as it is printed, where it is."""
    award, name = fact.removeprefix("awards[").split("].")
    facts = record.awards[int(award)].model_dump()
    said: str | None = facts.get(f"{name}_as_printed") or facts[name]
    return said


def texts_of(passage: Passage | TablePassage) -> Iterator[Text]:
    """The text of a paragraph, or of each cell of a table (row 0 is the header)."""
    if isinstance(passage, Passage):
        yield Text(passage.id, passage.text)
        return
    if passage.caption:
        yield Text(f"{passage.id}/caption", passage.caption)
    for row, cells in enumerate((passage.header, *passage.rows)):
        for column, cell in enumerate(cells):
            yield Text(f"{passage.id}/r{row}/c{column}", cell)


Led = dict[str, list[tuple[str, int]]]


def leading(record: DecisionRecord) -> Led:
    """What leads to each footnote, by its id: the places of its marks, and how many characters stand before each."""
    led: Led = {}
    for passage in record.passages():
        for note in passage.notes:
            led.setdefault(note.footnote, []).append((note_place(passage, note), note.at))
    for order, section in enumerate(record.sections, 1):
        for note in section.notes:
            led.setdefault(note.footnote, []).append((heading_place(order, section), note.at))
    return led


def note_place(passage: Passage | TablePassage, note: NoteMark) -> str:
    """The place of a note's mark: the passage, or the cell or the caption of the table, that it stands in."""
    if isinstance(passage, Passage):
        return passage.id
    return f"{passage.id}/caption" if note.row is None else f"{passage.id}/r{note.row}/c{note.column}"


FIELDS = {
    "title": "In the title",
    "approval.decision_maker": "In the decision maker’s title",
    "part2.marking": "In the notice of Part 2",
    "part2.ceases_when": "In the notice of Part 2",
    "deferral.reason": "In the reason for deferring",
}


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def unnumbered_blocks(record: DecisionRecord) -> dict[str, int]:
    """The blocks of the sections that have no printed number, each with its place among the sections."""
    return {
        heading_place(order, section).partition("/")[0]: order
        for order, section in enumerate(record.sections, 1)
        if section.number is None
    }


def _block_words(block: str, unnumbered: Mapping[str, int]) -> str:
    if block == "summary":
        return "the summary"
    if block in unnumbered:
        order = unnumbered[block]
        return f"the {ORDINALS[order - 1]} section" if order <= len(ORDINALS) else "a section"
    return f"section {block}" if block[0].isdigit() else "a section"


def place_words(place: str, unnumbered: Mapping[str, int] = MappingProxyType({})) -> str:
    """A place in plain words: "2/2.2.3.3" is "In paragraph 2.2.3.3". `unnumbered`: blocks without a printed number."""
    if place == "recommendation_lead":
        return f"In {body().the_recommendations}"
    if place.startswith("awards["):
        return "In the list of contracts"
    if "/" not in place:
        return FIELDS.get(place, "In the notice of Part 2")
    block, _, rest = place.partition("/")
    cell = re.fullmatch(r"t\d+/(?:r(\d+)/c\d+|caption)", rest)
    number = rest.partition("~")[0]
    if block == "footnote":
        return f"In footnote {number}"
    if block == "recommendation":
        one = f"In {body().recommendation.lower()} {number}"
        return one if number[0].isdigit() else f"In {body().the_recommendations}"
    whole = _block_words(block, unnumbered)
    if cell:
        row = f", row {cell[1]}" if cell[1] and cell[1] != "0" else ""
        return f"In a table of {whole}{row}"
    if rest == "heading":
        return f"In the heading of {whole}"
    if not number[0].isdigit():
        return f"In {whole}"
    return f"In paragraph {number}{' of the summary' if block == 'summary' else ''}"


def whole_words(container: str, unnumbered: Mapping[str, int] = MappingProxyType({})) -> str:
    """A place that is withheld whole, in plain words: a section, a table, or a part of the form."""
    block, _, rest = container.partition("/")
    whole = body().the_recommendations if block == "recommendation" else _block_words(block, unnumbered)
    return f"All of a table in {whole}" if rest else f"All of {whole}"


def heading_place(order: int, section: Section) -> str:
    """The place of a section's heading; `order` counts sections from 1.

    Without passages the order names it: a number may be printed twice, and two headings must not share a place.
    """
    first = next(iter(section.passages), None)
    block = first.id.partition("/")[0] if first else f"s{order}"
    return f"{block}/heading"
