"""The checks that ask whether something in Part 1 belongs to it: a row is what stands there, and whether they ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import SecretStr

from extract import read_record
from extract.checks import find
from extract.facts import Place
from extract.record import DecisionRecord, Passage, Section, TablePassage, WithheldPassage
from ingest.reader import read
from tests.checks.records import fired, ground, paper, passage, saying, section, with_part2

HEADER = ("Item", "Price")
SAMPLES = Path(__file__).resolve().parents[1] / "papers"


class Case(NamedTuple):
    """Words, whether their check must ask, and what the row is about."""

    asks: bool
    text: str
    about: str


def holding(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> DecisionRecord:
    """A paper with one table."""
    box = Place(page=2, box=(72.0, 100.0, 500.0, 160.0))
    table = TablePassage(id="2/t1", caption=None, header=header, rows=rows, page=2, boxes=(box,))
    return paper(
        sections=(section("1", "Introduction", "Batteries."), Section(number="2", heading="Issues", passages=(table,)))
    )


KEPT_BACK = [
    Case(True, "Exempt information", "a heading of what is exempt"),
    Case(True, "Confidential", "a marking in plain type"),
    Case(True, "Commercially confidential", "one of two words"),
    Case(True, "Price (Part 2)", "called Part 2 behind its name"),
    Case(True, "Part Two", "Part 2 in words"),
    Case(True, "P A R T 2", "letter by letter, as when printed downwards"),
    Case(True, "Private", "what may be a marking"),
    Case(True, "Reserve price - not for publication", "said behind a dash"),
    Case(True, "Pt II", "abbreviated"),
    Case(True, "Do not publish", "an order"),
    Case(True, "MPS only", "for whom it is"),
    Case(True, "Withheld under section 43", "with its ground"),
    Case(True, "Exempt recommendations", "what is exempt"),
    Case(True, "s.43(2)", "a ground"),
    Case(True, "OS", "a marking by its letters"),
    Case(False, "See Part 2", "where a price would stand"),
    Case(False, "Contained in Part 2", "the same in a sentence"),
    Case(False, "Department 2", "another word that ends so"),
    Case(False, "Part 2026/27", "a year"),
    Case(False, "Exempt from VAT", "of a tax"),
    Case(False, "Restricted reserves", "of money"),
    Case(False, "Step 2", "of a list"),
    Case(False, "Lark Ltd", "a name"),
]


@pytest.mark.parametrize("case", KEPT_BACK, ids=lambda case: case.about)
def test_a_cell_that_is_a_marking_is_asked_about(case: Case) -> None:
    found = fired(holding(("Batteries", "12"), (case.text, "411")), "kept-back-in-part1")
    assert [(one.passage, one.severity) for one in found] == ([("2/t1/r2/c0", "needs-person")] if case.asks else [])
    assert all("row 3 of a table in section 2" in one.message and "411" not in one.message for one in found)


def test_the_cells_of_a_row_may_say_it_together() -> None:
    (found,) = fired(holding(("x", "411"), header=("Part", "Two")), "kept-back-in-part1")
    assert found.passage == "2/t1/r0/c0"
    assert fired(holding(("x", "1", "2"), header=("Part", "2026/27", "2027/28")), "kept-back-in-part1") == []


def test_a_paragraph_or_a_heading_that_is_a_marking_is_asked_about_and_a_sentence_is_not() -> None:
    (found,) = fired(saying("New ones last.", "Private"), "kept-back-in-part1")
    assert found.passage == "2/2.2"
    (found,) = fired(paper(sections=(section("1", "Custody (exempt)", "Ten."),)), "kept-back-in-part1")
    assert found.passage == "1/heading"
    assert fired(saying("Exempt Appendix 2 lists the prices.", "See Part 2."), "kept-back-in-part1") == []


def test_what_the_paper_marks_itself_with_is_told_by_one_check() -> None:
    record = holding(("OFFICIAL-SENSITIVE", "411"))
    assert fired(record, "document-marking")
    assert fired(record, "kept-back-in-part1") == []


def test_only_the_words_of_a_marking_are_quoted() -> None:
    (found,) = fired(holding(("Settlement with Lark (Part 2)", "411")), "kept-back-in-part1")
    assert "Lark" not in found.message
    assert "… (Part 2)" in found.message


LABELS = [
    Case(True, "[Exempt] The price is £4 a unit.", "a label in brackets"),
    Case(True, "Commercially sensitive: the price is £4 a unit.", "a label and a colon"),
    Case(True, "3.2 (Confidential) The price is £4 a unit.", "a label behind a number that is no label itself"),
    Case(True, "[s.43(2) the price is £4 a unit]", "a ground for a label"),
    Case(True, "The price is £4 a unit [not for publication].", "a label behind"),
    Case(True, "The price is £4 a unit. This is exempt.", "said of the sentence before"),
    Case(True, "The price [confidential: £4 a unit] was agreed.", "a label amid a sentence"),
    Case(True, "The price must not be made public.", "a ban on saying it"),
    Case(True, "O-S The price is £4 a unit.", "letters for a label, with nothing behind them"),
    Case(True, "3.2 OFFSEN the price is £4 a unit.", "another short form"),
    Case(True, "[P2] The price is £4 a unit.", "a short form of the other part"),
    Case(True, "Pt 2: the price is £4 a unit.", "the same and a colon"),
    Case(True, "NFP - the price is £4 a unit.", "what is not for publication, by its letters"),
    Case(False, "OS maps are bought for the team.", "letters that mean something else"),
    Case(False, "Offsetting the cost saves £4m.", "a word that begins alike"),
    Case(False, "P2 of the plan is late.", "a phase"),
    Case(False, "Restricted reserves: £4m in all.", "a word before a colon that goes on"),
    Case(False, "A (confidential) helpline is run.", "a word in brackets amid a sentence"),
    Case(False, "The order was made public in May (section 43 of the Act).", "an Act"),
]


@pytest.mark.parametrize("case", LABELS, ids=lambda case: case.about)
def test_a_sentence_with_a_label_of_what_is_kept_back_is_asked_about(case: Case) -> None:
    found = fired(saying("New ones last.", case.text), "legal-marking")
    assert [(one.passage, one.severity) for one in found] == ([("2/2.2", "needs-person")] if case.asks else [])
    assert all("£4" not in one.message for one in found)


BOUNDARIES = [
    Case(True, "End of Part 1", "where Part 1 ends"),
    Case(True, "Public part ends here.", "the same in other words"),
    Case(True, "Start of exempt section", "where something begins"),
    Case(True, "Part 2 follows.", "a sentence of it"),
    Case(True, "Exempt from here", "two words of it"),
    Case(True, "The remainder is exempt.", "the rest"),
    Case(True, "The following is for the DMPC only.", "for whom it is"),
    Case(True, "The rest of this paper is not public.", "the rest, not public"),
    Case(True, "Please do not publish the paragraph below.", "an order"),
    Case(True, "Not for the public:", "a lead"),
    Case(True, "(Part 2) " + "The price is high. " * 9, "a label of a long paragraph"),
    Case(False, "This information is contained in the restricted section of the report.", "where something is"),
    Case(False, "The following information is not exempt.", "what is not"),
    Case(False, "By the end of the year all will be in use.", "another end"),
    Case(False, "The paper is for the board and its members.", "for whom, and others"),
    Case(False, "The rest are new.", "the rest of something"),
    Case(False, "To note that the counterpart of this report is exempt.", "what is spoken of"),
]


@pytest.mark.parametrize("case", BOUNDARIES, ids=lambda case: case.about)
def test_words_that_say_where_what_is_public_ends_are_asked_about(case: Case) -> None:
    found = fired(saying("New ones last.", case.text), "public-part-ends")
    assert [(one.passage, one.severity) for one in found] == ([("2/2.2", "needs-person")] if case.asks else [])


LETTERS = [
    Case(True, "P A", "the letters above a line"),
    Case(True, "2", "a figure below a line"),
    Case(True, "R 3.7 The price is high.", "a letter in the margin before a number"),
    Case(True, "The price C is high and O so N is the other.", "letters in the margin of a long paragraph"),
    Case(False, "A plan was made and I was asked.", "words of one letter"),
    Case(False, "Plan B was taken up, and Annex C has it.", "letters that name something"),
    Case(False, "None.", "a word"),
]


@pytest.mark.parametrize("case", LETTERS, ids=lambda case: case.about)
def test_letters_that_stand_by_themselves_are_asked_about(case: Case) -> None:
    found = fired(saying("New ones last.", passage("2/p1", case.text)), "letters-alone")
    assert [(one.passage, one.severity) for one in found] == ([("2/p1", "needs-person")] if case.asks else [])


def test_letters_of_one_page_are_one_question() -> None:
    record = saying(passage("2/p1", "P"), passage("2/p2", "A"), passage("2/p3", "R"))
    (found,) = fired(record, "letters-alone")
    assert found.passages == ("2/p1", "2/p2", "2/p3")


OTHERS = [
    Case(True, "From: Sam Lark", "an e-mail"),
    Case(True, "Subject: RE: the price", "its subject"),
    Case(True, "Dear Sam,", "a letter"),
    Case(True, "Yours sincerely", "its end"),
    Case(True, "Briefing note for the Deputy Mayor", "a briefing"),
    Case(True, "Counsel’s advice", "advice"),
    Case(False, "From: 1 April 2024", "a date"),
    Case(False, "To: £4,000", "a sum"),
    Case(False, "To approve the purchase.", "a sentence"),
    Case(False, "Minutes were taken at the board, and were agreed by all who had been there.", "of minutes"),
    Case(False, "Letters were sent.", "of letters"),
]


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case.about)
def test_a_letter_or_a_note_in_the_paper_is_asked_about(case: Case) -> None:
    issues = section("2", "Issues", "New ones last.", passage("2/p1", case.text))
    found = fired(paper(sections=(issues, section("3", "Legal comments", "None."))), "other-paper")
    assert [(one.passage, one.severity) for one in found] == ([("2/p1", "needs-person")] if case.asks else [])
    assert all("Lark" not in one.message for one in found)


def overleaf(place: str, text: str, page: int = 3) -> Passage:
    """A paragraph on the next page."""
    return passage(place, text).model_copy(update={"page": page})


HEADINGS = [
    # What stands in a section above a page's end and below it, whether the section is the last, and who is asked about.
    (("2.1 None.", "Decision PCD 9002"), True, True, "another reference"),
    (("2.1 None.", "Appendix A"), True, True, "an appendix"),
    (("2.1 None.", "Appendix A"), False, True, "an appendix that begins a page"),
    (("2.1 None.", "These were all the words."), True, False, "a sentence"),
    (("2.1 None.", "Supporting papers:"), True, False, "words of the form"),
    (("2.1 The papers are:", "PCD 9003 Radios"), True, False, "a list with its lead"),
    (("A table of costs", "PCD 9003 Radios"), True, False, "a section without numbers"),
]


@pytest.mark.parametrize(("texts", "last", "asks"), [row[:3] for row in HEADINGS], ids=[row[3] for row in HEADINGS])
def test_a_heading_without_a_number_behind_numbers_is_asked_about(
    texts: tuple[str, str], last: bool, asks: bool
) -> None:
    number, _, words = texts[0].partition(" ")
    numbered = number[0].isdigit()
    upper = passage(f"2/{number}", words) if numbered else passage("2/p1", texts[0])
    lower = [overleaf("2/p2", texts[1]), overleaf("2/p3", texts[1])]
    rest = () if last else (section("3", "Legal comments", "None."),)
    record = paper(sections=(section("1", "Introduction", "Ten."), section("2", "Issues", upper, *lower), *rest))
    found = fired(record, "other-paper")
    assert [one.passage for one in found] == (["2/p2"] if asks else []), "the first of a list only"
    assert all("PCD" not in one.message for one in found)


LONG = "The price is high, as the last one was, and the next will be."
AMID = [
    # What stands in a section, which of it is asked about and how much is below, and what the row is about.
    (("2.1 Ten.", "P2", LONG, "2.2 More."), {"2/p1": "2 paragraphs"}, "a heading in letters nobody lists"),
    (("2.1 Ten.", "Blue pages", LONG), {"2/p1": "one paragraph"}, "one in words"),
    (("Vertraulich", "2.1 Ten."), {"2/p1": "one paragraph"}, "one at the beginning"),
    (("2.1 Ten.", "The costs", "2.2 More."), {"2/p1": "one paragraph"}, "one amid numbers"),
    (("2.1 Ten.", "Blue pages:", LONG), {"2/p1": "one paragraph"}, "one with a colon"),
    (("2.1 The papers are:", "PCD 9003", "Blue pages", LONG), {"2/p2": "one paragraph"}, "one behind a list"),
    ((LONG, "Blue pages", LONG), {"2/p2": "one paragraph"}, "where nothing is numbered"),
    (("It begins:", "2.1 Ten."), {}, "what leads to a list"),
    (("2.1 The papers are:", "PCD 9003 Radios", "PCD 9004 Cars"), {}, "a list with its lead"),
    (("PCD 9003 Radios", "PCD 9004 Cars"), {}, "a list and nothing else"),
    (("2.1 Ten.", "From: 1 April 2024"), {}, "a label and a date"),
    (("2.1 Ten.", LONG, "2.2 More."), {}, "a sentence"),
    (("2.1 Ten.", "It is so.", "2.2 More."), {}, "a short one"),
]


@pytest.mark.parametrize(("texts", "asked"), [row[:2] for row in AMID], ids=[row[2] for row in AMID])
def test_what_stands_like_a_heading_is_asked_about_with_what_is_below_it(
    texts: tuple[str, ...], asked: dict[str, str]
) -> None:
    """Whatever it says: no list of words knows all that people write above what is not for everybody."""
    free = (f"2/p{n}" for n in range(1, 9))
    numbered = (text.partition(" ") for text in texts)
    passages = [
        passage(f"2/{number}", words) if number[0].isdigit() else passage(next(free), f"{number} {words}".strip())
        for number, _, words in numbered
    ]
    rest = section("3", "Legal comments", "None.")
    found = fired(
        paper(sections=(section("1", "Introduction", "Ten."), section("2", "Issues", *passages), rest)), "other-paper"
    )
    assert [one.passage for one in found] == list(asked)
    assert all(f"with {count} below it" in one.message for one, count in zip(found, asked.values(), strict=True))
    assert not any(text in one.message for one in found for text in texts)


def test_such_a_line_in_the_summary_is_asked_about_too() -> None:
    record = paper().model_copy(
        update={"executive_summary": (passage("summary/p1", "P2"), passage("summary/p2", LONG))}
    )
    assert [one.passage for one in fired(record, "other-paper")] == ["summary/p1"]


BEHIND = [
    # The passages of the background papers, whether a section follows, what is asked about, and what the row is about.
    (("None.", "The price is high."), False, ["8/8.2"], "a paragraph behind none"),
    (("None.", passage("8/p1", "Prices")), False, ["8/p1"], "a heading behind none, which is asked about once"),
    (("None.",), True, ["9/heading"], "a section"),
    (("None.", "The price is high."), True, ["8/8.2", "9/heading"], "both"),
    (("The business case.", "The plan."), False, [], "a list"),
    (("None.",), False, [], "nothing"),
]


@pytest.mark.parametrize(("papers", "more", "asked"), [row[:3] for row in BEHIND], ids=[row[3] for row in BEHIND])
def test_what_stands_behind_the_background_papers_is_asked_about(
    papers: tuple[str | Passage, ...], more: bool, asked: list[str]
) -> None:
    sections = [
        section("1", "Introduction and background", "Ten."),
        section("8", "Background/supporting papers", *papers),
    ]
    record = paper(sections=(*sections, *([section("9", "Prices", "The price is high.")] if more else [])))
    found = fired(record, "behind-background-papers")
    assert [(one.passage, one.severity) for one in found] == [(place, "needs-person") for place in asked]
    assert fired(record, "other-paper") == []


def test_a_table_behind_no_papers_is_asked_about() -> None:
    table = holding(("Lark", "411")).sections[1].passages[0].model_copy(update={"id": "8/t1"})
    papers = Section(number="8", heading="Supporting papers", passages=(passage("8/8.1", "None."), table))
    (found,) = fired(paper(sections=(papers,)), "behind-background-papers")
    assert found.passage == "8/t1"


def at(place: str, top: float, bottom: float) -> Passage:
    """A paragraph that fills this much of a page."""
    return passage(place, "Words.").model_copy(update={"boxes": (Place(page=2, box=(72.0, top, 300.0, bottom)),)})


EDGES = [
    # How a page is filled from top to bottom, and the paragraphs that are asked about.
    ([(90, 130), (140, 180), (806, 817)], [2], "a line at the foot"),
    ([(40, 51), (90, 130), (140, 180)], [0], "a line at the head"),
    ([(90, 130), (720, 760), (772, 783)], [], "the last line of a text"),
    ([(90, 130), (500, 511)], [], "a line amid the page"),
    ([(90, 130), (740, 780)], [], "a paragraph at the foot"),
    ([(806, 817)], [0], "nothing else on the page"),
    ([(790, 801), (806, 817)], [], "two lines at the foot"),
]


@pytest.mark.parametrize(("fills", "asked"), [row[:2] for row in EDGES], ids=[row[2] for row in EDGES])
def test_a_lone_line_at_the_edge_of_a_page_is_asked_about(fills: list[tuple[float, float]], asked: list[int]) -> None:
    passages = [at(f"2/2.{n}", top, bottom) for n, (top, bottom) in enumerate(fills)]
    record = paper(sections=(section("1", "Introduction", at("1/1.1", 0, 0)), section("2", "Issues", *passages)))
    record = record.model_copy(update={"sections": record.sections[1:], "executive_summary": (), "recommendations": ()})
    assert [one.passage for one in fired(record, "edge-line-in-text")] == [f"2/2.{n}" for n in asked]


@pytest.mark.parametrize(
    ("texts", "top", "asks"),
    [
        (("It was agreed and it goes on for Lark draft", "goes on here."), 80, True),  # a header in a broken sentence
        (("It was agreed and it goes on for long.", "Then more."), 80, False),  # the last line of a paragraph
        (("It was agreed and it goes on for long", "Then more."), 80, False),  # without its stop
        (("It was agreed and it goes on; and", "goes on here."), 74, False),  # as close as lines are
    ],
)
def test_a_header_that_stands_close_above_a_broken_sentence_is_asked_about(
    texts: tuple[str, str], top: float, asks: bool
) -> None:
    before, after = passage("2/2.1", texts[0]), passage("2/p1", texts[1])
    broken = (Place(page=4, box=(72.0, 700.0, 500.0, 770.0)), Place(page=5, box=(72.0, 51.0, 300.0, 62.0)))
    rest = (Place(page=5, box=(72.0, top, 500.0, top + 40)),)
    passages = before.model_copy(update={"boxes": broken}), after.model_copy(update={"boxes": rest})
    record = paper(sections=(section("2", "Issues", *passages),))
    assert [one.passage for one in fired(record, "edge-line-in-text")] == (["2/2.1"] if asks else [])


def test_a_line_at_the_side_of_a_page_is_asked_about() -> None:
    """As wide as the text is, no paragraph begins so far to the right, nor does a short line amid the page."""

    def aside(left: float) -> DecisionRecord:
        note = at("2/p1", 140, 151).model_copy(update={"boxes": (Place(page=4, box=(left, 140.0, 500.0, 151.0)),)})
        text = at("2/2.2", 160, 200).model_copy(update={"boxes": (Place(page=4, box=(72.0, 160.0, 500.0, 200.0)),)})
        return paper(sections=(section("2", "Issues", "New ones last.", note, text),))

    assert [one.passage for one in fired(aside(420), "edge-line-in-text")] == ["2/p1"]
    assert fired(aside(250), "edge-line-in-text") == []


NOTICES = [
    # What the notice says, the field that is asked about, and what the row is about.
    ({"marking": "OFFICIAL-SENSITIVE Lark Ltd"}, "part2.marking", "more than a marking"),
    ({"marking": "OFFICIAL-SENSITIVE [COMMERCIAL]"}, None, "a marking"),
    ({"marking": "OFFICIAL"}, None, "no marking that keeps back"),
    ({"ceases_when": "When Lark Ltd is told, by 1 May 2030."}, "part2.ceases_when", "a company"),
    ({"exemptions": (ground(as_printed="Section 43(2): the bid was £411."),)}, "part2.exemptions[0]", "a sum"),
    ({"exemptions": (ground(as_printed="Section 43(2): it would harm the supplier."),)}, None, "nobody by name"),
]


@pytest.mark.parametrize(("changes", "field"), [row[:2] for row in NOTICES], ids=[row[2] for row in NOTICES])
def test_a_notice_that_tells_what_part_2_holds_is_asked_about(changes: dict[str, Any], field: str | None) -> None:
    found = fired(paper(part2=with_part2(**changes)), "notice-tells-more")
    assert [one.field for one in found] == ([field] if field else [])
    assert all("Lark" not in one.message and "411" not in one.message for one in found)


@pytest.mark.parametrize("name", ["bold-headings", "deep-lists", "mayoral-decision", "part2-signalled", "tables"])
def test_of_a_sample_paper_nothing_is_asked(name: str) -> None:
    asked = {"kept-back-in-part1", "public-part-ends", "letters-alone", "other-paper", "behind-background-papers"}
    asked |= {"edge-line-in-text", "notice-tells-more"}
    assert not asked.intersection(one.check for one in find(read_record(read(SAMPLES / f"{name}.pdf"))))


def test_a_page_that_has_text_of_both_parts_is_named() -> None:
    """What belongs to a Part 2 may be printed above its heading, or beside it."""

    def said(page: int) -> str:
        held = WithheldPassage(id="part2/p1", withheld_text=SecretStr("The price."), page=page, why="part2")
        record = saying("New ones last.").model_copy(update={"withheld_passages": (held,)})
        return next(one.message for one in fired(record, "part2-content-in-part1"))

    assert said(3).endswith("Check that Part 1 ends where Part 2 begins.")
    assert said(2).endswith("where Part 2 begins: page 2 has text of both, above or beside one another.")
