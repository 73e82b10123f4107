"""The piles that papers wait in, as rows: what each asks for, in which order, and what is said where it is empty.

A paper is in as many piles as ask for it: one that came in this morning is new, and may need a person too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from review.case import barred
from review.clock import Clock
from review.due import Dates, Due, What, due
from review.errors import NotFound
from review.lifecycle import StateName
from review.roles import MAY_READ_WITHHELD, Person, fold, may
from review.standings import Standing

SOON = timedelta(days=30)
REVIEWS: frozenset[What] = frozenset({"review", "part-2", "part-2-request", "part-2-event"})
Group = Literal["Papers", "Due", "Waiting for me"]
Tone = Literal["ok", "wait", "stop", "note"]


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks at the piles, on which day, by which clock."""

    person: Person
    today: date
    clock: Clock

    @property
    def reads_withheld(self) -> bool:
        """Whether this person may be shown words that could be withheld."""
        return self.person.role in MAY_READ_WITHHELD

    def due(self, standing: Standing) -> tuple[Due, ...]:
        """What is due of a paper."""
        return _due(standing.dates, self.today, self.clock)


@dataclass(frozen=True, slots=True)
class Pile:
    """One pile. `fits` asks of a paper whether it lies here; `due` picks what is due of it where that is the reason."""

    key: str
    name: str
    group: Group
    empty: str
    fits: Callable[[Standing, Looker], bool]
    newest_first: bool = False
    tone: Tone | None = None
    due: Callable[[Due, date], bool] | None = None

    def first_due(self, standing: Standing, looker: Looker) -> Due | None:
        """What is due soonest of all for which the paper lies here."""
        return next((each for each in looker.due(standing) if self.due and self.due(each, looker.today)), None)


def _in(*names: StateName) -> Callable[[Standing, Looker], bool]:
    return lambda standing, _: standing.state.name in names


def _new(standing: Standing, _: Looker) -> bool:
    return standing.untouched and standing.state.name in ("held", "in-review")


def _needs_a_person(standing: Standing, _: Looker) -> bool:
    return standing.state.name == "held" and not standing.held_by


def _held(standing: Standing, _: Looker) -> bool:
    return standing.state.name == "held" and bool(standing.held_by)


def _mine(standing: Standing, looker: Looker) -> bool:
    return standing.taken_by is not None and fold(standing.taken_by) == fold(looker.person.name)


def _my_second(standing: Standing, looker: Looker) -> bool:
    """Whether one person has approved the paper, and this one may be the other."""
    if standing.state.name != "in-review" or len(standing.approvers) != 1:
        return False
    person = looker.person
    return fold(standing.approvers[0]) != fold(person.name) and not barred(standing.facts, person.name, person.role)


def _due_pile(key: str, name: str, tone: Tone, empty: str, asks: Callable[[Due, date], bool]) -> Pile:
    def fits(standing: Standing, looker: Looker) -> bool:
        return any(asks(each, looker.today) for each in looker.due(standing))

    return Pile(key, name, "Due", empty, fits, tone=tone, due=asks)


PILES: tuple[Pile, ...] = (
    Pile("new", "New", "Papers", "Nothing new has come in.", _new, newest_first=True),
    Pile("needs-a-person", "Needs a person", "Papers", "Nothing needs a person.", _needs_a_person),
    Pile("held", "Held", "Papers", "Nobody holds a paper back.", _held),
    Pile("quarantined", "Quarantined", "Papers", "No paper hides anything.", _in("quarantined")),
    Pile("ready", "Ready to approve", "Papers", "No paper is ready to approve.", _in("in-review")),
    Pile("approved", "Approved", "Papers", "No approved paper waits for a release.", _in("approved")),
    Pile("deferred", "Deferred", "Papers", "No publication is deferred.", _in("deferred")),
    Pile("published", "Published", "Papers", "Nothing is public yet.", _in("published"), newest_first=True),
    Pile("withdrawn", "Withdrawn", "Papers", "No paper is withdrawn.", _in("withdrawn"), newest_first=True),
    _due_pile(
        "publication-late", "Publication late", "stop", "No publication is late.",
        lambda each, _: each.what == "publication" and each.overdue,
    ),
    _due_pile(
        "reviews-overdue", "Reviews overdue", "stop", "No review is overdue.",
        lambda each, _: each.what in REVIEWS and each.overdue,
    ),
    _due_pile(
        "withdrawals", "Withdrawals to confirm", "wait", "No withdrawal waits for a second person.",
        lambda each, _: each.what == "withdrawal",
    ),
    _due_pile(
        "deferrals-ending", "Deferrals ending", "wait", "No deferral ends within 30 days.",
        lambda each, today: each.what == "deferral" and each.on <= today + SOON,
    ),
    _due_pile(
        "reviews-soon", "Reviews in 30 days", "wait", "No review falls within 30 days.",
        lambda each, today: each.what in REVIEWS and today <= each.on <= today + SOON,
    ),
    Pile("mine", "My papers", "Waiting for me", "You have taken no paper.", _mine),
    Pile("my-second", "My second approval", "Waiting for me", "No approval waits for you.", _my_second),
)  # fmt: skip


def pile(key: str) -> Pile:
    """The pile of that name in addresses."""
    for each in PILES:
        if each.key == key:
            return each
    raise NotFound(f"There is no pile “{key}”.")


def piles_for(person: Person) -> tuple[Pile, ...]:
    """The piles that a person has a use for: who cannot approve waits for no second approval."""
    return tuple(each for each in PILES if each.key != "my-second" or may(person.role, "approve"))


def counts(standings: Sequence[Standing], looker: Looker) -> dict[str, int]:
    """How many papers lie in each pile."""
    return {each.key: sum(each.fits(standing, looker) for standing in standings) for each in piles_for(looker.person)}


def lying_in(
    of: Pile, standings: Sequence[Standing], looker: Looker, *, newest_first: bool | None = None
) -> tuple[Standing, ...]:
    """The papers in a pile, the longest wait first or the newest first."""
    found = [standing for standing in standings if of.fits(standing, looker)]
    newest = of.newest_first if newest_first is None else newest_first
    return tuple(sorted(found, key=lambda standing: _since(of, standing, looker), reverse=newest))


def _since(of: Pile, standing: Standing, looker: Looker) -> tuple[date, str, str]:
    found = of.first_due(standing, looker)
    day = found.on if found else standing.dates.published_on if of.key == "published" else None
    return (day or standing.waiting_since, standing.entered_at, standing.sha256)


@lru_cache(maxsize=1 << 14)
def _due(dates: Dates, today: date, clock: Clock) -> tuple[Due, ...]:
    return due(dates, today, clock)
