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
from review.acts import Take
from review.dossier import Dossier
from review.errors import Conflict, NotWhole
from review.office import View, view_of
from review.office import today as office_today
from review.people import permitted
from review.register import Register
from review.shelving import Shown, to_show

BUILDS = 3  # of one release: a build takes minutes where papers are many, and officers go on working


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
    Where what may be public changes while the site is built, it is built again, a few times and not for ever.
    """
    if by is not None:
        with register.reading() as connection:
            permitted(connection, by, "publish")
    _refuse_what_is_not_whole(register)
    day = today or office_today()
    papers: tuple[View, ...] = ()
    told = ""
    for _ in range(BUILDS):
        papers = _as_they_stand(register, papers, day)
        try:
            return _publish(register, papers, by, dry_run, day)
        except Conflict as overtaken:
            told = str(overtaken)
    raise Conflict(
        f"{told} The site was built {BUILDS} times, and the same happened each time, of this paper or another."
    )


def _publish(register: Register, papers: tuple[View, ...], by: str | None, dry_run: bool, day: date) -> Outcome:
    shown = to_show(register.home, papers, day)
    public = tuple(text for each in shown for text in _texts(each.entry.decision.model_dump(mode="json")))

    def going(certificate: Certificate, swap: Callable[[], object]) -> None:
        def go() -> None:
            _refuse_what_changed(register, papers, shown, day)
            lay(register.home / "shelf", [each.entry for each in shown])
            swap()

        _release(register, shown, certificate, by, go)

    done = publish_site(
        register.home,
        today=day,
        dry_run=dry_run,
        entries=tuple(each.entry for each in shown),
        withheld=_secrets(papers, public),
        allowed=public,
        going=going,
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
    register: Register, shown: Sequence[Shown], certificate: Certificate, by: str | None, go: Callable[[], object]
) -> None:
    """Record which versions go out and bring the release about: together or not at all, and nobody writes meanwhile."""
    fresh = [(each.paper, each.fresh) for each in shown if each.fresh]
    known = register.releases()
    if fresh or not known or known[-1].certificate_digest != certificate.digest:
        register.record_release(certificate.digest, fresh, by=by, swap=go)
    else:
        with register.writing():
            go()


def _refuse_what_changed(register: Register, papers: tuple[View, ...], shown: tuple[Shown, ...], day: date) -> None:
    """Stop where another release would be made now: what is said of a paper without changing that stops nothing."""
    now = _as_they_stand(register, papers, day)
    if now == papers:  # nearly always, and much quicker to see: they are the same views
        return
    before, after = ({each.paper: each for each in these} for these in (shown, to_show(register.home, now, day)))
    for view in now:
        sha = view.dossier.paper.sha256
        if before.get(sha) != after.get(sha):
            raise Conflict(
                f"What may be public of {view.dossier.paper.name} changed while the site was built. "
                "Nothing was released; publish again."
            )


def _as_they_stand(register: Register, papers: Sequence[View], day: date) -> tuple[View, ...]:
    """Every paper as it stands now; of these views, those stay that nothing was said of since.

    A paper that corrects another is weighed against what was said of that one as well, and so always looked at again.
    """
    known = {view.dossier.paper.sha256: view for view in papers}
    return tuple(
        view
        if (view := known.get(dossier.paper.sha256))
        and _said(view.dossier) == _said(dossier)
        and dossier.facts.replaces is None
        else view_of(register, dossier, day)
        for dossier in register.dossiers()
    )


def _said(dossier: Dossier) -> tuple[object, ...]:
    """All that the register knows of a paper, beside who has it on their desk."""
    history = tuple(event for event in dossier.history if not isinstance(event, Take))
    said = tuple(said for said in dossier.said if not isinstance(said.claim, Take))
    return dossier.paper, dossier.facts, said, history


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
