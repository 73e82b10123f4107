"""The words of a paper made ready to be matched, and where in it anything at all may open or close.

Most lines open no place and close none. Two cheap questions, asked once for all editions, tell which may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.closing import closing_lines
from extract.editions import may_open
from extract.paragraphs import Setting, begins_at
from extract.starts import Wording
from ingest.document import Cell, Line, Picture, Table
from ingest.kept import kept

Flow = Line | Table | Picture


@dataclass(frozen=True)
class Wordings:
    """The words of each line of a flow, and of the first cell of each table; made once, when they are asked for.

    `scanned` are the pages that were read from pictures.
    """

    flow: Sequence[Flow]
    setting: Setting
    scanned: frozenset[int]

    def __getitem__(self, n: int) -> Wording | None:
        if n not in self._made:
            self._made[n] = self._wording(n)
        return self._made[n]

    @kept
    def _made(self) -> dict[int, Wording | None]:
        return {}

    def _wording(self, n: int) -> Wording | None:
        thing = self.flow[n]
        if isinstance(thing, Line):
            return Wording.of(thing, thing.page in self.scanned and begins_at(self.flow, n, self.setting))
        return _of_cell(thing.rows[0][0], self.scanned) if isinstance(thing, Table) else None

    @kept
    def openers(self) -> tuple[int, ...]:
        """Where a printed heading may stand that opens a place."""
        return tuple(n for n, thing in enumerate(self.flow) if self._may_open(n, thing))

    def _may_open(self, n: int, thing: Flow) -> bool:
        if isinstance(thing, Line) and thing.page not in self.scanned:
            return may_open(thing.text, thing.bold or thing.text.isupper())
        wording = self[n]
        return wording is not None and (wording.scanned or may_open(wording.text, wording.apart))

    @kept
    def may_open(self) -> frozenset[int]:
        """The same as a set."""
        return frozenset(self.openers)

    @kept
    def closers(self) -> frozenset[int]:
        """Where the heading of a Part 2 or a marking may begin: on a scan anywhere, since letters are misread."""
        scanned = self.scanned
        pictured = (n for n, one in enumerate(self.flow) if isinstance(one, Table) or one.page in scanned)
        return frozenset(pictured if scanned else ()) | closing_lines(
            [thing.text if isinstance(thing, Line) else _in_cells(thing) for thing in self.flow]
        )


def _in_cells(thing: Table | Picture) -> str:
    return " ".join(cell.text for row in thing.rows for cell in row) if isinstance(thing, Table) else ""


def _of_cell(cell: Cell, scanned: frozenset[int]) -> Wording | None:
    """The first line of a cell, or all of it where only that may be a heading: in a narrow column it is broken."""
    if not cell.lines:
        return None
    pictured = cell.lines[0].page in scanned
    first = Wording.of(cell.lines[0], pictured)
    return (
        first
        if may_open(first.text, first.apart) and not pictured
        else Wording(cell.text, all(line.bold for line in cell.lines), pictured)
    )
