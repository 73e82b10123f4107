"""The officers' desk over thousands of papers: how long it takes to open, to list a pile, and to open a paper's page.

    python -m benchmarks.desk [--papers N] [--home HOME] [--json]

The papers are readings of the sample papers, each with words, reference and PDF of its own, reviewed and approved by
made-up officers in the register's own way. The desk is a real one on loopback, asked as a browser asks it. A home that
is named is kept, and used again where it is there.
"""

from __future__ import annotations

import argparse
import hashlib
import http.cookiejar
import json
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.decisions import vocabulary
from extract import rules
from extract.claims import Answer
from extract.reading import Reading, read_file
from extract.record import DecisionRecord, dump_private
from ingest.errors import UnreadableError
from publish.part1 import Version, digest
from review import accounts, office, originals, people
from review.acts import Approve, Claim, Hold, Take
from review.intake import NewPaper, take_in
from review.register import Register
from review.standings import Standings
from review.tables import candidates

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "papers"
STAFF = {"Ada Lovell": "reviewer", "Bo Marsh": "releaser", "Cy Pratt": "clerk"}
PASSWORD = "purple otter lantern"  # noqa: S105 - of made-up people, on loopback
LATELY = 0.15  # so many papers are still somewhere on their way; the others are public
VALUES = {"yes-no": "no", "exemption": "FOIA s.43(2)", "date": "2027-06-01", None: None}
BATCH = 100
PILES = ("/", "/piles/published", "/piles/ready", "/piles/reviews-soon")


@cache
def _by_length() -> dict[int, tuple[str, ...]]:
    words: defaultdict[int, list[str]] = defaultdict(list)
    for word in vocabulary():
        words[len(word)].append(word)
    return {length: tuple(found) for length, found in words.items()}


def _other(text: str, number: int) -> str:
    """The text with other words of the same lengths, so that every place in it stays where it is."""

    def swapped(found: re.Match[str]) -> str:
        choice = _by_length().get(len(found[0]), (found[0],))
        return choice[hash((number, found[0])) % len(choice)]

    return re.sub(r"\b[a-z]{5,}\b", swapped, text)


def _varied(value: Any, number: int, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _varied(one, number, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_varied(one, number, key) for one in value]
    return _other(value, number) if key in ("text", "title") and isinstance(value, str) else value


def _paper(reading: Reading, sample: Path, folder: Path, number: int) -> NewPaper:
    """One more paper: the same form, with words, a reference and a PDF of its own."""
    content = sample.read_bytes() + f"\n%{number}\n".encode()
    file = folder / f"PCD{20000 + number}.pdf"
    file.write_bytes(content)
    told = _varied(dump_private(reading.record), number)
    told["source"] |= {"sha256": hashlib.sha256(content).hexdigest(), "file_name": file.name}
    told |= {"reference": f"PCD {20000 + number}", "references": [f"PCD {20000 + number}"]}
    return NewPaper(file, DecisionRecord.model_validate(told), rules.digest(), reading.findings, entered_by="Cy Pratt")


def fill(home: Path, count: int) -> None:
    """A home with so many papers, most of them public."""
    register = Register.open(home)
    for name, role in STAFF.items():
        people.add(register, name, role)
        accounts.set_password(register, name, PASSWORD)
    readings = [(reading, sample) for sample in sorted(SAMPLES.glob("*.pdf")) if (reading := _read(sample))]
    random.seed(7)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            papers = [_paper(*readings[number % len(readings)], Path(folder), number) for number in numbers]
            with register.writing() as connection:
                for paper in papers:
                    take_in(connection, paper)
            for paper in papers:
                originals.keep(home, paper.file, paper.record.source.sha256)
                paper.file.unlink()
            _review(register, [paper.record.source.sha256 for paper in papers])
            sys.stderr.write(f"{start + len(papers)} of {count} papers\n")
    register.close()


def _read(sample: Path) -> Reading | None:
    try:
        reading = read_file(sample)
    except UnreadableError:
        return None
    return reading if reading.public or random.random() < LATELY else None


def _review(register: Register, shas: list[str]) -> None:
    """What officers do with these papers: most are answered, approved twice and released."""
    out: list[tuple[str, Version]] = []
    for sha in shas:
        lately, now = random.random() < LATELY, datetime.now(UTC)
        if lately and random.random() < 0.5:
            continue
        view = office.look(register, sha)
        asked = [f for f in view.dossier.findings if f.severity != "note" and f.answered_by is None]
        said: list[Claim] = [
            Answer(by="Ada Lovell", at=now, because="I asked.", finding=f.id, value=VALUES[f.asks]) for f in asked
        ]
        view = office.write(register, view, *said) if said else view
        part1 = view.disclosure.part1
        if part1 is None or view.state.name != "in-review":
            continue
        who = ("Ada Lovell", "Bo Marsh")[: random.randrange(3) if lately else 2]
        given: list[Claim] = [
            Approve(by=by, at=now, because="", digest=digest(part1), role=people.find(register, by).role) for by in who
        ]
        if not given:
            given = [random.choice((Hold, Take))(by="Ada Lovell", at=now, because="The supplier has been asked.")]
        view = office.write(register, view, *given)
        if not lately and view.state.name == "approved":
            on = office.today()
            out.append((sha, Version(number=1, published_on=on, note="First published.", digest=digest(part1))))
    register.record_release("0" * 64, out, by="Bo Marsh")


def opening(home: Path) -> dict[str, float]:
    """Seconds until every paper's standing is known: from the table, and with all of it made anew."""
    register = Register.open(home)
    figures = {}
    with register.writing() as connection:
        connection.execute(candidates.delete())
    for name in ("standings_made_anew_s", "standings_s"):
        began = time.perf_counter()
        count = len(Standings(register).of(office.today()))
        figures[name] = round(time.perf_counter() - began, 3)
    register.close()
    return {"papers": float(count), **figures}


class Browser:
    """Somebody who is signed in at the desk; each page is asked for on a connection of its own."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        token = re.search(r'name="csrf" value="([^"]+)"', self.get("/sign-in").decode())
        form = {"csrf": token[1] if token else "", "name": "Ada Lovell", "password": PASSWORD, "next": "/"}
        self._open.open(f"{address}/sign-in", urllib.parse.urlencode(form).encode(), timeout=120).read()

    def get(self, path: str) -> bytes:
        with self._open.open(f"{self._address}{path}", timeout=120) as answer:
            content: bytes = answer.read()
        return content

    def seconds(self, path: str) -> float:
        began = time.perf_counter()
        self.get(path)
        return time.perf_counter() - began


def asked(home: Path) -> dict[str, float]:
    """What a browser waits for, in seconds: half of the pages come sooner than p50, nineteen of twenty than p95."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "partone", "review", "--home", str(home), "--port", str(port)]
    began = time.perf_counter()
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        browser = _when_open(f"http://127.0.0.1:{port}")
        browser.get("/")
        figures = {"first_pile_after_start_s": round(time.perf_counter() - began, 2)}
        figures |= _shares("pile", [browser.seconds(path) for path in 15 * PILES])
        register = Register.open(home)
        known = [paper.sha256[:12] for paper in register.papers()]
        shas = random.Random(3).choices(known, k=30) if len(known) < 30 else random.Random(3).sample(known, 30)
        times = []
        for sha in shas[:10]:
            office.take(register, sha, "Bo Marsh")
            times.append(browser.seconds("/piles/published"))
        register.close()
        figures |= _shares("pile_after_an_act", times)
        figures |= _shares("paper", [browser.seconds(f"/papers/{sha}") for sha in shas])
        return figures | _shares("picture", [browser.seconds(f"/papers/{sha}/pages/1.png") for sha in shas])
    finally:
        desk.terminate()
        desk.wait(timeout=60)


def _when_open(address: str) -> Browser:
    for _ in range(600):
        try:
            return Browser(address)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise SystemExit("The desk did not open.")


def _shares(name: str, times: list[float]) -> dict[str, float]:
    return {f"{name}_p50_s": round(statistics.median(times), 3),
            f"{name}_p95_s": round(statistics.quantiles(times, n=20)[-1], 3)}  # fmt: skip


def main() -> None:
    """Measure and print."""
    told = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    told.add_argument("--papers", type=int, default=2000)
    told.add_argument("--home", type=Path, help="where the papers are made, or lie already; else thrown away")
    told.add_argument("--json", action="store_true", help="print one JSON document")
    said = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not ((home := said.home or Path(folder) / "home") / "register.db").exists():
            fill(home, said.papers)
        figures = opening(home) | asked(home)
    if said.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name:28} {value:g}\n")


if __name__ == "__main__":
    main()
