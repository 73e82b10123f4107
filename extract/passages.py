"""From paragraphs to the passages and sections of the record, each with an id that is stable in the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.facts import Place
from extract.nesting import Numbering
from extract.paragraphs import Paragraph
from extract.record import Block, Passage, Section, TablePassage
from ingest.document import Picture, Table

Thing = Paragraph | Table | Picture


def passages(block: str, things: Iterable[Thing], depth_of_block: int = 0) -> tuple[Block, ...]:
    """The passages of one block; `depth_of_block` is 1 where the block's own number opens theirs (2 in 2.1)."""
    numbering = Numbering(block, depth_of_block)
    return tuple(_passages(numbering, things))


def _passages(numbering: Numbering, things: Iterable[Thing]) -> Iterator[Block]:
    waiting: Paragraph | None = None
    for thing, following in pairwise((*things, None)):
        if isinstance(thing, Paragraph) and isinstance(following, Table) and _captions(thing):
            waiting = thing
        elif isinstance(thing, Paragraph):
            identity, number, level = numbering.place(thing.label, thing.lines[0].box.x0)
            places = tuple(Place(page=page, box=box) for page, box in thing.places)
            yield Passage(
                id=identity,
                number=number,
                level=level,
                text=thing.text,
                page=places[0].page,
                boxes=places,
                lead_in=thing.lead_in,
            )
        elif isinstance(thing, Table):
            yield _table(numbering.table(), thing, waiting.text if waiting else None)
            waiting = None


def _captions(paragraph: Paragraph) -> bool:
    """Whether a paragraph right above a table is its caption: it says so, or is set apart in bold or italics."""
    alike = all(word.bold for word in paragraph.words) or all(word.italic for word in paragraph.words)
    return paragraph.label is None and (paragraph.text.startswith("Table ") or alike)


def _table(identity: str, table: Table, caption: str | None) -> TablePassage:
    rows = [tuple(cell.text for cell in row) for row in table.rows]
    places = tuple(Place(page=n, box=box) for n, box in zip(table.pages, table.boxes, strict=True))
    return TablePassage(
        id=identity, caption=caption, header=rows[0], rows=tuple(rows[1:]), page=table.pages[0], boxes=places
    )


def sections(things: Sequence[Thing]) -> tuple[Section, ...]:
    """The sections of Part 1: a bold paragraph with a number of one level is a heading.

    Where no heading is numbered, every bold paragraph that stands alone is one.
    """
    numbered = any(isinstance(thing, Paragraph) and _numbered_heading(thing) for thing in things)
    groups: list[tuple[Paragraph | None, list[Thing]]] = []
    for thing in things:
        heading = isinstance(thing, Paragraph) and (
            _numbered_heading(thing) if numbered else thing.bold and thing.label is None
        )
        if heading and isinstance(thing, Paragraph):
            groups.append((thing, []))
        elif groups:
            groups[-1][1].append(thing)
        else:
            groups.append((None, [thing]))
    result, taken = [], set()
    for order, (opening, content) in enumerate(groups, 1):
        number = opening.label.as_printed if opening and opening.label else None
        block = number if number and number not in taken else f"s{order}"
        taken.add(block)
        blocks = passages(block, content, depth_of_block=1)
        if opening or blocks:
            result.append(Section(number=number, heading=opening.text if opening else "", passages=blocks))
    return tuple(result)


def _numbered_heading(thing: Paragraph) -> bool:
    return thing.bold and thing.label is not None and len(thing.label.number) == 1 and thing.label.number[0].isdigit()
