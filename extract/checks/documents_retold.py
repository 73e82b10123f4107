"""Is one document said to be approved, or published, on two dates; or on one date approved here and published there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from extract.checks.background_papers import EDITION, EDITION_BEFORE
from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.dates import MONTHS
from extract.record import DecisionRecord, Passage

DONE = re.compile(
    rf"\b(?:was|were|has been|been)\s+(?:\w+ly\s+)?(?P<verb>approved|published|agreed|signed|issued)\b"
    rf"(?P<by>(?:\s+(?!in\b|on\b)[\w&’'-]+){{0,8}}?)\s+(?:in|on)\s+(?P<day>\d{{1,2}}\s+)?"
    rf"(?P<month>{'|'.join(MONTHS)})\s+(?P<year>20\d\d)",
    re.I,
)
NEAR = 60  # characters between a document's name and what was done with it


class Told(NamedTuple):
    """What is said to have been done with a document, when, and where that stands."""

    name: str
    verb: str
    printed: str
    when: tuple[str, str]
    place: str


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Approved is not published: a document that was never published may still be exempt, so the words matter."""
    told: dict[str, list[Told]] = {}
    for passage in texts(record):
        for key, event in _events(passage):
            told.setdefault(key, []).append(event)
    for events in told.values():
        for first, second in combinations(events, 2):
            if (first.verb == second.verb) != (first.when == second.when):
                yield _finding(record, first, second)
                break


def _events(passage: Passage) -> Iterator[tuple[str, Told]]:
    for sentence in sentences(passage.text):
        named = [(found.end(), f"{found[1]}{found[2]}", found[0]) for found in EDITION.finditer(sentence)]
        named += [(found.end(), f"{found[2]}{found[1]}", found[0]) for found in EDITION_BEFORE.finditer(sentence)]
        for done in DONE.finditer(sentence):
            before = [(end, key, name) for end, key, name in named if 0 <= done.start() - end <= NEAR]
            if before:
                _, key, name = max(before)
                day = f"{done['day'] or ''}{done['month']} {done['year']}"
                when = (done["month"].casefold(), done["year"])
                yield key.casefold().replace(" ", ""), Told(name, done["verb"].casefold(), day, when, passage.id)


def _finding(record: DecisionRecord, first: Told, second: Told) -> Finding:
    one, other = spoken(record, first.place), spoken(record, second.place)
    return at_passage(
        record,
        "document-told-differently",
        "note",
        f"{capital(one)} says that {first.name} was {first.verb} in {first.printed}, and {other} that "
        f"{second.name} was {second.verb} in {second.printed}. Which is right?",
        tuple(dict.fromkeys((first.place, second.place))),
        detail=f"{first.name}-{first.verb}-{second.verb}".casefold().replace(" ", "-"),
    )
