"""Does something that is no part of this paper stand in it: a letter, an e-mail, a briefing, another decision?

What is put in or behind a Part 1 without a heading of its own form is read as text of the section that it stands in. No
list of spellings knows all that people head it with, so every line is asked about that stands as a heading does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from extract.checks.behind_papers import behind_none
from extract.checks.places import at_passage, spoken, texts
from extract.claims import Finding
from extract.record import Block, DecisionRecord, Passage

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
OF_THE_FORM = re.compile(r"(?:appendices|background|supporting)\b.*\bpapers\W*$", re.IGNORECASE)
FIELD = re.compile(r"[^:]+:\s+\S")  # a label and what it is a label of
HEADING = 10  # words: a heading is no longer


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Asked of what has no number: an e-mail's own lines, what calls itself a note, and what stands as a heading."""
    below = {place: count for stretch in _stretches(record) for place, count in _headings(stretch)}
    for passage in texts(record):
        if not _is_free(passage):
            continue
        if what := _heading(below[passage.id]) if passage.id in below else _foreign(passage.text):
            yield at_passage(
                record,
                "other-paper",
                "needs-person",
                f"{what} begins in {spoken(record, passage.id)}, on page {passage.page}. Does what stands there belong "
                "to Part 1 of this paper?",
                (passage.id,),
            )


def _heading(below: int) -> str:
    what = "What looks like a heading, and is none that the form knows,"
    return f"{what} with {'one paragraph' if below == 1 else f'{below} paragraphs'} below it," if below else what


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


def _stretches(record: DecisionRecord) -> Iterator[tuple[Block, ...]]:
    """What stands below each heading of the form; of one part another check asks."""
    yield record.executive_summary
    yield record.recommendations
    yield from (section.passages for section in record.sections if not behind_none(section))


def _headings(stretch: Sequence[Block]) -> Iterator[tuple[str, int]]:
    """The short lines without a number that end no sentence, where more than such lines stands, and how much is below.

    In a list one follows the other, or what leads in to them; but none of a list is followed by a paragraph.
    """
    if all(map(_stands_alone, stretch)):
        return
    for n, block in enumerate(stretch):
        before, below = stretch[n - 1] if n else None, stretch[n + 1] if n + 1 < len(stretch) else None
        if not _stands_alone(block) or OF_THE_FORM.match(block.text):
            continue
        listed = isinstance(before, Passage) and (before.text.endswith(":") or _stands_alone(before))
        leads = block.text.endswith(":") and isinstance(below, Passage) and not _is_free(below)
        heads = isinstance(below, Passage) and _is_free(below) and not _stands_alone(below)
        if heads or not (listed or leads or FIELD.match(block.text)):
            yield block.id, len(stretch) - n - 1


def _stands_alone(block: Block) -> TypeGuard[Passage]:
    return isinstance(block, Passage) and _is_free(block) and _is_short(block.text)
