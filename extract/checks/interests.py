"""Did the decision maker say whether they have an interest in the matter?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.asked import form_has
from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A statement that interests are recorded below, with nothing below, is neither an interest nor "none"."""
    if record.approval.interests == "not-stated" and form_has(record, "interests_below", "no_interests"):
        yield at_field(
            record,
            "interests-not-stated",
            "needs-person",
            "The decision maker's statement of interests is left open: it names no interest and does not say there is "
            "none. Ask for one or the other.",
            "approval.interests",
        )
