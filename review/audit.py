"""The log: append-only, each entry bound to the one before by its digest, so that a change anywhere is seen.

An entry quotes no decision text; it holds ids, kinds and digests. The words people wrote live in their claims, and
the log holds each claim's digest, so that neither can be altered, added or dropped without the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from review.tables import log

BEGINNING = "0" * 64
ABOUT = ("file_name", "reference", "title", "form", "entered_by", "entered_at", "drafting")


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


def reading_body(row: Mapping[str, Any], references: Collection[str]) -> dict[str, Any]:
    """What the log says of a paper when it is read: the digests of its record, rules and findings, and of the rest.

    `references` are the keys that the paper is found by.
    """
    about = {name: row[name] for name in ABOUT}
    return {
        "record_digest": row["record_digest"],
        "rules_digest": row["rules_digest"],
        "findings_digest": digest_of(str(row["findings"])),
        "about_digest": digest_of({**about, "references": sorted(references)}),
    }


def person_body(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says of a person: their key and role, and the digest of all that is kept of them."""
    kept = {name: row[name] for name in ("key", "name", "role", "added_at")}
    if row.get("closed_at") is not None:
        kept["closed_at"] = row["closed_at"]
    return {"person": row["key"], "role": row["role"], "person_digest": digest_of(kept)}


def account_body(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says of an account: whose it is, and the digest of how they sign in."""
    kept = {name: row[name] for name in ("person", "password", "word", "word_until", "subject", "changed_at")}
    return {"person": row["person"], "account_digest": digest_of(kept)}
