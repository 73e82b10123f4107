"""What a decision's page shows, worked out from public values alone; the template only lays it out.

Everything here is a fact of one `Part1`: no clock, no file, no text of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from publish.part1 import Block, Ground, Mark, Part1, PublicPassage, PublicTable


def anchor(passage_id: str) -> str:
    """The permanent anchor of a passage, `2/2.2.3.3` as `p-2-2.2.3.3`. It is an address: it never changes."""
    return f"p-{_address(passage_id)}"


def _address(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in name)


class Piece(NamedTuple):
    """A run of a text: `entry` is None for plain words, else the line of the withheld list this mark belongs to."""

    words: str
    entry: int | None = None
    target: str | None = None


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
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the paper, cell by cell."""

    id: str
    caption: str | None
    header: tuple[tuple[Piece, ...], ...]
    names: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it; `whole` replaces the passages where every one of them is withheld."""

    id: str
    number: str | None
    heading: tuple[Piece, ...]
    passages: tuple[Paragraph | Grid, ...]
    whole: Withheld | None
    marked: bool


@dataclass(slots=True)
class Marker:
    """Cuts texts at their marks and remembers where the first mark of each line stands, so that the list links back."""

    decision: Part1
    targets: dict[int, str] = field(default_factory=dict)

    def target(self, entry: int) -> str | None:
        """The anchor of this mark, or None where its line already links to an earlier one."""
        return None if entry in self.targets else self.targets.setdefault(entry, f"mark-{entry}")

    def cut(self, text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
        pieces, at = [], 0
        for mark in sorted(marks, key=lambda mark: mark.start):
            pieces.append(Piece(text[at : mark.start]))
            pieces.append(Piece(text[mark.start : mark.end].strip("[]"), mark.entry, self.target(mark.entry)))
            at = mark.end
        pieces.append(Piece(text[at:]))
        return tuple(piece for piece in pieces if piece.words)

    def part(self, name: str, number: str | None, heading: tuple[Piece, ...], passages: Sequence[Block]) -> Part:
        entries = [_whole(block) for block in passages]
        if entries and None not in entries:
            whole = self.withheld([entry for entry in entries if entry is not None], number)
            return Part(name, number, heading, (), whole, marked=True)
        shown = tuple(self.grid(b) if isinstance(b, PublicTable) else self.paragraph(b, passages) for b in passages)
        marked = any(block.marks for block in passages) or any(piece.entry for piece in heading)
        return Part(name, number, heading, shown, None, marked=marked)

    def withheld(self, entries: list[int], number: str | None) -> Withheld:
        lines = [self.decision.withheld[entry - 1] for entry in sorted(set(entries))]
        grounds = tuple(dict.fromkeys(line.exemption for line in lines))
        reviews = [line.next_review for line in lines if line.next_review]
        first = min(entries)
        target = f"mark-{first}"
        for entry in entries:
            self.targets.setdefault(entry, target)
        return Withheld(first, target, grounds, min(reviews, default=None), _integer(number))

    def paragraph(self, passage: PublicPassage, among: Sequence[Block]) -> Paragraph:
        base = min(block.level for block in among if isinstance(block, PublicPassage))
        hangs = passage.number is None or passage.number[:1].isdigit()
        depth = 0 if hangs else max(1, min(passage.level - base, 3))
        return Paragraph(anchor(passage.id), passage.number, depth, self.cut(passage.public_text, passage.marks))

    def grid(self, table: PublicTable) -> Grid:
        def cell(row: int, column: int, text: str) -> tuple[Piece, ...]:
            return self.cut(text, [mark for mark in table.marks if (mark.row, mark.column) == (row, column)])

        header = tuple(cell(0, column, text) for column, text in enumerate(table.public_header))
        rows = tuple(
            tuple(cell(number, column, text) for column, text in enumerate(row))
            for number, row in enumerate(table.public_rows, start=1)
        )
        width = max((len(row) for row in table.public_rows), default=0)
        names = (table.public_header + ("",) * width)[: max(width, len(table.public_header))]
        return Grid(anchor(table.id), table.caption, header, names, rows)


def _integer(number: str | None) -> int | None:
    return int(number) if number is not None and number.isascii() and number.isdigit() else None


def _whole(block: Block) -> int | None:
    """The line of the withheld list where one mark is all of this passage, else None."""
    if isinstance(block, PublicTable) or len(block.marks) != 1:
        return None
    (mark,) = block.marks
    return mark.entry if (mark.start, mark.end) == (0, len(block.public_text)) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One decision as its page shows it. `targets` leads from each line of the withheld list to its mark."""

    title: tuple[Piece, ...]
    summary: Part | None
    recommendations: Part | None
    sections: tuple[Part, ...]
    targets: dict[int, str]
    contracts: tuple[tuple[str, str | None], ...]


def reading(decision: Part1) -> Reading:
    """Works out one decision's page, in the order of the page, so that each line links to its first mark on it."""
    marker = Marker(decision)
    title = marker.cut(decision.public_title or "", decision.title_marks)
    summary = marker.part("summary", None, (), decision.executive_summary) if decision.executive_summary else None
    asked = marker.part("recommendations", None, (), decision.recommendations) if decision.recommendations else None
    sections = tuple(
        marker.part(
            f"section-{_address(section.number or f'p{place}')}",
            section.number,
            marker.cut(section.public_heading, section.marks),
            section.passages,
        )
        for place, section in enumerate(decision.sections, start=1)
    )
    numbers = {block.id: block.number for block in decision.recommendations if isinstance(block, PublicPassage)}
    shown = {p.id for p in asked.passages} if asked else set()
    contracts = tuple(
        (
            numbers.get(award.recommendation) or award.recommendation.rpartition("/")[2],
            anchor(award.recommendation) if anchor(award.recommendation) in shown else None,
        )
        for award in decision.awards
    )
    return Reading(title, summary, asked, sections, marker.targets, contracts)
