"""What a PDF shows, as frozen values: words with their place and type, ruled lines, fills, pictures. No I/O.

Coordinates are points with the origin at the top left of the page as it is displayed; pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.kept import kept
from ingest.runs import Box as Box  # these are read through here
from ingest.runs import Run, words_of
from ingest.runs import Word as Word
from ingest.runs import spell as spell
from ingest.seen import DigitalSignature as DigitalSignature
from ingest.seen import Hidden as Hidden
from ingest.seen import Mark as Mark
from ingest.seen import MarkKind as MarkKind


class _Printed(NamedTuple):
    """What a line is known by, as the cheapest frozen value there is; what is kept beside it is no part of that."""

    runs: tuple[Run, ...]
    box: Box
    page: int
    baseline: float


class Line(_Printed):
    """One printed line: its runs from left to right, and the height they stand on.

    Words are cut out of the runs only where they are asked for, since most lines are read whole
    (docs/decisions/0007-words-when-they-are-asked-for.md).
    """

    @classmethod
    def of(cls, words: Iterable[Word], box: Box, page: int, baseline: float) -> Line:
        """A line of words that are known already, such as those in one column of a table."""
        return cls(tuple(Run.of(word, baseline) for word in words), box, page, baseline)

    def part(self, words: Sequence[Word]) -> Line:
        """The piece of the line that is these of its words."""
        return self.of_runs([Run.of(word, self.baseline) for word in words])

    def of_runs(self, runs: Sequence[Run]) -> Line:
        """The piece of the line that is these of its runs, or of what those were cut into."""
        return self._replace(runs=tuple(runs), box=self.box._replace(x0=runs[0].box.x0, x1=runs[-1].box.x1))

    @kept
    def words(self) -> tuple[Word, ...]:
        return words_of(self.runs)

    @kept
    def text(self) -> str:
        """The words as one string, with the spaces that are printed."""
        runs = self.runs
        if len(runs) == 1 and not runs[0].raised and runs[0].note is None:  # most lines
            return " ".join(runs[0].text.split())
        return spell(runs)

    @property
    def opening(self) -> str:
        """The first word."""
        runs = self.runs
        return runs[0].opening if len(runs) == 1 or not runs[1].glued else self.words[0].text

    @property
    def opening_width(self) -> float:
        """How much room the first word takes."""
        runs = self.runs
        return runs[0].opening_width if len(runs) == 1 or not runs[1].glued else self.words[0].box.width

    @property
    def opening_gap(self) -> float | None:
        """How far the second word stands from the first; None where there is no second."""
        runs = self.runs
        if len(runs) > 1 and runs[1].glued:
            words = self.words
            return words[1].box.x0 - words[0].box.x1 if len(words) > 1 else None
        if runs[0].text != runs[0].opening:
            return runs[0].first_space
        return runs[1].box.x0 - runs[0].box.x1 if len(runs) > 1 else None

    @kept
    def bold(self) -> bool:
        """Whether every word is."""
        for run in self.runs:  # noqa: SIM110 - of every line, and twice as fast as `all`
            if not run.face.bold:
                return False
        return True

    @kept
    def italic(self) -> bool:
        """Whether every word is."""
        return all(run.face.italic for run in self.runs)

    @property
    def size(self) -> float:
        """The type size of the first word."""
        return self.runs[0].size

    @property
    def has_wide_gap(self) -> bool:
        """Whether white space on the line is wider than its type is high, as between two columns."""
        before = None
        for run in self.runs:
            if run.widest_space > run.size or (before and run.box.x0 - before.box.x1 > run.size):
                return True
            before = run
        return False

    @property
    def place(self) -> tuple[int, float, float]:
        """Where it begins: no other line does there."""
        return self.page, self.baseline, self.box.x0


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its printed mark, and its lines, which may go on at the foot of the next page."""

    mark: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def places(self) -> frozenset[tuple[int, float, float]]:
        return frozenset(line.place for line in self.lines)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal or vertical, drawn as a stroke or as a thin fill."""

    box: Box

    @property
    def horizontal(self) -> bool:
        x0, top, x1, bottom = self.box
        return x1 - x0 >= bottom - top


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area; `colour` is red, green, blue, alpha, each 0 to 255."""

    box: Box
    colour: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a ruled table."""

    lines: tuple[Line, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table, joined over pages: `rows` of cells, and the `page` and `box` of each of its parts.

    `repeated`: its header as it is printed again on a further page; it is no row.
    """

    rows: tuple[tuple[Cell, ...], ...]
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]
    repeated: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its printed lines in reading order and what is drawn on it. `scanned` is true where it has no text.

    `ocr`: its text was read from a picture, which was `turned` by so many degrees (clockwise, about its middle) to lie
    straight; the places on the page are those of the straight one.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Box, ...]
    scanned: bool = False
    ocr: bool = False
    turned: float = 0.0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: a logo, a signature, or the whole page of a scan."""

    box: Box
    page: int


@dataclass(frozen=True, slots=True)
class Document:
    """A whole PDF as read. `hidden` lists what no reader sees; a document with any is quarantined."""

    file_name: str
    sha256: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    hidden: tuple[Hidden, ...] = field(default=())
    signatures: tuple[DigitalSignature, ...] = ()
    notes: tuple[Note, ...] = ()

    def flow(self) -> Iterator[Line | Table | Picture]:
        """Everything printed in reading order but footnotes: lines, tables where they begin, pictures.

        No line of a table comes twice.
        """
        noted = frozenset[tuple[int, float, float]]().union(*(note.places for note in self.notes))
        for page in self.pages:
            tables = [table for table in self.tables if table.pages[0] == page.number]
            taken = [
                box
                for table in self.tables
                for n, box in zip(table.pages, table.boxes, strict=True)
                if n == page.number
            ]
            lines = [line for line in page.lines if not any(_within(line.box, box) for box in taken)]
            lines = [line for line in lines if line.place not in noted] if noted else lines
            pictures = [Picture(box, page.number) for box in page.pictures]
            placed: list[tuple[float, Line | Table | Picture]] = [
                *((line.box.top, line) for line in lines),
                *((table.boxes[0].top, table) for table in tables),
                *((picture.box.top, picture) for picture in pictures),
            ]
            yield from (thing for _, thing in sorted(placed, key=lambda pair: pair[0]))


def _within(inner: Box, outer: Box) -> bool:
    middle = (inner.top + inner.bottom) / 2
    return outer.top <= middle <= outer.bottom and inner.x0 >= outer.x0 - 2 and inner.x1 <= outer.x1 + 2
