"""What people say of Part 2 as a whole: when it is looked at again, what has happened since, and what came of looking.

Only metadata: not a word of Part 2 is in any of it. That a condition is met never releases anything; it makes a review
due, and what comes of the review is a claim of a person.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from extract.claims import PersonsClaim
from extract.facts import Private


class SunsetEvent(Private):
    """Something that is awaited: what it is in the paper's words, and what would show that it has happened."""

    id: str
    what: str
    evidence: str


class Condition(Private):
    """When Part 2 is to be looked at again: on a day, upon events, or both, and on `backstop` whatever has happened.

    `as_printed` are the paper's own words, which need not be as clear. With `any` the first of its terms makes the
    review due, with `all` the last of them.
    """

    kind: Literal["date", "event", "both"]
    on: date | None = None
    events: tuple[SunsetEvent, ...] = ()
    combinator: Literal["all", "any"] = "any"
    backstop: date
    as_printed: str | None = None

    @model_validator(mode="after")
    def _of_its_kind(self) -> Condition:
        there = {"date": (True, False), "event": (False, True), "both": (True, True)}[self.kind]
        if (self.on is not None, bool(self.events)) != there:
            raise ValueError("a condition has a day, events, or both, as its kind says")
        if len({event.id for event in self.events}) < len(self.events):
            raise ValueError("two events of a condition have one id")
        return self

    @property
    def review_on(self) -> date:
        """The latest day on which somebody looks at Part 2 again, whatever has happened by then."""
        alone = self.on is not None and (self.kind == "date" or self.combinator == "any")
        return min(self.on, self.backstop) if self.on is not None and alone else self.backstop

    def met(self, happened: frozenset[str], today: date) -> bool:
        """Whether its terms have come about, the backstop aside."""
        terms = [event.id in happened for event in self.events]
        if self.on is not None:
            terms.append(self.on <= today)
        return all(terms) if self.combinator == "all" else any(terms)


class SetCondition(PersonsClaim):
    """A person says when Part 2 is to be looked at again."""

    condition: Condition


class Occurred(PersonsClaim):
    """An awaited event has happened on a day, and `evidence` says what shows it."""

    event: str
    on: date
    evidence: str


class FoiRequest(PersonsClaim):
    """Somebody has asked for Part 2 under the Freedom of Information Act: it is looked at whatever day is set."""

    received_on: date


class ReExempt(PersonsClaim):
    """Looked at: all of Part 2 stays exempt, on these grounds, until it is looked at again."""

    exemptions: tuple[str, ...] = Field(min_length=1)
    condition: Condition


class PartRelease(PersonsClaim):
    """Looked at: some of Part 2 is no longer exempt; the rest is, until it is looked at again."""

    exemptions: tuple[str, ...] = Field(min_length=1)
    condition: Condition


class Part2Released(PersonsClaim):
    """Looked at: nothing of Part 2 is exempt any more. What of it is published comes in as a paper of its own."""


Part2Claim = SetCondition | Occurred | FoiRequest | ReExempt | PartRelease | Part2Released
