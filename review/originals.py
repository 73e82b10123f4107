"""The PDFs as they came in, one file for each SHA-256, written aside and moved into place when all of it is on disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from review.errors import Conflict

JUST_MADE = 2  # seconds: a copy may not be locked yet


def path_of(home: Path, sha256: str) -> Path:
    """Where the original of a paper lies."""
    return home / "papers" / f"{sha256}.pdf"


def whole(home: Path, sha256: str, *, read: bool = True) -> bool:
    """Whether the original of a paper is there and, where it is read, still the file that came in."""
    file = path_of(home, sha256)
    try:
        return file.is_file() and (not read or _sha256(file) == sha256)
    except OSError:
        return False


def keep(home: Path, source: Path, sha256: str) -> Path:
    """Copy a PDF into the home. Refused where it is no longer the file that was read."""
    target = path_of(home, sha256)
    if target.exists() and _sha256(target) == sha256:
        return target
    target.parent.mkdir(mode=0o700, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as copy:
            fcntl.flock(copy, fcntl.LOCK_EX)  # as long as this process lives; `sweep` asks for it
            with source.open("rb") as original:
                shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        if _sha256(Path(aside)) != sha256:
            raise Conflict(f"{source.name} changed while it was being read. Ingest it again.")
        Path(aside).replace(target)
    finally:
        Path(aside).unlink(missing_ok=True)
    settle(target.parent)
    return target


def sweep(home: Path) -> None:
    """Remove the half-written copies of whoever was killed in the middle of one."""
    for part in (home / "papers").glob(".*.part"):
        with suppress(OSError), part.open("rb") as left:
            fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while somebody writes it
            if time.time() - part.stat().st_mtime > JUST_MADE:
                part.unlink()


def settle(folder: Path) -> None:
    """Make sure that a folder's names are on the disk: a file that was moved into place must outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
