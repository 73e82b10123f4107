"""Where on paper a fact was read: the lines of a thing, and the box they fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.facts import Evidence
from extract.paragraphs import join
from ingest.document import Box, Cell, Line, Picture, Table


def evidence_of(lines: Sequence[Line] | Sequence[Cell], text: str | None = None) -> Evidence:
    """Where a field was read: the box of its lines on the page of the first."""
    first = lines[0]
    page = first.page if isinstance(first, Line) else first.lines[0].page
    here = [line for line in lines if not isinstance(line, Line) or line.page == page]
    box: Box = here[0].box
    for line in here[1:]:
        box = box.union(line.box)
    return Evidence(page=page, box=box, text=text or join(line.text for line in lines))


def lines_of(flow: Iterable[Line | Table | Picture]) -> Iterator[Line]:
    """Every line, those in tables too."""
    for thing in flow:
        if isinstance(thing, Line):
            yield thing
        elif isinstance(thing, Table):
            yield from (line for row in thing.rows for cell in row for line in cell.lines)
