"""Is one post, or one firm, named in two ways that differ by a letter?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from extract.checks.places import at_passage, capital, spoken, texts
from extract.claims import Finding
from extract.record import DecisionRecord

_WORD = r"[A-Z][\w’'-]*"
_NAME = rf"{_WORD}(?:(?:\s+(?:of|for|and|&|the)){{0,2}}\s+{_WORD}){{0,6}}"
POST = re.compile(
    rf"\b(?:(?:Deputy|Assistant|Senior|Interim|Acting|Chief|Executive|Strategic)\s+)*"
    rf"(?:Director|Head|Officer|Commissioner|Mayor|Commander|Manager|Owner|Executive|Secretary|Inspector)"
    rf"\s+(?:of|for)\s+(?:the\s+)?{_NAME}"
)
FIRM = re.compile(rf"\b{_WORD}(?:\s+(?:(?:of|&)\s+)?{_WORD}){{0,5}}\s+(?:Ltd|Limited|LLP|plc|Inc)\b")
LEAST = 5  # letters of a word: shorter ones differ by a letter and mean something else


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Published as signed; the note helps whoever has to find out which office or firm a decision binds."""
    seen: dict[str, str] = {}
    for passage in texts(record):
        for pattern in (POST, FIRM):
            for found in pattern.finditer(passage.text):
                seen.setdefault(" ".join(found[0].split()), passage.id)
    for one, other in combinations(seen, 2):
        if _nearly(one.split(), other.split()):
            where = f"{spoken(record, seen[one])} and {spoken(record, seen[other])}"
            if seen[one] == seen[other]:
                where = spoken(record, seen[one])
            yield at_passage(
                record,
                "name-differs",
                "note",
                f"{capital(where)}: “{one}” and “{other}” differ by a letter. If they are one and the "
                "same, ask for the right name.",
                tuple(dict.fromkeys((seen[one], seen[other]))),
                detail=f"{one}-{other}".casefold().replace(" ", "-"),
            )


def _nearly(one: list[str], other: list[str]) -> bool:
    """Whether all words agree but one, and that one by a single letter."""
    if len(one) != len(other):
        return False
    unlike = [(a.casefold(), b.casefold()) for a, b in zip(one, other, strict=True) if a.casefold() != b.casefold()]
    return len(unlike) == 1 and _one_letter(*unlike[0])


def _one_letter(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(short) < LEAST or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        return sum(x != y for x, y in zip(short, long, strict=True)) == 1
    return any(short == long[:at] + long[at + 1 :] for at in range(len(long)))
