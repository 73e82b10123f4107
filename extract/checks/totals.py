"""Do parts that are said to make a total make it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.checks.figures import ANY_SUM, NO_SUM, SUM, Figure, Figured, add_up, figured, sums_in
from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.money import find_amounts
from extract.record import DecisionRecord, TablePassage

WHOLE_THEN_PARTS = re.compile(
    rf"{SUM}{NO_SUM}{{0,90}}?(?P<link>\bof which\b|\bcompris\w+|\bconsist\w+ of|\bmade up of|\bbroken down|"
    rf"\bsplit (?:as|into|between|across)|\bbeing the sum of)(?P<parts>.*)",
    re.I | re.S,
)
PARTS_THEN_WHOLE = re.compile(
    rf"(?P<parts>{ANY_SUM}.*?{ANY_SUM}){NO_SUM}{{0,60}}?(?:\btotalling|\btotals|"
    rf"\b(?:a|the|an overall|combined) total(?: \w+){{0,2}}? of|\bin total,?|\bmaking|\b=)\s*(?:is\s+)?{SUM}",
    re.I | re.S,
)
CHANGE = re.compile(
    rf"\b(?P<way>increas\w*|extend\w*|extension|uplift\w*|add\w*|ris\w+|decreas\w*|reduc\w*|cut\w*|sav\w+)\b{NO_SUM}{{0,160}}?"
    rf"(?:by|of)\s+{SUM}{NO_SUM}{{0,60}}?\bfrom\s{NO_SUM}{{0,20}}?{SUM}{NO_SUM}{{0,20}}?\bto\s{NO_SUM}{{0,20}}?{SUM}",
    re.I | re.S,
)
ORIGINAL = re.compile(
    rf"\b(?:original|initial|current|existing|previous)\s(?:\w+\s){{0,4}}?(?:of\s)?(?:is\s|was\s)?{SUM}", re.I
)
NEW = re.compile(rf"\b(?:new|revised|amended)\s(?:\w+\s){{0,4}}?(?:of\s)?(?:is\s|to\s)?{SUM}", re.I)
BALANCE = re.compile(r"\b(balance|remainder|remaining|rest)\b", re.I)
RATE = re.compile(
    r"\b(per|each|every|a year|a month|annually|annum|p\.?a\.?|up to|maximum|minimum|between|daily|hourly)\b", re.I
)
AND_MORE = re.compile(rf"(?:,|\s(?:and|plus|with|as well as))\s{NO_SUM}*$")  # after the last sum: a part without one
MOST = 30  # sums in one sentence: a list of more is a table that lost its rules
LESS = re.compile(r"decreas|reduc|cut|sav", re.I)


class Claim(NamedTuple):
    """What a text says adds up."""

    parts: tuple[Figure, ...]
    whole: Figure


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Figures are right to half a unit of the least precise one; rates, ranges and estimates are left alone."""
    for passage in texts(record):
        for number, sentence in enumerate(sentences(passage.text), start=1):
            for claim in claims(figured(sentence)):
                if not add_up(claim.parts, claim.whole):
                    name = spoken(record, passage.id)
                    parts = " and ".join(part.printed for part in claim.parts)
                    made = sum(part.value for part in claim.parts)
                    yield at_passage(
                        record,
                        "total-differs",
                        "needs-person",
                        f"{capital(name)}: {parts} make £{made:,f}, printed as {claim.whole.printed}. "
                        "Which figure is right?",
                        (passage.id,),
                        detail=number,
                    )
    for block in record.passages():
        if isinstance(block, TablePassage):
            yield from _table(record, block)


def claims(said: Figured) -> Iterator[Claim]:
    """The sums a sentence claims to add up, at most one of each way of saying it."""
    if not 3 <= len(said.sums) <= MOST or not said.exact or RATE.search(said.text):
        return
    change = CHANGE.search(said.text)
    if change:
        by, before, after = (said.sums[int(index)] for index in (change[2], change[3], change[4]))
        yield Claim((after, by), before) if LESS.search(change["way"]) else Claim((before, by), after)
        return
    original, new = ORIGINAL.search(said.text), NEW.search(said.text)
    if original and new and len(said.sums) == 3:
        named = {int(original[1]), int(new[1])}
        if len(named) == 2:
            added = next(figure for index, figure in enumerate(said.sums) if index not in named)
            yield Claim((said.sums[int(original[1])], added), said.sums[int(new[1])])
            return
    whole_first = WHOLE_THEN_PARTS.search(said.text)
    if whole_first:
        claim = Claim(sums_in(whole_first["parts"], said.sums), said.sums[int(whole_first[1])])
        some = whole_first["link"].casefold() == "of which" and not BALANCE.search(whole_first["parts"])
        some = some or AND_MORE.search(whole_first["parts"]) is not None
        too_much = sum(part.value for part in claim.parts) > claim.whole.value
        if len(claim.parts) > 1 and (too_much or not some):
            yield claim
        return
    parts_first = PARTS_THEN_WHOLE.search(said.text)
    if parts_first:
        yield Claim(sums_in(parts_first["parts"], said.sums), said.sums[int(parts_first[2])])


def _table(record: DecisionRecord, table: TablePassage) -> Iterator[Finding]:
    """The last row of a table, where it is called the total, against the rows above it."""
    if len(table.rows) < 3 or not re.match(r"\W*(grand )?total\b", table.rows[-1][0] if table.rows[-1] else "", re.I):
        return
    if any(re.search(r"\b(sub-?total|total)\b", row[0], re.I) for row in table.rows[:-1] if row):
        return
    for column in range(1, len(table.rows[-1])):
        figures = [_cell(row[column]) if column < len(row) else None for row in table.rows]
        *parts, whole = figures
        if whole is None or any(part is None for part in parts):
            continue
        named = tuple(part for part in parts if part is not None)
        if not add_up(named, whole):
            made = sum(part.value for part in named)
            heading = table.header[column] if column < len(table.header) else f"column {column + 1}"
            yield at_passage(
                record,
                "total-differs",
                "needs-person",
                f"In {spoken(record, table.id)}, the rows under “{heading}” make {made:,f}, and the total is "
                f"printed as {whole.printed}. Which figure is right?",
                (table.id,),
                detail=f"c{column}",
            )


def _cell(printed: str) -> Figure | None:
    """A cell as a figure: a sum of money, or a bare number in a column whose heading names the unit."""
    text = printed.strip()
    if text in ("", "-", "–", "—", "nil", "Nil"):
        return Figure(text, Decimal(0), Decimal(0))
    amounts = find_amounts(text)
    if len(amounts) == 1 and amounts[0].as_printed == text and amounts[0].value is not None:
        return Figure(text, amounts[0].value, amounts[0].precision)
    bare = re.fullmatch(r"(\(?)-?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)\)?", text)
    if not bare:
        return None
    value = Decimal(bare[2].replace(",", "")) * (-1 if bare[1] or text.startswith("-") else 1)
    return Figure(text, value, Decimal(5).scaleb(-len(bare[3] or "") - 1))
