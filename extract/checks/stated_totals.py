"""The totals that a paper states: in its request at the front, in its financial section, and at the foot of tables.

Checks that compare places of a paper speak of sums through this module, so that one total is read in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.checks.figures import NO_SUM, SUM, Figure, Figured, add_up, figured
from extract.checks.sentences import sentences
from extract.checks.totals import claims
from extract.money import find_amounts
from extract.record import Block, DecisionRecord, Passage, Section, TablePassage

FINANCIAL = re.compile(r"\b(?:financ\w+|costs?|funding|budgets?)\b", re.I)
TOTAL = re.compile(rf"\b(?:total|overall|combined)\b{NO_SUM}{{0,40}}?{SUM}|{SUM}\s+(?:in total|overall|in all)\b", re.I)
NOT_A_SUM_OF_ITS_OWN = re.compile(
    r"\b(?:per|each|every|a year|annually|annum|p\.?a\.?|up to|maximum|minimum|between|sub-?total|saving\w*|income)\b",
    re.I,
)
WORD = re.compile(r"\b(?:total|overall|combined|in all)\b", re.I)
REQUEST = re.compile(r"\b(?:request\w*|seek\w*|sought|ask\w*|approv\w*|require[sd]?|needed)\b", re.I)
KINDS_OF_MONEY = re.compile(r"\bcapital\b.*\b(?:revenue|MTFP|Medium[- ]Term)\b|\brevenue\b.*\bcapital\b", re.I | re.S)
TOTAL_ROW = re.compile(r"\W*(?:grand |overall )?total\b", re.I)
YEAR = re.compile(r"\W*(?:FY\s?)?(?:20)?\d\d\s?[/–-]\s?(?:20)?\d\d\b|\W*20\d\d\W*$", re.I)
UNITS = ((re.compile(r"£\W?000|£\s?k\b|thousands", re.I), 3), (re.compile(r"£\s?m\b|£\s?mn\b|millions", re.I), 6))


class Stated(NamedTuple):
    """A total, where it stands, and whether the paper asks for it."""

    place: str
    figure: Figure
    requested: bool


def is_financial(section: Section) -> bool:
    """Whether a section is the one that says what the decision costs."""
    return FINANCIAL.search(section.heading) is not None


def totals_in(blocks: Iterable[Block]) -> Iterator[Stated]:
    """Every total that passages state in words, and the total rows of tables whose columns leave no doubt.

    A sentence whose own figures do not add up is questioned where it stands, and is no measure for another.
    """
    for block in blocks:
        if isinstance(block, TablePassage):
            figure = table_total(block)
            if figure:
                yield Stated(block.id, figure, requested=False)
            continue
        for sentence in sentences(block.text) if WORD.search(block.text) else ():
            said = figured(sentence)
            found = TOTAL.search(said.text)
            if found and _is_plain(said) and all(add_up(claim.parts, claim.whole) for claim in claims(said)):
                figure = said.sums[int(found[1] or found[2])]
                yield Stated(block.id, figure, REQUEST.search(said.text) is not None)


def requested_in(recommendations: Iterable[Block]) -> Iterator[Stated]:
    """What a recommendation asks for as capital and as revenue, taken together."""
    for block in recommendations:
        said = figured(block.text) if isinstance(block, Passage) else Figured("", (), exact=False)
        if len(said.sums) == 2 and _is_plain(said) and KINDS_OF_MONEY.search(said.text) and not TOTAL.search(said.text):
            first, second = said.sums
            printed = f"{first.printed} and {second.printed}"
            figure = Figure(printed, first.value + second.value, max(first.half, second.half))
            yield Stated(block.id, figure, requested=True)


def every_sum(blocks: Iterable[Block]) -> Iterator[Figure]:
    """All sums that some passages and tables name, cells with the unit of their column."""
    for block in blocks:
        if isinstance(block, Passage):
            yield from figured(block.text).sums
        else:
            cells = ((row[column], column) for row in block.rows for column in range(1, len(row)))
            yield from (figure for cell, column in cells if (figure := cell_sum(block, column, cell)))


def front(record: DecisionRecord) -> tuple[Block, ...]:
    """What the decision maker is asked: the summary and the recommendations."""
    return (*record.executive_summary, *record.recommendations)


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures can be one sum, each rounded as it is printed."""
    return abs(one.value - other.value) <= max(one.half, other.half)


def table_total(table: TablePassage) -> Figure | None:
    """The sum in the last row where it is called the total: in the total's column, the only one, or all years."""
    if not table.rows or not table.rows[-1] or not TOTAL_ROW.match(table.rows[-1][0]):
        return None
    last = table.rows[-1]
    figures = {column: cell_sum(table, column, last[column]) for column in range(1, len(last))}
    read = {column: figure for column, figure in figures.items() if figure}
    named = [column for column in read if column < len(table.header) and TOTAL_ROW.match(table.header[column])]
    if len(named) == 1:
        return read[named[0]]
    if len(read) == 1:
        return next(iter(read.values()))
    years = [
        figure for column, figure in read.items() if column < len(table.header) and YEAR.match(table.header[column])
    ]
    if not read or len(years) != len(read):
        return None
    whole = sum((figure.value for figure in years), Decimal(0))
    return Figure(f"{' + '.join(figure.printed for figure in years)}", whole, max(figure.half for figure in years))


def cell_sum(table: TablePassage, column: int, printed: str) -> Figure | None:
    """A cell in pounds: as a sum, or as a bare number where its column or the table's caption names the unit."""
    text = printed.strip()
    amounts = find_amounts(text)
    if len(amounts) == 1 and amounts[0].as_printed == text and amounts[0].value is not None:
        return Figure(text, amounts[0].value, amounts[0].precision)
    bare = re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", text)
    heading = table.header[column] if column < len(table.header) else ""
    power = _power(heading, table.caption or "")
    if not bare or power is None:
        return None
    value = Decimal(text.replace(",", "")).scaleb(power)
    return Figure(
        f"{text} (£{'000' if power == 3 else 'm' if power else ''})",
        value,
        Decimal(5).scaleb(power - len(bare[1] or "") - 1),
    )


def _power(heading: str, caption: str) -> int | None:
    for words in (heading, caption):
        for unit, power in UNITS:
            if unit.search(words):
                return power
        if re.search(r"£(?!\w)", words):
            return 0
    return None


def _is_plain(said: Figured) -> bool:
    return said.exact and not NOT_A_SUM_OF_ITS_OWN.search(said.text)
