"""Who approved, who was consulted, and what they signed: the decision maker's block and the chief executive's.

A signature is a picture, the ink of a pen, or the field of a digital one. A name that is typed there is text and no
proof. Who signed digitally, and when, is for officers alone: it stands in the evidence and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from extract.dates import find_date
from extract.editions import plain
from extract.evidence import evidence_of, evidence_of_print
from extract.facts import Approval, ChiefExecutive, Evidence
from extract.form import Form
from extract.marks import Marks
from extract.paragraphs import Paragraph, Setting, gather, join, runs
from extract.signing import Signed, end_of, signed_in, unplaced
from ingest.document import Line, Picture, Table, spell

NO_INTERESTS = re.compile(
    r"(?:i have |there are )?(?:none|nil|no(?: such)?(?: personal or prejudicial)? interests?|not applicable|n/a)"
    r"(?:,? (?:(?:to )?(?:declare|record|report)|declared|recorded|reported))?[\s.]*",
    re.I,
)
EXCEPT = re.compile(r"\b(?:except|excepting|other than|but|apart from|save|however|although|unless)\b", re.I)
BLOCKS = ("approval", "finance-officer", "chief-executive")
CHANGED = "the file was changed after it was signed"
UNTRUE = "the file bears what looks like a digital signature and is none of this file"
ELSEWHERE = "the file is signed digitally, but not in the place where the decision maker signs"
Seen = dict[str, Evidence]
Remarks = dict[str, str]


def read_approval(form: Form, setting: Setting, marks: Marks) -> tuple[Approval, Seen, Remarks]:
    """The decision maker's block."""
    flow = form.flow("approval")
    paragraphs = [thing for thing in gather(flow, setting) if isinstance(thing, Paragraph)]
    if not paragraphs or form.edition is None:
        nothing = Approval(
            decision_maker=None,
            interests="not-stated",
            interests_text=None,
            approved=False,
            signature="absent",
            signed_on=None,
        )
        return nothing, {}, {}
    maker, seen = _decision_maker(paragraphs, form)
    stands = [p for p in paragraphs if form.labels["approved"].match(plain(p.text))]
    text, interests = _interests(paragraphs, form)
    if interests:
        seen["approval.interests"] = evidence_of(interests)
    signed, remarks = _with_remarks("approval", signed_in(flow, form, marks), marks)
    signature = signed.signature
    if signature == "absent" and unplaced(map(form.flow, BLOCKS), form, marks):
        signature, remarks = "digital", {"approval.signature": ELSEWHERE}
    seen |= signed.evidence("approval")
    if stands:
        seen["approval.approved"] = evidence_of(stands[0].lines)
    says_so = bool(stands) and _ends_with_approval(stands[0], form) and not any(w.struck for w in stands[0].words)
    none = NO_INTERESTS.fullmatch(plain(text)) or (
        form.labels["no_interests"].match(plain(text)) and not EXCEPT.search(text)
    )
    approval = Approval(
        decision_maker=maker,
        interests="not-stated" if not text else "none" if none else "stated",
        interests_text=text or None,
        approved=says_so and signature != "absent" and _day(signed) is not None,
        signature=signature,
        signed_on=_day(signed),
    )
    return approval, seen, remarks


def _ends_with_approval(paragraph: Paragraph, form: Form) -> bool:
    """Whether nothing is added to the approval: "has my approval: NO" and "subject to the Mayor" are none."""
    text = plain(paragraph.text)
    said = form.labels["approved"].match(text)
    return said is not None and not text[said.end() :].strip(" .")


def _with_remarks(block: str, signed: Signed, marks: Marks) -> tuple[Signed, Remarks]:
    """The same, and what is to be said of it: an empty field, a forgery, or a file changed after it was signed.

    Of a forgery elsewhere in the file only the approval speaks: once is enough.
    """
    remark = signed.remark
    if block == "approval" and any(one.signed and not one.true for one in marks.signatures):
        remark = remark or UNTRUE
    elif signed.signature == "digital" and not any(one.to_end for one in marks.signatures):
        remark = CHANGED
    return signed, {f"{block}.signature": remark} if remark else {}


def _day(signed: Signed) -> date | None:
    return find_date(join(line.text for line in signed.dated)) if signed.dated else None


def _decision_maker(paragraphs: Sequence[Paragraph], form: Form) -> tuple[str | None, Seen]:
    """Who decides: the heading of the block, or the office behind its label where the edition prints one."""
    path = "approval.decision_maker"
    if "office" not in form.labels:
        return paragraphs[0].text, {path: evidence_of(paragraphs[0].lines)}
    for line in (line for paragraph in paragraphs for line in paragraph.lines):
        for n, _ in enumerate(line.words):
            behind = line.words[n:]
            if not form.labels["office"].match(plain(spell(behind))):
                continue
            label = next((m for m, word in enumerate(behind, 1) if word.text.endswith(":")), len(behind))
            column = runs(line.part(behind[label:]))[0].words if behind[label:] else ()
            # Where another label begins, such as that of a name, the office is over.
            office = list(takewhile(lambda word: not word.text.endswith(":"), column))
            if office:
                return spell(office), {path: evidence_of_print([(line, office)])}
    return None, {}


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
        elif form.labels["no_interests"].match(plain(paragraph.text)):
            return paragraph.text, list(paragraph.lines)
    return join(text), lines


def after_signing(form: Form) -> tuple[Line | Table | Picture, ...]:
    """What stands in a signed block below its date: no field is read from it, so it stands in no recognised place."""
    left: list[Line | Table | Picture] = []
    for name in BLOCKS:
        flow = form.flow(name)
        if end := end_of(flow, form):
            left.extend(flow[end:])
    return tuple(left)


def read_chief_executive(form: Form, marks: Marks) -> tuple[ChiefExecutive, Seen, Remarks]:
    """The chief executive's statement."""
    flow = form.flow("chief-executive")
    signed, remarks = _with_remarks("chief_executive", signed_in(flow, form, marks), marks)
    seen = signed.evidence("chief_executive")
    said: list[Line] = []
    for thing in flow[1:]:
        if not isinstance(thing, Line) or form.labels["signature"].match(plain(thing.text)):
            break
        said.append(thing)
    if said:
        seen["chief_executive.statement"] = evidence_of(said)
    statement = join(line.text for line in said) or None
    return ChiefExecutive(statement=statement, signature=signed.signature, signed_on=_day(signed)), seen, remarks
