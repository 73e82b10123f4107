"""Ruled tables: cell by cell on one page, and over two pages as one table without a word lost or two rows made one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Line, Table
from ingest.reader import read
from tests.pages import Sheet, grid, lines, print_pdf, stroke, text

EDGES = (72, 272, 522)
HEAD = [["Item"], ["Terms"]]
FOOT = 780  # a table that ends here ends at the foot of the page, one that begins at 60 at the head of the next
NUMBER = text(290, 815, "1", 9)

Rows = list[list[list[str]]]


def tables(tmp_path: Path, *sheets: Sheet | str) -> tuple[Table, ...]:
    return read(print_pdf(tmp_path / "one.pdf", *sheets)).tables


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def foot(rows: Rows) -> str:
    """A table that reaches to the foot of its page."""
    high = sum(14 * max(len(cell) for cell in row) + 6 for row in rows)
    return grid(FOOT - high, EDGES, rows) + NUMBER


def head(rows: Rows) -> str:
    return grid(60, EDGES, rows) + NUMBER


def test_a_table_on_one_page(tmp_path: Path) -> None:
    drawn = lines(72, 100, "The costs are these.") + grid(
        120, EDGES, [HEAD, [["Licences", "for staff"], ["£4,000"]], [["Training"], []]]
    )
    (table,) = tables(tmp_path, drawn + text(72, 400, "They are met from the budget."))
    assert cells(table) == [["Item", "Terms"], ["Licences for staff", "£4,000"], ["Training", ""]]
    assert table.pages == (1,)


# The rows at the foot of one page, those at the head of the next, and the table they make.
OVER_TWO_PAGES = [
    (  # whole rows on either side
        [HEAD, [["One"], ["First terms."]]],
        [[["Two"], ["Second terms."]], [["Three"], ["Third terms."]]],
        [["Item", "Terms"], ["One", "First terms."], ["Two", "Second terms."], ["Three", "Third terms."]],
    ),
    (  # the header is printed again
        [HEAD, [["One"], ["First terms."]]],
        [HEAD, [["Two"], ["Second terms."]]],
        [["Item", "Terms"], ["One", "First terms."], ["Two", "Second terms."]],
    ),
    (  # a row is cut in mid-sentence
        [HEAD, [["One"], ["The terms are"]]],
        [[[], ["those of the framework."]], [["Two"], ["Second terms."]]],
        [["Item", "Terms"], ["One", "The terms are those of the framework."], ["Two", "Second terms."]],
    ),
    (  # a row is cut where the header is printed again
        [HEAD, [["One"], ["The terms are"]]],
        [HEAD, [[], ["those of the framework."]], [["Two"], ["Second terms."]]],
        [["Item", "Terms"], ["One", "The terms are those of the framework."], ["Two", "Second terms."]],
    ),
    (  # a new row whose first cell is empty: the row before had come to its end
        [HEAD, [["One"], ["First terms."]]],
        [[[], ["Further terms."]], [["Two"], ["Second terms."]]],
        [["Item", "Terms"], ["One", "First terms."], ["", "Further terms."], ["Two", "Second terms."]],
    ),
    (  # a new row with nothing in its second cell, after a row that has no full stop
        [HEAD, [["Licences"], ["£4,000"]]],
        [[["Training"], []], [["Travel"], ["£6,000"]]],
        [["Item", "Terms"], ["Licences", "£4,000"], ["Training", ""], ["Travel", "£6,000"]],
    ),
    (  # a new row in small letters, none of its cells empty
        [HEAD, [["licences"], ["four a year"]]],
        [[["training"], ["two a year"]], [["travel"], ["one a year"]]],
        [["Item", "Terms"], ["licences", "four a year"], ["training", "two a year"], ["travel", "one a year"]],
    ),
    (  # a row is cut before a name: there was no room for it
        [HEAD, [["One"], ["The award is made to the firm of Elm and"]]],
        [[[], ["Oakenshaw of Leeds."]], [["Two"], ["Second terms."]]],
        [
            ["Item", "Terms"],
            ["One", "The award is made to the firm of Elm and Oakenshaw of Leeds."],
            ["Two", "Second terms."],
        ],
    ),
    (  # a new row with both cells filled, after a row that has no full stop
        [HEAD, [["One"], ["£4,000"]]],
        [[["Two"], ["£5,000"]], [["Three"], ["£6,000"]]],
        [["Item", "Terms"], ["One", "£4,000"], ["Two", "£5,000"], ["Three", "£6,000"]],
    ),
]


@pytest.mark.parametrize(("before", "after", "whole"), OVER_TWO_PAGES)
def test_a_table_over_two_pages_is_one(tmp_path: Path, before: Rows, after: Rows, whole: list[list[str]]) -> None:
    (table,) = tables(tmp_path, foot(before), head(after))
    assert cells(table) == whole
    assert table.pages == (1, 2)


def test_the_last_row_alone_on_the_next_page_belongs_to_the_table(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, foot([HEAD, [["One"], ["£4,000"]]]), head([[["Two"], ["£5,000"]]]))
    assert cells(table) == [["Item", "Terms"], ["One", "£4,000"], ["Two", "£5,000"]]


FIRST: Rows = [HEAD, [["One"], ["First."]]]
SECOND: Rows = [[["Year"], ["Cost"]], [["2026"], ["£5,000"]]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (foot(FIRST), head(SECOND).replace("272", "330")),  # other columns
        (foot(FIRST), lines(72, 150, "The costs by year are these.") + grid(180, EDGES, SECOND)),  # text before it
        (grid(120, EDGES, FIRST) + text(72, 400, "So much for the terms."), head(SECOND)),  # text after the first
        (foot(FIRST), grid(60, (72, 222, 372, 522), [[["Year"], ["Cost"], ["Note"]], [["2026"], ["£5"], ["x"]]])),
    ],
)
def test_two_tables_on_successive_pages_stay_two(tmp_path: Path, before: str, after: str) -> None:
    found = tables(tmp_path, before, after)
    assert [table.pages for table in found] == [(1,), (2,)]


def test_a_table_on_the_next_page_but_one_is_another(tmp_path: Path) -> None:
    found = tables(tmp_path, foot(FIRST), lines(72, 100, "A page of text."), head(SECOND))
    assert [table.pages for table in found] == [(1,), (3,)]


def test_a_merged_cell_is_one_cell(tmp_path: Path) -> None:
    drawn = "".join(stroke(72, y, 522, y) for y in (120, 140, 160, 180))
    drawn += "".join(stroke(x, 120, x, 180) for x in (72, 522)) + stroke(272, 140, 272, 180)
    drawn += text(76, 134, "Costs of both years") + lines(76, 154, "2026", "2027", pitch=20)
    (table,) = tables(tmp_path, drawn + lines(276, 154, "£4,000", "£5,000", pitch=20))
    assert cells(table) == [["Costs of both years"], ["2026", "£4,000"], ["2027", "£5,000"]]


def test_two_tables_that_touch_are_two_where_their_columns_differ(tmp_path: Path) -> None:
    first: Rows = [HEAD, [["One"], ["First."]], [["Two"], ["Second."]]]
    second: Rows = [[["Year"], ["Cost"], ["Note"]], [["2026"], ["5"], ["x"]]]
    found = tables(tmp_path, grid(120, EDGES, first) + grid(180, (72, 190, 400, 522), second))
    assert [cells(table) for table in found] == [
        [["Item", "Terms"], ["One", "First."], ["Two", "Second."]],
        [["Year", "Cost", "Note"], ["2026", "5", "x"]],
    ]


def test_two_tables_on_one_page_stay_two(tmp_path: Path) -> None:
    found = tables(tmp_path, grid(120, EDGES, FIRST) + grid(200, EDGES, SECOND))
    assert [cells(table)[0] for table in found] == [["Item", "Terms"], ["Year", "Cost"]]


def test_a_header_that_is_printed_again_is_kept_apart(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, foot(FIRST), head([HEAD, [["Two"], ["Second."]]]))
    assert [[cell.text for cell in row] for row in table.repeated] == [["Item", "Terms"]]
    assert table.repeated[0][0].lines[0].page == 2


@pytest.mark.parametrize(
    "drawn",
    [
        grid(120, (72, 522), [[["A frame round text"]]]),  # a frame
        stroke(72, 120, 522, 120) + stroke(72, 140, 522, 140) + text(76, 134, "between two rules"),
        text(72, 100, "Underlined heading") + stroke(72, 102, 170, 102),
        text(72, 100, "Two") + text(272, 100, "columns"),  # no ruling
    ],
)
def test_what_is_no_table(tmp_path: Path, drawn: str) -> None:
    assert tables(tmp_path, drawn) == ()


def test_the_flow_has_every_line_once_and_the_table_where_it_begins(tmp_path: Path) -> None:
    drawn = text(72, 100, "before") + grid(120, EDGES, FIRST) + text(72, 400, "after")
    document = read(print_pdf(tmp_path / "one.pdf", drawn))
    flow = [thing.text if isinstance(thing, Line) else type(thing).__name__ for thing in document.flow()]
    assert flow == ["before", "Table", "after"]


# What stands at the foot of one page and at the head of the next, between the parts of a table; whether it is one.
BETWEEN = [
    (text(72, 40, "PCD 1234 - Radios", 9), text(72, 40, "PCD 1234 - Radios", 9), True),
    ("", text(72, 50, "PART 2 - CONFIDENTIAL FACTS", 9, "F2"), False),
    ("", text(72, 50, "Costs by year", 9), False),
    ("", text(200, 40, "OFFICIAL-SENSITIVE", 9), False),  # the first page to bear it
    (text(72, 800, "A last word on the first table.", 9), "", False),
    (text(72, 800, "Page 1 of 2", 9), text(72, 800, "Page 2 of 2", 9), True),
]


@pytest.mark.parametrize(("first", "second", "one"), BETWEEN)
def test_only_furniture_may_stand_in_a_table_over_two_pages(tmp_path: Path, first: str, second: str, one: bool) -> None:
    found = tables(tmp_path, foot(FIRST) + first, head([[["Two"], ["Second."]], [["Three"], ["Third."]]]) + second)
    assert [table.pages for table in found] == ([(1, 2)] if one else [(1,), (2,)])
