"""The process that opens untrusted PDFs and reads their records. Run as `python -m extract.worker`."""

from __future__ import annotations

from extract import reading
from ingest.limits import Limits
from ingest.worker import serve


def answer(name: str, data: bytes, limits: Limits) -> bytes:
    """One paper's reading as a line of JSON."""
    return reading.dump(reading.read_whole(name, data, limits))


if __name__ == "__main__":
    serve(answer)
