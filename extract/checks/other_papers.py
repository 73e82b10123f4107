"""Does something that is no part of this paper stand in it: a letter, an e-mail, a briefing, another decision?

What is put behind a Part 1 without a heading of its own form would be text of its last section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.checks.behind_papers import behind_none
from extract.checks.places import at_passage, spoken, texts
from extract.claims import Finding
from extract.record import DecisionRecord, Passage

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
ANNEX = re.compile(
    r"(?:(?:commercial|legal|financial|technical|supplementary|further)\s+)?(?:annex|appendix|schedule|enclosure|"
    r"attachment|addendum)\b",
    re.IGNORECASE,
)
OF_THE_FORM = re.compile(r"(?:appendices|background|supporting)\b.*\bpapers\W*$", re.IGNORECASE)
HEADING = 10  # words: a heading is no longer


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Asked of what has no number: an e-mail's own lines, what calls itself a note, and a heading behind the rest."""
    behind = {passage.id for passage in _behind(record)}
    for passage in texts(record):
        if not _is_free(passage):
            continue
        if what := "A heading without a number" if passage.id in behind else _foreign(passage.text):
            yield at_passage(
                record,
                "other-paper",
                "needs-person",
                f"{what} begins in {spoken(record, passage.id)}, on page {passage.page}. Does what stands there belong "
                "to Part 1 of this paper?",
                (passage.id,),
            )


def _is_free(passage: Passage) -> bool:
    return passage.number is None and passage.label is None


def _is_short(text: str) -> bool:
    return len(text.split()) <= HEADING and not text.endswith((".", ";", ","))


def _foreign(text: str) -> str | None:
    if LETTER.match(text):
        return "What looks like a letter or an e-mail"
    if _is_short(text) and KIND.match(text.replace("’", "'")):
        return "What looks like a note, a letter or advice"
    return None


def _behind(record: DecisionRecord) -> Iterator[Passage]:
    """The short lines without a number that begin a page or an annex, or stand in the last section, behind numbers.

    In a list of papers one such line follows the other, or what leads in to them.
    """
    for section in record.sections:
        if behind_none(section):  # which another check asks about
            continue
        last = section is record.sections[-1]
        passages = [passage for passage in section.passages if isinstance(passage, Passage)]
        for n, (before, passage) in enumerate(pairwise(passages), 1):
            if not (_is_free(passage) and _is_short(passage.text)) or OF_THE_FORM.match(passage.text):
                continue
            goes_on = before.text.endswith(":") or (_is_free(before) and _is_short(before.text))
            numbered = any(not _is_free(above) for above in passages[:n])
            if numbered and not goes_on and (last or before.page < passage.page or ANNEX.match(passage.text)):
                yield passage
