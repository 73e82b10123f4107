"""One file that holds many: a plain tar, written and read in one pass, whole to the last byte or not read at all.

Nothing in it is packed, so that it cannot unfold into more than it is. Only regular files are written and read, under
names of our own shape; whatever else a tar can hold (links, devices, long names, sparse files) is refused unread, and
the manifest says what every other one must be. Its own digest is the last, so that not one byte can change unseen.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from review.errors import Conflict, Damaged, RegisterError
from review.originals import settle

BLOCK = tarfile.BLOCKSIZE
PIECE = 1 << 20
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
LONGEST_MANIFEST = 256 << 20
HALF_WRITTEN = ".partone-part"
# Segments that begin with a letter or figure: none is "..", none is hidden, none begins at the root.
NAME = re.compile(r"(?=.{1,200}\Z)[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive, as its manifest names it."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Writing:
    """An archive that is being written."""

    stream: IO[bytes]
    members: list[Member] = field(default_factory=list)

    def add(self, name: str, content: bytes) -> Member:
        """Put in a file that is at hand."""
        self._head(name, len(content))
        self.stream.write(content)
        return self._done(name, len(content), hashlib.sha256(content).hexdigest())

    def copy(self, name: str, source: Path) -> Member:
        """Put in a file as it lies on the disk, piece by piece."""
        with source.open("rb") as lying:
            size = os.fstat(lying.fileno()).st_size
            self._head(name, size)
            digest, left = hashlib.sha256(), size
            while left and (piece := lying.read(min(PIECE, left))):
                digest.update(piece)
                self.stream.write(piece)
                left -= len(piece)
            if left or lying.read(1):
                raise Conflict(f"{source.name} changed while it was being copied. Nothing was kept; try again.")
        return self._done(name, size, digest.hexdigest())

    def _head(self, name: str, size: int) -> None:
        if not NAME.fullmatch(name):
            raise RegisterError(f"{name} is no name for a file in a backup.")
        self.stream.write(_head(name, size))

    def _done(self, name: str, size: int, sha256: str) -> Member:
        self.stream.write(bytes(-size % BLOCK))
        self.members.append(Member(name, size, sha256))
        return self.members[-1]


@contextmanager
def written(target: Path, about: Callable[[], Mapping[str, Any]]) -> Iterator[Writing]:
    """Write an archive aside; it has its name once all of it, and `about` in its manifest, is on the disk.

    What somebody who was killed left half-written beside it is removed.
    """
    if target.exists() or target.is_symlink():
        raise Conflict(f"There is already a file {target}. Nothing was written over it; name another.")
    for left in target.parent.glob(f".*{HALF_WRITTEN}"):
        with suppress(OSError), left.open("rb") as unfinished:
            fcntl.flock(unfinished, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while somebody writes it
            left.unlink()
    aside = target.with_name(f".{target.name}.{os.getpid()}{HALF_WRITTEN}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            writing = Writing(stream)
            yield writing
            files = [[each.name, each.size, each.sha256] for each in writing.members]
            told = json.dumps({**about(), "files": files}, ensure_ascii=False, indent=0)
            writing.add(SEAL, writing.add(MANIFEST, told.encode()).sha256.encode())
            stream.write(bytes(2 * BLOCK))
            stream.flush()
            os.fsync(stream.fileno())
            aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    settle(target.parent)


def read(file: Path) -> Iterator[tuple[str, int, Callable[[], Iterator[bytes]]]]:
    """Each file in an archive in turn: its name, its size, and its bytes, piece by piece, to be read before the next.

    Raises `Damaged`, which names the place, where it is cut short or anything in it is not as we write it.
    """
    with file.open("rb") as stream:
        whole = os.fstat(stream.fileno()).st_size
        at = 0
        names: set[str] = set()
        while True:
            name, size = _named(stream.read(BLOCK), at)
            if name in names:
                raise Damaged(f"{_place(at)} holds {name} a second time. {REFUSED}")
            if size > whole - at - BLOCK:
                raise Damaged(f"The backup is cut short in {name}. {REFUSED}")
            names.add(name)
            start = at + BLOCK
            yield name, size, partial(_pieces, stream, start, size)
            at = start + size + (-size % BLOCK)
            stream.seek(at)
            if name == SEAL:
                break
        if stream.read(2 * BLOCK + 1) != bytes(2 * BLOCK):
            raise Damaged(f"{_place(at)} is not the end that a backup has. {REFUSED}")


REFUSED = "Nothing was changed. Take another copy of the backup."


def _head(name: str, size: int) -> bytes:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o600
    return head.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _named(block: bytes, at: int) -> tuple[str, int]:
    """The name and the size of the next file, from its head, which must be as we write it to the last byte."""
    if len(block) < BLOCK:
        raise Damaged(f"The backup is cut short at byte {at + len(block)}. {REFUSED}")
    try:
        head = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        if NAME.fullmatch(head.name) and head.size >= 0 and block == _head(head.name, head.size):
            return head.name, head.size
    except (tarfile.HeaderError, ValueError):
        pass
    raise Damaged(f"{_place(at)} holds what no backup of ours holds. {REFUSED}")


def _place(at: int) -> str:
    return f"The backup, at byte {at},"


def _pieces(stream: IO[bytes], start: int, size: int) -> Iterator[bytes]:
    stream.seek(start)
    while size and (piece := stream.read(min(PIECE, size))):
        size -= len(piece)
        yield piece
    padding = stream.read(-(stream.tell() - start) % BLOCK)
    if size or any(padding):
        raise Damaged(f"The backup is cut short or changed at byte {stream.tell()}. {REFUSED}")


def examined(file: Path) -> tuple[Mapping[str, Any], tuple[Member, ...]]:
    """What an archive says of itself, once every byte of it has been held against that."""
    found: list[Member] = []
    manifest = b""
    for name, size, content in read(file):
        if name in (MANIFEST, SEAL) and size > LONGEST_MANIFEST:
            raise Damaged(f"The backup's {name} is too long to be one. {REFUSED}")
        if name == MANIFEST:
            manifest = b"".join(content())
        elif name == SEAL:
            if b"".join(content()) != hashlib.sha256(manifest).hexdigest().encode():
                raise Damaged(f"The backup's manifest was changed after it was written. {REFUSED}")
        else:
            digest = hashlib.sha256()
            for piece in content():
                digest.update(piece)
            found.append(Member(name, size, digest.hexdigest()))
    return _agreed(manifest, tuple(found))


def _agreed(manifest: bytes, found: tuple[Member, ...]) -> tuple[Mapping[str, Any], tuple[Member, ...]]:
    try:
        told = json.loads(manifest)
        named = [Member(str(name), int(size), str(sha256)) for name, size, sha256 in told.pop("files")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged(f"The backup's manifest cannot be read. {REFUSED}") from None
    for there, said in zip(found, named, strict=False):
        if there != said:
            raise Damaged(f"{said.name} in the backup was changed after it was written. {REFUSED}")
    if len(found) != len(named):
        raise Damaged(f"The backup holds {len(found)} files, and its manifest names {len(named)}. {REFUSED}")
    return told, found
