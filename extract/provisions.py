"""The provisions that a printed ground cites, each bound to the law it belongs to.

Papers print sections before and after the name of their Act, in lists ("sections 43(1) and (2)") and in brackets beside
the article of the 2011 Order. A provision that nothing binds to a law of ours belongs to another law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.exemptions import EIR, FOIA, ORDER, PROCUREMENT

DATA_PROTECTION = "Data Protection Act 2018"
LOCAL_GOVERNMENT = "Local Government Act 1972"
ANOTHER_LAW = "another law"

INSTRUMENTS = {
    FOIA: r"(?:Freedom\s+of\s+Information(?!\s*\(Scotland)(?:\s+Act)?+|\bF[Oo]IA?\b(?:\s+Act)?+)"
    r"(?:\s+2000|(?!\s+(?:19|20)[0-9]{2}))",
    EIR: r"(?:Environmental\s+Information\s+Regulations|\bEIRs?\b)(?:\s+2004|(?!\s*\(Scotland|\s+(?:19|20)[0-9]{2}))",
    ORDER: r"Elected\s+Local\s+Policing\s+Bodies\s*\(Specified\s+Information\)\s*Order(?:\s+2011)?",
    DATA_PROTECTION: r"(?:Data\s+Protection(?:\s+Act)?|\bDPA\b)(?:\s+(?:2018|1998))?|\b(?:UK\s+)?GDPR\b",
    LOCAL_GOVERNMENT: r"Local\s+Government(?:\s+\(Access\s+to\s+Information\))?\s+Act(?:\s+19[0-9]{2})?"
    r"|\bSch(?:edule\b|\b\.?)\s*12A|\bLGA\s+1972\b",
    PROCUREMENT: r"Procurement\s+Act(?:\s+2023)?",
}
NAMED = {name: re.compile(pattern) for name, pattern in INSTRUMENTS.items()}
_BEHIND = {name: re.compile(rf",?\s*(?:of\s+)?(?:the\s+)?\(?(?:{pattern})") for name, pattern in INSTRUMENTS.items()}
_BEFORE = {name: re.compile(rf"(?:{pattern})[\s,:(–-]*$") for name, pattern in INSTRUMENTS.items()}
_OTHER_ACT = re.compile(
    r"\b[A-Z]\w+(?:\s+\w+|\s+\([^()]*\))*?\s+(?:Act|Regulations|Rules|Order)(?:\s+(?:19|20)[0-9]{2})|\bFOISA\b"
)
# Right behind a number a law needs no year to be another: "section 41 of the Companies Act"; nor is what is no law.
_BELONGS_ELSEWHERE = re.compile(
    r",?\s*(?:of|to|in)\s+(?:the|this|that|our|its)\s+(?:[A-Z][\w'’-]*(?:\s+(?:and|of|for|the|\([^()]*\)|[A-Z][\w'’-]*))*?\s+"
    r"(?:Act|Regulations|Rules|Order)\b|(?:report|paper|form|contract|agreement|decision|guidance|policy|scheme|document|"
    r"plan|lease|code|business\s+case|application|annex|appendix|tender|specification)\b)"
    r"|\s*(?:hours?|days?|weeks?|months?|years?|minutes?|officers?|staff|%|per\s+cent)\b",
)
_PART_OF_A_PAPER = re.compile(r"\b(?:Part|Annex|Appendix|Schedule|Chapter)\s+\w{1,4},?\s*$")
_LIMBS = r"(?:\s?\([0-9A-Za-z]{1,4}\))*"
_ONE = rf"[0-9]{{1,3}}[A-Z]?(?![0-9A-Za-z]){_LIMBS}"
_UP_TO = rf"(?:\s?(?:-|–|\bto\b)\s?{_ONE})?"  # "sections 21 to 24": a range is cited, and no one exemption
_AND = (
    r"\s*(?:,|&|/|\+|;|\band\b|\bor\b)+(?:\s*(?:,|/|\band\b|\bor\b|\balternatively\b|\balso\b))*\s*"
    r"(?:(?:(?:sub-?)?sections?|ss?\.?|regulations?|regs?\.?)\s?(?=[0-9(]))?"
)
_MENTION = re.compile(
    rf"\b(?P<word>sections?|sec\.?|ss?\.?|regulations?|regs?\.?|(?<=\bFOIA\s)|(?<=\bEIR\s)|(?<=\bEIRs\s))\s?"
    rf"(?P<numbers>{_ONE}{_UP_TO}(?:{_AND}(?:{_ONE}{_UP_TO}|(?:\([0-9A-Za-z]{{1,4}}\))+))*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"{_ONE}{_UP_TO}|(?:\([0-9A-Za-z]{{1,4}}\))+")
_LIMB = re.compile(r"\(([0-9A-Za-z]+)\)")
_ARTICLE = re.compile(rf"\b(?:Article|art\.?|paragraph|para\.?)\s?(?P<number>2\s?\(2\){_LIMBS})", re.IGNORECASE)
_RANGE = re.compile(r"\(([a-z]|[0-9])\)\s?(?:-|–|\bto\b)\s?\(([a-z]|[0-9])\)", re.IGNORECASE)  # "(a) to (c)"
_OURS = (FOIA, EIR, PROCUREMENT)
_PROCEDURE = {"1", "2", "10", "16", "17", "45"}  # how a request is answered: cited beside an exemption, never as one
_BESIDE = 100  # characters: longer than any Act's name

# Spellings of a citation that are made into the usual one before it is read.
_UNUSUAL = tuple(
    (re.compile(unusual, re.IGNORECASE), usual)
    for unusual, usual in (
        # "subsection (2) of section 43"
        (
            r"\bsub-?section\s?((?:\([0-9A-Za-z]{1,4}\))+)\s+of\s+(?:the\s+)?section\s?([0-9]{1,3}[A-Z]?)(?![\w(])",
            r"section \2\1",
        ),
        (r"\b(section\s?[0-9]{1,3}[A-Z]?),?\s+sub-?section\s?(?=\()", r"\1"),  # "section 43, subsection (2)"
        (r"§+\s?(?=[0-9])", "section "),
        (rf"\bexemptions?\s+(?=[0-9]{{2}}[A-Z]?(?:\s?\(|{_AND}[0-9]))", "section "),  # "exemption 43(2)"
        (r"\bexceptions?\s+(?=1[23]\s?\()", "regulation "),  # "exception 12(5)(e)"
        (r"(\([a-h]\))\s?(?=\([a-h]\))", r"\1, "),  # "31(1)(a) (b)"
    )
)

_WORD = re.compile(r"\b(?:sub-?)?sections?\b|\bs{1,2}\.?\s?(?=[0-9])|\bsec\.|\breg", re.IGNORECASE)
_BARE = re.compile(  # "exempt under 42 and 43(2) FOIA": numbers that only the Act behind them tells to be sections
    rf"(?<![\w.(£])(?={_ONE}(?:{_AND}{_ONE})*\s+(?:of\s+)?(?:the\s+)?(?:FOIA|FOI\s+Act)\b)"
)


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
    printed = _as_usual(printed)
    found = []
    for m in _MENTION.finditer(printed):
        instrument = _instrument(printed, m)
        numbers = _spread(m["numbers"])
        laws = [instrument] * len(numbers)
        if len(numbers) > 1 and instrument in _OURS and _is_of_another(printed[m.end() :]):
            laws[-1] = ANOTHER_LAW  # "FOIA s.40(2) and section 22 of the Police Act 1996"
        for law, number in zip(laws, numbers, strict=True):
            if number.partition("(")[0] not in _PROCEDURE or law not in (None, FOIA):
                found.append(Mention(law, number))
    return list(dict.fromkeys(found))


def _is_of_another(after: str) -> bool:
    """Whether what stands right behind a number says that it is of another law, or of no law at all."""
    if any(_BEHIND[ours].match(after) for ours in _OURS):
        return False
    named = _OTHER_ACT.match(re.sub(r"^,?\s*(?:of\s+)?(?:the\s+)?", "", after))
    return named is not None or _BELONGS_ELSEWHERE.match(after) is not None


def _as_usual(printed: str) -> str:
    if not _WORD.search(printed):
        printed = _BARE.sub("section ", printed, count=1)
    for unusual, usual in _UNUSUAL:
        printed = unusual.sub(usual, printed)
    return _RANGE.sub(
        lambda found: ", ".join(f"({chr(one)})" for one in range(ord(found[1]), ord(found[2]) + 1)), printed
    )


def _spread(numbers: str) -> list[str]:
    """Each number of a list in full: "43(1) and (2)" is 43(1) and 43(2), "31(1)(a) and (b)" 31(1)(a) and 31(1)(b)."""
    spread: list[str] = []
    for number in (re.sub(r"\s", "", found) for found in _NUMBER.findall(numbers)):
        spread.append(_beside(spread[-1], number) if number.startswith("(") and spread else number)
    return spread


def _beside(number: str, limbs: str) -> str:
    """The number with these limbs in place of its last one of their kind: figures for figures, letters for letters."""
    figures = limbs[1].isdigit()
    alike = [limb.start() for limb in _LIMB.finditer(number) if limb[1][0].isdigit() == figures]
    return f"{number[: alike[-1]] if alike else number}{limbs}"


def _instrument(printed: str, mention: re.Match[str]) -> str | None:
    """The Act that a mention belongs to: another law where one is named and nothing binds the mention to ours."""
    before, after = printed[max(0, mention.start() - _BESIDE) : mention.start()], printed[mention.end() :]
    for name in INSTRUMENTS:
        if _BEHIND[name].match(after) or _BEFORE[name].search(before):
            return name
    if _is_of_another(after) or _PART_OF_A_PAPER.search(before):
        return ANOTHER_LAW
    named = [name for name, pattern in NAMED.items() if name != ORDER and pattern.search(printed)]
    if mention["word"].lower().startswith("reg"):
        return EIR if named in ([], [EIR], [FOIA, EIR]) else ANOTHER_LAW
    foreign = [name for name in named if name not in (FOIA, EIR)] or _OTHER_ACT.search(_without_known(printed))
    return ANOTHER_LAW if foreign else FOIA if FOIA in named else None if not named else ANOTHER_LAW


def _without_known(printed: str) -> str:
    for pattern in NAMED.values():
        printed = pattern.sub(" ", printed)
    return printed


def article_in(printed: str) -> tuple[str, str] | None:
    """The Order's article, where the print cites it: the instrument that the paper relies on first."""
    found = _ARTICLE.search(printed)
    return (ORDER, "Article " + re.sub(r"\s", "", found["number"])) if found else None
