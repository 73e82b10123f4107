"""Many officers at once, each a process of its own: they answer, withhold, release, approve, withdraw and publish.

    python -m benchmarks.officers --officers 10 --seconds 60 [--register URL] --json

Each writes down what the register acknowledged, so that afterwards all of it can be looked for in the log. Refusals
that a person understands (somebody was faster, or may not) are counted; any other error is a fault.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks.deeds import DEEDS, needed
from extract.reading import Reading, read_file
from publish.errors import BusyError
from review import office, people
from review.acts import Approve, Event, Published, kind_of
from review.approvals import given_in, since_change
from review.errors import Away, Conflict, NotAllowed
from review.intake import NewPaper
from review.publication import publish
from review.register import Register
from review.roles import fold

PAPERS = Path(__file__).resolve().parent.parent / "tests" / "papers"
SAMPLES = ("plain", "long", "markup-in-text", "settled-award", "two-references", "older-form")
PAPERS_IN_ALL = 30
ROLES = ("reviewer", "releaser", "reviewer", "releaser", "reviewer")
CLERK = "Clerk Zero"
PURPOSE = 0.8  # how often somebody does what the paper needs, and not whatever comes to mind
# One clean process loads all that they need, and every officer is forked from it: separate as any, but soon there.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["review.inbox", "review.publication", "review.withholding", "sqlalchemy.dialects.postgresql.psycopg"]
)


def name_of(number: int) -> str:
    """An officer's name, with which they sign."""
    return f"Officer {chr(ord('A') + number)}"


def _letters(number: int) -> str:
    """A number that is in no paper, so that a reason which bears it cannot tell what is withheld."""
    return "".join(chr(ord("q") + int(figure)) for figure in str(number)) + "z"


def work(
    home: Path, url: str | None, number: int, seconds: float, together: Barrier, pause: float, through: bool
) -> None:
    """One officer's day: act upon act until the end, each written down once the register has acknowledged it.

    `pause` is how long they think between two acts, at most. `through`: they go on where the database is away for a
    while; otherwise that is a fault like any other.
    """
    chance, by = random.Random(number), name_of(number)
    kinds = [kind for kind in DEEDS if kind != "publish" or ROLES[number % len(ROLES)] == "releaser"]
    register = Register.open(home, url)
    papers = [paper.sha256 for paper in register.papers()]
    together.wait()
    end = time.time() + seconds
    with (home / f"officer-{number}.jsonl").open("a", encoding="utf-8") as book:
        for act in range(sys.maxsize):
            if time.time() > end:
                break
            time.sleep(chance.uniform(0, pause))
            sha, token, came = chance.choice(papers), f"{by} {_letters(act)}", "done"
            kind = chance.choices(kinds, [DEEDS[each][0] for each in kinds])[0]
            try:
                view = office.look(register, sha)
                if chance.random() < PURPOSE and (sought := needed(view)) in kinds:
                    kind = sought
                if DEEDS[kind][1](register, view, by, token, chance) is None:
                    continue
            except (Conflict, NotAllowed, BusyError) as refusal:
                came = type(refusal).__name__
            except Away:
                if not through:
                    raise
                came = "Away"
                time.sleep(0.2)
            book.write(json.dumps({"by": by, "kind": kind, "paper": sha, "token": token, "came": came}) + "\n")
            book.flush()
    register.close()


@dataclass(frozen=True, slots=True)
class Told:
    """What the officers did, and what of it is wrong; `faults` is empty where nothing is."""

    acts: Counter[str]
    refused: Counter[str]
    published: int
    faults: tuple[str, ...]


@cache
def _read(name: str) -> Reading:
    return read_file(PAPERS / f"{name}.pdf")


def _paper(home: Path, number: int) -> NewPaper:
    """One of the sample papers under a reference of its own, as if it had been read from a file of its own."""
    name = SAMPLES[number % len(SAMPLES)]
    reading, reference = _read(name), f"PCD {7001 + number}"
    content = (PAPERS / f"{name}.pdf").read_bytes() + f"\n% {number}\n".encode()
    file = home / f"{number}.pdf"
    file.write_bytes(content)
    source = reading.record.source.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
    named = {"reference": reference, "reference_as_printed": reference, "references": (reference,), "source": source}
    record = reading.record.model_copy(update=named)
    return NewPaper(file, record, reading.rules_digest, reading.findings, entered_by=CLERK)


def prepare(home: Path, url: str | None, officers: int) -> None:
    """A register with papers and with officers."""
    register = Register.open(home, url)
    people.add(register, CLERK, "clerk")
    for number in range(officers):
        people.add(register, name_of(number), ROLES[number % len(ROLES)])
    for number in range(PAPERS_IN_ALL):
        register.enter(_paper(home, number))
    publish(register)  # the shell is built once, before anybody is timed
    register.close()


def begin(
    home: Path, url: str | None, officers: int, seconds: float, *, pause: float = 0, through: bool = False
) -> list[BaseProcess]:
    """The officers, each in a process of their own, at work from now on until the seconds are over."""
    together = CONTEXT.Barrier(officers + 1)
    processes: list[BaseProcess] = [
        CONTEXT.Process(target=work, args=(home, url, number, seconds, together, pause, through))
        for number in range(officers)
    ]
    for process in processes:
        process.start()
    together.wait(timeout=120)
    return processes


def settle(home: Path, url: str | None, processes: Sequence[BaseProcess], *, killed: int = 0) -> Told:
    """Wait for the officers and hold what was acknowledged against the log; `killed` of them, or of their servers.

    Whoever is killed may have been acknowledged a moment before they could write it down: one act each, no more.
    """
    for process in processes:
        process.join()
    acts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    acknowledged: set[tuple[str, str, str, str]] = set()
    approvals: Counter[tuple[str, str]] = Counter()
    for book in sorted(home.glob("officer-*.jsonl")):
        for line in book.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["came"] != "done":
                refused[row["came"]] += 1
                continue
            acts[row["kind"]] += 1
            if row["kind"] == "approve":
                approvals[row["by"], row["paper"]] += 1
            elif row["kind"] != "publish":
                acknowledged.add((row["by"], row["kind"], row["paper"], row["token"]))
    register = Register.open(home, url)
    try:
        faults = [f"An officer ended with {p.exitcode}." for p in processes if p.exitcode not in (0, -9)]
        faults += [f"{problem}" for problem in register.verify_log()]
        dossiers = register.dossiers()
        said = [(dossier.paper.sha256, claim) for dossier in dossiers for claim in dossier.claims]
        kept = {(c.by, _kind(kind_of(c)), sha, c.because) for sha, c in said if not isinstance(c, Approve)}
        faults += [f"Lost: {each}" for each in sorted(acknowledged - kept)]
        strange = len(kept - acknowledged)
        given = Counter((claim.by, sha) for sha, claim in said if isinstance(claim, Approve))
        faults += [f"Lost: an approval of {sha[:12]} by {by}" for by, sha in approvals - given]
        strange += (given - approvals).total()
        if strange > killed:
            faults.append(f"{strange} acts are in the register that nobody was told of.")
        if (releases := len(register.releases()) - 1) < acts["publish"]:
            faults.append(f"{acts['publish']} releases were acknowledged, and {releases} are there.")
        for dossier in dossiers:
            faults += _alone(dossier.paper.name, dossier.history)
        published = sum(len(register.versions(dossier.paper.sha256)) for dossier in dossiers)
        return Told(acts, refused, published, tuple(faults))
    finally:
        register.close()


def _kind(kind: str) -> str:
    return "withdraw" if kind == "reinstate" else kind


def _alone(name: str, history: Sequence[Event]) -> list[str]:
    """Every version that went out without two people who had approved it since the text was last spoken of."""
    faults = []
    for at, event in enumerate(history):
        if isinstance(event, Published):
            gave = [e for e in given_in(since_change(history[:at])) if e.digest == event.digest]
            if len({fold(each.by) for each in gave}) < 2:
                faults.append(f"{name}, version {event.number}, went out without two approvals.")
    return faults


def main() -> None:
    """Print what they did in the time, and every fault."""
    parser = argparse.ArgumentParser(description="Many officers at once.")
    parser.add_argument("--officers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0, help="seconds that each thinks between two acts, at most")
    parser.add_argument("--register", help="postgresql://USER@HOST/DATABASE; SQLite without")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(home, asked.register, asked.officers)
        told = settle(
            home, asked.register, begin(home, asked.register, asked.officers, asked.seconds, pause=asked.pause)
        )
    figures = {
        "officers": asked.officers, "seconds": asked.seconds, "acts": told.acts.total(), **told.acts,
        "refused": dict(told.refused), "published": told.published, "faults": list(told.faults),
    }  # fmt: skip
    print(json.dumps(figures, indent=2) if asked.json else figures)
    sys.exit(1 if told.faults else 0)


if __name__ == "__main__":
    main()
