"""A record as people have corrected what was read of it: pure, typed, and refused with a sentence where it cannot be.

A correction stands beside the machine's reading and never over it: `amend` makes another record, and whoever overrules
the correction has the reading back. It says what the paper says, never what it should have said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from extract.amounts import amounts_of
from extract.awards import awards_of
from extract.citations import read_citation
from extract.claims import Amend
from extract.facts import Private
from extract.money import decimal_text, find_amounts
from extract.record import DecisionRecord, Passage
from extract.references import normalise
from extract.replies import day
from extract.retold import retold
from extract.texts import award_fact, public_texts

LONGEST = 20_000  # characters of a correction: no paragraph of a paper is longer
AWARD = re.compile(r"awards\[(\d+)\]\.(supplier|purpose|framework|term|extension_options|value|total_after)")
GROUND = re.compile(r"part2\.exemptions\[(\d+)\]")


class UnfitAmendmentError(ValueError):
    """A correction that cannot be: its message is a sentence for the person who made it."""


def amend(record: DecisionRecord, amendments: Iterable[Amend]) -> DecisionRecord:
    """The record as it reads with these corrections, the latest of each field.

    One that was made on another reading of its field than the machine has now, or cannot be, is passed over: `lapsed`
    names them.
    """
    return _amended(record, amendments)[0]


def lapsed(record: DecisionRecord, amendments: Iterable[Amend]) -> tuple[Amend, ...]:
    """The corrections that speak of another reading than the machine has now, or cannot be, and count for nothing."""
    return _amended(record, amendments)[1]


def _amended(record: DecisionRecord, amendments: Iterable[Amend]) -> tuple[DecisionRecord, tuple[Amend, ...]]:
    latest = {amendment.field: amendment for amendment in amendments}
    passed = []
    # Awards last: what is read of them changes with the words of their recommendation.
    for amendment in sorted(latest.values(), key=lambda one: (one.field.startswith("awards["), one.field)):
        try:
            said = fitting(record, amendment.field, amendment.value)
        except UnfitAmendmentError:
            passed.append(amendment)
            continue
        if amendment.was == reading(record, amendment.field):
            record = _with(record, amendment.field, said)
        else:
            passed.append(amendment)
    return record, tuple(passed)


def fields(record: DecisionRecord) -> tuple[str, ...]:
    """Every field and passage of a record that people may correct, by its path or its place."""
    awards = (
        f"awards[{n}].{name}"
        for n in range(len(record.awards))
        for name in ("supplier", "purpose", "framework", "term", "extension_options", "value", "total_after")
    )
    return tuple(dict.fromkeys((*FIELDS, *(text.place for text in public_texts(record)), *awards)))


def reading(record: DecisionRecord, field: str) -> str | None:
    """What the record says there, as a correction would say it."""
    award, ground = AWARD.fullmatch(field), GROUND.fullmatch(field)
    if award:
        return award_fact(record, field)
    if ground:
        return record.part2.exemptions[int(ground[1])].as_printed
    if field in FIELDS:
        value: Any = record
        for name in field.split("."):
            value = getattr(value, name)
        return value.isoformat() if isinstance(value, date) else value
    return next(text.text for text in public_texts(record) if text.place == field)


def fitting(record: DecisionRecord, field: str, value: str | None) -> str | None:
    """A correction in the one form it is kept in; raises UnfitAmendmentError, with what would do."""
    if field not in fields(record):
        raise UnfitAmendmentError(
            f"There is no “{field}” in this paper that can be corrected. Name a field ({', '.join(FIELDS)}) "
            "or a passage as `partone show` names it."
        )
    award = AWARD.fullmatch(field)
    parse, may_be_empty = FIELDS.get(field, (_sum if award and award[2] in SUMS else _words, award is not None))
    said = " ".join(value.split()) if value else ""
    if not said:
        if may_be_empty or re.fullmatch(r".+/r\d+/c\d+", field):
            return None if field in FIELDS or award else ""
        raise UnfitAmendmentError("It cannot be left empty: give what the paper says with --value.")
    if len(said) > LONGEST or not said.isprintable():
        raise UnfitAmendmentError("The correction has signs in it that nobody sees, or is too long. Type it anew.")
    return parse(said)


def _words(said: str) -> str:
    return said


def _reference(said: str) -> str:
    found = normalise(said)
    if found is None or normalise(found.reference) is None or found.as_printed.strip().upper() != said.upper():
        raise UnfitAmendmentError("That is no reference of a decision. Give it whole and alone, such as PCD 1572.")
    return found.reference


def _day(said: str) -> str:
    found = day(said)
    if found is None:
        raise UnfitAmendmentError("That is no day of the calendar. Give one there is, such as 2026-03-31.")
    return found.isoformat()


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(said: str) -> str:
        if said.lower() not in words:
            raise UnfitAmendmentError(f"It is one of these: {', '.join(words)}.")
        return said.lower()

    return parse


def _sum(said: str) -> str:
    amounts = find_amounts(said)
    if len(amounts) != 1 or amounts[0].as_printed != said or amounts[0].value is None or amounts[0].currency != "GBP":
        raise UnfitAmendmentError("That is no single sum in pounds. Give one as the paper prints it, such as £1.250m.")
    return said


SUMS = ("value", "total_after")
FIELDS: Mapping[str, tuple[Callable[[str], str], bool]] = {
    "reference": (_reference, False),
    "title": (_words, False),
    "approval.decision_maker": (_words, False),
    "approval.interests": (_one_of("stated", "none", "not-stated"), False),
    "approval.interests_text": (_words, True),
    "approval.signed_on": (_day, False),
    "chief_executive.signed_on": (_day, True),
    "part2.exists": (_one_of("yes", "no", "undetermined"), False),
    "part2.marking": (_words, True),
    "part2.ceases_when": (_words, True),
    "deferral.answer": (_one_of("yes", "no", "undetermined"), False),
    "deferral.reason": (_words, True),
    "deferral.until": (_day, True),
}
"""The fields that are no passage: how a correction of each is read, and whether it may say that there is none."""


def _with(record: DecisionRecord, field: str, value: str | None) -> DecisionRecord:
    """The record with one correction, whatever follows from it read again."""
    award, ground = AWARD.fullmatch(field), GROUND.fullmatch(field)
    if award:
        return _with_award(record, int(award[1]), award[2], value)
    if ground and value:
        grounds = list(record.part2.exemptions)
        grounds[int(ground[1])] = read_citation(value)
        return record.model_copy(update={"part2": _changed(record.part2, exemptions=tuple(grounds))})
    if field == "reference" and (found := normalise(value or "")):
        names = {"reference": found.reference, "reference_as_printed": value, "references": found.references}
        return record.model_copy(update=names)
    if field not in FIELDS:
        return _with_text(record, field, value or "")
    part, _, name = field.rpartition(".")
    read: Any = date.fromisoformat(value) if value and FIELDS[field][0] is _day else value
    if not part:
        return record.model_copy(update={name: read})
    return record.model_copy(update={part: _changed(getattr(record, part), **{name: read})})


def _changed(facts: Private, **said: Any) -> Private:
    return facts.model_copy(update=said)


def _with_text(record: DecisionRecord, place: str, text: str) -> DecisionRecord:
    """The record with another text at a place, its sums and contracts read again."""
    record = retold(record, place, text)
    awards = record.awards
    if place.startswith("recommendation/"):
        awards = awards_of((p.id, p.level, p.text) for p in record.recommendations if isinstance(p, Passage))
    return record.model_copy(update={"amounts": amounts_of(record.passages()), "awards": awards})


def _with_award(record: DecisionRecord, n: int, name: str, value: str | None) -> DecisionRecord:
    """The record with another fact of a contract; `amended` names it, so that it is weighed like any other text."""
    changed: dict[str, Any] = {name: value}
    if name in SUMS:
        sums = find_amounts(value or "")
        exact = sums[0].value if sums else None
        changed = {name: None if exact is None else decimal_text(exact), f"{name}_as_printed": value}
    awards = list(record.awards)
    awards[n] = awards[n].model_copy(update=changed)
    amended = (*record.amended, f"awards[{n}].{name}")
    return record.model_copy(update={"awards": tuple(awards), "amended": amended})
