"""The drop folder: what is put in is taken once and only when it is whole, whatever is done to it meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from review.dropping import NAMED_AFTER, STILL_ANYWAY, DropFolder
from review.register import Register
from review.watching import Watch
from tests.command_line import ROOT, partone, staffed

PAPERS = ROOT / "tests" / "papers"
CLEO = "Cleo Clerk"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return staffed(tmp_path / "home")


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def put(drop: Path, name: str = "plain", to: str | None = None) -> Path:
    target = drop / (to or f"{name}.pdf")
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(PAPERS / f"{name}.pdf", target))


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def in_register(home: Path) -> list[str]:
    return [paper["reference"] or paper["file_name"] for paper in partone("list", "--json", home=home).json["papers"]]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def once(drop: Path, home: Path, *more: object) -> tuple[int, list[dict[str, Any]]]:
    """Every file there dealt with, in this process, with hardly a rest."""
    ran = partone("watch", drop, "--by", CLEO, "--once", "--every", "0.05", *more, home=home)
    return ran.code, lines(ran.out)


def test_papers_are_taken_in_and_moved_and_what_is_none_is_refused_with_its_reason(home: Path, drop: Path) -> None:
    put(drop)
    put(drop, "boxes", "Boxes & more, PCD 9030.PDF")
    put(drop, to="a copy.pdf")
    (drop / "letter.docx").write_bytes(b"PK\x03\x04 no paper")
    (drop / "Thumbs.db").write_bytes(b"clutter")
    (drop / ".hidden.pdf").write_bytes(b"%PDF-1.7 begun %%EOF")
    code, told = once(drop, home)
    assert code == 3
    assert names(drop) == [
        ".hidden.pdf", "Thumbs.db", "done/Boxes & more, PCD 9030.PDF", "done/a copy.pdf", "done/plain.pdf",
        "refused/letter.docx", "refused/letter.docx.txt",
    ]  # fmt: skip
    assert sorted(line["event"] for line in told) == ["known", "refused", "stopped", "taken", "taken", "watching"]
    assert "put it into the folder again" in (drop / "refused" / "letter.docx.txt").read_text()
    assert len(in_register(home)) == 2
    log = partone("log", "show", "--json", home=home).json["log"]
    assert [entry["by"] for entry in log if entry["what"] == "entered"] == [CLEO, CLEO]
    assert not list(home.glob(".taking-*"))


def test_no_line_of_the_log_bears_text_of_a_paper(home: Path, drop: Path) -> None:
    put(drop, "badly-redacted")
    _, told = once(drop, home)
    (taken,) = [line for line in told if line["event"] == "taken"]
    assert set(taken) == {"at", "event", "file", "sha256", "reference", "state"}
    assert taken["state"] == "quarantined"


def test_with_keep_files_stay_and_are_taken_once(home: Path, drop: Path) -> None:
    put(drop)
    (drop / "none.pdf").write_bytes(b"none %%EOF")
    _, told = once(drop, home, "--keep")
    assert names(drop) == ["none.pdf", "plain.pdf"]
    assert [line["event"] for line in told].count("taken") == 1
    assert [line["event"] for line in once(drop, home, "--keep")[1]].count("known") == 1
    assert len(in_register(home)) == 1


def test_subfolders_are_looked_into_where_that_is_asked_for(home: Path, drop: Path) -> None:
    put(drop, to="2026/March/plain.pdf")
    assert once(drop, home)[0] == 0
    assert in_register(home) == []
    once(drop, home, "--subfolders")
    assert names(drop) == ["done/2026/March/plain.pdf"]


def test_two_files_of_one_name_are_both_kept(home: Path, drop: Path) -> None:
    for paper in ("plain", "boxes"):
        put(drop, paper, to="paper.pdf")
        once(drop, home)
    assert names(drop) == ["done/paper (2).pdf", "done/paper.pdf"]
    assert len(in_register(home)) == 2


def test_a_link_out_of_the_folder_is_not_followed(home: Path, drop: Path, tmp_path: Path) -> None:
    outside = put(tmp_path / "outside")
    (drop / "link.pdf").symlink_to(outside)
    (drop / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
    _, told = once(drop, home, "--subfolders")
    assert sorted(line.get("file", "") for line in told if line["event"] == "link-passed-over") == [
        "folder",
        "link.pdf",
    ]
    assert in_register(home) == []
    assert outside.exists()


def test_who_drops_must_be_known_and_may_enter(home: Path, drop: Path) -> None:
    ran = partone("watch", drop, "--by", "Nobody Known", "--once", home=home)
    assert (ran.code, "does not know" in ran.err) == (2, True)
    ran = partone("watch", drop / "none", "--by", CLEO, home=home)
    assert (ran.code, "There is no folder" in ran.err) == (2, True)


# What happens to a file while it is looked at


@pytest.fixture
def watched(home: Path, drop: Path) -> Iterator[tuple[Watch, list[dict[str, Any]]]]:
    """A watch that goes on by single rounds, and what it told."""
    register = Register.open(home)
    told: list[dict[str, Any]] = []
    watch = Watch(register, DropFolder(drop), CLEO, tell=lambda event, **about: told.append({"event": event, **about}))
    yield watch, told
    register.close()


def rounds(watch: Watch, count: int = 1) -> None:
    for _ in range(count):
        watch._round(Event())


def test_a_half_written_file_waits_until_it_is_whole(watched: Any, drop: Path, home: Path) -> None:
    watch, told = watched
    whole = (PAPERS / "plain.pdf").read_bytes()
    growing = drop / "plain.pdf"
    for part in range(1, 4):  # it grows between looks: never still
        growing.write_bytes(whole[: len(whole) * part // 5])
        rounds(watch)
    rounds(watch, STILL_ANYWAY - 2)  # still for a while, but not at its end: a slow network
    assert told == []
    growing.write_bytes(whole)
    rounds(watch)
    assert told == []
    rounds(watch)
    assert [line["event"] for line in told] == ["taken"]
    assert names(drop) == ["done/plain.pdf"]


def test_a_file_that_never_ends_is_read_at_last_and_refused(watched: Any, drop: Path) -> None:
    watch, told = watched
    (drop / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    (drop / "empty.pdf").write_bytes(b"")
    rounds(watch, STILL_ANYWAY)
    assert sorted((line["event"], line["file"]) for line in told) == [("refused", "cut.pdf"), ("refused", "empty.pdf")]
    assert names(drop / "refused") == ["cut.pdf", "cut.pdf.txt", "empty.pdf", "empty.pdf.txt"]


def between(watch: Watch, drop: Path, then: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something to a file after it was read and before it is moved."""
    settle = Watch._settle

    def late(self: Watch, file: Path, each: Any) -> None:
        then(file)
        settle(self, file, each)

    monkeypatch.setattr(Watch, "_settle", late)
    rounds(watch, 2)
    monkeypatch.setattr(Watch, "_settle", settle)


def test_a_file_that_is_renamed_while_it_is_read_is_one_paper(
    watched: Any, drop: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, told = watched
    put(drop)
    between(watch, drop, lambda file: file.rename(drop / "renamed.pdf"), monkeypatch)
    rounds(watch, 2)
    assert [line["event"] for line in told] == ["taken", "known"]
    assert names(drop) == ["done/renamed.pdf"]
    assert len(in_register(home)) == 1


def test_a_file_that_is_replaced_while_it_is_read_loses_neither(
    watched: Any, drop: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, told = watched
    put(drop)
    between(watch, drop, lambda file: put(drop, "boxes", to=file.name), monkeypatch)
    rounds(watch, 3)
    assert [line["event"] for line in told] == ["taken", "taken"]
    assert len(in_register(home)) == 2


def test_a_file_that_is_taken_away_while_it_is_read_stays_read(
    watched: Any, drop: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, _ = watched
    put(drop)
    between(watch, drop, lambda file: file.unlink(), monkeypatch)
    rounds(watch)
    assert (names(drop), len(in_register(home))) == ([], 1)


def test_a_file_that_cannot_be_opened_is_tried_with_growing_pauses_and_then_named(
    watched: Any, drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, told = watched
    put(drop)
    tried: list[int] = []
    looks = 0

    def locked(self: DropFolder, path: Path) -> int:
        tried.append(looks)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(DropFolder, "open", locked)
    while len(tried) <= NAMED_AFTER:
        looks += 1
        rounds(watch)
    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    assert told == [{"event": "unreadable", "file": "plain.pdf", "reason": "Permission denied"}]
    monkeypatch.undo()
    rounds(watch, 40)
    assert [line["event"] for line in told[1:]] == ["taken"]


def test_a_folder_that_vanishes_is_told_once_and_waited_for(watched: Any, drop: Path) -> None:
    watch, told = watched
    put(drop)
    rounds(watch)
    drop.rename(drop.with_name("away"))
    rounds(watch, 3)
    drop.with_name("away").rename(drop)
    rounds(watch, 2)
    assert [line["event"] for line in told] == ["folder-gone", "folder-back", "taken"]


# A process of its own


@contextmanager
def service(drop: Path, home: Path, *more: object) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PARTONE_HOME": str(home)}
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "partone",
        "watch",
        drop,
        "--by",
        CLEO,
        "--every",
        "0.05",
        *map(str, more),
    ]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    latest = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < latest, "it did not come to this"
        time.sleep(0.01)


def test_a_service_takes_what_is_dropped_and_ends_cleanly_when_it_is_told_to(home: Path, drop: Path) -> None:
    with service(drop, home) as process:
        put(drop)
        until(lambda: (drop / "done" / "plain.pdf").exists())
        put(drop, "boxes")
        until(lambda: (drop / "done" / "boxes.pdf").exists())
        process.send_signal(signal.SIGTERM)
        assert process.stdout
        told = lines(process.stdout.read())
        assert process.wait(timeout=30) == 0
    assert told[-1] | {"at": ""} == {"at": "", "event": "stopped", "taken": 2, "refused": 0}


def test_a_service_that_is_killed_anywhere_loses_and_doubles_nothing(home: Path, drop: Path) -> None:
    """Killed as soon as it has begun to copy, to write down or to move, again and again, until all is done."""
    dropped = ("plain", "boxes", "long", "two-references", "settled-award")
    for name in dropped:
        put(drop, name)
        put(drop, name, to=f"copy of {name}.pdf")
    signs: list[Callable[[], bool]] = [
        lambda: any(home.glob(".taking-*/*/*")),
        lambda: any((home / "papers").glob("*.pdf")),
        lambda: any((drop / "done").glob("*")),
        lambda: len(names(drop / "done")) > 4,
    ]
    for sign in signs:
        with service(drop, home) as process:
            until(sign)
            process.send_signal(signal.SIGKILL)
    code, _ = once(drop, home)
    assert code in (0, 1)
    assert len(names(drop / "done")) == len(names(drop)) == 2 * len(dropped)
    assert len(in_register(home)) == len(dropped)
    assert partone("log", "verify", home=home).code == 0
    assert not list(home.glob(".taking-*"))
