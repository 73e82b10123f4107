"""Is a printed percentage the one that the sums beside it give?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.checks.figures import NO_SUM, SUM, Figure, Figured, figured
from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.record import DecisionRecord

PERCENT = r"(?P<percent>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)"
ROUGHLY = re.compile(
    r"\b(?:about|around|approximately|approx\.?|circa|c\.|nearly|almost|over|under|up to|at least|more than|less than|"
    r"some|roughly|between|minimum|maximum|capped at)\s?(?:a\s)?\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent)",
    re.I,
)

# A whole, and a part given beside its percentage: "£10m, of which 40% (£4m)", "of which £4m (40%)".
PART_OF_WHICH = re.compile(
    rf"{SUM}{NO_SUM}{{0,90}}?\bof which\s{NO_SUM}{{0,20}}?(?:{PERCENT}\s?[(,]\s?(?:or\s)?{SUM}|{SUM}\s?[(,]\s?(?:or\s)?"
    rf"{PERCENT.replace('percent', 'after')}\s?[),])",
    re.I,
)
# "£4m (40% of £10m)", "£4m is 40% of the £10m budget"; and "40% of £10m (£4m)", "40% of the £10m, £4m".
PART_IS = re.compile(
    rf"{SUM}\s?(?:\(|,|is|was|represents|being|equals|or|=)\s?(?:only\s)?{PERCENT}\s+of\s{NO_SUM}{{0,40}}?{SUM}", re.I
)
OF_WHOLE = re.compile(
    rf"{PERCENT}\s+of\s{NO_SUM}{{0,40}}?{SUM}{NO_SUM}{{0,20}}?(?:\(|,\s(?:or|which is)\s|=\s?|\bis\s){SUM}", re.I
)
# "£2m extension (50% of the original) … new contract value £6m": the original is what is left.
OF_ORIGINAL = re.compile(
    rf"{SUM}{NO_SUM}{{0,120}}?{PERCENT}\s+of\s(?:the\s|its\s)?(?:original|initial|existing|current)\b{NO_SUM}{{0,160}}?"
    rf"\b(?P<which>new|revised|amended|total|original|initial)\b{NO_SUM}{{0,40}}?{SUM}",
    re.I,
)
# "from £4m to £5m, an increase of 25%".
CHANGE = re.compile(
    rf"\bfrom\s{NO_SUM}{{0,20}}?{SUM}{NO_SUM}{{0,40}}?\bto\s{NO_SUM}{{0,20}}?{SUM}\s?[,(–-]?\s?(?:an?\s)?(?:(?:increase|rise|uplift|"
    rf"growth|decrease|reduction|fall|saving|cut)\s(?:of\s)?)?{PERCENT}",
    re.I,
)


class Claim(NamedTuple):
    """That `part` is so many per cent of `whole`; both as the range their printing allows, the percentage too."""

    printed: str
    part: tuple[Decimal, Decimal]
    whole: tuple[Decimal, Decimal]


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Each figure is taken as anything that would be printed so; only what no such figures could give is questioned."""
    for passage in texts(record):
        for number, sentence in enumerate(sentences(passage.text), start=1):
            said = figured(sentence)
            if len(said.sums) < 2 or not said.exact or ROUGHLY.search(said.text):
                continue
            for claim in _claims(said):
                if not _holds(claim):
                    low, high = _percent(claim)
                    name = spoken(record, passage.id)
                    yield at_passage(
                        record,
                        "percentage-differs",
                        "needs-person",
                        f"{capital(name)} prints {claim.printed}%; the sums beside it give "
                        f"{(low + high) / 2:.1f}%. Which figure is right?",
                        (passage.id,),
                        detail=f"{number}-{claim.printed}",
                    )


def _claims(said: Figured) -> Iterator[Claim]:
    def range_of(index: str) -> tuple[Decimal, Decimal]:
        return _range(said.sums[int(index)])

    for found in PART_OF_WHICH.finditer(said.text):
        part = found[3] or found[4]
        yield Claim(found["percent"] or found["after"], range_of(part), range_of(found[1]))
    for found in PART_IS.finditer(said.text):
        yield Claim(found["percent"], range_of(found[1]), range_of(found[3]))
    for found in OF_WHOLE.finditer(said.text):
        yield Claim(found["percent"], range_of(found[3]), range_of(found[2]))
    for found in OF_ORIGINAL.finditer(said.text):
        part, other = range_of(found[1]), range_of(found[4])
        original = found["which"].casefold() in ("original", "initial")
        yield Claim(found["percent"], part, other if original else (other[0] - part[1], other[1] - part[0]))
    for found in CHANGE.finditer(said.text):
        before, after = range_of(found[1]), range_of(found[2])
        step = (after[0] - before[1], after[1] - before[0])
        yield Claim(found["percent"], step if step[1] > 0 else (-step[1], -step[0]), before)


def _range(figure: Figure) -> tuple[Decimal, Decimal]:
    return figure.value - figure.half, figure.value + figure.half


def _percent(claim: Claim) -> tuple[Decimal, Decimal]:
    return 100 * claim.part[0] / claim.whole[1], 100 * claim.part[1] / claim.whole[0]


def _holds(claim: Claim) -> bool:
    if claim.whole[0] <= 0:
        return True
    half = Decimal(5).scaleb(-len(claim.printed.partition(".")[2]) - 1)
    low, high = _percent(claim)
    return low <= Decimal(claim.printed) + half and high >= Decimal(claim.printed) - half
