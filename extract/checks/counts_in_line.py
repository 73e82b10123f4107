"""Is a stated number of things the number that the same sentence names, or that the recommendations award?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.counts import COMPOUND, STATED_LIST
from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import NUMBER, number, sentences
from extract.claims import Finding
from extract.record import DecisionRecord, Passage

LONGEST = 5  # words of a thing named in a list with commas; what is longer may hold a comma or an "and" of its own
ANNOUNCED = re.compile(r"[^,;:.]{0,40}:\s*(?P<list>\S.{0,600})$", re.S)
NOT_A_LIST = re.compile(
    r"\b(?:such as|including|for example|which|that|who|e\.g|i\.e|etc|namely|none|some|most)\b", re.I
)
AWARDED = re.compile(
    rf"(?<![\w.,£])({NUMBER})\s+(?:(?:new|direct|separate|further|contract|grant)\s+){{0,2}}?(contracts|awards|grants|extensions)\b",
    re.I,
)
OF_THIS_PAPER = re.compile(
    r"\bthis (?:paper|report|decision)\b|\b(?:approval is sought|is asked to|seeks approval|requests approval)\b", re.I
)
KINDS = {
    "contracts": ("award", "direct-award"),
    "awards": ("award", "direct-award", "grant"),
    "grants": ("grant",),
    "extensions": ("extension",),
}


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A number that was not changed with its list: either a thing was lost, or one was added without a word."""
    for passage in texts(record):
        for sentence in sentences(passage.text):
            yield from _named(record, passage, sentence)
            yield from _awarded(record, passage, sentence)


def _named(record: DecisionRecord, passage: Passage, sentence: str) -> Iterator[Finding]:
    for stated in STATED_LIST.finditer(sentence):
        after = ANNOUNCED.match(sentence, stated.end())
        if not after or COMPOUND.search(stated[2]):
            continue
        count = _count(after["list"])
        if count is not None and count != number(stated[1]):
            yield at_passage(
                record,
                "stated-count-differs",
                "needs-person",
                f"{_where(record, passage)} announces “{stated[0]}” and names {count} in the same sentence. Which is "
                "right?",
                (passage.id,),
                detail=f"{stated[3].casefold()}-{stated.start()}",
            )


def _count(listed: str) -> int | None:
    """How many things a list names; None where a comma or an "and" may belong to one of them."""
    parts = [re.sub(r"^\s*(?:and|or)\s+", "", part) for part in listed.split(";")]
    if len(parts) > 1:
        return len(parts)
    if NOT_A_LIST.search(listed):
        return None
    joined = re.findall(r"\s(?:and|or)\s", listed)
    things = re.split(r",\s*(?:(?:and|or)\s+)?|\s(?:and|or)\s", listed.strip().rstrip("."))
    if len(joined) != 1 or len(things) < 2 or "(" in listed or any(len(thing.split()) > LONGEST for thing in things):
        return None
    return len(things) if all(thing.strip() for thing in things) else None


def _awarded(record: DecisionRecord, passage: Passage, sentence: str) -> Iterator[Finding]:
    if not record.awards or not OF_THIS_PAPER.search(sentence):
        return
    for stated in AWARDED.finditer(sentence):
        made = sum(award.kind in KINDS[stated[2].casefold()] for award in record.awards)
        if made and number(stated[1]) not in (made, len(record.awards)):
            yield at_passage(
                record,
                "stated-count-differs",
                "needs-person",
                f"{_where(record, passage)} says “{stated[0]}”, and the recommendations make {made}. Which is right?",
                (passage.id, *dict.fromkeys(award.recommendation for award in record.awards)),
                detail=f"{stated[2].casefold()}-{stated.start()}",
            )


def _where(record: DecisionRecord, passage: Passage) -> str:
    name = spoken(record, passage.id)
    return capital(name)
