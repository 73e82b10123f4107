"""Papers that say nearly the same: found when a paper comes in, among those that came in before it.

The register keeps a sketch of every paper's Part 1 (`review.likeness`), a few numbers each, indexed. Papers that have
enough of them in common are read and compared exactly. Wording that many papers share is kept for the first of them
only, so that a look costs the same however many papers there are.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, or_, select

from extract.claims import Finding
from extract.record import DecisionRecord
from review.likeness import ALIKE, SKETCH, Runs, likeness, runs_of, sketch_of
from review.tables import paper_runs, papers

CHECK = "nearly-the-same-paper"
SHARED_BY_MANY = 48  # papers: a run that stands in more of them is the wording of a form or of a law
IN_COMMON = SKETCH * 3 // 8  # numbers: fewer would be chance where half of all runs are shared
COMPARED = 5  # papers: the likeliest are read, the others not


def remember(connection: Connection, sha: str, runs: Runs) -> None:
    """Keep the sketch of a paper in place of the one it had."""
    connection.execute(delete(paper_runs).where(paper_runs.c.paper == sha))
    sketch = sketch_of(runs)
    counted = select(paper_runs.c.run).where(paper_runs.c.run.in_(sketch)).group_by(paper_runs.c.run)
    full = set(connection.execute(counted.having(func.count() >= SHARED_BY_MANY)).scalars())
    rows = [{"run": run, "paper": sha} for run in sketch if run not in full]
    if rows:
        connection.execute(insert(paper_runs), rows)


def like_an_earlier(connection: Connection, sha: str, record: DecisionRecord, runs: Runs) -> tuple[Finding, ...]:
    """A finding for each earlier paper that says nearly the same, the most alike first; it quotes neither of them."""
    alike = []
    for row in connection.execute(_candidates(connection, sha, runs)):
        other = DecisionRecord.model_validate_json(row.record)
        share = likeness(runs, runs_of(other))
        if share >= ALIKE:
            alike.append((share, row.sha256, row.file_name, row.reference))
    return tuple(
        _finding(record, share, earlier, file_name, reference)
        for share, earlier, file_name, reference in sorted(alike, key=lambda found: (-found[0], found[1]))
    )


def _candidates(connection: Connection, sha: str, runs: Runs) -> Select[Any]:
    """The earlier papers with the most numbers in common with this one."""
    mine = connection.execute(select(papers.c.entered_at).where(papers.c.sha256 == sha)).scalar()
    same = paper_runs.c.run.in_(sketch_of(runs))
    near = select(paper_runs.c.paper, func.count().label("common")).where(same)
    near = near.group_by(paper_runs.c.paper).having(func.count() >= IN_COMMON)
    found = near.subquery()
    query = select(papers.c.sha256, papers.c.file_name, papers.c.reference, papers.c.record)
    query = query.join(found, found.c.paper == papers.c.sha256)
    if mine is not None:  # read again: what came in later is told on its own page
        tie = and_(papers.c.entered_at == mine, papers.c.sha256 < sha)
        query = query.where(or_(papers.c.entered_at < mine, tie))
    return query.order_by(found.c.common.desc(), papers.c.sha256).limit(COMPARED)


def _finding(record: DecisionRecord, share: float, sha: str, file_name: str, reference: str | None) -> Finding:
    named = f"{reference} ({file_name}, {sha[:12]})" if reference else f"{file_name} ({sha[:12]})"
    if share == 1:
        said = f"Part 1 has the same words as {named}, which came in before."
    else:
        shared = f"{int(share * 100)} % of their wording is in both"
        said = f"Part 1 says nearly the same as {named}, which came in before: {shared}."
    if reference and reference == record.reference:
        asked = "Find out which of the two is the decision as signed, and withdraw the other."
    else:
        asked = "If it is the same decision, withdraw the one that is wrong; if not, say why they are alike."
    return Finding(id=f"{CHECK}:{sha[:12]}", check=CHECK, severity="needs-person", message=f"{said} {asked}")
