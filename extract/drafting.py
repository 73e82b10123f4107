"""Who the declarations say has drafted the paper: a person, or only an office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.name_runs import candidates
from extract.name_words import Kind, kind_of, words
from extract.record import DecisionRecord

DRAFTED = re.compile(
    r"^\W*(?P<who>.{3,80}?)\s+(?:has|have|had)?\s*(?:drafted|prepared|written|authored|compiled)\b", re.I
)
DRAFTING = re.compile(r"\b(draft\w*|report|originating) (officer|author)\b|\bauthor\b", re.I)


def drafters(record: DecisionRecord) -> Iterator[tuple[int, str]]:
    """Each declaration that names who drafted the paper, by its place among them, and the name."""
    for index, row in enumerate(record.declarations):
        who = drafter(row.statement) if DRAFTING.search(row.topic) else None
        if who:
            yield index, who


def drafter(statement: str) -> str | None:
    """The person named as having drafted the paper, or None where the words before the verb are an office."""
    found = DRAFTED.match(statement)
    if not found:
        return None
    who = found["who"].split(",")[0].strip()
    each = who.split()
    named = all(word[0].isupper() or word.casefold() in words().small for word in each)
    if len(each) < 2 or not named or any(_of_the_work(word) for word in each):
        return next((name.name for name in candidates(who, frozenset(), {}) if name.rule == "title"), None)
    return who


def _of_the_work(word: str) -> bool:
    """Whether a word says that an office was meant; a word that may be a name too says nothing."""
    kind = kind_of(word)
    return kind in (Kind.POST, Kind.TITLE, Kind.THING, Kind.LEAD) or (
        kind is Kind.ORDINARY and word.casefold() not in words().also_names
    )
