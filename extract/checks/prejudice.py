"""Does the paper say that disclosure would, or would be likely to, prejudice what its ground protects?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.grounds import exemptions_of
from extract.checks.places import at_field
from extract.checks.public_interest import TEST
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

LEVEL = re.compile(
    r"\bwould\b(?:[\s,]+(?:or|be|is|also|by|its|the|disclosure|publication|very|seriously|unfairly|otherwise|likely|to|"
    r"would)){0,8}[\s,]+(?:prejudice|harm|damage|endanger|inhibit|undermine|weaken)\w*"
    r"|\blikely to (?:\w+ly )?(?:prejudice|harm|damage|endanger|inhibit|undermine|weaken)\w*",
    re.I,
)
QUALIFIED_PERSON = re.compile(r"\bqualified person\b", re.I)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """An exemption by prejudice is claimed at one of two levels; section 36 rests on a qualified person's opinion."""
    if record.part2.exists != "yes":
        return
    said = [words.text for words in public_texts(record)]
    tested = any(
        map(TEST.search, said)
    )  # where no test is recorded at all, that is asked for, and one question will do
    for index, ground in enumerate(record.part2.exemptions):
        rows = exemptions_of(ground)
        opinion = [row.key for row in rows if row.key.startswith("FOIA s.36")]
        by_prejudice = [row.key for row in rows if "P" in row.basis]
        if opinion and not any(map(QUALIFIED_PERSON.search, said)):
            yield at_field(
                record,
                "qualified-person-missing",
                "needs-person",
                f"The ground {_reads(ground.status)} {' and '.join(opinion)}, which rests on the opinion of the "
                "qualified person, and the paper records none. Record who gave it and when.",
                f"part2.exemptions[{index}]",
            )
        elif by_prejudice and tested and not any(map(LEVEL.search, said)):
            yield at_field(
                record,
                "prejudice-level-missing",
                "note",
                f"The ground {_reads(ground.status)} {' and '.join(by_prejudice)}, and the paper does not say whether "
                "disclosure would prejudice that interest, or would be likely to, nor whose it is. See that it is "
                "recorded with the public interest test.",
                f"part2.exemptions[{index}]",
            )


def _reads(status: str) -> str:
    return "is" if status == "resolved" else "reads as"
