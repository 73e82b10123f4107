"""A release is whole or it is not there: after every failure, kill and full disk the public site is the old one."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from publish import build as build_module
from publish.build import build, gather, shell_of
from publish.certificate import CERTIFICATE, current
from publish.errors import BusyError, Leak, PublishError, ShelfError, Stopped
from publish.pages import render_site
from publish.part1 import Deferral, Version, digest
from publish.release import KEPT, publish, release
from publish.seal import seal
from publish.shelf import put, remove
from publish.verdict import Problem, Verdict
from publish.verify import prove, verify
from tests.sample_decisions import DEFERRED, LONG, PLAIN, SAMPLES, TWO_MARKS
from tests.shelved import TODAY, approved

CORRECTED = PLAIN.model_copy(update={"public_title": "Independent custody visiting scheme: the report, corrected"})


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release."""
    home = tmp_path_factory.mktemp("home")
    for decision in (PLAIN, DEFERRED):
        put(home / "shelf", approved(decision))
    publish(home, today=TODAY)
    return home


@pytest.fixture
def home(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "home", symlinks=True))


def state(folder: Path) -> dict[str, str]:
    """Every file under a folder and its digest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def attempts(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "releases").iterdir())


# --- what a release is ------------------------------------------------------------------------------------------------


def test_two_builds_of_the_same_decisions_are_the_same_bytes(tmp_path: Path) -> None:
    """From two shells too, built apart: nothing of the time or the place of building is in a site."""
    for name, decisions in (("a", SAMPLES), ("b", tuple(reversed(SAMPLES)))):
        build(decisions, tmp_path / name, shell_of(tmp_path / f"shells-{name}"))
    assert state(tmp_path / "a") == state(tmp_path / "b")
    assert len(state(tmp_path / "a")) > 25


def test_the_first_release_is_public_and_proven(first: Path) -> None:
    assert (first / "public").is_symlink()
    assert (first / "public").resolve() == first / "releases" / "1"
    assert verify(first / "public", shell=shell_of(first / "shells")).clean


def test_what_is_private_is_outside_the_public_folder(first: Path) -> None:
    served = state(first / "public")
    assert not [path for path in served if "shelf" in path or "shells" in path]
    certificate = json.loads((first / "public" / CERTIFICATE).read_bytes())
    assert certificate["decisions"][0]["approvals"] == [
        {"role": "reviewer", "on": "2026-11-19"},
        {"role": "releaser", "on": "2026-11-20"},
    ]


def test_nothing_new_makes_no_release(home: Path) -> None:
    before = state(home / "releases")
    done = publish(home, today=date(2026, 12, 24))
    assert not done.changed
    assert state(home / "releases") == before


def test_a_change_makes_a_release_that_names_the_one_before(home: Path) -> None:
    before = current(home / "public")
    assert before
    put(home / "shelf", approved(CORRECTED))
    done = publish(home, today=date(2026, 12, 1))
    assert done.changed
    assert done.certificate.previous == before.digest
    assert attempts(home) == ["1", "2"]
    history = json.loads((home / "public/decisions/pcd-9011/index.json").read_bytes())["versions"]
    assert [(version["number"], version["note"]) for version in history][-2:] == [(2, "Corrected."), (3, "Corrected.")]
    assert history[-1] == {
        "number": 3,
        "published_on": "2026-12-01",
        "note": "Corrected.",
        "digest": digest(CORRECTED),
    }


def test_a_history_that_was_forged_in_the_public_site_is_not_carried_on(home: Path) -> None:
    page = home / "public/decisions/pcd-9011/index.json"
    page.write_bytes(page.read_bytes().replace(b'"First published."', b'"Zephyrine."'))
    put(home / "shelf", approved(CORRECTED))
    publish(home, today=TODAY)
    assert b"Zephyrine" not in page.read_bytes()
    assert verify(home / "public").clean


def test_a_history_that_ends_in_the_text_itself_stands_as_it_is(home: Path) -> None:
    """The register made it; the public one, however long and well certified, is not asked."""
    whole = (Version(number=1, published_on=TODAY, note="First published.", digest=digest(PLAIN)),)
    put(home / "shelf", approved(PLAIN.model_copy(update={"versions": whole})))
    assert publish(home, today=TODAY).changed
    shown = json.loads((home / "public/decisions/pcd-9011/index.json").read_bytes())["versions"]
    assert shown == [version.model_dump(mode="json") for version in whole]


def test_what_was_taken_off_the_shelf_is_gone_from_the_site(home: Path) -> None:
    remove(home / "shelf", "pcd-9011")
    publish(home, today=TODAY)
    assert not [path for path in state(home / "public") if "pcd-9011" in path]
    assert b"custody" not in (home / "public/decisions/index.html").read_bytes()


def test_a_public_site_that_was_touched_is_released_again(home: Path) -> None:
    page = home / "public/about/index.html"
    page.write_bytes(page.read_bytes() + b"<!-- x -->")
    assert publish(home, today=TODAY).changed
    assert not seal(home / "public")[0]


def test_a_shell_that_was_touched_is_not_used(home: Path) -> None:
    (page,) = (home / "shells").glob("*/about/index.html")
    page.write_bytes(page.read_bytes().replace(b"</main>", b"<p>Zephyrine</p></main>"))
    put(home / "shelf", approved(CORRECTED))
    publish(home, today=TODAY)
    assert b"Zephyrine" not in (home / "public/about/index.html").read_bytes()
    assert verify(home / "public").clean


def test_a_dry_run_stops_before_the_swap(home: Path) -> None:
    before = state(home / "public")
    put(home / "shelf", approved(CORRECTED))
    done = publish(home, today=TODAY, dry_run=True)
    assert not done.changed
    assert state(home / "public") == before
    assert attempts(home) == ["1"]


def test_only_the_last_releases_are_kept(home: Path) -> None:
    for number in range(KEPT + 2):
        put(home / "shelf", approved(PLAIN.model_copy(update={"public_title": f"Version {number} of the report"})))
        publish(home, today=TODAY)
    assert attempts(home) == sorted(str(number) for number in range(4, KEPT + 4))
    assert (home / "public").resolve().name == str(KEPT + 3)


# --- what is not released ---------------------------------------------------------------------------------------------


def refuses(home: Path, error: type[PublishError], **options: Any) -> PublishError:
    """Publishing fails with this error, the public site is as it was, and nothing of the attempt is left."""
    before, kept = state(home / "public"), attempts(home)
    with pytest.raises(error) as refused:
        publish(home, today=TODAY, **options)
    assert state(home / "public") == before
    assert attempts(home) == kept
    return refused.value


def test_a_page_maker_that_leaks_is_found_by_the_closed_world(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof does not trust the page maker: here it says a word of its own, and the rebuilding repeats it."""

    def leaky(shell: Path, decisions: Any, copies: Any) -> Mapping[str, bytes]:
        pages = render_site(shell, decisions, copies)
        home_page = pages["index.html"].replace(b"</main>", b"<p>Zephyrine Quokkaworth</p></main>")
        return {**pages, "index.html": home_page}

    monkeypatch.setattr(build_module, "render_site", leaky)
    put(home / "shelf", approved(CORRECTED))
    leak = refuses(home, Leak)
    assert leak.exit_code == 4
    assert "index.html" in str(leak)
    assert "Zephyrine" not in str(leak)
    refuses(home, Leak, dry_run=True)


def test_withheld_text_that_was_approved_by_mistake_is_found_by_the_denylist(home: Path) -> None:
    put(home / "shelf", approved(CORRECTED))
    withheld = [SecretStr("independent custody visiting scheme: the report, corrected, and why")]
    leak = refuses(home, Leak, withheld=withheld)
    assert "decisions/pcd-9011/index.html: withheld words" in str(leak)
    assert publish(home, today=TODAY).changed
    refuses(home, Leak, withheld=withheld)


def test_a_shelf_with_something_else_on_it_releases_nothing(home: Path) -> None:
    (home / "shelf" / "pcd-9011.json").write_bytes(b"{}")
    assert refuses(home, ShelfError).exit_code == 4


def test_a_decision_whose_day_has_not_come_releases_nothing(home: Path) -> None:
    later = Deferral(answer="yes", reason="A sale.", until=date(2027, 1, 1))
    put(home / "shelf", approved(CORRECTED.model_copy(update={"deferral": later})))
    refuses(home, ShelfError)
    assert publish(home, today=date(2027, 1, 1)).changed


def test_a_decision_signed_in_the_future_releases_nothing(home: Path) -> None:
    put(home / "shelf", approved(CORRECTED.model_copy(update={"signed_on": date(2026, 11, 24)})))
    refuses(home, ShelfError)


def test_a_site_that_is_not_proven_is_deleted(home: Path, tmp_path: Path) -> None:
    decisions = (PLAIN,)
    shell = shell_of(home / "shells")
    build(decisions, tmp_path / "staged", shell)
    verdict = prove(tmp_path / "staged", decisions, shell)
    assert verdict.clean
    before = state(home / "public")
    with pytest.raises(Leak):
        release(home, tmp_path / "staged", Verdict((Problem("index.html", 1, "unknown words"),), verdict.counts))
    assert not (tmp_path / "staged").exists()
    assert state(home / "public") == before


def test_a_failure_nobody_thought_of_releases_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(shell: Path, decisions: Any) -> Mapping[str, bytes]:
        raise KeyError("Zephyrine")

    monkeypatch.setattr(build_module, "render_site", broken)
    stopped = refuses(home, Stopped)
    assert stopped.exit_code == 4
    assert "Zephyrine" not in str(stopped)


def test_two_publishers_do_not_meet(home: Path) -> None:
    with (home / ".publishing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # any lock at all
        refuses(home, BusyError)
    assert not publish(home, today=TODAY).changed


def test_a_public_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path / "shelf", approved(PLAIN))
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.html").write_text("theirs")
    with pytest.raises(PublishError, match="no link of ours"):
        publish(tmp_path, today=TODAY)
    assert (tmp_path / "public" / "index.html").read_text() == "theirs"
    assert attempts(tmp_path) == []


# --- kills and full disks ---------------------------------------------------------------------------------------------


def in_a_child(work: Callable[[], object]) -> int:
    """Run this in a process of its own, forked so that it starts at once; returns its exit code or minus its signal."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


STEPS = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "shutil.rmtree"}


def killed_before(step: int, work: Callable[[], object]) -> Callable[[], object]:
    """The same work, killed with SIGKILL just before its n-th change to the file system, files opened to write too."""

    def doomed() -> None:
        left = [step]

        def watch(event: str, args: tuple[Any, ...]) -> None:
            writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if event in STEPS or writes:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work()

    return doomed


def test_killed_between_any_two_steps_the_site_is_the_old_one_or_the_new_one(first: Path, tmp_path: Path) -> None:
    old = current(first / "public")
    assert old
    seen, step = set(), 0
    while True:
        home = Path(shutil.copytree(first, tmp_path / str(step), symlinks=True))
        put(home / "shelf", approved(CORRECTED))
        code = in_a_child(killed_before(step, lambda home=home: publish(home, today=TODAY)))  # type: ignore[misc]  # of a lambda
        problems, certificate = seal(home / "public")
        assert problems == (), f"killed before step {step}"
        assert certificate
        seen.add(certificate.digest == old.digest)
        assert publish(home, today=TODAY).changed or certificate.digest != old.digest
        assert (
            json.loads((home / "public/decisions/pcd-9011/index.json").read_bytes())["title"] == CORRECTED.public_title
        )
        assert not [name for name in attempts(home) if not name.isdigit()], "what the killed one left is cleared away"
        shutil.rmtree(home)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        step += 1
    assert step > 30
    assert seen == {True, False}, "some were killed before the swap and some after it"


def test_a_full_disk_releases_nothing(home: Path) -> None:
    put(home / "shelf", approved(CORRECTED))
    before = state(home / "public")

    def cramped() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(Stopped, match="unchanged") as stopped:
            publish(home, today=TODAY)
        os._exit(stopped.value.exit_code)

    assert in_a_child(cramped) == 4
    assert state(home / "public") == before
    assert attempts(home) == ["1"]
    assert publish(home, today=TODAY).changed


def test_every_file_of_a_site_is_of_a_kind_that_is_read_or_of_the_sources(first: Path) -> None:
    made = {path for path, _ in gather((PLAIN, TWO_MARKS, LONG), shell_of(first / "shells"))}
    assert {Path(path).suffix for path in made} <= {".css", ".html", ".js", ".json", ".pdf", ".svg", ".woff2", ".xml"}
