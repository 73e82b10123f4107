"""Does the paper bear a protective marking of its own?

A marking is not an exemption, and its absence releases nothing; but whoever marked the paper has to unmark it.
A marking that the text only mentions ("the marking for Part 2 is …") is not the paper's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from extract.checks.places import at_field, at_words, spoken
from extract.claims import Finding, Severity
from extract.record import DecisionRecord
from extract.texts import public_texts


class Gate(NamedTuple):
    """What a kind of marking means for publication."""

    pattern: re.Pattern[str]
    severity: Severity
    advice: str


INCIDENT = "The file must not be on this system: report it as a security incident, and do not pass it on."
REMARK = "Ask its originator to mark the paper again, or record a new assessment, before it is published."
GATES = (
    Gate(re.compile(r"\bSECRET\b|EYES ONLY|\bSTRAP\b|\bATOMIC\b|\bCOSMIC\b"), "blocks", INCIDENT),
    Gate(re.compile(r"\bOFFICIAL\W*SENSITIVE\b|\bOFFICIALSENSITIVE\b"), "blocks", REMARK),
    Gate(
        re.compile(r"RECIPIENTS? ONLY|ORGANISATION USE ONLY|HMG USE ONLY|\bEMBARGO|LIMITED CIRCULATION"),
        "blocks",
        REMARK,
    ),
    Gate(re.compile(r"\bTLP\W*(RED|AMBER)"), "blocks", REMARK),
    Gate(re.compile(r"\bTLP\W*GREEN"), "needs-person", REMARK),
    Gate(
        re.compile(
            r"\bTLP\W*(CLEAR|WHITE)|FOR PUBLIC RELEASE|NOT PROTECTIVELY MARKED|\bUNCLASSIFIED\b|^\W*OFFICIAL\W*$"
        ),
        "note",
        "It does not stand against publication and is not printed on the page.",
    ),
)
UNKNOWN = Gate(re.compile(""), "blocks", REMARK)
WHOLE = re.compile(
    r"(?:(?:UK|NATO)\s+)?(?:TOP\s+SECRET|SECRET|OFFICIAL\W{0,3}SENSITIVE|CONFIDENTIAL|RESTRICTED|PROTECT"
    r"|TLP\s*:\s*(?:RED|AMBER(?:\+STRICT)?|GREEN))(?:\W*(?:COMMERCIAL|LOCSEN|PERSONAL(?: DATA)?|LEGAL(?: PRIVILEGE)?"
    r"|HR|HR-MANAGEMENT|INVESTIGATION|MARKET|POLICY|STAFF|MANAGEMENT|UK EYES ONLY))*\W*"
)
IN_FILE_NAME = re.compile(r"OFFICIAL\W*SENSITIVE|TOP\W*SECRET|(?<![A-Z])SECRET(?![A-Z])|EYES\W*ONLY")


def plain(printed: str) -> str:
    """A marking without its disguises: one kind of dash and space, capitals, no letter spacing, no zero for an O."""
    text = unicodedata.normalize("NFKC", printed).upper()
    text = re.sub(r"[‐-―−_]", "-", text)
    text = re.sub(r"\b(?:[A-Z0-9] ){3,}[A-Z0-9]\b", lambda spaced: spaced[0].replace(" ", ""), text)
    return re.sub(r"\s+", " ", re.sub(r"(?<![0-9])0(?=[A-Z])", "O", text)).strip()


def gate(printed: str) -> Gate:
    """The row for this marking; one that no row knows stops the paper."""
    return next((row for row in GATES if row.pattern.search(plain(printed))), UNKNOWN)


def is_alone(printed: str) -> bool:
    """Whether words are in capitals and nothing but a protective marking."""
    return printed.isupper() and WHOLE.fullmatch(plain(printed)) is not None


def check(record: DecisionRecord) -> Iterator[Finding]:
    """The paper's own marking, at the edge of a page or alone as a paragraph, and one left in the file's name."""
    pages: dict[str, list[int]] = {}
    for marking in record.markings:
        pages.setdefault(plain(marking.as_printed), []).append(marking.page)
    for name, at in pages.items():
        row = gate(name)
        where = f"page {at[0]}" if len(set(at)) == 1 else f"pages {', '.join(map(str, sorted(set(at))))}"
        yield at_field(
            record,
            "document-marking",
            row.severity,
            f"The paper is marked “{name}” itself, on {where}. {row.advice}",
            "markings",
            detail=re.sub(r"\W+", "-", name).strip("-").casefold(),
            page=min(at),
        )
    for words in public_texts(record):
        own = not words.place.startswith("part2.")  # that is Part 2's marking, which the notice names
        if own and is_alone(words.text):
            row = gate(words.text)
            yield at_words(
                record,
                "document-marking",
                row.severity,
                f"“{words.text}” stands alone in {spoken(record, words.place)}, as a marking does. {row.advice}",
                words,
                0,
            )
    if IN_FILE_NAME.search(record.source.file_name):
        yield at_field(
            record,
            "document-marking",
            "needs-person",
            f"The file is named as if it were marked. Check whether the paper is. {REMARK}",
            "source.file_name",
        )
