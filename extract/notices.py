"""What Part 1 says of Part 2 and of its own deferral: the paper's words, and people's answers where it is open."""

from __future__ import annotations

import re
from datetime import date

from extract.claims import Answer, Review
from extract.exemptions import load as load_exemptions
from extract.record import DecisionRecord
from extract.redaction import Redacted
from publish import part1 as public

ISO_DATE = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)")


def _said(texts: dict[str, Redacted], place: str) -> str | None:
    return texts[place].public_text if place in texts else None


def _answer(review: Review, finding: str) -> Answer | None:
    """The latest answer to a finding."""
    given = [answer for answer in review.answers if answer.finding == finding and answer.value]
    return max(given, key=lambda answer: answer.at, default=None)


def notice(record: DecisionRecord, review: Review, texts: dict[str, Redacted]) -> public.Part2Notice:
    """That there is a Part 2, on what grounds, and until when; a ground is named only where it is resolved."""
    grounds: list[public.Ground] = []
    for index, citation in enumerate(record.part2.exemptions):
        printed = _said(texts, f"part2.exemptions[{index}]")
        answer = _answer(review, f"exemption-unresolved:part2.exemptions[{index}]")
        table = load_exemptions()
        keys = table.keys_in(answer.value) if answer and answer.value else (citation.key,)
        grounds.extend(table.ground(key or "", printed) for key in keys)
    answer = _answer(review, "cease-condition-without-date:part2.ceases_when")
    return public.Part2Notice(
        exists=_yes_or_no(record.part2.exists, _answer(review, "part2-undetermined:part2.exists")),
        marking=_said(texts, "part2.marking"),
        grounds=tuple(grounds),
        ceases_when=_said(texts, "part2.ceases_when"),
        next_review=date.fromisoformat(answer.value) if answer and answer.value else None,
    )


def _yes_or_no(printed: public.Answer, answer: Answer | None) -> public.Answer:
    if printed != "undetermined" or answer is None:
        return printed
    return "no" if (answer.value or "").casefold().startswith("no") else "yes"


def deferral(record: DecisionRecord, review: Review, texts: dict[str, Redacted]) -> public.Deferral:
    """The paper's answer, or a person's where the paper has none: `no`, or `yes` and until when ("yes 2027-03-01")."""
    answer = _answer(review, "deferral-undetermined:deferral.answer")
    until = record.deferral.until
    if until is None and answer and (day := ISO_DATE.search(answer.value or "")):
        until = date.fromisoformat(day[0])
    return public.Deferral(
        answer=_yes_or_no(record.deferral.answer, answer), reason=_said(texts, "deferral.reason"), until=until
    )
