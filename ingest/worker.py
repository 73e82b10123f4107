"""The process that opens untrusted PDFs: one paper in, one line of JSON out.

Run as `python -m ingest.worker`. It limits its own memory and time, so that a paper that explodes takes only this
process with it. Nothing but JSON leaves it: what a hostile PDF could make it say is parsed again on the other side.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable

from pydantic import TypeAdapter

from ingest.document import Document
from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.reader import read_bytes

DOCUMENT = TypeAdapter(Document)

Answer = Callable[[str, bytes, Limits], bytes]


def serve(answer: Answer) -> None:
    """Answer one question after the other until there are no more: a line of JSON, then the bytes of the paper."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak on the answer line
    questions = sys.stdin.buffer
    for line in questions:
        task = json.loads(line)
        data = questions.read(task["size"])
        if len(data) < task["size"]:
            return  # whoever asked is gone
        limits = Limits(**task["limits"])
        _limit(limits)
        answers.write(_guarded(answer, task["name"], data, limits) + b"\n")
        answers.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(limits: Limits) -> None:
    size = limits.memory_megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (size, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the paper's text
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)  # if nobody is left to end it


def _guarded(answer: Answer, name: str, data: bytes, limits: Limits) -> bytes:
    try:
        return answer(name, data, limits)
    except UnreadableError as error:
        refused = {"reason": error.reason, "remedy": error.remedy}
    except MemoryError:
        return b'{"refused":"memory"}'
    except Exception as error:  # any failure of a library on a hostile file is one refused paper
        refused = {
            "reason": f"It could not be read ({type(error).__name__}).",
            "remedy": "Open it in the program it came from and save it as a PDF again.",
        }
    return json.dumps({"refused": refused}).encode()


def _document(name: str, data: bytes, limits: Limits) -> bytes:
    return DOCUMENT.dump_json(read_bytes(name, data, limits))


if __name__ == "__main__":
    serve(_document)
