"""Has every Part 2 a ground, and can each ground be read?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.grounds import exemptions_of
from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Without a ground nothing may be withheld; a ground that names two laws at once is for a person to settle."""
    if record.part2.exists == "yes" and not record.part2.exemptions:
        yield at_field(
            record,
            "exemption-missing",
            "blocks",
            "The paper has a Part 2 and prints no ground for it. Get the exemption that is relied on.",
            "part2.exemptions",
        )
    for index, ground in enumerate(record.part2.exemptions):
        if ground.status == "resolved":
            continue
        message = "The printed ground does not lead to one exemption. Find out which is meant."
        if ground.reading:
            named = " and ".join(row.key for row in exemptions_of(ground))
            message = f"The ground is printed as “{ground.reading.label_as_printed}”. {ground.reading.why}" + (
                f" It may mean {named}: ask the officer who claimed it." if named else ""
            )
        yield at_field(
            record, "exemption-unresolved", "needs-person", message, f"part2.exemptions[{index}]", asks="exemption"
        )
