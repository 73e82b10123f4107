"""The words of a text as they mean the same: dates, percentages and numbers by value, "&" as "and", no capitals.

Two texts that say the same in other spellings have the same words here, each with its place in the print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.dates import printed_dates
from extract.formats import legible
from extract.number_words import written_numbers

PERCENT = re.compile(r"\s?(?:%|per ?cent\b|percent\b)", re.I)
FIGURES = re.compile(r"(?<![\w.,£])\d+(?:,\d{3})*(?:\.\d+)?(?=(?:st|nd|rd|th)?(?!\w)|%)")
WORD = re.compile(r"(\d+)(?:st|nd|rd|th)\b|[^\W_]+(?:['’][^\W_]+)*|&", re.I)
APART = re.compile(r"[^ ,()'\"“”‘’-]")  # between two words of one phrase there is nothing else


class Word(NamedTuple):
    """Characters `start` to `end` of a text, and what they mean; `valued` where it is a date or a percentage."""

    meaning: str
    start: int
    end: int
    valued: bool = False


@lru_cache(maxsize=512)  # each claim asks for the same texts
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    copy = legible(text)[0]
    taken = list(_values(copy.text))
    covered = {at for word in taken for at in range(word.start, word.end)}
    for found in WORD.finditer(copy.text):
        if found.start() not in covered:
            meaning = found[1] or ("and" if found[0] == "&" else found[0].casefold().replace("’", "'"))
            taken.append(Word(meaning.removesuffix("'s"), *found.span()))
    return tuple(word._replace(start=copy.span(*word[1:3])[0], end=copy.span(*word[1:3])[1]) for word in sorted(
        taken, key=lambda word: word.start
    ))  # fmt: skip


def _values(text: str) -> Iterator[Word]:
    dates = [day for day in printed_dates(text) if day.day]
    yield from (Word(day.day.isoformat(), day.start, day.end, valued=True) for day in dates if day.day)
    numbers = [(f.start(), f.end(), Decimal(f[0].replace(",", ""))) for f in FIGURES.finditer(text)]
    numbers += [(number.start, number.end, number.value) for number in written_numbers(text)]
    for start, end, value in numbers:
        if any(day.start <= start < day.end for day in dates):
            continue
        share = PERCENT.match(text, end)
        plain = f"{value.normalize():f}"
        yield Word(f"{plain}%", start, share.end(), valued=True) if share else Word(plain, start, end)


def same_words(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where some words stand in a text, whatever their spelling, one behind the other with a comma at most between."""
    wanted, there = [word.meaning for word in words_of(words)], words_of(text)
    shown = legible(text)[-1].text if wanted else ""
    for at in range(len(there) - len(wanted) + 1 if wanted else 0):
        found = there[at : at + len(wanted)]
        if [word.meaning for word in found] == wanted and not any(
            APART.search(shown[one.end : other.start]) for one, other in pairwise(found)
        ):
            yield found[0].start, found[-1].end
