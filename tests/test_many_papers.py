"""Papers by the thousand: a few at a time, each once, whatever ends the run, whatever becomes of the executor."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from extract.reading import Reading, dump, read_apart, read_whole
from extract.record import dump_private
from ingest import many
from ingest.apart import Refused, processes
from ingest.limits import Limits
from ingest.many import Paper, loaded, read_many
from review import inbox, originals
from review.register import Register
from tests.command_line import ROOT, partone, partone_apart
from tests.copies import PAPERS, SHORT, copies

# Writes down in the reader's own process what it reads; a paper called "hangs" is never done.
COUNTED = """
import os, time
from ingest import reader

def read_bytes(name, data, limits, well=reader.read_bytes):
    with open(os.environ["COUNTED"], "a") as read:
        read.write(name + "\\n")
    time.sleep(60 if name.startswith("hangs") else 0.1)
    return well(name, data, limits)

reader.read_bytes = read_bytes
"""


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Counter[str]]:
    """How often each paper was read, by name, in whatever process."""
    folder = tmp_path / "counted"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(COUNTED, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("COUNTED", str(folder / "names"))

    def names() -> Counter[str]:
        path = folder / "names"
        return Counter(path.read_text(encoding="utf-8").split() if path.exists() else ())

    return names


def test_what_comes_out_of_the_process_is_what_was_read_in_it() -> None:
    """Withheld text included: the register holds it."""
    for name in ("part2-in-same-file.pdf", "badly-redacted.pdf", "letter.pdf"):
        data = (PAPERS / name).read_bytes()
        here = read_whole(name, data)
        assert Reading.model_validate_json(dump(here)) == here
        with processes(1) as executor:
            there = executor.submit(read_apart, name, data).result()
        assert isinstance(there, Reading)
        assert dump_private(there.record) == dump_private(here.record)
        assert there == here


def test_withheld_text_shows_nowhere_but_on_the_pipe() -> None:
    reading = read_whole("part2.pdf", (PAPERS / "part2-in-same-file.pdf").read_bytes())
    withheld = [p.withheld_text.get_secret_value() for p in reading.record.withheld_passages]
    assert withheld
    for shown in (repr(reading), str(reading), reading.model_dump_json()):
        assert not any(text in shown for text in withheld if len(text) > 20)


def started(home: Path, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "partone", "ingest", str(folder), "--home", str(home), "--workers", "2", *words]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([os.environ["PYTHONPATH"], str(ROOT)])}
    return subprocess.Popen(
        command, cwd=home.parent, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def entered(home: Path) -> list[str]:
    register = Register.open(home)
    try:
        return [paper.file_name for paper in register.papers()]
    finally:
        register.close()


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path, counted: Callable[[], Counter[str]]) -> None:
    home, folder = tmp_path / "home", tmp_path / "papers"
    names = {path.name for path in copies(folder, 24)}
    running = started(home, folder)
    end = time.monotonic() + 60
    while len(list(home.glob("papers/*.pdf"))) < 6:  # the first five are entered by then; the register is slow to ask
        assert time.monotonic() < end
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = set(entered(home))
    assert 3 <= len(before) < 24
    assert partone("log", "verify", home=home).code == 0  # nothing is half there
    again = partone_apart("ingest", folder, "--json", home=home)
    assert again.code == 1
    assert [Path(paper["file"]).name for paper in again.json["papers"]] == sorted(names)
    assert {paper["state"] for paper in again.json["papers"]} == {"held"}
    assert sorted(entered(home)) == sorted(names)
    assert all(counted()[name] == 1 for name in before)  # what was entered is not read again
    assert partone("log", "verify", home=home).code == 0


def test_what_a_killed_run_left_half_written_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    (papers := tmp_path / "papers").mkdir()
    for name in (".dead.part", ".writing.part", ".new.part", "whole.pdf"):
        (papers / name).write_bytes(b"half")
        os.utime(papers / name, (0, 0) if name != ".new.part" else None)
    with (papers / ".writing.part").open("rb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        originals.sweep(tmp_path)
    assert sorted(path.name for path in papers.iterdir()) == [".new.part", ".writing.part", "whole.pdf"]


def test_a_known_paper_is_read_again_only_when_asked(tmp_path: Path, counted: Callable[[], Counter[str]]) -> None:
    home, (paper, twin) = tmp_path / "home", copies(tmp_path / "papers", 2)
    twin.write_bytes(paper.read_bytes())
    first = partone("ingest", paper, twin, paper, "--json", home=home).json["papers"]
    assert counted() == {paper.name: 1}
    assert [Path(each.pop("file")) for each in first] == [paper, twin, paper]
    assert first[0] == first[1] == first[2]
    second = partone("ingest", twin, "--json", home=home).json["papers"]
    assert {**second[0], "file": None} == {**first[0], "file": None}
    assert counted() == {paper.name: 1}
    partone("ingest", paper, "--again", home=home)
    assert counted() == {paper.name: 2}
    register = Register.open(home)
    with register.writing() as connection:
        connection.exec_driver_sql("UPDATE papers SET rules_digest = 'earlier'")
    register.close()
    partone("ingest", paper, home=home)  # the rules have changed since it was read
    assert counted() == {paper.name: 3}


def test_one_bad_paper_among_many_costs_itself(
    tmp_path: Path, counted: Callable[[], Counter[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = copies(tmp_path / "papers", 6)
    hanging = papers[2].rename(papers[2].with_name("hangs.pdf"))
    (tmp_path / "papers" / "zero.pdf").write_bytes(b"")
    monkeypatch.setattr(inbox, "LIMITS", Limits(seconds=12))
    taken = partone("ingest", tmp_path / "papers", "--json", "--workers", "2", home=tmp_path / "home")
    assert taken.code == 3
    states = {Path(each["file"]).name: each["state"] for each in taken.json["papers"]}
    assert {name for name, state in states.items() if state == "refused"} == {hanging.name, "zero.pdf"}
    assert list(states.values()).count("held") == 5
    assert "took longer" in next(each["reason"] for each in taken.json["papers"] if "hangs" in each["file"])


def made(folder: Path, count: int) -> list[Paper]:
    papers = [loaded(number, path) for number, path in enumerate(copies(folder, count))]
    return [paper for paper in papers if isinstance(paper, Paper)]


def answering(answer: object) -> Future[Any]:
    future: Future[Any] = Future()
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)
    return future


def test_an_executor_that_loses_a_paper_is_given_it_again(tmp_path: Path) -> None:
    tried: Counter[int] = Counter()

    def lost_twice(paper: Paper) -> Future[Any]:
        tried[paper.number] += 1
        return answering("read" if tried[paper.number] == 3 else RuntimeError("a secret of the cluster"))

    found = list(read_many(made(tmp_path, 3), lost_twice, 2))
    assert sorted((paper.number, answer) for paper, answer in found) == [(0, "read"), (1, "read"), (2, "read")]


# What an executor does with every paper.
LOST: list[Callable[[Paper], Future[Any]]] = [
    lambda _: answering(RuntimeError("a secret of the cluster")),
    lambda _: Future(),  # never an answer
    lambda _: [][0],  # it is not there any more
]


@pytest.mark.parametrize("future", LOST)
def test_an_executor_that_loses_everything_gives_every_paper_back(
    tmp_path: Path, future: Callable[[Paper], Future[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "PATIENCE", 0.2)
    found = list(read_many(made(tmp_path, 5), future, 2))
    assert sorted(paper.number for paper, _ in found) == list(range(5))
    for paper, answer in found:
        assert isinstance(answer, Refused)
        assert answer.file_name == paper.file_name
        assert "secret" not in f"{answer}"


def test_only_a_few_papers_are_out_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def given() -> Any:
        nonlocal taken
        for paper in made(tmp_path, 20):
            taken += 1
            yield paper

    for done, _ in enumerate(read_many(given(), lambda _: answering("read"), 3)):
        assert taken - done <= 4
    size = SHORT.stat().st_size
    monkeypatch.setattr(many, "IN_FLIGHT", 2 * size + 1)
    taken = 0
    for done, _ in enumerate(read_many(given(), lambda _: answering("read"), 100)):
        assert taken - done <= 3
    monkeypatch.setattr(many, "IN_FLIGHT", 1)  # one that is larger goes out alone
    assert len(list(read_many(given(), lambda _: answering("read"), 100))) == 20


def test_a_reader_of_another_edition_does_not_answer() -> None:
    with pytest.raises(RuntimeError, match="another version"):
        read_apart("paper.pdf", b"", edition_wanted="another")


def test_progress_is_told_in_lines_where_there_is_no_terminal() -> None:
    script = (
        "from review import console\nconsole.SECONDS_A_LINE = 0\n"
        "with console.progress('Reading', 2) as step:\n    step(); step()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines() == ["Reading: 1 of 2", "Reading: 2 of 2"]
    assert done.stdout == ""
