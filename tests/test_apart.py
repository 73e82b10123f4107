"""A paper that crashes or hangs the reader, or takes too much, costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import apart
from ingest.apart import Refused, Worker, answered, processes, read_apart
from ingest.document import Document
from ingest.inbox import find_papers
from ingest.limits import DEFAULT, Limits
from ingest.reader import read
from tests.pages import print_pdf, text

MODULE = "ingest.worker"

# What a reader does with a paper, by the file's name. It takes the place of ingest.reader in the worker alone.
UNWELL = """
import os, sys, time
from ingest import reader

def read_bytes(name, data, limits, well=reader.read_bytes):
    stem = name.removesuffix(".pdf")
    if stem == "aborts":
        os.abort()
    if stem == "exits":
        os._exit(0)
    if stem == "hangs":
        time.sleep(60)
    if stem == "tarries":
        time.sleep(1)
    if stem == "hoards":
        sys.hoard = bytearray(500_000_000)
    if stem == "needs":
        bytearray(500_000_000)
    if stem == "prints":
        print("{} this is no answer", flush=True)
        os.write(1, b"nor is this\\n")
    if stem == "babbles":
        os.write(max(int(n) for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")), b"babble\\n")
    if stem == "raises":
        raise RuntimeError("Quillfeather is on page 3")
    if stem == "swells":
        return len(bytearray(900_000_000))
    return well(name, data, limits)

reader.read_bytes = read_bytes
"""


@pytest.fixture(scope="module")
def unwell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of papers; the worker's reader falls ill at some of them."""
    folder = tmp_path_factory.mktemp("unwell")
    (folder / "sitecustomize.py").write_text(UNWELL, encoding="utf-8")
    _end_worker()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        yield folder
    _end_worker()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return print_pdf(tmp_path / "paper.pdf", text(72, 100, "a paper"))


def _end_worker() -> None:
    apart._dismiss(MODULE)


def own_worker() -> Worker:
    return apart._own.workers[MODULE]


def children() -> set[int]:
    """The processes started by this one, the dead that nobody has buried among them."""
    return {int(n) for task in Path("/proc/self/task").glob("*/children") for n in task.read_text().split()}


def read_named(folder: Path, name: str, limits: Limits = DEFAULT) -> Document | Refused:
    return read_apart(print_pdf(folder / f"{name}.pdf", text(72, 100, "a paper")), limits)


def test_a_paper_read_apart_is_the_same_value(paper: Path) -> None:
    assert read_apart(paper) == read(paper)


# What the reader does, and a word of what the person is told.
FALLS = [("aborts", "made the reader stop"), ("exits", "made the reader stop"), ("babbles", "made no sense")]


@pytest.mark.parametrize(("name", "told"), FALLS)
def test_a_fall_costs_one_paper_and_the_next_is_read(unwell: Path, name: str, told: str) -> None:
    assert isinstance(read_named(unwell, "first"), Document)
    fallen = own_worker().process.pid
    refused = read_named(unwell, name)
    assert isinstance(refused, Refused)
    assert told in refused.reason
    assert refused.remedy
    assert isinstance(read_named(unwell, "next"), Document)
    assert own_worker().process.pid != fallen
    assert fallen not in children()


def test_a_hang_costs_one_paper_and_its_time(unwell: Path) -> None:
    assert isinstance(read_named(unwell, "first"), Document)
    hanging = own_worker().process.pid
    began = time.monotonic()
    refused = read_named(unwell, "hangs", replace(DEFAULT, seconds=1))
    assert time.monotonic() - began < 5
    assert isinstance(refused, Refused)
    assert refused.reason == "Reading it took longer than 1 seconds."
    assert isinstance(read_named(unwell, "next"), Document)
    assert hanging not in children()


def test_a_library_that_prints_does_not_speak_for_the_reader(unwell: Path) -> None:
    assert isinstance(read_named(unwell, "prints"), Document)


def test_what_a_library_raises_is_told_without_its_words(unwell: Path) -> None:
    refused = read_named(unwell, "raises")
    assert isinstance(refused, Refused)
    assert "RuntimeError" in refused.reason
    assert "Quillfeather" not in f"{refused}"
    assert isinstance(read_named(unwell, "next"), Document)


def test_memory_has_an_end(unwell: Path) -> None:
    refused = read_named(unwell, "swells", replace(DEFAULT, memory_megabytes=600))
    assert isinstance(refused, Refused)
    assert refused.reason == "Reading it needs more than 600 MB of memory."
    assert isinstance(read_named(unwell, "next", replace(DEFAULT, memory_megabytes=600)), Document)


def test_a_reader_killed_from_outside_is_replaced_and_the_paper_read(unwell: Path) -> None:
    assert isinstance(read_named(unwell, "first"), Document)
    killed = own_worker().process.pid
    stop = threading.Timer(0.3, os.kill, (killed, signal.SIGKILL))  # while it reads
    stop.start()
    assert isinstance(read_named(unwell, "tarries"), Document)
    stop.join()
    waiting = own_worker().process.pid
    assert waiting != killed
    os.kill(waiting, signal.SIGKILL)
    os.waitid(os.P_PID, waiting, os.WEXITED | os.WNOWAIT)
    assert isinstance(read_named(unwell, "next"), Document)
    assert not {killed, waiting} & children()


def test_what_earlier_papers_left_behind_costs_a_later_one_nothing(unwell: Path) -> None:
    """Memory that a library never gives back: the process is full, and the paper is read in a fresh one."""
    limits = replace(DEFAULT, memory_megabytes=900)
    assert isinstance(read_named(unwell, "hoards", limits), Document)
    full = own_worker().process.pid
    assert isinstance(read_named(unwell, "needs", limits), Document)
    assert own_worker().process.pid != full


def test_a_process_is_replaced_when_it_is_worn_out(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WORN_OUT", 2)
    _end_worker()
    pids = []
    for _ in range(5):
        assert isinstance(read_apart(paper), Document)
        pids.append(own_worker().process.pid)
    assert len(set(pids)) == 3
    assert not set(pids[:4]) & children()


def test_an_answer_has_an_end(paper: Path) -> None:
    refused = read_apart(paper, replace(DEFAULT, answer_megabytes=0))
    assert isinstance(refused, Refused)
    assert "made the reader stop" in refused.reason


def test_a_pool_ends_its_processes_even_those_in_the_middle_of_a_paper(unwell: Path) -> None:
    before = children()
    data = print_pdf(unwell / "paper.pdf", text(72, 100, "a paper")).read_bytes()
    began = time.monotonic()
    with processes(2) as executor:
        waiting = [executor.submit(answered, MODULE, name, data, DEFAULT, len) for name in ("hangs", "hangs", "later")]
        while len(children() - before) < 2 or not all(future.running() for future in waiting[:2]):
            time.sleep(0.05)
        time.sleep(0.5)
    assert all(isinstance(future.result(timeout=20), Refused) for future in waiting[:2])
    assert waiting[2].cancelled()
    assert time.monotonic() - began < DEFAULT.seconds
    assert children() <= before


# Limits, and a word of what the person is told.
LIMITS = [
    (replace(DEFAULT, pages=1), "2 pages; at most 1"),
    (replace(DEFAULT, megabytes=0), "larger than 0 MB"),
    (replace(DEFAULT, objects=1), "Page 2 is drawn from more parts"),
]


@pytest.mark.parametrize(("limits", "told"), LIMITS)
def test_a_paper_over_a_limit_is_refused(tmp_path: Path, limits: Limits, told: str) -> None:
    path = print_pdf(tmp_path / "big.pdf", text(72, 100, "one"), text(72, 100, "two") + text(72, 200, "three"))
    assert isinstance(read_apart(path), Document)
    refused = read_apart(path, limits)
    assert isinstance(refused, Refused)
    assert told in refused.reason


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    refused = read_apart(tmp_path / "gone.pdf")
    assert isinstance(refused, Refused)
    assert (refused.file_name, refused.reason) == ("gone.pdf", "There is no such file.")
    assert isinstance(read_apart(tmp_path), Refused)  # a folder is no paper


def test_a_name_with_a_line_end_is_one_question(tmp_path: Path) -> None:
    path = print_pdf(tmp_path / "two\nlines.pdf", text(72, 100, "a paper"))
    assert isinstance(read_apart(path), Document)


def test_papers_are_found_in_folders_by_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.pdf", "in/a.PDF", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder.pdf").mkdir()
    assert [path.name for path in find_papers([tmp_path, tmp_path / "notes.txt"])] == ["b.pdf", "a.PDF", "notes.txt"]


def test_a_name_in_no_known_encoding_is_no_reason_to_refuse_a_paper(tmp_path: Path) -> None:
    named = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9cision.pdf"))
    named.write_bytes(print_pdf(tmp_path / "one.pdf", text(72, 700, "Plain words")).read_bytes())
    broken = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe9d.pdf"))
    broken.write_bytes(b"no PDF")
    document, refused = read_apart(named), read_apart(broken)
    assert isinstance(document, Document)
    assert isinstance(refused, Refused)
    assert (document.file_name, refused.file_name) == ("d\ufffdcision.pdf", "b\ufffdd.pdf")
