"""Is the reader sent to a Part 2 that the paper says there is not?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_passage, spoken, texts
from extract.checks.withheld_topics import ELSEWHERE
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Either a Part 2 was forgotten, or a sentence of another paper was left standing."""
    if record.part2.exists != "no":
        return
    places = [passage.id for passage in texts(record) if ELSEWHERE.search(passage.text)]
    if places:
        where = ", ".join(spoken(record, place) for place in places)
        yield at_passage(
            record,
            "part2-mentioned-but-none",
            "needs-person",
            f"The paper says there is no Part 2, yet {where} {'sends' if len(places) == 1 else 'send'} the reader to "
            "one. Ask the originating officer which is right.",
            tuple(places),
        )
