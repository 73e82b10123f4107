"""What officers in processes of their own do at once. A module apart, so that such a process loads little."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from review import audit
from review.errors import Conflict
from review.register import Register
from tests.registers import withhold

# One clean process loads the register once and every officer is forked from it: separate as any, but soon there.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.officers", "alembic.command", "sqlalchemy.dialects.postgresql.psycopg"])


def open_and_count(home: Path, url: str | None) -> int:
    """Open the register and count its papers."""
    register = Register.open(home, url)
    counted = len(register.papers())
    register.close()
    return counted


def try_to_withhold(home: Path, url: str | None, sha: str, number: int) -> str:
    """Withhold something, having looked at the paper's first revision; say what came of it."""
    register = Register.open(home, url)
    try:
        register.add_claim(sha, withhold("Ada Lovell", f"withheld/{number}"), 1)
    except Conflict:
        return "conflict"
    finally:
        register.close()
    return "written"


def append_some(home: Path, url: str | None, writer: int) -> None:
    """Write 25 entries into the log, as fast as the others let us."""
    register = Register.open(home, url)
    for number in range(25):
        with register.writing() as connection:
            audit.append(connection, "tried", {"number": number}, by=f"writer {writer}")
    register.close()
