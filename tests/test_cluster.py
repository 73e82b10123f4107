"""A real dask cluster on loopback, scheduler and workers each a process: what it reads, and what its losses cost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest import cluster as dask
from ingest import many
from ingest.errors import PartOneError
from review import inbox
from review.inbox import Taken
from review.register import Register
from tests.command_line import ROOT, partone, partone_apart
from tests.copies import PAPERS, SHORT, copies

# Runs in a worker alone: a paper of that name takes its time, or takes the reader down.
SLOW = """
import os, time
from ingest import reader

def read_bytes(name, data, limits, well=reader.read_bytes):
    if name.startswith("aborts"):
        os.abort()
    if name.startswith("slow"):
        time.sleep(0.4)
    return well(name, data, limits)

reader.read_bytes = read_bytes
"""
OTHER = "from extract import reading\nreading.edition = lambda: 'another'\n"


class Cluster:
    """A scheduler, and workers of one thread each that are started and ended one by one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        where = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--scheduler-file", where)
        self._until(where.exists)
        self.address = self._spoken("Scheduler at:")

    def _start(self, program: str, *words: object, plus: Path = ROOT) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{program}-{len(self.workers)}.log").open("wb")
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(plus), str(ROOT)])}
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--host", "127.0.0.1", *map(str, words)]
        place = ["--dashboard-address", "127.0.0.1:0"]
        with log:
            return subprocess.Popen([*command, *place], stdout=log, stderr=log, env=environment, cwd=self.folder)

    def _spoken(self, words: str) -> str:
        said = (self.folder / "dask_scheduler-0.log").read_text(encoding="utf-8")
        return next(line.split()[-1] for line in said.splitlines() if words in line)

    def _until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not true():
            assert time.monotonic() < end, "the cluster did not come up"
            time.sleep(0.1)

    def grow(self, plus: Path = ROOT) -> subprocess.Popen[bytes]:
        """One more worker; `plus` is looked in first for modules."""
        there = len(self.workers) + 1
        worker = self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", plus=plus)
        self.workers.append(worker)
        log = self.folder / f"dask_worker-{there - 1}.log"
        self._until(lambda: b"Registered to" in log.read_bytes())
        return worker

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def a_cluster(folder: Path, workers: int, plus: Path = ROOT) -> Iterator[Cluster]:
    folder.mkdir(exist_ok=True)
    cluster = Cluster(folder)
    try:
        for _ in range(workers):
            cluster.grow(plus)
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    folder = tmp_path / "slow"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SLOW, encoding="utf-8")
    return folder


def slow_copies(folder: Path, count: int) -> list[Path]:
    return [path.rename(path.with_name(f"slow-{path.name}")) for path in copies(folder, count)]


def test_a_cluster_reads_as_this_machine_does(tmp_path: Path) -> None:
    papers = [SHORT, PAPERS / "part2-in-same-file.pdf", PAPERS / "badly-redacted.pdf", tmp_path / "none.pdf"]
    here = partone("ingest", *papers, "--json", home=tmp_path / "here")
    with a_cluster(tmp_path / "cluster", 2) as cluster:
        there = partone_apart("ingest", *papers, "--json", "--engine", cluster.address, home=tmp_path / "there")
    assert there.code == here.code == 3
    assert there.json == here.json
    listed = [partone("list", "--json", home=tmp_path / where).json["papers"] for where in ("there", "here")]
    by_file = [sorted(papers, key=lambda paper: paper["sha256"]) for papers in listed]  # which was done first varies
    assert by_file[0] == by_file[1]
    for place in ("here", "there"):
        assert partone("log", "verify", home=tmp_path / place).code == 0


def test_a_worker_killed_while_it_reads_costs_no_paper_and_a_bad_paper_only_itself(tmp_path: Path, slow: Path) -> None:
    papers = slow_copies(tmp_path / "papers", 12)
    bad = tmp_path / "papers" / "aborts.pdf"
    bad.write_bytes(SHORT.read_bytes())
    with a_cluster(tmp_path / "cluster", 2, slow) as cluster:
        victim = cluster.workers[0]
        register = Register.open(tmp_path / "home")
        taken: list[Taken] = []
        with inbox.readers(engine=cluster.address) as (executor, at_once):
            for each in inbox.ingest(register, [*papers, bad], executor, at_once):
                taken.append(each)
                if len(taken) == 3:
                    assert has_a_paper(cluster, 0)
                    os.kill(victim.pid, signal.SIGKILL)
                    victim.wait()
        register.close()
    assert sorted(each.number for each in taken) == list(range(13))
    refused = [each for each in taken if each.state == "refused"]
    assert [each.file.name for each in refused] == ["aborts.pdf"]
    assert "made the reader stop" in refused[0].reasons[0]
    assert len(partone("list", "--json", home=tmp_path / "home").json["papers"]) == 12
    assert partone("log", "verify", home=tmp_path / "home").code == 0


def has_a_paper(cluster: Cluster, number: int) -> bool:
    """Whether a worker is in the middle of one at this moment."""
    from distributed import Client

    log = (cluster.folder / f"dask_worker-{number}.log").read_text(encoding="utf-8")
    own = next(line.split()[-1] for line in log.splitlines() if "Start worker at:" in line)
    with Client(cluster.address, set_as_default=False) as client:
        return bool(client.processing()[own])


def test_a_cluster_that_is_lost_gives_every_paper_back(
    tmp_path: Path, slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = slow_copies(tmp_path / "papers", 8)
    with a_cluster(tmp_path / "cluster", 2, slow) as cluster:
        register = Register.open(tmp_path / "home")
        taken: list[Taken] = []
        with inbox.readers(engine=cluster.address) as (executor, at_once):
            for each in inbox.ingest(register, papers, executor, at_once):
                taken.append(each)
                if len(taken) == 2:
                    monkeypatch.setattr(many, "PATIENCE", 10)
                    cluster.end()
        register.close()
    assert sorted(each.number for each in taken) == list(range(8))
    read = [each for each in taken if each.state != "refused"]
    assert 2 <= len(read) < 8
    assert all("was lost" in each.reasons[0] for each in taken if each.state == "refused")
    assert len(partone("list", "--json", home=tmp_path / "home").json["papers"]) == len(read)


def test_a_cluster_that_cannot_be_used_is_told_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "SECONDS", 2)
    home = tmp_path / "home"
    nobody = partone("ingest", SHORT, "--engine", "tcp://127.0.0.1:9", home=home)
    assert nobody.code == 2
    assert "no dask scheduler at tcp://127.0.0.1:9" in nobody.err
    before = threading.active_count()
    wrong = partone("ingest", SHORT, "--engine", "nonsense://x", home=home)
    assert wrong.code == 2
    assert threading.active_count() <= before  # nothing is left of it that the next one would wait for
    with a_cluster(tmp_path / "cluster", 0) as cluster:
        empty = partone("ingest", SHORT, "--engine", cluster.address, home=home)
        assert empty.code == 2
        assert "has no workers" in empty.err
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "sitecustomize.py").write_text(OTHER, encoding="utf-8")
        cluster.grow(tmp_path / "other")
        other = partone("ingest", SHORT, "--engine", cluster.address, home=home)
        assert other.code == 2
        assert "another version" in other.err
    for told in (nobody, wrong, empty, other):
        assert "Traceback" not in told.err
    assert partone("list", "--json", home=home).json["papers"] == []


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PartOneError, match="extra `cluster`"), dask.cluster("tcp://127.0.0.1:9", str):
        pass
