"""The grounds a paper prints for its Part 2, read to an exemption only where the print leaves no doubt.

A section without its limb, data protection law, the committee rules, a section that no policing body can claim, words
that speak of something else: each stays unresolved, word for word, with a proposal for a person. There is no default.
"""

from __future__ import annotations

import re

from extract.exemptions import EIR, FOIA, ORDER, PROCUREMENT, Exemption, ExemptionTable, load
from extract.facts import Citation, Reading
from extract.provisions import (
    ANOTHER_LAW,
    DATA_PROTECTION,
    LOCAL_GOVERNMENT,
    NAMED,
    Mention,
    article_in,
    mentions_in,
)

_PARAGRAPH = re.compile(r"\bpara(?:graph)?s?\.?\s+(?P<number>[0-9]{1,2})\b", re.IGNORECASE)
_REFUSALS = {"12", "14"}
_DENIED = re.compile(  # a print that may say that the exemption does not apply, or did once
    r"\b(?:not|never|no\s+longer|neither)\s+(?:(?:be|been|being|considered|thought|held)\s+)?exempt|\bno\s+exemption|"
    r"\b(?:does|do|did|is|are|was|were)\s*(?:not|n['’]t)\s+(?:apply|engaged|relied|claimed|used)|\bformerly\b|\bpreviously\b|"
    r"\bexcept\s+(?:for\s+|under\s+)?s|\bother\s+than\s+s|\bwas\s+s(?:ection|\.)|\bnow\s+none\b|\bwithdrawn\b|\brather\s+than\s+s",
    re.IGNORECASE,
)
_KEYS = {FOIA: "FOIA s.", EIR: "EIR reg.", PROCUREMENT: "Procurement Act s."}
_NOT_OURS = {DATA_PROTECTION, ANOTHER_LAW}
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
    mentions = mentions_in(printed)
    readings = [_resolve(table, mention) for mention in mentions]
    rows = [row for row in readings if row]
    alone = all(row.instrument == PROCUREMENT for row in rows)
    doubted = alone or NAMED[LOCAL_GOVERNMENT].search(printed) or _DENIED.search(printed)
    if mentions and len(rows) == len(readings) and not doubted and not _speaks_of_something_else(printed, rows):
        outer = article_in(printed)
        once: dict[str, tuple[Mention, Exemption]] = {}  # one exemption is one ground, however often it is cited
        for mention, row in zip(mentions, rows, strict=True):
            once.setdefault(row.key, (mention, row))
        return tuple(
            Citation(
                as_printed=printed,
                instrument=outer[0] if outer else row.instrument,
                provision=outer[1] if outer else mention.provision,
                key=row.key,
                status="resolved",
            )
            for mention, row in once.values()
        )
    return (_doubtful(table, printed, mentions, rows),)


def _resolve(table: ExemptionTable, mention: Mention) -> Exemption | None:
    """The exemption a mention means. A bare section is the Freedom of Information Act's: these papers cite no other."""
    if mention.instrument not in (None, *_KEYS):
        return None
    row = table.get(f"{_KEYS[mention.instrument or FOIA]}{mention.number}")
    return row if row and not row.unavailable else None


def _speaks_of_something_else(printed: str, rows: list[Exemption]) -> bool:
    """Whether the words beside a section describe other exemptions only: "section 43(2) (personal data)"."""
    subjects = {_section(key) for key in _subjects(printed)}
    cited = {_section(row.key) for row in rows if row.instrument == FOIA}
    return bool(subjects and cited and not subjects & cited)


def _doubtful(table: ExemptionTable, printed: str, mentions: list[Mention], rows: list[Exemption]) -> Citation:
    """A ground that needs a person: why, and what its words or its section may mean."""
    instrument, provision = _cited(printed, mentions)
    subjects = _subjects(printed)
    unread = [mention for mention in mentions if not _resolve(table, mention)]
    keys: tuple[str, ...] = subjects
    if NAMED[LOCAL_GOVERNMENT].search(printed):
        paragraph = _PARAGRAPH.search(printed)
        keys = _SCHEDULE_12A.get(paragraph["number"], ()) if paragraph else subjects
        why = (
            "Schedule 12A is for committees of councils. A decision of one office holder needs an exemption of its own."
        )
    elif NAMED[DATA_PROTECTION].search(printed) and all(m.instrument in _NOT_OURS for m in unread):
        why = _data_protection(subjects, unread[0].number.partition("(")[0] if unread else None)
    elif unread:
        options = [_options(table, mention, subjects) for mention in unread]
        keys = (*(row.key for row in rows), *(key for proposed, _ in options for key in proposed))
        why = options[0][1]
    elif rows and len(rows) == len(mentions) and _DENIED.search(printed):
        keys = (*(row.key for row in rows), *subjects)
        why = "The print may say that an exemption does not apply, or no longer does."
    elif rows and all(row.instrument == PROCUREMENT for row in rows):
        keys = (*(row.key for row in rows), *subjects)
        why = "The Procurement Act excuses from its own notices only. An exemption must stand beside it."
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


def _options(table: ExemptionTable, mention: Mention, subjects: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """What a provision that is no exemption may mean, and why it is none."""
    if mention.instrument == ANOTHER_LAW:
        return subjects, "This law holds no exemption we know."
    ours = mention.instrument if mention.instrument in _KEYS else FOIA
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


def _cited(printed: str, mentions: list[Mention]) -> tuple[str | None, str | None]:
    """The instrument and provision that the print names first of all."""
    if outer := article_in(printed):
        return outer
    if NAMED[LOCAL_GOVERNMENT].search(printed) and (paragraph := _PARAGRAPH.search(printed)):
        return LOCAL_GOVERNMENT, f"Schedule 12A, paragraph {paragraph['number']}"
    named = next((name for name, pattern in NAMED.items() if pattern.search(printed)), None)
    if mentions:
        bound = mentions[0].instrument
        return (named if bound in (None, ANOTHER_LAW) else bound), mentions[0].provision
    return named, None


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
    return (key or "").replace("FOIA s.", "s").replace("EIR reg.", "reg ").replace("Act s.", "Act s")
