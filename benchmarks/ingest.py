"""Many papers into a register: how fast, in how much memory, and what a second process brings.

    python -m benchmarks.ingest [PAPER …] [--papers N] [--workers N] [--json]

The papers are copies of the sample papers, each with an identity of its own, so that none is known already. Times on a
shared machine say little: what a second process brings is held against two processes that only count, in turn, so that
whatever else runs slows both alike.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from review import inbox
from review.register import Register

PAPERS = Path(__file__).resolve().parent.parent / "tests" / "papers"
LEFT_OUT = frozenset({"scan", "letter"})  # read as a picture, or no paper
IDENTITY = re.compile(rb"(?<=/ID\[\()[^)]{8}")
COUNTING = "import sys\nfor n in range(int(sys.argv[1])): pass"
COUNT = 30_000_000


def _can_be_copied(path: Path) -> bool:
    """Whether a sample paper is one that is read as print, and has an identity of the kind that can be changed."""
    return path.stem not in LEFT_OUT and IDENTITY.search(path.read_bytes()) is not None


def copies(folder: Path, count: int, papers: list[Path]) -> list[Path]:
    """So many papers, each file different from all others."""
    made = []
    for number in range(count):
        printed = papers[number % len(papers)].read_bytes()
        made.append(folder / f"{number:06}.pdf")
        made[-1].write_bytes(IDENTITY.sub(f"{number:08}".encode(), printed))
    if len({path.read_bytes()[-2000:] for path in made}) < count:
        raise SystemExit("These papers have no identity that could be changed. Take some that typst has made.")
    return made


def taken_in(papers: list[Path], workers: int, home: Path) -> Iterator[float]:
    """Take papers into a new register; the seconds at which each was done, and at last at which all were."""
    began = time.perf_counter()
    register = Register.open(home)
    try:
        with inbox.readers(workers) as (executor, at_once):
            for _ in inbox.ingest(register, papers, executor, at_once):
                yield time.perf_counter() - began
    finally:
        register.close()


def memory(papers: list[Path], workers: int) -> dict[str, float]:
    """Peak memory of this process and of the largest reading process, after a tenth of the papers and after all."""
    figures = {"papers": float(len(papers)), "workers": float(workers)}
    largest = 0.0
    with tempfile.TemporaryDirectory() as home:
        for number, seconds in enumerate(taken_in(papers, workers, Path(home)), 1):
            if number % 10 == 0:
                largest = max(largest, *_peaks_of_children(), 0.0)
            if number == len(papers) // 10:
                figures["rss_mib_after_a_tenth"] = _own_peak()
            figures["seconds"] = round(seconds, 1)
    return figures | {
        "rss_mib": _own_peak(),
        "worker_rss_mib": largest,
        "papers_a_second": round(len(papers) / figures["seconds"], 2),
    }


def _own_peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _peaks_of_children() -> Iterator[float]:
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text().split():
            found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child}/status").read_text())
            if found:
                yield round(int(found[1]) / 1024, 1)


def two_workers(papers: list[Path], count: int = 40, rounds: int = 5) -> dict[str, float]:
    """How much faster two processes read than one, as a part of how much faster two processes count than one."""
    gains: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        made = copies(Path(folder), count, papers)
        for number in range(rounds):
            reading = [_seconds(made, workers, Path(folder) / f"{number}-{workers}") for workers in (1, 2)]
            counting = [_counted(processes) for processes in (1, 2)]
            gains.append((reading[0] / reading[1], 2 * counting[0] / counting[1]))
    return {
        "two_workers_gain": round(statistics.median(gain for gain, _ in gains), 2),
        "two_processes_gain": round(statistics.median(gain for _, gain in gains), 2),
        "two_workers_of_control": round(statistics.median(gain / most for gain, most in gains), 2),
    }


def _seconds(papers: list[Path], workers: int, home: Path) -> float:
    """From the first paper that is done to the last, so that starting the processes is not counted."""
    done = list(taken_in(papers, workers, home))
    return (done[-1] - done[workers - 1]) / (len(done) - workers)


def _counted(processes: int) -> float:
    began = time.perf_counter()
    started = [subprocess.Popen([sys.executable, "-c", COUNTING, str(COUNT)]) for _ in range(processes)]
    for process in started:
        process.wait()
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    asked.add_argument("samples", nargs="*", type=Path, help="PDFs; the sample papers where none is named")
    asked.add_argument("--papers", type=int, default=200, help="how many copies go in")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    told = asked.parse_args()
    samples = told.samples or sorted(path for path in PAPERS.glob("*.pdf") if _can_be_copied(path))
    with tempfile.TemporaryDirectory() as folder:
        figures = memory(copies(Path(folder), told.papers, samples), told.workers)
    figures |= two_workers(samples)
    if told.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name:24} {value:g}\n")


if __name__ == "__main__":
    main()
