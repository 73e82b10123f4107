"""What officers do, one verb each: from the register to values, through the split, and back to the register.

Every step looks at one moment of a paper (`look`), and writes what a person says of exactly that moment, so that nobody
acts on something that changed under their eyes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from extract import rules
from extract.claims import Answer, Finding, Release
from extract.differencing import follows
from extract.reading import read_file
from extract.record import DecisionRecord
from extract.separate import Disclosure, separate
from extract.texts import public_texts
from publish.part1 import digest
from review.acts import Approve, Claim, Hold, Lift, Reinstate, Take, Withdraw
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
    """One paper at one moment: what is known, what was read, what would be public, and where it stands."""

    dossier: Dossier
    record: DecisionRecord
    disclosure: Disclosure
    state: State
    obstacles: tuple[str, ...]

    @property
    def candidate(self) -> Candidate | None:
        return candidate(self.disclosure.part1) if self.disclosure.part1 else None


def look(register: Register, ref: str, day: date | None = None) -> View:
    """One paper as it stands; `ref` is a reference in any spelling or the beginning of a SHA-256."""
    return view_of(register, register.dossier(register.find(ref).sha256), day)


def view_of(register: Register, dossier: Dossier, day: date | None = None) -> View:
    """The split of a paper as people have reviewed it so far, and its state."""
    record = register.record(dossier.paper.sha256)
    disclosure = separate(record, rules.propose(record), dossier.review)
    public = candidate(disclosure.part1) if disclosure.part1 else None
    texts = {text.place: text.text for text in public_texts(record)}
    obstacles = (*disclosure.held, *still_in_public(texts, dossier.review, disclosure.part2.spans))
    dossier = replace(dossier, further=follows(record, disclosure))
    state = dossier.state(public, day or today(), obstacles)
    return View(dossier, record, disclosure, state, obstacles)


def take(register: Register, ref: str, by: str, because: str = "", *, back: bool = False) -> View:
    """A person takes a paper on their desk, or puts it back. It changes nothing public and keeps nobody from it."""
    said = Take(by=by, at=now(), because=because.strip() or ("Put back." if back else "Taken."), back=back)
    return write(register, look(register, ref), said)


def answer(register: Register, ref: str, finding: str, by: str, because: str, value: str | None = None) -> View:
    """A person answers a finding, with a value where it asks for one."""
    said = Answer(by=by, at=now(), because=reason_given(because), finding=finding, value=value)
    return write(register, look(register, ref), said)


def release(register: Register, ref: str, claim: str, by: str, because: str) -> View:
    """A person overrules one marking or withholding, named by its id; what it kept back may become public."""
    view = look(register, ref)
    known = {marking.id for marking in rules.propose(view.record).claims} | {
        w.id for w in view.dossier.review.withholds
    }
    if claim not in known:
        raise NotFound(f"{view.dossier.paper.name} has nothing withheld under “{claim}”. `partone show` lists it.")
    return write(register, view, Release(by=by, at=now(), because=reason_given(because), overrules=claim))


def approve(register: Register, ref: str, by: str, version: str | None = None) -> View:
    """One approval of the public version as it is now, by its digest; two different people are needed.

    `version` is how the digest begins that the person was shown: where another stands by now, nothing is approved.
    """
    view = look(register, ref)
    seen = "".join((version or "").split()).casefold()
    if version is not None and len(seen) < LEAST_OF_A_VERSION:
        raise RegisterError("Give the version as `partone show --public` prints it: 16 letters and figures.")
    if view.disclosure.part1 is not None and not digest(view.disclosure.part1).startswith(seen):
        raise Conflict(
            f"The public version of {view.dossier.paper.name} is not {version}: it is "
            f"{digest(view.disclosure.part1)[:16]}. Nothing was approved; see `partone show --public`."
        )
    person = find_person(register, by)
    reasons = view.dossier.may_approve(person, view.candidate, today(), view.obstacles)
    if reasons or view.disclosure.part1 is None:
        raise NotAllowed(reasons or view.obstacles)
    said = Approve(by=by, at=now(), because="Approved.", digest=digest(view.disclosure.part1), role=person.role)
    return write(register, view, said)


def hold(register: Register, ref: str, by: str, because: str) -> View:
    """Keep a paper back until somebody lifts the hold."""
    return write(register, look(register, ref), Hold(by=by, at=now(), because=reason_given(because)))


def lift(register: Register, ref: str, by: str, because: str) -> View:
    """End every hold on a paper."""
    return write(register, look(register, ref), Lift(by=by, at=now(), because=reason_given(because)))


def withdraw(register: Register, ref: str, by: str, because: str) -> View:
    """Take a paper off the public site with the next release; one person may, at once."""
    return write(register, look(register, ref), Withdraw(by=by, at=now(), because=reason_given(because)))


def reinstate(register: Register, ref: str, by: str, because: str) -> View:
    """Bring a withdrawn paper back to review, where it needs two approvals as if it were new."""
    return write(register, look(register, ref), Reinstate(by=by, at=now(), because=reason_given(because)))


def views(register: Register, day: date | None = None) -> tuple[View, ...]:
    """Every paper as it stands, in the order they came in."""
    return tuple(view_of(register, dossier, day) for dossier in register.dossiers())


def check_file(file: Path) -> tuple[DecisionRecord, tuple[Finding, ...]]:
    """The record and the findings of a PDF that is not in the register."""
    reading = read_file(file)
    return reading.record, reading.findings


def write(register: Register, view: View, *said: Claim) -> View:
    """Write down what a person says of the moment they looked at, all of it or nothing, and look again."""
    dossier = view.dossier
    register.add_claims(dossier.paper.sha256, said, dossier.paper.revision, dossier.further)
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
