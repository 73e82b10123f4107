"""Reasons that people give are published beside a mark: they must not say what it hides."""

from __future__ import annotations

import re

from review.mentions import sums

MID_SENTENCE_CAPITAL = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'-]{2,}")
LEADING_NAME = re.compile(r"(?:^|(?<=[.!?] ))[A-Z][\w'-]{2,}(?= [A-Z][\w'-]+)")


def quotes(reason: str, withheld: str) -> bool:
    """Whether a reason says something of what it withholds: a figure, a name, or three of its words in a row.

    A sum is told in whatever way it is written, and rounded too: "£3.3 million" tells of £3.337m.
    """
    said, kept = _words(reason), _words(withheld)
    telling = {word for word in kept if any(character.isdigit() for character in word)}
    names = MID_SENTENCE_CAPITAL.findall(withheld) + LEADING_NAME.findall(withheld)
    telling |= {_bare(word.lower()) for word in names} - {"the"}
    if len(kept) < 3:  # a name or an amount by itself: any word of it would tell
        telling |= set(kept)
    return bool(telling & set(said) or _threes(kept) & _threes(said) or _same_sum(reason, withheld))


def _same_sum(reason: str, withheld: str) -> bool:
    return any(
        abs(told.value - kept.value) <= max(told.precision, kept.precision)
        for told in sums(reason)
        for kept in sums(withheld)
    )


def _threes(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _words(text: str) -> list[str]:
    return [_bare(word) for word in re.findall(r"[\w£.,'-]*\w", text.lower().replace("\u2019", "'"))]


def _bare(word: str) -> str:
    return word.strip(".,'-").removesuffix("'s")
