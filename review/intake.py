"""Taking a paper in: what the register keeps of one reading of a PDF, and when a second reading replaces the first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select, update

from extract.claims import Finding
from extract.record import DecisionRecord, digest, dump_private
from review import audit, duplicates
from review.dossier import FINDINGS, Paper, corrected_references, read_papers, reference_key
from review.lifecycle import HIDDEN_CONTENT
from review.likeness import runs_of
from review.roles import fold, who_entered
from review.tables import paper_references, papers


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper as it was read: the PDF, its record, and what the checks found under which rules.

    `quarantined` says what no reader sees in the file; each reason becomes a finding that blocks, unless `findings`
    already tells of hidden content.
    """

    file: Path
    record: DecisionRecord
    rules_digest: str
    findings: tuple[Finding, ...] = ()
    quarantined: tuple[str, ...] = ()
    entered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of entering a paper: it is new, was known already, or was known and has now been read differently."""

    paper: Paper
    how: Literal["new", "known", "read-again"]


def take_in(connection: Connection, paper: NewPaper) -> Entered:
    """Write a paper down, or bring the known one up to this reading; nothing happens where nothing differs."""
    sha = paper.record.source.sha256
    runs = runs_of(paper.record)
    reading = _reading(paper, duplicates.like_an_earlier(connection, sha, paper.record, runs))
    how: Literal["new", "read-again"]
    old = connection.execute(select(papers).where(papers.c.sha256 == sha)).mappings().first()
    if old is None:
        how = "new"
        about = {
            "sha256": sha,
            "file_name": audit.plain(paper.record.source.file_name),
            "entered_by": paper.entered_by,
            "entered_at": audit.now(),
            "revision": 1,
        }
        row = {**about, **reading}
        connection.execute(insert(papers).values(**row))
    elif all(old[name] == value for name, value in reading.items()):
        put_in_again(connection, sha, paper.entered_by)
        return Entered(read_papers(connection, {sha})[0], "known")
    else:
        how = "read-again"
        named = _with(old["entered_by"], paper.entered_by)
        row = {**old, **reading, "revision": old["revision"] + 1, "entered_by": named}
        connection.execute(update(papers).where(papers.c.sha256 == sha).values(**row))
    references = _refer(connection, sha, paper.record)
    duplicates.remember(connection, sha, runs)
    what = "entered" if how == "new" else how
    audit.append(connection, what, audit.reading_body(row, references), by=paper.entered_by, paper=sha)
    return Entered(read_papers(connection, {sha})[0], how)


def put_in_again(connection: Connection, sha: str, by: str | None) -> None:
    """Write down that a person put in a file that is known: whoever put it in, first or again, cannot approve it."""
    row = dict(connection.execute(select(papers).where(papers.c.sha256 == sha)).mappings().one())
    named = _with(row["entered_by"], by)
    if named == row["entered_by"]:
        return
    connection.execute(update(papers).where(papers.c.sha256 == sha).values(entered_by=named))
    keys = connection.execute(select(paper_references.c.key).where(paper_references.c.paper == sha)).scalars()
    body = audit.reading_body({**row, "entered_by": named}, tuple(keys))
    audit.append(connection, "put-in-again", body, by=by, paper=sha)


def _with(entered_by: str | None, by: str | None) -> str | None:
    """Everybody who put a paper in, a line each, this person too."""
    names = who_entered(entered_by)
    return entered_by if by is None or fold(by) in map(fold, names) else "\n".join((*names, by))


def is_known(connection: Connection, sha256: str, rules_digest: str) -> bool:
    """Whether a file is in the register and was read under these rules, so that it need not be read anew."""
    query = select(papers.c.sha256).where(papers.c.sha256 == sha256, papers.c.rules_digest == rules_digest)
    return connection.execute(query).first() is not None


def _reading(paper: NewPaper, beside: tuple[Finding, ...]) -> dict[str, Any]:
    """The columns that come from reading the PDF, and from the papers beside it, and are replaced when read anew."""
    record = paper.record
    findings = [finding.model_copy(update={"answered_by": None}) for finding in paper.findings]
    if not any(finding.check == HIDDEN_CONTENT for finding in findings):
        findings += [
            Finding(id=f"{HIDDEN_CONTENT}/{number}", check=HIDDEN_CONTENT, severity="blocks", message=reason)
            for number, reason in enumerate(paper.quarantined, 1)
        ]
    findings += beside
    drafting = [f"{row.topic}: {row.statement}" for row in record.declarations if "draft" in row.topic.casefold()]
    return {
        "reference": record.reference,
        "title": None if record.title is None else audit.plain(record.title),
        "form": record.form,
        # Exactly the text whose SHA-256 is `digest(record)`, so that the log's digest can be checked on the row alone.
        "record": json.dumps(dump_private(record), sort_keys=True, ensure_ascii=False),
        "record_digest": digest(record),
        "rules_digest": paper.rules_digest,
        "findings": audit.plain(FINDINGS.dump_json(tuple(findings)).decode()),
        "drafting": json.dumps(drafting),
    }


def keys_of(record: DecisionRecord) -> set[str]:
    """The references that a paper is found by, as it was read."""
    return {reference_key(reference) for reference in (record.reference, *record.references) if reference}


def refer(connection: Connection, sha: str, names: Iterable[str]) -> None:
    """Let a paper be found by these references too."""
    known = select(paper_references.c.key).where(paper_references.c.paper == sha)
    for key in sorted(set(map(reference_key, names)) - set(connection.execute(known).scalars())):
        connection.execute(insert(paper_references).values(paper=sha, key=key))


def _refer(connection: Connection, sha: str, record: DecisionRecord) -> set[str]:
    """Let a paper be found by the references that were read in it, and still by those that people corrected."""
    connection.execute(delete(paper_references).where(paper_references.c.paper == sha))
    keys = keys_of(record)
    refer(connection, sha, (*keys, *corrected_references(connection, sha)))
    return keys
