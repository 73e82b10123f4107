"""What a PDF shows, as frozen values: words with their place and type, ruled lines, fills, pictures. No I/O.

Coordinates are points with the origin at the top left of the page as it is displayed; pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Box(NamedTuple):
    """A rectangle in points, origin at the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def overlap(self, other: Box) -> float:
        """The area both share, in square points."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed. `struck`: deleted by a line drawn through it. `glued`: no space before it.

    `confidence` is 1 for text that is in the file; for text read from a picture, how sure the engine was of it.
    """

    text: str
    box: Box
    font: str
    size: float
    bold: bool
    italic: bool
    struck: bool = False
    glued: bool = False
    confidence: float = 1.0


def spell(words: Iterable[Word]) -> str:
    """The words as one string, with the spaces that are printed."""
    return "".join(word.text if word.glued else f" {word.text}" for word in words).strip()


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one printed line, left to right, and the height they stand on."""

    words: tuple[Word, ...]
    box: Box
    page: int
    baseline: float

    @property
    def text(self) -> str:
        return spell(self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal or vertical, drawn as a stroke or as a thin fill."""

    box: Box

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


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
    """A ruled table, joined over pages: `rows` of cells, and the `page` and `box` of each of its parts."""

    rows: tuple[tuple[Cell, ...], ...]
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something in the file that a reader cannot see or was not meant to see."""

    kind: str
    page: int | None
    box: Box | None
    text: str
    detail: str


MarkKind = Literal["box", "tick", "cross", "ink", "ring", "highlight", "cover"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page bears beside its words: boxes to tick, and what a hand or a program put on it afterwards.

    `tick` and `cross` are strokes of that shape, `ink` any other; a `ring` goes round something, a `highlight` lies
    under it, a `cover` over it. Whether a `box` is `ticked`; None where that cannot be told.
    """

    kind: MarkKind
    box: Box
    page: int
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A field for a digital signature: where it is shown, if anywhere, and whether it is `signed`.

    `to_end`: nothing in the file was added after it was signed. Who signed when is private. Whether the certificate is
    to be trusted is not asked here.
    """

    page: int | None
    box: Box | None
    signed: bool
    to_end: bool = False
    signer: str = ""
    time: str = ""


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

    def flow(self) -> Iterator[Line | Table | Picture]:
        """Everything printed in reading order: lines, tables where they begin, pictures; no line of a table twice."""
        for page in self.pages:
            tables = [table for table in self.tables if table.pages[0] == page.number]
            taken = [
                box
                for table in self.tables
                for n, box in zip(table.pages, table.boxes, strict=True)
                if n == page.number
            ]
            lines = [line for line in page.lines if not any(_within(line.box, box) for box in taken)]
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
