"""What is due of one paper, and when: publication, the end of a deferral, reviews of what is withheld, confirmations.

Nothing here decides or changes anything. A day that comes makes a sentence for a person, never a release. No sentence
quotes a paper or names a person, because calendars and mail carry them out of the desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from extract.dates import find_date
from extract.replies import day as day_named
from review import part2
from review.case import confirmed_by, deferral_ended, standing, withdrawal, withheld_whole
from review.clock import Clock
from review.conditions import months_after
from review.dossier import Dossier
from review.lifecycle import APPROVERS_NEEDED
from review.office import LONDON, View
from review.part2 import Part2Metadata
from review.roles import Act
from review.working_days import working_days_after

What = Literal["withdrawal", "publication", "deferral", "review", "part-2", "part-2-request", "part-2-event"]
ANSWERED_BY: dict[What, Act] = {
    "withdrawal": "confirm",
    "publication": "publish",
    "deferral": "end-deferral",
    "review": "keep",
    "part-2": "re-exempt",
    "part-2-request": "re-exempt",
    "part-2-event": "occurred",
}
"""The act that answers each: whoever may do it is told of it."""

WORDS: dict[What, str] = {
    "withdrawal": "confirm the withdrawal",
    "publication": "publish",
    "deferral": "end of the deferral",
    "review": "look again at what is withheld",
    "part-2": "look again at Part 2",
    "part-2-request": "answer the request for Part 2",
    "part-2-event": "see whether what Part 2 waits for has happened",
}
"""What is to be done, in few words."""

LOOK_BEFORE = timedelta(days=30)  # before the review, somebody sees whether what is awaited has happened
CEASES = "cease-condition-without-date:part2.ceases_when"


@dataclass(frozen=True, slots=True)
class Dates:
    """All that the clock needs of one paper: days and counts, and not a word of it.

    `reviews` has the day of the next review of each withheld place, None where nobody has set one. With `kept_whole`
    two people withhold all of Part 1; with `settled` the paper's withdrawal is confirmed, or another stands for it;
    with `deferral_over` a person has said that the day of its deferral has come and it may be published.
    """

    sha256: str
    name: str
    entered_on: date
    signed_on: date | None
    deferred_until: date | None
    reviews: tuple[date | None, ...]
    part2: Part2Metadata
    published_on: date | None = None
    withdrawn_on: date | None = None
    kept_whole: bool = False
    settled: bool = False
    deferral_over: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that somebody must see to by the day `on`. `why` says what it is and what to do, in two sentences."""

    what: What
    on: date
    why: str
    overdue: bool

    @property
    def act(self) -> Act:
        """The act that answers it."""
        return ANSWERED_BY[self.what]


def dates_of(view: View) -> Dates:
    """The dates of a paper as it stands: of what was read, what would be public of it, and what people said."""
    part1, record = view.disclosure.part1, view.record
    deferral = part1.deferral if part1 else record.deferral
    exists = part1.part2.exists if part1 else record.part2.exists
    printed = find_date(record.part2.ceases_when or "")
    bare = Dates(
        sha256=view.dossier.paper.sha256,
        name=view.dossier.paper.name,
        entered_on=_london(datetime.fromisoformat(view.dossier.paper.entered_at)),
        signed_on=record.approval.signed_on,
        deferred_until=deferral.until if deferral.answer == "yes" else None,
        reviews=tuple(line.next_review for line in (part1.withheld if part1 else view.dossier.review.withholds)),
        part2=Part2Metadata(exists, proposed_on=printed),
    )
    return renewed(bare, view.dossier)


def renewed(dates: Dates, dossier: Dossier) -> Dates:
    """The same with all that claims and releases say put in anew; what was read and what would be public stand."""
    gone, public, instead = withdrawal(dossier.history), standing(dossier.history), dossier.facts.replaced_by
    given = [answer for answer in dossier.review.answers if answer.finding == CEASES]
    answered_on = day_named(given[-1].value) if given else None
    known = part2.metadata(dossier.claims, dates.part2.exists, answered_on, dates.part2.proposed_on)
    return replace(
        dates,
        part2=known,
        published_on=public.published_on if public else None,
        withdrawn_on=_london(gone.at) if gone else None,
        kept_whole=len(withheld_whole(dossier.facts, dossier.history)) >= APPROVERS_NEEDED,
        deferral_over=dates.deferred_until is not None and deferral_ended(dossier.history, dates.deferred_until),
        settled=confirmed_by(dossier.history) is not None or (instead is not None and instead.published),
    )


def due(dates: Dates, today: date, clock: Clock) -> tuple[Due, ...]:
    """All that is due of a paper or will be, soonest first. What is due stays so until somebody sees to it."""
    if dates.settled:
        return ()
    every = _withdrawal(dates, clock) if dates.withdrawn_on else _of_a_paper_that_stands(dates, today, clock)
    found = (Due(what, on, why, overdue=on < today) for what, on, why in every)
    return tuple(sorted(found, key=lambda each: (each.on, each.what)))


Told = tuple[What, date, str]


def _withdrawal(dates: Dates, clock: Clock) -> Iterator[Told]:
    if dates.withdrawn_on:
        on = working_days_after(dates.withdrawn_on, 1, clock.closed_days)
        yield "withdrawal", on, f"It was withdrawn on {_day(dates.withdrawn_on)}. A second person confirms that."


def _of_a_paper_that_stands(dates: Dates, today: date, clock: Clock) -> Iterator[Told]:
    if dates.published_on is None and not dates.kept_whole:
        yield from _publication(dates, today, clock)
    default = months_after(dates.signed_on or dates.entered_on, clock.backstop_months)
    yield from _reviews(dates, default)
    yield from _part2(dates.part2, default, today, clock)


def _publication(dates: Dates, today: date, clock: Clock) -> Iterator[Told]:
    until = dates.deferred_until
    if until and dates.deferral_over:
        yield (
            "deferral",
            until,
            f"Its deferral is over since {_day(until)}, and it is not public. See what keeps it back.",
        )
    elif until and until <= today:
        do = "Say that it is over and publish it, or extend it with a new reason and a new day."
        yield "deferral", until, f"Its deferral ended on {_day(until)}. {do}"
    elif until:
        yield (
            "deferral",
            until,
            f"Its deferral ends on {_day(until)}. A person then says that it is over, or extends it.",
        )
    elif dates.signed_on:
        on = working_days_after(dates.signed_on, clock.working_days, clock.closed_days)
        signed = f"It was signed on {_day(dates.signed_on)}"
        if on < today:
            yield "publication", on, f"{signed} and should have been public by {_day(on)}. See what keeps it back."
        else:
            yield "publication", on, f"{signed} and is to be public by {_day(on)}."


def _reviews(dates: Dates, default: date) -> Iterator[Told]:
    """One line for each day, however many places are to be looked at on it."""
    do = "Look again: keep them back until a later day, or release them."
    for on, number in sorted(Counter(day for day in dates.reviews if day).items()):
        yield "review", on, f"{_places(number)} to be looked at again by {_day(on)}. {do}".replace("  ", " ")
    if unset := dates.reviews.count(None):
        places = _places(unset).replace(" are", "").replace(" is", "")
        yield "review", default, f"Nobody has set a day of review for {places}; it is {_day(default)}. {do}"


def _places(number: int) -> str:
    return "1 withheld place is" if number == 1 else f"{number} withheld places are"


def _part2(known: Part2Metadata, default: date, today: date, clock: Clock) -> Iterator[Told]:
    if known.exists == "no" or known.outcome == "released":
        return
    for asked in known.asked_on:
        on = working_days_after(asked, clock.request_days, clock.closed_days)
        yield "part-2-request", on, (
            f"Part 2 was asked for under the Freedom of Information Act on {_day(asked)}. "
            f"Look at it and answer by {_day(on)}."
        )  # fmt: skip
    state = part2.state_of(replace(known, asked_on=()), today, default)
    if state.name == "review-due" and state.since:
        do = "Keep it exempt for new reasons and until a later day, release part of it, or release it."
        yield "part-2", state.since, f"Part 2 is to be looked at again. {' '.join(state.reasons)} {do}"
    elif known.review_on:
        yield "part-2", known.review_on, f"Part 2 is to be looked at again on {_day(known.review_on)}."
    elif known.exists == "yes":
        on = min(known.proposed_on or default, default)
        unset = f"Nobody has set a day on which Part 2 is looked at again; it is {_day(on)}."
        yield "part-2", on, f"{unset} Confirm when it ceases to be exempt."
    if known.awaited and known.review_on:
        awaited = "1 event" if len(known.awaited) == 1 else f"{len(known.awaited)} events"
        do = "See whether it has happened, and write it down if so."
        yield "part-2-event", known.review_on - LOOK_BEFORE, f"Part 2 waits for {awaited}. {do}"


def _london(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
