"""Does the paper say on what date Part 2 is looked at again?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field
from extract.claims import Finding
from extract.dates import find_date
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """An event alone never ends an exemption by itself, so a person sets the date on which somebody looks again."""
    if record.part2.exists != "yes":
        return
    condition = record.part2.ceases_when
    if condition is None:
        message = "The paper does not say when Part 2 ceases to be exempt. Give the date on which it is to be reviewed."
    elif find_date(condition) is not None:
        return
    else:
        message = (
            "Part 2 ceases to be exempt on an event, and no one clear date is given. "
            "Give the date on which somebody is to see whether it has happened."
        )
    yield at_field(record, "cease-condition-without-date", "needs-person", message, "part2.ceases_when", asks="date")
