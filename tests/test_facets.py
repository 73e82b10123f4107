"""The register narrowed: what makes a facet, what makes none, and what its page sums up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from publish.facets import Facet, facets
from publish.part1 import Part1, Stub
from publish.words import LONGEST_ADDRESS, supplier_address
from tests.sample_decisions import DEFERRED, LONG, SAMPLES, award, decision


def signed(reference: str, day: date, *awards: tuple[str | None, str | None], **more: object) -> Part1:
    given = tuple(award(number, name, "Laptops", value) for number, (name, value) in enumerate(awards, 1))
    return decision(reference, f"Title of {reference}", day, awards=given, **more)


def found(kind: str, *decisions: Part1 | Stub) -> dict[str, Facet]:
    return {facet.path: facet for facet in facets(decisions) if facet.kind == kind}


def test_a_decision_lies_in_the_month_it_was_signed() -> None:
    months = found("month", signed("PCD 2", date(2024, 1, 31)), signed("PCD 1", date(2023, 12, 1)))
    assert {path: facet.label for path, facet in months.items()} == {
        "decisions/2023-12/": "December 2023",
        "decisions/2024-01/": "January 2024",
    }


# Two spellings of a supplier's name, and whether they share one page.
SPELLINGS = [
    ("Ernst & Young", "ERNST AND YOUNG", False),  # what stands between the words is a word
    ("CGI IT UK Ltd.", "CGI IT UK Ltd", True),  # a full stop
    ("Finyx", "FINYX", True),  # case
    ("SAS", "SAS Institute", False),  # a longer name is another
]


@pytest.mark.parametrize(("first", "second", "shared"), SPELLINGS)
def test_spellings_of_a_supplier(first: str, second: str, shared: bool) -> None:
    day = date(2024, 5, 1)
    pages = found("supplier", signed("PCD 2", day, (first, "1000")), signed("PCD 1", day, (second, "2000")))
    assert (len(pages) == 1) == shared
    assert next(iter(pages.values())).label in (first, second)


# What a supplier was awarded, and our sum of it.
SUMS = [
    ([("Finyx", "1000"), ("Finyx", "2000")], Decimal(3000)),
    ([("Finyx", "1000"), ("Other", "2000")], Decimal(1000)),  # another's contract is not counted
    ([("Finyx", "1000"), ("Finyx", None)], None),  # one without a value: no sum, for it would be too small
    ([("Finyx", "1000"), (None, "2000")], Decimal(1000)),  # a name that is not public counts for nobody
]


@pytest.mark.parametrize(("awards", "total"), SUMS)
def test_a_sum_is_of_the_suppliers_own_contracts_and_whole(
    awards: list[tuple[str | None, str | None]], total: Decimal | None
) -> None:
    pages = found("supplier", signed("PCD 1", date(2024, 5, 1), *awards))
    assert pages["suppliers/finyx/"].total == total


def test_other_money_is_not_added_to_pounds() -> None:
    euros = award(1, "Finyx", "Laptops", "1000", currency="EUR")
    pages = found("supplier", decision("PCD 1", "Laptops", date(2024, 5, 1), awards=(euros,)))
    assert pages["suppliers/finyx/"].total is None


def test_a_stub_is_found_by_its_day_alone() -> None:
    assert {facet.kind for facet in facets([DEFERRED])} == {"year", "month"}


def test_a_ground_that_nobody_confirmed_makes_no_page() -> None:
    open_ = [
        line.model_copy(update={"exemption": line.exemption.model_copy(update={"key": None})}) for line in LONG.withheld
    ]
    part2 = LONG.part2.model_copy(update={"grounds": ()})
    assert found("ground", LONG)
    assert not found("ground", LONG.model_copy(update={"withheld": tuple(open_), "part2": part2}))


def test_long_names_keep_pages_of_their_own() -> None:
    first, second = (f"{'The Consortium of ' * 10}{end}" for end in ("East", "West"))
    assert supplier_address(first) != supplier_address(second)
    assert len(supplier_address(first)) <= LONGEST_ADDRESS + 9
    assert supplier_address("株式会社") == "", "no letter for an address: no page, and no link to one"


def test_each_decision_stands_once_in_a_facet_and_in_the_order_given() -> None:
    for facet in facets(SAMPLES):
        slugs = [one.slug for one in facet.decisions]
        assert len(slugs) == len(set(slugs))
        assert slugs == [one.slug for one in SAMPLES if one.slug in slugs]
