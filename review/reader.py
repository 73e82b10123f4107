"""Whoever reads what was sent to the desk: one thread with its processes, for as long as the desk is open.

It keeps nothing that would be lost with it. What lies in the folder is what is to be done; of what is done since the
folder was last empty it remembers the counts, to show them.
"""

from __future__ import annotations

import fcntl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from review import inbox
from review.errors import NotAllowed, UnknownPerson
from review.inbox import Taken
from review.incoming import Incoming, Sent
from review.register import Register

How = Literal["ready", "person", "known", "refused"]
REST = 2.0  # seconds between two looks where nobody said that something has come
TROUBLED_REST = 10.0
UNSIGNED = "It was sent by somebody who may not enter papers now. Send it again."


@dataclass(slots=True)
class Reader:
    """Reads one folder into one register; `count` is what came of the files since the folder was last empty."""

    register: Register
    incoming: Incoming
    workers: int | None = None
    count: Counter[How] = field(default_factory=Counter)
    _come: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)

    def wake(self) -> None:
        """Something has come."""
        self._come.set()

    def begin(self) -> None:
        """A new lot is being sent: where nothing of an earlier one waits, the counts begin anew."""
        if not self.incoming.waiting():
            self.count = Counter()

    @contextmanager
    def at_work(self) -> Iterator[Reader]:
        """The same, reading, until the desk is closed."""
        thread = threading.Thread(target=self._work, name="reader", daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self._come.set()
            thread.join(timeout=10)

    def _work(self) -> None:
        with (self.incoming.folder / ".reading").open("w") as lock:
            while not self._locked(lock.fileno()):  # another desk has this home open, and reads
                if self._over.wait(REST):
                    return
            self.incoming.sweep()
            while not self._over.is_set():
                if lot := self._lot():
                    self._read(lot)
                else:
                    self._come.wait(REST)
                    self._come.clear()

    def _lot(self) -> tuple[Sent, ...]:
        """What waits, as far as the person sent it who sent the first of it."""
        waiting = self.incoming.waiting()
        return tuple(sent for sent in waiting if sent.by == waiting[0].by)

    def _read(self, lot: tuple[Sent, ...]) -> None:
        left = {self.incoming.file(sent): sent for sent in lot}
        called = {file: sent.file_name for file, sent in left.items()}
        try:
            with inbox.readers(self.workers) as (executor, at_once):
                for taken in inbox.ingest(self.register, list(left), executor, at_once, lot[0].by, called=called):
                    if not taken.passing:
                        self._settle(left.pop(taken.file), taken)
                    if self._over.is_set():
                        return
        except (NotAllowed, UnknownPerson):
            for sent in left.values():
                self._refuse(sent, UNSIGNED)
        except Exception:  # the database or the disk is away, for one: all that waits still does, and is tried again
            self._over.wait(TROUBLED_REST)

    def _settle(self, sent: Sent, taken: Taken) -> None:
        if taken.state == "refused":
            self._refuse(sent, " ".join(taken.reasons))
            return
        self.incoming.taken(sent)
        self.count["known" if taken.known else "ready" if taken.state in READY else "person"] += 1

    def _refuse(self, sent: Sent, reason: str) -> None:
        self.incoming.refuse(sent, reason)
        self.count["refused"] += 1

    @staticmethod
    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


READY = frozenset({"in-review", "approved", "deferred", "published"})
