"""Is the mark of every footnote in the text?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_passage
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A note that nothing leads to is not published, since nobody can tell what it speaks of."""
    for note in record.footnotes:
        if note.passage is None:
            yield at_passage(
                record,
                "footnote-without-mark",
                "note",
                f"The note “{note.mark}” at the foot of page {note.page} is named nowhere in the text, so it is not "
                "published. Look whether its mark was lost.",
                (note.id,),
            )
