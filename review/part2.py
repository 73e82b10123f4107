"""Part 2's metadata as a state machine read off claims: a table of acts, from which states, and what each needs.

Nothing of Part 2 itself is here. No row leads to a release but the one in which a person says that they have looked:
an event that happens, a day that comes and a request that is made only ever make a review due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from extract.claims import Part2Review, PersonsClaim
from publish.part1 import Answer as YesOrNo
from review.part2_acts import (
    Condition,
    FoiRequest,
    Occurred,
    Part2Released,
    PartRelease,
    ReExempt,
    SetCondition,
)

StateName = Literal["none", "held", "review-due", "re-exempted", "partly-released", "released"]
Outcome = Literal["held", "re-exempted", "partly-released", "released"]
Part2Act = Literal["condition", "occurred", "foi", "re-exempt", "part-release", "part2-released"]

EXEMPT: frozenset[StateName] = frozenset({"held", "review-due", "re-exempted", "partly-released"})


@dataclass(frozen=True, slots=True)
class Row:
    """One act: in which states it is open, where it leads, and the evidence that it needs. `to` None: nowhere else."""

    act: Part2Act
    from_: frozenset[StateName]
    to: StateName | None
    evidence: str


TABLE: tuple[Row, ...] = (
    Row("condition", EXEMPT | {"released"}, None, "a backstop to come; one set anew never puts the review off"),
    Row("occurred", EXEMPT, "review-due", "what shows that the event happened, and the day; due once the condition is"),
    Row("foi", EXEMPT, "review-due", "the day on which the request was received"),
    Row("re-exempt", EXEMPT, "re-exempted", "the grounds anew, the reason, and a later day"),
    Row("part-release", EXEMPT, "partly-released", "the grounds of what stays, the reason, and a later day"),
    Row("part2-released", EXEMPT, "released", "the reason"),
)
"""`review.roles.MAY` says who may. A record that says "released" by mistake is put right by a condition: it is held."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An awaited event that a person has confirmed."""

    event: str
    on: date


@dataclass(frozen=True, slots=True)
class Part2Metadata:
    """What people have settled of one Part 2, with no clock in it: `state_of` reads it on a day.

    `outcome` is what came of the last review; `happened` and `asked_on` are since then. `proposed_on` is the one day
    that the paper itself prints, which nobody has confirmed.
    """

    exists: YesOrNo
    outcome: Outcome = "held"
    condition: Condition | None = None
    answered_on: date | None = None
    proposed_on: date | None = None
    happened: tuple[Happened, ...] = ()
    asked_on: tuple[date, ...] = ()

    @property
    def review_on(self) -> date | None:
        """The day that people have set for the next review; None where nobody has, or nothing is exempt any more."""
        if self.outcome == "released":
            return None
        return self.condition.review_on if self.condition else self.answered_on

    @property
    def awaited(self) -> tuple[str, ...]:
        """The events that have not been seen to happen, by their ids."""
        seen = {each.event for each in self.happened}
        return tuple(event.id for event in self.condition.events if event.id not in seen) if self.condition else ()


@dataclass(frozen=True, slots=True)
class Part2State:
    """Where a Part 2 stands, since which day if it is due, and why, one sentence for each reason."""

    name: StateName
    since: date | None = None
    reasons: tuple[str, ...] = ()


def metadata(
    claims: Iterable[PersonsClaim],
    exists: YesOrNo,
    answered_on: date | None = None,
    proposed_on: date | None = None,
) -> Part2Metadata:
    """All that people said of one Part 2, in order, folded into what holds now."""
    known = Part2Metadata(exists, answered_on=answered_on, proposed_on=proposed_on)
    for claim in claims:
        match claim:
            case SetCondition(condition=condition):
                outcome = "held" if known.outcome == "released" else known.outcome
                known = replace(known, condition=condition, outcome=outcome, happened=_still(known, condition))
            case Occurred(event=event, on=on):
                known = replace(known, happened=(*known.happened, Happened(event, on)))
            case FoiRequest(received_on=received_on):
                known = replace(known, asked_on=(*known.asked_on, received_on))
            case ReExempt(condition=condition):
                known = replace(known, outcome="re-exempted", condition=condition, happened=(), asked_on=())
            case PartRelease(condition=condition):
                known = replace(known, outcome="partly-released", condition=condition, happened=(), asked_on=())
            case Part2Released():
                known = replace(known, outcome="released", condition=None, happened=(), asked_on=())
    return known


def _still(known: Part2Metadata, condition: Condition) -> tuple[Happened, ...]:
    """What has happened of the events that the condition, set anew, still awaits in the same words."""
    before = {event.id: event.what for event in known.condition.events} if known.condition else {}
    same = {event.id for event in condition.events if before.get(event.id) == event.what}
    return tuple(each for each in known.happened if each.event in same)


def state_of(known: Part2Metadata, today: date, default_review: date | None = None) -> Part2State:
    """Where it stands on a day. `default_review` is the backstop where nobody has set a day."""
    if known.exists == "no":
        return Part2State("none", reasons=("There is no Part 2.",))
    if known.exists == "undetermined":
        default_review = None
    if known.outcome == "released":
        return Part2State("released", reasons=("Nothing of Part 2 is exempt any more.",))
    due = tuple(sorted(_why_due(known, today, default_review)))
    if due:
        return Part2State("review-due", due[0][0], tuple(dict.fromkeys(why for _, why in due)))
    return Part2State(known.outcome, reasons=(_not_due(known, default_review),))


def _why_due(known: Part2Metadata, today: date, default_review: date | None) -> Iterable[tuple[date, str]]:
    """Each reason why Part 2 is to be looked at today, and since when."""
    for asked in (day for day in known.asked_on if day <= today):
        yield asked, f"Somebody asked for it on {_day(asked)}."
    if known.condition and (met_on := _met_on(known.happened, known.condition, today)):
        yield met_on, "Its condition is met."
    day = known.review_on or min((d for d in (known.proposed_on, default_review) if d), default=None)
    if day and day <= today:
        yield day, "The day of its review has come." if known.review_on else "Nobody has set a day for its review."


def _met_on(happened: Iterable[Happened], condition: Condition, today: date) -> date | None:
    """The day on which a condition was met, by what had happened by today; None where it is not met."""
    awaited = {event.id for event in condition.events}
    seen = {each.event: each.on for each in happened if each.event in awaited and each.on <= today}
    if not condition.met(frozenset(seen), today):
        return None
    terms = [*seen.values(), *([condition.on] if condition.on is not None and condition.on <= today else [])]
    return max(terms) if condition.combinator == "all" else min(terms)


def _not_due(known: Part2Metadata, default_review: date | None) -> str:
    if known.exists == "undetermined":
        return "It is not settled whether there is a Part 2."
    if known.review_on:
        return f"It is looked at again on {_day(known.review_on)} at the latest."
    return f"Nobody has set a day for its review; it is due on {_day(default_review)}." if default_review else (
        "Nobody has set a day for its review."
    )  # fmt: skip


def review_said(claims: Iterable[PersonsClaim]) -> Part2Review | None:
    """What the public is told of the next review by these claims, the last that set one; None where none does.

    That an event happened, or that somebody asked, is not among them: neither changes a word that is public.
    """
    last: Part2Review | None = None
    for claim in claims:
        match claim:
            case SetCondition(condition=condition):
                grounds = last.exemptions if last else ()
                last = Part2Review(on=condition.review_on, exemptions=grounds)
            case (
                ReExempt(exemptions=exemptions, condition=condition)
                | PartRelease(exemptions=exemptions, condition=condition)
            ):
                last = Part2Review(on=condition.review_on, exemptions=exemptions)
            case Part2Released():
                last = Part2Review(on=None)
    return last


def row_of(act: Part2Act) -> Row:
    """The row of an act."""
    return next(row for row in TABLE if row.act == act)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
