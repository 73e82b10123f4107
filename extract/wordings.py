"""The words of a paper made ready to be matched, and where in it anything at all may open or close.

Most lines open no place and close none. Two cheap questions, asked once for all editions, tell which may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from extract.closing import closing_lines
from extract.editions import may_open
from extract.paragraphs import Setting, begins_at
from extract.starts import Wording
from ingest.document import Cell, Line, Picture, Table

Flow = Line | Table | Picture


class Wordings(tuple[Wording | None, ...]):
    """The words of each line of a flow, and of the first cell of each table.

    `printed` is all that stands there; `pictured` are the places of lines of a scan, and of tables in a paper with one.
    """

    printed: tuple[str, ...]
    pictured: frozenset[int]

    @cached_property
    def openers(self) -> tuple[int, ...]:
        """Where a printed heading may stand that opens a place."""
        return tuple(n for n, wording in enumerate(self) if wording and may_open(wording))

    @cached_property
    def closers(self) -> frozenset[int]:
        """Where the heading of a Part 2 or a marking may begin: on a scan anywhere, since letters are misread."""
        return self.pictured | closing_lines(self.printed)


def wordings_of(flow: Sequence[Flow], setting: Setting, scanned: frozenset[int]) -> Wordings:
    """The words of a flow; `scanned` are the pages that were read from pictures."""
    wordings = Wordings(_wordings(flow, setting, scanned))
    wordings.printed = tuple(map(_printed, flow))
    pictured = (n for n, thing in enumerate(flow) if isinstance(thing, Table) or thing.page in scanned)
    wordings.pictured = frozenset(pictured if scanned else ())
    return wordings


def _printed(thing: Flow) -> str:
    if isinstance(thing, Line):
        return thing.text
    return " ".join(cell.text for row in thing.rows for cell in row) if isinstance(thing, Table) else ""


def _wordings(flow: Sequence[Flow], setting: Setting, scanned: frozenset[int]) -> Iterator[Wording | None]:
    for n, thing in enumerate(flow):
        if isinstance(thing, Line):
            pictured = thing.page in scanned and begins_at(flow, n, setting)
            yield Wording.of(thing, scanned=pictured)
        else:
            yield _of_cell(thing.rows[0][0], scanned) if isinstance(thing, Table) else None


def _of_cell(cell: Cell, scanned: frozenset[int]) -> Wording | None:
    """The first line of a cell, or all of it where only that may be a heading: in a narrow column it is broken."""
    if not cell.lines:
        return None
    pictured = cell.lines[0].page in scanned
    first = Wording.of(cell.lines[0], pictured)
    return (
        first
        if may_open(first) and not pictured
        else Wording(cell.text, all(line.bold for line in cell.lines), pictured)
    )
