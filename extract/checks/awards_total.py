"""Do the contracts come to the total that the paper gives for them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.checks.figures import NO_SUM, SUM, Figure, figured
from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import sentences
from extract.checks.stated_totals import same
from extract.claims import Finding
from extract.facts import Award
from extract.money import find_amounts
from extract.record import DecisionRecord

TOGETHER = re.compile(
    rf"\b(?:contracts|awards|grants|lots|extensions)\b{NO_SUM}{{0,80}}?"
    rf"\b(?:total(?:s|ling)?|come to|comes to|amount(?:s|ing)? to|together cost|(?:combined|overall) value)\b"
    rf"{NO_SUM}{{0,30}}?{SUM}",
    re.I,
)
OTHERS = re.compile(
    r"\b(?:current|existing|previous|former|per|each|every|annual\w*|a year|up to|maximum|estimate\w*|saving\w*|other|"
    r"all contracts|last year|since|VAT)\b",
    re.I,
)
KINDS = (("award", "direct-award"), ("award", "direct-award", "extension"), ("grant",), ("extension",))
NEAR = Decimal("0.25")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Only where every award is priced: some of them may then be meant, such as all but the extensions."""
    if len(record.awards) < 2 or not all(award.value for award in record.awards):
        return
    meant = [award for award in (_sum(record, kinds) for kinds in KINDS) if award.value]
    awarding = {award.recommendation for award in record.awards}
    for passage in texts(record):
        if passage.id in awarding:
            continue
        for sentence in sentences(passage.text):
            said = figured(sentence)
            found = TOGETHER.search(said.text)
            if not found or not said.exact or OTHERS.search(said.text):
                continue
            stated = said.sums[int(found[1])]
            if any(same(stated, total) for total in meant) or not any(_near(stated, total) for total in meant):
                continue
            name = spoken(record, passage.id)
            yield at_passage(
                record,
                "total-differs",
                "needs-person",
                f"{capital(name)} gives {stated.printed} for the contracts together; those that are "
                f"awarded come to {' or '.join(dict.fromkeys(total.printed for total in meant))}. Which is right?",
                (passage.id, *dict.fromkeys(award.recommendation for award in record.awards)),
                detail="awards",
            )


def _sum(record: DecisionRecord, kinds: tuple[str, ...]) -> Figure:
    chosen = [award for award in record.awards if award.kind in kinds]
    value = sum((Decimal(award.value) for award in chosen if award.value), Decimal(0))
    return Figure(f"£{value:,f}", value, max(map(_half, chosen), default=Decimal(0)))


def _half(award: Award) -> Decimal:
    return max((money.precision for money in find_amounts(award.value_as_printed or "")), default=Decimal(0))


def _near(one: Figure, other: Figure) -> bool:
    return abs(one.value - other.value) <= NEAR * max(one.value, other.value)
