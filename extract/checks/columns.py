"""Does a paragraph stand in columns, beside or below words that were read as a part of it?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_passage, capital, spoken, texts
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Two texts side by side, or one close above the other, are read as one; a heading among them is lost in it."""
    for passage in texts(record):
        if told := record.remarks.get(passage.id):
            yield at_passage(
                record,
                "print-in-columns",
                "blocks",
                f"{capital(spoken(record, passage.id))}, on page {passage.page}, {told}. See on the page whether two "
                "texts were read as one there, and whether all of both belongs to Part 1.",
                (passage.id,),
            )
