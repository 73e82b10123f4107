"""Sums in a sentence, each replaced by a sign, so that a pattern can speak of "a sum" and of which one it is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extract.money import find_amounts

SUM = "\ue000(\\d+)\ue001"
ANY_SUM = "\ue000\\d+\ue001"
NO_SUM = "[^\ue000]"


class Figure(NamedTuple):
    """A sum as printed, in pounds, right to within `half` of its last printed place."""

    printed: str
    value: Decimal
    half: Decimal


class Figured(NamedTuple):
    """A sentence with signs for its sums. `exact` is false where one of them is a guess, a range or a slip."""

    text: str
    sums: tuple[Figure, ...]
    exact: bool


def figured(sentence: str) -> Figured:
    """The sums of a sentence in order; sum 0 is written as SUM with the number 0."""
    sentence = re.sub("[\ue000\ue001]", " ", sentence)  # the signs stand for sums and for nothing else
    found = find_amounts(sentence)
    text, end = "", 0
    for index, money in enumerate(found):
        text += f"{sentence[end : money.start]}\ue000{index}\ue001"
        end = money.end
    exact = all(money.value is not None and not money.approximate for money in found)
    sums = tuple(Figure(money.as_printed, money.value or Decimal(0), money.precision) for money in found)
    return Figured(text + sentence[end:], sums, exact)


def sums_in(text: str, sums: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The sums that a stretch of a figured text names."""
    return tuple(sums[int(index)] for index in re.findall(SUM, text))


def add_up(parts: tuple[Figure, ...], whole: Figure) -> bool:
    """Whether parts make the whole, to half a unit of the least precise of all these figures as printed."""
    slack = max(figure.half for figure in (*parts, whole))
    return abs(sum(part.value for part in parts) - whole.value) <= slack
