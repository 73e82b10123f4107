"""Does a paper give two numbers for the same people or things?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.record import DecisionRecord

PEOPLE = "officers|staff|constables|sergeants|volunteers|specials|cadets|PCSOs|victims|offenders|children|detainees"
EVERYBODY = "users|people|personnel|employees|colleagues|individuals|workforce|participants|learners|trainees|end users"
THINGS = (
    "cameras|devices|handsets|laptops|licences|vehicles|radios|tablets|tasers|units|sites|stations|buildings|"
    "cases|calls|incidents|offences|crimes|records|referrals|places|hours|days|households|boroughs|wards|applications"
)
QUANTITY = re.compile(
    rf"(?<![\w.,£%-])(\d{{1,3}}(?:,\d{{3}})+|\d{{3,7}})\s+((?:[a-z][\w'’-]*\s+){{0,2}}?)({PEOPLE}|{EVERYBODY}|{THINGS})\b"
    rf"(\s+and\s+(?:{PEOPLE}))?",
    re.I,
)
CHANGE = re.compile(
    r"\b(from|increas\w+|ris(?:e|es|en|ing)|rose|gr(?:e|o)w\w*|reduc\w+|fell|fall\w*|decreas\w+|drop(?:ped|s)?|compar\w+|"
    r"previous\w*|former\w*|originally|initially|earlier|of whom|of which|instead|rather than|additional|further|more|"
    r"fewer|less|now|(?:by|in|for|from|since) 20\d\d|"
    r"20\d\d[/-]\d\d|target|forecast|projected|respectively|between|remaining)\b",
    re.I,
)
NEAR = 0.10


class Quantity(NamedTuple):
    """A count as printed, and whom it counts: `everybody` covers several kinds of people at once."""

    printed: str
    value: int
    kind: str
    everybody: bool
    sentence: int
    told_of: str


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Two near numbers for one group in one paragraph are usually an earlier draft's figure left standing."""
    for passage in texts(record):
        for first, second in combinations(_quantities(passage.text), 2):
            if _same_thing(first, second) and first.value != second.value and _near(first.value, second.value):
                name = spoken(record, passage.id)
                yield at_passage(
                    record,
                    "quantity-differs",
                    "note",
                    f"{capital(name)} says “{first.printed}” and “{second.printed}”. "
                    "If these are the same, which number is right?",
                    (passage.id,),
                    detail=f"{first.value}-{second.value}",
                )
    yield from _across(record)


def _across(record: DecisionRecord) -> Iterator[Finding]:
    """The same words for the same things in two places: only where they say which ("body-worn cameras")."""
    first_told: dict[str, tuple[Quantity, str]] = {}
    for passage in texts(record):
        for told in _quantities(passage.text):
            if " " not in told.told_of:
                continue
            earlier, place = first_told.setdefault(told.told_of, (told, passage.id))
            if place != passage.id and earlier.value != told.value and _near(earlier.value, told.value):
                yield at_passage(
                    record,
                    "quantity-differs",
                    "note",
                    f"{capital(spoken(record, place))} says “{earlier.printed}”, and {spoken(record, passage.id)} "
                    f"“{told.printed}”. If these are the same, which number is right?",
                    (place, passage.id),
                    detail=f"{earlier.value}-{told.value}-{passage.id}",
                )


def _quantities(text: str) -> list[Quantity]:
    found = []
    for index, sentence in enumerate(sentences(text)):
        if CHANGE.search(sentence):
            continue
        for match in QUANTITY.finditer(sentence):
            kind, both = match[3].casefold(), bool(match[4])
            everybody = both or bool(re.fullmatch(EVERYBODY, kind))
            told_of = " ".join(f"{match[2]}{match[3]}{match[4] or ''}".casefold().split())
            value = int(match[1].replace(",", ""))
            found.append(Quantity(match[0], value, kind + (match[4] or ""), everybody, index, told_of))
    return found


def _same_thing(first: Quantity, second: Quantity) -> bool:
    """The same noun, or in another sentence the same people under another name: users, officers and staff."""
    if first.kind == second.kind:
        which = {quantity.told_of for quantity in (first, second) if " " in quantity.told_of}
        return len(which) < 2  # "new cameras" and "old cameras" are told apart
    return first.sentence != second.sentence and first.everybody and second.everybody


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= NEAR * max(one, other)
