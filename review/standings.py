"""Where every paper stands, quickly: a list of thousands without reading every record and weighing every claim again.

What costs is the split of a paper into its two parts. It depends on the reading, on what changes the public text, and
on this code alone, so it is kept in a derived table, one row a paper, under a digest of all three; where the digest is
another, it is made anew. The rest is read afresh from the dossiers, of those papers only that the log has entries of
since the last look, and of those that bear the same references.

Nobody approves or publishes by this: both look at the paper itself (`review.office.look`).
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, insert, or_, select

from extract.claims import Finding, Review
from extract.reading import edition
from publish.body import body_file
from review.acts import Published, Take
from review.case import Candidate, Case, Facts
from review.dossier import Dossier, Paper, read_dossiers, read_papers
from review.due import Dates, dates_of, renewed
from review.errors import Conflict
from review.lifecycle import State
from review.office import LONDON, View, view_of
from review.register import Register
from review.tables import candidates, log, paper_references, versions

MOST_NAMED = 500  # papers in one question: beyond that all are asked for
AT_ONCE = 200  # papers made anew between two writings: what is lost when somebody ends the desk while it does so


@dataclass(frozen=True, slots=True)
class Split:
    """What is kept of the split of one paper: what its state is read off, and its title without what is withheld."""

    public: Candidate | None
    obstacles: tuple[str, ...]
    findings: tuple[Finding, ...]
    reviewed: Review | None
    public_title: str | None
    dates: Dates


SPLIT = TypeAdapter(Split)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a list. `title` is as printed, `public_title` without what is withheld in it.

    `waiting_since` is the day on which somebody last did something with the paper, or on which it came in; `untouched`
    says that nobody has said a word of it or taken it yet.
    """

    sha256: str
    name: str
    file_name: str
    reference: str | None
    title: str | None
    public_title: str | None
    state: State
    revision: int
    entered_at: str
    entered_by: str | None
    waiting_since: date
    untouched: bool
    taken_by: str | None
    open_findings: tuple[Finding, ...]
    approvers: tuple[str, ...]
    held_by: tuple[str, ...]
    facts: Facts
    dates: Dates


@dataclass(frozen=True, slots=True)
class _Looked:
    """A paper as it was at the last look, and the references it bears."""

    dossier: Dossier
    split: Split
    keys: Collection[str]


class Standings:
    """The standing of every paper of one register, as of now. Threads may share it."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._lock = threading.Lock()
        self._seen = 0  # the number of the log's last entry that was looked at
        self._papers: dict[str, _Looked] = {}
        self._told: dict[str, Standing] = {}
        self._day: date | None = None

    def of(self, day: date) -> tuple[Standing, ...]:
        """Every paper as it stands that day, in the order they came in."""
        with self._lock:
            while changed := self._look():
                for sha in changed:
                    self._told.pop(sha, None)
            if day != self._day:
                self._told, self._day = {}, day
            for sha, looked in self._papers.items():
                if sha not in self._told:
                    self._told[sha] = _standing(looked, day)
            return tuple(sorted(self._told.values(), key=lambda each: (each.entered_at, each.sha256)))

    def _look(self) -> frozenset[str]:
        """Look at the papers with newer entries in the log; which they are, none where there is no newer entry."""
        with self._register.reading() as connection:
            head = connection.execute(select(func.max(log.c.n))).scalar() or 0
            if head == self._seen:
                return frozenset()
            changed = self._changed(connection)
            dossiers = read_dossiers(connection, changed)
            keys = _keys(connection, changed)
            splits = _kept(connection, dossiers)
        missing = [dossier for dossier in dossiers if dossier.paper.sha256 not in splits]
        for start in range(0, len(missing), AT_ONCE):
            made = {each.paper: _split(view_of(self._register, each)) for each in missing[start : start + AT_ONCE]}
            splits |= {paper.sha256: split for paper, split in made.items()}
            self._keep(made)
        for dossier in dossiers:
            sha, split = dossier.paper.sha256, splits[dossier.paper.sha256]
            whole = replace(dossier, found=split.findings, reviewed=split.reviewed)
            self._papers[sha] = _Looked(whole, split, keys[sha])
        self._seen = head
        return frozenset(dossier.paper.sha256 for dossier in dossiers)

    def _changed(self, connection: Connection) -> Collection[str] | None:
        """The papers with newer entries, and all that bear or bore a reference of theirs; None where that is most."""
        spoken_of = select(log.c.paper).where(log.c.n > self._seen, log.c.paper.is_not(None))
        released = select(versions.c.paper).where(versions.c.release > self._seen)
        found = set(connection.execute(spoken_of.union(released)).scalars())
        if len(found) > MOST_NAMED:
            return None
        keys = {key for sha in found if sha in self._papers for key in self._papers[sha].keys}
        theirs = select(paper_references.c.key).where(paper_references.c.paper.in_(found))
        bearing = select(paper_references.c.paper).where(
            or_(paper_references.c.key.in_(keys), paper_references.c.key.in_(theirs))
        )
        found |= set(connection.execute(bearing).scalars())
        return found if len(found) <= MOST_NAMED else None

    def _keep(self, made: Mapping[Paper, Split]) -> None:
        """Keep what was made, but for papers that have moved on meanwhile: their record may be a later one."""
        with suppress(Conflict), self._register.writing() as connection:  # nothing hangs on it: it can be made again
            now = {paper.sha256: paper.revision for paper in read_papers(connection, {p.sha256 for p in made})}
            rows = [
                {"paper": paper.sha256, "made_of": _made_of(paper), "body": SPLIT.dump_json(split).decode()}
                for paper, split in made.items()
                if now.get(paper.sha256) == paper.revision
            ]
            if rows:
                connection.execute(delete(candidates).where(candidates.c.paper.in_([row["paper"] for row in rows])))
                connection.execute(insert(candidates), rows)


@cache
def _code() -> str:
    """SHA-256 over all that decides how a paper is split, whose decisions these are included."""
    seen = sha256(edition().encode())
    for file in (*sorted(Path(__file__).parent.glob("*.py")), body_file()):
        seen.update(f"\0{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return seen.hexdigest()


def _made_of(paper: Paper) -> str:
    """The digest of all that a split depends on: `revision` rises with every claim that could change it."""
    return sha256(f"{paper.record_digest} {paper.rules_digest} {paper.revision} {_code()}".encode()).hexdigest()


def _kept(connection: Connection, dossiers: Sequence[Dossier]) -> dict[str, Split]:
    """The splits that are kept of these papers as they are now; one that corrects another depends on that too."""
    made_of = {each.paper.sha256: _made_of(each.paper) for each in dossiers if each.facts.replaces is None}
    query = select(candidates)
    if len(made_of) <= MOST_NAMED:
        query = query.where(candidates.c.paper.in_(made_of))
    rows = connection.execute(query)
    return {row.paper: SPLIT.validate_json(row.body) for row in rows if made_of.get(row.paper) == row.made_of}


def _keys(connection: Connection, only: Collection[str] | None) -> defaultdict[str, set[str]]:
    """The references that papers bear."""
    query = select(paper_references)
    if only is not None:
        query = query.where(paper_references.c.paper.in_(only))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.paper].add(row.key)
    return found


def _split(view: View) -> Split:
    """What is kept of a paper that was looked at whole."""
    dossier = view.dossier
    return Split(view.candidate, view.obstacles, dossier.findings, dossier.reviewed, view.public_title, dates_of(view))


def _standing(looked: _Looked, day: date) -> Standing:
    dossier, split, paper = looked.dossier, looked.split, looked.dossier.paper
    case = Case(dossier.facts, dossier.findings, dossier.history, split.public, day, split.obstacles)
    return Standing(
        sha256=paper.sha256,
        name=paper.name,
        file_name=paper.file_name,
        reference=paper.reference,
        title=paper.title,
        public_title=split.public_title,
        state=dossier.state(split.public, day, split.obstacles),
        revision=paper.revision,
        entered_at=paper.entered_at,
        entered_by=paper.entered_by,
        waiting_since=_last_done(dossier),
        untouched=not dossier.said,
        taken_by=dossier.taken_by,
        open_findings=case.open_findings,
        approvers=case.approvers,
        held_by=tuple(hold.by for hold in case.holds),
        facts=dossier.facts,
        dates=renewed(split.dates, dossier),
    )


def _last_done(dossier: Dossier) -> date:
    """The day on which somebody last did something with a paper, it went out, or it came in; taking it does nothing."""
    days = (
        event.published_on if isinstance(event, Published) else event.at.astimezone(LONDON).date()
        for event in dossier.history
        if not isinstance(event, Take)
    )
    return max((datetime.fromisoformat(dossier.paper.entered_at).astimezone(LONDON).date(), *days))
