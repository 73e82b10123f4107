"""Where the words of a paper lie, read in a process of its own without the search for hidden content.

For whoever points at a place on a page, or at words whose place is wanted: the paper was searched when it came in.
Run as `python -m ingest.laid` it is that process.
"""

from __future__ import annotations

from pathlib import Path

from ingest.apart import DOCUMENT, Refused, answered
from ingest.document import Document
from ingest.errors import UnreadableError, shown
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits


def laid_apart(path: Path, limits: Limits = DEFAULT) -> Document | Refused:
    """The words, lines and tables of a PDF; whatever goes wrong comes back as a value."""
    try:
        data = load(path, limits)
    except UnreadableError as error:
        return Refused(shown(path), error.reason, error.remedy)
    return answered("ingest.laid", shown(path), data, limits, DOCUMENT.validate_json)


def _answer(name: str, data: bytes, limits: Limits) -> bytes:
    from ingest.reader import read_bytes  # the PDF engines: only where a paper is read

    return DOCUMENT.dump_json(read_bytes(name, data, limits, search=False))


if __name__ == "__main__":
    from ingest.worker import serve

    serve(_answer)
