"""Pages on which much is drawn: charts, maps and long forms are read, and what was made to take for ever is held."""

from __future__ import annotations

import math
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from ingest import tables
from ingest.document import Document
from ingest.reader import read_bytes
from tests.pages import HIGH, grid, lines, print_pdf, stroke

Point = tuple[float, float]
PROSE = lines(110, 60, *["Deferred? YES/NO and so on, and on to the end"] * 46, pitch=16)


def path(*points: Point) -> str:
    (x, y), *rest = points
    return f"q 0.5 w {x:.2f} {HIGH - y:.2f} m {' '.join(f'{x:.2f} {HIGH - y:.2f} l' for x, y in rest)} S Q\n"


def squares(count: int, across: int, apart: float, side: float = 9) -> str:
    """So many boxes in rows, a line from left to right, below each other."""
    places = ((20 + apart * (n % across), 30 + apart * (n // across)) for n in range(count))
    return "".join(square(x, y, side) for x, y in places)


def square(x: float, y: float, side: float = 9) -> str:
    return f"q 0.7 w {x:.3f} {HIGH - y:.3f} {side} {side} re S Q\n"


def chart() -> str:
    """Twelve curves of a hundred pieces, each piece a line by itself."""
    curves = ([(60 + 4 * n, 400 + 9 * k + 60 * math.sin(n / 9 + k)) for n in range(101)] for k in range(12))
    return "".join(path(one, other) for curve in curves for one, other in pairwise(curve))


def scattered(count: int, wide: float) -> str:
    """Boxes anywhere in a place so wide, upon one another."""
    chance = random.Random(1)
    return "".join(square(100 + chance.random() * wide, 100 + chance.random() * wide) for _ in range(count))


def streets() -> str:
    """Crooked lines all over a page."""
    chance = random.Random(2)
    drawn = ""
    for _ in range(700):
        points = [(60 + chance.random() * 470, 100 + chance.random() * 600)]
        for _ in range(12):
            points.append((points[-1][0] + chance.uniform(-9, 9), points[-1][1] + chance.uniform(-9, 9)))
        drawn += path(*points)
    return drawn


def mesh(count: int, pitch: float) -> str:
    """A grid in which every other line ends early, so that it is no plain one."""
    far = 100 + pitch * (count - 1)
    level = "".join(stroke(40, 100 + pitch * n, 40 + pitch * count, 100 + pitch * n, 0.2) for n in range(count))
    ends = (far - 2 * pitch * (n % 2) for n in range(count))
    return level + "".join(stroke(40 + pitch * n, 100, 40 + pitch * n, end, 0.2) for n, end in enumerate(ends))


def read(folder: Path, *sheets: str) -> Document:
    return read_bytes("one.pdf", print_pdf(folder / "one.pdf", *sheets).read_bytes(), search=False)


def held(document: Document) -> set[str]:
    return {found.kind for found in document.hidden} - {"not-searched"}


# What is drawn, the boxes to tick on it, and what holds the paper.
DRAWN = [
    ("a form of 200 boxes", PROSE + squares(200, 5, 15), 200, set()),
    ("a sheet of boxes", squares(1480, 37, 15), 1480, set()),
    ("a chart in 1,200 pieces", lines(110, 60, *["Deferred? YES/NO"] * 16, pitch=16) + chart(), 0, set()),
    ("a map", streets(), 0, set()),
    ("graph paper", "".join(stroke(40, 60 + 2 * n, 540, 60 + 2 * n, 0.1) for n in range(350)), 0, set()),
    (
        "a table with a merged cell",
        grid(60, (72, 272, 522), [[["a"], ["b"]]] * 20) + stroke(400, 60, 400, 80),
        0,
        set(),
    ),
    ("an odd table of 1,600 cells", mesh(40, 12), 0, set()),
    ("ten thousand small boxes", squares(10_000, 100, 5.6, 5), 0, {"hidden-stroke"}),
    ("four thousand", squares(4000, 100, 5.6, 5), 0, set()),  # they nearly touch: places for figures
    ("boxes upon boxes", scattered(3000, 400), None, set()),
    ("boxes all in one place", scattered(5000, 5), 0, {"hidden-stroke"}),
    ("a mesh as fine as rules can be told apart", mesh(170, 3.2), 0, {"unread-ruling"}),
]


@pytest.mark.parametrize(("drawn", "boxes", "holds"), [row[1:] for row in DRAWN], ids=[row[0] for row in DRAWN])
def test_much_drawing_is_read_or_held(tmp_path: Path, drawn: str, boxes: int | None, holds: set[str]) -> None:
    document = read(tmp_path, drawn)
    assert held(document) == holds
    kinds = Counter(mark.kind for mark in document.pages[0].marks)
    assert boxes is None or kinds["box"] == boxes
    assert not any(word.struck for line in document.pages[0].lines for word in line.words)


def test_a_page_too_dense_to_read_costs_the_others_nothing(tmp_path: Path) -> None:
    """It is named, and its neighbours keep their tables."""
    odd = mesh(6, 40)
    document = read(tmp_path, odd, mesh(170, 3.2), odd)
    assert [(found.kind, found.page) for found in document.hidden[1:]] == [("unread-ruling", 2)]
    assert [table.pages for table in document.tables] == [(1,), (3,)]


def test_a_paper_full_of_odd_tables_is_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one paper may take is shared by its pages."""
    monkeypatch.setattr("ingest.ruled.MOST", 400_000)
    document = read(tmp_path, *[mesh(6, 40)] * 4)
    assert [found.page for found in document.hidden if found.kind == "unread-ruling"] == [4]
    assert tables.UNREAD in {found.detail for found in document.hidden}
