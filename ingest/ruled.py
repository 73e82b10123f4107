"""The one room of pdfplumber: the cells of tables that are no plain grid, where there is not too much ruling to tell.

It compares each rule with every other, and each of their crossings, so both are counted before it does.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ingest.document import Box, Page
from ingest.grid import Grid
from ingest.nearby import Crowded, Looks, Nearby

MOST = 1_000_000_000  # looks at a paper: a quarter of a minute
A_PATH = 10_000  # looks that a path of a page costs in reading
A_PAIR, CROSSINGS = 20, 2  # the same for two rules that may cross, and for two of their crossings
REACH = 1.0  # points: rules so close to each other cross


def ruled(pages: Sequence[Page], source: bytes) -> Iterator[tuple[Grid, ...] | None]:
    """The tables on each of these pages; None where there is too much to look at."""
    if not pages:
        return
    import pdfplumber  # half a second to load: only a paper with an odd table pays it
    from pdfplumber.table import TableFinder

    looks = Looks(MOST)

    class Counted(TableFinder):
        def get_edges(self) -> list[dict[str, Any]]:
            edges: list[dict[str, Any]] = super().get_edges()
            looks.take(_looks(edges))
            return edges

    with pdfplumber.open(io.BytesIO(source)) as pdf:
        for page in pages:
            try:
                looks.take(A_PATH * (len(page.rules) + len(page.fills)))
                tables = Counted(pdf.pages[page.number - 1]).tables
            except Crowded:
                yield None
                continue
            yield tuple(
                Grid(tuple(tuple(Box(*cell) for cell in row.cells if cell) for row in found.rows), Box(*found.bbox))
                for found in tables
            )


def _looks(edges: Iterable[dict[str, Any]]) -> int:
    level: list[Box] = []
    upright: list[Box] = []
    for edge in edges:
        box = Box(edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        (level if edge["orientation"] == "h" else upright).append(box)
    places = Nearby(Looks(), level)
    crossings = sum(len(places.near(box, REACH)) for box in upright)
    return A_PAIR * len(level) * len(upright) + CROSSINGS * crossings**2
