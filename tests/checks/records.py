"""Records for the tests of the checks: a complete paper of invented words, and fragments changed in one place."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from extract.build import build
from extract.checks import find
from extract.claims import Finding
from extract.facts import (
    Approval,
    Award,
    ChiefExecutive,
    Citation,
    Declaration,
    DeferralFacts,
    Evidence,
    Part2Facts,
    Place,
    Source,
)
from extract.form import segment
from extract.record import DecisionRecord, Passage, Section
from ingest.reader import read

PAPERS = Path(__file__).resolve().parents[2] / ".." / "shared" / "papers"
LED = ("2/2.2.1", "2/2.2.2", "2/2.2.3", "2/2.2.4", "2/2.2.6", "2/2.2.8")  # what the paper prints with an italic opening


def passage(place: str, text: str, *, lead_in: str | None = None) -> Passage:
    """A passage from its id: `2/2.1` is numbered 2.1 and stands on level 1, `8/p1` has no number."""
    block, _, label = place.partition("/")
    parts = label.split(".")
    number = None if label[0] == "p" else parts[-1] if parts[-1].isalpha() else label
    level = len(parts) if block in ("summary", "recommendation") else max(len(parts) - 1, 1)
    return Passage(
        id=place,
        number=number,
        level=level,
        text=text,
        page=2,
        lead_in=lead_in,
        boxes=(Place(page=2, box=(72.0, 100.0, 500.0, 120.0)),),
    )


def section(number: str, heading: str, *paragraphs: str | Passage) -> Section:
    """A section whose paragraphs, given as text, are numbered from 1."""
    return Section(
        number=number,
        heading=heading,
        passages=tuple(
            text if isinstance(text, Passage) else passage(f"{number}/{number}.{index}", text)
            for index, text in enumerate(paragraphs, start=1)
        ),
    )


def award(place: str, supplier: str | None, **changes: Any) -> Award:
    """A direct award on a framework, unless changed."""
    facts: dict[str, Any] = {
        "recommendation": place,
        "kind": "direct-award",
        "supplier": supplier,
        "purpose": "radios",
        "framework": "Airwave 2",
        "value": "1000000",
        "value_as_printed": None,
        "term": "1 year",
        "extension_options": None,
        "total_after": None,
    }
    return Award(**(facts | changes))


def ground(key: str | None = "FOIA s.43(2)", **changes: Any) -> Citation:
    """A ground that is resolved to `key`."""
    facts: dict[str, Any] = {
        "as_printed": "Exempt under section 43(2) of the Freedom of Information Act 2000: disclosure would be likely "
        "to prejudice the supplier. The public interest test was made on 3 May 2024.",
        "instrument": "Freedom of Information Act 2000",
        "provision": "section 43(2)",
        "key": key,
        "status": "resolved" if key else "unresolved",
    }
    return Citation(**(facts | changes))


def paper(**changes: Any) -> DecisionRecord:
    """A complete paper that no check has anything to say of, with some of its fields changed."""
    facts: dict[str, Any] = {
        "source": Source(sha256="0" * 64, file_name="paper.pdf", pages=3),
        "body": "MOPAC",
        "form": "mopac-dmpc-decision",
        "reference": "PCD 9001",
        "reference_as_printed": "PCD9001",
        "title": "Radio batteries",
        "executive_summary": (passage("summary/1", "This paper asks for new radio batteries."),),
        "recommendations": (passage("recommendation/1", "To approve the purchase of radio batteries."),),
        "approval": Approval(
            decision_maker="Deputy Mayor for Policing and Crime",
            interests="none",
            interests_text="None.",
            approved=True,
            signature="image",
            signed_on=date(2024, 5, 14),
        ),
        "sections": (
            section("1", "Introduction and background", "The batteries in use are seven years old."),
            section("2", "Issues for consideration", "New ones last a whole shift."),
        ),
        "part2": Part2Facts(exists="no", marking=None, ceases_when=None, exemptions=()),
        "deferral": DeferralFacts(answer="no", reason=None, until=None),
        "declarations": (Declaration(topic="Legal Advice", statement="The legal team was consulted.", ticked=True),),
        "chief_executive": ChiefExecutive(statement="I was consulted.", signature="image", signed_on=date(2024, 5, 13)),
        "evidence": {"approval": Evidence(page=1, box=(72.0, 600.0, 300.0, 640.0), text="Signature")},
    }
    return DecisionRecord(**(facts | changes))


def with_part2(**changes: Any) -> Part2Facts:
    """The notice of a Part 2 that is complete."""
    facts: dict[str, Any] = {
        "exists": "yes",
        "marking": "OFFICIAL-SENSITIVE [COMMERCIAL]",
        "ceases_when": "Part 2 ceases to be exempt on 31 March 2026.",
        "exemptions": (ground(),),
    }
    return Part2Facts(**(facts | changes))


def saying(*paragraphs: str | Passage, **changes: Any) -> DecisionRecord:
    """A paper whose second section says this."""
    first = section("1", "Introduction and background", "The batteries in use are seven years old.")
    return paper(sections=(first, section("2", "Issues for consideration", *paragraphs)), **changes)


def slugs(record: DecisionRecord) -> list[str]:
    """The checks that fire, in the order of the paper."""
    return [finding.check for finding in find(record)]


def fired(record: DecisionRecord, check: str) -> list[Finding]:
    """What one check says."""
    return [finding for finding in find(record) if finding.check == check]


@cache
def read_paper(name: str) -> DecisionRecord:
    """The record of a sample paper, read from its PDF."""
    document = read(PAPERS / name)
    return build(document, segment(document))


def expected_paper() -> DecisionRecord:
    """The record of the sample paper as its expected reading has it, with the italic openings marked."""
    facts = json.loads((PAPERS / "PCD1572.expected.json").read_text("utf-8"))
    blocks = [facts["executive_summary"], facts["recommendations"], *(part["passages"] for part in facts["sections"])]
    for text in (text for block in blocks for text in block):
        text |= {
            "kind": "text",
            "page": 1,
            "boxes": (),
            "lead_in": text["text"].split(".")[0] + "." if text["id"] in LED else None,
        }
    for row in facts["awards"]:
        row["value_as_printed"] = None
    return DecisionRecord(**facts)
