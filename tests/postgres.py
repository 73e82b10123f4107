"""A PostgreSQL server of our own for the tests: on loopback, in a temporary folder, stopped when they are done.

A test module asks for it with `pytest_plugins = ["tests.postgres"]`; a test that takes `database_url` then runs twice,
on SQLite and on an empty PostgreSQL database.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.components import COMPONENTS, needs

NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `new_database` gives the address of an empty database in it."""

    port: int
    password: str

    def address(self, database: str) -> str:
        return f"postgresql://officer:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        name = f"register_{next(NUMBERS)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        return self.address(name)


@dataclass(slots=True)
class Running:
    """A server with its process, which a test may kill and start again."""

    server: Server
    folder: Path
    program: Path
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = {"listen_addresses": "127.0.0.1", "port": self.server.port, "unix_socket_directories": ""}
        options = [word for name, value in (settings | {"fsync": "off"}).items() for word in ("-c", f"{name}={value}")]
        latest = time.monotonic() + 60
        while True:
            with (self.folder / "messages").open("ab") as messages:
                self.process = subprocess.Popen(
                    [self.program.with_name("postgres"), "-D", self.folder / "data", *options],
                    stdout=messages, stderr=messages, cwd=self.folder, **_as(self.user),
                )  # fmt: skip
            if _is_ready(self.server, self.process):
                return
            if time.monotonic() > latest:
                told = (self.folder / "messages").read_text(errors="replace")[-2000:]
                pytest.fail(f"PostgreSQL did not start: {told}")
            time.sleep(0.2)  # after a kill its children still hold what it shares for a moment

    def stop(self, sign: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is its own word for "end every session and stop"."""
        if self.process is not None:
            self.process.send_signal(sign)
            self.process.wait(timeout=30)
            self.process = None


@contextmanager
def running() -> Iterator[Running]:
    """A server of one's own, with nothing in it."""
    program = COMPONENTS["postgresql"].path()
    assert program, "ask for a server only from a test marked with @needs('postgresql')"
    folder = Path(tempfile.mkdtemp(prefix="partone-postgres-"))
    password = secrets.token_hex(12)
    (folder / "password").write_text(password)
    # PostgreSQL refuses to run as root: there it runs as the user its package made.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user, user)
    asked = ["--auth", "scram-sha-256", "--username", "officer", "--pwfile", str(folder / "password"), "--no-sync"]
    subprocess.run(
        [program.with_name("initdb"), "--pgdata", folder / "data", "--encoding", "UTF8", "--locale", "C", *asked],
        check=True, capture_output=True, cwd=folder, **_as(user),
    )  # fmt: skip
    server = Running(Server(_free_port(), password), folder, program, user)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with running() as here:
        yield here.server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """None for the register's own SQLite file, or the address of an empty PostgreSQL database."""
    if request.param == "sqlite":
        return None
    server: Server = request.getfixturevalue("postgres_server")
    return server.new_database()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as(user: str | None) -> dict[str, Any]:
    return {"user": user, "group": user, "extra_groups": []} if user else {}


def _is_ready(server: Server, process: subprocess.Popen[bytes]) -> bool:
    """Whether it answers; not, where its process ended instead."""
    while process.poll() is None:
        try:
            psycopg.connect(server.address("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return True
    return False
