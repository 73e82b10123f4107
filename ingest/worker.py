"""The process that opens untrusted PDFs: one question a line in, one JSON document a line out.

A question asks for a paper, or for the pixels of one page of it.

Run as `python -m ingest.worker`. It limits its own memory and time, so that a paper that explodes takes only this
process with it. Nothing but JSON leaves it: what a hostile PDF could make it say is parsed again on the other side.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ingest.document import Document
from ingest.errors import UnreadableError, shown
from ingest.limits import Limits
from ingest.reader import load, read

DOCUMENT = TypeAdapter(Document)


def main() -> None:
    """Answer one question a line until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak on the answer line
    for line in sys.stdin.buffer:
        task = json.loads(line)
        limits = Limits(**task["limits"])
        _limit(limits)
        answers.write(_answer(Path(task["path"]), limits, task.get("page")) + b"\n")
        answers.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(limits: Limits) -> None:
    size = limits.memory_megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (size, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the paper's text
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)  # if nobody is left to end it


def _answer(path: Path, limits: Limits, page: dict[str, Any] | None) -> bytes:
    try:
        if page is not None:
            return _drawn(path, limits, **page)
        document = replace(read(path, limits), file_name=shown(path))
        return b'{"document":' + DOCUMENT.dump_json(document) + b"}"
    except UnreadableError as error:
        refused = {"reason": error.reason, "remedy": error.remedy}
    except MemoryError:
        refused = {
            "reason": f"Reading it needs more than {limits.memory_megabytes} MB of memory.",
            "remedy": "Print the paper to a new PDF and put that in.",
        }
    except Exception as error:  # any failure of a library on a hostile file is one refused paper
        refused = {
            "reason": f"It could not be read ({type(error).__name__}).",
            "remedy": "Open it in the program it came from and save it as a PDF again.",
        }
    return json.dumps({"refused": refused}).encode()


def _drawn(path: Path, limits: Limits, number: int, turned: float) -> bytes:
    from ingest import drawing  # numpy, which a paper without a scan need not load

    drawn = drawing.drawn(path, load(path, limits), number, turned, limits)
    sizes = {"width": drawn.width, "height": drawn.height, "scale": drawn.scale}
    return json.dumps({"drawing": sizes | {"pixels": base64.b64encode(drawn.pixels).decode()}}).encode()


if __name__ == "__main__":
    main()
