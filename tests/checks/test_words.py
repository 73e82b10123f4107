"""The checks that read one paragraph: a planted slip and its clean twin, row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest

from extract import name_words
from extract.checks import find, statutes
from extract.checks.sentences import sentences
from extract.drafting import drafter
from extract.facts import Declaration
from extract.name_runs import candidates
from tests.checks.records import award, fired, paper, passage, saying, section, slugs, with_part2


class Case(NamedTuple):
    """A paragraph, whether its check must speak, and what the row is about."""

    fires: bool
    text: str
    about: str


LEFTOVERS = [
    Case(True, "The contract starts on TBC.", "a date never filled in"),
    Case(True, "The cost is £xx.xm a year.", "a sum never filled in"),
    Case(True, "The cost is £X in the first year.", "one capital for a sum"),
    Case(True, "This is version xx of the plan.", "a number never filled in"),
    Case(True, "[Insert the date of the board here]", "a prompt in brackets"),
    Case(True, "<name of supplier> will provide the service.", "a prompt in angle brackets"),
    Case(True, "Please outline the risks of this proposal.", "the template's own request"),
    Case(True, "If yes, for what reason: the negotiations go on.", "the form's own question in the text"),
    Case(True, "Click or tap here to enter text.", "a word processor's empty field"),
    Case(True, "The board meets on ____________ 2024.", "a line to write on"),
    Case(True, "Error! Reference source not found.", "a broken cross-reference"),
    Case(True, "The DRAFT policy is annexed.", "the stamp of a draft"),
    Case(True, "The supplier is [●].", "a bullet in brackets"),
    Case(True, "The board meets in June (to be confirmed).", "a date that was never confirmed"),
    Case(True, "The cost is (insert sum) a year.", "a prompt in round brackets"),
    Case(True, "Is it urgent? YES/NO", "a question nobody answered"),
    Case(True, "The cost is ££ a year.", "two signs and no sum"),
    Case(True, "The total is #REF! in all.", "a broken cell"),
    Case(True, "DN: ask the lawyers about this.", "a note of the drafter"),
    Case(True, "This section should set out the risks.", "the template's own words"),
    Case(False, "The date is to be confirmed by the supplier.", "a plan in prose"),
    Case(False, "See [1] and [2] for the sources (added in May).", "notes and brackets"),
    Case(False, "Both the yes and the no were counted.", "an answer in prose"),
    Case(False, "The draft policy goes to the board in May.", "a draft that is spoken of"),
    Case(False, "If yes, the option to extend is taken up.", "a sentence that begins like a prompt"),
    Case(False, "Type XX connectors and Chapter XXX are unchanged.", "Roman numerals and types"),
    Case(False, "The dates were confirmed by the board.", "nothing left in"),
]

LEGAL_MARKINGS = [
    Case(True, "The advice of counsel is subject to legal privilege.", "privilege claimed in Part 1"),
    Case(True, "The offer was made without prejudice.", "an offer that cannot be shown"),
    Case(True, "This paragraph is not for disclosure.", "the text says so itself"),
    Case(True, "The figures were supplied in strict confidence.", "given in confidence"),
    Case(True, "COMMERCIAL IN CONFIDENCE", "an old marking as a paragraph"),
    Case(True, "This annex must not be disclosed.", "a ban on disclosure"),
    Case(
        False,
        "Confidence in policing has risen, and with the rise in confidence comes trust.",
        "the public's confidence",
    ),
    Case(False, "The decision is made without prejudice to later reviews.", "the drafter's phrase"),
    Case(False, "The legal advice is in Part 2, which is not for publication.", "said of Part 2"),
    Case(False, "Given the fall in confidence among young Londoners, the team was told to listen.", "verbs before it"),
    Case(False, "Personal data must not be shared without a lawful basis.", "a rule of data protection"),
    Case(False, "The board asked whether or not for publication the annex should be shortened.", "only the same words"),
]

MARKUP = [
    Case(True, "The <b>whole</b> estate is in scope.", "bold by tag"),
    Case(True, "<script>alert(1)</script> was typed by somebody.", "a script"),
    Case(True, "=SUM(A1:A9)", "a formula"),
    Case(True, "@SUM(A1:A9) is the total.", "a formula of an older program"),
    Case(True, "+cmd('calc') is no sum.", "a formula with a plus"),
    Case(True, "Fish &amp; chips", "an escaped sign"),
    Case(True, "See [the plan](https://example.test/plan).", "a link of another notation"),
    Case(True, "{{ title }} goes here.", "a template's variable"),
    Case(False, "Response times under 15 minutes (<15) or over (>20) were counted.", "less than and more than"),
    Case(False, "+44 20 7946 0000 is the number of the desk.", "a telephone number"),
    Case(False, "- a dash opens this item", "a dash"),
    Case(False, "Research & development, R&D for short.", "an ampersand"),
    Case(False, "Write to <team@example.test> for a copy.", "an address in angle brackets"),
]

QUANTITIES = [
    Case(
        True,
        "Training is planned for 4,200 users. It will be given to 4,400 officers and staff.",
        "users, then all staff",
    ),
    Case(True, "The roll-out covers 1,150 vehicles. All 1,200 vehicles get a radio.", "the same noun twice"),
    Case(
        False, "Training is planned for 4,200 users. It will be given to 4,200 officers and staff.", "the same number"
    ),
    Case(False, "The force has 9,000 officers and 9,500 staff.", "two kinds of people"),
    Case(False, "Numbers went from 4,200 users to 4,400 users.", "a change that is explained"),
    Case(False, "There are 4,200 users. In 2025 there were 4,000 users.", "two years"),
    Case(False, "There are 4,200 users. A pilot had 310 users.", "far apart: another group"),
    Case(False, "There are 4,200 new cameras and 4,400 old cameras.", "told apart by a word"),
    Case(False, "The camera costs £4,200. There are 4,400 cameras.", "a sum is no quantity"),
]

DURATIONS = [
    Case(True, "After a 10-month delay (from May 2023 to January 2024) work goes on.", "eight months called ten"),
    Case(True, "The contract runs for two years from 1 April 2024 to 31 March 2027.", "three years called two"),
    Case(True, "A six week pause from 1 May 2024 to 1 July 2024 was agreed.", "two months called six weeks"),
    Case(
        True, "After a 9-month delay (from May 2023 to January 2024) work goes on.", "a delay ends with its last month"
    ),
    Case(False, "A 9-month pilot (from May 2023 to January 2024) was run.", "a pilot runs through it"),
    Case(False, "After an 8-month delay (from May 2023 to January 2024) work goes on.", "the last month not counted"),
    Case(False, "Funding for 12 months from April 2024 to March 2025 is asked for.", "the last month counted"),
    Case(False, "The contract runs for two years from 1 April 2024 to 31 March 2026.", "to the day before"),
    Case(False, "The contract runs for two years from 1 April 2024 to 1 April 2026.", "to the same day"),
    Case(False, "A four week pause from 1 May 2024 to 29 May 2024 was agreed.", "weeks by the day"),
    Case(False, "Two reviews took place from May 2023 to January 2024.", "no length of time"),
    Case(False, "A one-month extension from 31 January 2024 to 29 February 2024.", "a short month"),
]

TOTALS = [
    Case(
        True,
        "A total of £10.0m is asked for, of which £6.2m is capital and the balance of £4.8m revenue.",
        "1m too much",
    ),
    Case(True, "The cost of £900k is made up of £500k for staff and £300k for rent.", "100k missing"),
    Case(True, "It costs £2m in the first year and £3m in the second, a total of £6m.", "the total comes last"),
    Case(True, "This will increase the contract by £1.2m from £4.0m to £5.3m.", "a new total that is wrong"),
    Case(
        True,
        "To approve a £200k extension to the original contract value of £400k (new contract value £650k).",
        "an extension",
    ),
    Case(True, "The total of £5m, of which £4m is for vans and £3m for cars.", "two parts beyond the whole"),
    Case(
        False, "A total of £10.0m is asked for, of which £6.2m is capital and the balance of £3.8m revenue.", "adds up"
    ),
    Case(
        False, "A total £10.62M is asked for, of which £6.198M is capital and the balance of £4.4M revenue.", "rounded"
    ),
    Case(False, "The total of £10m, of which £2m is for vans and £3m for cars, was agreed.", "some parts of a whole"),
    Case(False, "It costs £2m per year and £3m for start-up, a total of £9m.", "a rate is no part"),
    Case(False, "It costs about £2m in the first year and £3m in the second, a total of £6m.", "an estimate"),
    Case(False, "This will increase the contract by £1.2m from £4.0m to £5.2m.", "a new total that is right"),
    Case(False, "This will reduce the contract by £1.2m from £5.2m to £4.0m.", "a reduction that is right"),
    Case(
        False,
        "To approve a £200k extension to the original contract value of £400k (new contract value £600k).",
        "right",
    ),
    Case(
        False, "The £4.1m comprises £2.1m of our own, £1.5m of the Home Office and a share of others.", "a part unnamed"
    ),
    Case(False, "Three awards are made: £2m, £3m and £4m.", "no total is claimed"),
]

PERCENTAGES = [
    Case(True, "Of the £10m, of which 48% (£4.0m) is capital, the rest is revenue.", "40 printed as 48"),
    Case(
        True,
        "The extension of £300k (50% of the original) makes a new contract value of £1,200k.",
        "a third called half",
    ),
    Case(True, "The budget rises from £4.0m to £5.0m, an increase of 20%.", "20 per cent of the wrong base"),
    Case(True, "Savings of £2.0m (25% of £10.0m) are made.", "a fifth called a quarter"),
    Case(True, "£2.0m is 25% of the £10.0m budget.", "the same without brackets"),
    Case(False, "Savings of £2m (25% of £10m) are made.", "figures so rounded that they could be right"),
    Case(False, "Of the £10m, of which 40% (£4.0m) is capital, the rest is revenue.", "right"),
    Case(False, "A total of £9.37M is sought, of which 47% (£4.4M) is capital.", "46.96 printed as 47"),
    Case(False, "The extension of £300k (50% of the original) makes a new contract value of £900k.", "half of 600k"),
    Case(
        False, "The extension of £249k (50% of the original) makes a new contract value of £748k.", "49.9 printed as 50"
    ),
    Case(False, "The budget rises from £4.0m to £5.0m, an increase of 25%.", "right"),
    Case(False, "The budget falls from £5.0m to £4.0m, a reduction of 20%.", "right"),
    Case(False, "Over 30% (£4.0m) of the sum is capital, of which £10m is the whole.", "more than so much"),
    Case(False, "The bids were scored 60% on quality and 40% on price for the £4m and the £2m lots.", "weights"),
]

NAMES = [
    Case(True, "The work is led by Detective Inspector Amara Okafor.", "a rank and a name"),
    Case(True, "Dr Siân ap Rhisiart wrote the review.", "a Welsh name"),
    Case(True, "Questions go to Mr John Smith.", "an honorific"),
    Case(True, "MR JOHN SMITH was present.", "all in capitals"),
    Case(True, "The officer was PC 1234 O’Brien-Hughes.", "a number between rank and name"),
    Case(False, "The Assistant Commissioner Met Operations is accountable.", "an office"),
    Case(False, "Each Detective Inspector was trained.", "a rank alone"),
    Case(False, "Mr Mayor, the board agrees.", "an address"),
    Case(False, "Ernst & Young LLP and CGI Inc. were invited.", "companies"),
    Case(False, "The DC power supply in Washington DC was replaced.", "current and capital"),
    Case(False, "It sits with the Senior Responsible Officer and the Chief Finance Officer.", "posts"),
]

IN_LINE = [
    Case(True, "There are four options: renting, buying and waiting.", "three named"),
    Case(True, "It has two parts: radios; batteries; and chargers.", "three between semicolons"),
    Case(True, "The five areas are: Lambeth, Southwark and Merton.", "a verb before the colon"),
    Case(False, "There are three options: renting, buying and waiting.", "three named"),
    Case(False, "It has three parts: radios; batteries; and chargers.", "three between semicolons"),
    Case(False, "It has two parts: radios and the things that go with them, such as chargers.", "an unclear list"),
    Case(False, "It serves three areas: Lambeth, Kensington and Chelsea and Merton.", "an and of its own"),
    Case(False, "Of the four options: none is free.", "no list"),
    Case(False, "There are two or more options: renting, buying and waiting.", "at least so many"),
]

TABLES = {
    "stated-count-differs": IN_LINE,
    "prompt-left-in": LEFTOVERS,
    "legal-marking": LEGAL_MARKINGS,
    "markup-in-text": MARKUP,
    "quantity-differs": QUANTITIES,
    "duration-differs": DURATIONS,
    "total-differs": TOTALS,
    "percentage-differs": PERCENTAGES,
    "personal-name": NAMES,
}
ROWS = [pytest.param(check, case, id=f"{check}: {case.about}") for check, cases in TABLES.items() for case in cases]


@pytest.mark.parametrize(("check", "case"), ROWS)
def test_a_slip_is_found_and_its_clean_twin_is_not(check: str, case: Case) -> None:
    found = fired(saying(case.text), check)
    assert bool(found) == case.fires, [finding.message for finding in found]
    assert all(finding.passage == "2/2.1" and finding.page == 2 and finding.box for finding in found)


@pytest.mark.parametrize("row", statutes.rows(), ids=lambda row: row.id)
def test_a_statute_row_keeps_to_its_examples(row: statutes.Row) -> None:
    for text in row.questions:
        assert fired(saying(text), "statute-citation")
    for text in row.passes:
        assert not fired(saying(text), "statute-citation")


@pytest.mark.parametrize("row", statutes.renamed(), ids=lambda row: row.id)
def test_a_law_under_its_old_name_is_asked_about_once_and_only_after_it_was_renamed(row: statutes.Renamed) -> None:
    said = saying(*row.questions)
    assert [finding.passage for finding in fired(said, "statute-citation")] == ["2/2.1"]
    assert not fired(saying(*row.passes), "statute-citation")
    before = said.approval.model_copy(update={"signed_on": row.since - timedelta(days=1)})
    assert not fired(said.model_copy(update={"approval": before}), "statute-citation")


def test_a_statute_row_that_fails_its_examples_does_not_load() -> None:
    row = 'id="x"\nstatute="Act"\npurpose="p"\nright=["1"]\nreach="sentence"\nbecause="b"\n'
    for examples in (
        'questions=[]\npasses=["q"]',
        'questions=["section 2 of the Act: p"]\npasses=[]',
        'questions=["q"]\npasses=["q"]',
    ):
        with pytest.raises(ValueError, match="row x"):
            statutes.parse(f"[[row]]\n{row}{examples}\n")


@pytest.mark.parametrize("row", name_words.rows()["title"], ids=lambda row: str(row["words"][0]))
def test_a_title_row_keeps_to_its_examples(row: dict[str, list[str]]) -> None:
    assert row["names"]
    assert row["passes"]
    for text in row["names"]:
        assert "title" in {name.rule for name in candidates(text, frozenset(), {})}, text
    for text in row["passes"]:
        assert "title" not in {name.rule for name in candidates(text, frozenset(), {})}, text


DRAFTERS = [
    ("Ewa Nowak has drafted this report in accordance with procedures.", "Ewa Nowak"),
    ("Jo van der Berg has drafted this report.", "Jo van der Berg"),
    ("Ewa Nowak, Head of Estates, has prepared this paper.", "Ewa Nowak"),
    ("The drafting officer has drafted this report.", None),
    ("Head of Estates has drafted this report.", None),
    ("This report was written in accordance with procedures.", None),
]


@pytest.mark.parametrize(("statement", "name"), DRAFTERS)
def test_the_drafting_officer_is_a_person_or_an_office(statement: str, name: str | None) -> None:
    assert drafter(statement) == name


def test_a_drafter_named_in_the_text_is_found_there_too() -> None:
    record = paper(
        sections=(section("2", "Issues", "The pilot was run by Ewa Nowak in May."),),
        declarations=(Declaration(topic="Drafting Officer", statement="Ewa Nowak has drafted this.", ticked=True),),
    )
    assert [finding.passage or finding.field for finding in fired(record, "personal-name")] == [
        "2/2.1",
        "declarations[0].statement",
    ]


def test_two_slips_in_one_paragraph_are_two_findings() -> None:
    ids = [finding.id for finding in fired(saying("The start is TBC and the end is TBC."), "prompt-left-in")]
    assert len(set(ids)) == 2


def test_a_slip_in_a_recommendation_is_named_as_one() -> None:
    record = paper(recommendations=(passage("recommendation/1", "To approve TBC."),))
    assert "recommendation 1" in fired(record, "prompt-left-in")[0].message


def test_sentences_end_where_they_end() -> None:
    text = "CGI Inc. was asked. No. 4 is closed, e.g. for repairs. It is Mr. Smith's."
    assert sentences(text) == ("CGI Inc. was asked.", "No. 4 is closed, e.g. for repairs.", "It is Mr. Smith's.")


PROSE = [
    "The Commissioner of Police of the Metropolis and the Deputy Mayor for Policing and Crime were consulted.",
    "Deputy Assistant Commissioner Transformation is the Senior Responsible Owner; the Chief Finance Officer agrees.",
    "The Police Constable Degree Apprenticeship and the Detective Constable Degree Holder Entry routes stay open.",
    "MOPAC has a duty under section 149 of the Equality Act 2010 and section 17 of the Crime and Disorder Act.",
    "The MPS is subject to the requirements of the Data Protection Act (DPA) 2018 and of the UK GDPR.",
    "Trust and confidence in the MPS fell from 68% to 57% between 2017 and 2022, and a rise in confidence is the aim.",
    "The budget is £12.5m in 2024/25 and £13.1m in 2025/26, of which £3m is funded by the Home Office.",
    "The contract has a value of up to £4.5m over four years, with two options to extend of 12 months each.",
    "Bids were received from six suppliers, of whom four were invited; the award is to one of them.",
    "There are 32,000 officers and 10,500 staff; 8 of the 12 Basic Command Units have moved.",
    "The programme runs from April 2024 to March 2027 in three phases. Phase 1 covers 12 boroughs.",
    "Around 45% of the £20m is spent on people, and nearly a third on estates.",
    "The Mayor's Office asks for approval of £1,250,000 (excluding VAT), to be met from reserves.",
    "Further details are in Part 2 of this report; see also Appendix A, paragraph 2.2.7.6 and PCD 890.",
    "This is in line with PPN 01/17, s.22A of the Police Act 1996 and regulation 72(1)(b) of the PCR 2015.",
    "The pilot saved 1,200 hours in its first year. It began in Lambeth & Southwark (the “South” BCU).",
    "No decision is required on: training; kit; or estates.",
    "A <5% change is expected; AI/ML tools (e.g. chatbots) are not in scope – see the MOPAC/MPS AI policy.",
    "HM Inspectorate made 14 recommendations, five of them on custody, and Baroness-led reviews were noted.",
    "The rate is £35 per hour for 1,000 hours a year, a total of £35,000 for each post.",
]


@pytest.mark.parametrize("sentence", PROSE)
def test_ordinary_prose_of_such_papers_is_quiet(sentence: str) -> None:
    assert [finding.message for finding in find(saying(sentence, part2=with_part2()))] == []


def test_a_clean_paper_has_no_findings() -> None:
    assert slugs(paper(awards=(award("recommendation/1", "Voltaic Ltd"),))) == []
