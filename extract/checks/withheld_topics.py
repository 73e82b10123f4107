"""Is there a ground for every topic that Part 1 says is withheld?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.checks.grounds import exemptions_of
from extract.checks.places import at_passage, capital, spoken
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.exemptions import Exemption
from extract.record import DecisionRecord, Passage

ELSEWHERE = re.compile(
    r"\b(?:contained|included|set out|detailed|provided|given|found|outlined|covered|recorded|available|are|is)\b"
    r"[^.]{0,40}?\b(?:in|within)\s+(?:the\s+)?(?:[\w-]+\s+)?"
    r"(?:(?:restricted|confidential|exempt|private|closed)\s+(?:section|part|paper|report|annex|appendix|form)s?"
    r"|part\s*(?:2|ii|two))\b",
    re.I,
)


class Topic(NamedTuple):
    """A topic, the words that name it, the provisions that can cover it, and what to call the first of them."""

    name: str
    words: re.Pattern[str]
    provisions: tuple[str, ...]
    ground: str

    def covered_by(self, exemption: Exemption) -> bool:
        return any(re.match(rf"{re.escape(named)}(?![0-9A-Z])", exemption.key) for named in self.provisions)


TOPICS = (
    Topic(
        "legal",
        re.compile(r"\blegal\b|\bcounsel\b|\blitigation\b|\bprivilege", re.I),
        ("FOIA s.42", "FOIA s.32", "EIR reg.12(5)(b)"),
        "legal professional privilege (FOIA s.42)",
    ),
    Topic(
        "personal",
        re.compile(r"\bpersonnel\b|\bhuman resources?\b|(?-i:\bHR\b)|\b(?:personal data|staffing|misconduct)\b", re.I),
        ("FOIA s.40", "FOIA s.38", "FOIA s.41", "EIR reg.13"),
        "personal data (FOIA s.40)",
    ),
    Topic(
        "security",
        re.compile(r"\bsecurity\b|\btactic|\bcovert\b|\bcounter.terror", re.I),
        ("FOIA s.23", "FOIA s.24", "FOIA s.31", "FOIA s.38", "EIR reg.12(5)(a)"),
        "security or law enforcement (FOIA s.24 or s.31)",
    ),
    Topic(
        "commercial",
        re.compile(r"\bcommercial|\bprocurement\b|\bfinancial\b|\bfinance\b|\bcosts?\b|\bpric(?:e|ing)\b", re.I),
        ("FOIA s.43", "FOIA s.41", "FOIA s.22", "FOIA s.36", "EIR reg.12(5)(e)"),
        "commercial interests (FOIA s.43)",
    ),
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A paper that sends a whole topic to Part 2 must claim the exemption for it; one ground does not cover all."""
    if not record.part2.exemptions:
        return
    claimed = [row for ground in record.part2.exemptions for row in exemptions_of(ground)]
    printed = " ".join(ground.as_printed for ground in record.part2.exemptions)
    withheld: dict[Topic, list[str]] = {}
    for section in record.sections:
        for passage in section.passages:
            if isinstance(passage, Passage):
                for topic in _topics(passage.text, section.heading):
                    withheld.setdefault(topic, []).append(passage.id)
    for topic, places in withheld.items():
        if any(map(topic.covered_by, claimed)) or (not claimed and topic.words.search(printed)):
            continue
        where = ", ".join(dict.fromkeys(spoken(record, place) for place in places))
        yield at_passage(
            record,
            "withheld-topic-without-exemption",
            "needs-person",
            f"{capital(where)}: the {topic.name} information is said to be withheld, and no ground for "
            f"{topic.ground} is claimed. Ask for the ground, or for the information.",
            tuple(dict.fromkeys(places)),
            field="part2.exemptions",
            detail=topic.name,
        )


def _topics(text: str, heading: str) -> Iterator[Topic]:
    """The topics that a passage sends elsewhere: those the sentence names, else the one its heading names."""
    for sentence in sentences(text):
        if ELSEWHERE.search(sentence):
            named = [topic for topic in TOPICS if topic.words.search(sentence)]
            yield from named or [topic for topic in TOPICS if topic.words.search(heading)][:1]
