"""What may be public today: worked out from the register each time, never from what lies on the shelf or in the site.

A paper goes out as two people approved it; one that is deferred goes out as a stub; one that is public and being looked
at again keeps the text that is public, until it is withdrawn. Nothing else goes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from publish.history import AGAIN, CORRECTED, FIRST, REPLACED, stub_of, texts_of
from publish.part1 import Part1, Stub, Version, digest, slug
from publish.shelf import Approval, Entry
from review import stubs
from review.acts import Approve, Event, Published, Withdraw, WithholdWhole
from review.approvals import given_in, since_change
from review.case import (
    Case,
    Facts,
    agreed_stub,
    agreements,
    ever_withheld_whole,
    existence_withheld,
    standing,
    withheld_whole,
)
from review.errors import RegisterError
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
    """Every paper that may be public, in order of reference; of two that would have one page, the later waits.

    Its state says so and names the other: papers of one reference are rivals.
    """
    public = {version.digest for view in views if (version := standing(view.dossier.history))}
    texts = texts_of(home, public) if any(_looked_at_again(view) for view in views) else {}
    shown = {view.dossier.paper.sha256: each for view in views if (each := _shown(home, view, texts, today))}
    for view in views:
        before = view.dossier.facts.replaces
        new, old = shown.get(view.dossier.paper.sha256), shown.get(before or "")
        if new and old:  # the correction takes the place of what it corrects, at the same address
            del shown[old.paper if new.entry.slug == old.entry.slug else new.paper]  # or waits: no address is left
    said = {each.entry.slug for each in shown.values() if not _says_withdrawn(each)}
    kept = [each for each in shown.values() if not _says_withdrawn(each) or each.entry.slug not in said]
    public_now = {view.dossier.paper.sha256 for view in views if standing(view.dossier.history)}
    at: dict[str, Shown] = {}
    for each in sorted(
        kept, key=lambda each: each.paper not in public_now
    ):  # what is public stays; then who came first
        at.setdefault(each.entry.slug, each)
    return tuple(sorted(at.values(), key=lambda each: each.entry.decision.slug))


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
        entry = None if existence_withheld(whole) else _whole(home, view, whole)
        return Shown(sha, entry) if entry else None
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
    kept = _of_whole(*stubs.standing_whole(home, view.dossier.facts, history))
    kept = kept or (_kept(home, view) if public is None else None)
    return Shown(sha, kept) if kept else None


def _whole(home: Path, view: View, whole: Sequence[WithholdWhole]) -> Entry | None:
    """What stands in place of a text that two people withheld: what both saw would; or else what stands there now."""
    both = next(agreements(whole), ())
    agreed = _of_whole(stubs.withheld(both) if both else None, both)
    stands = stubs.standing_whole(home, view.dossier.facts, view.dossier.history)
    return agreed or _of_whole(*stands) or _kept(home, view)


def _of_whole(stub: Stub | None, both: Sequence[WithholdWhole]) -> Entry | None:
    return _entry(stub, tuple(map(_approval, both))) if stub else None


def _kept(home: Path, view: View) -> Entry | None:
    """What stays at an address where something was public that may not be read now.

    A word that it was withdrawn; or the stub that two people approved, while the paper is looked at again: without its
    title where the paper is held.
    """
    facts, history = view.dossier.facts, view.dossier.history
    gone = next((event for event in reversed(history) if isinstance(event, Withdraw)), None)
    if gone is not None:
        stub, approvals = stubs.withdrawn(gone), _agreed_before(facts, history)
        return _entry(stub, approvals) if stub and approvals else None
    wanted, given = agreed_stub(facts, history)
    approvals = tuple(map(_approval, given))
    either = {name for each in given[-1:] for name in (wanted, each.bare) if name}
    kept = stub_of(home, slug(view.dossier.paper.reference or ""), either) if either else None
    if kept and view.state.name in (
        "held",
        "quarantined",
        "withheld",
    ):  # what is in doubt may be the title, or the reason
        kept = stubs.bare(kept)
    return _entry(kept, approvals) if kept else None


def _agreed_before(facts: Facts, history: Sequence[Event]) -> tuple[Approval, ...]:
    """The two or more who let out what was public before a withdrawal: the last one, or the one before where none was.

    Fewer is nobody: then nothing was public.
    """
    for at in reversed([n for n, event in enumerate(history) if isinstance(event, Withdraw)]):
        before = history[:at]
        last, whole = standing(before), next(agreements(ever_withheld_whole(facts, before)), ())
        given = _approvals(before[: _last(before, last)], last.digest) if last else ()
        given = given or tuple(map(_approval, agreed_stub(facts, before)[1] or whole))
        if len(given) >= APPROVERS_NEEDED:
            return given
    return ()


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
        for event in given_in(since_change(history))
        if event.digest == text and event.role in ("reviewer", "releaser")
    }
    return tuple(given.values())
