"""Was anything that becomes public read from a picture without being sure of it?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field, at_passage, find_passage, spoken
from extract.claims import Finding
from extract.facts import Evidence
from extract.record import DecisionRecord

SHOWN = 4  # words that a message quotes


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A misread figure looks like any other; a person compares each unsure place with the page it was read from."""
    for place, words in record.unsure.items():
        said = _said(words)
        if place.startswith("page/"):
            page = words[0].page
            message = f"In the headings of page {page}, {said}. Compare them with the page."
            yield at_field(
                record, "ocr-confidence", "needs-person", message, "source.ocr_pages", detail=f"page-{page}", page=page
            )
        elif find_passage(record, place):
            message = f"In {spoken(record, place)}, {said}. Compare it with page {words[0].page}."
            yield at_passage(record, "ocr-confidence", "needs-person", message, (place,))
        else:
            message = f"In what was read for {place}, {said}. Compare it with page {words[0].page}."
            yield at_field(record, "ocr-confidence", "needs-person", message, place)


def _said(words: tuple[Evidence, ...]) -> str:
    quoted = ", ".join(f"“{word.text}”" for word in words[:SHOWN])
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return f"{quoted}{more} {'was' if len(words) == 1 else 'were'} read from a picture and may be wrong"
