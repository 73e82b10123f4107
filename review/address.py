"""Where a home's register lies: in its own SQLite file, or in the PostgreSQL database that the home itself remembers.

A home that forgot would show an empty register to whoever leaves the address out, as if nothing had ever been decided;
and one that followed any address would show somebody else's. The password is never written down: the environment
brings it, or PostgreSQL's own password file.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from review.errors import RegisterError

NOTE = "register.url"
VARIABLE = "PARTONE_REGISTER"
SHAPE = "Write postgresql://USER@HOST/DATABASE."
SECRETS = ("password", "sslpassword")  # a query may bear one, too


def address(url: str) -> URL:
    """The address that a person wrote; raises where it is none that a register can live at."""
    try:
        found = make_url(url)
    except ArgumentError:
        raise RegisterError(f"The register's address is not one. {SHAPE}") from None
    if found.drivername in {"postgresql", "postgres"}:
        found = found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() not in {"sqlite", "postgresql"}:
        raise RegisterError(f"A register cannot live in {found.get_backend_name()}; use SQLite or PostgreSQL.")
    if "@" in (found.host or ""):  # the rest of a password, which would be shown as part of the name
        raise RegisterError(f"The register's address has more than one @. {SHAPE} Write an @ in a password as %40.")
    return found


def bare(found: URL) -> URL:
    """The address without any password."""
    return found._replace(password=None).difference_update_query(SECRETS)


def in_words(found: URL) -> str:
    """The address as people are shown it."""
    return bare(found).render_as_string(hide_password=True)


def used(home: Path) -> bool:
    """Whether a home has a register, here or elsewhere."""
    return (home / "register.db").is_file() or (home / NOTE).is_file()


def of(home: Path, url: str | None = None) -> URL | None:
    """Where this home's register lies, or None for its own file; `url` is what a person asked for.

    Refused where the home already has a register elsewhere: its papers would seem to be gone.
    """
    noted = _noted(home)
    if url is None:
        known = address(told) if (told := os.environ.get(VARIABLE)) else None
        return known if known is not None and noted is not None and bare(known) == noted else noted
    asked = address(url)
    if noted is not None and bare(asked) != noted:
        raise RegisterError(
            f"The register of {home} lies at {in_words(noted)}, not at {in_words(asked)}. "
            "To move it, back it up and restore it into an empty home."
        )
    if noted is None and (home / "register.db").exists() and asked.database != str(home / "register.db"):
        raise RegisterError(
            f"{home} already has a register, in a file of its own. To move it to {in_words(asked)}, "
            "back it up and restore it into an empty home."
        )
    return asked


def remember(home: Path, found: URL) -> None:
    """Write down where the register of a home lies, without its password."""
    line = bare(found).render_as_string(hide_password=False) + "\n"
    note = home / NOTE
    if note.is_file() and note.read_text(encoding="utf-8") == line:
        return
    handle, aside = tempfile.mkstemp(dir=home, prefix=".", suffix=".part")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(note)
    finally:
        Path(aside).unlink(missing_ok=True)


def _noted(home: Path) -> URL | None:
    try:
        return address((home / NOTE).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
