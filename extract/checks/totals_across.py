"""Does the front of the paper ask for the sum that the financial section and its tables come to?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.checks.figures import Figure
from extract.checks.places import at_passage, capital, spoken
from extract.checks.stated_totals import Stated, every_sum, front, is_financial, requested_in, same, totals_in
from extract.claims import Finding
from extract.record import Block, DecisionRecord

NEAR = Decimal("0.25")  # two totals further apart are totals of two things
SLIPPED = (Decimal(10), Decimal(100), Decimal(1000))  # or a decimal point, or a unit, has slipped


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Only totals that the other place names nowhere, and that are near enough to be meant for one, are questioned."""
    awarding = [award.recommendation for award in record.awards]
    several = set(awarding) if len(awarding) > 1 else set()  # the total of one contract of several is not the paper's
    asked = [total for total in totals_in(front(record)) if total.place not in several]
    asked += requested_in(record.recommendations)
    told = tuple(block for section in record.sections if is_financial(section) for block in section.passages)
    made = tuple(totals_in(told))
    for here in asked:
        if _named(here, told):
            continue
        for there in made:
            if _akin(here.figure, there.figure) and not _named(there, front(record), asked):
                yield _finding(record, here, there)
                return


def _finding(record: DecisionRecord, here: Stated, there: Stated) -> Finding:
    first, second = spoken(record, here.place), spoken(record, there.place)
    return at_passage(
        record,
        "total-differs",
        "needs-person",
        f"{capital(first)} comes to {here.figure.printed}, and {second} to {there.figure.printed}. If "
        "they are the same money, which total is right?",
        (here.place, there.place),
        detail="across",
    )


def _named(stated: Stated, blocks: tuple[Block, ...], totals: Sequence[Stated] = ()) -> bool:
    figures = (*every_sum(blocks), *(other.figure for other in totals))
    return any(same(stated.figure, figure) for figure in figures)


def _akin(one: Figure, other: Figure) -> bool:
    small, large = sorted((one.value, other.value))
    if not small:
        return False
    slipped = any(abs(large - small * power) <= min(one.half, other.half) * power for power in SLIPPED)
    return slipped or large - small <= NEAR * large
