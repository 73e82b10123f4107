"""Does the text say where what is public ends, or that what stands below is not for everybody?

A drafter who writes "End of Part 1" or "The rest is exempt" draws the line in words of their own, which close nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_words, spoken
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

KEPT = r"(?:exempt|confidential|restricted|private|closed|secret|sensitive|privileged|withheld|non-?public)"
PART = r"(?:part|section|report|paper|form|pages?|paragraphs?|text|material|information|facts|advice|matters|session)"
NOT_OUT = (
    r"not (?:to be |be )?(?:(?:made )?public|published|disclosed|released|disclosable|for (?:the )?"
    r"(?:public|publication|disclosure|release))\b"
)
LINE = re.compile(
    rf"\b(?:starts?|beginning|begins?|ends?|close) of (?:the )?(?:{KEPT}|public|open|non-?confidential|part)\b"
    rf"|\b(?:public|open|non-?confidential|{KEPT}) {PART} (?:ends|begins|starts|follows|finishes|stops)\b"
    r"|\bpart (?:1|i|one) (?:ends|finishes|stops|is over)\b|\bpart (?:2|ii|two) (?:begins|starts|follows|is below)\b"
    r"|\b(?:begins?|starts?|here (?:is|follows|begins)|now follows|this is) (?:the )?part (?:2|ii|two)\b"
    rf"|\b{KEPT} (?:from here|below|hereafter|from this point)\b"
    rf"|\b(?:what follows|below|following|rest|remainder|(?<!of )(?:this|the next) {PART})\b(?: \w+){{0,4}} (?:is|are)"
    rf" (?:\w+ )?(?:{KEPT}\b|{NOT_OUT}|in part (?:2|ii|two)\b|for (?:the )?\w+ only\b)"
    r"|\bfor (?:the )?(?:DMPC|(?:deputy )?mayor|commissioner|board|members|officers)(?:'s eyes)? only\b"
    rf"|^\W*{NOT_OUT}|\bdo not (?:publish|disclose|release|circulate)\b",
    re.IGNORECASE,
)
LABEL = re.compile(r"(?:[\d.]+\s+)?(?:[\[({<]\s*part (?:2|ii|two)\b|part (?:2|ii|two)\s*[:\])}>])", re.IGNORECASE)
NOT_SO = re.compile(r"\b(?:not|no|nothing|non) (?:is |are )?(?:\w+ )?" + KEPT, re.IGNORECASE)
FEWEST, MOST = 10, 18  # letters and words: a shorter text says no such thing, a longer one speaks of something else


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Asked of short texts, since a long one speaks of another paper's parts, and of what has "Part 2" for a label."""
    for words in public_texts(record):
        if len(words.text) < FEWEST or words.place.startswith(("part2.", "deferral.")):
            continue
        text = words.text.replace("’", "'") if len(words.text.split()) <= MOST else ""
        if LABEL.match(words.text) or (LINE.search(text) and not NOT_SO.search(text)):
            yield at_words(
                record,
                "public-part-ends",
                "needs-person",
                f"The words in {spoken(record, words.place)} seem to say where what is public ends, or what is not for "
                "everybody. Is what stands there, and below it, meant for Part 1?",
                words,
                0,
            )
