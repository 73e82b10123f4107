"""From approved papers to a release: lay what may be public on the shelf, publish it, write down what went out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from publish.canonical import words
from publish.certificate import Certificate
from publish.part1 import Part1, Stub, Version, digest
from publish.release import publish as publish_site
from publish.shelf import Approval, Entry, put, remove, take
from review.acts import Approve
from review.case import Case
from review.errors import NotWhole
from review.office import View, views
from review.office import today as office_today
from review.register import Register
from review.roles import fold


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a release brought: where the site lies, how many pages, and whether anything changed."""

    site: Path
    pages: int
    certificate: Certificate
    changed: bool


def publish(register: Register, *, by: str | None = None, dry_run: bool = False, today: date | None = None) -> Outcome:
    """Publish every approved paper, and a stub for each that is deferred; raises where anything cannot be proven.

    A dry run builds and verifies the same site and stops before the swap.
    """
    _refuse_what_is_not_whole(register)
    day = today or office_today()
    standing = views(register, day)
    approved = shelve(register.home / "shelf", standing, day)
    done = publish_site(
        register.home,
        today=day,
        dry_run=dry_run,
        withheld=_secrets(standing, approved),
        allowed=approved,
        going=lambda certificate, swap: _write_down(register, standing, certificate, by, swap),
    )
    if not (done.changed or dry_run):
        _write_down(register, standing, done.certificate, by, lambda: None)
    return Outcome(done.site, done.pages, done.certificate, done.changed)


def _refuse_what_is_not_whole(register: Register) -> None:
    problems = [str(problem) for problem in register.verify_log(read_originals=False)]
    if problems:
        first = problems[0][0].lower() + problems[0][1:]
        more = f" That is 1 of {len(problems)} places." if len(problems) > 1 else ""
        raise NotWhole(f"Nothing was released: {first}{more} `partone log verify` says where the register was changed.")


def shelve(shelf: Path, standing: Sequence[View], today: date) -> tuple[str, ...]:
    """Bring the shelf up to date: approved and deferred papers are put there, withdrawn ones taken off.

    A paper that is public and being looked at again keeps the version that is public. Returns every text that lies on
    the shelf then.
    """
    for view in standing:
        part1 = view.disclosure.part1
        if view.state.name == "withdrawn":
            if part1 is not None and part1.reference:
                remove(shelf, part1.slug)
        elif part1 is not None and view.state.name in ("approved", "published"):
            put(shelf, Entry(decision=part1, approvals=_approvals(view, today), digest=digest(part1)))
        elif part1 is not None and view.state.name == "deferred":
            stub = stub_of(part1)
            put(shelf, Entry(decision=stub, approvals=_approvals(view, today), digest=digest(stub)))
    return tuple(text for entry in take(shelf) for text in _texts(entry.decision.model_dump(mode="json")))


def _texts(value: Any) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def _secrets(standing: Sequence[View], approved: Sequence[str]) -> tuple[SecretStr, ...]:
    """All that is withheld of every paper and stands in no approved text ("Financial" heads many a Part 2 as well)."""
    public = " " + " \n ".join(" ".join(words(text)) for text in approved) + " "
    kept = [span.withheld_text for view in standing for span in view.disclosure.part2.spans]
    kept += [passage.withheld_text for view in standing for passage in view.disclosure.part2.withheld_passages]
    return tuple(secret for secret in kept if f" {' '.join(words(secret.get_secret_value()))} " not in public)


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


def _approvals(view: View, today: date) -> tuple[Approval, ...]:
    case = Case(view.dossier.facts, view.dossier.findings, view.dossier.history, view.candidate, today)
    counted = {fold(name) for name in case.approvers}
    given = {
        fold(claim.by): Approval(role=claim.role, on=claim.at.date())
        for claim in view.dossier.claims
        if isinstance(claim, Approve)
        and fold(claim.by) in counted
        and view.candidate
        and claim.digest == view.candidate.digest
    }
    return tuple(given.values())


def _write_down(
    register: Register, standing: Sequence[View], certificate: Certificate, by: str | None, swap: Callable[[], None]
) -> None:
    """Record which versions go out and bring it about; what is on record already is passed over."""
    digests = {decision.digest for decision in certificate.decisions}
    known = register.releases()
    published = []
    for view in standing:
        part1 = view.disclosure.part1
        if part1 is None or digest(part1) not in digests or view.state.name not in ("approved", "published"):
            continue
        versions = register.versions(view.dossier.paper.sha256)
        if not versions or versions[-1].digest != digest(part1):
            note = "First published." if not versions else "Corrected."
            version = Version(
                number=len(versions) + 1, published_on=certificate.released_on, note=note, digest=digest(part1)
            )
            published.append((view.dossier.paper.sha256, version))
    if published or not known or known[-1].certificate_digest != certificate.digest:
        register.record_release(certificate.digest, published, by=by, swap=swap)
    else:
        swap()
