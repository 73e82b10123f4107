"""What reading costs, against PDFium's bare text, pdfplumber's words and tables, and docling-parse where it is there.

    python -m benchmarks.read [PAPER …] [--rounds N] [--json]

CPU seconds, the median of several rounds. Each engine has a process of its own, and all take turns within a round, so
that a busy machine slows all alike. What two processes bring is held against two that only count, at the same moment.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from benchmarks.engines import has_docling

PAPERS = Path(__file__).resolve().parent.parent / "tests" / "papers"
LEFT_OUT = ("scan", "letter")  # in a name: papers that are read as pictures, or are none
ROUNDS = 7
HELP_TIMES = 3
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # as in our reading processes


class Engine:
    """A process that reads the papers once for each line it is sent."""

    def __init__(self, name: str, papers: Sequence[Path]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.engines", name, *map(str, papers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | ONE_THREAD,
        )
        self.cpu: list[float] = []
        self.rss_mib = 0.0

    def start(self) -> None:
        """Begin a round."""
        if self.process.stdin:
            self.process.stdin.write("\n")
            self.process.stdin.flush()

    def end(self) -> float:
        """Wait for the round to be over; its seconds by the clock."""
        told = json.loads(self.process.stdout.readline()) if self.process.stdout else {}
        self.cpu.append(told["cpu"])
        self.rss_mib = told["rss_mib"]
        return float(told["wall"])

    def close(self) -> None:
        """End the process."""
        self.process.communicate()

    @property
    def usual(self) -> float:
        """CPU seconds of a round; the first loads what is loaded once."""
        return statistics.median(self.cpu[1:])


def together(engines: Sequence[Engine]) -> float:
    """Seconds by the clock until each of these engines has done a round, all at once."""
    before = time.perf_counter()
    for engine in engines:
        engine.start()
    for engine in engines:
        engine.end()
    return time.perf_counter() - before


def twice(one: Engine, other: Engine) -> float:
    """How many times as fast two processes are as one, at the moment."""
    return 2 * together([one]) / together([one, other])


def pages_in(paper: Path) -> int:
    """How many pages there are to read."""
    with pypdfium2.PdfDocument(paper) as pdf:
        return len(pdf)


def help_seconds() -> float:
    """Seconds by the clock until `partone --help` has answered."""
    before = time.perf_counter()
    subprocess.run([sys.executable, "-m", "partone", "--help"], capture_output=True, check=True)
    return time.perf_counter() - before


def measure(papers: Sequence[Path], rounds: int) -> dict[str, float | str]:
    """All figures of one run."""
    names = ["bare_text", "record", "hidden", "worker", "pdfplumber", *["docling"] * has_docling()]
    engines = {name: Engine(name, papers) for name in names}
    pair, counters = Engine("record", papers), [Engine("counting", papers) for _ in range(2)]
    shares, seconds_of_two = [], []
    for number in range(rounds + 1):
        for engine in engines.values():
            together([engine])
        together([pair])
        control, gain = twice(*counters), twice(engines["record"], pair)
        if number:  # the first round loads what is loaded once
            shares.append(gain / control)
            seconds_of_two.append(together([engines["record"], pair]))
    for engine in (*engines.values(), pair, *counters):
        engine.close()
    usual = {name: engine.usual for name, engine in engines.items()}
    pages = sum(map(pages_in, papers))
    figures: dict[str, float | str] = {
        "papers": len(papers),
        "pages": pages,
        "cpu_ratio_pdfium_text": round(usual["record"] / usual["bare_text"], 2),
        "cpu_ratio_pdfplumber": round(usual["pdfplumber"] / usual["record"], 2),
        "cpu_ratio_docling_parse": round(usual["docling"] / usual["record"], 2) if has_docling() else "not installed",
    }
    figures |= {f"{name}_cpu_ms_per_page": round(1000 * seconds / pages, 2) for name, seconds in usual.items()}
    return figures | {
        "rss_mib": round(engines["record"].rss_mib, 1),
        "worker_rss_mib": round(engines["worker"].rss_mib, 1),
        "two_workers_of_control": round(statistics.median(shares), 2),
        "pages_per_second_two_workers": round(2 * pages / statistics.median(seconds_of_two), 1),
        "help_s": round(statistics.median(help_seconds() for _ in range(HELP_TIMES)), 3),
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.read", description=__doc__)
    asked.add_argument("papers", nargs="*", type=Path, help="PDFs; the sample papers where none is named")
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="how often each engine reads all papers")
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    told = asked.parse_args()
    papers = told.papers or sorted(
        path for path in PAPERS.glob("*.pdf") if not any(word in path.stem for word in LEFT_OUT)
    )
    figures = measure(papers, told.rounds)
    if told.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name:32} {value}\n")


if __name__ == "__main__":
    main()
