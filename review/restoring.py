"""A home from a backup: all of it, or nothing that can be mistaken for a home.

Every byte of the backup is held against its manifest before anything is made. Then all of it is laid into a folder of
its own in the new home, which no register can be opened in while that folder is there; so whoever is killed half-way
leaves nothing that looks whole, and the same command begins again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, insert
from sqlalchemy.exc import SQLAlchemyError

from review import address
from review.archive import MANIFEST, REFUSED, SEAL, Member, examined, read
from review.backup import log_ends, refuse_later
from review.database import rebuilding
from review.errors import Conflict, Damaged, RegisterError
from review.originals import settle
from review.register import RESTORING, Register
from review.soundness import Problem

PLACES = re.compile(
    r"register/\w+/\d{6}\.jsonl|papers/[0-9a-f]{64}\.pdf|shelf/[^/]+\.json|releases/\d+/.+|[^/]+\.toml|secrets/[^/]+"
)
PUBLIC = re.compile(r"releases/\d+")
LONGEST = 512 << 20  # bytes of rows in one file of a backup; ours are some megabytes
ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what the log says of it: no problems where all is as it was written."""

    papers: int
    entries: int
    made_at: str
    problems: tuple[Problem, ...]


def restore(file: Path, home: Path, url: str | None = None) -> Restored:
    """Make an empty home what a backup says, in SQLite or in the database at `url`; then read the whole log again."""
    told, members = examined(file)
    refuse_later(told)
    _refuse_strange(told, members)
    resumed = (home / RESTORING).is_dir()
    with _alone(home, sum(member.size for member in members)) as stage:
        at = address.of(stage, url)
        with rebuilding(stage / "register.db", at, str(told["revision"])) as connection:
            ends = log_ends(connection)
            if ends[0] and not (resumed and ends == (told["entries"], told["last"])):
                raise Conflict("The database already holds a register. Nothing was changed; name an empty one.")
            # Filled already: by a restore of this same backup into this same home, killed before the files had places.
            _lay_out(file, members, stage, _passed_over if ends[0] else _filling(connection))
            if not ends[0] and log_ends(connection) != (told["entries"], told["last"]):
                raise Damaged(f"The log in the backup is not the one that its manifest tells of. {REFUSED}")
        if told["public"]:
            (stage / "public").symlink_to(told["public"], target_is_directory=True)
        if at is not None:
            address.remember(stage, at)
        os.sync()
        for place in sorted(stage.iterdir()):
            place.rename(home / place.name)
        settle(home)
    register = Register.open(home, url)
    try:
        return Restored(len(register.papers()), told["entries"], str(told["made_at"]), register.verify_log())
    finally:
        register.close()


def _refuse_strange(told: Mapping[str, Any], members: Sequence[Member]) -> None:
    """Refuse what is whole and yet no backup of ours: files in other places, or a public site that is not in it."""
    strange = next((member.name for member in members if not PLACES.fullmatch(member.name)), None)
    public = told.get("public")
    if strange is None and public is not None:
        inside = isinstance(public, str) and PUBLIC.fullmatch(public)
        strange = None if inside and any(member.name.startswith(f"{public}/") for member in members) else str(public)
    if strange is not None or not {"entries", "last", "made_at", "revision"} <= told.keys():
        raise Damaged(f"The backup holds what no backup of ours holds ({strange or 'its manifest'}). {REFUSED}")


@contextmanager
def _alone(home: Path, size: int) -> Iterator[Path]:
    """The folder in a new home that all is laid into; while it is there, no register opens. It goes in any case."""
    stage, new = home / RESTORING, not home.exists()
    _refuse_used(home)
    try:
        stage.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterError(
            f"{home} cannot be a home ({error.strerror}). Name a folder that you may write to."
        ) from None
    home.chmod(0o700)
    handle = os.open(stage, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(f"Somebody is restoring into {home} already. Wait until that has ended.") from None
        _clear(home, but=stage)
        _clear(stage)
        if shutil.disk_usage(stage).free < 2 * size:  # the rows lie there twice for a while
            raise RegisterError(f"{home} needs {2 * size >> 20} MB for this backup, and its disk has less. Make room.")
        try:
            yield stage
        except BaseException:
            _clear(home, but=stage)
            raise
        finally:
            shutil.rmtree(stage)
    except BaseException:
        if new and not any(home.iterdir()):
            home.rmdir()
        raise
    finally:
        os.close(handle)


def _refuse_used(home: Path) -> None:
    """A home is filled only where it is empty, or where a restore was killed in it."""
    if home.is_dir() and any(home.iterdir()) and not (home / RESTORING).is_dir():
        raise Conflict(f"{home} is not empty. Nothing was changed; restore into a folder that is empty or not there.")
    if home.exists() and not home.is_dir():
        raise Conflict(f"{home} is a file. Nothing was changed; restore into a folder that is empty or not there.")


def _clear(folder: Path, but: Path | None = None) -> None:
    for place in folder.iterdir():
        if place == but:
            continue
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()


def _lay_out(file: Path, members: Sequence[Member], stage: Path, fill: Callable[[str, bytes], None]) -> None:
    """Every file of the backup to its place, and every piece of rows to `fill`, held against the manifest once more."""
    for (name, size, content), member in zip(read(file), members, strict=False):
        if name in (MANIFEST, SEAL):
            break
        if (name, size) != (member.name, member.size) or (name.startswith("register/") and size > LONGEST):
            raise Damaged(f"{name} in the backup is not what it was a moment ago. {REFUSED}")
        digest = hashlib.sha256()
        if name.startswith("register/"):
            rows = b"".join(content())
            digest.update(rows)
            fill(name.split("/")[1], rows)
        else:
            _write(stage / name, content(), digest.update, public=name.startswith("releases/"))
        if digest.hexdigest() != member.sha256:
            raise Damaged(f"{name} in the backup is not what it was a moment ago. {REFUSED}")


def _write(place: Path, content: Iterator[bytes], told: Callable[[bytes], None], *, public: bool) -> None:
    """One file, for nobody else to read, unless it is of the public site, which a web server must."""
    place.parent.mkdir(mode=0o755 if public else 0o700, parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644 if public else 0o600)
    with os.fdopen(handle, "wb") as lying:
        for piece in content:
            told(piece)
            lying.write(piece)


def _passed_over(_table: str, _rows: bytes) -> None:
    """Rows that are in the database already."""


def _filling(connection: Connection) -> Callable[[str, bytes], None]:
    """Puts rows into the tables as they are at the backup's own revision."""
    tables = MetaData()
    tables.reflect(connection)

    def fill(name: str, lines: bytes) -> None:
        try:
            rows = [json.loads(line) for line in lines.splitlines() if line]
            for start in range(0, len(rows), ROWS_AT_ONCE):
                connection.execute(insert(tables.tables[name]), rows[start : start + ROWS_AT_ONCE])
        except (KeyError, ValueError, TypeError, RecursionError, SQLAlchemyError):
            raise Damaged(f"The rows of {name} in the backup do not fit its table. {REFUSED}") from None

    return fill
