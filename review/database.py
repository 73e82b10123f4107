"""The one room of the database engine: SQLite in one file by default, PostgreSQL by its address, migrated on opening.

Every writer takes the one write lock before it reads what it is about to change. Officers are few and their writes
are short; in exchange no two of them can both believe that they were first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from review.address import in_words
from review.errors import Away, Conflict, RegisterError
from review.tables import HEAD

BUSY_SECONDS = 30
MIGRATING = 0x50415254  # the number of PostgreSQL's advisory lock while the tables are being made


class Database:
    """A migrated database with two doors, `reading` and `writing`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # A look at several tables sees one moment of them; SQLite's transactions are so by themselves.
        snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._reader = engine.execution_options(**snapshot)
        self._writer = engine.execution_options(partone_writes=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for looking things up, all as of one moment."""
        with _in_words(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction under the write lock: all of it is kept, or nothing."""
        with _in_words(), self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE log IN EXCLUSIVE MODE"))
            yield connection

    @property
    def elsewhere(self) -> str | None:
        """Where it lies, with its password, for a process of our own; None where it is the home’s own file."""
        url = self._engine.url
        return None if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


@contextmanager
def _in_words() -> Iterator[None]:
    """What a database says that is busy or away, as a refusal that a person can act on."""
    try:
        yield
    except DBAPIError as problem:
        if "database is locked" in str(problem.orig):
            raise Conflict("The register is busy with somebody else's work. Nothing changed; try again.") from None
        if problem.connection_invalidated or isinstance(problem, OperationalError):
            raise Away("The register's database does not answer. Look whether this was done, then try again.") from None
        raise


def open_engine(file: Path, address: URL | None = None) -> Engine:
    """The register's database, brought up to date: the SQLite `file`, or whatever lies at `address`."""
    engine = _engine(_made(file, address))
    try:
        with _told(engine):
            _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def rebuilding(file: Path, address: URL | None, revision: str) -> Iterator[Connection]:
    """An empty database to fill by hand, with the tables of an earlier revision; they are brought up to date after.

    All in one transaction: whatever fails, the database is as empty as before.
    """
    engine = _engine(_made(file, address))
    try:
        with _told(engine), engine.execution_options(partone_writes=True).begin() as connection:
            known = _revision(connection)
            if known is None:
                _upgrade(connection, revision)
            elif known != revision and connection.execute(text("SELECT count(*) FROM log")).scalar() == 0:
                raise RegisterError("The database has tables of another version. Nothing was changed; name a new one.")
            yield connection
            _upgrade(connection, HEAD)
    finally:
        engine.dispose()


def _made(file: Path, address: URL | None) -> URL:
    if address is not None:
        return address
    # Made by hand first, so that nobody else can read it for even a moment; SQLite's side files follow its mode.
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    return URL.create("sqlite", database=str(file))


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """What the database says where it cannot be opened, in a sentence of ours and without a password."""
    try:
        yield
    except OperationalError as problem:
        raise RegisterError(
            f"The register's database at {in_words(engine.url)} could not be opened: {str(problem.orig).strip()}"
        ) from None


def answers(address: URL) -> bool:
    """Whether a database can be reached at an address; nothing in it is made or changed."""
    engine = _engine(address)
    try:
        engine.connect().close()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() == "postgresql":
            return create_engine(address, pool_pre_ping=True)
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    except ModuleNotFoundError:
        raise RegisterError("PostgreSQL's driver is missing. Install partone with its extra `postgres`.") from None
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction handling begins too late for a lock; `_begin_sqlite` says BEGIN instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "recursive_triggers = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("partone_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with engine.execution_options(partone_writes=True).begin() as connection:
        _upgrade(connection, HEAD)


def _upgrade(connection: Connection, revision: str) -> None:
    """Take the steps that lead to a revision, inside a transaction that goes on."""
    from alembic import command  # loaded only where there is something to migrate
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATING})
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError:
        raise RegisterError(
            "This register was made by a later version of partone. Install that version to open it."
        ) from None


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
