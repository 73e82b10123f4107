"""Everything that one approved decision lets the site say: its strings, cut at their marks too, and values in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from publish.part1 import Block, Mark, NoteMark, Part1, PublicTable, Stub
from publish.view import anchor, ground_anchor, reading
from publish.words import forms


def said(decision: Part1 | Stub) -> Iterator[str]:
    """Every string that a page or a data file may print for this decision."""
    yield from strings(decision.model_dump(mode="json"))
    yield from forms(decision)
    yield decision.slug
    if decision.signed_on:
        yield str(decision.signed_on.year)
    if isinstance(decision, Stub):
        return
    for block in blocks(decision):
        yield anchor(block.id)
    for ground in (*(line.exemption for line in decision.withheld), *decision.part2.grounds):
        yield ground_anchor(ground)
    for text, marks, notes in _marked(decision):
        yield from _cut(text, marks, notes)
    shown = reading(decision)
    for part in shown.sections:  # a bookmark says number and heading in one, and a heading up to its first mark too
        yield " ".join((part.number or "", "".join(piece.words for piece in part.heading)))
        yield " ".join((part.number or "", *(piece.words for piece in part.heading[:1])))
    yield from (part.id for part in (shown.summary, shown.recommendations, *shown.sections) if part)
    yield from shown.targets.values()
    for note in shown.footnotes:
        yield from (note.id, note.back, note.mark)


def blocks(decision: Part1 | Stub) -> Iterator[Block]:
    """Every passage and table, in order."""
    if isinstance(decision, Part1):
        yield from decision.executive_summary
        yield from decision.recommendations
        for section in decision.sections:
            yield from section.passages


def strings(value: Any) -> Iterator[str]:
    """Every string in a value of JSON, and every number as it is written."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list() | tuple():
            for inner in value:
                yield from strings(inner)
        case int() | float() if not isinstance(value, bool):
            yield str(value)


def keys(value: Any) -> Iterator[str]:
    """Every key in a value of JSON."""
    match value:
        case dict():
            for key, inner in value.items():
                yield key
                yield from keys(inner)
        case list() | tuple():
            for inner in value:
                yield from keys(inner)


def _marked(decision: Part1) -> Iterator[tuple[str, Sequence[Mark], Sequence[NoteMark]]]:
    """Every text that can hold marks, with its own and those of its footnotes."""
    yield decision.public_title or "", decision.title_marks, ()
    yield from ((section.public_heading, section.marks, section.notes) for section in decision.sections)
    yield from ((note.public_text, note.marks, ()) for note in decision.footnotes)
    for block in blocks(decision):
        if not isinstance(block, PublicTable):
            yield block.public_text, block.marks, block.notes
            continue
        yield block.caption or "", (), [note for note in block.notes if note.row is None]
        for row, cells in enumerate((block.public_header, *block.public_rows)):
            for column, cell in enumerate(cells):
                notes = [note for note in block.notes if (note.row, note.column) == (row, column)]
                yield cell, [mark for mark in block.marks if (mark.row, mark.column) == (row, column)], notes


def _cut(text: str, marks: Sequence[Mark], notes: Sequence[NoteMark]) -> Iterator[str]:
    """The pieces of a text between its marks, and the marks' own words: on a page each is a run of its own."""
    at = 0
    places = [*((mark.start, mark.end) for mark in marks), *((note.at, note.at) for note in notes)]
    for start, end in sorted(places):
        yield from (text[at:start], text[start:end])
        at = end
    if places:
        yield text[at:]
