"""Where something that is never public stands in a public place, told by its own printed label (`private.toml`).

A private block whose heading was not recognised would be text of the place above it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from extract.openings import Course
from extract.paragraphs import begins_at
from extract.starts import Start, Wording, start_of
from ingest.document import Line, Table

INSIDE = re.compile(r"\.\{\d+,\d+\}\\b([A-Za-z ]+)(?:\\b)?$")  # a row of nothing but words, a little inside


@cache
def private_labels() -> tuple[tuple[Start, bool], ...]:
    """The labels, whatever the form; each with whether it counts in tables too."""
    rows = tomllib.loads(resources.files("extract").joinpath("private.toml").read_text(encoding="utf-8"))["closes"]
    place = {"name": "private", "holds": "private"}
    return tuple((start_of("private.toml", place, row), row.get("cells", False)) for row in rows)


@cache
def _at_once() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All labels that begin a text, and the words of those that may stand a little inside of it."""
    patterns = [start.words.pattern for start, _ in private_labels() if start.words]
    inside = [found[1].lower() for found in map(INSIDE.match, patterns) if found]
    begun = [f"(?:{pattern})" for pattern in patterns if not INSIDE.match(pattern)]
    return re.compile("|".join(begun), re.IGNORECASE), re.compile("|".join(inside))


def _may_be(text: str) -> bool:
    """Whether a text may be such a label: to look for words in it is not as dear as to try a pattern at each place."""
    begun, inside = _at_once()
    return bool(begun.match(text)) or not text.isascii() or bool(inside.search(text.lower()))


def begins_private(course: Course, n: int) -> bool:
    """Whether what stands here begins with such a label: a paragraph, or a table in any of its cells."""
    thing = course.flow[n]
    if isinstance(thing, Line):
        if not begins_at(course.flow, n, course.setting):
            return False
        wording = course.wordings[n]
        return wording is not None and _labelled(wording, cells=False)
    return isinstance(thing, Table) and any(_labelled(wording, cells=True) for wording in _cells(thing, course))


def _labelled(wording: Wording, *, cells: bool) -> bool:
    if not wording.scanned and not _may_be(wording.plain):
        return False
    return any(start.begins(wording) for start, counts in private_labels() if counts or not cells)


def _cells(table: Table, course: Course) -> Iterator[Wording]:
    scanned = not course.scanned.isdisjoint(table.pages)
    return (Wording(cell.text, bold=False, scanned=scanned) for row in table.rows for cell in row if cell.lines)
