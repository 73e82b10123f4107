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
from dataclasses import dataclass
from itertools import count
from pathlib import Path

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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    program = COMPONENTS["postgresql"].path()
    assert program, "ask for this fixture only from a test marked with @needs('postgresql')"
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
        check=True, capture_output=True, user=user, group=user, extra_groups=[] if user else None, cwd=folder,
    )  # fmt: skip
    port = _free_port()
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "messages").open("wb") as messages:
        server = subprocess.Popen(
            [program.with_name("postgres"), "-D", folder / "data", *options],
            stdout=messages, stderr=messages, user=user, group=user, extra_groups=[] if user else None, cwd=folder,
        )  # fmt: skip
    try:
        yield _when_ready(Server(port, password), server, folder / "messages")
    finally:
        server.send_signal(signal.SIGINT)  # its own word for "end every session and stop"
        server.wait(timeout=30)
        shutil.rmtree(folder)


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


def _when_ready(server: Server, process: subprocess.Popen[bytes], messages: Path) -> Server:
    latest = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.address("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > latest:
                pytest.fail(f"PostgreSQL did not start: {messages.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        else:
            return server
