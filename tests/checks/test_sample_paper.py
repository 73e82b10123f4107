"""The checks on the sample paper: every finding listed for it, none of those that must not be there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract.checks import find
from extract.claims import Finding
from extract.record import DecisionRecord
from tests.checks.records import PAPERS, expected_paper

pytestmark = pytest.mark.skipif(not PAPERS.exists(), reason="the sample papers are not on this machine")


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return find(record())


def record() -> DecisionRecord:
    return expected_paper()


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


def test_ids_are_unique_and_stable(findings: tuple[Finding, ...]) -> None:
    assert len({finding.id for finding in findings}) == len(findings)
    assert findings == find(record())
