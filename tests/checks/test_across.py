"""The checks that hold one place of a paper against another: totals, awards, dates, names, what the file is called."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from extract.checks import find
from extract.facts import Approval, Award, ChiefExecutive, Source
from extract.record import DecisionRecord, TablePassage
from tests.checks.records import award, fired, ground, paper, passage, saying, section, with_part2


class Case(NamedTuple):
    """A record, the places its check must name, one list for each finding, and what the row is about."""

    record: DecisionRecord
    at: list[list[str]]
    about: str


def costing(front: str, *told: str | TablePassage, **changes: Any) -> DecisionRecord:
    """A summary that says this, and a financial section of these words and tables."""
    words = section("3", "Financial Comments", *(text for text in told if isinstance(text, str)))
    tables = tuple(table for table in told if isinstance(table, TablePassage))
    financial = words.model_copy(update={"passages": (*words.passages, *tables)})
    return paper(
        executive_summary=(passage("summary/1", front),),
        sections=(section("1", "Introduction", "Old."), section("2", "Issues", "New."), financial),
        **changes,
    )


def table(header: tuple[str, ...], *rows: tuple[str, ...], caption: str | None = None) -> TablePassage:
    return TablePassage(id="3/t1", caption=caption, header=header, rows=rows, page=2, boxes=())


ONE_COLUMN = ("Item", "Cost (£000)")
YEARS = ("Item", "2024/25 (£m)", "2025/26 (£m)")
IN_THOUSANDS = table(ONE_COLUMN, ("Staff", "800"), ("Rent", "440"), ("Total", "1,240"))
OVER_TWO_YEARS = table(YEARS, ("Staff", "1.0", "1.1"), ("Rent", "0.4", "0.5"), ("Total", "1.4", "1.6"))

TOTALS = [
    Case(costing("A total of £1.42m is requested.", IN_THOUSANDS), [["summary/1", "3/t1"]], "1.42 for 1.24"),
    Case(costing("A total of £1.24m is requested.", IN_THOUSANDS), [], "the table's total"),
    Case(costing("A total of £1.2m is requested.", IN_THOUSANDS), [], "the table's total, rounded"),
    Case(costing("A total of £12.4m is requested.", IN_THOUSANDS), [["summary/1", "3/t1"]], "a decimal point slipped"),
    Case(costing("A total of £3.2m is requested.", OVER_TWO_YEARS), [["summary/1", "3/t1"]], "two years make 3.0"),
    Case(costing("A total of £3.0m is requested.", OVER_TWO_YEARS), [], "two years make it"),
    Case(costing("A total of £1.4m is requested this year.", OVER_TWO_YEARS), [], "the total of one year"),
    Case(costing("A total of £9m is requested.", IN_THOUSANDS), [], "too far apart to be one thing"),
    Case(costing("A total of £1.42m is requested.", table(("Item", "Cost"), ("Rent", "1,240"), ("Total", "1,240"))), [],
         "a table without a unit"),
    Case(costing("A total of £2.0m is requested.", "The total cost is £2.3m."), [["summary/1", "3/3.1"]], "in words"),
    Case(costing("A total of £2.0m is requested.", "The total cost is £2.0m."), [], "in words, right"),
    Case(costing("A total of £2.0m is requested.", "The total is £2.3m, of which £2.0m is asked for here."), [],
         "the other total is the programme's"),
    Case(
        costing("A total of £5.1m is requested.", "A total of £5.4m is needed: £3.1m and £2.0m, making £5.4m."),
        [["3/3.1"]],
        "a sentence that does not add up is questioned where it stands",
    ),
    Case(costing("A total of £2.0m a year is requested.", "The total cost is £2.3m."), [], "a rate"),
    Case(costing("A total of about £2.0m is requested.", "The total cost is £2.3m."), [], "an estimate"),
    Case(
        costing("Money is needed.", "A total of £5.3m is requested.",
                recommendations=(passage("recommendation/1", "To approve £3.1m capital and £2.0m revenue."),)),
        [["recommendation/1", "3/3.1"]],
        "capital and revenue make 5.1",
    ),
    Case(
        costing("Money is needed.", "A total of £5.1m is requested.",
                recommendations=(passage("recommendation/1", "To approve £3.1m capital and £2.0m revenue."),)),
        [],
        "capital and revenue make it",
    ),
]  # fmt: skip

FIRM = award("recommendation/1", "Voltaic Ltd", value="1500000", value_as_printed="£1.5m")
OTHER = award("recommendation/2", "Nordlys AS", value="2000000", value_as_printed="£2.0m")
BUDGET = award("recommendation/2", None, value="9000000", value_as_printed="£9m")


def awarding(text: str, *awards: Award) -> DecisionRecord:
    places = dict.fromkeys(one.recommendation for one in awards)
    made = tuple(passage(place, "To award a contract by framework.") for place in places)
    return saying(text, awards=awards, recommendations=made)


RESIDUALS = [
    Case(awarding("A total of £5.0m is requested.", FIRM, OTHER), [["2/2.1", "recommendation/1", "recommendation/2"]],
         "1.5m is left"),
    Case(awarding("A total of £3.5m is requested.", FIRM, OTHER), [], "nothing is left"),
    Case(awarding("The programme has cost a total of £5.0m.", FIRM, OTHER), [], "nothing is asked for"),
    Case(awarding("A total of £5m is requested, a total of £6m was sought.", FIRM), [["2/2.1", "recommendation/1"]],
         "one total a sentence"),
    Case(awarding("A total of £5m is requested. A total of £9m was requested before.", FIRM), [], "which of two?"),
]  # fmt: skip
EXCEEDED = [
    Case(awarding("A total of £3.0m is requested.", FIRM, OTHER), [["2/2.1", "recommendation/1", "recommendation/2"]],
         "half a million too much"),
    Case(awarding("A total of £3.5m is requested.", FIRM, OTHER), [], "just so much"),
    Case(awarding("A total of £3.0m is requested.", FIRM, BUDGET), [], "a sum for nobody may be a budget"),
]  # fmt: skip

LATER = award("recommendation/3", "Hale Ltd", kind="extension", value="200000", value_as_printed="£200k")
BOTH = ["2/2.1", "recommendation/1", "recommendation/2"]
TOGETHER = [
    Case(awarding("The two contracts total £3.9m.", FIRM, OTHER), [BOTH], "they make 3.5"),
    Case(awarding("The two contracts total £3.5m.", FIRM, OTHER), [], "they do"),
    Case(awarding("The contracts total £3.5m.", FIRM, OTHER, LATER), [], "without the extension"),
    Case(awarding("The contracts total £3.7m.", FIRM, OTHER, LATER), [], "with the extension"),
    Case(awarding("The contracts of the estate total £30m.", FIRM, OTHER), [], "other contracts"),
    Case(awarding("The existing contracts total £3.9m.", FIRM, OTHER), [], "those before"),
    Case(awarding("The contracts total £3.9m.", FIRM, BUDGET.model_copy(update={"value": None})), [], "one unpriced"),
]

RETOLD = [
    Case(awarding("The contract with Voltaic Ltd is worth £1.6m.", FIRM, OTHER), [["2/2.1", "recommendation/1"]],
         "1.6 for 1.5"),
    Case(awarding("The contract with Voltaic Ltd is worth £1.5m.", FIRM, OTHER), [], "the same"),
    Case(awarding("The contract with Voltaic Ltd is worth £15m.", FIRM), [["2/2.1", "recommendation/1"]], "ten times"),
    Case(awarding("The current contract with Voltaic Ltd is worth £1.6m.", FIRM), [], "the one before"),
    Case(awarding("The contract with Voltaic Ltd costs £1.6m including VAT.", FIRM), [], "with the tax"),
    Case(awarding("The contracts with Voltaic Ltd and Nordlys AS cost £1.6m.", FIRM, OTHER), [], "of both"),
    Case(awarding("The contract with Voltaic Ltd is worth £1.6m.", FIRM,
                  FIRM.model_copy(update={"recommendation": "recommendation/2"})), [], "which of its two contracts?"),
    Case(awarding("The contract with Voltaic Ltd is worth £1.6m.", FIRM,
                  FIRM.model_copy(update={"recommendation": "recommendation/2", "value": None})), [], "or the other?"),
    Case(paper(awards=(FIRM,), recommendations=(
        passage("recommendation/1", "To award by framework. The contract with Voltaic Ltd is worth £1.6m."),)), [],
         "its own recommendation"),
]  # fmt: skip

GAPS = [
    Case(awarding("New.", award("recommendation/1", None)), [["recommendation/1"]], "no supplier"),
    Case(awarding("New.", award("recommendation/1", "Voltaic Ltd", value=None)), [["recommendation/1"]], "no sum"),
    Case(awarding("New.", award("recommendation/1", "Voltaic Ltd", value=None, value_as_printed="£3-4m")), [],
         "a range"),
    Case(awarding("New.", FIRM), [], "both"),
    Case(awarding("New.", award("recommendation/1", None, kind="other", value=None)), [], "a variation"),
]  # fmt: skip


def signed(text: str, approved: date = date(2024, 5, 14), chief: date = date(2024, 5, 13)) -> DecisionRecord:
    return saying(
        text,
        approval=Approval(decision_maker="Deputy Mayor", interests="none", interests_text=None, approved=True,
                          signature="image", signed_on=approved),
        chief_executive=ChiefExecutive(statement="I agree.", signature="image", signed_on=chief),
    )  # fmt: skip


ORDER = [
    Case(signed("The board approved it on 3 June 2024."), [["2/2.1"]], "three weeks after the decision"),
    Case(signed("The board approved it on 3 May 2024."), [], "before the decision"),
    Case(signed("A DPIA was completed in July 2024."), [["2/2.1"]], "a month after the decision"),
    Case(signed("A DPIA was completed in May 2024."), [], "in the month of the decision"),
    Case(signed("The contract was extended to 31 March 2027."), [], "an end that lies ahead"),
    Case(signed("The work is due to be completed in July 2024."), [], "a plan"),
    Case(signed("The test will have been completed by 3 June 2024."), [], "a plan in the past tense"),
    Case(signed("The lease, which was agreed in 2019, ends on 3 June 2026."), [], "the verb is of another date"),
    Case(signed("The service runs from 1 April 2025 to 31 March 2024."), [["2/2.1"]], "backwards"),
    Case(signed("The service runs from 1 April 2024 to 31 March 2025."), [], "forwards"),
    Case(signed("The pilot ran from May 2023 to February 2023."), [["2/2.1"]], "months backwards"),
    Case(signed("The pilot ran from May 2023 to February 2024."), [], "months forwards"),
    Case(signed("Between 1 May 2023 and 2 April 2023 it was shut."), [["2/2.1"]], "between, backwards"),
    Case(signed("It met on 1 May 2023 and 2 April 2023."), [], "a list, in any order"),
]
NO_SUCH_DAY = [
    Case(signed("The lease ends on 31 June 2025."), [["2/2.1"]], "June has thirty"),
    Case(signed("The lease ends on 31/02/2025."), [["2/2.1"]], "in figures"),
    Case(signed("The board meets on Monday 21 May 2024."), [["2/2.1"]], "a Tuesday"),
    Case(signed("The board meets on Tuesday 21 May 2024."), [], "a Tuesday indeed"),
    Case(signed("The lease ends on 30 June 2025."), [], "a day there is"),
    Case(signed("See paragraph 2.13.2020 and version 1.2.3."), [], "numbers with dots"),
]
WEEKEND = [
    Case(signed("New.", approved=date(2024, 5, 18)), [[]], "a Saturday"),
    Case(signed("New."), [], "a Tuesday"),
]

NAMES = [
    Case(
        saying("The Director of Commercial Service signs.", "The Director of Commercial Services agrees."),
        [["2/2.1", "2/2.2"]],
        "Service, Services",
    ),
    Case(saying("The Director of Commercial Services signs; the Director of Commercial Services agrees."), [], "twice"),
    Case(saying("The Director of Estates signs and the Director of Finance agrees."), [], "two posts"),
    Case(saying("Larkfield Systems Ltd and Larkfeld Systems Ltd were asked."), [["2/2.1"]], "a firm"),
    Case(saying("Alder Ltd and Alden Ltd were asked, and the Head of IT."), [["2/2.1"]], "perhaps two firms: a note"),
    Case(saying("Lot 1 Ltd and Lot 2 Ltd, Fee plc and Fen plc."), [], "short names differ by a letter"),
]

MENTIONS = [
    Case(saying("The rest is contained in the restricted section of the report."), [["2/2.1"]], "there is no Part 2"),
    Case(saying("The rest is contained in Part 2.", part2=with_part2()), [], "there is one"),
    Case(saying("The rest is contained in the annex."), [], "another place"),
    *(Case(saying(words), [["2/2.1"]], words) for words in (
        "Further detail is in the exempt report.",
        "To approve the works as set out in the restricted part 2 paper.",
        "Exempt Appendix 2 lists the unit prices.",
        "To note that the counterpart of this report is exempt.",
        "Included in Part 2 of the decision.",
        "See Part II.",
        "The names of the bidders are exempt from publication.",
    )),
    Case(saying("Included in Part 2 of the decision.", part2=with_part2(exists="undetermined")), [["2/2.1"]],
         "it does not say"),
    *(Case(saying(words), [], words) for words in (
        "Part 2 of the Police Act 1997 does not apply.",
        "The powers are contained in Part 2 of the Act.",
        "Part 2 of the programme starts in June.",
        "The vans are exempt from the charge.",
        "The restricted section of the road is closed.",
        "Appendix 2 lists the vans, and the counterpart of the lease is kept by the lessor.",
        "Closed section of track.",
    )),
]  # fmt: skip

CUT = [
    Case(saying("The board agreed that the cost of the"), [["2/2.1"]], "cut off"),
    Case(saying("The board agreed that the cost of it is fair."), [], "whole"),
    Case(saying(passage("2/2.1", "The decision maker is asked to"), passage("2/2.1.a", "agree it;")), [], "leads on"),
    Case(saying(passage("2/2.1", "The new batteries have to be charged, and"), passage("2/p1", "bought;")), [],
         "bullets"),
    Case(saying(passage("2/2.1", "They last for the whole of a shift; and"), passage("2/2.2", "they cost less.")), [],
         "an item of a list"),
]  # fmt: skip

UNREAD = [
    Case(saying("The cost is £1,2500 a year."), [["2/2.1"]], "a comma too far"),
    Case(saying("The cost is £12,500 a year."), [], "a comma in its place"),
    Case(saying("The cost is £4.5 in all."), [["2/2.1"]], "the million is lost"),
    Case(saying("The cost is £3-4m, or £3 to £4m."), [], "ranges are no slips"),
    Case(saying("The licence is €4m."), [], "another currency is no slip"),
    Case(saying("The cost is ££5m."), [["2/2.1"]], "two signs"),
]

RETOLD_DOCUMENTS = [
    Case(saying("FBC2 was approved in May 2022.", "Version 2 of the FBC, which was published in May 2022, is out."),
         [["2/2.1", "2/2.2"]], "approved here and published there"),
    Case(saying("FBC2 was approved in May 2022.", "FBC2 was approved by the board in June 2022."), [["2/2.1", "2/2.2"]],
         "two months"),
    Case(saying("FBC2 was approved in May 2022 and was published in June 2022."), [], "one after the other"),
    Case(saying("FBC1 was approved in May 2022.", "FBC2 was published in May 2022."), [], "two documents"),
    Case(saying("FBC2 was approved in May 2022.", "FBC2 was approved by MOPAC on 3 May 2022."), [], "the same"),
]  # fmt: skip

TESTED = "The public interest test was made on 3 May 2024."


def claiming(words: str, key: str = "FOIA s.43(2)", exists: str = "yes") -> DecisionRecord:
    """A Part 2 on this ground, and a paragraph that says this of it."""
    return saying(words, part2=with_part2(exists=exists, exemptions=(ground(key, as_printed=TESTED),)))


PREJUDICE = [
    Case(claiming("It is commercially sensitive."), [[]], "no level"),
    Case(claiming("Disclosure would, or would be likely to, prejudice the supplier."), [], "both levels"),
    Case(claiming("Disclosure would be likely to seriously harm the supplier."), [], "the lower level"),
    Case(claiming("Disclosure would prejudice the supplier."), [], "the higher level"),
    Case(claiming("It was given in confidence.", "FOIA s.41"), [], "a class, which needs no prejudice"),
    Case(saying("It is sensitive.", part2=with_part2(exemptions=(ground(as_printed="Exempt."),))), [],
         "no test at all is another question"),
]  # fmt: skip
OPINION = [
    Case(claiming("It would be likely to inhibit advice.", "FOIA s.36(2)(b)"), [[]], "nobody's opinion"),
    Case(claiming("The qualified person gave an opinion on 3 May 2024.", "FOIA s.36(2)(b)"), [], "on the record"),
]

TABLES = {
    "prejudice-level-missing": PREJUDICE,
    "qualified-person-missing": OPINION,
    "document-told-differently": RETOLD_DOCUMENTS,
    "total-differs": [*TOTALS, *TOGETHER],
    "awards-residual": RESIDUALS,
    "awards-exceed-request": EXCEEDED,
    "award-value-differs": RETOLD,
    "award-incomplete": GAPS,
    "dates-out-of-order": ORDER,
    "date-impossible": NO_SUCH_DAY,
    "signed-at-weekend": WEEKEND,
    "name-differs": NAMES,
    "part2-mentioned-but-none": MENTIONS,
    "text-cut-off": CUT,
    "amount-unread": UNREAD,
}
ROWS = [pytest.param(check, case, id=f"{check}: {case.about}") for check, cases in TABLES.items() for case in cases]


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_what_differs_is_found_and_what_agrees_is_not(check: str, case: Case) -> None:
    found = fired(case.record, check)
    assert [list(finding.passages) for finding in found] == case.at, [finding.message for finding in found]


RUNS = ["£1m ", "total of £1 and ", "three options: a, b and ", "50% of £1 ", "was approved on ", "1 May 2023 to "]
RUNS += ["from May 2023 to ", "Director of Commercial ", "in the ", "A ", "Alder Ltd and ", "1,000 new cameras, "]


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_costs_no_more_than_its_length(run: str) -> None:
    """Were one of them quadratic, this would take minutes."""
    assert find(saying((run * 20_000)[:20_000], awards=(FIRM,))) is not None


FILES = [
    ("PCD9001.pdf", False),
    ("PCD 9001 signed.pdf", False),
    ("pcd-9001-v2.pdf", False),
    ("PCD_09001.pdf", False),
    ("scan 0042.pdf", False),
    ("COVID 19 paper.pdf", False),  # no reference of a decision
    ("PCD 9010.pdf", True),
    ("PCD9002 PCD9001.pdf", False),  # both are in the name
]


@pytest.mark.parametrize(("name", "fires"), FILES, ids=[name for name, _ in FILES])
def test_a_file_named_for_another_decision_is_asked_about(name: str, fires: bool) -> None:
    record = paper(source=Source(sha256="0" * 64, file_name=name, pages=3))
    assert bool(fired(record, "reference-differs-from-file-name")) == fires
