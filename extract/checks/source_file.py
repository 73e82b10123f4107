"""Is all that the file holds printed text, in a place the form knows?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Scans are misread, hidden text is somebody's secret, and text in no known place is nobody's to publish."""
    scanned, unread = record.source.ocr_pages, record.source.unread_pages
    if unread and len(unread) < record.source.pages:
        yield at_field(
            record,
            "unread-pages",
            "blocks",
            f"{_pages(unread)} {'is a picture' if len(unread) == 1 else 'are pictures'} and could not be read: nothing "
            "that stands there is in the record. Ask for the paper as it was written, not as a scan.",
            "source.unread_pages",
            page=unread[0],
        )
    if scanned:
        yield at_field(
            record,
            "scanned-pages",
            "blocks",
            f"{_pages(scanned)} {'is a picture' if len(scanned) == 1 else 'are pictures'} without text: what was read "
            "there may be wrong. Ask for the paper as it was written, not as a scan.",
            "source.ocr_pages",
            page=scanned[0],
        )
    elif not record.passages() and not record.withheld_passages:
        yield at_field(
            record,
            "scanned-pages",
            "blocks",
            "No text could be read in this file. Ask for the paper as it was written, not as a scan.",
            "source.ocr_pages",
        )
    if record.hidden:
        places = "one place" if len(record.hidden) == 1 else f"{len(record.hidden)} places"
        yield at_field(
            record,
            "hidden-content",
            "blocks",
            f"The file holds content in {places} that a reader cannot see, or that says other than it shows: text "
            "under a box, for example, or another file. Inspect the file, and ask for a clean copy of the paper.",
            "hidden",
        )
    if record.form is not None:
        yield from _unplaced(record)


def _unplaced(record: DecisionRecord) -> Iterator[Finding]:
    unplaced = [passage for passage in record.withheld_passages if passage.why == "unplaced"]
    for page in sorted({passage.page for passage in unplaced}):
        words = sum(len(p.withheld_text.get_secret_value().split()) for p in unplaced if p.page == page)
        yield at_field(
            record,
            "unplaced-text",
            "needs-person",
            f"Page {page} has {words} {'word' if words == 1 else 'words'} in no place that the form knows. They stay "
            "withheld: see whether anything that belongs to Part 1 is among them.",
            "withheld_passages",
            detail=f"page-{page}",
            page=page,
        )


def _pages(pages: tuple[int, ...]) -> str:
    if len(pages) == 1:
        return f"Page {pages[0]}"
    return f"Pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"
