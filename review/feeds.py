"""A person's calendar feed: a calendar program cannot sign in, so a long key in its address stands for the person.

Only the digest of a key is kept. A person has one at a time; a new one, or none, ends it at once, and so does closing
their account.
"""

from __future__ import annotations

import secrets

from sqlalchemy import delete, insert, select

from review import audit
from review.people import known
from review.register import Register
from review.roles import Person, fold
from review.tables import feeds, people

BYTES = 32


def make(register: Register, name: str) -> str:
    """A new key for a person, which is shown this once; the one before ends."""
    key = secrets.token_urlsafe(BYTES)
    with register.writing() as connection:
        person = known(connection, name)
        connection.execute(delete(feeds).where(feeds.c.person == fold(person.name)))
        row = {"person": fold(person.name), "digest": audit.digest_of(key), "made_at": audit.now()}
        connection.execute(insert(feeds).values(**row))
        audit.append(connection, "feed-made", {"person": row["person"]}, by=person.name)
    return key


def end(register: Register, name: str) -> None:
    """End a person's key: the address they were given leads nowhere from now on."""
    with register.writing() as connection:
        person = known(connection, name)
        if connection.execute(delete(feeds).where(feeds.c.person == fold(person.name))).rowcount:
            audit.append(connection, "feed-ended", {"person": fold(person.name)}, by=person.name)


def made_at(register: Register, name: str) -> str | None:
    """When a person's key was made; None where they have none."""
    with register.reading() as connection:
        return connection.execute(select(feeds.c.made_at).where(feeds.c.person == fold(name))).scalar()


def whose(register: Register, key: str) -> Person | None:
    """The person a key stands for, found by its digest; nobody whose account is closed."""
    query = select(people.c.name, people.c.role, people.c.added_at)
    query = query.join(feeds, feeds.c.person == people.c.key)
    query = query.where(feeds.c.digest == audit.digest_of(key), people.c.closed_at.is_(None))
    with register.reading() as connection:
        row = connection.execute(query).first()
    return Person(row.name, row.role, row.added_at) if row else None
