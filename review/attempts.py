"""Sign-ins that failed lately, by the name that was typed and by the address they came from, so that guessing is slow.

Kept in the register, so that it holds over restarts and over several desks at once. A name is kept as a digest: what
people type there by mistake is at times a password.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, insert, select

from review.database import Database
from review.roles import as_typed
from review.tables import attempts

WINDOW = timedelta(minutes=15)
BY_NAME, BY_SOURCE = 5, 20  # failures within the window, after which nobody is let try


def must_wait(register: Database, name: str, source: str, at: datetime | None = None) -> bool:
    """Whether there were too many failures: the same for a name that nobody has, and over in a while."""
    since = _text((at or datetime.now(UTC)) - WINDOW)
    query = select(func.count()).select_from(attempts).where(attempts.c.at >= since)
    with register.reading() as connection:
        return any(
            connection.execute(query.where(attempts.c.about == about)).scalar_one() >= most
            for about, most in ((_name(name), BY_NAME), (_source(source), BY_SOURCE))
        )


def failed(register: Database, name: str, source: str, at: datetime | None = None) -> None:
    """Count one failure; those that are long past are forgotten."""
    now = at or datetime.now(UTC)
    with register.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.at < _text(now - 2 * WINDOW)))
        connection.execute(
            insert(attempts), [{"about": about, "at": _text(now)} for about in (_name(name), _source(source))]
        )


def succeeded(register: Database, name: str) -> None:
    """Forget the failures of a name whose bearer has signed in; those of the address stand."""
    with register.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.about == _name(name)))


def _name(name: str) -> str:
    return "name " + sha256(as_typed(name).encode(errors="replace")).hexdigest()


def _source(source: str) -> str:
    return f"from {source}"[:80]


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
