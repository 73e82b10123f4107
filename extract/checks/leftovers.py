"""Was something of the template or the draft left in?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_words, spoken
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

LEFT_IN = re.compile(
    r"\b(?:TBC|TBD|TBA|tbc|tbd)\b"
    r"|£\s?[xX]+(?:\.[xX]+)?(?:k|m|bn)?\b|\bx{2,}\b|\bX{4,}\b|\bDRAFT\b|(?i:\blorem ipsum\b)"
    r"|[\[<](?i:insert|enter|add|delete|complete|name|date|amount|to be)\b[^\]>]{0,80}[\]>]"
    r"|(?i:\bclick (?:or tap )?here to enter\b|\bdelete as (?:appropriate|applicable|necessary)\b)"
    r"|\[\s*[●•…x]+\s*\]|\((?i:insert\b[^)]{0,80}|to be (?:confirmed|advised|agreed|determined|added))\)"
    r"|\{(?i:insert)\b"
    r"|\bYES\s?/\s?NO\b|\bY/N\b|££+|#(?:REF|VALUE|NAME|DIV/0)[!?]|\bComment(?:ed)? ?\[[A-Z]{1,4}\d+\]|\[?\bDN:"
    r"|(?i:^\W*insert (?:text|details?|date|name|here)\b|\bthis section (?:should|must) (?:set out|explain|describe)\b)"
    r"|(?i:\berror! (?:reference|bookmark)|^\W*if (?:yes|no|so|applicable), (?:for what reason|please)\b)"
    r"|(?i:^\W*until what date\b|^\W*please (?:insert|outline|set out|provide|complete|describe)\b)"
    r"|(?i:^\W*(?:guidance|note to (?:author|drafter)|drafting note)\s*:)"
    r"|\?\?+|_{4,}|\.{6,}"
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A signed paper that still asks its author a question was signed before it was finished."""
    for words in public_texts(record):
        for found in LEFT_IN.finditer(words.text):
            if found[0].startswith("DRAFT") and words.text.isupper() and len(words.text.split()) > 3:
                continue
            yield at_words(
                record,
                "prompt-left-in",
                "needs-person",
                f"“{found[0].strip()}” was left in {spoken(record, words.place)}, as in a draft or a template. Ask "
                "whether the signed paper says more.",
                words,
                found.start(),
            )
