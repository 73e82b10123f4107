"""What a contract is for: the words left of a recommendation when sums, term, route and supplier are taken out."""

from __future__ import annotations

import re

from extract.award_phrases import BREAK, COMPANY_END, HIDDEN, INSTITUTIONS

_NO_INSTITUTION = "".join(rf"(?<!{name}\sfor)" for name in INSTITUTIONS)
FOR = re.compile(rf"\bfor{_NO_INSTITUTION}\s+(?:the\s+|an?\s+)?(?P<purpose>[^{BREAK};]+)")
TO_PROVIDE = re.compile(rf"\bto\s+(?:provide|deliver|supply)\s+(?:the\s+|an?\s+)?(?P<purpose>[^{BREAK};]+)")
_CONTRACT_WORD = r"(?!(?:to|with|for|of|via|under|from|by|at|in|approve|the|an?)\b)[\w&’'./+-]+"
OF_THE_CONTRACT = re.compile(
    rf"\b(?:the|an?|of|to|existing|current|its)\s+(?P<purpose>(?:{_CONTRACT_WORD}\s+){{1,10}}?)(?:contract|agreement)s?\b(?!\s+value)"
)
PURPOSE_END = re.compile(
    r",?\s+by\s+(?:way|means)\s+of\b|,\s+after\b|"
    rf",?\s+(?:for|at|with|over|worth)\s+(?:[a-z]+\s+){{0,6}}\(?{HIDDEN}|"
    r"\.\s|,?\s+(?:subject\s+to|following|in\s+accordance|as\s+(?:set\s+out|detailed|described)|(?:to\s+be\s+)?funded|bringing)\b"
)
NO_PURPOSE = re.compile(
    r"(?:existing|current|new|further|call[\s-]?off|framework|single|tender|direct|its|our|contract|proposed|following|\W)+",
    re.IGNORECASE,
)
DANGLING = re.compile(r"(?:[\s,.:(–-]|\b(?:and|with|at|to|by|on|in|of|an?|the|via|under|for))+$")


def purpose_of(text: str, named: bool) -> str | None:
    """What the contract is for. "the X contract" names it only beside a supplier: alone, X may be the supplier."""
    for pattern in (FOR, TO_PROVIDE, *([OF_THE_CONTRACT] if named else [])):
        for found in pattern.finditer(text):
            printed = DANGLING.sub("", PURPOSE_END.split(found["purpose"], 1)[0]).strip()
            if HIDDEN in printed:
                return None
            if printed and not NO_PURPOSE.fullmatch(printed) and not COMPANY_END.fullmatch(printed):
                return printed
    return None
