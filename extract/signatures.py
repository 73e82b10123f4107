"""Who approved, who was consulted, and what they signed: the decision maker's block and the chief executive's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.dates import find_date
from extract.editions import plain
from extract.evidence import evidence_of, evidence_of_picture
from extract.facts import Approval, ChiefExecutive, Evidence, Signature
from extract.form import Form
from extract.paragraphs import Paragraph, Setting, gather, join
from ingest.document import Line, Picture, Table

NO_INTERESTS = re.compile(
    r"(?:none|nil|no(?: such)?(?: personal or prejudicial)? interests?|not applicable|n/a)\b", re.I
)


def read_approval(form: Form, setting: Setting) -> tuple[Approval, dict[str, Evidence]]:
    """The decision maker's block."""
    flow = form.flow("approval")
    paragraphs = [thing for thing in gather(flow, setting) if isinstance(thing, Paragraph)]
    seen: dict[str, Evidence] = {}
    if not paragraphs or form.edition is None:
        nothing = Approval(
            decision_maker=None,
            interests="not-stated",
            interests_text=None,
            approved=False,
            signature="absent",
            signed_on=None,
        )
        return nothing, seen
    labels = form.labels
    seen["approval.decision_maker"] = evidence_of(paragraphs[0].lines)
    stands = [p for p in paragraphs if labels["approved"].match(plain(p.text))]
    interests = _interests(paragraphs, form)
    if interests[1]:
        seen["approval.interests"] = evidence_of(interests[1])
    signature, signed, mark = _signed(flow, form)
    signed_on = find_date(join(line.text for line in signed)) if signed else None
    seen |= _seen("approval", signed, mark)
    if stands:
        seen["approval.approved"] = evidence_of(stands[0].lines)
    unstruck = bool(stands) and not any(word.struck for word in stands[0].words)
    text = interests[0]
    state = "not-stated" if not text else "none" if NO_INTERESTS.match(text) else "stated"
    approval = Approval(
        decision_maker=paragraphs[0].text,
        interests=state,  # type: ignore[arg-type]  # mypy widens the three words to str
        interests_text=text or None,
        approved=unstruck and signature != "absent" and signed_on is not None,
        signature=signature,
        signed_on=signed_on,
    )
    return approval, seen


def _interests(paragraphs: Sequence[Paragraph], form: Form) -> tuple[str, list[Line]]:
    text: list[str] = []
    lines: list[Line] = []
    reading = False
    for paragraph in paragraphs:
        below = form.labels["interests_below"].search(plain(paragraph.text))
        if below and not reading:
            reading = True
            lines.extend(paragraph.lines)
            text.append(plain(paragraph.text)[below.end() :].strip())
        elif reading:
            if any(form.labels[name].match(plain(paragraph.text)) for name in ("approved", "signature", "date")):
                break
            lines.extend(paragraph.lines)
            text.append(paragraph.text)
    return join(text), lines


def _seen(block: str, signed: Sequence[Line], mark: Line | Picture | None) -> dict[str, Evidence]:
    """Where a block was signed, and where it was dated."""
    seen = {f"{block}.signed_on": evidence_of(signed)} if signed else {}
    if mark:
        seen[f"{block}.signature"] = evidence_of([mark]) if isinstance(mark, Line) else evidence_of_picture(mark)
    return seen


def _signed(flow: Sequence[Line | Table | Picture], form: Form) -> tuple[Signature, list[Line], Line | Picture | None]:
    """What stands between "Signature" and "Date", the lines from "Date" to the date, and the signature itself.

    No line after the date is one of its lines.
    """
    signature: Signature = "absent"
    mark: Line | Picture | None = None
    begun = False
    date_lines: list[Line] = []
    for thing in flow:
        if isinstance(thing, Line) and form.labels["signature"].match(plain(thing.text)):
            begun = True
            signature, mark = ("text", thing) if len(thing.words) > 1 else ("absent", None)
        elif isinstance(thing, Line) and form.labels["date"].match(plain(thing.text)) and begun:
            date_lines = [thing]
            begun = False
        elif date_lines and isinstance(thing, Line) and len(date_lines) < 2 and not _dated(date_lines):
            date_lines.append(thing)
        elif begun and isinstance(thing, Picture):
            signature, mark = "image", thing
        elif begun and isinstance(thing, Line) and signature == "absent":
            signature, mark = "text", thing
    return signature, date_lines, mark


def _dated(lines: Sequence[Line]) -> bool:
    return find_date(join(line.text for line in lines)) is not None


def after_signing(form: Form) -> tuple[Line | Table | Picture, ...]:
    """What stands in a signed block below its date: no field is read from it, so it stands in no recognised place."""
    left: list[Line | Table | Picture] = []
    for name in ("approval", "chief-executive"):
        flow = form.flow(name)
        _, signed, _ = _signed(flow, form)
        if signed:
            left.extend(flow[flow.index(signed[-1]) + 1 :])
    return tuple(left)


def read_chief_executive(form: Form) -> tuple[ChiefExecutive, dict[str, Evidence]]:
    """The chief executive's statement."""
    flow = form.flow("chief-executive")
    signature, signed, mark = _signed(flow, form)
    seen = _seen("chief_executive", signed, mark)
    said: list[Line] = []
    for thing in flow[1:]:
        if not isinstance(thing, Line) or form.labels["signature"].match(plain(thing.text)):
            break
        said.append(thing)
    if said:
        seen["chief_executive.statement"] = evidence_of(said)
    statement = join(line.text for line in said) or None
    signed_on = find_date(join(line.text for line in signed)) if signed else None
    return ChiefExecutive(statement=statement, signature=signature, signed_on=signed_on), seen
