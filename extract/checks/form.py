"""Is this a form that can be read, and does it say which decision it is?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field
from extract.claims import Finding
from extract.editions import find_edition
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Without a known form nothing on the paper has a recognised public place, so all of it stays withheld."""
    if record.form is None:
        yield at_field(
            record,
            "form-unknown",
            "blocks",
            "This paper is not on a form that is known here, so nothing of it can be published. "
            "Check that it is a decision form; a new edition has to be added first.",
            "form",
        )
        return
    edition = find_edition(record.form)
    if edition and not edition.public:
        yield at_field(
            record,
            "part2-alone",
            "blocks",
            "This file is a Part 2 form by itself: all of it is withheld and nothing of it can be published. Keep it "
            "with its Part 1, and withdraw it here.",
            "form",
        )
        return
    if not (record.reference or "").strip():
        yield at_field(
            record,
            "reference-missing",
            "blocks",
            "No reference of the decision can be read on the paper. Get the reference from the register of decisions.",
            "reference",
        )
    if not (record.title or "").strip():
        yield at_field(
            record,
            "title-missing",
            "blocks",
            "No title of the decision can be read on the paper. Ask the originating officer for a paper with one.",
            "title",
        )
