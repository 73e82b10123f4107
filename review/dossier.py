"""All that the register knows of a paper, read in one look and handed out as frozen values; no database row leaves."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Select, or_, select

from extract.claims import Amend, Finding, Review
from extract.record import DecisionRecord
from review.acts import KINDS, Claim, Event, Published, Said
from review.amendments import names_in, said_of
from review.answers import answered, folded
from review.case import Candidate, Facts, Rival, standing, taken_by, withdrawal
from review.lifecycle import State, may_approve, state_of
from review.roles import Person
from review.tables import claims, paper_references, papers, versions

RIVALS_NAMED = 5
FINDINGS = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in the register. `revision` rises with everything that can change what the public would read."""

    sha256: str
    file_name: str
    reference: str | None
    title: str | None
    form: str | None
    entered_by: str | None
    entered_at: str
    revision: int
    record_digest: str
    rules_digest: str
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """What people call it: its reference, or the first 12 characters of its SHA-256."""
        return self.reference or self.sha256[:12]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A paper, what people said of it and what became of it, all as of one moment.

    `further` are findings that are not stored: about what is withheld now, and about what was read as people corrected
    it. `reviewed` and `found` are the review and all findings as weighed against the corrections, once they were.
    """

    paper: Paper
    facts: Facts
    said: tuple[Said, ...]
    history: tuple[Event, ...]
    further: tuple[Finding, ...] = ()
    reviewed: Review | None = None
    found: tuple[Finding, ...] | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(said.claim for said in self.said)

    @property
    def review(self) -> Review:
        """What people said of the record as it is read now."""
        if self.reviewed is not None:
            return self.reviewed
        return folded(self.said, self.paper.record_digest, self.paper.rules_digest)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, each with who answered it."""
        if self.found is not None:
            return self.found
        return answered((*self.paper.findings, *self.further), self.review)

    @property
    def taken_by(self) -> str | None:
        """Who has the paper on their desk, if anybody."""
        return taken_by(self.history)

    def state(self, public: Candidate | None, today: date, obstacles: Sequence[str] = ()) -> State:
        """Where the paper stands, given the public version it would have now."""
        return state_of(self.facts, self.findings, self.history, public, today, obstacles)

    def may_approve(
        self, person: Person, public: Candidate | None, today: date, obstacles: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Why a person may not approve that public version; empty where they may."""
        return may_approve(self.facts, self.findings, self.history, public, today, person, obstacles)


def reference_key(reference: str) -> str:
    """What all spellings of a reference share: "PCD 1572", "pcd-1572" and "PCD1572" are `PCD1572`."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", reference)).upper()


def read_dossiers(connection: Connection, only: Collection[str] | None = None) -> tuple[Dossier, ...]:
    """The dossiers of all papers in the order they came in, or of those with the given SHA-256."""
    rows = _rows_of_papers(connection, only)
    said = _said(connection, only)
    bearers = _bearers(connection, only, said)
    histories = _histories(connection, only, said)
    contested = {key: _rivals(bearing, histories) for key, bearing in bearers.items() if len(bearing) > 1}
    rivals: dict[str, dict[str, Rival]] = {}
    more: set[str] = set()
    for key, (first, in_all) in contested.items():
        for sha in bearers[key].keys() & rows.keys():
            others = [rival for rival in first if rival.sha256 != sha][:RIVALS_NAMED]
            rivals.setdefault(sha, {}).update((rival.sha256, rival) for rival in others)
            if in_all - (not withdrawal(histories.get(sha, ()))) > len(others):
                more.add(sha)
    return tuple(
        Dossier(
            paper=_paper(row, said.get(sha, ())),
            facts=Facts(
                form=row["form"],
                entered_by=row["entered_by"],
                drafting=tuple(json.loads(row["drafting"])),
                rivals=tuple(rivals.get(sha, {}).values()),
                more_rivals=sha in more,
            ),
            said=tuple(said.get(sha, ())),
            history=histories.get(sha, ()),
        )
        for sha, row in rows.items()
    )


def _bearers(
    connection: Connection, only: Collection[str] | None, said: Mapping[str, Sequence[Said]]
) -> dict[str, dict[str, str]]:
    """Every reference, with the papers that bear it: SHA-256 and file name. A whole folder may bear one.

    A paper whose reference was misread is still found by what was read, but bears the corrected one alone.
    """
    query = select(paper_references.c.key, papers.c.sha256, papers.c.file_name, papers.c.reference)
    query = query.join(papers, papers.c.sha256 == paper_references.c.paper).order_by(papers.c.sha256)
    if only is not None:
        mine = select(paper_references.c.key).where(paper_references.c.paper.in_(only))
        query = query.where(paper_references.c.key.in_(mine))
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(query):
        claims_of = said.get(row.sha256, ())
        if any(isinstance(each.claim, Amend) and each.claim.field == "reference" for each in claims_of):
            borne = said_of(claims_of, "reference", row.reference)
            if row.key not in map(reference_key, names_in(borne)):
                continue
        found.setdefault(row.key, {})[row.sha256] = row.file_name
    return found


def _rivals(bearing: Mapping[str, str], histories: Mapping[str, Sequence[Event]]) -> tuple[list[Rival], int]:
    """The first few papers that bear one reference and are not withdrawn, public ones first; and how many there are."""
    there = [
        Rival(sha, name, standing(history) is not None)
        for sha, name in bearing.items()
        if not withdrawal(history := histories.get(sha, ()))
    ]
    return sorted(there, key=lambda rival: not rival.published)[: RIVALS_NAMED + 1], len(there)


def read_papers(connection: Connection, only: Collection[str] | None = None) -> tuple[Paper, ...]:
    """The papers alone, in the order they came in."""
    said = _said(connection, only, kinds=("amend", "release"))
    return tuple(_paper(row, said.get(sha, ())) for sha, row in _rows_of_papers(connection, only).items())


def _rows_of_papers(connection: Connection, only: Collection[str] | None) -> dict[str, Mapping[str, Any]]:
    light = [column for column in papers.c if column.name != "record"]  # the record is by far the longest
    query = select(*light).order_by(papers.c.entered_at, papers.c.sha256)
    if only is not None:
        query = query.where(papers.c.sha256.in_(only))
    return {row["sha256"]: dict(row) for row in connection.execute(query).mappings()}


def _paper(row: Mapping[str, Any], said: Sequence[Said]) -> Paper:
    """A paper under the reference and the title that people corrected, where they did."""
    plain = {name: row[name] for name in Paper.__slots__ if name != "findings"}
    plain |= {name: said_of(said, name, row[name]) for name in ("reference", "title")}
    return Paper(**plain, findings=FINDINGS.validate_json(row["findings"]))


def corrected_references(connection: Connection, sha: str) -> tuple[str, ...]:
    """Every reference that somebody ever said a paper bears in truth, whatever was read."""
    said = (each.claim for each in _said(connection, {sha}, kinds=("amend",)).get(sha, ()))
    return tuple(n for c in said if isinstance(c, Amend) and c.field == "reference" for n in names_in(c.value))


def read_record(connection: Connection, sha: str) -> DecisionRecord:
    """The private record of a paper that is there, as the machine read it, withheld text included."""
    written = connection.execute(select(papers.c.record).where(papers.c.sha256 == sha)).scalar_one()
    return DecisionRecord.model_validate_json(written)


def _of(query: Select[Any], column: Column[str], only: Collection[str] | None) -> Select[Any]:
    """What concerns these papers and those that bear one of their references; everything where none are named.

    The others are found by the database: named one by one, a question would be as long as their list.
    """
    if only is None:
        return query
    keys = select(paper_references.c.key).where(paper_references.c.paper.in_(only))
    bearing = select(paper_references.c.paper).where(paper_references.c.key.in_(keys))
    return query.where(or_(column.in_(only), column.in_(bearing)))


def _said(
    connection: Connection, only: Collection[str] | None, kinds: Collection[str] | None = None
) -> dict[str, list[Said]]:
    query = select(claims).order_by(claims.c.n)
    if kinds is not None:
        query = query.where(claims.c.kind.in_(kinds))
    said: dict[str, list[Said]] = {}
    for row in connection.execute(_of(query, claims.c.paper, only)).mappings():
        words = json.loads(row["body"]) | {name: row[name] for name in ("by", "at", "because")}
        claim = KINDS[row["kind"]].model_validate(words)
        said.setdefault(row["paper"], []).append(Said(row["n"], claim, row["record_digest"], row["rules_digest"]))
    return said


def _histories(
    connection: Connection, only: Collection[str] | None, said: Mapping[str, Sequence[Said]]
) -> dict[str, tuple[Event, ...]]:
    """Claims and publications of each paper in the order of the log."""
    events: dict[str, list[tuple[int, Event]]] = {sha: [(s.n, s.claim) for s in found] for sha, found in said.items()}
    query: Select[Any] = select(versions).order_by(versions.c.number)
    for row in connection.execute(_of(query, versions.c.paper, only)):
        published = Published(row.digest, row.number, date.fromisoformat(row.published_on), row.note)
        events.setdefault(row.paper, []).append((row.release, published))
    return {sha: tuple(event for _, event in sorted(found, key=lambda at: at[0])) for sha, found in events.items()}
