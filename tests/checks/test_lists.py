"""The checks that compare places of a paper: counts, numbering, awards, background papers, topics sent to Part 2."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.build import build
from extract.checks import find
from extract.facts import Award
from extract.form import segment
from extract.record import DecisionRecord, Passage, TablePassage
from ingest.reader import read
from tests.checks.records import award, fired, ground, paper, passage, saying, section, with_part2


class Case(NamedTuple):
    """A record, the passages its check must name first, and what the row is about."""

    record: DecisionRecord
    at: list[str | None]
    about: str


def listing(announcement: str, *items: str, lead_ins: tuple[int, ...] = ()) -> DecisionRecord:
    """An announcement with items below it; those whose position is in `lead_ins` open in italics."""
    below = [passage(f"2/2.1.{n}", text, lead_in=text if n in lead_ins else None) for n, text in enumerate(items, 1)]
    return saying(passage("2/2.1", announcement), *below)


def awarding(text: str, *awards: Award) -> DecisionRecord:
    """Recommendations that award contracts, and a section 2 that says this of them."""
    places = dict.fromkeys(one.recommendation for one in awards)
    return saying(
        text,
        awards=awards,
        recommendations=tuple(
            passage(place, f"To approve contract number {index} by framework.") for index, place in enumerate(places, 1)
        ),
    )


def recommending(text: str, **changes: str | None) -> DecisionRecord:
    """One award on the words of one recommendation, without a framework."""
    facts = {"framework": None} | changes
    return paper(
        recommendations=(passage("recommendation/1", text),),
        awards=(award("recommendation/1", "Voltaic Ltd", **facts),),
    )


def backing(papers: str, *paragraphs: str, title: str = "Radio batteries") -> DecisionRecord:
    """A paper with these background papers, that says this in its first section."""
    return paper(
        title=title,
        sections=(
            section("1", "Introduction", *paragraphs),
            section("2", "Background/supporting papers", passage("2/p1", papers)),
        ),
    )


def sent_away(heading: str, text: str, *keys: str) -> DecisionRecord:
    """A section that sends the reader to Part 2, and the grounds that Part 2 has."""
    return paper(
        sections=(section("1", heading, text),), part2=with_part2(exemptions=tuple(ground(key) for key in keys))
    )


TWO = (
    award("recommendation/1", "Voltaic Ltd"),
    award("recommendation/2", "VOLTAIC LTD."),
    award("recommendation/3", "Nordlys AS"),
)

COUNTS = [
    Case(awarding("Contracts are awarded to 3 suppliers.", *TWO), ["2/2.1"], "three said, two named"),
    Case(awarding("Contracts are awarded to two suppliers.", *TWO), [], "one of them twice, in capitals"),
    Case(awarding("Five suppliers were invited to tender for the contract.", *TWO), [], "those who were asked"),
    Case(awarding("The market has five suppliers.", *TWO), [], "those there are"),
    Case(saying("Contracts are awarded to 3 suppliers."), [], "no award could be read: nothing to compare"),
    Case(listing("It is driven by three main factors:", "Age.", "Cost.", "Noise."), [], "three listed"),
    Case(listing("It is driven by three main factors:", "Age.", "Cost."), ["2/2.1"], "two listed"),
    Case(
        listing("It is driven by 2 factors:", "Age.", "It is old.", "Cost.", "Noise.", lead_ins=(1, 3)),
        [],
        "lead-ins count, not what carries them on",
    ),
    Case(
        listing("It is driven by 3 factors:", "Age.", "It is old.", "Cost.", "Noise.", lead_ins=(1, 3)),
        ["2/2.1"],
        "two lead-ins for three factors",
    ),
    Case(listing("The following was done over 12 months:", "Age.", "Cost."), [], "months are not listed"),
    Case(listing("It replaces eight systems.", "Age.", "Cost."), [], "no list is announced"),
    Case(listing("The three options are: age, cost and noise.", "Age.", "Cost."), [], "listed in the sentence"),
    Case(
        listing("Of the four options the board kept the following three options:", "Age.", "Cost.", "Noise."),
        [],
        "the last count before the colon",
    ),
    Case(saying("There are three aims:", passage("2/p1", "Age."), passage("2/p2", "Cost.")), ["2/2.1"], "too few"),
    Case(
        saying("There are two aims:", *(passage(f"2/p{n}", "Words.") for n in (1, 2, 3))),
        [],
        "after the bullets comes a paragraph that looks like one",
    ),
    Case(listing("It is driven by two factors:", "Age.", "Cost.", lead_ins=(2,)), [], "one lead-in is none"),
    Case(saying("This paper makes 4 recommendations to the board."), ["2/2.1"], "one recommendation is made"),
    Case(saying("The inspectorate made 4 recommendations in its report."), [], "somebody else's recommendations"),
]

ACROSS = [
    Case(
        saying("It buys 12,000 body-worn cameras.", "The 12,500 body-worn cameras are charged at night."),
        ["2/2.1"],
        "two numbers for one kind of camera",
    ),
    Case(saying("It buys 12,000 body-worn cameras.", "The 12,000 body-worn cameras are charged."), [], "one number"),
    Case(saying("It buys 12,000 cameras.", "The 12,500 cameras are charged."), [], "cameras of any kind"),
    Case(
        saying("It buys 12,000 body-worn cameras.", "In 2020 it bought 12,500 body-worn cameras."), [], "another year"
    ),
]

MADE = [
    Case(awarding("This paper asks for four contracts.", *TWO), ["2/2.1"], "three awards"),
    Case(awarding("This paper asks for three contracts.", *TWO), [], "three awards"),
    Case(awarding("Four contracts end next year.", *TWO), [], "other contracts"),
]

NUMBERING = [
    Case(saying(passage("2/2.1", "A."), passage("2/2.3", "B.")), ["2/2.3"], "2.2 is missing"),
    Case(saying(passage("2/2.2", "A.")), ["2/2.2"], "2.1 is missing"),
    Case(
        saying(passage("2/2.1", "A."), passage("2/2.1.1", "B."), passage("2/2.2", "C."), passage("2/2.2.1", "D.")),
        [],
        "a list under each",
    ),
    Case(
        saying(passage("2/2.1", "A."), passage("2/2.1.1", "B."), passage("2/2.2", "C."), passage("2/2.2.2", "D.")),
        ["2/2.2.2"],
        "the second list begins at 2",
    ),
    Case(saying(passage("2/2.1", "A."), passage("2/p1", "Between."), passage("2/2.2", "B.")), [], "words between"),
    Case(
        saying(
            passage("2/2.1", "A."),
            passage("2/2.1.a", "B."),
            passage("2/2.1.b", "C."),
            passage("2/2.2", "D."),
            passage("2/2.2.a", "E."),
        ),
        [],
        "letters begin anew under each",
    ),
    Case(
        saying(passage("2/2.1", "A."), passage("2/2.1.a", "B."), passage("2/2.1.c", "C.")), ["2/2.1.c"], "b is missing"
    ),
    Case(saying(passage("2/2.1", "A."), *(passage(f"2/2.1.{n}", "x") for n in ("i", "ii", "iii", "iv"))), [], "Roman"),
    Case(saying(passage("2/2.1", "A."), *(passage(f"2/2.1.{n}", "x") for n in "abcdefghi")), [], "i after h"),
    Case(
        saying(passage("2/2.1", "A."), *(passage(f"2/2.1.{n}", "x") for n in ("a", "i", "ii", "b"))),
        [],
        "nested",
    ),
    Case(saying(passage("2/2.1", "A."), passage("2/2.1", "B."), passage("2/2.2", "C.")), ["2/2.1"], "a number twice"),
    Case(
        paper(recommendations=tuple(passage(f"recommendation/{n}", "x") for n in (1, 2, 1, 2))),
        ["recommendation/1"],
        "recommendations that begin anew",
    ),
    Case(
        paper(recommendations=tuple(passage(f"recommendation/{n}", "x") for n in (1, 2, 4))), ["recommendation/4"], "3"
    ),
    Case(paper(sections=(section("1", "A", "x"), section("3", "B", "x"))), [None], "section 2 is missing"),
    Case(
        paper(sections=(section("1", "A", "x"), section("1", "B", passage("1/1.2", "x")))), ["1/1.2", None], "1 twice"
    ),
    Case(saying(passage("2/2.1", "A."), passage("2/2.2.1", "B."), passage("2/2.3", "C.")), ["2/2.2.1", "2/2.3"], "2.2"),
    Case(
        saying(passage("2/2.1", "A."), passage("2/2.1.1", "B."), passage("2/2.1.1.1", "C.")), [], "each below its own"
    ),
]

ROUTES = [
    Case(
        recommending("To approve the direct award of a contract for radios to Voltaic Ltd for £1m."),
        ["recommendation/1"],
        "no route",
    ),
    Case(
        recommending("To approve the award to Voltaic Ltd for £1m via ESPO 12.", framework="ESPO 12"), [], "a framework"
    ),
    Case(recommending("To award to Voltaic Ltd after an open tender."), [], "a tender"),
    Case(recommending("To award to Voltaic Ltd under a waiver of contract regulations."), [], "a waiver"),
    Case(
        paper(
            recommendations=(passage("recommendation/1", "To delegate the power to extend the contract."),),
            awards=(award("recommendation/1", None, value=None, framework=None),),
        ),
        [],
        "power to extend later",
    ),
    Case(recommending("To grant £1m to Voltaic Ltd.", kind="grant"), [], "a grant is not procured"),
    Case(
        recommending("To extend the contract with Voltaic Ltd.", kind="extension"), ["recommendation/1"], "an extension"
    ),
    Case(
        saying(
            "Voltaic Ltd was the best bidder of a mini-competition under the framework.",
            awards=(award("recommendation/1", "Voltaic Ltd", framework=None),),
        ),
        [],
        "the route is told elsewhere",
    ),
    Case(
        saying("Somebody else holds a framework.", awards=(award("recommendation/1", "Voltaic Ltd", framework=None),)),
        ["recommendation/1"],
        "the route of another",
    ),
]

BACKGROUND = [
    Case(backing("None.", "The board relied on PCD 812 when it met."), ["2/p1"], "an earlier decision"),
    Case(backing("None.", "A DPIA has been completed."), ["2/p1"], "an assessment that exists"),
    Case(backing("Nil", "This supports the Police and Crime Plan."), ["2/p1"], "a published plan"),
    Case(backing("N/A", "The Outline Business Case was approved in May."), ["2/p1"], "another paper's business case"),
    Case(
        backing("None.", "A DPIA is mandatory for such work.", "This is PCD 9001."), [], "a duty, and the paper itself"
    ),
    Case(backing("None.", "FBC2 asks for the money.", title="Radios: Full Business Case 2"), [], "the paper itself"),
    Case(
        backing("None.", "FBC1 was approved, FBC2 asks for more.", title="Radios: Full Business Case"),
        ["2/p1"],
        "earlier",
    ),
    Case(backing("None.", "The batteries are old."), [], "nothing is cited"),
    Case(backing("PCD 812.", "The board relied on PCD 812."), [], "it is listed"),
]

COMMERCIAL, LEGAL, PERSONAL = "FOIA s.43(2)", "FOIA s.42", "FOIA s.40(2)"
TOPICS = [
    Case(
        sent_away("Legal Comments", "This is contained in the restricted section of the report.", COMMERCIAL),
        ["1/1.1"],
        "legal advice under commercial interests",
    ),
    Case(
        sent_away("Legal Comments", "This is contained in the restricted section of the report.", COMMERCIAL, LEGAL),
        [],
        "with the ground for it",
    ),
    Case(
        sent_away("Financial Comments", "The rest is set out in Part 2.", COMMERCIAL),
        [],
        "money under commercial interests",
    ),
    Case(
        sent_away("Financial Comments", "The rest is set out in Part 2.", PERSONAL),
        ["1/1.1"],
        "money under personal data",
    ),
    Case(
        sent_away("Risks", "Further legal advice is provided in Part 2.", COMMERCIAL),
        ["1/1.1"],
        "named in the sentence",
    ),
    Case(
        sent_away("Legal Comments", "The commercial terms are set out in Part 2.", COMMERCIAL), [], "the sentence wins"
    ),
    Case(sent_away("Legal Comments", "The board has the power to do this.", COMMERCIAL), [], "nothing is sent away"),
    Case(sent_away("Risks", "The rest is in Part 2.", COMMERCIAL), [], "no topic is named"),
]

TABLES = {
    "stated-count-differs": [*COUNTS, *MADE],
    "quantity-differs": ACROSS,
    "numbering-gap": NUMBERING,
    "award-without-route": ROUTES,
    "background-papers-none-but-cited": BACKGROUND,
    "withheld-topic-without-exemption": TOPICS,
}
ROWS = [pytest.param(check, case, id=f"{check}: {case.about}") for check, cases in TABLES.items() for case in cases]


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_what_differs_is_found_and_what_agrees_is_not(check: str, case: Case) -> None:
    found = fired(case.record, check)
    assert [finding.passage for finding in found] == case.at, [finding.message for finding in found]


def priced(*rows: tuple[str, ...], last: tuple[str, ...]) -> DecisionRecord:
    table = TablePassage(
        id="2/t1", caption="Costs", header=("", "2024/25 (£000)", "2025/26"), rows=(*rows, last), page=2, boxes=()
    )
    first, second = paper().sections
    return paper(sections=(first, second.model_copy(update={"passages": (*second.passages, table)})))


SUMS = [
    (priced(("Staff", "1,200", "£1.5m"), ("Rent", "300", "£0.5m"), last=("Total", "1,500", "£2.0m")), 0, "adds up"),
    (
        priced(("Staff", "1,200", "£1.5m"), ("Rent", "300", "£0.5m"), last=("Total", "1,600", "£2.0m")),
        1,
        "100 too much",
    ),
    (
        priced(("Staff", "1,200", "£1.5m"), ("Rent", "-", "£0.5m"), last=("Total", "1,200", "£2.1m")),
        1,
        "the second column",
    ),
    (
        priced(("Staff", "1,200", "see note"), ("Rent", "300", ""), last=("Total", "1,500", "n/a")),
        0,
        "words are left alone",
    ),
    (priced(("Staff", "1,200", "1"), ("Subtotal", "1,200", "1"), last=("Total", "1,200", "1")), 0, "subtotals"),
    (
        priced(("Staff", "1,200", "2"), ("Saving", "(200)", "2"), last=("Total", "1,000", "4")),
        0,
        "a negative in brackets",
    ),
]


@pytest.mark.parametrize(("record", "count", "about"), SUMS, ids=[row[2] for row in SUMS])
def test_the_total_of_a_table(record: DecisionRecord, count: int, about: str) -> None:
    assert len(fired(record, "total-differs")) == count


def test_a_slip_in_a_cell_is_found_where_it_stands() -> None:
    record = priced(("Staff", "TBC", "1"), ("Rent", "2", "3"), last=("Total", "3", "4"))
    finding = fired(record, "prompt-left-in")[0]
    assert (finding.passage, finding.page) == ("2/t1/r1/c1", 2)
    assert finding.id == "prompt-left-in:2/t1/r1/c1@0"


def test_suppliers_and_the_recommendations_that_name_them() -> None:
    finding = fired(awarding("Contracts are awarded to 3 suppliers.", *TWO), "stated-count-differs")[0]
    assert finding.passages == ("2/2.1", "recommendation/1", "recommendation/2", "recommendation/3")


@pytest.mark.parametrize(
    "text",
    ["", " ", ":", "1", "£", "£1 of which", "three options:", "(", "\ue0009\ue001 total of £1, £2 and £3.", "Mr", "%"],
)
def test_no_text_makes_a_check_fail(text: str) -> None:
    blocks: tuple[Passage, ...] = (passage("2/2.1", text), passage("2/p1", text))
    assert find(saying(*blocks, title=text)) is not None


FRAGMENTS = (
    "£1m",
    "£2.5m",
    "of which",
    "a total of",
    "40%",
    "Mr",
    "Jo",
    "three",
    "aims:",
    "section 5 of the",
    "DPA",
    "<b>",
    "TBC",
    "from",
    "May 2023",
    "to",
    "12 months",
    "PART 2 – EXEMPT",
    "1,200 users",
    "1,300 users.",
    "(",
    ".",
    "i",
)
TEXT = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=14).map(" ".join)
LABELS = ("2.1", "2.2", "2.2.1", "2.2.1.a", "2.2.1.i", "p1", "p2")


@given(st.lists(st.tuples(st.sampled_from(LABELS), TEXT), max_size=8), TEXT)
def test_whatever_a_paper_says_each_finding_has_an_id_of_its_own(rows: list[tuple[str, str]], title: str) -> None:
    record = saying(*(passage(f"2/{label}", text, lead_in=text[:9] or None) for label, text in rows), title=title)
    ids = [finding.id for finding in find(record)]
    assert len(ids) == len(set(ids))
    assert ids == [finding.id for finding in find(record)]


SAMPLES = Path(__file__).parents[1] / "papers"


@pytest.mark.parametrize("name", ["plain", "long", "settled-award"])
def test_a_paper_in_order_is_asked_about_its_drafter_alone(name: str) -> None:
    document = read(SAMPLES / f"{name}.pdf")
    assert [finding.check for finding in find(build(document, segment(document)))] == ["personal-name"]
