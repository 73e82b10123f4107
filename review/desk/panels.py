"""The three tabs beside the page: findings to answer, what was read, and every passage with what is withheld of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from extract.amend import fields
from extract.claims import Answer, Finding
from extract.facts import Place
from extract.texts import public_texts
from review.comparison import value_at
from review.desk.places import Where, place_of, places_of, short
from review.desk.sheet import finding_places
from review.desk.withheld import Piece, by_place, claims_of, pieces_of
from review.office import View

Severity = Literal["blocks", "needs-person", "note"]
SEVERITIES: Mapping[Severity, str] = {"blocks": "Blocks", "needs-person": "Needs an answer", "note": "Note"}
ORDER: tuple[Severity, ...] = ("blocks", "needs-person", "note")

FIELDS = {
    "reference": "Reference", "title": "Title", "recommendation_lead": "Leads to what is recommended",
    "approval.decision_maker": "Decided by", "approval.approved": "Approved", "approval.interests": "Interests",
    "approval.signature": "Signature", "approval.signed_on": "Signed on", "deferral.answer": "Publication deferred",
    "deferral.reason": "Reason to defer", "deferral.until": "Deferred until", "part2.exists": "Is there a Part 2",
    "part2.marking": "Marking of Part 2", "part2.ceases_when": "Part 2 ceases to be exempt",
    "chief_executive.statement": "Statement", "chief_executive.signature": "Signature",
    "chief_executive.signed_on": "Signed on",
}  # fmt: skip
PARTS = {
    "kind": "kind", "supplier": "supplier", "purpose": "purpose", "framework": "framework", "value": "value",
    "term": "term", "extension_options": "extension", "total_after": "new total", "topic": "topic",
    "statement": "statement", "ticked": "ticked",
}  # fmt: skip
GROUPS = (
    ("Paper", re.compile(r"reference|title|recommendation_lead|approval\..*")),
    ("Deferral and Part 2", re.compile(r"deferral\..*|part2\..*")),
    ("Contracts", re.compile(r"awards\[.*")),
    ("Sums of money", re.compile(r"amounts\[.*")),
    ("Chief executive", re.compile(r"chief_executive\..*")),
    ("Declarations, never public", re.compile(r"declarations\[.*")),
    ("Other", re.compile(r".*")),
)
SUM, PLAIN = re.compile(r"awards\[\d+\]\.(value|total_after)"), re.compile(r"\d+(\.\d+)?")
LISTS = {"awards": "Contract", "amounts": "Sum", "declarations": "Declaration", "part2.exemptions": "Ground"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding, where it stands, and who answered it with what."""

    finding: Finding
    anchor: str
    severity: str
    where: str
    page: int | None
    href: str
    answer: Answer | None
    selected: bool
    names: bool

    @property
    def open(self) -> bool:
        return self.finding.answered_by is None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One thing that was read: what it is, its value in words, where it stands; `read` is the machine's own reading."""

    path: str
    name: str
    value: str
    page: int | None
    href: str
    selected: bool
    unsure: bool
    read: str | None = None
    corrected_by: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A text of the paper, cut where something of it is withheld."""

    place: str
    name: str
    page: int | None
    href: str
    pieces: tuple[Piece, ...]
    selected: bool

    @property
    def withheld(self) -> bool:
        return any(piece.why for piece in self.pieces)


def anchor(kind: str, name: str) -> str:
    """The anchor of a row: letters and figures alone, so that any browser finds it."""
    return f"{kind}-{re.sub(r'[^0-9A-Za-z]+', '-', name).strip('-')}"


def finding_rows(view: View, where: Where) -> tuple[FindingRow, ...]:
    """The findings: open ones first, what blocks before what asks, notes last; each in the paper's order."""
    given = {answer.finding: answer for answer in view.dossier.review.answers}
    places = places_of(view.record)
    ordered = sorted(view.dossier.findings, key=lambda f: (_settled(f), ORDER.index(f.severity)))
    return tuple(_finding_row(finding, given, places, where) for finding in ordered)


def _settled(finding: Finding) -> int:
    return 2 if finding.answered_by else int(finding.severity == "note")


def _finding_row(
    finding: Finding, given: Mapping[str, Answer], places: Mapping[str, tuple[Place, ...]], where: Where
) -> FindingRow:
    at = finding_places(finding, places)
    page = at[0].page if at else finding.page
    named = short(finding.passage) if finding.passage else ""
    told = f"Page {page}{f', {named}' if named else ''}" if page else "The whole paper"
    return FindingRow(
        finding=finding,
        anchor=anchor("finding", finding.id),
        severity="Answered" if finding.answered_by else SEVERITIES[finding.severity],
        where=told,
        page=page,
        href=where.selecting(f"finding:{finding.id}", page, "findings"),
        answer=given.get(finding.id) if finding.answered_by else None,
        selected=where.select == f"finding:{finding.id}",
        names=finding.check == "personal-name" and "declarations" not in finding.id,
    )


def field_groups(view: View, where: Where) -> tuple[tuple[str, tuple[FieldRow, ...]], ...]:
    """What was read, in groups that an officer knows; empty ones are left out."""
    facts = view.record.model_dump(mode="json")
    corrected = {each.field: each for each in view.amendments}
    groups: dict[str, list[FieldRow]] = {name: [] for name, _ in GROUPS}
    seen_in_order = sorted(view.record.evidence.items(), key=lambda named: (named[1].page, named[1].box[1]))
    pages: dict[str, int | None] = {path: seen.page for path, seen in seen_in_order}
    pages |= {
        path: None for path in FIELDS if path not in pages and path in fields(view.record)
    }  # not found: to be said
    for path, page in pages.items():
        said = corrected.get(path)
        row = FieldRow(
            path=path,
            name=field_name(path),
            value=in_words(value_at(facts, path), path),
            page=page,
            href=where.selecting(f"field:{path}", page, "fields"),
            selected=where.select == f"field:{path}",
            unsure=path in view.record.unsure,
            read=(said.was or "nothing") if said else None,
            corrected_by=said.by if said else None,
            because=said.because if said else "",
        )
        groups[next(name for name, fits in GROUPS if fits.fullmatch(path))].append(row)
    return tuple((name, tuple(rows)) for name, rows in groups.items() if rows)


def field_name(path: str) -> str:
    """A field in words: "awards[0].supplier" is "Contract 1, supplier"."""
    if listed := re.fullmatch(r"([\w.]+)\[(\d+)\](?:\.(\w+))?", path):
        one = f"{LISTS.get(listed[1], listed[1])} {int(listed[2]) + 1}"
        return f"{one}, {PARTS.get(listed[3], listed[3])}" if listed[3] else one
    return FIELDS.get(path, path)


def in_words(value: Any, path: str = "") -> str:
    """A value as an officer reads it."""
    match value:
        case str() if SUM.fullmatch(path) and PLAIN.fullmatch(value):
            return f"£{Decimal(value):,}"
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case dict() if "as_printed" in value:
            settled = value.get("key") or value.get("value")
            return f"{value['as_printed']} ({settled or 'not settled'})"
        case str():
            return value.replace("not-stated", "not stated")
    return str(value)


def passage_rows(view: View, where: Where) -> tuple[PassageRow, ...]:
    """Every text that could be public, in the paper's order."""
    return tuple(_passage_rows(view, where))


def _passage_rows(view: View, where: Where) -> Iterator[PassageRow]:
    places, spans, claims = places_of(view.record), by_place(view), claims_of(view)
    chosen = where.select.partition(":")[2] if where.select.startswith("passage:") else None
    for text in public_texts(view.record):
        at = place_of(text.place, places)
        page = at[0].page if at else None
        yield PassageRow(
            place=text.place,
            name=short(text.place),
            page=page,
            href=where.selecting(f"passage:{text.place}", page, "passages"),
            pieces=pieces_of(text.text, spans.get(text.place, ()), claims),
            selected=chosen is not None and (text.place == chosen or text.place.startswith(f"{chosen}/")),
        )
