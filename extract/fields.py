"""The single facts of a form: whether publication is deferred, and what is said of Part 2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.answers import YES_NO, Answered, yes_or_no
from extract.citations import read_citations
from extract.dates import find_date
from extract.editions import plain
from extract.evidence import evidence_of, lines_of
from extract.facts import Citation, DeferralFacts, Evidence, Part2Facts, Withheld
from extract.form import Form
from extract.marks import Marks
from extract.paragraphs import PARAGRAPH_GAP, Paragraph, Setting, gather, join
from ingest.document import Line, Picture, Table

Remarks = dict[str, str]  # by field: what was seen where that settles nothing, as the end of a sentence
DEFERRAL_LABELS = ("deferral_question", "deferral_reason", "deferral_until")


def labelled(lines: Iterable[Line], form: Form, setting: Setting, *names: str) -> dict[str, list[Line]]:
    """The lines that stand after each printed label, the label's own line first.

    A field ends where the next label stands, and with its first paragraph: what stands apart below is no part of it.
    """
    found: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    for line in lines:
        name = next((name for name in names if name not in found and _has_label(line, form, name)), None)
        if name:
            current = found[name] = []
        elif (
            current
            and _said(current, form, names)
            and (_stands_apart(current[-1], line, setting) or _answered(current, form))
        ):
            current = None
        if current is not None:
            current.append(line)
    return found


def asked(form: Form, place: str, setting: Setting, *names: str) -> dict[str, list[Line]]:
    """The lines of each label in a place; where a table asks, those of the one row that its first cell labels."""
    found = labelled(form.lines(place), form, setting, *names)
    rows = [row for thing in form.flow(place) if isinstance(thing, Table) for row in thing.rows]
    for row in rows:
        lines = [line for cell in row for line in cell.lines]
        label = join(line.text for line in row[0].lines)
        name = next((name for name in names if name not in found and form.labels[name].match(plain(label))), None)
        if name:
            found[name] = lines
    return found


def _has_label(line: Line, form: Form, name: str) -> bool:
    return bool(form.labels[name].match(plain(line.text)))


def _said(lines: Sequence[Line], form: Form, names: Iterable[str]) -> bool:
    """Whether anything is printed yet after the label these lines begin with."""
    text = plain(join(line.text for line in lines))
    matches = (form.labels[name].match(text) for name in names)
    return any(found and text[found.end() :].strip(" :?-") for found in matches)


def _answered(lines: Sequence[Line], form: Form) -> bool:
    """Whether a field that is one date, or YES or NO, has it: what follows is no part of it, however close it is."""
    if _has_label(lines[0], form, "deferral_until"):
        return find_date(join(line.text for line in lines)) is not None
    words = [word for line in lines for word in line.words]
    return _has_label(lines[0], form, "part2_question") and any(YES_NO.search(word.text) for word in words)


def _stands_apart(before: Line, line: Line, setting: Setting) -> bool:
    return line.page != before.page or line.baseline - before.baseline > PARAGRAPH_GAP * setting.pitch


def unread(form: Form, setting: Setting) -> Iterator[Line | Table]:
    """What stands in the private places below the fields that are read from them: it is in no recognised place."""
    for place, names in (("deferral", DEFERRAL_LABELS), ("part2-confidentiality", ("part2_question",))):
        found = asked(form, place, setting, *names)
        read = {id(line) for lines in found.values() for line in lines}
        begun = False
        for line in lines_of(form.flow(place)):
            begun = begun or id(line) in read
            if begun and id(line) not in read:
                yield line
    ended = False
    for paragraph in gather(form.flow("part2-notice"), setting):
        if ended and not isinstance(paragraph, Picture):
            yield from paragraph.lines if isinstance(paragraph, Paragraph) else (paragraph,)
        ended = ended or (isinstance(paragraph, Paragraph) and _ceases(paragraph, form))
    listed = False
    for thing in form.flow("declarations"):
        if listed and isinstance(thing, Line):
            yield thing
        listed = listed or isinstance(thing, Table)


def _ceases(paragraph: Paragraph, form: Form) -> bool:
    return bool(form.labels["part2_ceases"].match(plain(paragraph.text)))


def after_label(lines: Sequence[Line], form: Form, name: str) -> str:
    """What is printed after a label, without the label."""
    text = join(line.text for line in lines)
    # Dashes are made uniform one for one, so places in the plain text are places in the print.
    match = form.labels[name].search(re.sub(r"[‐-―−]", "-", text))
    return text[match.end() :].strip(" :") if match else text


def read_deferral(form: Form, setting: Setting, marks: Marks) -> tuple[DeferralFacts, dict[str, Evidence], Remarks]:
    """Whether publication is deferred, why, until when."""
    found = asked(form, "deferral", setting, *DEFERRAL_LABELS)
    seen = {}
    answered = Answered("undetermined")
    if question := found.get("deferral_question"):
        answered = yes_or_no(question, marks, form.labels["deferral_question"])
        seen["deferral.answer"] = evidence_of(question)
    reason = after_label(found["deferral_reason"], form, "deferral_reason") if "deferral_reason" in found else ""
    until = after_label(found["deferral_until"], form, "deferral_until") if "deferral_until" in found else ""
    if reason:
        seen["deferral.reason"] = evidence_of(found["deferral_reason"])
    if until:
        seen["deferral.until"] = evidence_of(found["deferral_until"])
    facts = DeferralFacts(answer=answered.answer, reason=reason or None, until=find_date(until))
    return facts, seen, _remarks("deferral.answer", answered)


def _remarks(path: str, answered: Answered) -> Remarks:
    return {path: answered.saw} if answered.saw else {}


def read_part2(form: Form, setting: Setting, marks: Marks) -> tuple[Part2Facts, dict[str, Evidence], Remarks]:
    """What Part 1 says of Part 2. Its text, if it is in the file, is counted here and kept elsewhere."""
    labels = form.labels
    paragraphs = [p for p in gather(form.flow("part2-notice"), setting) if isinstance(p, Paragraph)]
    seen: dict[str, Evidence] = {}
    marking = ceases = None
    grounds: list[Citation] = []
    reading: str | None = None
    for paragraph in paragraphs:
        text = plain(paragraph.text)
        if said := labels["part2_marking"].match(text):
            reading, marking = "marking", paragraph.text[said.end() :].strip() or None
            if marking:
                seen["part2.marking"] = evidence_of(paragraph.lines)
        elif _ceases(paragraph, form):
            reading, ceases = "ceases", paragraph.text
            seen["part2.ceases_when"] = evidence_of(paragraph.lines)
        elif labels["part2_reasons"].search(text):
            reading = "grounds"
        elif reading == "marking" and marking is None:
            marking = paragraph.text
            seen["part2.marking"] = evidence_of(paragraph.lines)
        elif reading == "grounds":
            for citation in read_citations(paragraph.text):
                seen[f"part2.exemptions[{len(grounds)}]"] = evidence_of(paragraph.lines)
                grounds.append(citation)
    question = asked(form, "part2-confidentiality", setting, "part2_question").get("part2_question", [])
    answered = Answered("undetermined")
    if question:
        answered = yes_or_no(question, marks, labels["part2_question"])
        seen["part2.exists"] = evidence_of(question)
    withheld = [line for part in form.holding("part2") for line in lines_of(part.flow)]
    facts = Part2Facts(
        exists=answered.answer,
        marking=marking,
        ceases_when=ceases,
        exemptions=tuple(grounds),
        withheld=Withheld(
            pages=tuple(sorted({line.page for line in withheld})), words=sum(len(line.words) for line in withheld)
        ),
    )
    return facts, seen, _remarks("part2.exists", answered)
