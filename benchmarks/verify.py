"""How fast a built site is proven: every byte of it read, sealed and built again, in seconds of the processor.

    python -m benchmarks.verify [--decisions 300] [--json]

The decisions are made up (`benchmarks.decisions`), so that hardly two pages share a sentence, as in a real register.
The PDFs are kept ones, as in a release: read whole and built into the site again, but not printed again. What
`partone verify` adds by printing each afresh stands on its own line, with the press's own processes counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.decisions import decisions
from publish.build import build
from publish.part1 import Part1
from publish.pdf import pdfs
from publish.shell import build_shell
from publish.verify import prove


def measure(approved: Sequence[Part1]) -> dict[str, float]:
    """What building and proving their site takes, in seconds of the processor."""
    with tempfile.TemporaryDirectory() as temporary:
        shell, site, copies = (Path(temporary) / name for name in ("shell", "site", "copies"))
        build_shell(shell)
        start = _spent()
        build(approved, site, shell, copies)
        built = _spent()
        verdict = prove(site, approved, shell, copies)
        proven = _spent()
        for _ in pdfs(approved):
            pass
        printed = _spent()
    if [problem for problem in verdict.problems if problem.file not in ("manifest.json", "certificate.json")]:
        raise SystemExit("An untouched site did not pass: this is a defect, and the figures mean nothing.")
    size = verdict.counts.size / 1_000_000
    return {
        "decisions": len(approved),
        "megabytes": round(size, 1),
        "build_cpu_s": round(built - start, 2),
        "verify_cpu_s": round(proven - built, 2),
        "verify_mb_per_s": round(size / (proven - built), 1),
        "printed_again_s": round(printed - proven, 2),
        "all_afresh_mb_per_s": round(size / (printed - built), 1),
    }


def _spent() -> float:
    """What this process and those that it waited for have used so far."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


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
        print("\n".join(f"{name:<20} {value:>10}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
