"""Spoilt papers by the thousand: nothing may crash, hang, be published, or show what the whole paper withholds.

    python -m benchmarks.fuzz --minutes 30 [--seed 1] [PAPER …]

Each seed spoils one of the papers in its own way (`benchmarks.mutations`) and has it read as any paper is, in a process
of its own; some go through the command itself. What falls is printed with its seed: the same seed falls again with
`--only SEED`. A reader that dies inside its process costs no more than that paper; it is counted, and no failure.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count, islice
from math import inf
from pathlib import Path

from benchmarks.mutations import spoilt
from extract import read_record, rules
from extract.reading import Reading, read_apart
from extract.record import DecisionRecord
from extract.separate import separate
from ingest.apart import Refused, processes
from ingest.document import Document
from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.reader import read
from publish.part1 import Part1

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT / "tests" / "papers"
LIMITS = Limits(seconds=40)
SLOW = 30.0  # seconds: no hang, and worth a look
RUN = 4  # words in a row that say where a text comes from
IN_A_FOLDER = 40  # papers that go through the command together


@dataclass(slots=True)
class Seen:
    """What became of the papers: how many of each fate, and what must not have happened, by seed."""

    fates: Counter[str] = field(default_factory=Counter)
    contained: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Original:
    """A whole paper, and the runs of words that it withholds and no paper publishes: in lower case, between spaces."""

    name: str
    data: bytes
    withheld: frozenset[str]


def originals(paths: Sequence[Path]) -> tuple[Original, ...]:
    """The papers to spoil, and what each keeps back: in Part 2, in no known place, or where no reader sees it."""
    documents = {path: read(path) for path in paths}
    records = {path: read_record(document) for path, document in documents.items()}
    splits = [separate(record, rules.propose(record)) for record in records.values()]
    public = " ".join(_plain(_public_text(split.part1)) for split in splits if split.part1)
    return tuple(
        Original(
            path.name,
            path.read_bytes(),
            frozenset(run for run in _kept(documents[path], records[path]) if run not in public),
        )
        for path in paths
    )


def _kept(document: Document, record: DecisionRecord) -> Iterator[str]:
    for text in (
        *(p.withheld_text.get_secret_value() for p in record.withheld_passages),
        *(h.text for h in document.hidden),
    ):
        words = _plain(text).split()
        if len(words) > 1:
            yield from (f" {' '.join(words[at : at + RUN])} " for at in range(max(1, len(words) - RUN + 1)))


def _plain(text: str) -> str:
    words = re.findall(r"[^\W_]+", text.lower())
    return f" {' '.join(words)} "


def _public_text(part1: Part1) -> str:
    """Every string of a public view."""

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from strings(each)
        elif isinstance(value, list):
            for each in value:
                yield from strings(each)

    return " \n ".join(strings(part1.model_dump(mode="json")))


def judge(seen: Seen, seed: int, ways: str, original: Original, reading: Reading | Refused, seconds: float) -> None:
    """Write down what became of one paper."""
    about = f"seed {seed}: {original.name}, {ways}"
    if isinstance(reading, Refused):
        of_ours = ("could not be read (", "made the reader stop", "made no sense", "took longer", "MB of memory")
        known = next((words for words in of_ours if words in reading.reason), None)
        seen.fates[f"refused: {known or 'for a reason'}"] += 1
        if known:
            seen.contained.append(f"{about}: {reading.reason}")
    else:
        seen.fates["public" if reading.public else "held"] += 1
        if reading.public:
            text = _plain(_public_text(reading.public))
            if leaked := sorted(run for run in original.withheld if run in text):
                seen.failures.append(f"{about}: {len(leaked)} withheld runs of words would be public:{leaked[0]}")
    if seconds > SLOW:
        seen.contained.append(f"{about}: took {seconds:.0f} seconds")


def read_some(seen: Seen, seeds: Iterator[int], papers: Sequence[Original], until: float, workers: int) -> None:
    """Read spoilt papers until the time is up or no seed is left, each in a process of its own."""
    with processes(workers) as executor:
        while time.monotonic() < until and (some := tuple(islice(seeds, 2 * workers))):
            out: list[tuple[int, str, Original, float, Future[Reading | Refused]]] = []
            for seed in some:
                which, ways, data = spoilt(seed, [paper.data for paper in papers])
                began = time.monotonic()
                future = executor.submit(read_apart, f"{seed}.pdf", data, LIMITS)
                out.append((seed, ways, papers[which], began, future))
            for seed, ways, original, began, future in out:
                judge(seen, seed, ways, original, future.result(), time.monotonic() - began)


def command(*words: object) -> tuple[subprocess.CompletedProcess[str], str | None]:
    """Run `partone`; what is wrong with how it ended, if anything."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "partone", *map(str, words)]
    try:
        done = subprocess.run(
            line, capture_output=True, text=True, env=environment, timeout=IN_A_FOLDER * LIMITS.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(line, -1, "", ""), "it did not end"
    if "Traceback" in done.stderr or done.returncode not in (0, 1, 3):
        last = (done.stderr.strip().splitlines() or [""])[-1]
        return done, f"{words[0]} ended with {done.returncode}: {last[:200]}"
    return done, None


def through_the_command(seen: Seen, seeds: Sequence[int], papers: Sequence[Original], single: int = 2) -> None:
    """Put some spoilt papers into a register, publish, and see that nothing went out; read a few by themselves."""
    with tempfile.TemporaryDirectory() as place:
        folder, home = Path(place) / "papers", Path(place) / "home"
        folder.mkdir()
        for seed in seeds:
            (folder / f"{seed}.pdf").write_bytes(spoilt(seed, [paper.data for paper in papers])[2])
        steps: list[tuple[object, ...]] = [
            ("ingest", folder, "--json", "--home", home),
            ("list", "--json", "--home", home),
            ("publish", "--json", "--home", home),
            ("log", "verify", "--home", home),
        ]
        for seed in seeds[:single]:
            steps += [(verb, folder / f"{seed}.pdf", *more) for verb, *more in SINGLE]
        for step in steps:
            done, wrong = command(*step)
            named = f"seeds {seeds[0]} to {seeds[-1]}" if folder in step or home in step else f"{step[1]}"
            if wrong is None and "--json" in step:
                wrong = wrong_answer(step, done, len(seeds))
            if wrong:
                seen.failures.append(f"{named}: {wrong}")
            seen.fates[f"partone {step[0]}"] += 1
        if any((home / "public" / "decisions").glob("*/index.json")):
            seen.failures.append(f"seeds {seeds[0]} to {seeds[-1]}: something was published")


def wrong_answer(step: Sequence[object], done: subprocess.CompletedProcess[str], papers: int) -> str | None:
    """What is wrong with the JSON that a command printed; None where it is as it should be.

    A file of which there is no record is refused in words alone: `read` and `check` have no document to print then.
    """
    if (
        step[0] in ("read", "check")
        and done.returncode == UnreadableError.exit_code
        and done.stderr.strip()
        and not done.stdout
    ):
        return None
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return f"{step[0]} ended with {done.returncode} and printed no JSON: {done.stderr.strip()[-200:]}"
    return "ingest did not give every paper back" if step[0] == "ingest" and len(told["papers"]) != papers else None


SINGLE = (("read", "--json"), ("read", "--json", "--part1"), ("inspect", "--json"), ("check", "--json"))


def main() -> None:
    """Spoil and read until the time is up."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    asked.add_argument("papers", nargs="*", type=Path, help="PDFs; the sample papers where none is named")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1, help="the first of the seeds")
    asked.add_argument("--only", type=int, help="one seed, and no other")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--keep", type=Path, help="with --only: where to write what the seed made")
    told = asked.parse_args()
    papers = originals(told.papers or sorted(PAPERS.glob("*.pdf")))
    seen = Seen()
    if told.only is not None:
        if told.keep:
            told.keep.write_bytes(spoilt(told.only, [paper.data for paper in papers])[2])
        read_some(seen, iter([told.only] * 2), papers, inf, 1)
    else:
        seeds, end = count(told.seed), time.monotonic() + 60 * told.minutes
        while time.monotonic() < end:
            read_some(seen, seeds, papers, min(end, time.monotonic() + 180), told.workers)
            through_the_command(seen, [next(seeds) for _ in range(IN_A_FOLDER)], papers)
            sys.stdout.write(f"{dict(sorted(seen.fates.items()))}\n")
            sys.stdout.flush()
    for line in (*sorted(set(seen.contained)), *(f"FAILED {line}" for line in seen.failures)):
        sys.stdout.write(f"{line}\n")
    sys.exit(1 if seen.failures else 0)


if __name__ == "__main__":
    main()
