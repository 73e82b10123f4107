"""The log: append-only, each entry bound to the one before by its digest, so that a change anywhere is seen.

An entry quotes no decision text; it holds ids, kinds and digests. The words people wrote live in their claims, and
the log holds each claim's digest, so that neither can be altered, added or dropped without the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, insert, select, text

from review.tables import claims, log, papers, releases, versions

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `digest` is taken over all the rest, the previous entry's digest included."""

    n: int
    at: str
    by: str | None
    what: str
    paper: str | None
    body_digest: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the register that cannot be as it was written; `n` is the entry it was seen at, if any."""

    n: int | None
    message: str


def now() -> str:
    """The time in UTC as the register writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def canonical(body: Mapping[str, Any]) -> str:
    """The one text of a body, which its digest is taken over."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain(words: str) -> str:
    """The words without what a database cannot hold: NUL, and the half characters of undecodable file names."""
    return words.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()


def digest_of(body: Mapping[str, Any] | str) -> str:
    """SHA-256, in hexadecimal, of a body's canonical text, or of a text as it stands."""
    return hashlib.sha256((body if isinstance(body, str) else canonical(body)).encode()).hexdigest()


def append(
    connection: Connection, what: str, body: Mapping[str, Any], *, by: str | None = None, paper: str | None = None
) -> Entry:
    """Add one entry to the chain, inside a transaction of `Database.writing`, which lets one writer in at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE log IN EXCLUSIVE MODE"))
    last = connection.execute(select(log.c.n, log.c.digest).order_by(log.c.n.desc()).limit(1)).first()
    written = canonical(body)
    bare: dict[str, Any] = {
        "n": last.n + 1 if last else 1,
        "at": now(),
        "by": by,
        "what": what,
        "paper": paper,
        "body_digest": digest_of(written),
        "previous": last.digest if last else BEGINNING,
    }
    entry = Entry(**bare, digest=digest_of(bare))
    connection.execute(insert(log).values(**bare, body=written, digest=entry.digest))
    return entry


def entries(connection: Connection, paper: str | None = None) -> tuple[Entry, ...]:
    """The log in order, or the part of it that concerns one paper."""
    query = select(*(log.c[name] for name in Entry.__slots__)).order_by(log.c.n)
    if paper is not None:
        query = query.where(log.c.paper == paper)
    return tuple(Entry(**row) for row in connection.execute(query).mappings())


def claim_body(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says of a claim: its kind, and the digest of all of it, the reason included."""
    said = {key: row[key] for key in ("paper", "kind", "by", "at", "because", "body", "record_digest", "rules_digest")}
    return {"kind": row["kind"], "claim_digest": digest_of(said)}


def release_body(certificate_digest: str, published: list[dict[str, Any]]) -> dict[str, Any]:
    """What the log says of a release: its certificate, and the digest of the list of versions it made public."""
    ordered = sorted(published, key=lambda version: (version["paper"], version["number"]))
    return {"certificate_digest": certificate_digest, "versions_digest": digest_of({"versions": ordered})}


def verify_log(connection: Connection) -> tuple[Problem, ...]:
    """Walk the whole chain again, and hold claims, records and releases against it; empty where all is as written.

    Whoever can rewrite the whole file could rewrite the whole chain: keep `Entry.digest` of a late entry elsewhere.
    """
    problems: list[Problem] = []
    bodies: dict[int, tuple[str, str | None, dict[str, Any]]] = {}
    previous, expected = BEGINNING, 1
    for row in connection.execute(select(log).order_by(log.c.n)).mappings():
        problems += _link_problems(row, expected, previous)
        previous, expected = row["digest"], row["n"] + 1
        bodies[row["n"]] = (row["what"], row["paper"], _body(row))
    problems += _claim_problems(connection, bodies)
    problems += _record_problems(connection, bodies)
    problems += _release_problems(connection, bodies)
    return tuple(problems)


def _body(row: RowMapping) -> dict[str, Any]:
    try:
        body = json.loads(row["body"])
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


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


def _claim_problems(
    connection: Connection, bodies: Mapping[int, tuple[str, str | None, dict[str, Any]]]
) -> Iterator[Problem]:
    logged = {n for n, (_, _, body) in bodies.items() if "claim_digest" in body}
    for row in map(Row._asdict, connection.execute(select(claims).order_by(claims.c.n))):
        n = row["n"]
        if n not in logged:
            yield Problem(n, f"A claim says it is entry {n}, but the log has no claim there.")
        elif {key: bodies[n][2].get(key) for key in ("kind", "claim_digest")} != claim_body(row):
            yield Problem(n, f"The claim of entry {n} was changed after it was written.")
        logged.discard(n)
    for n in sorted(logged):
        yield Problem(n, f"The claim of entry {n} is gone.")


def _record_problems(
    connection: Connection, bodies: Mapping[int, tuple[str, str | None, dict[str, Any]]]
) -> Iterator[Problem]:
    latest: dict[str, tuple[int, dict[str, Any]]] = {
        paper: (n, body) for n, (_, paper, body) in bodies.items() if paper is not None and "record_digest" in body
    }
    held = (papers.c.sha256, papers.c.record, papers.c.record_digest, papers.c.rules_digest, papers.c.findings)
    for row in map(Row._asdict, connection.execute(select(*held))):
        n, body = latest.pop(row["sha256"], (None, {}))
        name = row["sha256"][:12]
        if n is None:
            yield Problem(None, f"Paper {name} is in the register, but the log never saw it come in.")
        elif digest_of(row["record"]) != row["record_digest"] or body != reading_body(row):
            yield Problem(n, f"The record of paper {name} was changed after entry {n}.")
    for name, (n, _) in latest.items():
        yield Problem(n, f"Paper {name[:12]}, which came in with entry {n}, is gone.")


def reading_body(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says of one reading of a paper: the digests of its record, its rules and its findings."""
    return {
        "record_digest": row["record_digest"],
        "rules_digest": row["rules_digest"],
        "findings_digest": digest_of(str(row["findings"])),
    }


def _release_problems(
    connection: Connection, bodies: Mapping[int, tuple[str, str | None, dict[str, Any]]]
) -> Iterator[Problem]:
    logged = {n for n, (_, _, body) in bodies.items() if "certificate_digest" in body}
    public: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(select(versions)).mappings():
        version = dict(row)
        public.setdefault(version.pop("release"), []).append(version)
    for row in connection.execute(select(releases).order_by(releases.c.n)).mappings():
        n = row["n"]
        if n not in logged or bodies[n][2] != release_body(row["certificate_digest"], public.get(n, [])):
            yield Problem(n, f"The release of entry {n} was changed after it was written, or never logged.")
        logged.discard(n)
    for n in sorted(logged):
        yield Problem(n, f"The release of entry {n} is gone.")
