"""What Part 1 says of Part 2 and of its own deferral: the paper's words, and people's answers where it is open."""

from __future__ import annotations

from extract.claims import Answer, Review
from extract.exemptions import load as load_exemptions
from extract.record import DecisionRecord
from extract.redaction import Redacted
from extract.replies import Reply, day, yes_or_no
from publish import part1 as public


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
    settled = review.part2_review  # said of Part 2 itself, which an answer to a question about the paper is not
    if settled and settled.exemptions:
        grounds = [load_exemptions().ground(key) for key in settled.exemptions]
    return public.Part2Notice(
        exists=_settled(record.part2.exists, _reply(review, "part2-undetermined:part2.exists")),
        marking=_said(texts, "part2.marking"),
        grounds=tuple(grounds),
        ceases_when=_said(texts, "part2.ceases_when"),
        next_review=settled.on if settled else day(answer.value) if answer else None,
    )


def _reply(review: Review, finding: str) -> Reply | None:
    """The latest answer to a finding as a yes or a no; what cannot be read so is no answer."""
    answer = _answer(review, finding)
    return yes_or_no(answer.value) if answer else None


def _settled(printed: public.Answer, reply: Reply | None) -> public.Answer:
    return reply.word if printed == "undetermined" and reply else printed


def deferral(record: DecisionRecord, review: Review, texts: dict[str, Redacted]) -> public.Deferral:
    """The paper's answer, or a person's where the paper has none; the day a person names goes before the printed one.

    The person has asked whose words the paper's are, and later. The record keeps the one, the review the other.
    """
    reply = _reply(review, "deferral-undetermined:deferral.answer")
    dated = _answer(review, "deferral-incomplete:deferral.until")
    said = (reply.until if reply else None) or (day(dated.value) if dated else None)
    return public.Deferral(
        answer=_settled(record.deferral.answer, reply),
        reason=_said(texts, "deferral.reason"),
        until=said or record.deferral.until,
    )
