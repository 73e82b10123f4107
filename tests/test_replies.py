"""What the value of an answer means: at the door, on the shelf of old answers, and in what the public reads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extract import rules
from extract.claims import Answer, Finding, Review
from extract.facts import DeferralFacts
from extract.record import DecisionRecord, digest
from extract.replies import day, yes_or_no
from extract.separate import separate
from publish.part1 import Deferral
from review.answers import answered, as_asked
from review.errors import RegisterError
from tests.checks.records import paper, with_part2

VALUES: list[tuple[str | None, str | None]] = [
    ("no", "no"),
    (" No. ", "no"),
    ("YES", "yes"),
    ("yes 2027-03-30", "yes 2027-03-30"),
    ("yes 2027-03-31", "yes 2027-03-31"),
    ("Yes, until 1 March 2031", "yes 2031-03-01"),
    ("yes 01/03/2031", "yes 2031-03-01"),
    ("yes 2027-02-29", None),  # no such day
    ("yes 2031-01-01 or 2026-01-01", None),
    ("yes, later", None),
    ("no 2031-01-01", None),
    ("no, it is not", None),
    ("nobody knows", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("value", "kept"), VALUES)
def test_a_yes_or_no_is_kept_in_one_form_or_refused(value: str | None, kept: str | None) -> None:
    finding = Finding(id="x", check="x", severity="blocks", message="?", asks="yes-no")
    reply = yes_or_no(value)
    assert (str(reply) if reply else None) == kept
    if kept is None:
        with pytest.raises(RegisterError, match="yes or no"):
            as_asked(finding, value)
    else:
        assert as_asked(finding, value) == kept
        assert as_asked(finding, kept) == kept


@pytest.mark.parametrize(
    ("severity", "value", "kept"),
    [
        ("needs-person", " 2031-12-31", "2031-12-31"),
        ("needs-person", "31 December 2031", "2031-12-31"),
        ("needs-person", "", None),
        ("blocks", "2031-12-30", "2031-12-30"),
    ],
)
def test_a_day_is_kept_in_one_form(severity: str, value: str, kept: str | None) -> None:
    finding = Finding.model_validate({"id": "x", "check": "x", "severity": severity, "message": "?", "asks": "date"})
    assert as_asked(finding, value) == kept


@pytest.mark.parametrize(("severity", "value"), [("needs-person", "2031-02-30"), ("needs-person", "x"), ("blocks", "")])
def test_what_is_no_day_is_refused_and_what_blocks_needs_one(severity: str, value: str) -> None:
    finding = Finding.model_validate({"id": "x", "check": "x", "severity": severity, "message": "?", "asks": "date"})
    with pytest.raises(RegisterError, match="a day there is"):
        as_asked(finding, value)


def said(record: DecisionRecord, finding: str, value: str | None) -> Review:
    answer = Answer(by="Ann", at=datetime(2026, 3, 2, tzinfo=UTC), because="Asked.", finding=finding, value=value)
    return Review(record_digest=digest(record), rules_digest=rules.digest(), answers=(answer,))


def deferral(printed: DeferralFacts, finding: str, value: str | None) -> Deferral:
    record = paper(deferral=printed)
    part1 = separate(record, rules.propose(record), said(record, finding, value)).part1
    assert part1
    return part1.deferral


OPEN = DeferralFacts(answer="undetermined", reason="A sale.", until=date(2026, 3, 1))
ENDLESS = DeferralFacts(answer="yes", reason="A sale.", until=None)
WRONG = DeferralFacts(answer="yes", reason="A sale.", until=date(2020, 3, 1))
ASKED, DATED = "deferral-undetermined:deferral.answer", "deferral-incomplete:deferral.until"


@pytest.mark.parametrize(
    ("printed", "finding", "value", "answer", "until"),
    [
        (OPEN, ASKED, "yes 2031-01-01", "yes", date(2031, 1, 1)),  # the day a person names, not the printed one
        (OPEN, ASKED, "yes", "yes", date(2026, 3, 1)),
        (OPEN, ASKED, "no", "no", date(2026, 3, 1)),
        (OPEN, ASKED, "yes 2027-02-29", "undetermined", date(2026, 3, 1)),  # stored before it was refused
        (OPEN, ASKED, "perhaps", "undetermined", date(2026, 3, 1)),
        (ENDLESS, DATED, "2031-12-31", "yes", date(2031, 12, 31)),
        (ENDLESS, DATED, "2031-02-30", "yes", None),
        (WRONG, DATED, "2031-12-31", "yes", date(2031, 12, 31)),
    ],
)
def test_what_a_person_says_of_a_deferral(
    printed: DeferralFacts, finding: str, value: str, answer: str, until: date | None
) -> None:
    seen = deferral(printed, finding, value)
    assert (seen.answer, seen.until) == (answer, until)


@pytest.mark.parametrize(("value", "until"), [("2031-12-31", date(2031, 12, 31)), ("2031-02-30", None), (" x", None)])
def test_a_review_date_that_is_none_is_none(value: str, until: date | None) -> None:
    record = paper(part2=with_part2(ceases_when="When the contract is signed."))
    review = said(record, "cease-condition-without-date:part2.ceases_when", value)
    part1 = separate(record, rules.propose(record), review).part1
    assert part1
    assert part1.part2.next_review == until == day(value)


def test_an_old_answer_that_cannot_be_read_leaves_its_finding_open() -> None:
    finding = Finding(id="x", check="x", severity="blocks", message="?", asks="yes-no")
    review = said(paper(), "x", "yes 2027-02-29")
    assert [each.answered_by for each in answered((finding,), review)] == [None]
