"""The checks of what the form itself should have: its headings, its usual sections, and more than a Part 2."""

from __future__ import annotations

import pytest

from extract.record import Section
from tests.checks.records import fired, paper, section

USUAL = (
    "Introduction and background",
    "Issues for consideration",
    "Financial Comments",
    "Legal Comments",
    "Equality Comments",
    "Background/supporting papers",
)


def headed(*headings: str) -> tuple[Section, ...]:
    return tuple(section(str(n), heading, f"Words on matter {n}.") for n, heading in enumerate(headings, 1))


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (USUAL, []),
        (("Introduction", *USUAL[1:3], "Legal Implications", "Equalities and diversity", "Supporting papers"), []),
        ((*USUAL[:3], *USUAL[4:]), ["sections@legal"]),
        (USUAL[:3], ["sections@legal", "sections@equality", "sections@background/supporting"]),
        (USUAL[:2], []),  # set out in a way of its own
        (("", ""), []),
    ],
)
def test_a_usual_section_that_is_not_there_is_noted(headings: tuple[str, ...], missing: list[str]) -> None:
    found = fired(paper(sections=headed(*headings)), "section-missing")
    assert [finding.id.removeprefix("section-missing:") for finding in found] == missing
    assert {finding.severity for finding in found} <= {"note"}


@pytest.mark.parametrize(
    ("unheaded", "fields"),
    [((), []), (("summary",), ["executive_summary"]), (("recommendations", "part1"), ["recommendations", "sections"])],
)
def test_a_part_without_a_heading_is_asked_about(unheaded: tuple[str, ...], fields: list[str]) -> None:
    found = fired(paper(unheaded=unheaded), "heading-missing")
    assert [(finding.field, finding.severity, finding.page) for finding in found] == [
        (field, "needs-person", 2) for field in fields
    ]


def test_of_a_part_2_form_by_itself_nothing_else_is_asked() -> None:
    """Neither its fields nor its sections: that it is one is all there is to settle."""
    alone = paper(form="mopac-dmpc-part2", title=None, recommendations=(), sections=())
    assert [finding.check for finding in fired(alone, "part2-alone")] == ["part2-alone"]
    assert fired(alone, "title-missing") == fired(alone, "section-empty") == []
