"""`read(path) -> Document`: one PDF to one frozen value, hidden content included, within limits."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import hidden, ocr, pdf, scan, signed, structure, tables, widgets
from ingest.boxes import ticked_again
from ingest.document import Document, Hidden, Page
from ingest.errors import UnreadableError
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits

SCANS = 0.75  # of the time for a paper: what its pictures may take, so that the rest of it is still read


def read(path: Path, limits: Limits = DEFAULT) -> Document:
    """Read one PDF; raises UnreadableError, which names the file and what to do next."""
    return read_bytes(path.name, load(path, limits), limits)


def read_bytes(name: str, data: bytes, limits: Limits = DEFAULT) -> Document:
    """The same for the bytes of a file of that name, so that whoever parses them needs no file."""
    with pdf.opened(name, data) as paper:
        count = pdf.page_count(paper)
        if count == 0:
            raise UnreadableError(name, "The PDF has no pages.", "Ask the sender for it again.")
        if count > limits.pages:
            reason = f"The PDF has {count} pages; at most {limits.pages} are read."
            raise UnreadableError(name, reason, "Put the decision paper in without its annexes.")
        for index in range(count):
            if pdf.object_count(paper, index) > limits.objects:
                reason = f"Page {index + 1} is drawn from more parts than any decision paper has."
                raise UnreadableError(name, reason, "Print the paper to a new PDF and put that in.")
        filled = widgets.filled_in(paper, data)
        with pdf.opened(name, filled.print) if filled else nullcontext(paper) as shown:
            pages = tuple(_with_scans_read(shown, pdf.read_pages(shown), limits))
            unseen: tuple[Hidden, ...] = tuple(
                found
                for index in range(count)
                for found in (*hidden.unapplied_redactions(shown, index), *hidden.hidden_text(shown, index))
            )
        signatures = tuple(signed.digital_signatures(paper, data))
    if filled:
        pages = tuple(replace(page, marks=ticked_again(page, filled.boxes)) for page in pages)
        unseen += filled.hidden
    unseen += tuple(structure.beside_the_pages(data))
    digest = hashlib.sha256(data).hexdigest()
    ruled = tables.find_tables(pages, filled.print if filled else data)
    return Document(name, digest, pages, ruled, unseen, signatures)


def _with_scans_read(paper: Any, pages: Iterable[Page], limits: Limits) -> Iterator[Page]:
    """The pages, those that are pictures read as far as the time for a paper goes; the rest of them stay unread."""
    until = time.monotonic() + SCANS * limits.seconds
    for page in pages:
        left = min(ocr.SECONDS, until - time.monotonic())
        yield scan.read_scan(paper, page, left) if left > 1 and scan.is_picture(page) else page
