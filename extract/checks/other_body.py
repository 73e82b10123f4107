"""Is this a paper of the body whose decisions this register publishes?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.bodies import stranger
from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Another body's decision is theirs to publish. No answer opens it: `separate` holds it too."""
    if why := stranger(record):
        yield at_field(record, "other-body", "blocks", why, "body")
