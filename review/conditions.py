"""When Part 2 ceases to be exempt, as the paper's own sentence says it, read into terms: a proposal for a person.

Sentences are not forms: what is read here is never more than a proposal. In doubt a date or an event counts by itself,
because a review that comes too early harms nobody.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extract.dates import printed_dates
from review.part2_acts import Condition, SunsetEvent

AWARD_NOTICE_DAYS = 30

_OPENING = re.compile(r".*?\bceases?\b(?:\s+to\s+be\s+exempt\b)?[\s,:]*", re.IGNORECASE | re.DOTALL)
_SOONER = re.compile(
    r"[,;]?\s*(?:(?:if|whichever)\s+(?:that\s+)?(?:is|comes|be)\s+(?:the\s+)?)(?P<which>sooner|earlier|later|first|last)",
    re.IGNORECASE,
)
_BEGINNING = r"(?:when|once|after|upon|on|as\s+soon\s+as|following|until|by|at)\b"
_JOINT = re.compile(rf"[,;]?\s+(?P<word>or|and)\s+(?={_BEGINNING})|,\s+(?={_BEGINNING})", re.IGNORECASE)
_LEAD = re.compile(rf"^(?:only\s+)?{_BEGINNING}\s*", re.IGNORECASE)
_BOTH_DONE = re.compile(
    r"(?P<who>.+?\b(?:has|have|is|are)(?:\s+been)?)\s+(?P<first>(?:\w+ly\s+)?\w+ed)\s+and\s+"
    r"(?P<second>(?:\w+ly\s+)?\w+ed\b.*)",
    re.IGNORECASE | re.DOTALL,
)

# A word of the event, and what would show that it has happened. The first that fits; the last fits every event.
EVIDENCE: tuple[tuple[str, str], ...] = (
    (r"publici[sz]ed|published|announced|made public", "the address where it was published, and the day"),
    (r"award|contract|agreed|signed|tender", "the contract award notice, or the page with the signatures"),
    (r"regist|sale|sold|purchase|lease|exchang|complet", "the entry in the register, or the completion statement"),
    (r"court|proceeding|claim|appeal|tribunal|inquest|trial", "the order of the court, or its letter"),
    (r"", "a document that shows it, and its date"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a sentence says: the one day it prints, what it awaits, and whether all of it or any."""

    on: date | None
    awaits: tuple[str, ...]
    combinator: Literal["all", "any"]


def read(sentence: str) -> Words:
    """The terms of a sentence; without any, the whole sentence is what is awaited."""
    said = _OPENING.sub("", sentence.strip(), count=1).rstrip(" .")
    last = any(found["which"].lower() in ("later", "last") for found in _SOONER.finditer(said))
    said = _SOONER.sub("", said)
    joints = {(found["word"] or "").lower() for found in _JOINT.finditer(said)}
    days: set[date] = set()
    awaits: list[str] = []
    parted = False
    for part in _parts(said):
        printed = [found for found in printed_dates(part) if found.day]
        days |= {found.day for found in printed if found.day}
        if printed and _is_but_a_day(part, printed[0].as_printed):
            continue
        event = _LEAD.sub("", part).strip(" ,;.")
        both = _BOTH_DONE.fullmatch(event)
        parted = parted or both is not None
        awaits += [f"{both['who']} {both['first']}", f"{both['who']} {both['second']}"] if both else [event]
    awaits = [each for each in awaits if each]
    on = days.pop() if len(days) == 1 else None
    if on is None and not awaits:
        awaits = [sentence.strip()]
    together = last or joints == {"and"} or (parted and not joints and on is None)
    return Words(on, tuple(dict.fromkeys(awaits)), "all" if together and (on is None or last) else "any")


def _parts(said: str) -> Iterator[str]:
    at = 0
    for found in _JOINT.finditer(said):
        yield said[at : found.start()]
        at = found.end()
    yield said[at:]


def _is_but_a_day(part: str, as_printed: str) -> bool:
    """Whether a part says no more than a day: "on 31 March 2027"."""
    rest = _LEAD.sub("", part).replace(as_printed, "", 1)
    return not re.search(r"[^\W\d_]{2}", rest)


def proposed(
    sentence: str | None, signed_on: date | None, today: date, months: int, award_notice: date | None = None
) -> Condition:
    """The condition that a paper's words and its signing suggest, for a person to confirm or to change."""
    backstop = proposed_backstop(signed_on, today, months, award_notice)
    if sentence is None:
        return Condition(kind="date", on=backstop, backstop=backstop)
    words = read(sentence)
    return of_terms(
        words.on, words.awaits, every=words.combinator == "all", backstop=backstop, as_printed=sentence
    )  # fmt: skip


def proposed_backstop(signed_on: date | None, today: date, months: int, award_notice: date | None = None) -> date:
    """So many months after signing, or 30 days after the award notice if that is sooner; a day to come in any case.

    Of a paper that was signed long ago, so many months from today: the review is due, and a person sets the next.
    """
    days = [] if signed_on is None else [months_after(signed_on, months)]
    if award_notice is not None:
        days.append(award_notice + timedelta(days=AWARD_NOTICE_DAYS))
    day = min(days, default=today)
    return day if day > today else months_after(today, months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month: six after 31 August is the end of February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def evidence_of(what: str) -> str:
    """What would show that such an event has happened."""
    return next(shows for words, shows in EVIDENCE if re.search(words, what, re.IGNORECASE))


def of_terms(
    on: date | None, awaits: Iterable[str], *, every: bool, backstop: date, as_printed: str | None = None
) -> Condition:
    """A condition as a person says it: a day, events, or both."""
    events = tuple(
        SunsetEvent(id=f"event-{number}", what=what, evidence=evidence_of(what))
        for number, what in enumerate(awaits, 1)
    )
    kind: Literal["date", "event", "both"] = "both" if events and on else "event" if events else "date"
    combinator: Literal["all", "any"] = "all" if every else "any"
    return Condition(
        kind=kind, on=on, events=events, combinator=combinator, backstop=backstop, as_printed=as_printed
    )  # fmt: skip
