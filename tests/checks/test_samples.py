"""The checks on a paper of planted slips and on its clean twin: no slip is lost, and none is seen that is not there."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from extract.build import build
from extract.checks import find
from extract.claims import Finding
from extract.form import segment
from ingest.reader import read
from tests.papers.paper import SOURCES, load

PAPERS = Path(__file__).parents[1] / "papers"

PLANTED = [  # which check must speak, and where it takes the reader
    ("dates-out-of-order", "approval.signed_on"),
    ("total-differs", "summary/1"),
    ("stated-count-differs", "summary/2"),
    ("total-differs", "recommendation/2"),
    ("numbering-gap", "recommendation/4"),
    ("date-impossible", "1/1.1"),
    ("dates-out-of-order", "1/1.2"),
    ("quantity-differs", "1/1.3"),
    ("stated-count-differs", "2/2.2"),
    ("duration-differs", "2/2.3"),
    ("stated-count-differs", "2/2.4"),
    ("prompt-left-in", "2/2.5"),
    ("date-impossible", "2/2.6"),
    ("text-cut-off", "2/2.7"),
    ("total-differs", "3/t1"),
    ("percentage-differs", "3/3.2"),
    ("amount-unread", "3/3.3"),
    ("part2-mentioned-but-none", "4/4.2"),
    ("stated-count-differs", "5/5.1"),
    ("award-value-differs", "5/5.2"),
    ("name-differs", "recommendation/4"),
    ("statute-citation", "7/7.1"),
    ("background-papers-none-but-cited", "8/p1"),
]
ALWAYS = {"personal-name", "awards-residual"}  # the drafting officer, and money that is for no contract


@cache
def findings(name: str) -> tuple[Finding, ...]:
    document = read(PAPERS / f"{name}.pdf")
    return find(build(document, segment(document)))


@pytest.mark.parametrize(("check", "place"), PLANTED)
def test_a_planted_slip_is_found_where_it_stands(check: str, place: str) -> None:
    assert [f for f in findings("inconsistent") if f.check == check and (f.passage or f.field) == place]


def test_nothing_else_is_said_of_the_planted_paper() -> None:
    said = {(f.check, f.passage or f.field) for f in findings("inconsistent") if f.check not in ALWAYS}
    assert said == set(PLANTED)


def test_the_clean_twin_is_quiet() -> None:
    assert {f.check for f in findings("consistent")} == ALWAYS


def test_the_source_names_as_many_slips_as_are_looked_for() -> None:
    source = (SOURCES / "inconsistent.toml").read_text(encoding="utf-8")
    assert source.count("# slip:") == len(PLANTED)
    assert {line.rpartition("(")[2].rstrip(")").split(",")[0].split(" in ")[0] for line in source.splitlines()
            if "# slip:" in line} == {check for check, _ in PLANTED}  # fmt: skip
    assert tomllib.loads(source)["reference_as_printed"] != load("consistent")["reference_as_printed"]


def test_every_finding_ends_in_something_to_do() -> None:
    for finding in findings("inconsistent"):
        last = finding.message.rstrip('”"').rsplit(". ", 1)[-1]
        assert last.endswith("?") or last.split()[0] in {
            "Ask",
            "See",
            "Look",
            "Check",
            "Tell",
            "Confirm",
            "If",
            "The",
        }, last
