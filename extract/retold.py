"""A record with another text at one of its places, as a person has corrected it; nothing else of it changes.

The marks of footnotes move with the words they stand behind.
"""

from __future__ import annotations

from typing import Any, TypeVar

from extract.record import Block, DecisionRecord, NoteMark, Passage, Section, TablePassage
from extract.texts import heading_place

P = TypeVar("P", bound=Passage)


def retold(record: DecisionRecord, place: str, text: str) -> DecisionRecord:
    """The record in which `text` stands at a passage, a cell, a caption, a heading or the line that leads in."""
    if place == "recommendation_lead":
        return record.model_copy(update={place: text})
    changed: dict[str, Any] = {
        "executive_summary": tuple(_block(block, place, text) for block in record.executive_summary),
        "recommendations": tuple(_block(block, place, text) for block in record.recommendations),
        "sections": tuple(_section(order, one, place, text) for order, one in enumerate(record.sections, 1)),
        "footnotes": tuple(_passage(note, place, text) for note in record.footnotes),
    }
    return record.model_copy(update=changed)


def moved(notes: tuple[NoteMark, ...], before: str, after: str) -> tuple[NoteMark, ...]:
    """The marks where they stand in the new text: those in the stretch that changed stand at its end."""
    shared = min(len(before), len(after))
    first = next((n for n in range(shared) if before[n] != after[n]), shared)
    rest = shared - first
    last = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    ends = len(before) - last  # of the stretch that changed
    shift = len(after) - len(before)
    return tuple(
        note if note.at <= first else note.model_copy(update={"at": max(note.at, ends) + shift}) for note in notes
    )


def _section(order: int, section: Section, place: str, text: str) -> Section:
    if place == heading_place(order, section):
        notes = moved(section.notes, section.heading, text)
        return section.model_copy(update={"heading": text, "notes": notes})
    return section.model_copy(update={"passages": tuple(_block(block, place, text) for block in section.passages)})


def _block(block: Block, place: str, text: str) -> Block:
    if isinstance(block, TablePassage):
        return _table(block, place, text) if place.startswith(f"{block.id}/") else block
    return _passage(block, place, text)


def _passage(passage: P, place: str, text: str) -> P:
    if place != passage.id:
        return passage
    lead_in = passage.lead_in if passage.lead_in and text.startswith(passage.lead_in) else None
    return passage.model_copy(
        update={"text": text, "lead_in": lead_in, "notes": moved(passage.notes, passage.text, text)}
    )


def _table(table: TablePassage, place: str, text: str) -> TablePassage:
    part = place.removeprefix(f"{table.id}/")
    if part == "caption":
        notes = _moved_in(table, None, None, table.caption or "", text)
        return table.model_copy(update={"caption": text, "notes": notes})
    row, column = (int(number) for number in part.removeprefix("r").split("/c"))
    rows = [list(cells) for cells in (table.header, *table.rows)]
    notes = _moved_in(table, row, column, rows[row][column], text)
    rows[row][column] = text
    return table.model_copy(update={"header": tuple(rows[0]), "rows": tuple(map(tuple, rows[1:])), "notes": notes})


def _moved_in(
    table: TablePassage, row: int | None, column: int | None, before: str, after: str
) -> tuple[NoteMark, ...]:
    """The table's marks, those of one cell moved."""
    return tuple(
        moved((note,), before, after)[0] if (note.row, note.column) == (row, column) else note for note in table.notes
    )
