"""Has every part of the paper something in it?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field, at_passage
from extract.claims import Finding
from extract.record import DecisionRecord, Passage
from extract.texts import heading_place


def check(record: DecisionRecord) -> Iterator[Finding]:
    """An empty section is a paper not finished, or text that was not read."""
    for index, section in enumerate(record.sections, start=1):
        if not any(not isinstance(p, Passage) or any(map(str.isalnum, p.text)) for p in section.passages):
            name = " ".join(part for part in (section.number, section.heading) if part)
            yield at_passage(
                record,
                "section-empty",
                "needs-person",
                f"Section {name} has no text. Ask whether something is missing, or whether it has nothing to say.",
                (heading_place(index, section),),
                field=f"sections[{index - 1}]",
            )
    if record.form is not None and not record.recommendations:
        yield at_field(
            record,
            "section-empty",
            "blocks",
            "No recommendation can be read on this paper, so there is no decision to publish. Check the paper.",
            "recommendations",
        )
