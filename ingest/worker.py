"""The process that opens untrusted PDFs: one paper a line in, one JSON document a line out.

Run as `python -m ingest.worker`. It limits its own memory and time, so that a paper that explodes takes only this
process with it. Nothing but JSON leaves it: what a hostile PDF could make it say is parsed again on the other side.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from ingest.document import Document
from ingest.errors import UnreadableError, shown
from ingest.limits import Limits
from ingest.reader import read

DOCUMENT = TypeAdapter(Document)


def main() -> None:
    """Answer one question a line until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak on the answer line
    for line in sys.stdin.buffer:
        task = json.loads(line)
        limits = Limits(**task["limits"])
        _limit(limits)
        answers.write(_answer(Path(task["path"]), limits) + b"\n")
        answers.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(limits: Limits) -> None:
    size = limits.memory_megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (size, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the paper's text
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)  # if nobody is left to end it


def _answer(path: Path, limits: Limits) -> bytes:
    try:
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


if __name__ == "__main__":
    main()
