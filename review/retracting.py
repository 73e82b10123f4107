"""A person takes back what they said themselves: an answer, or an approval of what is not public yet.

Nothing is struck out. What takes it back names it by its number in the log, and both stay on record.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.claims import Answer, Release, Withhold
from review.acts import Approve, RetractAnswer, RetractApproval, Said
from review.approvals import given_in, since_change
from review.case import standing
from review.errors import Conflict
from review.moves import OPEN_TO
from review.register import Register
from review.roles import fold
from review.view import View, look, now, reason_given, write
from review.withholding import PERSONAL, WITHHOLD

TOGETHER = 2.0  # seconds: what one press of a button wrote


def retract_answer(
    register: Register,
    ref: str,
    of: int,
    by: str,
    because: str,
    *,
    withheld: Sequence[Withhold] = (),
    before: Answer | None = None,
    seen: int | None = None,
) -> View:
    """A person takes back their own answer, and with it what it withheld; the finding is open again.

    Where an answer stood `before` it, that one is given anew instead, in the name of who gives it now.
    """
    view, at, why = look(register, ref), now(), reason_given(because)
    said = _own(view, of).claim
    if not isinstance(said, Answer):
        raise Conflict("That is no answer, so nothing was taken back.")
    back = RetractAnswer(by=by, at=at, because=why, of=of, finding=said.finding)
    again = (before.model_copy(update={"by": by, "at": at}),) if before else ()
    shown = (Release(by=by, at=at, because=why, overrules=claim.id) for claim in withheld)
    return write(register, view, *shown, back, *again, seen=seen)


def retract_approval(register: Register, ref: str, of: int, by: str, because: str, *, seen: int | None = None) -> View:
    """A person takes back their own approval; what others approved of the same version stands."""
    view = look(register, ref)
    said = _own(view, of).claim
    if not isinstance(said, Approve):
        raise Conflict("That is no approval, so nothing was taken back.")
    if view.state.name not in OPEN_TO["retract-approval"]:
        raise Conflict(f"{view.dossier.paper.name} is {view.state.in_words}. {' '.join(view.state.reasons)}")
    claim = RetractApproval(by=by, at=now(), because=reason_given(because), of=of, digest=said.digest)
    return write(register, view, claim, seen=seen)


def own_approval(view: View, name: str) -> int | None:
    """The number in the log of this person's approval of the version as it is now; None where none can be taken back.

    Of a version that is public none can: the paper is withdrawn instead.
    """
    dossier, version = view.dossier, view.candidate.digest if view.candidate else None
    now = standing(dossier.history)
    if view.state.name not in OPEN_TO["retract-approval"] or (now and now.digest == version):
        return None
    counts = given_in(since_change(dossier.history))
    mine = (
        said.n
        for said in dossier.said
        if isinstance(said.claim, Approve)
        and (fold(said.claim.by), said.claim.digest) == (fold(name), version)
        and any(said.claim is each for each in counts)
    )
    return next(mine, None)


def answers_given(view: View, finding: str) -> tuple[Answer, ...]:
    """What was answered to a question of this reading since an answer to it was last taken back."""
    paper = view.dossier.paper
    given: list[Answer] = []
    for said in view.dossier.said:
        fresh = (said.record_digest, said.rules_digest) == (paper.record_digest, paper.rules_digest)
        match said.claim:
            case RetractAnswer() if said.claim.finding == finding:
                given = []
            case Answer() if fresh and said.claim.finding == finding:
                given.append(said.claim)
    return tuple(given)


def names_withheld(view: View, last: Answer) -> tuple[Withhold, ...]:
    """The places that the last thing said, an answer about names, withheld: each was written just before it."""
    found: list[Withhold] = []
    for claim in reversed(view.dossier.claims[:-1]):
        if last.value != WITHHOLD or not isinstance(claim, Withhold):
            break
        apart = (last.at - claim.at).total_seconds()
        if (claim.by, claim.because, claim.exemption) != (last.by, last.because, PERSONAL) or apart > TOGETHER:
            break
        found.append(claim)
    return tuple(found)


def _own(view: View, of: int) -> Said:
    """What was said under this number; whether it may be taken back, the register looks when it is written."""
    found = next((said for said in view.dossier.said if said.n == of), None)
    if found is None:
        raise Conflict(f"Nothing was said of {view.dossier.paper.name} under that number. Look again.")
    return found
