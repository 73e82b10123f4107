"""The paper's own text as the public reads it: paragraphs, tables, headings and footnotes, with their withheld places.

Part of the public vocabulary (`publish.part1`), which is an allow-list.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Public(BaseModel):
    """Base of public values: frozen, closed, and silent about refused input."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, serialize_by_alias=True, validate_by_name=True
    )


class Mark(Public):
    """One withheld place inside a text: characters `start` to `end` of `public_text` are the mark's fixed words.

    `entry` counts from 1 into `Part1.withheld`. The mark's words depend on the ground alone, never on what it hides.
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    entry: int = Field(ge=1)


class NoteMark(Public):
    """Where the mark of a footnote stands: behind `at` characters of `public_text`; `footnote` is the note's id."""

    footnote: str
    at: int = Field(ge=0)


class PublicPassage(Public):
    """A paragraph as the public reads it; `id` and `number` are the paper's own (`2/2.2.3.1`, `2.2.3.1`).

    `bulleted`: it is printed behind a bullet.
    """

    kind: Literal["text"] = "text"
    id: str
    number: str | None
    level: int = Field(ge=1)
    bulleted: bool = False
    public_text: str = Field(alias="text")
    marks: tuple[Mark, ...] = ()
    notes: tuple[NoteMark, ...] = ()


class PublicFootnote(Public):
    """A footnote as the public reads it; `mark` is printed before it, `passage` the first place that leads to it."""

    id: str
    mark: str
    passage: str
    public_text: str = Field(alias="text")
    marks: tuple[Mark, ...] = ()


class CellNote(NoteMark):
    """The mark of a footnote inside a table: `row` 0 is the header; in the caption it has neither row nor column."""

    row: int | None = Field(default=None, ge=0)
    column: int | None = Field(default=None, ge=0)


class CellMark(Mark):
    """A mark inside a table's cell: `row` 0 is the header, 1 the first row; `column` counts from 0."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)


class PublicTable(Public):
    """A table among the passages; a cell, or part of one, can be withheld like any text.

    `totals`: its last row is the sum of those above.
    """

    kind: Literal["table"] = "table"
    id: str
    caption: str | None
    public_header: tuple[str, ...] = Field(alias="header")
    public_rows: tuple[tuple[str, ...], ...] = Field(alias="rows")
    totals: bool = False
    marks: tuple[CellMark, ...] = ()
    notes: tuple[CellNote, ...] = ()


Block = Annotated[PublicPassage | PublicTable, Field(discriminator="kind")]


class PublicSection(Public):
    """A section of Part 1 with its heading; a heading can hold something to withhold too."""

    number: str | None
    public_heading: str = Field(alias="heading")
    marks: tuple[Mark, ...] = ()
    notes: tuple[NoteMark, ...] = ()
    passages: tuple[Block, ...]
