"""Is there a sum of money that cannot be read as one figure?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_words, spoken
from extract.claims import Finding
from extract.money import Money, find_amounts
from extract.record import DecisionRecord
from extract.texts import public_texts

RANGE = re.compile(r"[0-9a-z]\s?(?:[-\u2010-\u2015/]|\bto\b|\bor\b|\band\b)\s?£?[0-9]", re.I)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A slip in a sum is published as it was signed and counted nowhere; a range or a foreign sum is no slip."""
    for words in public_texts(record):
        for money in find_amounts(words.text):
            if _is_slip(money):
                where = spoken(record, words.place)
                yield at_words(
                    record,
                    "amount-unread",
                    "needs-person",
                    f"“{money.as_printed}” in {where} cannot be read as a sum of money, so no total counts it. Ask "
                    "what is meant.",
                    words,
                    money.start,
                )


def _is_slip(money: Money) -> bool:
    return money.value is None and money.currency == "GBP" and not RANGE.search(money.as_printed)
