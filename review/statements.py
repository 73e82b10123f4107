"""Writing down what a person says of a paper, and refusing what the register itself can see to be wrong."""

from __future__ import annotations

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from extract.claims import Amend, Answer, Withhold
from review import audit
from review.acts import (
    NEVER_STALE,
    RAISE,
    Approve,
    Claim,
    ConfirmWithdrawal,
    Correct,
    EndDeferral,
    Published,
    Reinstate,
    RetractAnswer,
    RetractApproval,
    Take,
    WithholdWhole,
    kind_of,
)  # fmt: skip
from review.amendments import names_in
from review.answers import as_asked
from review.approvals import given_in, since_change
from review.case import barred, deferral_ended, standing, withdrawal, withheld_whole
from review.dossier import Dossier, Paper, read_dossiers
from review.errors import Conflict, NotAllowed, NotFound
from review.family import Family
from review.intake import refer
from review.people import permitted
from review.roles import fold
from review.tables import claims, papers

LONDON = ZoneInfo("Europe/London")


def write_claim(connection: Connection, dossier: Dossier, claim: Claim, expected_revision: int) -> None:
    """Write a claim and its log entry, under the name and role the register knows the person by."""
    kind, paper = kind_of(claim), dossier.paper
    person = permitted(connection, claim.by, kind)
    signed = isinstance(claim, Approve | WithholdWhole)
    known = {"by": person.name, "role": person.role} if signed else {"by": person.name}
    claim = claim.model_copy(update=known)
    _refuse_unfit(dossier, claim)
    if kind not in NEVER_STALE and expected_revision != paper.revision:
        raise Conflict(
            f"Somebody has changed {paper.name} since you looked at it (you saw revision {expected_revision}, "
            f"it is at {paper.revision}). Nothing was written; look again and repeat what still holds."
        )
    if isinstance(claim, Correct):
        _refuse_correction(connection, dossier, claim)
    if isinstance(claim, Answer):
        claim = _with_its_value(dossier, claim)
    row = _row(paper, claim)
    entry = audit.append(connection, kind, audit.claim_body(row), by=person.name, paper=paper.sha256)
    connection.execute(insert(claims).values(n=entry.n, **row))
    if isinstance(claim, Amend) and claim.field == "reference":
        refer(connection, paper.sha256, names_in(claim.value))
    if kind in RAISE:
        this = papers.c.sha256 == paper.sha256
        connection.execute(update(papers).where(this).values(revision=paper.revision + 1))


def _refuse_unfit(dossier: Dossier, claim: Claim) -> None:
    """Whether the paper's state allows a claim is the caller's to ask; this is what the register alone can tell."""
    gone = withdrawal(dossier.history)
    if gone and not isinstance(claim, Reinstate | Take | ConfirmWithdrawal):
        raise Conflict(f"{dossier.paper.name} was withdrawn by {gone.by}. Reinstate it first.")
    other = dossier.facts.replaced_by
    if other and other.published and not isinstance(claim, Take):
        raise Conflict(
            f"{dossier.paper.name} is corrected by {other.file_name} ({other.sha256[:12]}). Work on that one."
        )
    match claim:
        case Reinstate() if not gone:
            raise Conflict(f"{dossier.paper.name} is not withdrawn.")
        case ConfirmWithdrawal() if not gone:
            raise Conflict(f"{dossier.paper.name} is not withdrawn.")
        case ConfirmWithdrawal() if gone and fold(gone.by) == fold(claim.by):
            raise NotAllowed((f"{claim.by} withdrew the paper; a second person confirms it.",))
        case EndDeferral() if claim.until > claim.at.astimezone(LONDON).date():
            raise Conflict(f"The deferral of {dossier.paper.name} has not ended. Extend it to an earlier day instead.")
        case EndDeferral() if deferral_ended(dossier.history, claim.until):
            raise Conflict("Somebody has said already that this deferral is over.")
        case WithholdWhole():
            _refuse_withholder(dossier, claim)
        case Approve():
            _refuse_approver(dossier, claim)
        case RetractAnswer() | RetractApproval():
            _refuse_retraction(dossier, claim)
        case Withhold() | Amend() if any(
            isinstance(said, Withhold | Amend) and said.id == claim.id for said in dossier.claims
        ):
            raise Conflict(f"There is already a claim {claim.id} on {dossier.paper.name}.")


def _refuse_withholder(dossier: Dossier, claim: WithholdWhole) -> None:
    reasons = barred(dossier.facts, claim.by, claim.role)
    if any(fold(each.by) == fold(claim.by) for each in withheld_whole(dossier.facts, dossier.history)):
        reasons += (f"{claim.by} has said so already; somebody else must be the second.",)
    if reasons:
        raise NotAllowed(reasons)


def _refuse_correction(connection: Connection, dossier: Dossier, claim: Correct) -> None:
    """What is corrected must have been public, and be another paper than this one and all that correct it."""
    family = Family.read(connection)
    found = read_dossiers(connection, {claim.replaces})
    if not found or not (found[0].facts.earlier or any(isinstance(event, Published) for event in found[0].history)):
        raise NotFound("There is no decision that was ever public under that SHA-256, so nothing can be corrected.")
    if claim.replaces == dossier.paper.sha256 or dossier.paper.sha256 in family.before(claim.replaces):
        raise Conflict("A paper cannot correct itself.")
    if any(isinstance(event, Published) for event in dossier.history):
        raise Conflict(f"{dossier.paper.name} has been public itself; it cannot become a correction of another paper.")
    other = found[0].facts.replaced_by
    if other and other.sha256 != dossier.paper.sha256:
        raise Conflict(f"{found[0].paper.name} is being corrected already, by {other.file_name} ({other.sha256[:12]}).")


def _refuse_approver(dossier: Dossier, claim: Approve) -> None:
    reasons = barred(dossier.facts, claim.by, claim.role)
    given = given_in(since_change(dossier.history))
    if any(earlier.digest == claim.digest and fold(earlier.by) == fold(claim.by) for earlier in given):
        reasons += (f"{claim.by} has already approved this version; somebody else must be the second.",)
    if reasons:
        raise NotAllowed(reasons)


def _refuse_retraction(dossier: Dossier, claim: RetractAnswer | RetractApproval) -> None:
    """Only what one said oneself, and what counts still, is taken back."""
    taken = next((said.claim for said in dossier.said if said.n == claim.of), None)
    if taken and fold(taken.by) != fold(claim.by):
        raise NotAllowed((f"{taken.by} did that, so only {taken.by} can take it back.",))
    now = standing(dossier.history)
    if isinstance(claim, RetractApproval):
        if now and now.digest == claim.digest:
            raise Conflict("That version is public. Nothing was taken back; withdraw the paper if it must go.")
        counts = any(each is taken for each in given_in(since_change(dossier.history))) and taken is not None
        fits = isinstance(taken, Approve) and taken.digest == claim.digest
    else:
        counts = any(each is taken for each in dossier.review.answers)
        fits = isinstance(taken, Answer) and taken.finding == claim.finding
    if not (counts and fits):
        raise Conflict("That does not count any more, so nothing was taken back. Look again.")


def _with_its_value(dossier: Dossier, claim: Answer) -> Answer:
    """The answer with its value in the form that is kept; refused where it does not bring what was asked."""
    asked = {finding.id: finding for finding in dossier.findings}.get(claim.finding)
    if asked is None:
        raise NotFound(f"{dossier.paper.name} has no finding “{claim.finding}”; `partone check` lists them.")
    return claim.model_copy(update={"value": as_asked(asked, claim.value)})


def _row(paper: Paper, claim: Claim) -> dict[str, Any]:
    if claim.at.tzinfo is None:
        raise ValueError("a claim's time must know its zone")
    body = claim.model_dump(mode="json", exclude={"by", "at", "because"})
    return {
        "paper": paper.sha256,
        "kind": kind_of(claim),
        "by": claim.by,
        "at": claim.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "because": audit.plain(claim.because),
        "body": audit.plain(audit.canonical(body)),
        "record_digest": paper.record_digest,
        "rules_digest": paper.rules_digest,
    }
