"""Does a paper that says it has no background papers rely on some?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, spoken, texts
from extract.claims import Finding
from extract.record import DecisionRecord, Passage

HEADING = re.compile(r"\b(background|supporting) (papers|documents)|\b(background|supporting)/supporting\b", re.I)
NONE = re.compile(r"^\W*(none|nil|n/?a|not applicable|no background papers|there are none)\b[\w\s]{0,20}\W*$", re.I)

EDITION = re.compile(r"\b(FBC|OBC|SOC|business case)\s?(?:v(?:ersion)?\s?)?(\d)\b", re.I)
EDITION_BEFORE = re.compile(r"\bversion (\d) of the (FBC|OBC|SOC|\w+ business case|business case)\b", re.I)
CASE = re.compile(r"\b(?:full|outline|strategic) business case\b", re.I)
PLAN = re.compile(r"\bpolice (?:and|&) crime plan\b", re.I)
DECISION = re.compile(r"\b(PCD|DMPCD|MD|DD|ADD) ?\d[\d ]*\b")
ASSESSMENT = re.compile(
    r"\b(?P<name>data protection impact assessment|DPIA|equality impact assessment|EIA|EqIA|options? appraisal|"
    r"business justification)s?\b[^.]*?\b(?:has been|have been|was|were|is|are) "
    r"(?:\w+ )?(?:completed|carried out|undertaken|produced|prepared|approved|attached|published|in place)\b",
    re.I,
)
SHORT_NAMES = {"data protection impact assessment": "dpia", "equality impact assessment": "eia", "eqia": "eia"}


def check(record: DecisionRecord) -> Iterator[Finding]:
    """The public is entitled to see what a decision relied on; "none" beside a cited document needs a second look."""
    for section in record.sections:
        first = next((p for p in section.passages if isinstance(p, Passage)), None)
        if first is None or not HEADING.search(section.heading) or not NONE.match(first.text):
            continue
        cited = _cited(record)
        if cited:
            names = ", ".join(dict.fromkeys(cited.values()))
            yield at_passage(
                record,
                "background-papers-none-but-cited",
                "note",
                f"Section {section.number or section.heading} says there are no background papers, but the paper "
                f"relies on {names} ({', '.join(spoken(record, place) for place in cited)}). Should they be listed?",
                (first.id, *cited),
            )


def _cited(record: DecisionRecord) -> dict[str, str]:
    """The first passage to cite each document, with the document's printed name."""
    latest = max((int(number) for passage in texts(record) for _, number in _editions(passage.text)), default=0)
    of_a_case = bool(CASE.search(record.title or ""))
    found: dict[str, str] = {}
    seen: set[str] = set()
    for passage in texts(record):
        for key, name in _documents(passage.text, latest, of_a_case, record.reference_as_printed or ""):
            if key not in seen:
                seen.add(key)
                found[passage.id] = f"{found[passage.id]}, {name}" if passage.id in found else name
    return found


def _editions(text: str) -> Iterator[tuple[str, str]]:
    for found in EDITION.finditer(text):
        yield found[0], found[2]
    for found in EDITION_BEFORE.finditer(text):
        yield found[0], found[1]


def _documents(text: str, latest: int, of_a_case: bool, own: str) -> Iterator[tuple[str, str]]:
    """Documents the text relies on. The highest edition of a business case is the one before the reader."""
    for name, number in _editions(text):
        if int(number) < latest or not of_a_case:
            yield f"{name.casefold().replace(' ', '')}", name
    if not of_a_case and (case := CASE.search(text)):
        yield case[0].casefold(), f"the {case[0]}"
    if plan := PLAN.search(text):
        yield "plan", f"the {plan[0]}"
    for decision in DECISION.finditer(text):
        key = decision[0].replace(" ", "")
        if key != own.replace(" ", "").replace("-", ""):
            yield key, decision[0].strip()
    for assessment in ASSESSMENT.finditer(text):
        name = assessment["name"]
        yield SHORT_NAMES.get(name.casefold(), name.casefold()), f"the {name}"
