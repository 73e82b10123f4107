"""One paper as it stands: what the machine read and people corrected, split, weighed against all that people said.

Every step of an officer looks at one moment of a paper (`look`), and writes what they say of exactly that moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from extract.claims import Amend, Markings
from extract.differencing import follows
from extract.record import DecisionRecord
from extract.separate import Disclosure, separate
from extract.texts import public_texts
from review.acts import Claim
from review.amending import Corrected, corrected, weighed
from review.carried import Earlier, carried_over
from review.case import Candidate, candidate, withheld_whole
from review.dossier import Dossier
from review.errors import RegisterError
from review.lifecycle import APPROVERS_NEEDED, State
from review.mentions import obstacles as still_in_public
from review.reasons import tell
from review.register import Register
from review.statements import LONDON as LONDON  # it is read through here


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

    @property
    def public_title(self) -> str | None:
        """The title without what is withheld in it; none where nobody knows what it would be."""
        title = next((text.text for text in public_texts(self.record) if text.place == "title"), None)
        for span in reversed([span for span in self.disclosure.part2.spans if span.place == "title"]):
            title = title and f"{title[: span.start]}[withheld]{title[span.end :]}"
        return title if self.record.form else None


def look(register: Register, ref: str, day: date | None = None) -> View:
    """One paper as it stands; `ref` is a reference in any spelling or the beginning of a SHA-256."""
    return view_of(register, register.dossier(register.find(ref).sha256), day)


def view_of(register: Register, dossier: Dossier, day: date | None = None) -> View:
    """The split of a paper as people have reviewed it so far, and its state."""
    read, disclosure = _split(register, dossier)
    public = candidate(disclosure.part1) if disclosure.part1 else None
    texts = {text.place: text.text for text in public_texts(read.record)}
    again = still_in_public(texts, read.review, disclosure.part2.spans, read.words)
    told = tell(texts, read.review, disclosure.part2)
    obstacles = (*disclosure.held, *read.obstacles, *again, *told)
    further = (*follows(read.record, disclosure), *carried_over(_before(register, dossier), read.record, disclosure))
    dossier = weighed(dossier, read, further)
    state = dossier.state(public, day or today(), obstacles)
    return View(dossier, read.record, disclosure, state, obstacles, read.markings, read.amendments)


def _split(register: Register, dossier: Dossier) -> tuple[Corrected, Disclosure]:
    read = corrected(register.record(dossier.paper.sha256), dossier.said, dossier.review)
    return read, separate(read.record, read.markings, read.review)


def _before(register: Register, dossier: Dossier) -> Iterator[Earlier]:
    """The papers that one corrects, the latest first; none for nearly every paper."""
    seen = {dossier.paper.sha256}
    while (sha := dossier.facts.replaces) is not None and sha not in seen:
        seen.add(sha)
        dossier = register.dossier(sha)
        read, disclosure = _split(register, dossier)
        whole = len(withheld_whole(dossier.facts, dossier.history)) >= APPROVERS_NEEDED
        yield Earlier(read.record, read.review, disclosure, read.words, whole)


def views(register: Register, day: date | None = None) -> tuple[View, ...]:
    """Every paper as it stands, in the order they came in."""
    return tuple(view_of(register, dossier, day) for dossier in register.dossiers())


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
