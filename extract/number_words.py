"""Numbers that are written out: "seventeen", "forty-two", "three point three million", by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_WORD = "|".join(sorted((*_UNITS, *_SCALES), key=len, reverse=True))
_WRITTEN = re.compile(rf"\b(?:{_WORD})\b(?:(?:[ -]+|,? +and +|,? +|( +point +))(?:{_WORD})\b)*", re.I)
_POINT = re.compile(rf"(?P<whole>.+?) +point +(?P<places>(?:(?:{'|'.join(_ONES[:10])}) *)+)(?P<scale>\w+)?", re.I)


class Written(NamedTuple):
    """A number written out at `text[start:end]`; `unit` is that of its last word: of "two million" a million."""

    start: int
    end: int
    value: Decimal
    unit: Decimal


def written_numbers(text: str) -> Iterator[Written]:
    """Every number that a text writes out; what does not add up to one ("nineteen ninety") is none."""
    for found in _WRITTEN.finditer(text):
        read = _with_point(found[0]) if found[1] else _whole(found[0])
        if read is not None:
            yield Written(*found.span(), *read)


def _whole(written: str) -> tuple[Decimal, Decimal] | None:
    """The value and the unit of the last word: what stands before a scale is counted in it."""
    total, group, last, unit = 0, 0, 10**12, 1
    for word in re.findall(r"[a-z]+", written.lower()):
        if word == "and":
            continue
        scale = _SCALES.get(word)
        if scale is None:
            step = _UNITS[word]
            if group % 100 and not (group % 10 == 0 and group % 100 >= 20 and 0 < step < 10):
                return None
            group, unit = group + step, 1
        elif scale == 100 and 0 < group < 100:
            group, unit = group * 100, 100
        elif scale > 100 and group and scale < last:
            total, group, last, unit = total + group * scale, 0, scale, scale
        else:
            return None
    return Decimal(total + group), Decimal(unit)


def _with_point(written: str) -> tuple[Decimal, Decimal] | None:
    parts = _POINT.fullmatch(written)
    whole = _whole(parts["whole"]) if parts else None
    scale = _SCALES.get(parts["scale"].lower()) if parts and parts["scale"] else 1
    if parts is None or whole is None or scale is None:
        return None
    places = "".join(str(_UNITS[word]) for word in parts["places"].lower().split())
    return Decimal(f"{whole[0]}.{places}") * scale, Decimal(scale) / 10 ** len(places)
