"""Who sits at the desk: kept by the server, ended by it, known by a random token that only the browser has."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from review.database import Database
from review.roles import Person, fold
from review.tables import people, sessions

SEEN_EVERY = timedelta(minutes=1)
"""How exactly is kept when somebody was last there: a look at a page need not be a write."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts without a sign of life, and how long in all."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


def new_token() -> str:
    """A token nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)


def begin(register: Database, name: str, limits: Limits = Limits(), at: datetime | None = None) -> str:
    """Open a session and give its token, which is kept nowhere here; sessions that have run out are cleared away."""
    token, now = new_token(), at or datetime.now(UTC)
    row = {"digest": _digest(token), "person": fold(name), "started_at": _text(now), "seen_at": _text(now)}
    with register.writing() as connection:
        connection.execute(delete(sessions).where(_over(limits, now)))
        connection.execute(insert(sessions).values(**row))
    return token


def who(register: Database, token: str, limits: Limits = Limits(), at: datetime | None = None) -> Person | None:
    """Who the session of that token belongs to, if it still lasts and their account is open."""
    digest, now = _digest(token), at or datetime.now(UTC)
    query = (
        select(people.c.name, people.c.role, people.c.added_at, sessions.c.seen_at)
        .join(people, people.c.key == sessions.c.person)
        .where(sessions.c.digest == digest, people.c.closed_at.is_(None), ~_over(limits, now))
    )
    with register.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    if row.seen_at < _text(now - SEEN_EVERY):
        with register.writing() as connection:
            seen = update(sessions).where(sessions.c.digest == digest).values(seen_at=_text(now))
            connection.execute(seen)
    return Person(row.name, row.role, row.added_at)


def end(register: Database, token: str) -> None:
    """End one session."""
    with register.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.digest == _digest(token)))


def end_all(connection: Connection, name: str) -> None:
    """End every session of a person, in a transaction that also changes what they may do."""
    connection.execute(delete(sessions).where(sessions.c.person == fold(name)))


def _over(limits: Limits, now: datetime) -> ColumnElement[bool]:
    return or_(sessions.c.seen_at < _text(now - limits.idle), sessions.c.started_at < _text(now - limits.absolute))


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
