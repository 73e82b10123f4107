"""The sums of money that the passages of a paper print."""

from __future__ import annotations

from collections.abc import Iterable

from extract.facts import Amount
from extract.money import decimal_text, find_amounts
from extract.record import Passage, TablePassage
from extract.texts import texts_of


def amounts_of(passages: Iterable[Passage | TablePassage]) -> tuple[Amount, ...]:
    """Every sum in these passages and in the cells of these tables, in their order."""
    return tuple(
        Amount(
            as_printed=money.as_printed,
            value=None if money.value is None else decimal_text(money.value),
            currency=money.currency,
            approximate=money.approximate,
            passage=place,
        )
        for passage in passages
        for place, text in texts_of(passage)
        for money in find_amounts(text)
    )
