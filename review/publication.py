"""From approved papers to a release: work out what may be public, prove it, write down what went out, swap it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from publish.canonical import words
from publish.certificate import CERTIFICATE, Certificate, current
from publish.release import publish as publish_site
from publish.shelf import lay
from publish.verdict import Problem
from review import address
from review.acts import Said, Take
from review.dossier import Dossier
from review.errors import Conflict, NotWhole
from review.office import View, views
from review.office import today as office_today
from review.people import permitted
from review.register import Register
from review.shelving import Shown, to_show


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a release brought: where the site lies, how many pages, and whether anything changed."""

    site: Path
    pages: int
    certificate: Certificate
    changed: bool


def publish(register: Register, *, by: str | None = None, dry_run: bool = False, today: date | None = None) -> Outcome:
    """Publish every approved paper, and a stub for each that is deferred; raises where anything cannot be proven.

    A dry run builds and verifies the same site and stops before the swap: neither shelf, site nor register change.
    """
    if by is not None:
        with register.reading() as connection:
            permitted(connection, by, "publish")
    _refuse_what_is_not_whole(register)
    day = today or office_today()
    papers = views(register, day)
    shown = to_show(register.home, papers, day)
    public = tuple(text for each in shown for text in _texts(each.entry.decision.model_dump(mode="json")))
    done = publish_site(
        register.home,
        today=day,
        dry_run=dry_run,
        entries=tuple(each.entry for each in shown),
        withheld=_secrets(papers, public),
        allowed=public,
        going=lambda certificate, swap: _release(register, papers, shown, certificate, by, swap),
    )
    return Outcome(done.site, done.pages, done.certificate, done.changed)


def _refuse_what_is_not_whole(register: Register) -> None:
    problems = [str(problem) for problem in register.verify_log(read_originals=False)]
    if problems:
        more = f" That is 1 of {len(problems)} places." if len(problems) > 1 else ""
        raise NotWhole(
            f"Nothing was released, because the register is not as it was written. {problems[0]}{more} "
            "`partone log verify` names each place."
        )


def _release(
    register: Register,
    papers: Sequence[View],
    shown: Sequence[Shown],
    certificate: Certificate,
    by: str | None,
    swap: Callable[[], object],
) -> None:
    """Record which versions go out, lay them on the shelf and bring the release about: together or not at all."""

    def go() -> None:
        _refuse_what_changed(register, papers, shown)
        lay(register.home / "shelf", [each.entry for each in shown])
        swap()

    fresh = [(each.paper, each.fresh) for each in shown if each.fresh]
    known = register.releases()
    if fresh or not known or known[-1].certificate_digest != certificate.digest:
        register.record_release(certificate.digest, fresh, by=by, swap=go)
    else:
        go()


def _refuse_what_changed(register: Register, papers: Sequence[View], shown: Sequence[Shown]) -> None:
    """Stop where somebody said something of a paper in the release while its site was being built."""
    now = {each.paper.sha256: _said(each) for each in register.dossiers()}
    going = {each.paper for each in shown}
    for before in (view.dossier for view in papers):
        if before.paper.sha256 in going and now[before.paper.sha256] != _said(before):
            raise Conflict(f"{before.paper.name} was spoken of just now. Nothing was released; publish again.")


def _said(dossier: Dossier) -> tuple[int, tuple[Said, ...]]:
    """All that was said of a paper, beside who has it on their desk."""
    return dossier.paper.revision, tuple(said for said in dossier.said if not isinstance(said.claim, Take))


def unrecorded(site: Path) -> tuple[Problem, ...]:
    """What the register beside a public site has to say of it: that it is not the release on record, or nothing.

    A site that was wholly and consistently made of something nobody approved proves itself; only this finds it.
    """
    home = site.absolute().parent
    if site.absolute().name != "public" or not address.used(home):
        return ()
    register = Register.open(home)
    try:
        releases = register.releases()
    finally:
        register.close()
    certificate = current(site)
    if certificate and releases and releases[-1].certificate_digest == certificate.digest:
        return ()
    return (Problem(CERTIFICATE, None, "not the release that the register has on record"),)


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
