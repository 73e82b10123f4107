"""Sums of money in a text, those written without a sign included: "3,337,000 pounds", "3.3 million"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.formats import legible
from extract.money import find_amounts

NUMBER = r"(?<![\w.,£])([0-9][0-9.,]{0,20})"
SCALE = r"(?:[ -]?(?:thousand|million|billion|trillion|bn|tn|[kmb])\b)"
WITHOUT_SIGN = re.compile(rf"{NUMBER}({SCALE}?)[ -]?(?:pounds?|GBP)\b|{NUMBER}({SCALE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money at a place of a text, by value."""

    start: int
    end: int
    value: Decimal
    precision: Decimal


def sums(text: str) -> tuple[Sum, ...]:
    """The sums of a text that have a value."""
    copy = legible(text)[0]
    found = [(m.start, m.end, m.value, m.precision) for m in find_amounts(copy.text)]
    for printed in WITHOUT_SIGN.finditer(copy.text):
        bare = f"£{(printed[1] or printed[3]).rstrip('.,')}{printed[2] or printed[4] or ''}"
        found += [(*printed.span(), m.value, m.precision) for m in find_amounts(bare)]
    return tuple(
        Sum(*copy.span(start, end), value, precision) for start, end, value, precision in found if value is not None
    )
