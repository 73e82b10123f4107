"""A paper that crashes or hangs the reader, or takes too much, costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import apart
from ingest.apart import Refused, Worker, find_papers, read_all, read_apart, read_or_raise
from ingest.document import Document
from ingest.errors import UnreadableError
from ingest.limits import DEFAULT, Limits
from ingest.reader import read
from tests.pages import print_pdf, text

# What a reader does with a paper, by the file's name. It takes the place of ingest.reader in the worker alone.
UNWELL = """
import os, sys, time
from ingest import reader

def read(path, limits, well=reader.read):
    if path.stem == "aborts":
        os.abort()
    if path.stem == "exits":
        os._exit(0)
    if path.stem == "hangs":
        time.sleep(60)
    if path.stem == "prints":
        print("{} this is no answer", flush=True)
        os.write(1, b"nor is this\\n")
    if path.stem == "babbles":
        os.write(max(int(n) for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")), b"babble\\n")
    if path.stem == "raises":
        raise RuntimeError("Quillfeather is on page 3")
    if path.stem == "swells":
        return len(bytearray(900_000_000))
    return well(path, limits)

reader.read = read
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
    worker = getattr(apart._own, "worker", None)
    if worker:
        worker.end()
        apart._own.worker = None


def own_worker() -> Worker:
    worker: Worker = apart._own.worker
    return worker


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


def test_a_reader_killed_from_outside_is_replaced(unwell: Path) -> None:
    assert isinstance(read_named(unwell, "first"), Document)
    killed = own_worker().process.pid
    stop = threading.Timer(0.5, os.kill, (killed, signal.SIGKILL))  # while it reads
    stop.start()
    assert isinstance(read_named(unwell, "hangs", replace(DEFAULT, seconds=20)), Refused)
    stop.join()
    assert isinstance(read_named(unwell, "between"), Document)
    waiting = own_worker().process.pid
    os.kill(waiting, signal.SIGKILL)
    os.waitid(os.P_PID, waiting, os.WEXITED | os.WNOWAIT)
    assert isinstance(read_named(unwell, "next"), Document)
    assert not {killed, waiting} & children()


def test_many_papers_come_back_in_order_whatever_happens_to_some(unwell: Path) -> None:
    names = ["a", "aborts", "b", "exits", "c"]
    paths = [print_pdf(unwell / f"{name}.pdf", text(72, 100, "a paper")) for name in names]
    with ThreadPoolExecutor(2) as executor:
        read_as = list(read_all(paths, executor))
        for _ in range(2):
            executor.submit(_end_worker)
    assert [path.stem for path, _ in read_as] == names
    assert [isinstance(found, Document) for _, found in read_as] == [True, False, True, False, True]


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
    with pytest.raises(UnreadableError, match=r"big\.pdf"):
        read_or_raise(path, limits)


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
