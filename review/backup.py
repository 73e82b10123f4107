"""The whole home in one file, taken at one moment while officers work: rows, originals, shelf, public site, settings.

Rows are written as JSON Lines, not as an engine's files, so that a backup of either database restores into either.
Who is signed in is not carried over; secrets are only where they are asked for; what can be made anew is not in it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata as packages
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select

from review import originals
from review.archive import Writing, written
from review.audit import now
from review.errors import Conflict, RegisterError
from review.register import Register
from review.tables import DERIVED, HEAD, log, metadata, papers

FORMAT = "partone/backup/1"
PASSING = DERIVED | {"sessions", "attempts"}
"""Tables that are not carried over: who is signed in, and what is worked out from the other tables."""
SECRET = re.compile(r"(?i)(?!.*_file$).*(secret|password|token).*")
SECRET_LINE = re.compile(r"(?i)\s*[\w.\"-]*(secret|password|token)(?![\w.\"-]*_file)[\w.\"-]*\s*=")
PIECE = 4 << 20  # bytes of rows in one file of the archive
ROWS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds. `wrong` names the originals that are gone or are not the files that came in."""

    file: Path
    papers: int
    entries: int
    bytes: int
    wrong: tuple[str, ...]


def back_up(register: Register, file: Path, *, secrets: bool = False) -> BackedUp:
    """Write the whole home of a register into one file, which nobody else can read."""
    wrong: list[str] = []
    about: dict[str, Any] = {"format": FORMAT, "partone": packages.version("partone"), "revision": HEAD}
    with written(file, lambda: about) as archive, register.reading() as connection:
        with _nobody_publishes(register.home):
            # The first look fixes the moment: what stands in the register, on the shelf and in public is one release.
            entries, last = log_ends(connection)
            public = _public(register.home)
            _lay_in(archive, register.home, "shelf", "*.json")
        about |= {"made_at": now(), "entries": entries, "last": last, "public": public}
        if public:
            _lay_in(archive, register.home, public, "**/*")
        for settings in sorted(register.home.glob("*.toml")):
            text = settings.read_text(encoding="utf-8")
            archive.add(settings.name, (text if secrets else without_secrets(text)).encode())
        if secrets:
            _lay_in(archive, register.home, "secrets", "*")
        for table in metadata.sorted_tables:
            if table.name not in PASSING:
                _rows(archive, connection, table)
        kept = 0
        for sha in connection.execute(select(papers.c.sha256).order_by(papers.c.entered_at, papers.c.sha256)).scalars():
            kept += 1
            if not _original(archive, register.home, sha):
                wrong.append(sha)
    return BackedUp(file, kept, entries, file.stat().st_size, tuple(wrong))


def log_ends(connection: Connection) -> tuple[int, str | None]:
    """How many entries the log has, and the digest of the last, which all of it is bound into."""
    last = select(log.c.digest).order_by(log.c.n.desc()).limit(1)
    return connection.execute(select(func.count(log.c.n))).scalar_one(), connection.execute(last).scalar()


@contextmanager
def _nobody_publishes(home: Path) -> Iterator[None]:
    """The lock of `publish.release`: what is public changes under it alone."""
    with (home / ".publishing").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def _public(home: Path) -> str | None:
    """The release that is public, as the link names it: "releases/7"."""
    public = home / "public"
    return os.readlink(public) if public.is_symlink() else None  # noqa: PTH115 - the words of the link, not a path


def _lay_in(archive: Writing, home: Path, folder: str, these: str) -> None:
    """Put in the files of a folder; a name that begins with a dot is of something unfinished, and passed over."""
    for path in sorted((home / folder).glob(these)):
        name = path.relative_to(home)
        if path.is_dir() or any(part.startswith(".") for part in name.parts):
            continue
        if path.is_symlink() or not path.is_file():
            raise RegisterError(f"{path} is no file of ours. Move it away, then back up again.")
        try:
            archive.copy(name.as_posix(), path)
        except FileNotFoundError:
            raise Conflict(f"{path} went away while it was being copied. Nothing was kept; try again.") from None


def _rows(archive: Writing, connection: Connection, table: Table) -> None:
    """Put in every row of a table, one line each, some megabytes in a file."""
    lines, size, number = [], 0, 1
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    for row in connection.execute(query).mappings():
        lines.append(json.dumps(dict(row), ensure_ascii=False).encode() + b"\n")
        size += len(lines[-1])
        if size >= PIECE:
            archive.add(f"register/{table.name}/{number:06}.jsonl", b"".join(lines))
            lines, size, number = [], 0, number + 1
    if lines:
        archive.add(f"register/{table.name}/{number:06}.jsonl", b"".join(lines))


def _original(archive: Writing, home: Path, sha: str) -> bool:
    """Put in the PDF of a paper as it lies there; whether it is still the file that came in."""
    try:
        return archive.copy(f"papers/{sha}.pdf", originals.path_of(home, sha)).sha256 == sha
    except FileNotFoundError:
        return False


def without_secrets(settings: str) -> str:
    """Settings without the lines that set a secret; none at all where one is left."""
    left = "".join(line for line in settings.splitlines(keepends=True) if not SECRET_LINE.match(line))
    try:
        return "" if any(_secrets(tomllib.loads(left))) else left
    except tomllib.TOMLDecodeError:
        return ""


def _secrets(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _secrets(value)
        elif SECRET.fullmatch(key):
            yield key


def refuse_later(told: Mapping[str, Any]) -> None:
    """Refuse what a later version of this program wrote: it may hold what this one would lose."""
    if told.get("format") != FORMAT or str(told.get("revision", "")) > HEAD:
        made = told.get("partone", "unknown")
        raise RegisterError(
            f"This backup was made by a later version of partone ({made}). Nothing was changed; install that version."
        )
