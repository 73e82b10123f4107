"""What a decision's page shows, worked out from public values alone; the template only lays it out.

Everything here is a fact of one `Part1`: no clock, no file, no text of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from publish.part1 import Block, Ground, Mark, NoteMark, Part1, PublicPassage, PublicTable, slug
from publish.shown import Footnote, Grid, Paragraph, Part, Piece, Withheld

DEEPEST = 5  # steps to the right: lists below lists below that stand no deeper
FIGURE = re.compile(r"[(–−-]?£?\d[\d,.]*\s?(?:[kmb]|bn|%|million|thousand)?\)?|[–-]|nil", re.IGNORECASE)


def anchor(passage_id: str) -> str:
    """The permanent anchor of a passage, `2/2.2.3.3` as `p-2-2.2.3.3`. It is an address: it never changes."""
    return f"p-{_address(passage_id)}"


def ground_anchor(ground: Ground) -> str:
    """Where a ground is explained; those that nobody has confirmed are explained together."""
    return slug(f"ground {ground.key or 'not confirmed'}")


def _address(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in name)


@dataclass
class Marker:
    """Cuts texts at their marks and remembers where the first mark of each line stands, so that the list links back."""

    decision: Part1
    targets: dict[int, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    def target(self, entry: int) -> str | None:
        """The anchor of this mark, or None where its line already links to an earlier one."""
        return None if entry in self.targets else self.targets.setdefault(entry, f"mark-{entry}")

    def cut(self, text: str, marks: Iterable[Mark], notes: Iterable[NoteMark] = ()) -> tuple[Piece, ...]:
        pieces, at = [], 0
        places: list[tuple[int, int, Mark | NoteMark]] = [
            *((mark.start, mark.end, mark) for mark in marks),
            *((note.at, note.at, note) for note in notes),
        ]
        for start, end, mark in sorted(places, key=lambda place: place[:2]):
            pieces.append(Piece(text[at:start]))
            if isinstance(mark, NoteMark):
                pieces.append(self.note(mark.footnote))
            else:
                pieces.append(Piece(text[start:end].strip("[]"), mark.entry, self.target(mark.entry)))
            at = end
        pieces.append(Piece(text[at:]))
        return tuple(piece for piece in pieces if piece.words)

    def note(self, footnote: str) -> Piece:
        """A mark that leads to a footnote; its anchor is where the note leads back to, if it is the first one."""
        back = f"to-{_address(footnote)}"
        first = footnote not in self.marks
        self.marks.add(footnote)
        return Piece(self.printed[footnote], None, back if first else None, f"note-{_address(footnote)}")

    @cached_property
    def printed(self) -> dict[str, str]:
        """What is printed for each footnote: its mark, or its place among the notes where two have the same mark."""
        notes = self.decision.footnotes
        alike = len({note.mark for note in notes}) < len(notes)
        return {note.id: str(order) if alike else note.mark for order, note in enumerate(notes, 1)}

    def footnotes(self) -> tuple[Footnote, ...]:
        """The footnotes of the whole paper; called when everything that leads to them is cut."""
        return tuple(
            Footnote(
                f"note-{_address(note.id)}",
                self.printed[note.id],
                self.cut(note.public_text, note.marks),
                f"to-{_address(note.id)}",
            )
            for note in self.decision.footnotes
        )

    def part(self, name: str, number: str | None, heading: tuple[Piece, ...], passages: Sequence[Block]) -> Part:
        entries = [_whole(block) for block in passages]
        if entries and None not in entries:
            whole = self.withheld([entry for entry in entries if entry is not None], number)
            return Part(name, number, heading, (), whole, marked=True)
        shown = tuple(self.shown(passages))
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

    def shown(self, passages: Sequence[Block]) -> Iterator[Paragraph | Grid]:
        """The passages in order. Numbers hang in the margin; lists stand below them by their own depth."""
        above = 0  # the level of the paragraph whose number hangs above
        for block in passages:
            if isinstance(block, PublicTable):
                yield self.grid(block)
                continue
            hangs = not block.bulleted and (block.number is None or _hangs(block))
            above = block.level if hangs and block.number is not None else above
            depth = 0 if hangs else max(1, min(block.level - above, DEEPEST))
            pieces = self.cut(block.public_text, block.marks, block.notes)
            yield Paragraph(anchor(block.id), block.number, depth, block.bulleted, pieces)

    def grid(self, table: PublicTable) -> Grid:
        def cell(row: int | None, column: int | None, text: str) -> tuple[Piece, ...]:
            marks = [mark for mark in table.marks if (mark.row, mark.column) == (row, column)]
            return self.cut(text, marks, [note for note in table.notes if (note.row, note.column) == (row, column)])

        caption = cell(None, None, table.caption or "")
        header = tuple(cell(0, column, text) for column, text in enumerate(table.public_header))
        rows = tuple(
            tuple(cell(number, column, text) for column, text in enumerate(row))
            for number, row in enumerate(table.public_rows, start=1)
        )
        width = max((len(row) for row in table.public_rows), default=0)
        names = (table.public_header + ("",) * width)[: max(width, len(table.public_header))]
        figures = tuple(_are_figures([row[n] for row in table.public_rows if n < len(row)]) for n in range(len(names)))
        last = rows[-1] if table.totals and rows else None
        rest = rows[:-1] if last else rows
        return Grid(anchor(table.id), caption, table.caption, header, names, rest, last, figures)


def _are_figures(cells: Sequence[str]) -> bool:
    """Whether a column holds figures, which are read from their last digit on."""
    said = [cell for cell in cells if cell.strip()]
    return bool(said) and all(FIGURE.fullmatch(cell.strip()) for cell in said)


def _hangs(passage: PublicPassage) -> bool:
    """Whether a number hangs in the margin: 1 or 2.2.3, not the (1) of a list below it."""
    own = passage.id.rpartition("/")[2].partition("~")[0] == passage.number
    return own and (passage.number or "")[:1].isdigit()


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
    footnotes: tuple[Footnote, ...]
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
            marker.cut(section.public_heading, section.marks, section.notes),
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
    return Reading(title, summary, asked, sections, marker.footnotes(), marker.targets, contracts)
