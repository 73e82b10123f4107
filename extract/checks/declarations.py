"""Did the originating officer confirm every declaration?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.asked import form_has
from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Rows are counted, not ticks: the tick in the heading of the table confirms nothing."""
    if not record.declarations and form_has(record, "declarations"):
        yield at_field(
            record,
            "declarations-missing",
            "needs-person",
            "The originating officer's declarations cannot be read on this paper. See that they were made.",
            "declarations",
        )
    for index, declaration in enumerate(record.declarations):
        field = f"declarations[{index}].ticked"
        if not declaration.ticked:
            seen = f": {record.remarks[field]}" if field in record.remarks else ""
            yield at_field(
                record,
                "declaration-unticked",
                "needs-person",
                f"The declaration on “{declaration.topic}” is not ticked{seen}. "
                "Ask the originating officer to confirm it.",
                field,
            )
