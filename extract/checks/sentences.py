"""Sentences, numbers in words, and months apart: the little grammar that several checks share."""

from __future__ import annotations

import re

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
WORDS = (*_ONES, *_TEENS, "twenty")
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(WORDS)})"

# A full stop ends a sentence before a space and a capital, except after an initial, "No." and their like.
_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bLtd\.)(?<!\bInc\.)(?<!\bDr\.)"
    r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)\s+(?=[\"'“‘(]?[A-Z])"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph."""
    return tuple(_END.split(text))


def number(word: str) -> int:
    """A whole number in figures or in words up to twenty."""
    return int(word) if word.isdigit() else WORDS.index(word.casefold())
