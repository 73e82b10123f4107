"""Is anything that would become public struck out?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field, at_passage, find_passage, spoken
from extract.claims import Finding
from extract.facts import Evidence
from extract.record import DecisionRecord

SHOWN = 8  # words that a message quotes


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A text keeps no line drawn through it, so what the paper deletes would be published as if it stood."""
    for place, words in record.struck.items():
        page = words[0].page
        if find_passage(record, place):
            yield at_passage(record, "struck-text", "blocks", _message(words, spoken(record, place)), (place,))
        elif place.startswith("page/"):
            message = _message(words, f"a heading or a line that leads in on page {page}")
            yield at_field(record, "struck-text", "blocks", message, "source", detail=f"page-{page}", page=page)
        else:
            yield at_field(record, "struck-text", "blocks", _message(words, spoken(record, place)), place)


def _message(words: tuple[Evidence, ...], where: str) -> str:
    quoted = " ".join(word.text for word in words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
    return (
        f"“{quoted}” is struck out or written over in {where}. It would be published as if it stood: withhold it, "
        "or ask for the paper without what was deleted."
    )
