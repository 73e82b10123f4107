"""Is the reader sent to a Part 2 that the paper does not say there is?

A sentence that points to a Part 2 stays public: it is a mention, no heading. What it points to is what is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, spoken, texts
from extract.claims import Finding
from extract.record import DecisionRecord

PART2 = r"part\s*(?:2|ii|two)"
OURS = r"(?:the|this)\s+(?:report|paper|decision|form|document)"
SIGNAL = re.compile(
    rf"\b(?:exempt|restricted|confidential)\s+(?:{PART2}|part|paper|report|annex|appendix|schedule|business\s+case)\b"
    rf"|\b(?:exempt|restricted|confidential)\s+sections?(?=\s+of\s+{OURS}|\s*(?:$|[.,;)]))"
    rf"|\b(?:private|closed)\s+(?:{PART2}|paper|report|annex|appendix)\b"
    rf"|\b{PART2}\s+(?:of\s+{OURS}|paper|report|form|annex|appendix|business\s+(?:case|justification))\b"
    rf"|\b(?:in|within|see|to|by|under)\s+(?:the\s+)?{PART2}(?=\s*(?:$|[.,;:)]))"
    rf"|\bcounterpart\s+(?:of|to)\s+{OURS}\b[^.]{{0,40}}\b(?:exempt|confidential|restricted|withheld)\b"
    rf"|\bexempt(?:ed)?\s+from\s+(?:publication|disclosure)\b",
    re.IGNORECASE,
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Either a Part 2 was forgotten, or a sentence of another paper was left standing."""
    if record.part2.exists == "yes":
        return
    places = [passage.id for passage in texts(record) if SIGNAL.search(passage.text)]
    if places:
        where = ", ".join(spoken(record, place) for place in places)
        said = "says there is no Part 2" if record.part2.exists == "no" else "does not say whether there is a Part 2"
        yield at_passage(
            record,
            "part2-mentioned-but-none",
            "needs-person",
            f"The paper {said}, yet {where} {'sends' if len(places) == 1 else 'send'} the reader to one. "
            "Ask the originating officer which is right.",
            tuple(places),
        )
