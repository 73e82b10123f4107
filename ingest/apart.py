"""Read papers in a process of their own, so that a crash or a hang costs one paper and nothing else.

Each thread that asks has its own process. Why not a pool of processes: docs/decisions/0008.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from ingest.document import Document
from ingest.errors import UnreadableError, shown
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits

DOCUMENT = TypeAdapter(Document)
WORN_OUT = 200  # papers: what libraries forget to give back must not use up the memory of a later paper
AGAIN = "Print the paper to a new PDF and put that in."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read: what happened and what to do, without a word of its text."""

    file_name: str
    reason: str
    remedy: str


class Fallen(Exception):
    """The process died over a paper, or its answer made no sense."""


class Worker:
    """One reading process, which runs a module that calls `ingest.worker.serve`; whoever asks ends it when it fails."""

    def __init__(self, module: str) -> None:
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        here = str(Path(__file__).resolve().parent.parent)
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries quote the text they stumble over
            env=environment,
            bufsize=0,
        )
        self.asked = 0
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
        atexit.register(self.end)

    def ask(self, name: str, data: bytes, limits: Limits) -> bytes:
        """The worker's answer to one paper; raises Fallen where it died and TimeoutError where it took too long."""
        self.asked += 1
        until = time.monotonic() + limits.seconds
        question = json.dumps({"name": name, "size": len(data), "limits": asdict(limits)})
        try:
            for part in (question.encode() + b"\n", data):
                self._tell(part, until)
            return self._told(until, limits.answer_megabytes * 1_000_000)
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise
            raise Fallen from None

    def _tell(self, words: bytes, until: float) -> None:
        left = memoryview(words)
        while left and self.process.stdin is not None:
            _wait(self.process.stdin.fileno(), selectors.EVENT_WRITE, until)
            left = left[os.write(self.process.stdin.fileno(), left[: 1 << 16]) :]

    def _told(self, until: float, most: int) -> bytes:
        parts: list[bytes] = []
        while self.process.stdout is not None and not (parts and parts[-1].endswith(b"\n")):
            _wait(self.process.stdout.fileno(), selectors.EVENT_READ, until)
            parts.append(os.read(self.process.stdout.fileno(), 1 << 20))
            most -= len(parts[-1])
            if not parts[-1] or most < 0:
                raise Fallen
        return b"".join(parts)

    def stop(self) -> None:
        """End the process, from any thread; whoever waits for its answer sees that it fell, and closes the pipes."""
        with suppress(OSError):
            self.process.kill()

    def end(self) -> None:
        self.stop()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        atexit.unregister(self.end)


def _wait(number: int, event: int, until: float) -> None:
    with selectors.DefaultSelector() as watch:
        watch.register(number, event)
        left = until - time.monotonic()
        if left <= 0 or not watch.select(left):
            raise TimeoutError


class _Own(threading.local):
    """What one thread has: a process for each module it asked, and what the pool it belongs to knows of it."""

    def __init__(self) -> None:
        self.workers: dict[str, Worker] = {}
        self.started: set[Worker] = set()
        self.over = threading.Event()


_own = _Own()


def _worker(module: str) -> Worker:
    """The process of this thread, a new one where there is none, or where it is dead or worn out."""
    worker = _own.workers.get(module)
    if worker is None or worker.asked >= WORN_OUT or worker.process.poll() is not None:
        _dismiss(module)
        worker = _own.workers[module] = Worker(module)
        _own.started.add(worker)
    return worker


def _dismiss(module: str) -> None:
    worker = _own.workers.pop(module, None)
    if worker:
        _own.started.discard(worker)
        worker.end()


def answered(module: str, name: str, data: bytes, limits: Limits, understand: Callable[[bytes], T]) -> T | Refused:
    """What this thread's reading process makes of a paper; whatever goes wrong there comes back as a value.

    A paper that a used process stumbles over is tried once more in a fresh one: what others left behind is not its
    fault. `understand` turns the answer into a value and raises ValueError where it makes no sense.
    """
    while True:
        worker = _worker(module)
        if _own.over.is_set():  # it was begun when the others had been ended
            worker.stop()
        try:
            line = worker.ask(name, data, limits)
            if not line.startswith(b'{"refused":'):
                return understand(line)
            refused = json.loads(line)["refused"]
            if refused != "memory":
                return Refused(name, str(refused["reason"]), str(refused["remedy"]))
            reason = f"Reading it needs more than {limits.memory_megabytes} MB of memory."
        except TimeoutError:
            _dismiss(module)
            return Refused(name, f"Reading it took longer than {limits.seconds} seconds.", AGAIN)
        except Fallen:
            reason = "Reading it made the reader stop, so it was left alone."
        except (ValueError, TypeError, KeyError):
            reason = "The reader's answer made no sense."
        first = worker.asked == 1
        _dismiss(module)
        if first or _own.over.is_set():
            return Refused(name, reason, AGAIN)


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """An executor of `count` threads, each with reading processes of its own, which end with it whatever happens."""
    started: set[Worker] = set()
    over = threading.Event()

    def join() -> None:
        _own.started, _own.over = started, over

    executor = ThreadPoolExecutor(count, "reading", join)
    try:
        yield executor
    finally:
        over.set()
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in tuple(started):
            worker.stop()
        executor.shutdown()  # a pipe that is closed while a thread waits at it would never wake that thread
        for worker in tuple(started):
            worker.end()


def read_apart(path: Path, limits: Limits = DEFAULT) -> Document | Refused:
    """Read one paper in this thread's reading process; whatever goes wrong there comes back as a value."""
    try:
        data = load(path, limits)
    except UnreadableError as error:
        return Refused(shown(path), error.reason, error.remedy)
    return answered("ingest.worker", shown(path), data, limits, DOCUMENT.validate_json)
