"""How a person proves who they are: a password, a one-time word to set the first one, or a provider's word for it.

Each change is in the log with a digest of the whole account, so that a password that was put in behind the log's back
is found (`review.soundness`), and an officer sees in the log when somebody else made them a new word.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection, insert, select, update

from review import audit, passwords, sessions
from review.database import Database
from review.errors import Conflict
from review.people import known, named
from review.roles import Person, fold
from review.tables import accounts, people

WORD_LASTS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody can sign in; a word is told by the moment until which it holds."""

    password: bool
    word_until: str | None
    provider: bool


NO_WAY = Ways(password=False, word_until=None, provider=False)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


def invite(register: Database, name: str, by: str | None = None, at: datetime | None = None) -> str:
    """Make a one-time word with which a person sets a new password; a word they had is void, and so are their sessions.

    Their old password goes too: a word is made for those who have none, or whose password somebody else may know.
    """
    word = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(5))
    until = ((at or datetime.now(UTC)) + WORD_LASTS).isoformat(timespec="microseconds")
    with register.writing() as connection:
        person = _open(connection, name)
        sessions.end_all(connection, person.name)
        _write(connection, person, "invited", by, password=None, word=_digest(word), word_until=until)
    return word


def use_word(register: Database, name: str, word: str, password: str, at: datetime | None = None) -> Person | None:
    """Set the password of whoever has that one-time word, which is used up; None where word or name is wrong."""
    passwords.fit(password, name)
    now = (at or datetime.now(UTC)).isoformat(timespec="microseconds")
    kept = passwords.hash_of(password)  # worked out whether or not the word is right, so that the answer takes as long
    with register.writing() as connection:
        person, row = _look_up(connection, name)
        right = compare_digest((row and row["word"]) or "", _digest(word))
        if person is None or row is None or not right or row["word_until"] < now:
            return None
        _write(connection, person, "password-set", person.name, password=kept, word=None, word_until=None)
    return person


def set_password(register: Database, name: str, password: str, by: str | None = None) -> Person:
    """Give a person a password; their sessions end."""
    with register.reading() as connection:
        person = _open(connection, name)
    kept = passwords.hash_of(passwords.fit(password, person.name))
    with register.writing() as connection:
        person = _open(connection, name)
        sessions.end_all(connection, person.name)
        _write(connection, person, "password-set", by, password=kept, word=None, word_until=None)
    return person


def check(register: Database, name: str, password: str) -> Person | None:
    """The person of that name and password, or None, after the same work: a password is always held against one.

    A password that was kept with less work than is asked for today is kept anew.
    """
    with register.reading() as connection:
        person, row = _look_up(connection, name)
    kept = row["password"] if row else None
    if not passwords.matches(kept, password) or person is None or kept is None:
        return None
    if passwords.outdated(kept):
        better = passwords.hash_of(password)
        with register.writing() as connection:
            again, row = _look_up(connection, name)
            if again and row and row["password"] == kept:
                _write(connection, again, "password-kept-anew", again.name, password=better)
    return person


def bind(
    register: Database, name: str, issuer: str, subject: str, by: str | None = None, *, first_only: bool = False
) -> Person:
    """Say that a subject of an OpenID provider is this person; one subject is one person.

    `first_only`: an address of e-mail may one day be another's, so what rests on it replaces no earlier subject.
    """
    digest = _subject(issuer, subject)
    with register.writing() as connection:
        person = _open(connection, name)
        taken = connection.execute(select(accounts.c.person).where(accounts.c.subject == digest)).scalar()
        if taken not in (None, fold(person.name)):
            raise Conflict("That subject of the provider is already somebody else here.")
        had = select(accounts.c.subject).where(accounts.c.person == fold(person.name))
        if first_only and connection.execute(had).scalar() is not None:
            raise Conflict(f"{person.name} is already another subject of the provider.")
        if taken is None:
            _write(connection, person, "subject-bound", by, subject=digest)
    return person


def of_subject(register: Database, issuer: str, subject: str) -> Person | None:
    """The person a provider's subject is bound to, if their account is open."""
    query = select(accounts.c.person).where(accounts.c.subject == _subject(issuer, subject))
    with register.reading() as connection:
        key = connection.execute(query).scalar()
        return _look_up(connection, key)[0] if key else None


def ways(register: Database) -> Mapping[str, Ways]:
    """How each person can sign in, by key."""
    with register.reading() as connection:
        rows = connection.execute(select(accounts)).all()
    return {
        row.person: Ways(row.password is not None, row.word_until if row.word else None, row.subject is not None)
        for row in rows
    }


def _open(connection: Connection, name: str) -> Person:
    person = known(connection, name)
    if person.closed_at is not None:
        raise Conflict(f"The account of {person.name} is closed. `partone people reopen` opens it again.")
    return person


def _look_up(connection: Connection, name: str) -> tuple[Person | None, Mapping[str, Any] | None]:
    exact = people.c.key == fold(name)
    query = (
        select(people.c.name, people.c.role, people.c.added_at, accounts)
        .join(accounts, accounts.c.person == people.c.key)
        .where(exact | named(name), people.c.closed_at.is_(None))
        .order_by(exact.desc())
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None, None
    return Person(row["name"], row["role"], row["added_at"]), dict(row)


def _write(connection: Connection, person: Person, what: str, by: str | None, **changed: str | None) -> None:
    key = fold(person.name)
    row = connection.execute(select(accounts).where(accounts.c.person == key)).mappings().first()
    empty = {"password": None, "word": None, "word_until": None, "subject": None}
    new = {**(row or {"person": key, **empty}), **changed, "changed_at": audit.now()}
    if row is None:
        connection.execute(insert(accounts).values(**new))
    else:
        connection.execute(update(accounts).where(accounts.c.person == key).values(**new))
    audit.append(connection, what, audit.account_body(new), by=by)


def _digest(word: str) -> str:
    """A word in any case, with or without its hyphens; it is long and random, so that one pass is enough."""
    return sha256("".join(word.split()).replace("-", "").upper().encode(errors="replace")).hexdigest()


def _subject(issuer: str, subject: str) -> str:
    return sha256(f"{issuer}\n{subject}".encode()).hexdigest()
