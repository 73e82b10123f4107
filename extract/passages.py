"""From paragraphs to the passages and sections of the record, each with an id that is stable in the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.facts import Place
from extract.nesting import Numbering
from extract.paragraphs import Paragraph, join, marks_in
from extract.record import Block, NoteMark, Passage, Section, TablePassage
from ingest.document import Picture, Table

Thing = Paragraph | Table | Picture
TOTAL = re.compile(r"(?:grand |sub-?|overall |net |gross )?totals?\b", re.IGNORECASE)


def name(note: int) -> str:
    """The id of a footnote: they are counted through the paper, since two pages may both have a note 1."""
    return f"footnote/{note + 1}"


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
                label=thing.label.whole if thing.label else None,
                notes=tuple(NoteMark(footnote=name(note), at=at) for note, at in thing.notes),
            )
        elif isinstance(thing, Table):
            yield _table(numbering.table(), thing, waiting)
            waiting = None


def _captions(paragraph: Paragraph) -> bool:
    """Whether a paragraph right above a table is its caption: it says so, or is set apart in bold or italics."""
    return paragraph.label is None and (paragraph.text.startswith("Table ") or paragraph.bold or paragraph.italic)


def _table(identity: str, table: Table, caption: Paragraph | None) -> TablePassage:
    rows = [tuple(join(line.text for line in cell.lines) for cell in row) for row in table.rows]
    heads = {
        line.page: max(cell.box.bottom for cell in row) for row in table.repeated for one in row for line in one.lines
    }
    places = [
        Place(page=page, box=box._replace(top=heads.get(page, box.top)))
        for page, box in zip(table.pages, table.boxes, strict=True)
    ]
    marks = [NoteMark(footnote=name(note), at=at) for note, at in (caption.notes if caption else ())]
    marks += [
        NoteMark(footnote=name(note), at=at, row=r, column=c)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row)
        if any(run.note is not None for line in cell.lines for run in line.runs)
        for note, at in marks_in([line.words for line in cell.lines])
    ]
    return TablePassage(
        id=identity,
        caption=caption.text if caption else None,
        header=rows[0],
        rows=tuple(rows[1:]),
        page=places[0].page,
        boxes=tuple(places),
        totals=len(rows) > 2 and bool(TOTAL.match(next((cell for cell in rows[-1] if cell), ""))),
        notes=tuple(marks),
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
    result: list[Section] = []
    taken: set[str] = set()
    printed = {opening.label.as_printed for opening, _ in groups if opening and opening.label}
    for order, (opening, content) in enumerate(groups, 1):
        number = opening.label.as_printed if opening and opening.label else None
        block = _block(order, number, taken, printed)
        taken.add(block)
        blocks = passages(block, content, depth_of_block=1)
        if opening or blocks:
            result.append(_section(number, opening, blocks))
    return tuple(result)


def _block(order: int, number: str | None, taken: set[str], printed: set[str]) -> str:
    """The name of a section's block: its number, or its place among the sections where that is no other's number."""
    wanted = number or str(order)
    return wanted if wanted not in taken and (number or wanted not in printed) else f"s{order}"


def _section(number: str | None, opening: Paragraph | None, blocks: tuple[Block, ...]) -> Section:
    if opening is None:
        return Section(number=number, heading="", passages=blocks)
    return Section(
        number=number,
        heading=opening.text,
        page=opening.lines[0].page,
        boxes=tuple(Place(page=page, box=box) for page, box in opening.places),
        passages=blocks,
        label=opening.label.whole if opening.label else None,
        notes=tuple(NoteMark(footnote=name(note), at=at) for note, at in opening.notes),
    )


def _numbered_heading(thing: Paragraph) -> bool:
    return thing.label is not None and len(thing.label.number) == 1 and thing.label.number[0].isdigit() and thing.bold
