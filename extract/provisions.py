"""The provisions that a printed ground cites, each bound to the law it belongs to.

Papers print sections before and after the name of their Act, in lists ("sections 43(1) and (2)") and in brackets beside
the article of the 2011 Order. A provision that nothing binds to a law of ours belongs to another law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.exemptions import EIR, FOIA, ORDER

DATA_PROTECTION = "Data Protection Act 2018"
LOCAL_GOVERNMENT = "Local Government Act 1972"
ANOTHER_LAW = "another law"

INSTRUMENTS = {
    FOIA: r"Freedom\s+of\s+Information(?!\s*\(Scotland)(?:\s+Act)?(?:\s+2000)?|\bF[Oo]IA?\b(?:\s+Act)?(?:\s+2000)?",
    EIR: r"Environmental\s+Information\s+Regulations(?:\s+2004)?|\bEIRs?\b(?:\s+2004)?",
    ORDER: r"Elected\s+Local\s+Policing\s+Bodies\s*\(Specified\s+Information\)\s*Order(?:\s+2011)?",
    DATA_PROTECTION: r"(?:Data\s+Protection(?:\s+Act)?|\bDPA\b)(?:\s+(?:2018|1998))?|\b(?:UK\s+)?GDPR\b",
    LOCAL_GOVERNMENT: r"Local\s+Government(?:\s+\(Access\s+to\s+Information\))?\s+Act(?:\s+19[0-9]{2})?|Schedule\s+12A",
}
_OTHER_ACT = re.compile(r"\b[A-Z]\w+(?:\s+\w+|\s+\([^()]*\))*?\s+Act(?:\s+(?:19|20)[0-9]{2})|\bFOISA\b")
_LIMBS = r"(?:\s?\([0-9A-Za-z]{1,4}\))*"
_ONE = rf"[0-9]{{1,3}}[A-Z]?(?![0-9A-Za-z]){_LIMBS}"
_AND = r"\s*(?:,|&|/|\band\b|\bor\b)+\s*(?:\band\b\s*)?(?:(?:section|s\.|regulation|reg\.?)\s?)?"
_MENTION = re.compile(
    rf"\b(?P<word>sections?|sec\.?|ss?\.?|regulations?|regs?\.?|(?<=\bFOIA\s)|(?<=\bEIR\s))\s?"
    rf"(?P<numbers>{_ONE}(?:{_AND}(?:{_ONE}|(?:\([0-9A-Za-z]{{1,4}}\))+))*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"{_ONE}|(?:\([0-9A-Za-z]{{1,4}}\))+")
_ARTICLE = re.compile(rf"\b(?:Article|art\.?)\s?(?P<number>2\s?\(2\){_LIMBS})", re.IGNORECASE)
_PROCEDURE = {"1", "2", "10", "16", "17", "45"}  # how a request is answered: cited beside an exemption, never as one
_BESIDE = 100  # characters: longer than any Act's name


@dataclass(frozen=True)
class Mention:
    """A provision as cited: "43(2)" of the Act it is bound to, None where the print names none."""

    instrument: str | None
    number: str

    @property
    def provision(self) -> str:
        return f"{'regulation' if self.instrument == EIR else 'section'} {self.number}"


def mentions_in(printed: str) -> list[Mention]:
    """Every section or regulation cited, bound to its Act: the one beside it, else the only one named."""
    found = []
    for m in _MENTION.finditer(printed):
        instrument = _instrument(printed, m)
        for number in _spread(m["numbers"]):
            if number.partition("(")[0] not in _PROCEDURE or instrument == EIR:
                found.append(Mention(instrument, number))
    return list(dict.fromkeys(found))


def _spread(numbers: str) -> list[str]:
    """Each number of a list in full: "43(1) and (2)" is 43(1) and 43(2)."""
    spread: list[str] = []
    for number in (re.sub(r"\s", "", found) for found in _NUMBER.findall(numbers)):
        spread.append(f"{spread[-1].partition('(')[0]}{number}" if number.startswith("(") and spread else number)
    return spread


def _instrument(printed: str, mention: re.Match[str]) -> str | None:
    """The Act that a mention belongs to: another law where one is named and nothing binds the mention to ours."""
    before, after = printed[max(0, mention.start() - _BESIDE) : mention.start()], printed[mention.end() :]
    for name, pattern in INSTRUMENTS.items():
        if re.match(rf",?\s*(?:of\s+)?(?:the\s+)?\(?(?:{pattern})", after) or re.search(
            rf"(?:{pattern})[\s,:(–-]*$", before
        ):
            return name
    if _OTHER_ACT.match(re.sub(r"^,?\s*(?:of\s+)?(?:the\s+)?", "", after)):
        return ANOTHER_LAW
    named = [name for name, pattern in INSTRUMENTS.items() if name != ORDER and re.search(pattern, printed)]
    if mention["word"].lower().startswith("reg"):
        return EIR if named in ([], [EIR], [FOIA, EIR]) else ANOTHER_LAW
    foreign = [name for name in named if name not in (FOIA, EIR)] or _OTHER_ACT.search(_without_known(printed))
    return ANOTHER_LAW if foreign else FOIA if FOIA in named else None if not named else ANOTHER_LAW


def _without_known(printed: str) -> str:
    for pattern in INSTRUMENTS.values():
        printed = re.sub(pattern, " ", printed)
    return printed


def article_in(printed: str) -> tuple[str, str] | None:
    """The Order's article, where the print cites it: the instrument that the paper relies on first."""
    found = _ARTICLE.search(printed)
    return (ORDER, "Article " + re.sub(r"\s", "", found["number"])) if found else None
