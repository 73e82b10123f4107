"""Does the text say of itself that it is not for everybody?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_words, spoken
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

PHRASES = re.compile(
    r"\b(?:subject to|attracts|(?:covered|protected) by) (?:legal(?: professional| advice)?|litigation) privilege\b"
    r"|\blegally privileged\b|\bprivileged and confidential\b|\bstrictly confidential\b|\bprivate and confidential\b"
    r"|\bwithout prejudice\b(?! to\b)"
    r"|\b(?:commercial|staff|medical|management|council|police|personal)(?: |-)in(?: |-)confidence\b"
    r"|\b(?:provided|supplied|given|shared|held|disclosed|received|obtained|submitted|told)"
    r"(?: (?:to|by)(?: the)? \w+)?(?: strictly)? in (?:strict(?:est)? )?confidence\b|(?-i:\bIN CONFIDENCE\b)"
    r"|(?<!or )\bnot for (?:public |onward |wider |further )?"
    r"(?:disclosure|circulation|publication|release|distribution)\b"
    r"|\bthis (?:paper|report|document|section|paragraph|annex|information) (?:must|should|may|is) not (?:to )?be "
    r"(?:disclosed|circulated|shared|published)\b",
    re.I,
)
CALLED = (
    r"(?:(?:commercially |strictly |highly )?(?:confidential|sensitive)|exempt|restricted|privileged|private|secret"
    r"|official\W?sensitive|o\W?s|off?\W?sens?|nfp|pt?\.? ?2|in confidence|withheld|redacted"
    r"|(?:foia? )?s(?:ection|\.)? ?(?:12a|2\d|3\d|4[0-4])(?: ?\(\d\))?)"
)
NUMBERED = r"^(?:\d+(?:\.\d+)*\.?\s+)?"  # a number is no label of the paragraph where a bracket follows it
LABEL = re.compile(  # "[Exempt] The price …", "Confidential: the price …"
    rf"{NUMBERED}(?:\W*{CALLED}\s*(?:[:\])}}>*]|[-–—]\s)|[\[({{<]\s*{CALLED}\b|\W*(?:in confidence|o-s|off\W?sens?)\b)",
    re.I,
)
BEHIND = re.compile(
    rf"[\[({{<]\s*{CALLED}\s*(?:[:,]|[-–—]\s)|[\[({{<]\s*{CALLED}\s*[\])}}>]\W*$"
    r"|\b(?:this|these|they|it) (?:is|are) (?:all )?(?:commercially |strictly |highly )?"
    r"(?:exempt|confidential|sensitive)\W*$|\bnot (?:be )?made public\b",
    re.I,
)
STEMS = (  # one of which has whatever these look for, so that most texts are not looked through
    "confiden", "privileg", "prejudice", "not for", "not be", "not to be", "exempt", "sensitiv", "restrict", "private",
    "secret", "withheld", "redact", "made public", "(s", "[s", "{s", "<s", "o-s",
)  # fmt: skip
OF_PART_2 = re.compile(
    r"\bpart (?:2|ii|two)\b|\b(?:restricted|exempt|confidential|private) (?:section|part|annex|appendix|report)", re.I
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Such a phrase in Part 1 means that something from Part 2 was pasted in; said of Part 2, it is in its place."""
    for words in public_texts(record):
        plain = words.text.casefold()
        if words.place.startswith("part2.") or not (any(stem in plain for stem in STEMS) or LABEL.match(plain)):
            continue
        start = 0
        for sentence in sentences(words.text):
            start = words.text.index(sentence, start)
            found = PHRASES.search(sentence) or LABEL.match(sentence) or BEHIND.search(sentence)
            if found and not OF_PART_2.search(sentence):
                yield at_words(
                    record,
                    "legal-marking",
                    "needs-person",
                    f"“{found[0]}” is said in {spoken(record, words.place)}, which would be published. Is the text "
                    "there meant for Part 1?",
                    words,
                    start + found.start(),
                )
