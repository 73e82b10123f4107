"""The checks on the sample paper: every finding listed for it, none of those that must not be there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract.checks import find
from extract.claims import Finding
from tests.checks.records import PAPERS, expected_paper, read_paper

pytestmark = pytest.mark.skipif(not PAPERS.exists(), reason="the sample papers are not on this machine")


@pytest.fixture(scope="module", params=["as expected", "as read"])
def findings(request: pytest.FixtureRequest) -> tuple[Finding, ...]:
    """What is found in the paper as its expected record has it, and as it is read from the PDF."""
    return find(expected_paper() if request.param == "as expected" else read_paper("PCD1572.pdf"))


def listed(key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((PAPERS / "PCD1572.findings.json").read_text("utf-8"))[key]
    return rows


@pytest.mark.parametrize("row", listed("findings") if PAPERS.exists() else [], ids=lambda row: str(row["check"]))
def test_every_listed_finding_fires(row: dict[str, Any], findings: tuple[Finding, ...]) -> None:
    same = [finding for finding in findings if finding.check == row["check"]]
    if row["passages"]:
        same = [finding for finding in same if finding.passage == row["passages"][0]]
        assert same
        assert set(row["passages"]) <= set(same[0].passages)
    else:
        same = [finding for finding in same if finding.field == row["field"]]
    assert [
        finding.severity
        for finding in same
        if finding.severity in {row["severity"], *row.get("severity_also_right", ())}
    ]


def test_nothing_else_fires(findings: tuple[Finding, ...]) -> None:
    """The list is whole: whatever more is said must be a note."""
    told = {(row["check"], row["passages"][0] if row["passages"] else row["field"]) for row in listed("findings")}
    more = [finding for finding in findings if (finding.check, finding.passage or finding.field) not in told]
    assert [finding.id for finding in more if finding.severity != "note"] == []


def test_nothing_fires_that_must_not(findings: tuple[Finding, ...]) -> None:
    for row in listed("must_not_fire"):
        check = row["what"].split(":")[0].split(",")[0]
        for finding in findings:
            said_of = not row["passages"] or set(row["passages"]) & {finding.passage}
            assert not (finding.check == check and said_of), f"{finding.id}: {row['why']}"


SLIPS = [  # where, what is printed, what is planted, which check must speak
    ("3/3.1", "106.6", "107.6", "total-differs"),
    ("3/3.1", "47%", "57%", "percentage-differs"),
    ("recommendation/2", "50%", "60%", "percentage-differs"),
    ("2/2.1", "9-month", "10-month", "duration-differs"),
    ("2/2.2", "six", "seven", "stated-count-differs"),
    ("2/2.1", "this will", "as Dr Olwen Faraday said, this will", "personal-name"),
    ("1/1.1", "The ", "<b>The</b> ", "markup-in-text"),
    ("7/7.1", "149", "159", "statute-citation"),
    ("2/2.2.9", "2022-25", "TBC", "prompt-left-in"),
]


@pytest.mark.parametrize(("place", "printed", "planted", "check"), SLIPS)
def test_a_slip_planted_in_the_paper_is_found(place: str, printed: str, planted: str, check: str) -> None:
    def plant(block: Any) -> Any:
        if block.id != place:
            return block
        changed = block.text.replace(printed, planted, 1)
        if changed == block.text:
            changed = f"{planted} {block.text}"
        return block.model_copy(update={"text": changed})

    whole = expected_paper()
    slipped = whole.model_copy(
        update={
            "recommendations": tuple(map(plant, whole.recommendations)),
            "sections": tuple(
                part.model_copy(update={"passages": tuple(map(plant, part.passages))}) for part in whole.sections
            ),
        }
    )
    before = {finding.id for finding in find(whole)}
    assert [f.passage for f in find(slipped) if f.check == check and f.id not in before] == [place]


def test_a_lost_recommendation_leaves_a_gap() -> None:
    whole = expected_paper()
    lost = whole.model_copy(update={"recommendations": (*whole.recommendations[:3], *whole.recommendations[4:])})
    assert [finding.passage for finding in find(lost) if finding.check == "numbering-gap"] == ["recommendation/5"]


def test_ids_are_unique_and_stable(findings: tuple[Finding, ...]) -> None:
    assert len({finding.id for finding in findings}) == len(findings)
    assert [finding.id for finding in findings] == [finding.id for finding in find(expected_paper())]


VARIANTS = [  # the file, and what is said of it that is not said of the paper itself, or no longer
    ("PCD1572-deferral-no.pdf", set(), {"deferral-undetermined"}),
    ("PCD1572-deferral-yes.pdf", set(), {"deferral-undetermined"}),
    ("PCD1572-with-part2.pdf", {"part2-content-in-part1", "withheld-text-in-part1"}, set()),
    ("PCD1572-badly-redacted.pdf", {"hidden-content"}, set()),
]


@pytest.mark.parametrize(("name", "more", "fewer"), VARIANTS)
def test_a_variant_differs_in_what_it_is_about(name: str, more: set[str], fewer: set[str]) -> None:
    usual = {finding.check for finding in find(expected_paper())}
    assert {finding.check for finding in find(read_paper(f"variants/{name}"))} == (usual | more) - fewer


def test_every_finding_is_shown_on_its_page() -> None:
    for finding in find(read_paper("PCD1572.pdf")):
        assert finding.page, finding.id
        assert finding.box, finding.id
