"""What officers do, one verb each: from the register to values, through the split, and back to the register.

Every step looks at one moment of a paper (`look`), and writes what a person says of exactly that moment, so that nobody
acts on something that changed under their eyes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from extract.amend import UnfitAmendmentError, fitting, reading
from extract.claims import Amend, Answer, Finding, Markings, Release
from extract.differencing import follows
from extract.reading import read_file
from extract.record import DecisionRecord
from extract.separate import Disclosure, separate
from extract.texts import public_texts
from publish.part1 import digest
from review.acts import Approve, Claim, Hold, Lift, Reinstate, Take, Withdraw
from review.amending import corrected, weighed
from review.amendments import in_force
from review.case import Candidate, candidate
from review.dossier import Dossier
from review.errors import Conflict, NotAllowed, NotFound, RegisterError
from review.lifecycle import State
from review.mentions import obstacles as still_in_public
from review.people import find as find_person
from review.register import Register

LONDON = ZoneInfo("Europe/London")
LEAST_OF_A_VERSION = 8  # characters of its digest: fewer could begin another


@dataclass(frozen=True, slots=True)
class View:
    """One paper at one moment: what is known, what was read, what would be public, and where it stands.

    `record` is as people corrected it; each of the `amendments` in force keeps the machine's reading beside its own.
    """

    dossier: Dossier
    record: DecisionRecord
    disclosure: Disclosure
    state: State
    obstacles: tuple[str, ...]
    markings: Markings
    amendments: tuple[Amend, ...] = ()

    @property
    def candidate(self) -> Candidate | None:
        return candidate(self.disclosure.part1) if self.disclosure.part1 else None


def look(register: Register, ref: str, day: date | None = None) -> View:
    """One paper as it stands; `ref` is a reference in any spelling or the beginning of a SHA-256."""
    return view_of(register, register.dossier(register.find(ref).sha256), day)


def view_of(register: Register, dossier: Dossier, day: date | None = None) -> View:
    """The split of a paper as people have reviewed it so far, and its state."""
    read = corrected(register.record(dossier.paper.sha256), dossier.said, dossier.review)
    disclosure = separate(read.record, read.markings, read.review)
    public = candidate(disclosure.part1) if disclosure.part1 else None
    texts = {text.place: text.text for text in public_texts(read.record)}
    again = still_in_public(texts, read.review, disclosure.part2.spans, read.words)
    obstacles = (*disclosure.held, *read.obstacles, *again)
    dossier = weighed(dossier, read, follows(read.record, disclosure))
    state = dossier.state(public, day or today(), obstacles)
    return View(dossier, read.record, disclosure, state, obstacles, read.markings, read.amendments)


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
    known |= {amendment.id for amendment in in_force(view.dossier.said)}
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
    person = find_person(register, by)
    reasons = view.dossier.may_approve(person, view.candidate, today(), view.obstacles)
    if reasons or view.disclosure.part1 is None:
        raise NotAllowed(reasons or view.obstacles)
    said = Approve(by=by, at=now(), because="Approved.", digest=digest(view.disclosure.part1), role=person.role)
    return write(register, view, said, seen=seen)


def hold(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Keep a paper back until somebody lifts the hold."""
    return write(register, look(register, ref), Hold(by=by, at=now(), because=reason_given(because)), seen=seen)


def lift(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """End every hold on a paper."""
    return write(register, look(register, ref), Lift(by=by, at=now(), because=reason_given(because)), seen=seen)


def withdraw(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Take a paper off the public site with the next release; one person may, at once."""
    return write(register, look(register, ref), Withdraw(by=by, at=now(), because=reason_given(because)), seen=seen)


def reinstate(register: Register, ref: str, by: str, because: str, *, seen: int | None = None) -> View:
    """Bring a withdrawn paper back to review, where it needs two approvals as if it were new."""
    return write(register, look(register, ref), Reinstate(by=by, at=now(), because=reason_given(because)), seen=seen)


def views(register: Register, day: date | None = None) -> tuple[View, ...]:
    """Every paper as it stands, in the order they came in."""
    return tuple(view_of(register, dossier, day) for dossier in register.dossiers())


def check_file(file: Path) -> tuple[DecisionRecord, tuple[Finding, ...]]:
    """The record and the findings of a PDF that is not in the register."""
    reading = read_file(file)
    return reading.record, reading.findings


def write(register: Register, view: View, *said: Claim, seen: int | None = None) -> View:
    """Write down what a person says of the moment they looked at, all of it or nothing, and look again.

    `seen` is the revision they saw, where they looked earlier than now; of another nothing is written (`Conflict`).
    """
    dossier = view.dossier
    revision = dossier.paper.revision if seen is None else seen
    register.add_claims(dossier.paper.sha256, said, revision, dossier.further)
    return look(register, view.dossier.paper.sha256)


def reason_given(because: str) -> str:
    """The reason without spaces around it; raises where there is none."""
    if not because.strip():
        raise RegisterError("Say why: --because needs a reason.")
    return because.strip()


def today() -> date:
    """The day it is where the authority is: a deferral ends at midnight in London."""
    return datetime.now(LONDON).date()


def now() -> datetime:
    """The moment at which something is said, in UTC."""
    return datetime.now(UTC)
