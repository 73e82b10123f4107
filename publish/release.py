"""Publishing: from the shelf to the public site, in one line a step, and nothing at all where a step fails.

A release is a directory of its own under `HOME/releases`, outside what is public, until it is proven. `HOME/public` is
a symbolic link to one of them, replaced in a single step; so a reader, or a power cut, meets the old site or the new
one and never half of either.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from publish.build import build, gather, shell_of
from publish.certificate import CERTIFICATE, Certificate, certified, certify, current, sha256, written
from publish.denylist import deny, views
from publish.errors import BusyError, Leak, PublishError, ShelfError, Stopped
from publish.history import versioned
from publish.part1 import Part1
from publish.seal import content, seal, walk
from publish.shelf import Entry, take
from publish.shell import shipped
from publish.verdict import Verdict
from publish.verify import prove

KEPT = 5  # releases, the public one among them


@dataclass(frozen=True, slots=True)
class Published:
    """What is public now. `changed` is false where the site was already exactly this one, or on a dry run."""

    site: Path
    pages: int
    certificate: Certificate
    changed: bool


def publish(
    home: Path,
    *,
    today: date,
    dry_run: bool = False,
    entries: Sequence[Entry] | None = None,
    withheld: Sequence[SecretStr] = (),
    allowed: Sequence[str] = (),
    going: Callable[[Certificate, Callable[[], object]], object] = lambda _, swap: swap(),
) -> Published:
    """Builds these entries, or those on the shelf, proves the site, certifies it, reads it again and swaps it in.

    Raises `Leak` or `ShelfError` where anything cannot be proven, `BusyError` where another publisher is at work; the
    public site is then untouched and nothing of the attempt is left. A dry run stops before the swap. Where the
    register is at hand, `entries` come from it and the shelf is not asked, `withheld` is looked for too (see
    `publish.denylist`), and `going` is given the certificate and the swap, so that it can write the release down and
    bring it about together; the swap does nothing where the public site is this one already.
    """
    with _or_nothing(), _alone(home), _staging(home) as stage:
        before = current(home / "public")
        lying = take(home / "shelf") if entries is None else entries
        entries = tuple(versioned(_due(entry, today), home / "public", before, today) for entry in lying)
        decisions = tuple(entry.decision for entry in entries)
        shell = shell_of(home / "shells")
        manifest = build(decisions, stage, shell, home / "copies")
        pages = sum(path.endswith(".html") for path in manifest.files)
        denied = deny(_written(stage, shell), withheld, (*allowed, *_said_anyway(shell))) if withheld else ()
        if not denied and before and _is_public(home, before, sha256(written(manifest)), entries):
            if not dry_run:
                going(before, lambda: None)
            return Published(home / "public", pages, before, changed=False)
        verdict = prove(stage, decisions, shell, home / "copies")
        if verdict.problems or denied:
            raise Leak(verdict.problems + denied)
        previous = before.digest if before else None
        certificate = certify(manifest, entries, verdict.counts, released_on=today, previous=previous)
        (stage / CERTIFICATE).write_bytes(written(certificate))
        problems, sealed = seal(stage)
        if problems or sealed != certificate:
            raise Leak(problems)
        if not dry_run:
            going(certificate, lambda: release(home, stage, verdict))
        return Published(home / "public", pages, certificate, changed=not dry_run)


def _written(stage: Path, shell: Path) -> Iterator[tuple[str, bytes]]:
    """The files that were made from decisions; the others are the shell's, written before any paper came in."""
    own = frozenset(shipped(shell))
    yield from ((path, content(file)) for path, file in walk(stage).paths.items() if path not in own)


def _said_anyway(shell: Path) -> Iterator[str]:
    """What the site says of itself without a single decision: a letterhead that is withheld may say it too."""
    yield from (
        text for path, content in gather((), shell) if path.endswith(".html") for text, _ in views(path, content)
    )


def release(home: Path, staged: Path, verdict: Verdict) -> Path:
    """Makes a staged and proven site the public one; returns its place under `HOME/releases`.

    Every step leaves `HOME/public` whole: the site is on the disk before its name is, and its name before the link.
    """
    if not verdict.clean:
        shutil.rmtree(staged)
        raise Leak(verdict.problems)
    public, aside = home / "public", home / ".public.new"
    if public.exists() and not public.is_symlink():
        raise PublishError(f"{public} is no link of ours. Move it away, then publish again.")
    releases = home / "releases"
    place = releases / str(max(_numbers(releases), default=0) + 1)
    os.sync()
    staged.rename(place)
    _settle(releases)
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path("releases") / place.name, target_is_directory=True)
    aside.replace(public)
    with suppress(OSError):  # the new site is public: whatever fails from here on takes nothing back
        _settle(home)
    for number in sorted(_numbers(releases))[:-KEPT]:
        shutil.rmtree(releases / str(number), ignore_errors=True)
    return place


def _due(entry: Entry, today: date) -> Entry:
    """The entry, unless its day has not come: then it should not lie on the shelf, and nothing is released."""
    decision = entry.decision
    if decision.signed_on is None or decision.signed_on > today:
        raise ShelfError(f"shelf/{entry.slug}.json: signed in the future. Take it off the shelf, then publish again.")
    deferred_until = decision.deferral.until if decision.deferral.answer == "yes" else None
    if isinstance(decision, Part1) and deferred_until and deferred_until > today:
        raise ShelfError(f"shelf/{entry.slug}.json: still deferred. Put its stub there, then publish again.")
    return entry


def _is_public(home: Path, before: Certificate, manifest: str, entries: tuple[Entry, ...]) -> bool:
    """Whether the public site is already this one, approved by the same, and still byte for byte what was certified."""
    same = before.manifest == manifest and before.decisions == tuple(certified(entry) for entry in entries)
    return same and not seal(home / "public")[0]


@contextmanager
def _or_nothing() -> Iterator[None]:
    """Every other failure is a release that was not proven. Only its kind is said: its message could quote a text."""
    try:
        yield
    except OSError as error:
        remedy = "Free the disk or mend its permissions, then publish again."
        raise Stopped(f"Not released. The public site is unchanged. {error.strerror}. {remedy}") from None
    except Exception as error:
        if hasattr(error, "exit_code"):
            raise
        raise Stopped(
            f"Not released. The public site is unchanged. {type(error).__name__} stopped the build."
        ) from error


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One publisher at a time: two could each build from a different shelf, and the older could win."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / ".publishing").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("Somebody is publishing already. Wait until that has ended, then publish again.") from None
        yield


@contextmanager
def _staging(home: Path) -> Iterator[Path]:
    """A place for one attempt, which is gone afterwards, as is what an attempt left that was killed."""
    releases = home / "releases"
    releases.mkdir(exist_ok=True)
    for left in releases.glob(".staged-*"):
        shutil.rmtree(left)
    stage = releases / f".staged-{os.getpid()}"
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _numbers(releases: Path) -> Iterator[int]:
    for place in releases.iterdir():
        with suppress(ValueError):
            yield int(place.name)


def _settle(folder: Path) -> None:
    """Make sure that a folder's names are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
