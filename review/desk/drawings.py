"""What the desk draws and lays out of a paper, in processes of their own, and keeps for a while in memory only.

A few threads ask, each of its own process, so that forty visitors do not start forty of them. Nothing is kept on disk:
a picture shows whole pages, whatever is withheld of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from ingest.apart import Refused, answered
from ingest.document import Document
from ingest.drawn import draw_apart
from ingest.laid import laid_apart
from ingest.limits import Limits
from review import originals
from review.pictures import bare

DRAWING = 2  # threads
PICTURES, PAPERS = 120, 16  # kept at most: some 40 MB of pictures, and what was laid out of so many papers
PATIENCE = Limits(seconds=90)  # a scan takes its time; nobody waits for it but who points at its words
NOT_WHOLE = Refused("", "The PDF is no longer the file that was read.", "Restore it from a backup.")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture of one page, and the page's size in points."""

    png: bytes
    width: float
    height: float


class Kept(Generic[T]):
    """The last few answers by what was asked; an answer that is being worked out is asked for once."""

    def __init__(self, most: int, executor: ThreadPoolExecutor) -> None:
        self.most, self.executor = most, executor
        self.futures: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self.lock = threading.Lock()

    def ask(self, what: Hashable, work: Callable[[], T]) -> Future[T]:
        with self.lock:
            future = self.futures.get(what)
            if future is None or _failed(future):
                future = self.futures[what] = self.executor.submit(work)
            self.futures.move_to_end(what)
            while len(self.futures) > self.most:
                self.futures.popitem(last=False)
            return future


def _failed(future: Future[T]) -> bool:
    """Whether it is worth asking again: what was refused may have been mended since."""
    return future.done() and (future.exception() is not None or isinstance(future.result(), Refused))


_pictures: Kept[PagePicture | Refused] = Kept(PICTURES, ThreadPoolExecutor(DRAWING, "drawing"))
# One thread of its own: a scan is read for a minute, and no picture waits for it.
_papers: Kept[Document | Refused] = Kept(PAPERS, ThreadPoolExecutor(1, "laying-out"))


def picture_of(home: Path, sha: str, page: int, turned: float = 0.0) -> Future[PagePicture | Refused]:
    """The picture of page `page` (from 1), turned as it was for reading."""
    return _pictures.ask((home, sha, page), lambda: _draw(home, sha, page, turned))


def laid_out(home: Path, sha: str) -> Future[Document | Refused]:
    """The words of a paper and where they lie."""
    return _papers.ask((home, sha), lambda: _lay(home, sha))


def soon(future: Future[T | Refused], seconds: float) -> T | None:
    """The answer, if there is one within so many seconds."""
    try:
        answer = future.result(seconds)
    except TooSlow:
        return None
    return None if isinstance(answer, Refused) else answer


def warm() -> None:
    """Start the processes, so that the first paper opens as quickly as the next: each refuses an empty file."""
    for _ in range(DRAWING):
        _pictures.executor.submit(answered, "ingest.drawn", "", b'{"number":1,"turned":0}\n', PATIENCE, bool)
    _papers.executor.submit(answered, "ingest.laid", "", b"", PATIENCE, bool)


def _draw(home: Path, sha: str, page: int, turned: float) -> PagePicture | Refused:
    if not originals.whole(home, sha):
        return NOT_WHOLE
    drawing = draw_apart(originals.path_of(home, sha), page, turned)
    if isinstance(drawing, Refused):
        return drawing
    return PagePicture(bare(drawing), drawing.width / drawing.scale, drawing.height / drawing.scale)


def _lay(home: Path, sha: str) -> Document | Refused:
    if not originals.whole(home, sha):
        return NOT_WHOLE
    return laid_apart(originals.path_of(home, sha), PATIENCE)
