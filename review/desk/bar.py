"""The foot of a paper's page: the exact version that would be public, who approved it, and who may be the second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from review.acts import Published
from review.approvals import given_in
from review.case import Case, confirmed_by, standing, withdrawal
from review.office import View
from review.roles import Person, fold

SHOWN = 8  # letters of a version on its button


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval that counts for this very version."""

    by: str
    at: datetime
    yours: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """What the foot says. `version` is what an approval names; `why_not` is empty where this person may approve.

    `to_confirm`: the paper is withdrawn, and this person may be the second who says so.
    """

    version: str
    approvals: tuple[Approval, ...]
    void: tuple[str, ...]
    why_not: tuple[str, ...]
    places: int
    number: int | None
    public: Published | None
    held: bool
    to_confirm: bool

    @property
    def shown(self) -> str:
        """The version as people compare it: "9f2c 41d7"."""
        return f"{self.version[:4]} {self.version[4:SHOWN]}"


def bar_of(view: View, person: Person, today: date) -> Bar:
    """The foot of a paper for one person."""
    dossier, public = view.dossier, view.candidate
    case = Case(dossier.facts, dossier.findings, dossier.history, public, today, view.obstacles)
    counted = set(map(fold, case.approvers))
    given = {
        fold(event.by): Approval(event.by, event.at, fold(event.by) == fold(person.name))
        for event in given_in(dossier.history)
        if public and event.digest == public.digest and fold(event.by) in counted
    }
    part1 = view.disclosure.part1
    versions = [event.number for event in dossier.history if isinstance(event, Published)]
    now, gone = standing(dossier.history), withdrawal(dossier.history)
    same = bool(now and public and now.digest == public.digest)
    return Bar(
        version=public.digest[:16] if public else "",
        approvals=tuple(given.values()),
        void=case.void_approvals,
        why_not=_own(dossier.may_approve(person, public, today, view.obstacles), view),
        places=len(part1.withheld) if part1 else 0,
        number=None if same else max(versions, default=0) + 1,
        public=now,
        held=bool(case.holds),
        to_confirm=gone is not None and confirmed_by(dossier.history) is None and fold(gone.by) != fold(person.name),
    )


def _own(reasons: tuple[str, ...], view: View) -> tuple[str, ...]:
    """Why this person may not, without what the page says of the paper anyway."""
    said = {*view.state.reasons, f"The paper is {view.state.in_words}."}
    own = tuple(reason for reason in reasons if reason not in said)
    return own or ((f"The paper is {view.state.in_words}.",) if reasons else ())
