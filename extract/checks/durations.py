"""Is a stated length of time the time between the dates beside it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract.checks.places import at_passage, capital, spoken, texts
from extract.checks.sentences import NUMBER, number
from extract.claims import Finding
from extract.dates import MONTHS, parse_date
from extract.record import DecisionRecord

_MONTH = rf"(?:{'|'.join(MONTHS)})\s+20\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]+\s+20\d\d|\d{1,2}[/.]\d{1,2}[/.]20\d\d"
SPAN = re.compile(
    rf"(?<![\w.,£-])(?P<count>{NUMBER})(?:-|\s)(?P<unit>day|week|month|year)s?\b(?P<between>[^.;()]{{0,60}}?)\(?\s*"
    rf"\b(?:from|between|starting(?: on| in)?|running from|beginning(?: on| in)?)\s+"
    rf"(?P<start>{_DAY}|{_MONTH})\s*,?\s*(?:to|and|until|till|through to|up to|ending(?: on| in)?|–|-)\s*"
    rf"(?:the end of\s+)?(?P<end>{_DAY}|{_MONTH})",
    re.I,
)

DELAY = re.compile(r"\b(delay|slip|gap|postpone|movement|late|behind)", re.I)  # from one day to another, not a period


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A delay from May to February is nine months; a contract from April to March runs for twelve. Both are right."""
    for passage in texts(record):
        for found in SPAN.finditer(passage.text):
            count = number(found["count"])
            inclusive = 0 if DELAY.search(found["between"]) else 1
            if _agrees(count, found["unit"].casefold(), found["start"], found["end"], inclusive):
                continue
            name = spoken(record, passage.id)
            yield at_passage(
                record,
                "duration-differs",
                "needs-person",
                f"{capital(name)} gives “{found['count']} {found['unit']}{'s' if count > 1 else ''}” for "
                f"{found['start']} to {found['end']}. Which is right?",
                (passage.id,),
                detail=found.start(),
            )


def _agrees(count: int, unit: str, start: str, end: str, inclusive: int) -> bool:
    """Whether start to end is `count` units; `inclusive` is 1 where the last may be counted in. Unread dates agree."""
    first, last = _month(start), _month(end)
    if first is not None and last is not None:
        months = last - first
        if unit == "month":
            return months in (count, count - inclusive)
        if unit == "year":
            return months in (12 * count, 12 * count - inclusive)
        days = {"week": 7, "day": 1}[unit] * count  # months say little of days: only what cannot be is questioned
        return (months - 1) * 28 <= days <= (months + 1) * 31
    begins, ends = parse_date(start), parse_date(end)
    if begins is None or ends is None:
        return True
    days = (ends - begins).days
    if unit in ("day", "week"):
        return (count if unit == "day" else 7 * count) - days in (0, inclusive)
    whole = _later(begins, count * (12 if unit == "year" else 1))
    return -inclusive <= (ends - whole).days <= 0


def _month(printed: str) -> int | None:
    """A printed month as a count of months; None for a day."""
    name, _, year = printed.strip().partition(" ")
    return int(year) * 12 + MONTHS.index(name.casefold()) if name.casefold() in MONTHS else None


def _later(day: date, months: int) -> date:
    """The same day of the month, so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
