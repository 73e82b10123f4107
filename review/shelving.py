"""What may be public today: worked out from the register each time, never from what lies on the shelf or in the site.

A paper goes out as two people approved it; one that is deferred goes out as a stub; one that is public and being looked
at again keeps the text that is public, until it is withdrawn. Nothing else goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from publish.history import AGAIN, CORRECTED, FIRST, texts_of
from publish.part1 import Part1, Stub, Version, digest
from publish.shelf import Approval, Entry
from review.acts import Approve, Event, Published
from review.case import Case, since_change, standing
from review.errors import Conflict, RegisterError
from review.office import View
from review.roles import fold


@dataclass(frozen=True, slots=True)
class Shown:
    """One paper's place in the next release; `fresh` is the version that is not on record yet, if any."""

    paper: str
    entry: Entry
    fresh: Version | None = None


def to_show(home: Path, views: Sequence[View], today: date) -> tuple[Shown, ...]:
    """Every paper that may be public, in order of reference; raises where two would have one page."""
    public = {version.digest for view in views if (version := standing(view.dossier.history))}
    texts = texts_of(home, public) if any(_looked_at_again(view) for view in views) else {}
    shown = sorted(
        (each for view in views if (each := _shown(view, texts, today))), key=lambda each: each.entry.decision.slug
    )
    twice = [slug for slug, times in Counter(each.entry.slug for each in shown).items() if times > 1]
    if twice:
        raise Conflict(f"Two papers would both be {twice[0]} on the site. Withdraw the wrong one, then publish again.")
    return tuple(shown)


def _looked_at_again(view: View) -> bool:
    return view.state.name not in ("approved", "published", "withdrawn") and standing(view.dossier.history) is not None


def _shown(view: View, texts: dict[str, Part1], today: date) -> Shown | None:
    part1, history, sha = view.disclosure.part1, view.dossier.history, view.dossier.paper.sha256
    public = standing(history)
    if part1 and view.state.name in ("approved", "published"):
        fresh = _next(history, digest(part1), today) if view.state.name == "approved" else None
        versions = (*_versions(history), fresh) if fresh else _versions(history)
        decision = part1.model_copy(update={"versions": versions})
        return Shown(sha, _entry(decision, _counted(view, today)), fresh)
    if _looked_at_again(view) and public and public.digest in texts:
        before = history[: _last(history, public)]
        decision = texts[public.digest].model_copy(update={"versions": _versions(history)})
        return Shown(sha, _entry(decision, _approvals(before, public.digest)))
    if part1 and view.state.name == "deferred" and public is None:
        return Shown(sha, _entry(stub_of(part1), _counted(view, today)))
    return None


def _entry(decision: Part1 | Stub, approvals: tuple[Approval, ...]) -> Entry:
    return Entry(decision=decision, approvals=approvals, digest=digest(decision))


def _next(history: Sequence[Event], text: str, today: date) -> Version:
    """The version that a text which goes out today will be."""
    number = sum(isinstance(event, Published) for event in history) + 1
    note = FIRST if number == 1 else CORRECTED if standing(history) else AGAIN
    return Version(number=number, published_on=today, note=note, digest=text)


def _versions(history: Sequence[Event]) -> tuple[Version, ...]:
    """The versions on record, first to last."""
    try:
        return tuple(
            Version.model_validate(
                {"number": each.number, "published_on": each.published_on, "note": each.note, "digest": each.digest}
            )
            for each in history
            if isinstance(each, Published)
        )
    except ValidationError:
        raise RegisterError("A version on record is not as it was written. Run: partone log verify") from None


def _last(history: Sequence[Event], public: Published) -> int:
    return max(at for at, event in enumerate(history) if event is public)


def _counted(view: View, today: date) -> tuple[Approval, ...]:
    """The approvals of the text as it is now, by those whose approval counts."""
    case = Case(view.dossier.facts, view.dossier.findings, view.dossier.history, view.candidate, today)
    text = view.candidate.digest if view.candidate else ""
    return _approvals([e for e in view.dossier.history if not _uncounted(e, case)], text)


def _uncounted(event: Event, case: Case) -> bool:
    return isinstance(event, Approve) and fold(event.by) not in map(fold, case.approvers)


def _approvals(history: Sequence[Event], text: str) -> tuple[Approval, ...]:
    """Who approved that text, by role and day, each person once."""
    given = {
        fold(event.by): Approval(role=event.role, on=event.at.date())
        for event in since_change(history)
        if isinstance(event, Approve) and event.digest == text and event.role in ("reviewer", "releaser")
    }
    return tuple(given.values())


def stub_of(part1: Part1) -> Stub:
    """What may be said of a deferred decision: that it exists, when it was signed, and until when it waits."""
    return Stub(
        body=part1.body,
        body_name=part1.body_name,
        reference=part1.reference or "",
        public_title=part1.public_title,
        decision_maker=part1.decision_maker or "",
        signed_on=part1.signed_on or date.max,
        deferral=part1.deferral,
    )
