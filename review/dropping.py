"""A folder that people drop papers into: which files in it are whole and still, and where each goes when it is done.

It is looked at again and again rather than listened to: a network share tells nobody what happens in it. A file is
taken once it has stood still over two looks and ends as a PDF does, or over many looks, whatever it ends like. What
was said of a file goes into no log; only its name, its SHA-256 and where it stands.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

DONE, REFUSED = "done", "refused"
STILL = 2  # looks, for a file that ends as a PDF does
STILL_ANYWAY = 6  # looks, for any other: it is no PDF, or was cut short
TAIL = 2048
LONGEST_PAUSE = 64  # looks, between two tries to open a file that cannot be opened
NAMED_AFTER = 5  # tries: a file that a scanner or Word still holds is nobody's trouble yet
CLUTTER = {".txt", ".tmp", ".part", ".partial", ".crdownload", ".download", ".db", ".ini", ".lnk"}


@dataclass(frozen=True, slots=True)
class Trace:
    """What tells a file from what it was a moment ago."""

    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file in the folder: how long it has stood still, and how often it could not be opened."""

    trace: Trace
    still: int = 1
    failed: int = 0
    pause: int = 0
    settled: bool = False  # taken already, and left in place

    def again(self, trace: Trace) -> Waiting:
        """The same at the next look."""
        if trace != self.trace:
            return Waiting(trace)
        return replace(self, still=self.still + 1, pause=max(0, self.pause - 1))

    def locked(self) -> Waiting:
        """The same once more after it could not be opened: each pause is twice the one before."""
        return replace(self, failed=self.failed + 1, pause=min(LONGEST_PAUSE, 1 << self.failed))


@dataclass(slots=True)
class DropFolder:
    """A folder as it was at the last look. `links` are those that were passed over, each told once."""

    folder: Path
    subfolders: bool = False
    waiting: dict[Path, Waiting] = field(default_factory=dict)
    links: set[Path] = field(default_factory=set)

    def look(self) -> tuple[Path, ...]:
        """Look again; the files that are ready, by name. Raises `OSError` where the folder is not there."""
        there: dict[Path, Waiting] = {}
        links: set[Path] = set()
        for path, about in self._files(self.folder):
            if stat.S_ISLNK(about.st_mode):
                links.add(path)
                continue
            trace = Trace(about.st_size, about.st_mtime_ns)
            known = self.waiting.get(path)
            there[path] = known.again(trace) if known else Waiting(trace)
        self.waiting, self.links = there, links
        return tuple(sorted(path for path, each in there.items() if self._ready(path, each)))

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to wait for: each file was dealt with, or cannot be opened."""
        return all(each.settled or each.failed >= NAMED_AFTER for each in self.waiting.values())

    def open(self, path: Path) -> int:
        """A file's handle, of the very file that was looked at: never what a link leads to."""
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)

    def unchanged(self, path: Path) -> bool:
        """Whether a file is still what was looked at."""
        return path in self.waiting and _trace(path) == self.waiting[path].trace

    def locked(self, path: Path) -> bool:
        """Wait longer for a file that could not be opened; whether it is time to name it."""
        self.waiting[path] = self.waiting[path].locked()
        return self.waiting[path].failed == NAMED_AFTER

    def leave(self, path: Path) -> None:
        """Leave a file in its place, and do not take it again while it is the same."""
        self.waiting[path] = replace(self.waiting[path], settled=True)

    def move(self, path: Path, where: str) -> Path | None:
        """Move a file away, over nothing; None where it is another by now, which stays to be looked at."""
        target = _free(self.folder / where / path.relative_to(self.folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        trace = self.waiting[path].trace
        try:
            path.rename(target)
        except FileNotFoundError:
            return None
        if _trace(target) != trace and not path.exists():
            target.rename(path)  # it was written to, or replaced, since it was read: nobody has read this one
            return None
        self.waiting.pop(path)
        return target

    def _files(self, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = Path(entry.path)
                if entry.name.startswith((".", "~")) or path.suffix.lower() in CLUTTER:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if self.subfolders and not (folder == self.folder and entry.name in (DONE, REFUSED)):
                        yield from self._files(path)
                    continue
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # renamed or taken away between two words
                    continue
                if stat.S_ISREG(about.st_mode) or stat.S_ISLNK(about.st_mode):
                    yield path, about

    def _ready(self, path: Path, each: Waiting) -> bool:
        if each.settled or each.pause or each.still < STILL:
            return False
        return each.still >= STILL_ANYWAY or bool(each.failed) or self._ends_as_a_pdf(path)

    def _ends_as_a_pdf(self, path: Path) -> bool:
        try:
            with os.fdopen(self.open(path), "rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
                return b"%%EOF" in file.read(TAIL)
        except OSError:
            return True  # it cannot be opened: `take` finds that out, and counts it


def _trace(path: Path) -> Trace | None:
    try:
        about = path.lstat()
    except OSError:
        return None
    return Trace(about.st_size, about.st_mtime_ns) if stat.S_ISREG(about.st_mode) else None


def _free(target: Path) -> Path:
    """The name itself, or the first "name (2).pdf" that nothing has."""
    number, found = 1, target
    while found.exists() or found.is_symlink():
        number += 1
        found = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return found
