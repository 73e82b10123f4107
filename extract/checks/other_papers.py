"""Does something that is no part of this paper stand in it: a letter, an e-mail, a briefing, another decision?

What is put behind a Part 1 without a heading of its own form would be text of its last section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, spoken, texts
from extract.claims import Finding
from extract.record import DecisionRecord, Passage
from extract.references import normalise

LETTER = re.compile(
    r"(?:From|To|C[Cc]|B[Cc][Cc]|Sent|Subject|Re|RE|Importance|Attachments?)\s*:\s*(?![\d£\s])"
    r"|(?:FROM|TO|SENT|SUBJECT)\s*:|Dear (?:[A-Z]|all\b|colleague)"
    r"|(?:Yours (?:sincerely|faithfully|truly)|(?:Kind|Best|Many|With best) (?:regards|wishes))\b"
    r"|-{2,}\s*(?:Original|Forwarded) [Mm]essage|Sent from my \w+"
)
KIND = re.compile(
    r"(?:(?:confidential|urgent|internal|draft)\s+)?(?:briefing (?:note|paper)|memorandum|memo|file note|legal advice|"
    r"counsel'?s? (?:opinion|advice)|minutes|agenda|letter|e-?mail)\b(?:\s+(?:for|to|from|of|by|on|between|no)\b.*)?$",
    re.IGNORECASE,
)
HEADING = 10  # words: a heading is no longer


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Asked of what has no number: an e-mail's own lines, what calls itself a note, another reference above a page."""
    before: Passage | None = None
    for passage in texts(record):
        free = passage.number is None and passage.label is None
        if free and (what := _foreign(record, passage, before)):
            yield at_passage(
                record,
                "other-paper",
                "needs-person",
                f"{what} begins in {spoken(record, passage.id)}, on page {passage.page}. Does what stands there belong "
                "to Part 1 of this paper?",
                (passage.id,),
            )
        before = passage


def _foreign(record: DecisionRecord, passage: Passage, before: Passage | None) -> str | None:
    if LETTER.match(passage.text):
        return "What looks like a letter or an e-mail"
    short = len(passage.text.split()) <= HEADING and not passage.text.endswith((".", ";"))
    if short and KIND.match(passage.text.replace("’", "'")):
        return "What looks like a note, a letter or advice"
    tops = short and before is not None and before.page < passage.page and not passage.id.startswith("footnote/")
    if tops and before and (reference := normalise(passage.text)) and not normalise(before.text):
        own = {record.reference, *record.references}.intersection(reference.references)
        return "The head of a paper" if own else "Something with the reference of another decision"
    return None
