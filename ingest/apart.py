"""Read papers in a process of their own, so that a crash or a hang costs one paper and nothing else."""

from __future__ import annotations

import atexit
import base64
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from ingest.document import Document
from ingest.errors import UnreadableError, shown
from ingest.limits import DEFAULT, Limits
from ingest.pixels import Drawing

DOCUMENT = TypeAdapter(Document)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read: what happened and what to do, without a word of its text."""

    file_name: str
    reason: str
    remedy: str


class Worker:
    """One reading process; it is ended and replaced when it crashes, hangs or answers nonsense."""

    def __init__(self) -> None:
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        here = str(Path(__file__).resolve().parent.parent)
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries quote the text they stumble over
            env=environment,
        )
        atexit.register(self.end)

    def ask(self, path: Path, limits: Limits, **more: Any) -> bytes | None:
        """The worker's answer, None where it died, or an empty answer where it took too long."""
        question = json.dumps({"path": str(path.absolute()), "limits": asdict(limits), **more})
        if self.process.stdin is None or self.process.stdout is None:
            return None
        try:
            self.process.stdin.write(question.encode() + b"\n")
            self.process.stdin.flush()
        except OSError:
            return None
        return self._line(time.monotonic() + limits.seconds)

    def _line(self, until: float) -> bytes | None:
        if self.process.stdout is None:
            return None
        number = self.process.stdout.fileno()
        parts: list[bytes] = []
        with selectors.DefaultSelector() as watch:
            watch.register(number, selectors.EVENT_READ)
            while not parts or not parts[-1].endswith(b"\n"):
                left = until - time.monotonic()
                if left <= 0 or not watch.select(left):
                    return b""
                part = os.read(number, 1 << 20)
                if not part:
                    return None
                parts.append(part)
        return b"".join(parts)

    def end(self) -> None:
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        atexit.unregister(self.end)


_own = threading.local()


def read_apart(path: Path, limits: Limits = DEFAULT) -> Document | Refused:
    """Read one paper in this thread's reading process; whatever goes wrong there comes back as a value."""
    return _asked(path, limits, lambda told: DOCUMENT.validate_python(told["document"]))


def draw_apart(path: Path, number: int, turned: float = 0.0, limits: Limits = DEFAULT) -> Drawing | Refused:
    """Draw one page (from 1) in the same process, which gives pixels and nothing that needs to be decoded here."""
    return _asked(path, limits, _drawing, page={"number": number, "turned": turned})


def _drawing(told: dict[str, Any]) -> Drawing:
    given = told["drawing"]
    pixels = base64.b64decode(given["pixels"], validate=True)
    drawing = Drawing(int(given["width"]), int(given["height"]), float(given["scale"]), pixels)
    if not drawing.whole:
        raise ValueError("not a picture of a page")
    return drawing


def _asked(path: Path, limits: Limits, take: Callable[[dict[str, Any]], Value], **more: Any) -> Value | Refused:
    worker: Worker | None = getattr(_own, "worker", None)
    if worker is None or worker.process.poll() is not None:
        worker = _own.worker = Worker()
    answer = worker.ask(path, limits, **more)
    try:
        if answer is None:
            reason = "Reading it made the reader stop, so it was left alone."
            raise RuntimeError(reason)
        if not answer:
            raise RuntimeError(f"Reading it took longer than {limits.seconds} seconds.")
        told = json.loads(answer)
        if "refused" in told:
            return Refused(shown(path), str(told["refused"]["reason"]), str(told["refused"]["remedy"]))
        return take(told)
    except (RuntimeError, ValueError, KeyError, TypeError) as error:
        worker.end()
        _own.worker = None
        reason = str(error) if isinstance(error, RuntimeError) else "The reader's answer made no sense."
        return Refused(shown(path), reason, "Print the paper to a new PDF and put that in.")


def read_or_raise(path: Path, limits: Limits = DEFAULT) -> Document:
    """The same for one paper that somebody waits for; raises UnreadableError."""
    read = read_apart(path, limits)
    if isinstance(read, Refused):
        raise UnreadableError(read.file_name, read.reason, read.remedy)
    return read


def read_all(
    paths: Iterable[Path], executor: Executor, limits: Limits = DEFAULT
) -> Iterator[tuple[Path, Document | Refused]]:
    """Read many papers on any executor; answers come in the order the papers were given."""
    waiting = [(path, executor.submit(read_apart, path, limits)) for path in paths]
    for path, future in waiting:
        yield path, future.result()


def find_papers(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and the PDFs of each folder and the folders in it, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        else:
            yield path
