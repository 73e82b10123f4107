"""Does the notice of Part 2, which is published, say something of what Part 2 holds?

The marking, the grounds and the day on which Part 2 ceases to be exempt are printed for everybody. A company, a sum or
more than the words of a marking there may be what is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_field
from extract.claims import Finding
from extract.closing import is_marking
from extract.record import DecisionRecord

TELLS = re.compile(r"[£€$]\s?\d|\b\d[\d,.]*\s?(?:million|thousand|bn)\b|\b(?:Ltd|Limited|[Pp][Ll][Cc]|LLP|Inc|GmbH)\b")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """What a ground is, and why, can be said without a name and without a price."""
    notice = record.part2
    if notice.marking and notice.marking.upper() != "OFFICIAL" and not is_marking(notice.marking):
        yield at_field(
            record,
            "notice-tells-more",
            "needs-person",
            "The line that names the marking of Part 2 says more than a marking, and it is published. Is all of it "
            "meant for everybody?",
            "part2.marking",
        )
    printed = {f"part2.exemptions[{n}]": ground.as_printed for n, ground in enumerate(notice.exemptions)}
    for field, text in (printed | {"part2.ceases_when": notice.ceases_when or ""}).items():
        if TELLS.search(text):
            yield at_field(
                record,
                "notice-tells-more",
                "needs-person",
                "The notice of Part 2 names a company or a sum, and it is published. See that it tells nothing of what "
                "Part 2 holds. Is it meant for everybody?",
                field,
            )
