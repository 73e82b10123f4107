"""Do letters stand by themselves, as those of a word that is printed downwards do?

Such a word ("P", "A", "R", "T", "2", one below the other) is read letter by letter among the lines that it stands
beside, so that no heading and no marking is seen in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, spoken
from extract.claims import Finding
from extract.record import DecisionRecord, Passage
from extract.texts import texts_of

LONE = re.compile(r"[^\W_](?:\s[^\W_])*")
BEFORE_NUMBER = re.compile(r"[A-Z] \d+(?:\.\d+)+\.?\s")
CAPITAL = re.compile(r" [B-HJ-Z](?= )")  # "A" and "I" are words
MANY = 3  # capitals among the words of one text


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Nobody writes a paragraph of one letter: something on that page was not read as it is printed."""
    odd: dict[int, list[str]] = {}
    for passage in record.passages():
        for place, text in texts_of(passage):
            alone = isinstance(passage, Passage) and (
                LONE.fullmatch(text) or (passage.number is None and BEFORE_NUMBER.match(text))
            )
            if alone or len(CAPITAL.findall(f" {text} ")) >= MANY:
                odd.setdefault(passage.page, []).append(place)
    for page, places in odd.items():
        yield at_passage(
            record,
            "letters-alone",
            "needs-person",
            f"On page {page} letters or figures stand by themselves in {spoken(record, places[0])}. Is a word printed "
            "downwards there, such as a marking, or the heading of a Part 2?",
            tuple(places),
        )
