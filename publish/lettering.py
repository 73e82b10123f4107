"""A text as the typeface can print it: what nobody sees is left out, what it lacks is written with what it has.

A paper may say anything, and a character without a glyph would stop the making of its PDF. So a letter that the
typeface does not have as one is written as letter and accent, a compatibility form as what it stands for, and what is
left becomes `UNKNOWN`, of which the PDF says what it means. The page of the decision keeps every character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from publish.canonical import INVISIBLE
from publish.fonts import characters

UNKNOWN = "◊"
BREAK = "\u200b"  # nothing to see, but a line may end here
OGONEK = "\u0328"
_ALIKE = str.maketrans({"‐": "-", "‑": "-", "―": "—", "⁃": "•", "▪": "•", "●": "•", "◦": "•", "\u202f": "\u00a0"})
_SPACES = re.compile(r"[^\S\u00a0]+")


def printable(text: str, longest: int = 60) -> str:
    """The text in characters of the typeface, white space as one space, a word over `longest` breakable anywhere."""
    if "  " in text or not _as_they_are().issuperset(text):
        seen = _seen(text)
        text = _SPACES.sub(" ", seen if _whole().issuperset(seen) else "".join(map(_written, seen)))
    if len(text) <= longest or max(map(len, text.split()), default=0) <= longest:
        return text
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: BREAK.join(word[0]), text)


def is_whole(text: str) -> bool:
    """Whether every character of the text can be printed, in one way or another."""
    return UNKNOWN in text or UNKNOWN not in printable(text, len(text))


def _seen(text: str) -> str:
    """What a reader would see of it, each letter with its accents as one character where there is one."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text).translate(_ALIKE))


@cache
def _as_they_are() -> frozenset[str]:
    """The characters of which nothing has to be written otherwise; most texts have no others."""
    return frozenset(one for one in _whole() if _SPACES.sub(" ", _seen(one)) == one)


@cache
def _whole() -> frozenset[str]:
    """The characters that stand for themselves: all of the typeface but accents without a letter."""
    return frozenset(one for one in characters() if not unicodedata.combining(one))


@cache
def _written(character: str) -> str:
    """One character in those of the typeface. Above a tall letter an accent would be drawn apart, and be said twice."""
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    letter, accents = unicodedata.normalize("NFD", character)[:1], unicodedata.normalize("NFD", character)[1:]
    for form in (character, unicodedata.normalize("NFKC", character)):
        if _whole().issuperset(form):
            return form
    plain = len(accents) == 1 and accents in characters() and re.match(r"(?![bdhkl])[A-Za-z]", letter)
    return letter + accents if plain and accents != OGONEK else UNKNOWN
