"""Taking back one's own last act: nothing is struck out, a claim that overrules it is added, and said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.claims import Amend, Answer, Release, Withhold
from review import office, withholding
from review.acts import (
    Approve,
    Claim,
    Hold,
    Lift,
    Published,
    Reinstate,
    RetractAnswer,
    RetractApproval,
    Take,
    Withdraw,
)  # fmt: skip
from review.case import Case
from review.desk.pages import words
from review.desk.withheld import claims_of
from review.errors import Conflict, NotAllowed
from review.office import View
from review.register import Register
from review.retracting import TOGETHER, answers_given, names_withheld, own_approval, retract_answer, retract_approval
from review.roles import fold

DONE = {
    "undone-taking": "Undone: the paper is nobody’s again.",
    "undone-putting-back": "Undone: you have the paper again.",
    "undone-correction": "Undone: the correction is overruled, and what was read before counts again.",
    "undone-withholding": "Undone: what you withheld is released again. The log keeps both.",
    "undone-releasing": "Undone: what you released is withheld again, on the ground it had.",
    "undone-answer": "Undone: the answer that was given before counts again.",
    "undone-first-answer": "Undone: your answer is taken back, and the question is open again. The log keeps both.",
    "undone-names": "Undone: the names are no longer withheld, and the question is open again. The log keeps both.",
    "undone-approval": "Undone: your approval is taken back. The log keeps both.",
    "undone-hold": "Undone: the hold is lifted.",
    "undone-lifting": "Undone: the paper is held again, for the same reason.",
}


@dataclass(frozen=True, slots=True)
class Undo:
    """What would be taken back, and which of `DONE` says so; `go` does it. Where that cannot be, `why_not` says why.

    `takes` is the number in the log of what it takes back: a button takes back what its page showed, or nothing.
    """

    act: str
    done: str = ""
    why_not: str = ""
    go: Callable[[Register, str, int], View] | None = None
    takes: int = 0


def undo_of(view: View, name: str) -> Undo | None:
    """How this person could take back the last thing that was said of a paper; None where they said nothing."""
    history = view.dossier.history
    if not any(not isinstance(event, Published) and fold(event.by) == fold(name) for event in history):
        return None
    last = history[-1]
    if isinstance(last, Published):
        return Undo("your last act", why_not="It has been published since. Withdraw the paper, or change it anew.")
    if fold(last.by) != fold(name):
        return Undo("your last act", why_not=f"{last.by} has acted since.")
    return replace(_undo(view, last, name), takes=view.dossier.said[-1].n)


def undo_of_approval(view: View, name: str) -> Undo | None:
    """How this person could take back their approval of the version as it is, whatever others did since; or None."""
    number = own_approval(view, name)
    if number is None:
        return None
    return Undo(
        "your approval",
        "undone-approval",
        go=lambda register, ref, seen: retract_approval(register, ref, number, name, "Undone.", seen=seen),
        takes=number,
    )


def undo(register: Register, ref: str, name: str, seen: int, takes: int) -> str:
    """Take back that act of this person; the answer is the key in `DONE` of what was done."""
    view = office.look(register, ref)
    meant = next((said.claim for said in view.dossier.said if said.n == takes), None)
    if meant is not None and fold(meant.by) != fold(name):
        raise NotAllowed((f"{meant.by} did that, so only {meant.by} can take it back. Nothing was undone.",))
    last = undo_of(view, name)
    found = next((each for each in (last, undo_of_approval(view, name)) if each and each.takes == takes), last)
    if found is None or found.go is None:
        raise Conflict(f"Nothing was undone. {found.why_not if found else 'You have done nothing here yet.'}")
    if found.takes != takes:
        raise Conflict("Nothing was undone. You have done something else here since that page was made. Look again.")
    found.go(register, ref, seen)
    return found.done


def _undo(view: View, last: Claim, name: str) -> Undo:
    match last:
        case Withhold():
            return _show_again(_written_together(view, last), name)
        case Release():
            return _withhold_again(view, last, name)
        case Answer():
            return _answer_before(view, last, name)
        case Hold():
            return _let_go(view, name)
        case Lift():
            return _hold_again(view, name)
        case Take():
            return Undo(
                "putting it back" if last.back else "taking it",
                "undone-putting-back" if last.back else "undone-taking",
                go=lambda register, ref, _: office.take(register, ref, name, back=not last.back),
            )
        case Amend():
            return Undo(
                "the correction",
                "undone-correction",
                go=lambda register, ref, seen: office.release(register, ref, last.id, name, "Undone.", seen=seen),
            )
        case Approve():
            return undo_of_approval(view, name) or Undo("your approval", why_not="It does not count any more.")
        case RetractAnswer():
            return Undo("taking it back", why_not="You took your answer back. Answer again.")
        case RetractApproval():
            return Undo("taking it back", why_not="You took your approval back. Approve again.")
        case Withdraw():
            return Undo("the withdrawal", why_not="Reinstate the paper: it then needs two approvals again.")
        case Reinstate():
            return Undo("the reinstatement", why_not="Withdraw the paper again if it must not go out.")
    return Undo("your last act", why_not="That cannot be taken back here.")


def _written_together(view: View, last: Withhold) -> tuple[Withhold, ...]:
    """All that one act withheld: a name is withheld wherever it stands, each place as a claim of its own."""
    claims = [claim for claim in view.dossier.claims if isinstance(claim, Withhold)]
    return tuple(
        claim
        for claim in claims
        if (claim.by, claim.because, claim.exemption) == (last.by, last.because, last.exemption)
        and abs((last.at - claim.at).total_seconds()) < TOGETHER
    )


def _show_again(claims: Sequence[Withhold], name: str) -> Undo:
    places = f"{len(claims)} places" if len(claims) > 1 else "1 place"
    return Undo(
        f"withholding {places}",
        "undone-withholding",
        go=lambda register, ref, seen: withholding.release_all(
            register, ref, [claim.id for claim in claims], name, "Undone by the person who withheld it.", seen=seen
        ),
    )


def _withhold_again(view: View, last: Release, name: str) -> Undo:
    claim = claims_of(view).get(last.overrules)
    if claim is None or claim.exemption is None:
        return Undo("releasing", why_not="No ground was named before. Withhold it anew, on a ground.")
    exemption = claim.exemption
    told = claim.evidence if isinstance(claim, Withhold) else {}
    return Undo(
        "releasing",
        "undone-releasing",
        go=lambda register, ref, seen: withholding.withhold_spans(
            register, ref, [claim.place], exemption, name, claim.because, evidence=told, seen=seen,
            next_review=claim.next_review if isinstance(claim, Withhold) else None,
        ),
    )  # fmt: skip


def _answer_before(view: View, last: Answer, name: str) -> Undo:
    """Taking back an answer: the one before it counts again, or the question is open; names that it withheld show."""
    given, names = answers_given(view, last.finding), names_withheld(view, last)
    number = view.dossier.said[-1].n
    before = given[-2] if len(given) > 1 else None
    if before and before.value == withholding.WITHHOLD and not names:
        return Undo(
            "your answer",
            "undone-answer",
            go=lambda register, ref, seen: withholding.withhold_asked(
                register, ref, before.finding, name, before.because, seen=seen
            ),
        )
    return Undo(
        f"withholding the names in {words(len(names), 'place')}" if names else "your answer",
        "undone-answer" if before else "undone-names" if names else "undone-first-answer",
        go=lambda register, ref, seen: retract_answer(
            register, ref, number, name, "Undone.", withheld=names, before=before, seen=seen
        ),
    )


def _let_go(view: View, name: str) -> Undo:
    if len(_holds(view)) > 1:
        return Undo("the hold", why_not="Others hold it too, and lifting ends every hold.")
    return Undo(
        "the hold",
        "undone-hold",
        go=lambda register, ref, seen: office.lift(register, ref, name, "Undone.", seen=seen),
    )


def _hold_again(view: View, name: str) -> Undo:
    before = [event for event in view.dossier.history if isinstance(event, Hold)]
    if not before:
        return Undo("lifting", why_not="Nothing was held before.")
    return Undo(
        "lifting",
        "undone-lifting",
        go=lambda register, ref, seen: office.hold(register, ref, name, before[-1].because, seen=seen),
    )


def _holds(view: View) -> tuple[Hold, ...]:
    dossier = view.dossier
    return Case(dossier.facts, dossier.findings, dossier.history, view.candidate, office.today()).holds
