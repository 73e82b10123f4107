"""Footnotes of a paper: which of them are public, and what each says.

A note is public only where everything that leads to it stands in a public place and none of its lines is on a page of
Part 2 or on one that bears a marking. Any other is kept back with the rest of what is: silence withholds. What reads
like the beginning of a Part 2 is no note at all, but text that closes what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.edges import with_sure_notes
from extract.evidence import lines_of
from extract.facts import Place
from extract.form import Form, Part
from extract.paragraphs import join
from extract.passages import name
from extract.record import Block, Footnote, Section
from extract.texts import heading_place
from ingest.document import Box, Document, Line, Note, spell


def settle(document: Document, form: Form) -> tuple[Form, tuple[int, ...]]:
    """The form with the notes that are not public among what is kept back, and which notes are public."""
    if not document.notes:
        return form, ()
    notes = with_sure_notes(document).notes
    exempt = {line.page for part in form.holding("part2") for line in lines_of(part.flow)}
    closed = exempt | {line.page for line in form.marked}
    open_pages = {line.page for part in form.holding("passages", "sections") for line in lines_of(part.flow)}
    open_pages -= {line.page for line in lines_of(form.unplaced)}
    led = _leading(form)
    public: list[int] = []
    kept: list[Line] = []
    secret: list[Line] = []
    for index, note in ((index, note) for index, note in enumerate(notes) if note.lines):
        pages, holds = {line.page for line in note.lines}, led.get(index, set())
        known = holds <= {"passages", "sections", "field"} if holds else pages <= open_pages
        if known and not pages & closed:
            public.append(index)
        elif pages & exempt or "part2" in holds:
            secret.extend(note.lines)
        else:
            kept.extend(note.lines)
    parts = form.parts
    last = max((n for n, part in enumerate(parts) if part.place.holds == "part2"), default=None)
    if secret and last is not None:
        longer = Part(parts[last].place, (*parts[last].flow, *secret), parts[last].heading)
        parts = (*parts[:last], longer, *parts[last + 1 :])
    else:
        kept.extend(secret)
    return replace(form, parts=parts, unplaced=(*form.unplaced, *kept)), tuple(public)


def _leading(form: Form) -> dict[int, set[str]]:
    """What the places hold in which the marks of each note stand."""
    led: dict[int, set[str]] = {}
    for holds, flow in (*((part.place.holds, part.flow) for part in form.parts), ("unplaced", form.unplaced)):
        for note in (run.note for line in lines_of(flow) for run in line.runs):
            if note is not None:
                led.setdefault(note, set()).add(holds)
    return led


def read(
    document: Document, public: Iterable[int], passages: Sequence[Block], sections: Sequence[Section]
) -> tuple[Footnote, ...]:
    """What the public notes say, each with the passage that leads to it: None where its mark was not found in any."""
    of_passages = [(mark.footnote, passage.id) for passage in passages for mark in passage.notes]
    of_headings = [
        (mark.footnote, heading_place(order, section))
        for order, section in enumerate(sections, 1)
        for mark in section.notes
    ]
    led = dict(reversed([*of_passages, *of_headings]))  # the first wins
    return tuple(_footnote(document.notes[index], name(index), led.get(name(index))) for index in public)


def _footnote(note: Note, identity: str, passage: str | None) -> Footnote:
    places: dict[int, Box] = {}
    for line in note.lines:
        places[line.page] = places[line.page].union(line.box) if line.page in places else line.box
    return Footnote(
        id=identity,
        number=None,
        level=1,
        text=join(line.text for line in note.lines),
        page=note.lines[0].page,
        boxes=tuple(Place(page=page, box=box) for page, box in places.items()),
        label=note.mark,
        mark=note.mark,
        passage=passage,
    )


def printed(line: Line) -> str:
    """All that stands on a line, marks of notes too: for text that is kept back, in which no note is set apart."""
    return spell(run._replace(note=None) for run in line.runs)
