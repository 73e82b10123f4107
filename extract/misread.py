"""How words look when a picture of them is read wrongly: letters taken for others, and words that are nearly known.

It serves only to recognise headings and markings; what is kept of a paper is always what was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

NEARLY = ("CONFIDENTIAL", "RESTRICTED", "EXEMPT", "SENSITIVE", "OFFICIAL", "PUBLICATION", "APPENDIX")
LONG = 10  # letters: such a word may have two of them wrong, a shorter one only one
PART = re.compile(r"(?<!\w)[PFR]\s?[A4]\s?[RKH]\s?[TI7Y](?=\W{0,3}(?:2|Z|\?|TW|T\w|[IL1|!]{2}|[HN]\b))")
TWO = re.compile(
    r"(?<!\w)PART\W{0,3}(?:(?:Z|TW[0OQ]|TVO|[IL1|!]{2})(?!\w)|\?|[HN](?=\W*[-:(]|\W+(?:CONFIDENTIAL|EXEMPT|RESTRICTED)))"
)
BARE = str.maketrans("05L1|", "OSIII")
ALIKE = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХİ|_", "ABEZHIKMNOPTYXABESIJKMHOPCTYXII-")  # Greek, Cyrillic


def skeleton(word: str) -> str:
    """A word in capitals without what tells its look-alike letters and digits apart."""
    return word.upper().translate(BARE)


LETTERS = bytes(ord(skeleton(chr(c).upper())) if chr(c).isascii() else c for c in range(256))
OTHERS = bytes(c for c in range(256) if not (chr(c).isascii() and (chr(c).isalnum() or c in b"|\n")))


def letters(printed: str) -> bytes:
    """A text without all that folding may change: its letters and digits in capitals, look-alikes as one, no spaces."""
    return lettered((printed,))[0]


def lettered(lines: Sequence[str]) -> list[bytes]:
    """The same of many lines, which costs hardly more than of one."""
    whole = "\n".join([_plainest(line).replace("\n", "") for line in lines])
    return whole.encode("ascii", "ignore").translate(LETTERS, OTHERS).split(b"\n")


def _plainest(printed: str) -> str:
    """In capitals that ASCII has, where it is no ASCII: of what folding drops one accent is a letter like those."""
    if printed.isascii():
        return printed
    plainest = unicodedata.normalize("NFKC", printed).replace("\N{COMBINING GREEK YPOGEGRAMMENI}", "")
    return plainest.upper().translate(ALIKE)


def spellings(words: Iterable[str]) -> dict[str, str]:
    """The words that are meant, each under its skeleton."""
    return {skeleton(word): word for word in words}


def looking_like(meant: Iterable[str]) -> re.Pattern[str]:
    """What finds, in a text in capitals without strokes, each word that has one of these skeletons."""
    ways = (word.replace("I", "[IL1]").replace("O", "[O0]").replace("S", "[S5]") for word in meant)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


def spelt_as(text: str, meant: Mapping[str, str]) -> str:
    """A text with each word that looks like one that is meant in the spelling of that one."""
    return re.sub(r"[\w|]+", lambda found: meant.get(skeleton(found[0]), found[0]), text)


def guessed(text: str) -> str:
    """A text in capitals as it was probably printed, where that would make a marking or a Part 2 heading of it."""
    capitals = re.sub(r"\w{5,}", lambda found: _nearest(found[0]), text.upper())
    return TWO.sub("PART 2", PART.sub("PART", capitals))


def _nearest(word: str) -> str:
    bare = skeleton(word)
    for known in NEARLY:
        most = 2 if len(known) >= LONG else 1
        if abs(len(known) - len(word)) <= most and _apart(bare, skeleton(known)) <= most:
            return known
    return word


def _apart(one: str, other: str) -> int:
    """How many letters have to be changed, added or left out to make one word of the other."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], n
        for m, against in enumerate(other, 1):
            diagonal, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, diagonal + (letter != against))
    return row[-1]
