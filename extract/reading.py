"""One paper read whole: its record, what the checks found, and what would be public, made in a process of its own.

Everything that costs time is done there, so that two processes read twice as fast as one. What comes back is parsed
again, as text that a hostile PDF may have had a say in.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from extract import checks, read_record, rules
from extract.claims import Finding
from extract.editions import editions
from extract.facts import Private
from extract.record import DecisionRecord, dump_private
from extract.separate import separate
from ingest.apart import Refused, answered
from ingest.errors import UnreadableError, shown
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits
from publish.part1 import Part1


class Reading(Private):
    """What a paper says and what would be public of it by the rules alone; `held` says why nothing would be."""

    record: DecisionRecord
    findings: tuple[Finding, ...]
    rules_digest: str
    public: Part1 | None
    held: tuple[str, ...]


def read_whole(name: str, data: bytes, limits: Limits = DEFAULT) -> Reading:
    """Read the bytes of one PDF; raises UnreadableError. For the process that may fall over them."""
    from ingest.reader import read_bytes  # the PDF engines: whoever only asks that process needs none of them

    record = read_record(read_bytes(name, data, limits))
    markings = rules.propose(record)
    split = separate(record, markings)
    return Reading(
        record=record,
        findings=checks.find(record),
        rules_digest=markings.rules_digest,
        public=split.part1,
        held=split.held,
    )


def read_apart(
    name: str, data: bytes, limits: Limits = DEFAULT, edition_wanted: str | None = None
) -> Reading | Refused:
    """The same in this thread's reading process, as a task for any executor; failures of the reader are values.

    `edition_wanted` is the edition of whoever asks: a worker elsewhere that reads otherwise must not answer.
    """
    if edition_wanted not in (None, edition()):
        raise RuntimeError("This worker runs another version of partone.")
    return answered("extract.worker", name, data, limits, Reading.model_validate_json)


def read_file(path: Path) -> Reading:
    """The same for one file that somebody waits for; raises UnreadableError, which says what to do."""
    editions()  # a form that is not whole is no fault of the paper
    reading = read_apart(shown(path), load(path))
    if isinstance(reading, Refused):
        raise UnreadableError(reading.file_name, reading.reason, reading.remedy)
    return reading


def dump(reading: Reading) -> bytes:
    """A reading as one line of JSON, withheld text in clear: for the pipe to the process that asked alone."""
    told = reading.model_dump(mode="json") | {"record": dump_private(reading.record)}
    return json.dumps(told, ensure_ascii=True).encode()


@cache
def edition() -> str:
    """SHA-256 over everything that decides how a paper is read: two of one edition read alike."""
    house = Path(__file__).resolve().parent.parent
    seen = hashlib.sha256()
    for floor in ("extract", "ingest", "publish"):
        for file in sorted((house / floor).rglob("*")):
            if file.suffix in {".py", ".toml", ".csv"}:
                seen.update(f"{file.relative_to(house)}\0{file.stat().st_size}\0".encode())
                seen.update(file.read_bytes())
    return seen.hexdigest()
