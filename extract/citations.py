"""The grounds a paper prints for its Part 2, read to an exemption only where the print leaves no doubt.

A section without its limb, data protection law, the committee rules, a section that no policing body can claim, words
that speak of something else: each stays unresolved, word for word, with a proposal for a person. There is no default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.exemptions import EIR, FOIA, ORDER, Exemption, ExemptionTable, load
from extract.record import Citation, Reading

DATA_PROTECTION = "Data Protection Act 2018"
LOCAL_GOVERNMENT = "Local Government Act 1972"

_INSTRUMENTS = {
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
    rf"\b(?P<word>sections?|sec\.?|ss?\.?|regulations?|regs?\.?|(?<=\bFOIA\s)|(?<=\bEIR\s))\s?(?P<numbers>{_ONE}(?:{_AND}(?:{_ONE}|(?:\([0-9A-Za-z]{{1,4}}\))+))*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"{_ONE}|(?:\([0-9A-Za-z]{{1,4}}\))+")
_ARTICLE = re.compile(rf"\b(?:Article|art\.?)\s?(?P<number>2\s?\(2\){_LIMBS})", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\bparagraphs?\s+(?P<number>[0-9]{1,2})\b", re.IGNORECASE)
_PROCEDURE = {"1", "2", "10", "16", "17", "45"}  # how a request is answered: cited beside an exemption, never as one
_REFUSALS = {"12", "14"}
_BESIDE = 100  # characters: longer than any Act's name
_ANOTHER = "another law"
_NOT_OURS = {DATA_PROTECTION, _ANOTHER}
_SUBJECTS = (
    (re.compile(r"\btrade\s+secrets?\b", re.I), ("FOIA s.43(1)",)),
    (re.compile(r"\bcommercial\b", re.I), ("FOIA s.43(2)",)),
    (re.compile(r"\bpersonal\s+(?:data|information)\b", re.I), ("FOIA s.40(2)",)),
    (re.compile(r"\blegal(?:\s+professional)?\s+privilege\b|\blegal\s+advice\b", re.I), ("FOIA s.42",)),
    (re.compile(r"\bin\s+confidence\b|\bbreach\s+of\s+confidence\b", re.I), ("FOIA s.41",)),
    (re.compile(r"\blaw\s+enforcement\b|\bdetection\s+of\s+crime\b", re.I), ("FOIA s.31(1)(a)",)),
    (re.compile(r"\bnational\s+security\b", re.I), ("FOIA s.24",)),
    (re.compile(r"\bhealth\s+(?:and|&)\s+safety\b", re.I), ("FOIA s.38",)),
    (re.compile(r"\bconduct\s+of\s+public\s+affairs\b", re.I), ("FOIA s.36(2)(b)", "FOIA s.36(2)(c)")),
    (re.compile(r"\bfuture\s+publication\b", re.I), ("FOIA s.22",)),
)
_SCHEDULE_12A: dict[str, tuple[str, ...]] = {
    "1": ("FOIA s.40(2)",),
    "2": ("FOIA s.40(2)",),
    "3": ("FOIA s.43(1)", "FOIA s.43(2)"),
    "5": ("FOIA s.42",),
    "7": ("FOIA s.31(1)(a)",),
}


@dataclass(frozen=True)
class _Mention:
    """A provision as cited: "43(2)" of the Act it is bound to, None where the print names none."""

    instrument: str | None
    number: str

    @property
    def provision(self) -> str:
        return f"{'regulation' if self.instrument == EIR else 'section'} {self.number}"


def read_citation(printed: str) -> Citation:
    """One printed ground as one citation; a ground that names several exemptions is one for a person to divide."""
    several = read_citations(printed)
    if len(several) == 1:
        return several[0]
    keys = tuple(_short(citation.key) for citation in several if citation.key)
    why = "One sentence names several exemptions. They are separate grounds, and each needs its own reasons."
    return _unresolved(printed, several[0].instrument, several[0].provision, keys, why)


def read_citations(printed: str) -> tuple[Citation, ...]:
    """Each ground in a printed sentence ("sections 31(1)(a) and 42"): several only where every one can be read."""
    table = load()
    mentions = _mentions(printed)
    readings = [_resolve(table, mention) for mention in mentions]
    rows = [row for row in readings if row]
    if mentions and len(rows) == len(readings) and not _speaks_of_something_else(printed, rows):
        outer = _article(printed)
        return tuple(
            Citation(
                as_printed=printed,
                instrument=outer[0] if outer else row.instrument,
                provision=outer[1] if outer else mention.provision,
                key=row.key,
                status="resolved",
            )
            for mention, row in dict.fromkeys(zip(mentions, rows, strict=True))
        )
    return (_doubtful(table, printed, mentions, rows),)


def _mentions(printed: str) -> list[_Mention]:
    """Every section or regulation cited, bound to its Act: the one beside it, else the only one named."""
    found = []
    for m in _MENTION.finditer(printed):
        instrument = _instrument(printed, m)
        for number in _spread(m["numbers"]):
            if number.partition("(")[0] not in _PROCEDURE or instrument == EIR:
                found.append(_Mention(instrument, number))
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
    for name, pattern in _INSTRUMENTS.items():
        if re.match(rf",?\s*(?:of\s+)?(?:the\s+)?\(?(?:{pattern})", after) or re.search(
            rf"(?:{pattern})[\s,:(–-]*$", before
        ):
            return name
    if _OTHER_ACT.match(re.sub(r"^,?\s*(?:of\s+)?(?:the\s+)?", "", after)):
        return _ANOTHER
    named = [name for name, pattern in _INSTRUMENTS.items() if name != ORDER and re.search(pattern, printed)]
    if mention["word"].lower().startswith("reg"):
        return EIR if named in ([], [EIR], [FOIA, EIR]) else _ANOTHER
    foreign = [name for name in named if name not in (FOIA, EIR)] or _OTHER_ACT.search(_without_known(printed))
    return _ANOTHER if foreign else FOIA if FOIA in named else None if not named else _ANOTHER


def _without_known(printed: str) -> str:
    for pattern in _INSTRUMENTS.values():
        printed = re.sub(pattern, " ", printed)
    return printed


def _resolve(table: ExemptionTable, mention: _Mention) -> Exemption | None:
    """The exemption a mention means. A bare section is the Freedom of Information Act's: these papers cite no other."""
    if mention.instrument not in (None, FOIA, EIR):
        return None
    row = table.get(f"{'EIR reg.' if mention.instrument == EIR else 'FOIA s.'}{mention.number}")
    return row if row and not row.unavailable else None


def _speaks_of_something_else(printed: str, rows: list[Exemption]) -> bool:
    """Whether the words beside a section describe other exemptions only: "section 43(2) (personal data)"."""
    subjects = {_section(key) for key in _subjects(printed)}
    cited = {_section(row.key) for row in rows if row.instrument == FOIA}
    return bool(subjects and cited and not subjects & cited)


def _doubtful(table: ExemptionTable, printed: str, mentions: list[_Mention], rows: list[Exemption]) -> Citation:
    """A ground that needs a person: why, and what its words or its section may mean."""
    instrument, provision = _cited(printed, mentions)
    subjects = _subjects(printed)
    unread = [mention for mention in mentions if not _resolve(table, mention)]
    keys: tuple[str, ...] = subjects
    if re.search(_INSTRUMENTS[LOCAL_GOVERNMENT], printed):
        paragraph = _PARAGRAPH.search(printed)
        keys = _SCHEDULE_12A.get(paragraph["number"], ()) if paragraph else subjects
        why = (
            "Schedule 12A is for committees of councils. A decision of one office holder needs an exemption of its own."
        )
    elif re.search(_INSTRUMENTS[DATA_PROTECTION], printed) and all(m.instrument in _NOT_OURS for m in unread):
        why = _data_protection(subjects, unread[0].number.partition("(")[0] if unread else None)
    elif unread:
        options = [_options(table, mention, subjects) for mention in unread]
        keys = (*(row.key for row in rows), *(key for proposed, _ in options for key in proposed))
        why = options[0][1]
    elif rows:
        keys = (*(row.key for row in rows), *subjects)
        why = "The section and the words beside it name different exemptions."
    elif subjects:
        why = "The print names a subject and cites no section."
    elif instrument == ORDER:
        why = "The Order is cited alone. An exemption must stand beside it."
    else:
        why = "The print cites no exemption."
    return _unresolved(printed, instrument, provision, keys, why)


def _options(table: ExemptionTable, mention: _Mention, subjects: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """What a provision that is no exemption may mean, and why it is none."""
    if mention.instrument == _ANOTHER:
        return subjects, "This law holds no exemption we know."
    ours = EIR if mention.instrument == EIR else FOIA
    name = mention.provision.capitalize()
    if ours == FOIA and mention.number in _REFUSALS:
        return subjects, f"{name} lets an authority refuse a request. It is no reason to withhold part of a paper."
    limbs = table.limbs(ours, mention.number)
    if likely := tuple(row.key for row in limbs if row.use in ("H", "M") and not row.unavailable):
        return likely, f"{name} holds several exemptions, and the print does not say which is meant."
    row = table.get(f"FOIA s.{mention.number}")
    if row and row.unavailable:
        general = ("FOIA s.36(2)(b)", "FOIA s.36(2)(c)") if mention.number.startswith("35") else subjects
        return general, f"{name} cannot be claimed by a policing body."
    return subjects, f"{name} is not an exemption in the table."


def _data_protection(subjects: tuple[str, ...], section: str | None) -> str:
    sections = {_section(key) for key in subjects}
    if section and section in sections:
        limbs = ", with its limbs merged" if len(subjects) > 1 else ""
        return (
            f"The words describe section {section} of the Freedom of Information Act 2000{limbs}; "
            f"section {section} of data protection law is about something else."
        )
    return "Data protection law is cited, and the exemptions are in the Freedom of Information Act."


def _cited(printed: str, mentions: list[_Mention]) -> tuple[str | None, str | None]:
    """The instrument and provision that the print names first of all."""
    if outer := _article(printed):
        return outer
    if re.search(_INSTRUMENTS[LOCAL_GOVERNMENT], printed) and (paragraph := _PARAGRAPH.search(printed)):
        return LOCAL_GOVERNMENT, f"Schedule 12A, paragraph {paragraph['number']}"
    named = next((name for name, pattern in _INSTRUMENTS.items() if re.search(pattern, printed)), None)
    if mentions:
        bound = mentions[0].instrument
        return (named if bound in (None, _ANOTHER) else bound), mentions[0].provision
    return named, None


def _article(printed: str) -> tuple[str, str] | None:
    """The Order's article, where the print cites it: the instrument that the paper relies on first."""
    found = _ARTICLE.search(printed)
    return (ORDER, "Article " + re.sub(r"\s", "", found["number"])) if found else None


def _subjects(printed: str) -> tuple[str, ...]:
    """The exemptions that the words of a ground describe, whatever number stands beside them."""
    return tuple(dict.fromkeys(key for words, keys in _SUBJECTS if words.search(printed) for key in keys))


def _unresolved(
    printed: str, instrument: str | None, provision: str | None, keys: tuple[str, ...], why: str
) -> Citation:
    reading = Reading(
        label_as_printed=_label(printed),
        proposed_keys=tuple(dict.fromkeys(_short(key) for key in keys)),
        proposed_instrument=EIR if keys and keys[0].startswith("EIR") else FOIA,
        why=f"{why} A person must confirm the exemption.",
    )
    return Citation(
        as_printed=printed, instrument=instrument, provision=provision, key=None, status="unresolved", reading=reading
    )


def _label(printed: str) -> str:
    """The words that should name the exemption: those in the last brackets, else the whole ground."""
    brackets = [words for words in re.findall(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)", printed) if " " in words.strip()]
    named = [words for words in brackets if words.strip() != "Specified Information"]
    return (named[-1] if named else printed).strip().rstrip(".")


def _section(key: str) -> str:
    return key.removeprefix("FOIA s.").partition("(")[0]


def _short(key: str | None) -> str:
    """A key as proposals spell it: "s43(1)"."""
    return (key or "").replace("FOIA s.", "s").replace("EIR reg.", "reg ")
