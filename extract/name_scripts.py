"""Words in letters that are not Latin: in these papers hardly anything but somebody's name is printed so."""

from __future__ import annotations

import re
from collections.abc import Iterator

# From Greek on, without the signs, the symbols and the letters for the shape of letters.
_LETTER = "[\u0370-\u1dbf\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufefc\U00010000-\U0003ffff]"
_WORDS = re.compile(rf"{_LETTER}+(?:[ .’'-]{{1,2}}{_LETTER}+)*")
LEAST = 2  # letters: one is a unit or a symbol


def other_alphabets(text: str) -> Iterator[tuple[int, int]]:
    """Where a text has words in Cyrillic, Greek, Arabic, Chinese and the like."""
    if not text.isascii():
        found = (match for match in _WORDS.finditer(text) if sum(map(str.isalpha, match[0])) >= LEAST)
        yield from (match.span() for match in found)
