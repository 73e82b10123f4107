"""Many papers on any executor: a few at a time, each answer as it comes, so that memory stays flat however many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ingest.apart import Refused
from ingest.errors import UnreadableError, shown
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits

TRIES = 3  # a paper is given out again where whoever had it was lost, and its process had no say in that
PATIENCE = 5 * DEFAULT.seconds  # without a single answer, twice what the slowest paper may take in two processes
IN_FLIGHT = 200_000_000  # bytes of papers given out at once; one larger paper goes out alone

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paper:
    """The bytes of one file, its name as text, and which of all the files it was.

    `called` is its name where whoever sent it called it otherwise than it is called here.
    """

    number: int
    file: Path
    sha256: str
    data: bytes = field(repr=False)
    called: str | None = None

    @property
    def file_name(self) -> str:
        return self.called or shown(self.file)


def loaded(number: int, file: Path, limits: Limits = DEFAULT, called: str | None = None) -> Paper | Refused:
    """A file's bytes, unread, with their SHA-256."""
    try:
        data = load(file, limits)
    except UnreadableError as error:
        return Refused(called or shown(file), error.reason, error.remedy)
    return Paper(number, file, hashlib.sha256(data).hexdigest(), data, called)


def read_many(
    papers: Iterable[Paper | S], submit: Callable[[Paper], Future[T | Refused]], at_once: int
) -> Iterator[tuple[Paper, T | Refused] | S]:
    """Each paper with what came of it, as they are done; at most `at_once` of them are given out at any moment.

    Whatever becomes of an executor, every paper comes back: read, refused, or refused because nobody could be found
    to read it. What is no paper, because it needs no reading, is passed on.
    """
    out: dict[Future[T | Refused], tuple[Paper, int]] = {}
    try:
        for paper in papers:
            if not isinstance(paper, Paper):
                yield paper
                continue
            while out and (len(out) >= at_once or _weight(out) + len(paper.data) > IN_FLIGHT):
                yield from _done(out, submit)
            yield from _give(paper, 1, out, submit)
        while out:
            yield from _done(out, submit)
    finally:
        for future in out:
            future.cancel()


def _weight(out: dict[Future[T | Refused], tuple[Paper, int]]) -> int:
    return sum(len(paper.data) for paper, _ in out.values())


def _give(
    paper: Paper,
    tried: int,
    out: dict[Future[T | Refused], tuple[Paper, int]],
    submit: Callable[[Paper], Future[T | Refused]],
) -> Iterator[tuple[Paper, T | Refused]]:
    try:
        out[submit(paper)] = (paper, tried)
    except Exception as error:  # whatever an executor raises that is no longer there
        yield paper, _lost(paper, error)


def _done(
    out: dict[Future[T | Refused], tuple[Paper, int]], submit: Callable[[Paper], Future[T | Refused]]
) -> Iterator[tuple[Paper, T | Refused]]:
    """Those that are done; where nobody answers for too long, all that are out."""
    done, _ = wait(out, PATIENCE, FIRST_COMPLETED)
    for future in done or tuple(out):
        paper, tried = out.pop(future)
        if not done:
            future.cancel()
            yield paper, _lost(paper, TimeoutError())
            continue
        try:
            yield paper, future.result()
        except Exception as error:  # the reader's own failures are values: this is the executor's
            if tried < TRIES:
                yield from _give(paper, tried + 1, out, submit)
            else:
                yield paper, _lost(paper, error)


def _lost(paper: Paper, error: BaseException) -> Refused:
    reason = f"It could not be read because whoever was to read it was lost ({type(error).__name__})."
    return Refused(paper.file_name, reason, "Put it in again.")
