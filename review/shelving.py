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

from publish.body import body
from publish.history import AGAIN, CORRECTED, FIRST, REPLACED, stub_of, texts_of
from publish.part1 import Part1, Stub, Version, digest, slug
from publish.shelf import Approval, Entry
from review import stubs
from review.acts import Approve, Event, Published, Withdraw, WithholdWhole
from review.case import Case, since_change, since_withdrawal, standing, withheld_whole
from review.errors import Conflict, RegisterError
from review.lifecycle import APPROVERS_NEEDED
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
    shown = {view.dossier.paper.sha256: each for view in views if (each := _shown(home, view, texts, today))}
    for view in views:
        before = view.dossier.facts.replaces
        new, old = shown.get(view.dossier.paper.sha256), shown.get(before or "")
        if new and old:  # the correction takes the place of what it corrects, at the same address
            if new.entry.slug != old.entry.slug:
                raise Conflict(f"{view.dossier.paper.name} corrects {old.entry.slug}, but bears another reference.")
            del shown[old.paper]
    said = {each.entry.slug for each in shown.values() if not _says_withdrawn(each)}
    kept = [each for each in shown.values() if not _says_withdrawn(each) or each.entry.slug not in said]
    ordered = sorted(kept, key=lambda each: each.entry.decision.slug)
    twice = [slug for slug, times in Counter(each.entry.slug for each in ordered).items() if times > 1]
    if twice:
        raise Conflict(f"Two papers would both be {twice[0]} on the site. Withdraw the wrong one, then publish again.")
    return tuple(ordered)


def _says_withdrawn(each: Shown) -> bool:
    """Whether it only says that something was withdrawn, which gives way to another paper at the same address."""
    return isinstance(each.entry.decision, Stub) and each.entry.decision.why == "withdrawn"


def _looked_at_again(view: View) -> bool:
    unread = ("approved", "published", "withdrawn", "corrected")
    return view.state.name not in unread and standing(view.dossier.history) is not None


def _shown(home: Path, view: View, texts: dict[str, Part1], today: date) -> Shown | None:
    part1, history, sha = view.disclosure.part1, view.dossier.history, view.dossier.paper.sha256
    public, whole = standing(history), withheld_whole(view.dossier.facts, history)
    if len(whole) >= APPROVERS_NEEDED:  # the text stays back, whatever else is said
        agreed = whole[:APPROVERS_NEEDED]
        if part1 is None or unnamed(part1) or all(each.existence for each in agreed):
            return None
        return Shown(sha, _entry(stubs.withheld(part1, agreed[-1]), tuple(map(_approval, agreed))))
    if view.state.name == "corrected":
        return None
    if part1 and view.state.name in ("approved", "published"):
        fresh = _next(view, digest(part1), today) if view.state.name == "approved" else None
        versions = (*_versions(view), fresh) if fresh else _versions(view)
        decision = part1.model_copy(update={"versions": versions})
        return Shown(sha, _entry(decision, _counted(view, today)), fresh)
    if _looked_at_again(view) and public and public.digest in texts:
        before = history[: _last(history, public)]
        decision = texts[public.digest].model_copy(update={"versions": _versions(view)})
        return Shown(sha, _entry(decision, _approvals(before, public.digest)))
    if part1 and view.state.name == "deferred" and public is None:
        return Shown(sha, _entry(stubs.deferred(part1), _counted(view, today)))
    if public is None and (kept := _kept(home, view)):
        return Shown(sha, kept)
    return None


def unnamed(part1: Part1) -> bool:
    """Whether a Part 1 lacks what even a stub must say: which decision it is, whose, and of what day."""
    return not (part1.reference and part1.decision_maker and part1.signed_on)


def _kept(home: Path, view: View) -> Entry | None:
    """What stays at an address where something was public that may not be read now.

    A word that it was withdrawn; or the stub that two people approved, while the paper is looked at again: without its
    title where the paper is held.
    """
    history = view.dossier.history
    at = max((n for n, event in enumerate(history) if isinstance(event, Withdraw)), default=None)
    if at is not None:
        part1, gone = view.disclosure.part1, history[at]
        names = (part1.body, part1.body_name) if part1 else (body().short_name, body().name)
        stub = stubs.withdrawn(*names, gone) if isinstance(gone, Withdraw) else None
        before = history[:at]
        last = standing(before)
        approvals = _approvals(before[: _last(before, last)], last.digest) if last else _of_stub(before)[1]
        return _entry(stub, approvals) if stub and len(approvals) >= APPROVERS_NEEDED else None
    wanted, approvals = _of_stub(history)
    kept = stub_of(home, slug(view.dossier.paper.reference or ""), {wanted}) if wanted else None
    if kept and view.state.name in ("held", "quarantined"):  # what is in doubt may be the title, or the reason
        bare = kept.deferral.model_copy(update={"reason": None})
        kept = kept.model_copy(update={"public_title": None, "deferral": bare})
    return _entry(kept, approvals) if kept else None


def _of_stub(history: Sequence[Event]) -> tuple[str | None, tuple[Approval, ...]]:
    """The latest stub that two people approved, by its digest, and who they were."""
    given: dict[str, dict[str, Approve]] = {}
    agreed: tuple[str | None, tuple[Approval, ...]] = (None, ())
    for event in since_withdrawal(history):
        if isinstance(event, Approve) and event.stub and event.role in ("reviewer", "releaser"):
            given.setdefault(event.stub, {})[fold(event.by)] = event
            if len(given[event.stub]) >= APPROVERS_NEEDED:
                agreed = event.stub, tuple(map(_approval, given[event.stub].values()))
    return agreed


def _approval(said: Approve | WithholdWhole) -> Approval:
    return Approval.model_validate({"role": said.role, "on": said.at.date()})


def _entry(decision: Part1 | Stub, approvals: tuple[Approval, ...]) -> Entry:
    return Entry(decision=decision, approvals=approvals, digest=digest(decision))


def _next(view: View, text: str, today: date) -> Version:
    """The version that a text which goes out today will be."""
    history = view.dossier.history
    first = not any(isinstance(event, Published) for event in history)
    number = len(_versions(view)) + 1
    note = CORRECTED if standing(history) else REPLACED if first and number > 1 else FIRST if first else AGAIN
    return Version(number=number, published_on=today, note=note, digest=text)


def _versions(view: View) -> tuple[Version, ...]:
    """The versions on record, first to last, those of the papers that it replaces included."""
    own = (event for event in view.dossier.history if isinstance(event, Published))
    try:
        return tuple(
            Version.model_validate(
                {"number": each.number, "published_on": each.published_on, "note": each.note, "digest": each.digest}
            )
            for each in (*view.dossier.facts.earlier, *own)
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
