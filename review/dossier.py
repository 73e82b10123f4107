"""All that the register knows of a paper, read in one look and handed out as frozen values; no database row leaves."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Select, or_, select

from extract.claims import Amend, Finding, Review
from extract.record import DecisionRecord
from publish.part1 import slug
from review.acts import KINDS, Claim, Event, Published, Said
from review.amendments import names_in, said_of
from review.amendments import reference_key as reference_key  # it is read through here
from review.answers import answered, folded
from review.case import Candidate, Facts, Rival, taken_by, withdrawal
from review.family import RIVALS_NAMED, Family, bearers_of, rivals_of, successor_of
from review.lifecycle import State, may_approve, state_of
from review.roles import Person
from review.tables import claims, paper_references, papers, versions

NEARLY_THE_SAME = "nearly-the-same-paper"
FINDINGS = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in the register. `revision` rises with whatever makes an earlier look at it too old."""

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


def read_dossiers(connection: Connection, only: Collection[str] | None = None) -> tuple[Dossier, ...]:
    """The dossiers of all papers in the order they came in, or of those with the given SHA-256."""
    rows = _rows_of_papers(connection, only)
    family = Family.read(connection)
    near = None if only is None else family.of(only)
    said = _said(connection, near)
    bearers = bearers_of(connection, only, said)
    histories = _histories(connection, near, said)
    contested = {key: rivals_of(bearing, histories) for key, bearing in bearers.items() if len(bearing) > 1}
    rivals: dict[str, dict[str, Rival]] = {}
    more: set[str] = set()
    for key, (first, in_all) in contested.items():
        for sha in bearers[key].keys() & rows.keys():
            kin = [rival for rival in first if family.are_kin(sha, rival.sha256)]
            others = [rival for rival in first if rival.sha256 != sha and rival not in kin][:RIVALS_NAMED]
            rivals.setdefault(sha, {}).update((rival.sha256, rival) for rival in others)
            counted = in_all - len([rival for rival in kin if rival.sha256 != sha])
            if counted - (not withdrawal(histories.get(sha, ()))) > len(others):
                more.add(sha)
    return tuple(
        Dossier(
            paper=_apart(_paper(row, said.get(sha, ())), family.replaces.get(sha)),
            facts=Facts(
                form=row["form"],
                entered_by=row["entered_by"],
                drafting=tuple(json.loads(row["drafting"])),
                rivals=tuple(rivals.get(sha, {}).values()),
                more_rivals=sha in more,
                replaces=family.replaces.get(sha),
                earlier=tuple(
                    event
                    for before in reversed(family.before(sha))
                    for event in histories.get(before, ())
                    if isinstance(event, Published)
                ),
                replaced_by=successor_of(connection, family.replaced_by(sha, histories), histories),
                misplaced=_misplaced(connection, _paper(row, said.get(sha, ())), family.replaces.get(sha)),
            ),
            said=tuple(said.get(sha, ())),
            history=histories.get(sha, ()),
        )
        for sha, row in rows.items()
    )


def _misplaced(connection: Connection, paper: Paper, replaces: str | None) -> str | None:
    """The name of what a paper corrects, where it would not take its address: one decision has one."""
    if replaces is None:
        return None
    (corrected,) = read_papers(connection, {replaces})
    return None if slug(corrected.reference or "") == slug(paper.reference or "") else corrected.name


def _apart(paper: Paper, replaces: str | None) -> Paper:
    """A paper that corrects another says nearly the same, and need not be asked about it."""
    asked = f"{NEARLY_THE_SAME}:{(replaces or '')[:12]}"
    return replace(paper, findings=tuple(f for f in paper.findings if replaces is None or f.id != asked))


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
