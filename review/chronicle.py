"""The log as people read it: each entry with the name of the paper or the person that it is about."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from review.audit import Entry
from review.register import Register
from review.tables import log, papers, people


@dataclass(frozen=True, slots=True)
class Told:
    """One entry; `reference` names its paper as people do, `person` is whoever was added or changed."""

    entry: Entry
    reference: str | None
    person: str | None


def chronicle(register: Register) -> tuple[Told, ...]:
    """The whole log in order, as of one moment."""
    with register.reading() as connection:
        named = {
            row.sha256: row.reference or row.sha256[:12]
            for row in connection.execute(select(papers.c.sha256, papers.c.reference))
        }
        known = {row.key: row.name for row in connection.execute(select(people.c.key, people.c.name))}
        told = []
        for row in connection.execute(select(log).order_by(log.c.n)).mappings():
            entry = Entry(**{name: row[name] for name in Entry.__slots__})
            key = _person(row["body"])
            person = None if key is None else known.get(key, key)
            told.append(Told(entry, None if entry.paper is None else named.get(entry.paper, entry.paper[:12]), person))
        return tuple(told)


def _person(body: str) -> str | None:
    """Whom an entry is about, by their key; a body that was tampered with names nobody, and `log verify` says so."""
    try:
        said = json.loads(body)
    except ValueError:
        return None
    key = said.get("person") if isinstance(said, dict) else None
    return key if isinstance(key, str) else None
