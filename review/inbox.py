"""Putting papers in, one or thousands: each written down as soon as it is read, so that whatever ends a run loses
nothing of what was done, and the next run goes on from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from extract import rules
from extract.editions import editions
from extract.reading import Reading, edition, read_apart
from ingest.apart import Refused, processes
from ingest.cluster import cluster
from ingest.limits import DEFAULT
from ingest.many import Paper, loaded, read_many
from review import originals
from review.case import candidate
from review.errors import Conflict
from review.intake import NewPaper, is_known, put_in_again
from review.office import look, today
from review.people import permitted
from review.register import Register

LIMITS = DEFAULT
AHEAD = 4  # papers given out for each that is being read, so that nobody waits while one is written down


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file that was put in; `number` is its place among them, from 0.

    `passing`: nothing is wrong with it; somebody else was writing at that moment, or the file was still being written.
    """

    number: int
    file: Path
    sha256: str | None
    reference: str | None
    state: str
    reasons: tuple[str, ...]
    known: bool = False  # before this file of it came
    passing: bool = False


@contextmanager
def readers(workers: int | None = None, engine: str | None = None) -> Iterator[tuple[Executor, int]]:
    """Who reads, and how many papers are given out at once: processes here, or the dask cluster at an address."""
    editions()  # a form that is not whole is no fault of the papers
    if engine is not None:
        with cluster(engine, edition) as (executor, threads):
            yield executor, AHEAD * min(threads, workers or threads)
    else:
        count = workers or len(os.sched_getaffinity(0))
        with processes(count) as executor:
            yield executor, AHEAD * count


def ingest(
    register: Register,
    files: Iterable[Path],
    executor: Executor,
    at_once: int = 4,
    by: str | None = None,
    again: bool = False,
    called: Mapping[Path, str] = MappingProxyType({}),
) -> Iterator[Taken]:
    """Take files into the register and say what came of each, as it is done.

    A file that is known and was read under the present rules is not read anew, unless `again` says so. A file that
    cannot be read is a value like any other. `called` has the names of those that lie under other names than theirs.
    """
    if by is not None:
        with register.reading() as connection:
            permitted(connection, by, "enter")
    originals.sweep(register.home)
    twins: dict[str, list[tuple[int, Path]]] = {}  # by SHA-256, while the first of them is being read

    def opened() -> Iterator[Paper | Taken]:
        for number, file in enumerate(files):
            paper = loaded(number, file, LIMITS, called.get(file))
            if isinstance(paper, Refused):
                yield _refused(number, file, None, paper)
            elif paper.sha256 in twins:
                twins[paper.sha256].append((number, file))
            elif not again and _is_known(register, paper.sha256):
                yield _put_in_again(register, number, file, paper.sha256, by)
            else:
                twins[paper.sha256] = []
                yield paper

    def submit(paper: Paper) -> Future[Reading | Refused]:
        return executor.submit(read_apart, paper.file_name, paper.data, LIMITS, edition())

    for done in read_many(opened(), submit, at_once):
        if isinstance(done, Taken):
            yield done
            continue
        paper, reading = done
        taken = _entered(register, paper, reading, by)
        yield taken
        for number, file in twins.pop(paper.sha256):
            yield replace(taken, number=number, file=file, known=taken.state != "refused")


def _entered(register: Register, paper: Paper, reading: Reading | Refused, by: str | None) -> Taken:
    """A paper written down, and where it stands."""
    if isinstance(reading, Refused):
        return _refused(paper.number, paper.file, None, reading)
    new = NewPaper(paper.file, reading.record, reading.rules_digest, reading.findings, entered_by=by)
    try:
        entered = register.enter(new)
    except Conflict as conflict:  # the file is another by now, or the register is busy: one paper's trouble
        return Taken(paper.number, paper.file, None, None, "refused", (str(conflict),), passing=True)
    if entered.how != "new":
        return _known(register, paper.number, paper.file, paper.sha256)
    public = candidate(reading.public) if reading.public else None
    state = register.dossier(paper.sha256).state(public, today(), reading.held)
    return Taken(paper.number, paper.file, paper.sha256, entered.paper.reference, state.name, state.reasons)


def _is_known(register: Register, sha256: str) -> bool:
    with register.reading() as connection:
        return is_known(connection, sha256, rules.digest())


def _put_in_again(register: Register, number: int, file: Path, sha256: str, by: str | None) -> Taken:
    """A file that is known and is not read anew; who put it in is written down all the same."""
    if by is not None:
        try:
            with register.writing() as connection:
                put_in_again(connection, sha256, permitted(connection, by, "enter").name)
        except Conflict as conflict:
            return Taken(number, file, sha256, None, "refused", (str(conflict),), passing=True)
    return _known(register, number, file, sha256)


def _known(register: Register, number: int, file: Path, sha256: str) -> Taken:
    view = look(register, sha256)
    reference, state = view.dossier.paper.reference, view.state
    return Taken(number, file, sha256, reference, state.name, state.reasons, known=True)


def _refused(number: int, file: Path, sha256: str | None, refused: Refused) -> Taken:
    return Taken(number, file, sha256, None, "refused", (f"{refused.reason} {refused.remedy}",))
