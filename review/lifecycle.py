"""Where a paper stands, read off what is known and what people said: a table of states, the first that fits wins.

Nothing here looks anything up. The public version is worked out by the caller (`extract.separate`) and passed in as a
`Candidate`; people approve its digest, so whatever changes a word of it leaves their approvals behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extract.claims import Finding
from publish.part1 import Deferral, Part1, digest
from review.acts import Approve, Event, Hold, Lift, Published, Reinstate, Withdraw
from review.roles import Act, Person, Role, fold, may, names_person, who_may

StateName = Literal["quarantined", "held", "in-review", "approved", "deferred", "published", "withdrawn"]

HIDDEN_CONTENT = "hidden-content"
"""The check whose open findings put a paper in quarantine, away from the other held papers."""

APPROVERS_NEEDED = 2

Reasons = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class State:
    """Where a paper stands and why, one sentence for each reason."""

    name: StateName
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """Another paper, not withdrawn, that bears one of the same references."""

    sha256: str
    file_name: str
    published: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register knows of a paper beside its claims. `drafting` are the statements that name who drafted it."""

    form: str | None
    entered_by: str | None = None
    drafting: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """The public version as it would be now: the digest that people approve, and what it says of its deferral."""

    digest: str
    deferral: Deferral | None = None


def candidate(part1: Part1) -> Candidate:
    """The candidate a Part 1 makes."""
    return Candidate(digest(part1), part1.deferral)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a state is read off, at one moment."""

    facts: Facts
    findings: tuple[Finding, ...]
    history: tuple[Event, ...]
    public: Candidate | None
    today: date
    obstacles: tuple[str, ...] = ()

    @property
    def standing(self) -> Published | None:
        """The version that is public now."""
        return standing(self.history)

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who has approved this very version and may, each person once, in order."""
        given = (event for event in since_withdrawal(self.history) if isinstance(event, Approve))
        current = [approval for approval in given if self.public and approval.digest == self.public.digest]
        return tuple({fold(a.by): a.by for a in current if not barred(self.facts, a.by, a.role)}.values())


def since_withdrawal(history: Sequence[Event]) -> Sequence[Event]:
    """The part of a history that still counts: a withdrawal ends every approval and every publication."""
    last = max((at for at, event in enumerate(history) if isinstance(event, Withdraw)), default=-1)
    return history[last + 1 :]


def standing(history: Sequence[Event]) -> Published | None:
    """The version of a paper that is public now."""
    return next((event for event in reversed(since_withdrawal(history)) if isinstance(event, Published)), None)


def withdrawal(history: Sequence[Event]) -> Withdraw | None:
    """The withdrawal that a paper is under."""
    last = next((event for event in reversed(history) if isinstance(event, Withdraw | Reinstate)), None)
    return last if isinstance(last, Withdraw) else None


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
    return (f"Withdrawn by {last.by}: {last.because}",) if last else None


def _hidden(case: Case) -> Reasons:
    return tuple(finding.message for finding in _open(case) if finding.check == HIDDEN_CONTENT) or None


def _kept_back(case: Case) -> Reasons:
    reasons = [finding.message for finding in _open(case)]
    reasons += [f"Held by {hold.by}: {hold.because}" for hold in _holds(case)]
    reasons += [_rivalry(rival) for rival in case.facts.rivals if rival.published or not case.standing]
    if case.facts.form is None:
        reasons.append("The form was not recognised.")
    reasons += case.obstacles
    if case.public is None and not reasons:
        reasons.append("There is no Part 1 that could be published.")
    deferral = case.public.deferral if case.public else None
    if deferral and deferral.answer == "yes" and deferral.until is None:
        reasons.append("Publication is deferred, but no date is given until when.")
    if not reasons:
        return None
    return (*reasons, *_still_public(case))


def _unapproved(case: Case) -> Reasons:
    missing = APPROVERS_NEEDED - len(case.approvers)
    if missing <= 0:
        return None
    if case.approvers:
        first = f"{case.approvers[0]} has approved this version. A second person is needed."
    else:
        first = "Two people must approve this version."
    return (first, *_void(case), *_still_public(case))


def _published(case: Case) -> Reasons:
    public = case.standing
    if public is None or case.public is None or public.digest != case.public.digest:
        return None
    return (f"Version {public.number} is public since {_day(public.published_on)}.",)


def _deferred(case: Case) -> Reasons:
    deferral = case.public.deferral if case.public else None
    if deferral is None or deferral.until is None or deferral.answer == "no" or deferral.until <= case.today:
        return None
    return (f"Publication is deferred until {_day(deferral.until)}.", *_still_public(case))


def _approved(case: Case) -> Reasons:
    return (f"Approved by {' and '.join(case.approvers[:APPROVERS_NEEDED])}.", *_still_public(case))


TABLE: tuple[tuple[StateName, Callable[[Case], Reasons]], ...] = (
    ("withdrawn", _withdrawn),
    ("quarantined", _hidden),
    ("held", _kept_back),
    ("in-review", _unapproved),
    ("published", _published),
    ("deferred", _deferred),
    ("approved", _approved),
)

ALL: frozenset[StateName] = frozenset(name for name, _ in TABLE)
PRESENT = ALL - {"withdrawn"}
OPEN_TO: dict[Act, frozenset[StateName]] = {
    "answer": PRESENT,
    "withhold": PRESENT,
    "release": PRESENT,
    "hold": PRESENT,
    "lift": PRESENT,
    "approve": frozenset({"in-review"}),
    "publish": frozenset({"approved"}),
    "withdraw": PRESENT,
    "reinstate": frozenset({"withdrawn"}),
}
"""In which states an act is open at all; `review.roles.MAY` says to whom."""


def may_act(act: Act, state: State, person: Person) -> tuple[str, ...]:
    """Why a person may not do something to a paper in this state; empty where they may."""
    reasons = []
    if not may(person.role, act):
        reasons.append(f"{person.name} is a {person.role}; to {act} takes a {who_may(act)}.")
    if state.name not in OPEN_TO.get(act, ALL):
        reasons.append(f"The paper is {state.name}.")
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


def barred(facts: Facts, name: str, role: Role) -> tuple[str, ...]:
    """Why a person may never approve this paper, whatever its state; empty where nothing bars them."""
    reasons = []
    if not may(role, "approve"):
        reasons.append(f"{name} is a {role}; to approve takes a {who_may('approve')}.")
    if facts.entered_by is not None and fold(name) == fold(facts.entered_by):
        reasons.append(f"{name} entered the paper and cannot approve it too.")
    if any(names_person(statement, name) for statement in facts.drafting):
        reasons.append(f"{name} drafted the paper and cannot approve it too.")
    return tuple(reasons)


def _open(case: Case) -> list[Finding]:
    return [f for f in case.findings if f.severity != "note" and f.answered_by is None]


def _holds(case: Case) -> list[Hold]:
    last = max((at for at, event in enumerate(case.history) if isinstance(event, Lift)), default=-1)
    return [event for event in case.history[last + 1 :] if isinstance(event, Hold)]


def _rivalry(rival: Rival) -> str:
    which = f"{rival.file_name} ({rival.sha256[:12]})"
    if rival.published:
        return f"Another paper has the same reference and is public: {which}."
    return f"Another paper has the same reference: {which}. Withdraw the wrong one."


def _void(case: Case) -> tuple[str, ...]:
    void: dict[str, str] = {}
    counted = {fold(name) for name in case.approvers}
    ended = len(case.history) - len(since_withdrawal(case.history))
    for at, approval in enumerate(case.history):
        if not isinstance(approval, Approve):
            continue
        if fold(approval.by) in counted:
            continue
        bars = barred(case.facts, approval.by, approval.role)
        if at < ended:
            void[fold(approval.by)] = f"An approval by {approval.by} was given before the paper was withdrawn."
        elif bars:
            void[fold(approval.by)] = f"An approval does not count: {bars[0]}"
        else:
            void[fold(approval.by)] = f"An approval by {approval.by} was given on an earlier version."
    return tuple(void.values())


def _still_public(case: Case) -> tuple[str, ...]:
    if case.standing is None:
        return ()
    return (f"Version {case.standing.number} of {_day(case.standing.published_on)} stays public until then.",)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
