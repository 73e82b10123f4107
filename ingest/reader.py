"""`read(path) -> Document`: one PDF to one frozen value, hidden content included, within limits."""

from __future__ import annotations

import hashlib
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import covered, crossed, hidden, inside, layer, notes, pdf, scan, signed, structure, tables, widgets
from ingest.boxes import ticked_again
from ingest.document import Document, Hidden, Page
from ingest.errors import UnreadableError
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits

UNSEARCHED = Hidden("not-searched", None, None, "", "Nobody has looked for hidden content in this file.")
A_PAGE = 0.5  # of the time for a paper: what a single picture may take
SCANS = 0.75  # of the time for a paper: what its pictures may take, so that the rest of it is still read


def read(path: Path, limits: Limits = DEFAULT) -> Document:
    """Read one PDF; raises UnreadableError, which names the file and what to do next."""
    return read_bytes(path.name, load(path, limits), limits)


def read_bytes(name: str, data: bytes, limits: Limits = DEFAULT, *, search: bool = True) -> Document:
    """The same for the bytes of a file of that name, so that whoever parses them needs no file.

    Without the `search` for hidden content, which is to be measured by itself, the paper says so and is held for it.
    """
    with pdf.opened(name, data) as paper:
        count = pdf.page_count(paper)
        if count == 0:
            raise UnreadableError(name, "The PDF has no pages.", "Ask the sender for it again.")
        if count > limits.pages:
            reason = f"The PDF has {count} pages; at most {limits.pages} are read."
            raise UnreadableError(name, reason, "Put the decision paper in without its annexes.")
        filled = widgets.filled_in(paper, data)
        with pdf.opened(name, filled.print) if filled else nullcontext(paper) as shown:
            until = time.monotonic() + SCANS * limits.seconds
            most = A_PAGE * limits.seconds
            read = [_read(shown, page, most, until, search) for page in _pages(name, shown, limits)]
        signatures = tuple(signed.digital_signatures(paper, data))
    pages = tuple(page for page, _ in read)
    unseen = tuple(found for _, here in read for found in here)
    if filled:
        pages = tuple(replace(page, marks=ticked_again(page, filled.boxes)) for page in pages)
        unseen += filled.hidden
    unseen += tuple(crossed.hidden_strokes(pages))
    unseen += tuple(structure.beside_the_pages(data)) if search else (UNSEARCHED,)
    unseen += tuple(inside.inside_the_file(name, data, pages, unseen)) if search else ()
    digest = hashlib.sha256(data).hexdigest()
    pages, footnotes = notes.find_notes(pages)
    ruled, unread = tables.find_tables(notes.without(pages, footnotes), filled.print if filled else data)
    return Document(name, digest, pages, ruled, unseen + unread, signatures, footnotes)


def _pages(name: str, paper: Any, limits: Limits) -> tuple[Page, ...]:
    try:
        return tuple(pdf.read_pages(paper, limits.objects))
    except pdf.Overdrawn as error:
        reason = f"Page {error.page} is drawn from more parts than any decision paper has."
        raise UnreadableError(name, reason, "Print the paper to a new PDF and put that in.") from None
    except pdf.Damaged as error:
        reason = f"Page {error.page} is broken: nothing can be read from it."
        raise UnreadableError(name, reason, "Open it in the program it came from and save it as a PDF again.") from None


def _read(paper: Any, page: Page, most: float, until: float, search: bool) -> tuple[Page, tuple[Hidden, ...]]:
    """A page with what is hidden on it; one that is a picture read as far as the time for a paper goes, else unread."""
    left = min(most, until - time.monotonic())
    if not search:
        return scan.read_scan(paper, page, left) if scan.is_picture(page) else page, ()
    if page.pictures:
        page = replace(page, pictures=hidden.pictures_seen(paper, page))
    unseen = hidden.unseen_words(paper, page.number - 1)
    of_a_scan = layer.lies_on(page, unseen)
    if of_a_scan:
        page, unseen = layer.compared(paper, page, unseen, left)
    elif left > 1 and scan.is_picture(page):
        page = scan.read_scan(paper, page, left)
    found = (
        *hidden.unapplied_redactions(paper, page.number - 1),
        *hidden.hidden_text(unseen, page.number, of_a_scan=of_a_scan),
    )
    return page, (*found, *covered.covered_pictures(paper, page.number, left))
