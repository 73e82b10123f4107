"""Ruled tables, with a table that runs over pages joined, and a row split in two as well.

A plain grid is cut from its rules at once (`ingest.grid`); for any other ruling pdfplumber finds the cells, since no
engine does it better (`ingest.ruled`). The words in them are our own, since its words cost fifty times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.document import Box, Cell, Hidden, Line, Page, Table
from ingest.grid import Grid, find_grids
from ingest.ruled import ruled
from ingest.runs import Run

FILLS = 4  # filled areas: so many may be the cells of a table that has no rules
MARGIN_SHARE = 0.12  # of the page's height: where only furniture stands between two parts of a table
SAME_HEIGHT = 3.0  # points: a running header stands so exactly at its height on every page
SAME_EDGE = 4.0  # points: column edges closer than this are the same column
UNREAD = "More lines are drawn on the page than can be told apart, so no table was looked for there."
SENTENCE_ENDS = (".", "!", "?", ":", ";", "✓")


def find_tables(pages: Sequence[Page], source: bytes) -> tuple[tuple[Table, ...], tuple[Hidden, ...]]:
    """Every ruled table of the paper, in order, and what holds it: the pages with more ruling than can be read."""
    plain = {page.number: find_grids(page.rules) for page in pages}
    odd = [
        page for page in pages if plain[page.number] is None or (not plain[page.number] and len(page.fills) >= FILLS)
    ]
    plain.update(zip([page.number for page in odd], ruled(odd, source), strict=True))
    unread = [Hidden("unread-ruling", page.number, None, "", UNREAD) for page in odd if plain[page.number] is None]
    single = ((page, one) for page in pages for grid in plain[page.number] or () for one in _apart(grid))
    parts = [_fill(page, part) for page, part in single if _holds_more_than_one(part)]
    return _join(parts, {page.number: page for page in pages}), tuple(unread)


def _apart(grid: Grid) -> Iterator[Grid]:
    """The tables in what a finder took for one: where other columns begin, another table stands right below.

    A merged cell ends where the cells beside it end, so it has no edge of its own.
    """
    rows: list[tuple[Box, ...]] = []
    for row in grid.rows:
        if len(rows) > 1 and len(row) > 1 and not (_edges(row) <= _edges(*rows) or _edges(*rows) <= _edges(row)):
            yield _grid_of(rows)
            rows = []
        rows.append(row)
    yield _grid_of(rows) if len(rows) < len(grid.rows) else grid


def _edges(*rows: Sequence[Box]) -> set[int]:
    """The left edges of cells, to within the width of a rule."""
    return {round(cell.x0 / SAME_EDGE) for row in rows for cell in row}


def _grid_of(rows: Sequence[tuple[Box, ...]]) -> Grid:
    box = rows[0][0]
    for cell in (cell for row in rows for cell in row):
        box = box.union(cell)
    return Grid(tuple(rows), box)


def _holds_more_than_one(grid: Grid) -> bool:
    """A single box is a frame around text, not a table; one row may be the end of a table from the page before."""
    return max(len(row) for row in grid.rows) > 1


def _fill(page: Page, grid: Grid) -> Table:
    heights = [(line.box.top + line.box.bottom) / 2 for line in page.lines]
    rows: list[tuple[Cell, ...]] = []
    for row in grid.rows:
        cells: list[Cell] = []
        level: tuple[float, float] | None = None  # of the cell before: nearly always the whole row's
        beside: list[Line] = []
        for box in row:
            if (box.top, box.bottom) != level:
                level = top, bottom = box.top, box.bottom
                beside = [line for line, at in zip(page.lines, heights, strict=True) if top <= at <= bottom]
            cells.append(Cell(tuple(filter(None, [_inside(line, box) for line in beside])), box))
        rows.append(tuple(cells))
    return Table(tuple(rows), (page.number,), (grid.box,))


def _inside(line: Line, box: Box) -> Line | None:
    """The runs of a line, or the words of them, whose middle lies between the edges of a cell."""
    left, right = box.x0, box.x1
    runs: list[Run] = []
    for run in line.runs:
        x0, _, x1, _ = run.box
        if left <= x0 and x1 <= right:
            runs.append(run)
        elif x0 <= right and left <= x1:
            runs += [word for word in run.pieces() if left <= (word.box.x0 + word.box.x1) / 2 <= right]
    if not runs:
        return None
    around = runs[0].box
    for run in runs[1:]:
        around = around.union(run.box)
    return Line(tuple(runs), around, page=line.page, baseline=line.baseline)


def _join(parts: Iterable[Table], pages: dict[int, Page]) -> tuple[Table, ...]:
    joined: list[Table] = []
    for part in parts:
        if joined and _goes_on(joined[-1], part, pages):
            joined[-1] = _joined(joined[-1], part)
        else:
            joined.append(part)
    return tuple(joined)


def _goes_on(first: Table, second: Table, pages: dict[int, Page]) -> bool:
    """Whether `second` is the same table on the next page: same columns, and nothing but furniture between."""
    if second.pages[0] != first.pages[-1] + 1 or _columns(first) != len(second.rows[0]):
        return False
    edges = zip(first.rows[-1], second.rows[0], strict=False)
    if any(abs(a.box.x0 - b.box.x0) > SAME_EDGE or abs(a.box.x1 - b.box.x1) > SAME_EDGE for a, b in edges):
        return False
    page, following = pages[first.pages[-1]], pages[second.pages[0]]
    below = [line for line in page.lines if line.box.top > first.boxes[-1].bottom]
    above = [line for line in following.lines if line.box.bottom < second.boxes[0].top]
    foot, head = page.height * (1 - MARGIN_SHARE), following.height * MARGIN_SHARE
    if any(line.box.top <= foot for line in below) or any(line.box.bottom >= head for line in above):
        return False
    return all(_repeats(line, pages) for line in (*below, *above))


def _repeats(line: Line, pages: dict[int, Page]) -> bool:
    """Whether a line at the edge of a page is a page number, or stands on another page too.

    A heading, or the marking of a page that is the first to bear one, parts two tables.
    """
    words = _but_for_numbers(line)
    return (
        not words.strip(" #-–|/()")
        or words.casefold() in ("page #", "page # of #")
        or any(
            words == _but_for_numbers(other) and abs(other.baseline - line.baseline) < SAME_HEIGHT
            for page in pages.values()
            if page.number != line.page
            for other in page.lines
        )
    )


def _but_for_numbers(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _columns(table: Table) -> int:
    return len(table.rows[-1])


def _joined(first: Table, second: Table) -> Table:
    rows = list(second.rows)
    repeated = first.repeated
    if len(rows) > 1 and [cell.text for cell in rows[0]] == [cell.text for cell in first.rows[0]]:
        repeated = (*repeated, rows[0])
        rows = rows[1:]
    before = list(first.rows)
    if rows and _row_goes_on(before[-1], rows[0]):
        before[-1] = tuple(
            Cell((*top.lines, *rest.lines), top.box) for top, rest in zip(before[-1], rows[0], strict=True)
        )
        rows = rows[1:]
    return Table((*before, *rows), (*first.pages, *second.pages), (*first.boxes, *second.boxes), repeated)


def _row_goes_on(last: Sequence[Cell], following: Sequence[Cell]) -> bool:
    """Whether a row was cut by the page's end: one cell goes on in mid-sentence, and one has nothing more to say."""
    if len(last) != len(following):
        return False
    finished = any(not cell.lines for cell in following)
    return finished and any(_cell_goes_on(before, after) for before, after in zip(last, following, strict=True))


def _cell_goes_on(before: Cell, after: Cell) -> bool:
    """In mid-sentence: small letters follow, or the next word found no room on a line that ends no sentence."""
    if not before.lines or not after.lines:
        return False
    last, word = before.lines[-1].box, after.lines[0].words[0]
    inset = min(line.box.x0 for line in before.lines) - before.box.x0
    room = before.box.x1 - inset - last.x1
    return after.text[:1].islower() or (
        not before.text.endswith(SENTENCE_ENDS) and word.box.width + word.size / 4 > room
    )
