"""Which words close a page, and which close the rest of a paper: markings and Part 2 headings, however they are spelt.

A line is folded before it is matched: one kind of dash, look-alike letters of other alphabets and of bad scans as what
they stand for, letter-spaced words closed up, "Part II", "Part ll" and "Part Two" all as "PART 2". A pattern is written
once, in capitals. What is kept of a paper is always the print.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract import misread

SHORT = 12  # words: a longer line is a sentence, no heading and no running header
MOST = 30  # words: no heading is longer, however it is set
ALIKE = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ|_", "ABEZHIKMNOPTYXABESIJKMHOPCTYXI-")  # Greek, Cyrillic
WORDS = re.findall(
    r"\w+",
    "PART TWO OFFICIAL SENSITIVE OFFICIALSENSITIVE TOP SECRET CONFIDENTIAL CONFIDENTIALITY NON NONCONFIDENTIAL "
    "IN CONFIDENCE RESTRICTED EXEMPT PROTECT NOT FOR PUBLICATION EMBARGO EMBARGOED RECIPIENTS RECIPIENT ONLY TLP RED "
    "AMBER PRIVATE CLOSED COMMERCIAL SECTION FACTS ADVICE INFORMATION ANNEX APPENDIX REPORT PAPER BUSINESS CASE",
)
SPACED = re.compile(r"(?<!\w)\w(?:[ -]{1,3}\w(?!\w)){2,}")
LEADING = re.compile(
    r"(?:\W|\d{1,3}(?:\.\d{1,3})*[.)]?(?=[\s\W])|[A-Z][.)](?=\s)|\([A-Z]{1,4}\)|(?:MOPAC|MPS|GLA|UK|DMPC|LONDON)\b)+"
)
PART_TWO = re.compile(r"\bPART\W{0,3}(?:2|TWO|[IL1]{2})([A-Z]?)\b(?!\.\d)")

NOT_NON = r"(?<!NON)(?<!NON\W)(?<!NON\W\W)(?<!NOT\W)"
SAID = r"(?:EXEMPT|RESTRICTED|CONFIDENTIAL|PRIVATE|WITHHELD|OFFICIAL\W*SENSITIVE|NOT\W+FOR\W+PUBLICATION|CLOSED)"
PLAIN_TERM = (  # words that mean nothing but a marking
    r"OFFICIAL\W*SENSITIVE|TOP\W+SECRET|\bNOT\W+FOR\W+PUBLICATION|\bTLP\W*(?:RED|AMBER)\b|\bEMBARGOED\b|"
    r"\bRECIPIENTS?\W+ONLY"
)
TERM = re.compile(
    rf"{PLAIN_TERM}|{NOT_NON}\b(?:SECRET|CONFIDENTIAL|RESTRICTED|EXEMPT|PROTECT|EMBARGO)\b|\bIN\W+CONFIDENCE\b"
)
ALWAYS = re.compile(PLAIN_TERM)
WHOLE = re.compile(
    r"(?:(?:NATO|STRICTLY|HIGHLY|COMMERCIAL(?:LY)?|PRIVATE|PERSONAL|STAFF|MANAGEMENT|POLICY|AND|&)\W+)*"
    rf"(?:{PLAIN_TERM}|SECRET|CONFIDENTIAL|RESTRICTED|EXEMPT|PROTECT|EMBARGO(?:ED)?|IN\W+CONFIDENCE)"
    r"(?:\W+(?:COMMERCIAL|LOCSEN|PERSONAL|DATA|LEGAL|PRIVILEGE|PRIVILEGED|HR|MANAGEMENT|INVESTIGATION|MARKET|POLICY"
    r"|STAFF|UK|EYES|ONLY|STRICT|WHEN|COMPLETE|IN|CONFIDENCE|AND|PRIVATE|CONFIDENTIAL|SENSITIVE|EXEMPT|PART 2"
    r"|NOT|FOR|FROM|PUBLICATION|PAGE|OF|\d{1,3}))*\W*$"
)
TITLES = re.compile(
    r"(?:THE )?(?:PART 2[A-Z]?\W*$"
    r"|PART 2[A-Z]?\W*[-:(\[/]"
    r"|PART 2[A-Z]?\W+(?:EXEMPT|RESTRICTED|CONFIDENTIAL|PRIVATE|CLOSED|NOT FOR|FORM|REPORT|PAPER|ANNEX|APPENDIX"
    r"|BUSINESS CASE|FACTS|ADVICE|INFORMATION)\b"
    rf"|(?:ANNEX|APPENDIX|SCHEDULE|SECTION|ENCLOSURE|ATTACHMENT|ITEM)\b\W*(?:\w{{1,3}}\b)?.{{0,40}}{NOT_NON}\b{SAID}\b"
    rf"|{SAID}\W+(?:REPORT|PAPER|APPENDIX|ANNEX|SCHEDULE|SECTION|FACTS|ADVICE|INFORMATION|MATERIAL|MATTERS|ITEMS?|PART"
    r"|BUSINESS CASE|FROM PUBLICATION|UNDER)\b)"
)
PROBABLE = re.compile(r"PART 2[A-Z]?(?:\W*$|\W*[-:(\[/]|\W+(?:EXEMPT|RESTRICTED|CONFIDENTIAL|PRIVATE|FACTS|ADVICE)\b)")
SENTENCES = re.compile(
    rf"(?:THE )?FOLLOWING(?:\W+\w+){{0,3}}?\W+(?:IS|ARE)\W+(?:\w+\W+)?{NOT_NON}{SAID}\b"
    rf"|(?:(?:THE )?(?:REST|REMAINDER) OF )?(?:THIS|FOLLOWING|THE) "
    rf"(?:PART|SECTION|ANNEX|APPENDIX|PAGE|INFORMATION|MATERIAL)S?\b(?:\W+BELOW)?\W+(?:IS|ARE)\W+(?:\w+\W+)?{NOT_NON}{SAID}\b"
    rf"|(?:THE )?(?:REST|REMAINDER) OF (?:THIS|THE) \w+\W+(?:IS|ARE)\W+(?:\w+\W+)?{NOT_NON}{SAID}\b"
)
LEADS = re.compile(r"(?:OFFICIAL\W*SENSITIVE|SECRET|CONFIDENTIAL|RESTRICTED|EXEMPT|NOT FOR PUBLICATION)\s*[.:,-]\s")


# What every marking and every heading of a Part 2 has, as `letters` leaves it.
CLOSES = re.compile(
    r"PART(?:2|TWO|II)|EXEMPT|RESTRICTED|CONFIDEN|PRIVATE|CIOSED|WITHHEID|OFFICIAI|SENSITIVE|PUBIICATION|SECRET"
    r"|PROTECT|EMBARGO|RECIPIENT|TIP(?:RED|AMBER)"
)
EVERYDAY = re.compile(r"[\x00-\x7f£€‐-―−‘’“”•▪é]*")  # as it is in Unicode's plainest form already
BARE = {
    **{ord(mark): None for mark in map(chr, range(0x80)) if not mark.isalnum()},
    **{ord(mark): None for mark in "£€‐‑‒–—―−‘’“”…•▪«»"},
    **str.maketrans("L105", "IIOS"),
}

MEANT = misread.spellings(WORDS)
INSIDE = re.compile("|".join(sorted((word for word in MEANT if len(word) > 3 or word == "TWO"), key=len, reverse=True)))


@lru_cache(maxsize=4096)
def folded(printed: str, scanned: bool = False) -> str:
    """A line for matching: capitals, uniform, and without what stands before its words (a number, a bullet, a body).

    One that was `scanned` is taken for what it probably says, so that a heading or a marking that was misread closes.
    """
    printed = misread.guessed(printed) if scanned else printed
    text = printed
    if not EVERYDAY.fullmatch(text):
        text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Mn"))
    text = re.sub(r"[‐-―−]", "-", text.upper().translate(ALIKE))
    text = re.sub(r"[\"'“”‘’«»`*]", "", text)
    text = SPACED.sub(lambda found: _closed_up(found[0]), text)
    text = re.sub(r"\w+", lambda found: MEANT.get(misread.skeleton(found[0]), found[0]), text)
    text = PART_TWO.sub(r"PART 2\1", re.sub(r"\s+", " ", text))
    return LEADING.sub("", text, count=1).strip() if LEADING.match(text) else text.strip()


def letters(printed: str) -> str:
    """The letters and digits of a text alone, look-alikes as one, for a quick look at whether anything may close."""
    if not EVERYDAY.fullmatch(printed):
        printed = "".join(c for c in unicodedata.normalize("NFKC", printed) if c.isalnum() or c == "|")
    return printed.upper().translate(ALIKE).translate(BARE)


def may_close(printed: str) -> bool:
    """Whether a text has letters without which nothing in it closes; most of a paper has none, which is soon known."""
    return CLOSES.search(letters(printed)) is not None


def _closed_up(spaced: str) -> str:
    """P A R T  T W O as PART TWO: the spaces between words are lost, so the words that are known are looked for."""
    closed = misread.skeleton(re.sub(r"\W", "", spaced))
    return INSIDE.sub(lambda found: f" {MEANT[found[0]]} ", closed).strip()


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def bears_marking(printed: str, scanned: bool = False) -> bool:
    """Whether a short line, such as a header, has a marking among its words or calls its page Part 2."""
    text = folded(printed, scanned) if scanned or may_close(printed) else ""
    if not text or _words(text) > SHORT:
        return False
    return bool(TERM.search(text) or TITLES.match(text) or re.search(r"\bPART 2[A-Z]?\W*(?:PAGE \d+)?$", text))


def unmistakable(printed: str, scanned: bool = False) -> bool:
    """Whether a line has a marking that no sentence of a paper has among its words, or is nothing but a marking."""
    return bool(ALWAYS.search(folded(printed, scanned))) or is_marking(printed, scanned)


def is_marking(printed: str, scanned: bool = False) -> bool:
    """Whether a line is nothing but a marking."""
    return bool(WHOLE.match(folded(printed, scanned)))


def titles_part2(printed: str, set_apart: bool, scanned: bool = False) -> bool:
    """Whether a paragraph is the heading of a Part 2: short, and no sentence unless bold or capitals set it apart."""
    text = folded(printed, scanned)
    if _words(text) > (MOST if set_apart else SHORT) or (printed.rstrip().endswith(".") and not set_apart):
        return False
    return bool(TITLES.match(text))


def says_what_follows(printed: str, scanned: bool = False) -> bool:
    """Whether a paragraph says of what comes after it that it is exempt, or leads in with a marking in capitals."""
    text = folded(printed, scanned)
    return bool(SENTENCES.match(text)) or bool(LEADS.match(text) and LEADS.match(printed.strip()))


def is_probably_part2(printed: str) -> bool:
    """Whether a line that was read from a picture is probably the heading of a Part 2, however it stands."""
    return bool(PROBABLE.match(folded(printed, scanned=True))) and _words(printed) <= SHORT
