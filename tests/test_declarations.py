"""Which declarations are ticked: by letters, boxes of a form, lines drawn in a box, or the ink of a pen in the cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.form import segment
from extract.marks import Marks
from extract.paragraphs import measure
from extract.ticks import Declared, read_declarations
from ingest.document import Box, Cell, Document, Line, Mark, Table, Word
from tests.pages import below, document, line

OPEN = (
    "*DMPC Decision – PCD 1234",
    "*Title: Radios",
    "*Recommendation:",
    "1. To approve.",
    "*Deputy Mayor for Policing and Crime",
    "Signature",
    "Date 14/04/2026",
    "*PART I – NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC",
    "Open facts.",
)
HEAD = "*ORIGINATING OFFICER DECLARATION"
TOP, HIGH = 400.0, 40.0  # where the table begins, and how high its rows are
EDGES = (72.0, 430.0, 520.0)
ROWS = ("Financial Advice: asked.", "Legal Advice: asked.")


def glyph(letter: str, font: str, y: float) -> Line:
    """One letter in the column of ticks."""
    box = Box(470, y - 8, 478, y)
    return Line.of([Word(letter, box, font, 10, bold=False, italic=False)], box, 1, y)


def table(*marks: str | tuple[str, str]) -> Table:
    """The declarations in a table, beside each what is printed: words, or a letter of a font."""
    rows: list[tuple[Line, Line | None]] = [
        (line(HEAD.strip("*"), TOP + 20, bold=True), line("Tick to confirm (✓)", TOP + 20, x0=440))
    ]
    for n, (words, mark) in enumerate(zip(ROWS, marks, strict=True), 1):
        y = TOP + n * HIGH + 20
        printed = glyph(*mark, y) if isinstance(mark, tuple) else line(mark, y, x0=470) if mark else None
        rows.append((line(words, y), printed))
    cells = tuple(
        tuple(
            Cell((one,) if one is not None else (), Box(left, TOP + n * HIGH, right, TOP + (n + 1) * HIGH))
            for one, left, right in zip(row, EDGES, EDGES[1:], strict=False)
        )
        for n, row in enumerate(rows)
    )
    return Table(cells, (1,), (Box(EDGES[0], TOP, EDGES[-1], TOP + HIGH * len(rows)),))


def declared(paper: Document, marks: Marks | None = None) -> Declared:
    lines = [line for page in paper.pages for line in page.lines]
    return read_declarations(segment(paper), measure(lines), marks or Marks())


def in_table(first: str | tuple[str, str], second: str | tuple[str, str], *marks: Mark) -> list[bool]:
    paper = replace(document(below(*OPEN)), tables=(table(first, second),))
    found = declared(paper, Marks({1: marks}))
    assert [row.topic for row in found.rows] == ["Financial Advice", "Legal Advice"]
    return [row.ticked for row in found.rows]


def drawn(kind: str, row: int, *, ticked: bool | None = None) -> Mark:
    """A mark in the middle of the tick column of one row."""
    middle = TOP + row * HIGH + HIGH / 2
    return Mark(kind, Box(465, middle - 6, 477, middle + 6), 1, ticked)  # type: ignore[arg-type]  # a word of MarkKind


BESIDE = [
    # What is printed beside each of two declarations, what is drawn there, and which are ticked.
    ("✓", "", (), [True, False]),
    ("✓", "✔", (), [True, True]),
    ("x", "X", (), [True, True]),  # crosses alone confirm as ticks do
    ("✓", "x", (), [True, False]),  # beside a tick a cross may be a no
    ("✓", "✗", (), [True, False]),
    ("yes", "no", (), [True, False]),
    ("✓.", "n/a", (), [True, False]),
    ("☒", "☐", (), [True, False]),
    (("ü", "Wingdings"), ("\uf0a8", "Wingdings"), (), [True, False]),
    (("ü", "Helvetica"), "", (), [False, False]),  # a letter of a name
    ("", "", (drawn("tick", 1), drawn("tick", 2)), [True, True]),  # ink of a pen
    ("", "", (drawn("cross", 1), drawn("cross", 2)), [True, True]),
    ("", "", (drawn("tick", 1), drawn("cross", 2)), [True, False]),
    ("", "", (drawn("ink", 1), drawn("ring", 2)), [False, False]),  # a scrawl, a nought
    ("", "", (drawn("box", 1, ticked=True), drawn("box", 2, ticked=False)), [True, False]),
    ("", "", (drawn("box", 1, ticked=None), drawn("box", 2, ticked=True)), [False, True]),
    ("", "", (drawn("box", 1, ticked=False), drawn("tick", 1), drawn("tick", 2)), [True, True]),
    ("✓", "", (drawn("cross", 1),), [False, False]),  # a tick that was crossed out
    ("☐", "☐", (drawn("box", 1, ticked=True),), [True, False]),  # a letter with two strokes of a pen in it
    ("Yes ☐ No ☒", "Yes ☒ No ☐", (), [False, True]),
    ("Yes ☐ No ☐", "Yes ☒ No ☒", (), [False, False]),
    ("", "", (drawn("tick", 0),), [False, False]),  # a tick in the heading confirms nothing
    ("✓", "", (drawn("highlight", 2),), [True, False]),
]


@pytest.mark.parametrize(("first", "second", "marks", "ticked"), BESIDE)
def test_what_confirms_a_declaration_in_a_table(
    first: str | tuple[str, str], second: str | tuple[str, str], marks: tuple[Mark, ...], ticked: list[bool]
) -> None:
    assert in_table(first, second, *marks) == ticked


def test_what_is_no_tick_is_said() -> None:
    paper = replace(document(below(*OPEN)), tables=(table("✓", "x"),))
    assert dict(declared(paper).remarks) == {
        "declarations[1].ticked": "a cross stands where other declarations have a tick"
    }
    paper = replace(document(below(*OPEN)), tables=(table("JS", ""),))
    assert dict(declared(paper).remarks) == {
        "declarations[0].ticked": "something stands there that cannot be read as a tick"
    }


def listed(*printed: str, marks: Marks | None = None) -> list[tuple[str, bool]]:
    paper = document([*below(*OPEN), *below(HEAD, *printed, top=600)])
    return [(row.topic, row.ticked) for row in declared(paper, marks).rows]


def before(n: int, *, ticked: bool | None) -> Mark:
    """A box before the n-th line below the heading."""
    y = 600 + 24 * n
    return Mark("box", Box(55, y - 9, 64, y), 1, ticked)


LISTED = [
    (("☒ Financial Advice: asked.", "☐ Legal Advice: asked."), (), [True, False]),
    (("Financial Advice: asked. ☒", "Legal Advice: asked. ☐"), (), [True, False]),
    (
        ("Financial Advice: asked.", "Legal Advice: asked."),
        (before(1, ticked=True), before(2, ticked=False)),
        [True, False],
    ),
    (("Financial Advice: asked.", "Legal Advice: asked."), (before(2, ticked=True),), [False, True]),
    (("Financial Advice: asked.", "Legal Advice: asked."), (), []),  # no boxes: nobody can say what was confirmed
]


@pytest.mark.parametrize(("printed", "marks", "ticked"), LISTED)
def test_declarations_in_no_table_have_their_boxes_beside_them(
    printed: tuple[str, ...], marks: tuple[Mark, ...], ticked: list[bool]
) -> None:
    found = listed(*printed, marks=Marks({1: marks}))
    assert found == list(zip(("Financial Advice", "Legal Advice"), ticked, strict=False))
