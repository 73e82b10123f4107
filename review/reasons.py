"""Reasons that people give are published beside a mark: they must not say what it hides."""

from __future__ import annotations

import re

MID_SENTENCE_CAPITAL = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w'-]{2,}")


def quotes(reason: str, withheld: str) -> bool:
    """Whether a reason says something of what it withholds: a figure, a name, or three of its words in a row."""
    said, kept = _words(reason), _words(withheld)
    telling = {word for word in kept if any(character.isdigit() for character in word)}
    telling |= {word.lower() for word in MID_SENTENCE_CAPITAL.findall(withheld)} - {"the"}
    if len(kept) < 3:  # a name or an amount by itself: any word of it would tell
        telling |= set(kept)
    return bool(telling & set(said) or _threes(kept) & _threes(said))


def _threes(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w£.,'-]*\w", text.lower())
