"""What officers do, one verb each: from the register to values, through the split, and back to the register.

Every step looks at one moment of a paper (`look`), and writes what a person says of exactly that moment, so that nobody
acts on something that changed under their eyes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from extract.amend import UnfitAmendmentError, fitting, reading
from extract.claims import Amend, Answer, Finding, Release
from extract.exemptions import load as load_exemptions
from extract.reading import read_file
from extract.record import DecisionRecord
from publish.part1 import digest
from review import stubs
from review.acts import (
    Approve,
    ConfirmWithdrawal,
    Correct,
    EndDeferral,
    Extend,
    Hold,
    Lift,
    Reinstate,
    Take,
    Withdraw,
    WithholdWhole,
)  # fmt: skip
from review.amendments import in_force, names_in, reference_key
from review.case import withheld_whole
from review.errors import Conflict, NotAllowed, NotFound, RegisterError
from review.moves import OPEN_TO
from review.people import find as find_person
from review.register import Register
from review.unamendable import refuse_unamendable
from review.view import LONDON as LONDON  # these are read through here
from review.view import View as View
from review.view import look as look
from review.view import now as now
from review.view import reason_given as reason_given
from review.view import today as today
from review.view import view_of as view_of
from review.view import views as views
from review.view import write as write

LEAST_OF_A_VERSION = 8  # characters of its digest: fewer could begin another


def take(register: Register, ref: str, by: str, because: str = "", *, back: bool = False) -> View:
    """A person takes a paper on their desk, or puts it back. It changes nothing public and keeps nobody from it."""
    said = Take(by=by, at=now(), because=because.strip() or ("Put back." if back else "Taken."), back=back)
    return write(register, look(register, ref), said)


def answer(
    register: Register,
    ref: str,
    finding: str,
    by: str,
    because: str,
    value: str | None = None,
    *,
    seen: int | None = None,
) -> View:
    """A person answers a finding, with a value where it asks for one."""
    said = Answer(by=by, at=now(), because=reason_given(because), finding=finding, value=value)
    return write(register, look(register, ref), said, seen=seen)


def amend(
    register: Register, ref: str, field: str, value: str | None, by: str, because: str, *, seen: int | None = None
) -> View:
    """A person corrects what was read: a field by its path, or the text of a passage by its place.

    The machine's reading is kept beside it. A `value` of None says that the paper has no such thing.
    """
    view = look(register, ref)
    try:
        said = fitting(view.record, field, value)
    except UnfitAmendmentError as fault:
        raise RegisterError(str(fault)) from None
    if said == reading(view.record, field):
        raise RegisterError("That is what is read there already, so nothing was written.")
    before = next((each.was for each in view.amendments if each.field == field), reading(view.record, field))
    refuse_unamendable(register.home, view, field, said)
    at = now()
    claim = Amend(
        by=by,
        at=at,
        because=reason_given(because),
        id=f"amend:{field}:{at:%Y%m%dT%H%M%S%f}",
        field=field,
        value=said,
        was=before,
    )
    return write(register, view, claim, seen=seen)


def release(register: Register, ref: str, claim: str, by: str, because: str, *, seen: int | None = None) -> View:
    """A person overrules one marking or withholding, named by its id; what it kept back may become public."""
    view = look(register, ref)
    known = {marking.id for marking in view.markings.claims} | {w.id for w in view.dossier.review.withholds}
    amendments = {amendment.id: amendment for amendment in in_force(view.dossier.said)}
    if claim in amendments:
        refuse_unamendable(register.home, view, amendments[claim].field, amendments[claim].was)
    known |= amendments.keys() | {each.id for each in withheld_whole(view.dossier.facts, view.dossier.history)}
    if claim not in known:
        raise NotFound(
            f"{view.dossier.paper.name} has nothing withheld or corrected under “{claim}”. `partone show` lists it."
        )
    return write(register, view, Release(by=by, at=now(), because=reason_given(because), overrules=claim), seen=seen)


def approve(register: Register, ref: str, by: str, version: str | None = None, *, seen: int | None = None) -> View:
    """One approval of the public version as it is now, by its digest; two different people are needed.

    `version` is how the digest begins that the person was shown: where another stands by now, nothing is approved.
    """
    view = look(register, ref)
    begins = "".join((version or "").split()).casefold()
    if version is not None and len(begins) < LEAST_OF_A_VERSION:
        raise RegisterError("Give the version as `partone show --public` prints it: 16 letters and figures.")
    if view.disclosure.part1 is not None and not digest(view.disclosure.part1).startswith(begins):
        raise Conflict(
            f"The public version of {view.dossier.paper.name} is not {version}: it is "
            f"{digest(view.disclosure.part1)[:16]}. Nothing was approved; see `partone show --public`."
        )
    person, part1 = find_person(register, by), view.disclosure.part1
    reasons = view.dossier.may_approve(person, view.candidate, today(), view.obstacles)
    if reasons or part1 is None:
        raise NotAllowed(reasons or view.obstacles)
    deferred = part1.deferral.answer == "yes" and part1.deferral.until is not None
    stub = stubs.deferred(part1) if deferred else None
    said = Approve(
        by=by, at=now(), because="Approved.", digest=digest(part1), role=person.role,
        stub=digest(stub) if stub else None, bare=digest(stubs.bare(stub)) if stub else None,
    )  # fmt: skip
    return write(register, view, said, seen=seen)


def hold(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Keep a paper back until somebody lifts the hold."""
    return write(register, look(register, ref), Hold(by=by, at=now(), because=reason_given(because)), seen=seen)


def lift(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """End every hold on a paper."""
    return write(register, look(register, ref), Lift(by=by, at=now(), because=reason_given(because)), seen=seen)


def withdraw(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Take a paper off the public site with the next release; one person may, at once. Its address says so."""
    view = look(register, register.public(ref) or ref)
    dossier = view.dossier
    told = stubs.standing_address(register.home, dossier.paper.reference, dossier.facts, dossier.history)
    said = Withdraw.model_validate({"by": by, "at": now(), "because": reason_given(because), **told})
    return write(register, view, said, seen=seen)


def confirm(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """A second person says that a withdrawal was right; it was done already by the first."""
    said = ConfirmWithdrawal(by=by, at=now(), because=reason_given(because))
    return write(register, look(register, ref), said, seen=seen)


def extend(register: Register, ref: str, until: date, by: str, because: str, *, seen: int | None = None) -> View:
    """Defer publication until another day; a new decision, which two people approve as any other version."""
    view = look(register, ref)
    if until < today():
        raise RegisterError("The day to which publication is deferred must lie ahead.")
    if view.record.deferral.answer == "yes" and view.record.deferral.until == until:
        raise RegisterError("It is deferred until that day already, so nothing was written.")
    return write(register, view, Extend(by=by, at=now(), because=reason_given(because), until=until), seen=seen)


def end_deferral(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Say that a deferral whose day has come is over; the paper is published with the next release."""
    view = look(register, ref)
    deferral = view.candidate.deferral if view.candidate else None
    if deferral is None or deferral.answer != "yes" or deferral.until is None:
        raise RegisterError(f"{view.dossier.paper.name} is not deferred until a day.")
    if view.state.name not in OPEN_TO["end-deferral"]:
        raise Conflict(f"{view.dossier.paper.name} is {view.state.in_words}. {' '.join(view.state.reasons)}")
    said = EndDeferral(by=by, at=now(), because=reason_given(because), until=deferral.until)
    return write(register, view, said, seen=seen)


def withhold_whole(
    register: Register,
    ref: str,
    exemption: str,
    by: str,
    because: str,
    *,
    existence: bool = False,
    seen: int | None = None,
) -> View:
    """One of two people says that all of Part 1 is withheld; with `existence`, not even that there is a decision."""
    ground = load_exemptions().get(exemption)
    if ground is None or ground.unavailable:
        raise RegisterError(f"Nothing can be withheld under “{exemption}”. `partone exemptions` lists the grounds.")
    at, view = now(), look(register, ref)
    dossier = view.dossier
    told = stubs.standing_address(register.home, dossier.paper.reference, dossier.facts, dossier.history)
    told = told or stubs.address(view.disclosure.part1)
    said = WithholdWhole(
        by=by, at=at, because=reason_given(because), id=f"whole:{at:%Y%m%dT%H%M%S%f}", exemption=ground.key,
        existence=existence, role="releaser", **told,
    )  # fmt: skip
    return write(register, view, said, seen=seen)


def correct(register: Register, ref: str, corrected_sha: str, by: str, because: str) -> View:
    """The paper of that SHA-256, which is in the register, becomes the next version of the decision `ref`."""
    old, new = look(register, ref), look(register, corrected_sha)
    theirs, ours = (set(map(reference_key, names_in(each.dossier.paper.reference))) for each in (old, new))
    if not theirs & ours:
        raise RegisterError(
            f"{new.dossier.paper.file_name} does not bear the reference {old.dossier.paper.name}, so it was not taken "
            f"for its correction. It is in the register by itself, as {new.dossier.paper.name}. If it was misread: "
            "partone amend it, then correct again. If it was the wrong file: partone withdraw it."
        )
    said = Correct(by=by, at=now(), because=reason_given(because), replaces=old.dossier.paper.sha256)
    return write(register, new, said)


def reinstate(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Bring a withdrawn paper back to review, where it needs two approvals as if it were new."""
    return write(register, look(register, ref), Reinstate(by=by, at=now(), because=reason_given(because)), seen=seen)


def check_file(file: Path) -> tuple[DecisionRecord, tuple[Finding, ...]]:
    """The record and the findings of a PDF that is not in the register."""
    reading = read_file(file)
    return reading.record, reading.findings
