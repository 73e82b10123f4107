"""Where on paper a fact was read: the lines, words, cell or picture it was read from, and the boxes they fill.

A field's `page` and `box` say where it begins. Where that box alone would not hold exactly its words, because they
stand in several lines or on several pages, `boxes` are all the stretches of print it was read from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.facts import Evidence, Place
from extract.paragraphs import join
from ingest.document import Box, Cell, Line, Picture, Table, Word, spell
from ingest.runs import Run


def evidence_of(lines: Sequence[Line] | Sequence[Cell], text: str | None = None) -> Evidence:
    """Where a field was read: the box of its lines, a new one where they go on elsewhere: higher up, or overleaf."""
    places: list[tuple[int, Box]] = []
    for thing in lines:
        for line in thing.lines if isinstance(thing, Cell) else (thing,):
            box = thing.box if isinstance(thing, Cell) and _keeps_to_a_page(thing) else line.box
            if places and places[-1][0] == line.page and box.bottom > places[-1][1].top:
                places[-1] = line.page, places[-1][1].union(box)
            else:
                places.append((line.page, box))
    return _evidence(places, text or join(line.text for line in lines))


def evidence_of_cell(cell: Cell, page: int) -> Evidence:
    """Where a cell stands, be it empty; `page` is that of its row."""
    return evidence_of([cell]) if cell.lines else _evidence([(page, cell.box)], "")


def evidence_of_print(rows: Iterable[tuple[Line, Sequence[Word] | Sequence[Run]]]) -> Evidence:
    """Where some print stands, a box for each line: given with its words, or with its runs where it is whole."""
    places, texts = [], []
    for line, printed in rows:
        box = printed[0].box
        for one in printed[1:]:
            box = box.union(one.box)
        places.append((line.page, box))
        texts.append(line.text if printed is line.runs else spell(printed))
    return _evidence(places, join(texts))


def evidence_of_picture(picture: Picture) -> Evidence:
    """Where a picture stands, such as a signature: it has no words."""
    return _evidence([(picture.page, picture.box)], "")


def _keeps_to_a_page(cell: Cell) -> bool:
    return len({line.page for line in cell.lines}) == 1


def _evidence(places: Sequence[tuple[int, Box]], text: str) -> Evidence:
    page = places[0][0]
    whole = places[0][1]
    for number, box in places[1:]:
        whole = whole.union(box) if number == page else whole
    boxes = tuple(Place(page=number, box=box) for number, box in places) if len(places) > 1 else ()
    return Evidence(page=page, box=whole, text=text, boxes=boxes)


def lines_of(flow: Iterable[Line | Table | Picture]) -> Iterator[Line]:
    """Every line, those in tables too."""
    for thing in flow:
        if isinstance(thing, Line):
            yield thing
        elif isinstance(thing, Table):
            yield from (line for row in thing.rows for cell in row for line in cell.lines)
