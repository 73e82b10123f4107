"""Which words close a page, and which close the rest of a paper: markings and Part 2 headings, however they are spelt.

A line is folded before it is matched: one kind of dash, look-alike letters of other alphabets and of bad scans as what
they stand for, letter-spaced words closed up, "Part II", "Part ll" and "Part Two" all as "PART 2". A pattern is written
once, in capitals. What is kept of a paper is always the print.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter

from extract import misread
from extract.misread import ALIKE, lettered
from extract.misread import letters as letters

SHORT = 12  # words: a longer line is a sentence, no heading and no running header
TOGETHER = 4  # lines that are looked at as one heading
LONGEST = 400  # characters: nor has any so many
MOST = 30  # words: no heading is longer, however it is set
UNIFORM = ALIKE | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "\"'“”‘’«»`*"))  # and no quotes
WORDS = re.findall(
    r"\w+",
    "PART TWO OFFICIAL SENSITIVE OFFICIALSENSITIVE TOP SECRET CONFIDENTIAL CONFIDENTIALITY NON NONCONFIDENTIAL "
    "IN CONFIDENCE RESTRICTED EXEMPT PROTECT NOT FOR PUBLICATION EMBARGO EMBARGOED RECIPIENTS RECIPIENT ONLY TLP RED "
    "AMBER PRIVATE CLOSED COMMERCIAL SECTION FACTS ADVICE INFORMATION ANNEX APPENDIX REPORT PAPER BUSINESS CASE",
)
DESCRIPTORS = frozenset(  # the other words of a marking
    re.findall(r"\w+", "LOCSEN PERSONAL DATA LEGAL PRIVILEGE HR MANAGEMENT INVESTIGATION MARKET POLICY UK EYES 2")
)
SPACED = re.compile(r"(?<!\w)\w(?:[ -]{1,3}\w(?!\w)){2,}")
WIDE = re.compile(r"\s{2,}|[^\S ]")
LEADING = re.compile(
    r"(?:\W|\d{1,3}(?:\.\d{1,3})*[.)]?(?=[\s\W])|[A-Z][.)](?=\s)|\([A-Z]{1,4}\)|(?:MOPAC|MPS|GLA|UK|DMPC|LONDON)\b)+"
)
PART_TWO = re.compile(
    r"\b(?:PART\W{0,3}(?:N[O0]\W{0,3}|NUMBER\W{0,3})?(?:2|TWO|[IL1]{2})([A-Z]?)|(?:2ND|SECOND)\W{1,3}PART)\b(?!\.\d)"
)

NOT_NON = r"(?<!NON)(?<!NON\W)(?<!NON\W\W)(?<!NOT\W)"
NOT_OUT = r"NOT\W+FOR\W+(?:PUBLICATION|RELEASE|DISCLOSURE)"
KEPT = (
    r"(?:EXEMPT|RESTRICTED|CONFIDENTIAL|WITHHELD|(?:OFFICIAL\W*)?SENSITIVE(?! TO\b)|NON\W*PUBLIC|PRIVILEGED"
    rf"|{NOT_OUT})"
)
SAID = rf"(?:{KEPT}|PRIVATE|CLOSED)"
HOW = r"(?:(?:COMMERCIALLY|POLITICALLY|OPERATIONALLY|HIGHLY|STRICTLY|LEGALLY)\W+)?"
PLAIN_TERM = (  # words that mean nothing but a marking
    rf"OFFICIAL\W*SENSITIVE|TOP\W+SECRET|\b{NOT_OUT}|\bTLP\W*(?:RED|AMBER)\b|\bEMBARGOED\b|"
    r"\bRECIPIENTS?\W+ONLY"
)
TERM = re.compile(
    rf"{PLAIN_TERM}|{NOT_NON}\b(?:SECRET|CONFIDENTIAL|RESTRICTED|EXEMPT|PROTECT|EMBARGO)\b|\bIN\W+CONFIDENCE\b"
)
ALWAYS = re.compile(PLAIN_TERM)
WHOLE = re.compile(
    r"(?:(?:NATO|STRICTLY|HIGHLY|COMMERCIAL(?:LY)?|PRIVATE|PERSONAL|STAFF|MANAGEMENT|POLICY|AND)\W+)*"
    rf"(?:{PLAIN_TERM}|SECRET|CONFIDENTIAL|RESTRICTED|EXEMPT|PROTECT|EMBARGO(?:ED)?|IN\W+CONFIDENCE)"
    r"(?:\W+(?:COMMERCIAL|LOCSEN|PERSONAL|DATA|LEGAL|PRIVILEGE|PRIVILEGED|HR|MANAGEMENT|INVESTIGATION|MARKET|POLICY"
    r"|STAFF|UK|EYES|ONLY|STRICT|WHEN|COMPLETE|IN|CONFIDENCE|AND|PRIVATE|CONFIDENTIAL|SENSITIVE|EXEMPT|PART 2"
    r"|NOT|FOR|FROM|PUBLICATION|PAGE|OF|\d{1,3}))*\W*$"
)
# Words that are a marking only where they stand alone at the edge of a page, or are set apart.
APART = re.compile(
    rf"{HOW}(?:SENSITIVE|PRIVATE|NON\W*PUBLIC|(?:LEGAL(?:LY)?\W+)?PRIVILEGED?|OFFICIAL\W*SENS?)(?:\W+(?:DATA|MATERIAL))?\W*$"
)
TITLES = re.compile(
    r"(?:THE )?(?:PART 2[A-Z]?\W*$"
    r"|PART 2[A-Z]?\W*[-:(\[/]|PART 2[A-Z]?\.\W*[A-Z]|PART 2[A-Z]? OF (?:THIS|THE) (?:REPORT|PAPER|FORM|DECISION)\W*$"
    r"|PART 2[A-Z]?\W+COMMERCIAL\W+\w+\W*$"
    r"|PART 2[A-Z]?\W+(?:EXEMPT|RESTRICTED|CONFIDENTIAL|PRIVATE|CLOSED|NOT FOR|FORM|REPORT|PAPER|ANNEX|APPENDIX"
    r"|BUSINESS CASE|FACTS|ADVICE|INFORMATION)\b"
    rf"|(?:ANNEX|APPENDIX|SCHEDULE|SECTION|ENCLOSURE|ATTACHMENT|ITEM)\b\W*(?:\w{{1,3}}\b)?.{{0,40}}{NOT_NON}\b{SAID}\b"
    rf"|{HOW}{SAID}\W+(?:REPORT|PAPER|APPENDIX|ANNEX|SCHEDULE|SECTION|FACTS|ADVICE|INFORMATION|MATERIAL|MATTERS|ITEMS?"
    r"|PART|SESSION|BUSINESS CASE|FROM PUBLICATION|UNDER)\b)"
)
# What closes where it is set apart as a heading: any other part than the first, and what calls itself kept back.
OTHER_PART = re.compile(r"PART (?:[B-HJ-Z]|[3-9]|THREE|FOUR|III|IV)\W*(?:$|[-:(])")
ENDS = re.compile(rf"(?:[-:,/]\W*{NOT_NON}{HOW}{KEPT}|[(\[]\W*{NOT_NON}{HOW}{SAID})\W*$")
NAMES_PART2 = re.compile(rb"PART(?:2|TWO)")
CALLED_PART2 = re.compile(rb"PART(?:NO|NUMBER)?(?:2|TWO|II)|(?:2ND|SECOND)PART")  # what PART_TWO needs
NAMED_LAST = re.compile(r"(?:.*[\d:-]\W*)?PART 2[A-Z]?\W*$")
IN_PASSING = re.compile(r"\b(?:IN|OF|TO|SEE|FROM|BY|THE|A|AN|AND)\W+PART 2\b")
PROBABLE = re.compile(r"PART 2[A-Z]?(?:\W*$|\W*[-:(\[/]|\W+(?:EXEMPT|RESTRICTED|CONFIDENTIAL|PRIVATE|FACTS|ADVICE)\b)")
SENTENCES = re.compile(
    rf"(?:THE )?FOLLOWING(?:\W+\w+){{0,3}}?\W+(?:IS|ARE)\W+(?:\w+\W+)?{NOT_NON}{SAID}\b"
    rf"|(?:(?:THE )?(?:REST|REMAINDER) OF )?(?:THIS|FOLLOWING|THE) "
    rf"(?:PART|SECTION|ANNEX|APPENDIX|PAGE|INFORMATION|MATERIAL)S?\b(?:\W+BELOW)?\W+(?:IS|ARE)\W+(?:\w+\W+)?{NOT_NON}{SAID}\b"
    rf"|(?:THE )?(?:REST|REMAINDER) OF (?:THIS|THE) \w+\W+(?:IS|ARE)\W+(?:\w+\W+)?{NOT_NON}{SAID}\b"
    rf"|(?:THIS|THE FOLLOWING) (?:PART|SECTION|ANNEX|APPENDIX|PAGE)\b(?:\W+BELOW)?\W+(?:CONTAIN|HOLD|INCLUDE)S\W+"
    rf"(?:(?!NO\b)\w+\W+)?{NOT_NON}{SAID}\b"
    rf"|WHAT FOLLOWS\W+(?:\w+\W+){{1,3}}?(?:{NOT_NON}{SAID}|NOT BE (?:PUBLISHED|DISCLOSED|RELEASED))\b"
)
LEADS = re.compile(r"(?:OFFICIAL\W*SENSITIVE|SECRET|CONFIDENTIAL|RESTRICTED|EXEMPT|NOT FOR PUBLICATION)\s*[.:,-]\s")

MEANT = misread.spellings(WORDS)
KNOWN = misread.looking_like(MEANT)
INSIDE = re.compile("|".join(sorted((word for word in MEANT if len(word) > 3 or word == "TWO"), key=len, reverse=True)))

# What every marking and every heading of a Part 2 has among its letters, whatever parts them, as `may_close` sees them.
NEEDED = re.findall(
    r"\w+",
    "PART2 PARTTWO PARTII EXEMPT RESTRICTED CONFIDEN PRIVATE WITHHELD OFFICIALSENSITIVE CLOSED SECRET FORPUBLICATION "
    "PROTECT EMBARGO TLPRED TLPAMBER RECIPIENTONLY RECIPIENTSONLY OFFICIALSEN SENSITIVE NONPUBLIC PRIVILEGE FORRELEASE "
    "FORDISCLOSURE NOTBE PARTNO2 PARTNOTWO PARTNOII PARTNUMBER SECONDPART 2NDPART PART3 PART4 PART5 PART6 PART7 PART8 "
    "PART9 PARTTHREE PARTFOUR PARTIV PARTB",
)
KEYS = re.compile(
    "|".join(  # by their first letters, since most letters of a text begin none
        f"{first}(?:{'|'.join(key[1:] for key in keys)})"
        for first, keys in groupby(sorted(map(misread.skeleton, NEEDED)), key=itemgetter(0))
    ).encode()
)


@lru_cache(maxsize=1024)  # each test of a heading asks it again
def may_close(printed: str) -> bool:
    """Whether a text may be a marking or a heading of a Part 2 once it is folded, which costs far more than to ask."""
    return KEYS.search(letters(printed)) is not None


def may_name_part2(printed: str) -> bool:
    """Whether a text may have the words "Part 2" once it is folded."""
    return CALLED_PART2.search(letters(printed)) is not None


def closing_lines(printed: Sequence[str]) -> frozenset[int]:
    """Which lines may begin such a text, alone or with the `TOGETHER` - 1 that follow."""
    parts = lettered(printed)
    starts = list(accumulate(map(len, parts), initial=0))
    found: set[int] = set()
    for key in KEYS.finditer(b"".join(parts)):
        first, last = bisect_right(starts, key.start()) - 1, bisect_right(starts, key.end() - 1) - 1
        found.update(range(max(0, first - TOGETHER + 1), last + 1))
    return frozenset(found)


@lru_cache(maxsize=4096)
def folded(printed: str, scanned: bool = False) -> str:
    """A line for matching: capitals, uniform, and without what stands before its words (a number, a bullet, a body).

    One that was `scanned` is taken for what it probably says, so that a heading or a marking that was misread closes.
    """
    printed = misread.guessed(printed) if scanned else printed
    text = printed
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if c.isascii() or unicodedata.category(c) not in ("Cf", "Mn"))
    text = SPACED.sub(lambda found: _closed_up(found[0]), text.upper().translate(UNIFORM))
    text = KNOWN.sub(lambda found: MEANT[misread.skeleton(found[0])], text)
    text = PART_TWO.sub(lambda found: f"PART 2{found[1] or ''}", WIDE.sub(" ", text))
    return LEADING.sub("", text, count=1).strip() if LEADING.match(text) else text.strip()


def _closed_up(spaced: str) -> str:
    """P A R T  T W O as PART TWO: the spaces between words are lost, so the words that are known are looked for."""
    closed = misread.skeleton(re.sub(r"\W", "", spaced))
    return INSIDE.sub(lambda found: f" {MEANT[found[0]]} ", closed).strip()


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def bears_marking(printed: str, scanned: bool = False) -> bool:
    """Whether a short line, such as a header, has a marking among its words or calls its page Part 2."""
    if not scanned and not may_close(printed):
        return False
    text = folded(printed, scanned)
    if _words(text) > SHORT:
        return False
    if TERM.search(text) or TITLES.match(text) or APART.match(text):
        return True
    named = re.search(r"\bPART 2[A-Z]?\W*(?:PAGE \d+)?$", text)
    return bool(named) or ("PART 2" in text and not printed.rstrip().endswith(".") and not IN_PASSING.search(text))


def unmistakable(printed: str, scanned: bool = False) -> bool:
    """Whether a line has a marking that no sentence of a paper has among its words, or is nothing but a marking."""
    if not scanned and not may_close(printed):
        return False
    return bool(ALWAYS.search(folded(printed, scanned))) or is_marking(printed, scanned)


def is_marking(printed: str, scanned: bool = False) -> bool:
    """Whether a line is nothing but a marking."""
    if not scanned and not may_close(printed):
        return False
    return bool(WHOLE.match(folded(printed, scanned)))


def marking_in(printed: str) -> str:
    """What a line says of itself as a marking; what else stands on it may be text of what it marks, and is left out."""
    if is_marking(printed):
        return printed
    own = [word if _is_of_marking(word) else "…" for word in printed.split()]
    if all(word == "…" for word in own):  # letters spaced apart
        own = [word if _is_of_marking(word) else "…" for word in folded(printed).split()]
    return " ".join(word for word, _ in groupby(own))


def _is_of_marking(word: str) -> bool:
    parts = re.findall(r"\w+", word.upper().translate(ALIKE))
    return bool(parts) and all(part in DESCRIPTORS or misread.skeleton(part) in MEANT for part in parts)


def titles_part2(printed: str, set_apart: bool, scanned: bool = False) -> bool:
    """Whether a paragraph is the heading of a Part 2: short, and no sentence unless bold or capitals set it apart."""
    if not scanned and not may_close(printed):
        return False
    text = folded(printed, scanned)
    if (
        len(text) > LONGEST
        or _words(text) > (MOST if set_apart else SHORT)
        or (printed.rstrip().endswith(".") and not set_apart)
    ):
        return False
    if TITLES.match(text) or (NAMED_LAST.match(text) and not IN_PASSING.search(text)):
        return True
    return set_apart and bool(
        NAMES_PART2.search(letters(printed)) or OTHER_PART.match(text) or ENDS.search(text) or APART.match(text)
    )


def says_what_follows(printed: str, scanned: bool = False) -> bool:
    """Whether a paragraph says of what comes after it that it is exempt, or leads in with a marking in capitals."""
    if not scanned and not may_close(printed):
        return False
    text = folded(printed, scanned)
    return bool(SENTENCES.match(text)) or bool(LEADS.match(text) and LEADS.match(printed.strip()))


def is_probably_part2(printed: str) -> bool:
    """Whether a line that was read from a picture is probably the heading of a Part 2, however it stands."""
    return bool(PROBABLE.match(folded(printed, scanned=True))) and _words(printed) <= SHORT
