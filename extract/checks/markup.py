"""Are there characters in the text that another program would take for commands?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_words, spoken
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--|&(?:[a-z]{2,8}|#\d{1,5}|#x[0-9a-f]{1,5});"
    r"|\{\{.*?\}\}|\{%.*?%\}|\]\((?:https?|javascript|data):|\*\*\w[^*]*\w\*\*|\bjavascript:"
    r"|^\s*(?:=(?=\s*[\w(\"'+-])|@(?=[A-Za-z]+\()|[+-](?=[A-Za-z]+\(|\d+[+*/]\d))",
    re.I,
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """They are published as the characters they are, in HTML and in tables; officers should know why they look odd."""
    for words in public_texts(record):
        found = MARKUP.search(words.text)
        if found:
            yield at_words(
                record,
                "markup-in-text",
                "note",
                f"“{found[0].strip()}” in {spoken(record, words.place)} looks like markup or a formula. It is shown as "
                "plain characters and does nothing.",
                words,
                found.start(),
            )
