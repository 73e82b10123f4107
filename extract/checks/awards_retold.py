"""Is an award told elsewhere in the paper with another sum?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extract.checks.figures import Figure, figured
from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import sentences
from extract.checks.stated_totals import same
from extract.claims import Finding
from extract.facts import Award
from extract.money import find_amounts
from extract.record import DecisionRecord

# The sentence speaks of another sum: what was paid before, what others bid, what is saved, a part, a rate.
ANOTHER = re.compile(
    r"\b(?:current|existing|previous|original|former|saving\w*|bids?|tender\w*|quot\w+|compar\w+|per|each|every|annual\w*"
    r"|a year|p\.?a|of which|budget\w*|up to|estimate\w*|spen[dt]|turnover|extension|option\w*|further|additional|VAT"
    r"|maximum|minimum|first year|capital|revenue|remain\w*|penalt\w+|insur\w+|less|more|liab\w+)\b",
    re.I,
)
OF_THE_CONTRACT = re.compile(r"\b(?:contract|award\w*|agreement|grant|value[ds]?|worth|cost\w*)\b", re.I)
NEAR = Decimal("0.25")
SLIPPED = (Decimal(10), Decimal(100), Decimal(1000))


def check(record: DecisionRecord) -> Iterator[Finding]:
    """One supplier, one award, one sum in a sentence about it: near the award's and not it, one of them is a slip."""
    counted = Counter(award.supplier.casefold() for award in record.awards if award.supplier)
    awarding = {award.recommendation for award in record.awards}
    priced = [
        award for award in record.awards if award.supplier and award.value and counted[award.supplier.casefold()] == 1
    ]
    for passage in texts(record) if priced else ():
        if passage.id in awarding:
            continue
        for sentence in sentences(passage.text):
            named = [award for award in priced if award.supplier and award.supplier.casefold() in sentence.casefold()]
            if len(named) != 1:
                continue
            said = figured(sentence)
            if len(said.sums) != 1 or not said.exact:
                continue
            if ANOTHER.search(said.text) or not OF_THE_CONTRACT.search(said.text):
                continue
            if _slipped(_awarded(named[0]), said.sums[0]):
                name = spoken(record, passage.id)
                yield at_passage(
                    record,
                    "award-value-differs",
                    "needs-person",
                    f"{capital(name)} gives {said.sums[0].printed} for {named[0].supplier}, and "
                    f"{spoken(record, named[0].recommendation)} awards {named[0].value_as_printed}. Which is right?",
                    (passage.id, named[0].recommendation),
                    detail=named[0].recommendation,
                )


def _awarded(award: Award) -> Figure:
    halves = [money.precision for money in find_amounts(award.value_as_printed or "")]
    return Figure(award.value_as_printed or "", Decimal(award.value or 0), max(halves, default=Decimal(0)))


def _slipped(awarded: Figure, told: Figure) -> bool:
    """Whether the two are not one sum, and near enough to be meant for it, or a decimal point or a unit apart."""
    small, large = sorted((awarded.value, told.value))
    if same(awarded, told) or not small:
        return False
    return large - small <= NEAR * large or any(small * power == large for power in SLIPPED)
