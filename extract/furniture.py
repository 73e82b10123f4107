"""What is printed on a paper and is no passage: running lines, headings of the form's places, and the form's own words.

With it every word of a paper is accounted for: it stands in the record, it is kept back, or it is named here. The words
of the private places hold the fields that are read from them, too; they are counted here and shown nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from extract.evidence import lines_of
from extract.fields import unread
from extract.footnotes import printed
from extract.form import Flow, Form
from extract.paragraphs import Setting
from extract.record import Furniture
from extract.signatures import after_signing
from ingest.document import Document, Line

Why = Literal["running", "heading", "repeated", "form"]
COUNTED = re.compile(r"\bpage\s+\d+(?:\s*(?:of|/)\s*\d+)?|\b\d+\s*(?:of|/)\s*\d+|^\W*\d+\W*$", re.IGNORECASE)


class Named(NamedTuple):
    """A line that is no part of a passage, and why."""

    line: Line
    why: Why


def unplaced(form: Form, setting: Setting) -> tuple[Flow, ...]:
    """What stands in no recognised place: in none of the form's, or in one below all that is read from it."""
    return (*form.unplaced, *after_signing(form), *unread(form, setting), *_running_alone(form))


def furniture(document: Document, form: Form, left: Iterable[Flow]) -> tuple[Named, ...]:
    """Every line that is neither in a passage nor kept back, as what is `left` unplaced is; none is named twice."""
    kept = {id(line) for line in lines_of(left)}
    secret = _secret(form)
    named: dict[int, Named] = {}
    for line, why in _lines(document, form):
        if id(line) not in kept and not (why == "running" and line in secret):
            named.setdefault(id(line), Named(line, why))
    return tuple(named.values())


def _lines(document: Document, form: Form) -> Iterator[tuple[Line, Why]]:
    for part in form.parts:
        holds = part.place.holds
        if holds in ("passages", "sections"):
            yield from ((line, "heading") for line in lines_of(part.flow[: part.heading]))
        elif holds != "part2":
            yield from ((line, "form") for line in lines_of(part.flow))
    yield from ((line, "running") for line in form.furniture)
    closed = _closed(form)
    for table in document.tables:
        again = (line for row in table.repeated for cell in row for line in cell.lines)
        yield from ((line, "repeated") for line in again if line.page not in closed)


def _closed(form: Form) -> set[int]:
    exempt = {line.page for part in form.holding("part2") for line in lines_of(part.flow)}
    return exempt | {line.page for line in form.marked}


def _secret(form: Form) -> set[Line]:
    """The running lines of pages of Part 2 that stand on no other page: they may say what it is about."""
    closed = _closed(form)
    if not closed:
        return set()
    elsewhere = {_said(line) for line in form.furniture if line.page not in closed}
    return {line for line in form.furniture if line.page in closed and _said(line) not in elsewhere}


def _running_alone(form: Form) -> tuple[Line, ...]:
    """The running lines of pages of which nothing is placed, such as those behind a marked one, that no other has."""
    left = {line.page for line in lines_of(form.unplaced)} if form.edition else set()
    if not left:
        return ()
    placed = {line.page for part in form.parts for line in lines_of(part.flow)}
    elsewhere = {_said(line) for line in form.furniture if line.page in placed}
    pages = left - placed - _closed(form)
    return tuple(line for line in form.furniture if line.page in pages and _said(line) not in elsewhere)


def _said(line: Line) -> str:
    """What a running line says, whichever page of the paper it counts."""
    return COUNTED.sub("#", line.text)


def running_of_part2(document: Document, form: Form) -> tuple[Flow, ...]:
    """What is kept back with a Part 2: its own running lines, and the headers of its tables that are printed again."""
    closed, secret = _closed(form), _secret(form)
    again = (line for table in document.tables for row in table.repeated for cell in row for line in cell.lines)
    return (*(line for line in form.furniture if line in secret), *(line for line in again if line.page in closed))


def shown(named: Iterable[Named]) -> tuple[Furniture, ...]:
    """What the record says of it: all but the words of the form's own places, which may be private."""
    return tuple(
        Furniture(page=one.line.page, box=one.line.box, text=printed(one.line), why=one.why)
        for one in named
        if one.why != "form"
    )
