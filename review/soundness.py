"""Whether the register is as it was written: the chain of the log, and every row and file held against what it says."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select, text

from extract.record import DecisionRecord
from review import originals
from review.acts import RAISE
from review.audit import BEGINNING, Entry, account_body, claim_body, digest_of, person_body, reading_body, release_body
from review.dossier import corrected_references, reference_key
from review.intake import keys_of
from review.tables import APPEND_ONLY, accounts, claims, log, paper_references, papers, people, releases, versions

PERSON = frozenset({"person-added", "person-changed", "person-closed", "person-reopened"})

TRIGGERS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
        ("no_update", "no_delete", "no_replace"),
    ),
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
        ("no_change", "no_truncate"),
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the register that cannot be as it was written; `n` is the entry it was seen at, if any."""

    n: int | None
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Logged:
    """What an entry says, as far as the rows that hang from it are held against it."""

    what: str
    paper: str | None
    by: str | None
    at: str
    body: dict[str, Any]


def examine(connection: Connection, home: Path, *, read_originals: bool = True) -> tuple[Problem, ...]:
    """Walk the whole chain again, and hold rows and files against it; empty where all is as written.

    Without `read_originals` the PDFs need only be there, which is quick however many there are. Whoever can rewrite
    the whole file could rewrite the whole chain: keep `Entry.digest` of a late entry elsewhere.
    """
    problems: list[Problem] = []
    entries: dict[int, Logged] = {}
    previous, expected = BEGINNING, 1
    for row in connection.execute(select(log).order_by(log.c.n)).mappings():
        problems += _link_problems(row, expected, previous)
        previous, expected = row["digest"], row["n"] + 1
        entries[row["n"]] = Logged(row["what"], row["paper"], row["by"], row["at"], _body(row))
    problems += _claim_problems(connection, entries)
    problems += _paper_problems(connection, entries)
    problems += _person_problems(connection, entries)
    problems += _release_problems(connection, entries)
    problems += _trigger_problems(connection)
    for sha in connection.execute(select(papers.c.sha256).order_by(papers.c.entered_at)).scalars():
        if not originals.whole(home, sha, read=read_originals):
            problems.append(Problem(None, f"The original PDF of paper {sha[:12]} is gone or was changed."))
    return tuple(problems)


def _body(row: RowMapping) -> dict[str, Any]:
    try:
        body = json.loads(row["body"])
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _says(body: Mapping[str, Any], told: Mapping[str, Any], at_least: Collection[str]) -> bool:
    """Whether an entry says the same of a row as the row itself; one of an earlier version said less."""
    return set(at_least) <= body.keys() and all(key in told and told[key] == value for key, value in body.items())


def _link_problems(row: RowMapping, expected: int, previous: str) -> Iterator[Problem]:
    n = row["n"]
    if n != expected:
        yield Problem(n, f"Entry {expected} should stand here; entries are missing before entry {n}.")
    if row["previous"] != previous:
        yield Problem(n, f"Entry {n} does not follow from the entry before it.")
    if row["body_digest"] != digest_of(row["body"]):
        yield Problem(n, f"The body of entry {n} was changed after it was written.")
    bare = {name: row[name] for name in Entry.__slots__ if name != "digest"}
    if row["digest"] != digest_of(bare):
        yield Problem(n, f"Entry {n} was changed after it was written.")


def _claim_problems(connection: Connection, entries: Mapping[int, Logged]) -> Iterator[Problem]:
    logged = {n for n, entry in entries.items() if "claim_digest" in entry.body}
    for row in map(Row._asdict, connection.execute(select(claims).order_by(claims.c.n))):
        n = row["n"]
        if n not in logged:
            yield Problem(n, f"A claim says it is entry {n}, but the log has no claim there.")
        elif {key: entries[n].body.get(key) for key in ("kind", "claim_digest")} != claim_body(row):
            yield Problem(n, f"The claim of entry {n} was changed after it was written.")
        logged.discard(n)
    for n in sorted(logged):
        yield Problem(n, f"The claim of entry {n} is gone.")


def _paper_problems(connection: Connection, entries: Mapping[int, Logged]) -> Iterator[Problem]:
    latest = {e.paper: (n, e.body) for n, e in entries.items() if e.paper is not None and "record_digest" in e.body}
    changes = [e.paper for e in entries.values() if e.what == "read-again" or e.what in RAISE]
    references: dict[str, list[str]] = {}
    for reference in connection.execute(select(paper_references)):
        references.setdefault(reference.paper, []).append(reference.key)
    corrected = set(connection.execute(select(claims.c.paper).where(claims.c.kind == "amend")).scalars())
    for row in map(Row._asdict, connection.execute(select(papers))):
        sha, name = row["sha256"], row["sha256"][:12]
        n, body = latest.pop(sha, (None, {}))
        if n is None:
            yield Problem(None, f"Paper {name} is in the register, but the log never saw it come in.")
            continue
        borne = set(references.get(sha, ()))
        if sha in corrected:  # it is found by what people said its reference is, too
            read = keys_of(DecisionRecord.model_validate_json(row["record"]))
            also = set(map(reference_key, corrected_references(connection, sha)))
            borne = read if borne == read | also else borne
        told = reading_body(row, borne)
        about = ("about_digest",) if "about_digest" in body else ()
        if digest_of(row["record"]) != row["record_digest"] or not _says(
            {key: value for key, value in body.items() if key not in about}, told, told.keys() - {"about_digest"}
        ):
            yield Problem(n, f"The record of paper {name} was changed after entry {n}.")
        if any(body[key] != told[key] for key in about):
            what = "reference, title, form or file name, who entered or drafted it"
            yield Problem(n, f"What is kept of paper {name} ({what}) was changed after entry {n}.")
        if row["revision"] != 1 + changes.count(sha):
            yield Problem(n, f"The revision of paper {name} is not what its entries add up to.")
    for sha, (n, _) in latest.items():
        yield Problem(n, f"Paper {sha[:12]}, which came in with entry {n}, is gone.")


def _person_problems(connection: Connection, entries: Mapping[int, Logged]) -> Iterator[Problem]:
    """Each person, and how they sign in, must be as the latest entry about them says."""
    last = {e.body["person"]: (n, e.body) for n, e in entries.items() if e.what in PERSON and "person" in e.body}
    for row in map(Row._asdict, connection.execute(select(people).order_by(people.c.key))):
        n, body = last.pop(row["key"], (None, {}))
        if n is None:
            yield Problem(None, f"{row['name']} is known to the register, but the log never saw them added.")
        elif not _says(body, person_body(row), ("person", "role")):
            yield Problem(n, f"The name or role of {row['name']} was changed after entry {n}.")
    for n, _ in last.values():
        yield Problem(n, f"The person who was added or changed with entry {n} is gone.")
    last = {e.body["person"]: (n, e.body) for n, e in entries.items() if "account_digest" in e.body}
    for row in map(Row._asdict, connection.execute(select(accounts).order_by(accounts.c.person))):
        n, body = last.pop(row["person"], (None, {}))
        if body != account_body(row):
            after = f"changed after entry {n}" if n else "made behind the log's back"
            yield Problem(n, f"How {row['person']} signs in was {after}.")
    for n, _ in last.values():
        yield Problem(n, f"The account of entry {n} is gone.")


def _release_problems(connection: Connection, entries: Mapping[int, Logged]) -> Iterator[Problem]:
    logged = {n for n, entry in entries.items() if "certificate_digest" in entry.body}
    public: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(select(versions)).mappings():
        version = dict(row)
        public.setdefault(version.pop("release"), []).append(version)
    for row in connection.execute(select(releases).order_by(releases.c.n)).mappings():
        n = row["n"]
        told = release_body(row["certificate_digest"], public.get(n, []))
        if n not in logged or (entries[n].body, entries[n].at, entries[n].by) != (told, row["at"], row["by"]):
            yield Problem(n, f"The release of entry {n} was changed after it was written, or never logged.")
        logged.discard(n)
    for n in sorted(logged):
        yield Problem(n, f"The release of entry {n} is gone.")


def _trigger_problems(connection: Connection) -> Iterator[Problem]:
    """The database's own refusal to change what was said must still stand guard."""
    query, kinds = TRIGGERS[connection.dialect.name]
    there = set(connection.execute(text(query)).scalars())
    for table in APPEND_ONLY:
        if not {f"{table}_{kind}" for kind in kinds} <= there:
            yield Problem(None, f"The database no longer refuses to change {table}: its triggers are gone.")
