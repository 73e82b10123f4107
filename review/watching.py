"""The drop folder as a service: looks, takes in what is ready, moves it away, and says so in lines of JSON.

Nothing is remembered that would be lost: a file is moved away only when the register has it, and the register knows a
file that it has. So whoever is killed anywhere begins again at the next look.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from ingest.errors import shown
from review import inbox
from review.audit import now
from review.dropping import DONE, REFUSED, DropFolder
from review.errors import RegisterError
from review.inbox import Taken
from review.people import permitted
from review.register import Register

AT_ONCE = 20  # files between two looks at whether to stop
ASIDE = ".taking-"
LONGEST_REST = 600.0  # seconds
TO_DO = "Mend the file, or ask who sent it for another copy, and put it into the folder again."

Tell = Callable[..., None]


def tell(event: str, **about: object) -> None:
    """One line of the log, on standard output. No text of a paper is ever in it."""
    print(json.dumps({"at": now(), "event": event, **about}, ensure_ascii=False), flush=True)


@dataclass(slots=True)
class Watch:
    """One drop folder being watched. `refused` and `taken` count the files so far."""

    register: Register
    drop: DropFolder
    by: str
    keep: bool = False
    workers: int | None = None
    tell: Tell = tell
    taken: int = 0
    refused: int = 0
    held: int = 0
    _gone: bool = False
    _links: set[Path] = field(default_factory=set)

    def run(self, stop: Event, every: float, *, once: bool = False) -> None:
        """Look, take in, and rest, until told to stop; `once`: until every file there was dealt with."""
        with self.register.reading() as connection:
            permitted(connection, self.by, "enter")
        _sweep(self.register.home)
        self.tell("watching", folder=shown(self.drop.folder), every=every)
        rest = every
        while not stop.is_set():
            try:
                self._round(stop)
                rest = every
            except (RegisterError, SQLAlchemyError, OSError) as trouble:
                # The register or the disk is away for a while: nothing was moved, so nothing is lost.
                rest = min(2 * rest, max(every, LONGEST_REST))
                self.tell("trouble", kind=type(trouble).__name__, again_in=rest)
            if once and (self.drop.quiet or self._gone):
                break
            stop.wait(rest)
        self.tell("stopped", taken=self.taken, refused=self.refused)

    def _round(self, stop: Event) -> None:
        try:
            ready = self.drop.look()
        except OSError as trouble:
            if not self._gone:
                self.tell("folder-gone", reason=trouble.strerror)
            self._gone = True
            return
        if self._gone:
            self.tell("folder-back")
        self._gone = False
        for link in sorted(self.drop.links - self._links):
            self.tell("link-passed-over", file=shown(link))
        self._links = set(self.drop.links)
        for start in range(0, len(ready), AT_ONCE):
            if not stop.is_set():
                self._take(ready[start : start + AT_ONCE])

    def _take(self, files: tuple[Path, ...]) -> None:
        """Copy some files out of the folder, so that nothing happens to them any more, and read the copies."""
        with _aside(self.register.home) as aside:
            copies: dict[Path, Path] = {}
            for number, file in enumerate(files):
                if copy := self._copied(file, aside / str(number)):
                    copies[copy] = file
            if not copies:
                return
            with inbox.readers(min(self.workers or os.cpu_count() or 1, len(copies))) as (executor, at_once):
                for each in inbox.ingest(self.register, list(copies), executor, at_once, self.by):
                    self._settle(copies[each.file], each)

    def _copied(self, file: Path, folder: Path) -> Path | None:
        """A copy of a file that is whole, under its own name; None where it changed or cannot be opened yet."""
        folder.mkdir()
        copy = folder / file.name
        try:
            with os.fdopen(self.drop.open(file), "rb") as lying, copy.open("wb") as mine:
                shutil.copyfileobj(lying, mine, 1 << 20)
        except FileNotFoundError:
            return None
        except OSError as trouble:
            if self.drop.locked(file):
                self.tell("unreadable", file=shown(file), reason=trouble.strerror)
            return None
        return copy if self.drop.unchanged(file) else None

    def _settle(self, file: Path, each: Taken) -> None:
        """Move a file to where it belongs, and say what came of it."""
        if each.passing:
            return  # somebody else was writing: the same file is taken at the next look
        reason = " ".join(each.reasons)
        try:
            if not self.keep:
                self._move(file, reason if each.state == "refused" else None)
        except OSError as trouble:
            self.tell("not-moved", file=shown(file), reason=trouble.strerror)
        if self.drop.unchanged(file):
            self.drop.leave(file)
        self.taken += each.state != "refused"
        self.held += each.state in ("held", "quarantined", "in-review")
        self.refused += each.state == "refused"
        row = {"sha256": each.sha256, "reference": each.reference, "state": each.state}
        if each.state == "refused":
            self.tell("refused", file=shown(file), reason=reason)
        else:
            self.tell("known" if each.known else "taken", file=shown(file), **row)

    def _move(self, file: Path, refused: str | None) -> None:
        moved = self.drop.move(file, DONE if refused is None else REFUSED)
        if moved is not None and refused is not None:
            note = moved.with_name(f"{moved.name}.txt")
            note.write_text(f"{shown(file)}\n\n{refused}\n\n{TO_DO}\n", encoding="utf-8")


@contextmanager
def _aside(home: Path) -> Iterator[Path]:
    """A place in the home for copies, gone afterwards; while somebody uses it, `_sweep` leaves it."""
    folder = Path(tempfile.mkdtemp(dir=home, prefix=ASIDE))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _sweep(home: Path) -> None:
    """Remove the copies of whoever was killed."""
    for left in home.glob(f"{ASIDE}*"):
        handle = os.open(left, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left)
        finally:
            os.close(handle)
