"""The files that come in: which of them may be papers, and their bytes, unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.errors import UnreadableError
from ingest.limits import DEFAULT, Limits


def find_papers(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and the PDFs of each folder and the folders in it, by name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
        else:
            yield path


def left_out(paths: Iterable[Path]) -> int:
    """How many files of the folders are no PDFs by their names, and are not put in."""
    return sum(p.is_file() and p.suffix.lower() != ".pdf" for path in paths if path.is_dir() for p in path.rglob("*"))


def load(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a file that may be a paper; raises UnreadableError where there is none or it is far too large."""
    try:
        if path.is_dir():
            raise UnreadableError(path.name, "This is a folder.", "Name one PDF in it, or put the folder in.")
        if not path.is_file():
            raise UnreadableError(path.name, "There is no such file.", "Check the name and the folder.")
        if path.stat().st_size > limits.megabytes * 1_000_000:
            reason = f"The file is larger than {limits.megabytes} MB."
            raise UnreadableError(path.name, reason, "Put the decision paper in without its annexes.")
        return path.read_bytes()
    except OSError:
        reason = "The file could not be opened."
        raise UnreadableError(
            path.name, reason, "Check that you may read it and that it is not open elsewhere."
        ) from None
