"""A table as a file that a spreadsheet opens and does nothing with: the one room of the spreadsheet writer.

Text is text, whatever it begins with. In CSV, which knows no types, a text that a spreadsheet could take for a formula
gets an apostrophe before it, and one that begins with an apostrophe a second, so that taking one away brings it back.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import xlsxwriter

from review.audit import plain

Cell = str | int | float | date | None
Format = Literal["csv", "json", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The last four are what some keyboards write instead; spreadsheets in some languages know them.
RISKY = tuple(
    "=+-@\t\r\n'\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
LONGEST_CELL = 32_000  # characters: a spreadsheet holds a few more, and drops a longer text without a word
WIDTHS = (10, 60)
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heads."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def written(sheet: Sheet, how: Format, *, bom: bool = False) -> bytes:
    """The table in a format; `bom`: with the mark by which older spreadsheets know that a CSV file is UTF-8."""
    match how:
        case "csv":
            return ((BOM if bom else "") + _csv(sheet)).encode()
        case "json":
            return _json(sheet)
        case "xlsx":
            return _xlsx(sheet)


def harmless(text: str) -> str:
    """A text as CSV holds it, which no spreadsheet takes for a formula."""
    text = plain(text)
    return f"'{text}" if text.startswith(RISKY) else text


def _csv(sheet: Sheet) -> str:
    """As RFC 4180 has it: CRLF at the end of a line, quotes where they are needed, a quote in a quote doubled."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.heads)
    for row in sheet.rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _json(sheet: Sheet) -> bytes:
    keys = [head.lower().replace(" ", "_").replace("-", "_") for head in sheet.heads]
    rows = [dict(zip(keys, row, strict=True)) for row in sheet.rows]
    text = json.dumps({sheet.name: rows}, ensure_ascii=False, indent=2, default=date.isoformat)
    return plain(text).encode() + b"\n"


def _xlsx(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text, day = (
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    )
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, bold)
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        page.set_column(column, column, min(WIDTHS[1], max(WIDTHS[0], len(head), longest) + 2))
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            match cell:
                case str():
                    cut = cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]} …"
                    page.write_string(number, column, plain(cut), text)
                case date():
                    page.write_datetime(number, column, cell, day)
                case int() | float():
                    page.write_number(number, column, cell, text)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
    book.close()
    return out.getvalue()
