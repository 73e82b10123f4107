"""Is every printed date a day that there is, and does what comes first stand first?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from extract.checks.places import at_field, at_passage, capital, spoken, texts
from extract.claims import Finding, Severity
from extract.dates import MONTHS, PrintedDate, printed_dates
from extract.record import DecisionRecord, Passage

_MONTH = rf"(?P<{{}}>{'|'.join(MONTHS)})\s+(?P<{{}}>20\d\d)"
TO = re.compile(r"\s*,?\s*(?:to|until|till|through to|up to|-|–|—)\s*(?:the\s+)?", re.I)
AND = re.compile(r"\s+and\s+", re.I)
BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
MONTHS_APART = re.compile(
    rf"\b{_MONTH.format('first', 'year')}\s*(?:to|until|till|-|–|—)\s*{_MONTH.format('last', 'end')}", re.I
)
# What is told as done: "was approved on", "took place on", "have been consulted in".
DONE = (
    r"\b(?:was|were|has been|have been|had been|took place|met|agreed|approved|completed|signed)\b"
    r"(?:\s+[\w'’-]+){0,6}?\s+"
)
NEAR = 160  # characters before a date that can say what was done on it
DONE_ON = re.compile(rf"{DONE}(?:on|dated)\s+(?:the\s+)?$", re.I)
DONE_IN = re.compile(rf"{DONE}in\s+{_MONTH.format('first', 'year')}\b", re.I)
AHEAD = re.compile(
    r"\b(?:will|shall|would|may|might|could|to be|to|due|plan\w*|expect\w*|schedul\w*|until|by|from|next|intend\w*|"
    r"forecast\w*|propos\w*|target\w*|if|when|once|assum\w*|project\w*|anticipat\w*|effective)\b",
    re.I,
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A decision is dated after what it rests on; a date that cannot be is a slip, and nobody can say of which day."""
    for block, signed_on in (
        ("approval", record.approval.signed_on),
        ("chief_executive", record.chief_executive.signed_on),
    ):
        if signed_on and signed_on.weekday() > 4:
            yield at_field(
                record,
                "signed-at-weekend",
                "note",
                f"The date of signing, {_day(signed_on)}, is a {signed_on:%A}. If that is unlikely, check the date.",
                f"{block}.signed_on",
            )
    for passage in texts(record):
        printed = tuple(printed_dates(passage.text))
        yield from _slips(record, passage, printed)
        yield from _backwards(record, passage, printed)
        if record.approval.signed_on:
            yield from _after_signing(record, passage, printed, record.approval.signed_on)


def _slips(record: DecisionRecord, passage: Passage, printed: tuple[PrintedDate, ...]) -> Iterator[Finding]:
    for said in printed:
        severity: Severity = "needs-person"
        if said.day is None and re.search(r"[a-z]|/", said.as_printed, re.I):  # 2.13.2020 may be a paragraph's number
            what = "there is no such day"
        elif not said.weekday_fits and said.day:
            what, severity = f"{_day(said.day)} is a {said.day:%A}", "note"
        else:
            continue
        yield at_passage(
            record,
            "date-impossible",
            severity,
            f"{_where(record, passage)} gives the date “{said.as_printed}”, but {what}. Ask which day is meant.",
            (passage.id,),
            detail=said.start,
        )


def _backwards(record: DecisionRecord, passage: Passage, printed: tuple[PrintedDate, ...]) -> Iterator[Finding]:
    spans = [
        (first.as_printed, last.as_printed, first.start)
        for first, last in pairwise(printed)
        if first.day and last.day and first.day > last.day and _is_span(passage.text, first, last)
    ]
    spans += [
        (f"{found['first']} {found['year']}", f"{found['last']} {found['end']}", found.start())
        for found in MONTHS_APART.finditer(passage.text)
        if _months(found["first"], found["year"]) > _months(found["last"], found["end"])
        and not any(said.start <= found.start() + 1 < said.end for said in printed)
    ]
    for first_day, last_day, start in spans:
        yield at_passage(
            record,
            "dates-out-of-order",
            "needs-person",
            f"{_where(record, passage)} runs from {first_day} to {last_day}, which is earlier. Ask which is right.",
            (passage.id,),
            detail=start,
        )


def _is_span(text: str, first: PrintedDate, last: PrintedDate) -> bool:
    apart = text[first.end : last.start]
    return bool(TO.fullmatch(apart) or (AND.fullmatch(apart) and BETWEEN.search(text[: first.start])))


def _after_signing(
    record: DecisionRecord, passage: Passage, printed: tuple[PrintedDate, ...], signed_on: date
) -> Iterator[Finding]:
    late = [
        (f"on {said.as_printed}", said.start)
        for said in printed
        if said.day
        and said.day > signed_on
        and _is_done(DONE_ON.search(passage.text[max(0, said.start - NEAR) : said.start]))
    ]
    late += [
        (f"in {found['first']} {found['year']}", found.start())
        for found in DONE_IN.finditer(passage.text)
        if _is_done(found) and _months(found["first"], found["year"]) > signed_on.year * 12 + signed_on.month - 1
    ]
    for day, start in late:
        yield at_passage(
            record,
            "dates-out-of-order",
            "needs-person",
            f"{_where(record, passage)} tells of something done {day}, after the decision was signed on "
            f"{_day(signed_on)}. Ask which date is wrong.",
            (passage.id,),
            detail=start,
        )


def _is_done(found: re.Match[str] | None) -> bool:
    """Whether a verb tells of the past, and nothing in its clause up to the date looks ahead."""
    if found is None:
        return False
    clause = re.split(r"[.;:,]\s", found.string[: found.start()])[-1]
    return not AHEAD.search(found[0]) and not AHEAD.search(clause)


def _months(month: str, year: str) -> int:
    return int(year) * 12 + MONTHS.index(month.casefold())


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _where(record: DecisionRecord, passage: Passage) -> str:
    name = spoken(record, passage.id)
    return capital(name)
