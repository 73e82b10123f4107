"""Does the paper record the public interest test that a qualified exemption needs?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.grounds import exemptions_of
from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

TEST = re.compile(
    r"\bpublic interest (?:test|balance|considerations?)\b"
    r"|\bpublic interest in (?:maintaining|withholding|disclos\w+|non-disclosure)\b"
    r"|\bbalance of (?:the )?public interest\b|\bpublic interest (?:favours|outweighs|lies)\b"
    r"|\boutweighs? the public interest\b",
    re.I,
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A qualified exemption holds only where the public interest in withholding outweighs that in disclosure."""
    if record.part2.exists != "yes" or any(TEST.search(words.text) for words in public_texts(record)):
        return
    for index, ground in enumerate(record.part2.exemptions):
        weighed = [row for row in exemptions_of(ground) if row.requires_public_interest_test]
        if weighed:
            reads = "is" if ground.status == "resolved" else "reads as"
            kind = "not known to be absolute" if any(row.absolute is None for row in weighed) else "qualified"
            yield at_field(
                record,
                "public-interest-test-missing",
                "needs-person",
                f"The ground {reads} {' and '.join(row.key for row in weighed)}, which is {kind}, and the paper "
                "records no public interest test. Record the test, or who made it and when.",
                f"part2.exemptions[{index}]",
            )
