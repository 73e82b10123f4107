"""One paper's case at one moment: the facts, the findings, what people did, and who of them counts as an approver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.claims import Finding, Release
from publish.part1 import Deferral, Part1, digest, unsettled
from review.acts import (
    Approve,
    ConfirmWithdrawal,
    EndDeferral,
    Event,
    Hold,
    Lift,
    Published,
    Reinstate,
    RetractApproval,
    Take,
    Withdraw,
    WithholdWhole,
)
from review.approvals import changes_public, given_in, since_change, since_withdrawal
from review.roles import Role, as_typed, fold, may, names_person, who_entered, who_may

APPROVERS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Rival:
    """Another paper, not withdrawn, that bears one of the same references."""

    sha256: str
    file_name: str
    published: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register knows of a paper beside its claims. `drafting` are the statements that name who drafted it.

    Of its rivals the first few are named, those that are public first; `more_rivals` says that there are others. It
    `replaces` the paper of that SHA-256, whose public versions are the `earlier` ones of its own; `replaced_by` is the
    paper that does so with it, and `published` says whether that has been public yet. Where it bears another reference
    than the one it replaces, that one's is `misplaced`.
    """

    form: str | None
    entered_by: str | None = None
    drafting: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    more_rivals: bool = False
    replaces: str | None = None
    earlier: tuple[Published, ...] = ()
    replaced_by: Rival | None = None
    misplaced: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """The public version as it would be now: the digest that people approve, and what decides if it may go out.

    `unsettled` says what is still open in it, a sentence each: nobody can approve it then.
    """

    digest: str
    deferral: Deferral | None = None
    signed_on: date | None = None
    unsettled: tuple[str, ...] = ()


def candidate(part1: Part1) -> Candidate:
    """The candidate a Part 1 makes."""
    return Candidate(digest(part1), part1.deferral, part1.signed_on, unsettled(part1))


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
    def open_findings(self) -> tuple[Finding, ...]:
        """What a person must still answer, what blocks first; a note never holds a paper."""
        unanswered = (f for f in self.findings if f.severity != "note" and f.answered_by is None)
        return tuple(sorted(unanswered, key=lambda finding: finding.severity != "blocks"))

    @property
    def holds(self) -> tuple[Hold, ...]:
        """The holds that nobody has lifted."""
        last = max((at for at, event in enumerate(self.history) if isinstance(event, Lift)), default=-1)
        return tuple(event for event in self.history[last + 1 :] if isinstance(event, Hold))

    @property
    def standing(self) -> Published | None:
        """The version that is public now."""
        return standing(self.history)

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who has approved this very version and may, each person once, in order."""
        given = given_in(since_change(self.history))
        current = [approval for approval in given if self.public and approval.digest == self.public.digest]
        return tuple({fold(a.by): a.by for a in current if not barred(self.facts, a.by, a.role)}.values())

    @property
    def void_approvals(self) -> tuple[str, ...]:
        """Approvals that do not count for this version, one sentence for each person and why."""
        void: dict[str, str] = {}
        counted = {fold(name) for name in self.approvers}
        kept = given_in(self.history)
        ended = len(self.history) - len(since_withdrawal(self.history))
        for at, approval in enumerate(self.history):
            if not isinstance(approval, Approve) or fold(approval.by) in counted:
                continue
            bars = barred(self.facts, approval.by, approval.role)
            if not any(approval is each for each in kept):
                void[fold(approval.by)] = f"An approval by {approval.by} was taken back."
            elif at < ended:
                void[fold(approval.by)] = f"An approval by {approval.by} was given before the paper was withdrawn."
            elif bars:
                void[fold(approval.by)] = f"An approval does not count: {bars[0]}"
            elif self.public and approval.digest == self.public.digest:
                void[fold(approval.by)] = f"An approval by {approval.by} was given before more was said of the text."
            else:
                void[fold(approval.by)] = f"An approval by {approval.by} was given on an earlier version."
        return tuple(void.values())


def standing(history: Sequence[Event]) -> Published | None:
    """The version of a paper that is public now."""
    return next((event for event in reversed(since_withdrawal(history)) if isinstance(event, Published)), None)


def agreed_stub(facts: Facts, history: Sequence[Event]) -> tuple[str | None, tuple[Approve, ...]]:
    """The latest stub that two people approved, by its digest, and what they said; a change between them ends it."""
    given: dict[tuple[str, str], dict[str, Approve]] = {}
    agreed: tuple[str | None, tuple[Approve, ...]] = (None, ())
    for event in since_withdrawal(history):
        if isinstance(event, Approve) and event.stub and not barred(facts, event.by, event.role):
            same = given.setdefault((event.stub, event.digest), {})
            same[fold(event.by)] = event
            if len(same) > 1:
                agreed = event.stub, tuple(same.values())
        elif isinstance(event, RetractApproval):  # what two have agreed on stays, where it is public already
            for (_, text), same in given.items():
                if text == event.digest:
                    same.pop(fold(event.by), None)
        elif changes_public(event):
            given.clear()
    return agreed


def withdrawal(history: Sequence[Event]) -> Withdraw | None:
    """The withdrawal that a paper is under."""
    last = next((event for event in reversed(history) if isinstance(event, Withdraw | Reinstate)), None)
    return last if isinstance(last, Withdraw) else None


def confirmed_by(history: Sequence[Event]) -> str | None:
    """Who, other than the one who withdrew the paper, has said that this was right; None where it waits for that."""
    gone = withdrawal(history)
    confirming = (event for event in since_withdrawal(history) if isinstance(event, ConfirmWithdrawal))
    return next((event.by for event in confirming if gone and fold(event.by) != fold(gone.by)), None)


def withheld_whole(facts: Facts, history: Sequence[Event]) -> tuple[WithholdWhole, ...]:
    """Who has said that all of Part 1 is withheld and may, each person once, and nobody has overruled it.

    It stands over whatever else is said: the text stays back until a person lets go of one of the two.
    """
    overruled = {event.overrules for event in history if isinstance(event, Release)}
    left = (each for each in ever_withheld_whole(facts, history) if each.id not in overruled)
    return tuple({fold(each.by): each for each in left}.values())


def ever_withheld_whole(facts: Facts, history: Sequence[Event]) -> tuple[WithholdWhole, ...]:
    """All that was said so since the paper was last withdrawn by people who may, overruled or not."""
    said = (event for event in since_withdrawal(history) if isinstance(event, WithholdWhole))
    mine = (each for each in said if may(each.role, "withhold-whole"))
    return tuple(each for each in mine if not barred(facts, each.by, each.role))


def existence_withheld(said: Sequence[WithholdWhole]) -> bool:
    """Whether two people have said that not even the existence of the decision is confirmed or denied."""
    return len({fold(each.by) for each in said if each.existence}) >= APPROVERS_NEEDED


def agreements(said: Sequence[WithholdWhole]) -> Iterator[tuple[WithholdWhole, ...]]:
    """Every two people who withheld all of Part 1 and saw the same in its place, the latest first.

    Only that is ever told in its place: what one person corrects afterwards is not what the two said.
    """
    for last in range(len(said), 0, -1):
        latest = said[last - 1]
        same = {fold(each.by): each for each in said[: last - 1] if _told(each) == _told(latest)}
        same.pop(fold(latest.by), None)
        if same and all(_told(latest)):
            yield list(same.values())[-1], latest


def _told(said: WithholdWhole) -> tuple[object, ...]:
    return said.reference, said.decision_maker, said.signed_on


def deferral_ended(history: Sequence[Event], until: date) -> bool:
    """Whether a person has said that the deferral which ended on that day is over."""
    return any(isinstance(event, EndDeferral) and event.until == until for event in since_withdrawal(history))


def taken_by(history: Sequence[Event]) -> str | None:
    """Who has the paper on their desk: who took it last, until they put it back or it is published or withdrawn."""
    last = next((e for e in reversed(history) if isinstance(e, Take | Published | Withdraw)), None)
    return last.by if isinstance(last, Take) and not last.back else None


def barred(facts: Facts, name: str, role: Role) -> tuple[str, ...]:
    """Why a person may never approve this paper, whatever its state; empty where nothing bars them."""
    reasons = []
    if not may(role, "approve"):
        reasons.append(f"{name} is a {role}; to approve takes a {who_may('approve')}.")
    if as_typed(name) in map(as_typed, who_entered(facts.entered_by)):
        reasons.append(f"{name} entered the paper and cannot approve it too.")
    if any(names_person(statement, name) for statement in facts.drafting):
        reasons.append(f"The paper names {name} as having drafted it, and a drafter cannot approve.")
    return tuple(reasons)
