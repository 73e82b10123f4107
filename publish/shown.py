"""What a decision's page is made of: paragraphs, tables and notes, cut where something is withheld or noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from publish.part1 import Ground


class Piece(NamedTuple):
    """A run of a text: `entry` is None for plain words, else the line of the withheld list this mark belongs to.

    `note`: it is the mark of a footnote, and `words` what is printed for it.
    """

    words: str
    entry: int | None = None
    target: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A whole block that is withheld: its constant box says the ground and the next review, never how much it is."""

    entry: int
    target: str
    grounds: tuple[Ground, ...]
    next_review: date | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its hanging number, or lettered under one: `depth` 0 hangs in the margin."""

    id: str
    number: str | None
    depth: int
    bulleted: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the paper, cell by cell; `total` is its last row where that is the sum of the others."""

    id: str
    caption: tuple[Piece, ...]
    name: str | None
    header: tuple[tuple[Piece, ...], ...]
    names: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    total: tuple[tuple[Piece, ...], ...] | None
    figures: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, and the anchor of the mark that leads to it."""

    id: str
    mark: str
    pieces: tuple[Piece, ...]
    back: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it; `whole` replaces the passages where every one of them is withheld."""

    id: str
    number: str | None
    heading: tuple[Piece, ...]
    passages: tuple[Paragraph | Grid, ...]
    whole: Withheld | None
    marked: bool
