"""The originating officer's declarations, and which of them are ticked: in a table, or as lines with a box.

A tick is a letter, a box of a form, lines drawn in a box, or the ink of a pen in the cell. What is neither a tick nor
plainly nothing is no tick, and what was seen is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.answers import YES_NO, yes_or_no
from extract.evidence import evidence_of, evidence_of_cell
from extract.facts import Declaration, Evidence
from extract.form import Form
from extract.glyphs import glyph_of
from extract.marks import Marks
from extract.paragraphs import Paragraph, Setting, gather, join
from ingest.document import Box, Cell, Line, Table, Word, spell

LETTERS = re.compile(r"(?:x|y|yes)\.?", re.IGNORECASE)
BESIDE = 3.0  # points: how far above or below a line the middle of its box may be
TICK, CROSS, EMPTY, UNCLEAR = "tick", "cross", "empty", "unclear"
SAID = {
    CROSS: "a cross stands where other declarations have a tick",
    UNCLEAR: "something stands there that cannot be read as a tick",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """The declarations of a paper, where they stand, and what was seen where one is neither ticked nor plainly not."""

    rows: tuple[Declaration, ...] = ()
    evidence: tuple[tuple[str, Evidence], ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One declaration as it is printed, and the mark beside it."""

    topic: str
    statement: str
    printed: Evidence
    place: Evidence
    mark: str


def read_declarations(form: Form, setting: Setting, marks: Marks) -> Declared:
    """The originating officer's table or list; a mark in its heading belongs to no declaration."""
    tables = [thing for thing in form.flow("declarations") if isinstance(thing, Table)]
    rows = list(_in_table((row for table in tables for row in table.rows), form, marks))
    if not tables:
        rows = list(_in_lines(gather(form.flow("declarations"), setting), form, marks))
    # An X confirms as a tick does, unless the same officer ticks elsewhere: then it may well be a no.
    ticks = {TICK, CROSS} if not any(row.mark == TICK for row in rows) else {TICK}
    declared, evidence, remarks = [], [], []
    for n, row in enumerate(rows):
        path = f"declarations[{n}]"
        evidence += [(f"{path}.topic", row.printed), (f"{path}.statement", row.printed), (f"{path}.ticked", row.place)]
        if row.mark not in ticks and row.mark in SAID:
            remarks.append((f"{path}.ticked", SAID[row.mark]))
        declared.append(Declaration(topic=row.topic, statement=row.statement, ticked=row.mark in ticks))
    return Declared(tuple(declared), tuple(evidence), tuple(remarks))


def _in_table(rows: Iterator[tuple[Cell, ...]], form: Form, marks: Marks) -> Iterator[Row]:
    for row in rows:
        if len(row) < 2 or not row[0].lines or (form.parts and _opens(form, row[0].lines[0])):
            continue
        told = _topic(row[0].lines)
        if told:
            page = row[0].lines[0].page
            place = evidence_of_cell(row[-1], page)
            yield Row(*told, evidence_of([row[0]]), place, _mark_in(row[-1].lines, page, row[-1].box, marks))


def _in_lines(things: Sequence[object], form: Form, marks: Marks) -> Iterator[Row]:
    """Declarations that are paragraphs, with boxes beside them; none where no paragraph has one."""
    rows, boxes = [], 0
    for thing in things:
        if not isinstance(thing, Paragraph) or _opens(form, thing.lines[0]):
            continue
        first = thing.lines[0]
        beside = Box(0.0, first.box.top - BESIDE, float("inf"), first.box.bottom + BESIDE)
        words = [word for line in thing.lines for word in line.words]
        ends = [word for word in (words[0], words[-1]) if glyph_of(word)]
        told = _topic([line.part(kept) for line in thing.lines if (kept := [w for w in line.words if w not in ends])])
        states = [_of_glyph(word) for word in ends if not any(marks.over(first.page, word.box, "box"))]
        states += _of_marks(first.page, beside, marks)
        if told:
            rows.append(Row(*told, evidence_of(thing.lines), evidence_of(thing.lines[:1]), _one(states)))
            boxes += bool(states)
    yield from rows if boxes else ()


def _topic(lines: Sequence[Line]) -> tuple[str, str] | None:
    """The topic of a declaration, in bold or before a colon, and its statement; None where there is no topic."""
    runs = [run for line in lines for run in line.runs]
    bold = next((i for i, run in enumerate(runs) if not run.face.bold), len(runs))
    topic, colon, rest = spell(runs[:bold]), ":", join([spell(runs[bold:])])
    if not bold or bold == len(runs):
        topic, colon, rest = " ".join(line.text for line in lines).partition(":")
    if not colon:
        return None
    whole = join(line.text for line in lines)
    statement = whole[len(topic) :].lstrip(" :") if whole.startswith(topic) else ""
    return topic.rstrip(" :"), statement or rest


def _mark_in(lines: Sequence[Line], page: int, place: Box, marks: Marks) -> str:
    """What stands in the cell beside a declaration."""
    text = " ".join(line.text for line in lines).strip()
    words: list[Word] = [word for line in lines for word in line.words]
    if len({found.upper() for found in YES_NO.findall(text)}) == 2:
        answer = yes_or_no(lines, marks).answer
        return {"yes": TICK, "no": EMPTY}.get(answer, UNCLEAR)
    drawn = [mark.box for mark in marks.within(page, place, "box")]
    states = [_of_glyph(word) for word in words if not any(word.box.overlap(box) for box in drawn)]
    states += _of_marks(page, place, marks)
    if LETTERS.fullmatch(text) and not any(word.struck for word in words):
        return CROSS if text.upper() == "X" else TICK
    return _one(states)


def _of_marks(page: int, place: Box, marks: Marks) -> list[str]:
    return [
        {True: TICK, False: EMPTY, None: UNCLEAR}[mark.ticked]
        if mark.kind == "box"
        else {"tick": TICK, "cross": CROSS}.get(mark.kind, UNCLEAR)
        for mark in marks.within(page, place, "box", "tick", "cross", "ink", "ring", "cover")
    ]


def _of_glyph(word: Word) -> str:
    shown = {"tick": TICK, "ticked box": TICK, "cross": CROSS, "empty box": EMPTY}.get(glyph_of(word) or "", UNCLEAR)
    return UNCLEAR if word.struck and shown == TICK else shown


def _one(states: Sequence[str]) -> str:
    """What several marks in one place come to: nothing where there is none, and doubt where they differ."""
    told = set(states) - {EMPTY}
    return EMPTY if not told else next(iter(told)) if len(told) == 1 else UNCLEAR


def _opens(form: Form, line: Line) -> bool:
    return any(part.place.name == "declarations" and part.place.begins(line) for part in form.parts)
