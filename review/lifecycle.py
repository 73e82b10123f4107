"""Where a paper stands, read off what is known and what people said: a table of states, the first that fits wins.

Nothing here looks anything up. The public version is worked out by the caller (`extract.separate`) and passed in as a
`Candidate`; people approve its digest, so whatever changes a word of it leaves their approvals behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.claims import Finding
from review.acts import Event, Extend
from review.case import APPROVERS_NEEDED as APPROVERS_NEEDED  # it is read through here
from review.case import (
    Candidate,
    Case,
    Facts,
    Rival,
    agreements,
    barred,
    confirmed_by,
    deferral_ended,
    existence_withheld,
    withdrawal,
    withheld_whole,
)
from review.moves import OPEN_TO
from review.moves import StateName as StateName  # it is read through here
from review.roles import Act, Person, fold, may, who_may

HIDDEN_CONTENT = "hidden-content"
"""The check whose open findings put a paper in quarantine, away from the other held papers."""

Reasons = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class State:
    """Where a paper stands and why, one sentence for each reason."""

    name: StateName
    reasons: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The state as a sentence says it: "in review"."""
        return self.name.replace("-", " ")


def state_of(
    facts: Facts,
    findings: Sequence[Finding],
    history: Sequence[Event],
    public: Candidate | None,
    today: date,
    obstacles: Sequence[str] = (),
) -> State:
    """Where a paper stands today.

    `findings` are all or only the open ones: an answered one bears `answered_by`. `public` is None where no Part 1 can
    be made, and `obstacles` then say why.
    """
    case = Case(facts, tuple(findings), tuple(history), public, today, tuple(obstacles))
    return next(State(name, reasons) for name, fits in TABLE if (reasons := fits(case)) is not None)


def _withdrawn(case: Case) -> Reasons:
    last = withdrawal(case.history)
    if last is None:
        return None
    second = confirmed_by(case.history)
    confirmed = f"Confirmed by {second}." if second else "A second person confirms it within one working day."
    return f"Withdrawn by {last.by}: {last.because}", confirmed


def _corrected(case: Case) -> Reasons:
    other = case.facts.replaced_by
    if other is None or not other.published:
        return None
    return (f"Corrected: the decision is published from {other.file_name} ({other.sha256[:12]}).",)


def _withheld(case: Case) -> Reasons:
    agreed = withheld_whole(case.facts, case.history)
    if len(agreed) < APPROVERS_NEEDED:
        return None
    if existence_withheld(agreed):
        said = "Not even its existence is confirmed or denied."
    elif any(agreements(agreed)):
        said = "The public reads that it exists, and why not."
    else:
        said = "They did not see the same in its place, so nothing new is told. Release both; two people say it again."
    who = " and ".join(each.by for each in agreed[:APPROVERS_NEEDED])
    return (
        f"All of Part 1 is withheld by {who}, {agreed[-1].exemption}: {agreed[-1].because}",
        said,
        *map(_rivalry, case.facts.rivals),
    )


def _hidden(case: Case) -> Reasons:
    return tuple(finding.message for finding in case.open_findings if finding.check == HIDDEN_CONTENT) or None


def _kept_back(case: Case) -> Reasons:
    reasons = [finding.message for finding in case.open_findings]
    reasons += [f"Held by {hold.by}: {hold.because}" for hold in case.holds]
    reasons += [_rivalry(rival) for rival in case.facts.rivals if rival.published or not case.standing]
    if case.facts.more_rivals and not case.standing:
        reasons.append("More papers than these have the same reference.")
    if case.facts.misplaced:
        reasons.append(f"It corrects {case.facts.misplaced}, but bears another reference.")
    if case.facts.form is None:
        reasons.append("The form was not recognised.")
    reasons += [
        f"{each.by} says that all of Part 1 is withheld. A second releaser must say so too, or release {each.id}."
        for each in withheld_whole(case.facts, case.history)
    ]
    reasons += case.obstacles
    if case.public is None and not reasons:
        reasons.append("There is no Part 1 that could be published.")
    if case.public:
        reasons += case.public.unsettled
        reasons += _days_that_cannot_be(case.public, case.today)
    if not reasons:
        return None
    return (*dict.fromkeys(reasons), *_still_public(case))


def _days_that_cannot_be(public: Candidate, today: date) -> Iterator[str]:
    if public.deferral and public.deferral.answer == "yes" and public.deferral.until is None:
        yield "Publication is deferred, but no date is given until when."
    if public.signed_on and public.signed_on > today:
        yield f"The paper is signed on {_day(public.signed_on)}, a day that has not come."


def _unapproved(case: Case) -> Reasons:
    if len(case.approvers) >= APPROVERS_NEEDED:
        return None
    if case.approvers:
        first = f"{case.approvers[0]} has approved this version. A second person is needed."
    else:
        first = "Two people must approve this version."
    return (first, *case.void_approvals, *_still_public(case))


def _published(case: Case) -> Reasons:
    public = case.standing
    if public is None or case.public is None or public.digest != case.public.digest:
        return None
    return (f"Version {public.number} is public since {_day(public.published_on)}.",)


def _deferred(case: Case) -> Reasons:
    deferral = case.public.deferral if case.public else None
    if deferral is None or deferral.until is None or deferral.answer == "no":
        return None
    if deferral.until > case.today:
        return (f"Publication is deferred until {_day(deferral.until)}.{_times(case)}", *_still_public(case))
    if deferral_ended(case.history, deferral.until):
        return None
    ended = f"The deferral ended on {_day(deferral.until)}.{_times(case)}"
    return (f"{ended} Say that it is over, or extend it with a new reason and a new day.", *_still_public(case))


def _times(case: Case) -> str:
    """How often a deferral was extended, for a sentence; nothing where it never was."""
    times = sum(isinstance(event, Extend) for event in case.history)
    return "" if not times else " It was extended once." if times == 1 else f" It was extended {times} times."


def _approved(case: Case) -> Reasons:
    return (f"Approved by {' and '.join(case.approvers[:APPROVERS_NEEDED])}.", *_still_public(case))


TABLE: tuple[tuple[StateName, Callable[[Case], Reasons]], ...] = (
    ("withdrawn", _withdrawn),
    ("corrected", _corrected),
    ("withheld", _withheld),
    ("quarantined", _hidden),
    ("held", _kept_back),
    ("in-review", _unapproved),
    ("published", _published),
    ("deferred", _deferred),
    ("approved", _approved),
)


def may_act(act: Act, state: State, person: Person) -> tuple[str, ...]:
    """Why a person may not do something to a paper in this state; empty where they may."""
    reasons = []
    if not may(person.role, act):
        reasons.append(f"{person.name} is a {person.role}; to {act} takes a {who_may(act)}.")
    if act in OPEN_TO and state.name not in OPEN_TO[act]:
        reasons.append(f"The paper is {state.in_words}.")
        reasons += state.reasons
    return tuple(reasons)


def may_approve(
    facts: Facts,
    findings: Sequence[Finding],
    history: Sequence[Event],
    public: Candidate | None,
    today: date,
    person: Person,
    obstacles: Sequence[str] = (),
) -> tuple[str, ...]:
    """Why a person may not approve the paper as it stands; empty where they may."""
    state = state_of(facts, findings, history, public, today, obstacles)
    case = Case(facts, tuple(findings), tuple(history), public, today)
    reasons = list(barred(facts, person.name, person.role))
    if fold(person.name) in map(fold, case.approvers):
        reasons.append(f"{person.name} has already approved this version; somebody else must be the second.")
    return tuple(dict.fromkeys((*reasons, *may_act("approve", state, person))))


def _rivalry(rival: Rival) -> str:
    which = f"{rival.file_name} ({rival.sha256[:12]})"
    if rival.published:
        return f"Another paper has the same reference and is public: {which}."
    return f"Another paper has the same reference: {which}. Withdraw the wrong one."


def _still_public(case: Case) -> tuple[str, ...]:
    if case.standing is None:
        return ()
    return (f"Version {case.standing.number} of {_day(case.standing.published_on)} stays public until then.",)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
