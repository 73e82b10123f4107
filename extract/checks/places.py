"""Where a finding stands: a passage or a field of the record, its page and box, and its name in plain words.

Every check speaks of places through this module, so that ids are built in one way: the check's slug and the place,
and a detail only where one place can carry the same finding twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extract.claims import Finding, Severity
from extract.facts import BoxOnPage
from extract.record import DecisionRecord, Passage, TablePassage
from extract.texts import Text, heading_place
from publish.body import body

Asks = Literal["yes-no", "exemption", "date"]

FIELDS_BEFORE_TEXT = ("source", "hidden", "markings", "form", "body", "reference", "title")
FIELDS_AFTER_TEXT = ("part2", "deferral", "declarations", "chief_executive", "pictures", "withheld_passages")


def texts(record: DecisionRecord) -> Iterator[Passage]:
    """The paragraphs of Part 1 in the paper's order, tables left out."""
    return (passage for passage in record.passages() if isinstance(passage, Passage))


def find_passage(record: DecisionRecord, place: str) -> Passage | TablePassage | None:
    """The passage with this id, or the table whose cell it is."""
    for passage in (*record.passages(), *record.footnotes):
        if place == passage.id or (isinstance(passage, TablePassage) and place.startswith(f"{passage.id}/")):
            return passage
    return None


def capital(words: str) -> str:
    """Words as they stand at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def spoken(record: DecisionRecord, place: str) -> str:
    """A place as one says it: "paragraph 2.2.1", "recommendation 4", "the heading of section 3"."""
    block, _, label = place.partition("/")
    passage = find_passage(record, place)
    if place == "title":
        return "the title"
    if label == "heading":
        return f"the heading of {_section(record, block)}"
    if isinstance(passage, TablePassage):
        return f"the table “{passage.caption}”" if passage.caption else f"a table in {_section(record, block)}"
    if block == "footnote":
        return f"footnote {label}"
    if passage is None:
        return FIELD_NAMES.get(place.split("[")[0], place)
    label = label.partition("~")[0]
    if passage.number is None:
        named = {"summary": "the executive summary", "recommendation": body().the_recommendations}
        return named.get(block, _section(record, block))
    if block == "recommendation":
        return f"{body().recommendation.lower()} {label}"
    if block == "summary":
        return f"paragraph {label} of the executive summary"
    return f"paragraph {label}"


def _section(record: DecisionRecord, block: str) -> str:
    """A section by its number, or by its heading where it has none."""
    for order, section in enumerate(record.sections, start=1):
        if section.number is None and heading_place(order, section) == f"{block}/heading":
            return f"the section “{section.heading}”" if section.heading else "a section without a heading"
    return f"section {block}"


FIELD_NAMES = {
    "approval.decision_maker": "the decision maker’s title",
    "recommendation_lead": "the line before the recommendations",
    "part2.exemptions": "the grounds for Part 2",
    "part2.ceases_when": "the sentence on when Part 2 ceases to be exempt",
    "deferral.reason": "the reason for deferral",
}


def at_passage(
    record: DecisionRecord,
    check: str,
    severity: Severity,
    message: str,
    passages: tuple[str, ...],
    *,
    field: str | None = None,
    detail: str | int | None = None,
    asks: Asks | None = None,
) -> Finding:
    """A finding about one or more passages; the first is where a reader is taken."""
    first = find_passage(record, passages[0])
    box = first.boxes[0].box if first and first.boxes else None
    page = (first.boxes[0].page if first.boxes else first.page) if first else None
    if first is None:
        page, box = _evidence(record, passages[0])
    if page is None and passages[0].endswith("/heading"):
        block = passages[0].removesuffix("heading")
        page = next((below.page for below in record.passages() if below.id.startswith(block)), None)
    return Finding(
        id=f"{check}:{passages[0]}" + ("" if detail is None else f"@{detail}"),
        check=check,
        severity=severity,
        message=message,
        passage=passages[0],
        passages=passages,
        field=field,
        page=page,
        box=box,
        asks=asks,
    )


def at_field(
    record: DecisionRecord,
    check: str,
    severity: Severity,
    message: str,
    field: str,
    *,
    detail: str | int | None = None,
    asks: Asks | None = None,
    page: int | None = None,
    box: BoxOnPage | None = None,
) -> Finding:
    """A finding about a field of the record; its page and box come from the evidence the field was read from."""
    evidence_page, evidence_box = _evidence(record, field)
    return Finding(
        id=f"{check}:{field}" + ("" if detail is None else f"@{detail}"),
        check=check,
        severity=severity,
        message=message,
        field=field,
        page=page or evidence_page,
        box=box or (evidence_box if page in (None, evidence_page) else None),
        asks=asks,
    )


def at_words(
    record: DecisionRecord, check: str, severity: Severity, message: str, words: Text, detail: int | str
) -> Finding:
    """A finding about something inside a run of public words; `detail` is the character it begins at."""
    if words.place in FIELD_NAMES or "." in words.place.partition("/")[0]:
        return at_field(record, check, severity, message, words.place, detail=detail)
    return at_passage(record, check, severity, message, (words.place,), detail=detail)


def _evidence(record: DecisionRecord, field: str) -> tuple[int | None, BoxOnPage | None]:
    """Page and box of a field, or of the nearest field above it or below it that was read from the paper."""
    path = field
    while path:
        near = [key for key in record.evidence if key == path or key.startswith((f"{path}.", f"{path}["))]
        if near:
            place = record.evidence[path if path in near else near[0]]
            return place.page, place.box
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None, None


def document_order(record: DecisionRecord) -> dict[str, int]:
    """The rank of every place: what stands on the first page first. Fields count by the first part of their path."""
    places = list(FIELDS_BEFORE_TEXT)
    places += [passage.id for passage in record.executive_summary]
    places += ["recommendation_lead", *(passage.id for passage in record.recommendations), "awards", "approval"]
    for index, section in enumerate(record.sections, start=1):
        places += [heading_place(index, section), *(passage.id for passage in section.passages)]
    places += [note.id for note in record.footnotes]
    return {place: rank for rank, place in enumerate([*places, *FIELDS_AFTER_TEXT])}


def rank(order: dict[str, int], finding: Finding) -> int:
    """Where a finding stands in `order`; one whose place is unknown comes last."""
    place = finding.passage or finding.field or ""
    cell = place.rsplit("/r", 1)[0]
    root = place.split(".")[0].split("[")[0]
    return next((order[key] for key in (place, cell, root) if key in order), len(order))
