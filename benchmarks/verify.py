"""How fast a built site is proven: every byte of it read, sealed and built again.

    python -m benchmarks.verify [--decisions 300] [--json]

The decisions are made up (`benchmarks.decisions`), so that hardly two pages share a sentence, as in a real register.
`closed_world` is the proof as a release makes it: its PDFs are read whole and built into the site again, but not
printed again. `command` is all of `partone verify`, in a process of its own: it builds the shell afresh and trusts
nothing that is kept. `print_again` is the same with `--print-again`: every PDF is printed afresh too, by presses beside
the one that reads. Seconds of the processor count what all of them use, on every core; those of the clock are what a
person waits; `load` says how many others wanted the cores meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.decisions import decisions
from publish.build import shell_of
from publish.part1 import Part1, digest
from publish.release import publish
from publish.shelf import Approval, Entry, put
from publish.verify import prove

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)


class Spent(NamedTuple):
    """Seconds of the processor, by this process and those that it waited for, and of the clock."""

    cpu: float
    wall: float


def measure(approved: Sequence[Part1]) -> dict[str, float]:
    """What building and proving their site takes."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        for decision in approved:
            put(home / "shelf", _entry(decision))
        start = _spent()
        site = publish(home, today=TODAY).site
        released = _spent()
        verdict = prove(site, approved, shell_of(home / "shells"), home / "copies")
        proven = _spent()
        command = [sys.executable, "-m", "partone", "verify", str(site)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        verified = _spent()
        subprocess.run([*command, "--print-again"], cwd=ROOT, check=True, capture_output=True)
        printed = _spent()
    if verdict.problems:
        raise SystemExit("An untouched site did not pass: this is a defect, and the figures mean nothing.")
    size = verdict.counts.size / 1_000_000
    figures = {
        "decisions": len(approved),
        "megabytes": round(size, 1),
        "release_cpu_s": round(released.cpu - start.cpu, 2),
    }
    stretches = {
        "closed_world": (released, proven),
        "command": (proven, verified),
        "print_again": (verified, printed),
    }
    for name, (before, after) in stretches.items():
        for clock, first, last in (("cpu", before.cpu, after.cpu), ("wall", before.wall, after.wall)):
            figures[f"{name}_{clock}_s"] = round(last - first, 2)
            figures[f"{name}_{clock}_mb_per_s"] = round(size / (last - first), 1)
    figures |= {"load": round(os.getloadavg()[0], 1), "cores": os.cpu_count() or 1}
    return figures


def _entry(decision: Part1) -> Entry:
    approvals = (Approval(role="reviewer", on=TODAY), Approval(role="releaser", on=TODAY))
    return Entry(decision=decision, approvals=approvals, digest=digest(decision))


def _spent() -> Spent:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime, perf_counter())


def main() -> int:
    """Print the figures; the site must pass."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.verify", description="Prove a large site.")
    arguments.add_argument("--decisions", type=int, default=300)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    figures = measure(tuple(decisions(options.decisions)))
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:<26} {value:>10}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
