"""The private record of one decision paper, as the contract names its parts.

Everything printed in Part 1 is plain text here; everything under a Part 2 heading is `SecretStr`, so that logs, errors
and reprs show asterisks. The single facts it holds are defined in `extract/facts.py`.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Final, Literal

from pydantic import Field, SecretStr

from extract.facts import (
    Amount,
    Approval,
    Award,
    ChiefExecutive,
    Declaration,
    DeferralFacts,
    DocumentMarking,
    Evidence,
    Part2Facts,
    Place,
    Private,
    Source,
)

SCHEMA: Final = "partone/private-record/1"


class NoteMark(Private):
    """Where the mark of a footnote stands: behind `at` characters of the text. In a table, of which cell.

    Row 0 is the header; a mark in a caption has neither row nor column.
    """

    footnote: str
    at: int
    row: int | None = None
    column: int | None = None


class Passage(Private):
    """A paragraph, verbatim. `level` counts from 1 inside its block; `lead_in` is its italic or bold opening.

    `label` is its number, letter or bullet as it is printed ("2.1.", "(a)", "•").
    """

    kind: Literal["text"] = "text"
    id: str
    number: str | None
    level: int
    text: str
    page: int
    boxes: tuple[Place, ...]
    lead_in: str | None = None
    label: str | None = None
    notes: tuple[NoteMark, ...] = ()


class Footnote(Passage):
    """A footnote. `mark` is printed before it; `passage` is the first place that leads to it, if any was found."""

    mark: str
    passage: str | None


class TablePassage(Private):
    """A ruled table among the passages. `totals`: its last row is the sum of those above."""

    kind: Literal["table"] = "table"
    id: str
    caption: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    page: int
    boxes: tuple[Place, ...]
    totals: bool = False
    notes: tuple[NoteMark, ...] = ()


Block = Annotated[Passage | TablePassage, Field(discriminator="kind")]


class Section(Private):
    """A section of Part 1 in the paper's order."""

    number: str | None
    heading: str
    passages: tuple[Block, ...]
    page: int | None = None
    boxes: tuple[Place, ...] = ()
    label: str | None = None
    notes: tuple[NoteMark, ...] = ()


class Furniture(Evidence):
    """A line that is printed and is no passage: a running header or footer, the heading of a place of the form, or the
    header of a table that is printed again.
    """

    why: Literal["running", "heading", "repeated", "form"]


class WithheldPassage(Private):
    """A passage of Part 2, or one in no recognised public place: never published, shown only to those who need it."""

    id: str
    withheld_text: SecretStr
    page: int
    boxes: tuple[Place, ...] = ()
    why: Literal["part2", "unplaced"]


class DecisionRecord(Private):
    """Everything read from one paper. `model_dump` shows no withheld text; `dump_private` does."""

    schema_: Literal["partone/private-record/1"] = Field(SCHEMA, alias="schema")
    source: Source
    body: str | None
    form: str | None
    reference: str | None
    reference_as_printed: str | None
    references: tuple[str, ...] = ()
    title: str | None
    executive_summary: tuple[Block, ...] = ()
    recommendation_lead: str | None = None
    recommendations: tuple[Block, ...] = ()
    approval: Approval
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    part2: Part2Facts
    deferral: DeferralFacts
    declarations: tuple[Declaration, ...] = ()
    chief_executive: ChiefExecutive
    awards: tuple[Award, ...] = ()
    amounts: tuple[Amount, ...] = ()
    markings: tuple[DocumentMarking, ...] = ()
    hidden: tuple[str, ...] = ()
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    remarks: dict[str, str] = Field(default_factory=dict)
    struck: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)
    unsure: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)
    furniture: tuple[Furniture, ...] = ()
    pictures: tuple[Place, ...] = ()  # those of Part 1 that are no signature: what they show is not read
    unheaded: tuple[str, ...] = ()  # the public places whose heading is not printed: where they begin was inferred
    withheld_passages: tuple[WithheldPassage, ...] = Field(default=(), exclude=True, repr=False)
    amended: tuple[str, ...] = Field(default=(), exclude=True, repr=False)  # facts of awards that a person corrected

    def passages(self) -> tuple[Passage | TablePassage, ...]:
        """Every passage of Part 1 in the paper's order: summary, recommendations, sections, and their footnotes."""
        within = (passage for section in self.sections for passage in section.passages)
        return (*self.executive_summary, *self.recommendations, *within, *self.notes_of_passages())

    def notes_of_passages(self) -> tuple[Footnote, ...]:
        """The footnotes that something public leads to; no other is."""
        return tuple(note for note in self.footnotes if note.passage is not None)


def dump_private(record: DecisionRecord) -> dict[str, Any]:
    """The whole record with its withheld text in clear. For the register's own file and nothing else."""
    kept = record.withheld_passages
    held = [p.model_dump(mode="json") | {"withheld_text": p.withheld_text.get_secret_value()} for p in kept]
    return record.model_dump(mode="json") | {"withheld_passages": held}


def digest(record: DecisionRecord) -> str:
    """SHA-256 of the whole record in one byte form; a review names it and is stale when it changes."""
    return hashlib.sha256(json.dumps(dump_private(record), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
