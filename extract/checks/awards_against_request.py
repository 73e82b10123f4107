"""How much of the money that a paper asks for do its awards account for?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.checks.figures import Figure
from extract.checks.places import at_passage, spoken
from extract.checks.stated_totals import Stated, requested_in, same, totals_in
from extract.claims import Finding
from extract.facts import Award
from extract.money import find_amounts
from extract.record import DecisionRecord

ADVICE = {
    True: "See that the paper says what it is for.",
    False: "If Part 2 withholds one sum, see that it cannot be worked out from this.",
}


def check(record: DecisionRecord) -> Iterator[Finding]:
    """What is left may be the rest of the programme, or the very sum that Part 2 withholds: a person should know it."""
    asked = _asked(record)
    priced = [award for award in record.awards if award.value is not None and award.supplier]  # others may be budgets
    if asked is None or not priced:
        return
    made = _together(priced)
    if same(made, asked.figure):
        return
    places = tuple(dict.fromkeys(award.recommendation for award in priced))
    awards = "The award" if len(priced) == 1 else f"The {len(priced)} awards"
    said = f"{awards} with a supplier and a value {'comes' if len(priced) == 1 else 'come'} to {made.printed}; "
    said += f"{spoken(record, asked.place)} asks for {asked.figure.printed}"
    left = asked.figure.value - made.value
    if left > 0:
        yield at_passage(
            record,
            "awards-residual",
            "note",
            f"{said}. That leaves £{left:,f}. {ADVICE[record.part2.exists == 'no']}",
            (asked.place, *places),
        )
    elif len(priced) == len(record.awards):
        yield at_passage(
            record,
            "awards-exceed-request",
            "needs-person",
            f"{said}, which is less. Which is right?",
            (asked.place, *places),
        )


def _asked(record: DecisionRecord) -> Stated | None:
    """The one sum that the paper asks for; None where it names none, or several that differ."""
    awarding = {award.recommendation for award in record.awards}
    passages = [passage for passage in record.passages() if passage.id not in awarding]
    stated = [*requested_in(record.recommendations), *(total for total in totals_in(passages) if total.requested)]
    if not stated or not all(same(stated[0].figure, other.figure) for other in stated[1:]):
        return None
    return min(stated, key=lambda total: total.figure.half)


def _together(awards: list[Award]) -> Figure:
    value = sum((Decimal(award.value) for award in awards if award.value), Decimal(0))
    halves = [money.precision for award in awards for money in find_amounts(award.value_as_printed or "")]
    return Figure(f"£{value:,f}", value, max(halves, default=Decimal(0)))
