"""What Part 1 says that Part 2 says too: shown to a person, never quoted, and answerable."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from extract.claims import Finding
from extract.facts import DeferralFacts
from extract.record import DecisionRecord, WithheldPassage
from tests.checks.records import fired, paper, passage, saying, section

SECRET = "A contingency of £1.130m lies within the budget and must not be disclosed to the supplier."
OTHER = WithheldPassage(
    id="part2/p2", withheld_text=SecretStr("Nothing of this is said elsewhere."), page=3, why="part2"
)


def with_part2(record: DecisionRecord, text: str = SECRET, why: str = "part2") -> DecisionRecord:
    held = WithheldPassage.model_validate({"id": "part2/p1", "withheld_text": text, "page": 3, "why": why})
    return record.model_copy(update={"withheld_passages": (held, OTHER)})


def found(record: DecisionRecord) -> list[Finding]:
    return fired(record, "withheld-text-in-part1")


BOTH = {
    "all of it": SECRET,
    "eight words of it": "It lies within the budget and must not be disclosed.",
    "in other type": "Lies  WITHIN the budget, and must not be disclosed",
    "the sum": "The contingency is £1.130m.",
    "about the sum": "The contingency is approximately £1.130m.",
}
NOT_BOTH = {
    "seven words of it": "It is within the budget and must not be hidden.",
    "another sum": "The contingency is £1.131m.",
    "nothing": "New ones last a whole shift.",
}


@pytest.mark.parametrize("text", BOTH.values(), ids=BOTH)
def test_what_stands_in_both_parts_is_a_finding(text: str) -> None:
    (finding,) = found(with_part2(saying(text)))
    assert finding.id == "withheld-text-in-part1:2/2.1"
    assert finding.severity == "needs-person"
    assert finding.asks is None, "a reason settles it: much is rightly said in both"
    assert finding.page == 2
    assert "1.130" not in finding.message
    assert "contingency" not in finding.message


@pytest.mark.parametrize("text", NOT_BOTH.values(), ids=NOT_BOTH)
def test_what_stands_in_one_part_is_none(text: str) -> None:
    assert found(with_part2(saying(text))) == []


def test_a_small_sum_says_nothing() -> None:
    assert found(with_part2(saying("A fee of £873."), "The rate is £873.")) == []


def test_the_title_and_the_forms_own_sentences_stand_in_both_by_design() -> None:
    lead = "The Deputy Mayor for Policing and Crime is recommended to:"
    title = "The purchase of new radio batteries for every borough of the city"
    record = paper(recommendation_lead=lead, title=title)
    assert found(with_part2(record, f"{title} {lead}")) == []


def test_headings_recommendations_and_the_reason_for_deferring_count() -> None:
    record = paper(
        recommendations=(passage("recommendation/1", f"To approve it. {SECRET}"),),
        sections=(section("2", SECRET, "New ones."),),
        deferral=DeferralFacts(answer="no", reason=SECRET, until=None),
    )
    places = [finding.id.partition(":")[2] for finding in found(with_part2(record))]
    assert places == ["recommendation/1", "2/heading", "deferral.reason"]


def test_text_in_no_place_we_know_is_not_part_2() -> None:
    assert found(with_part2(saying(SECRET), why="unplaced")) == []
