"""Footnotes: which lines at the foot of a page are notes, which marks lead to them, and what is published of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract import read_record
from extract.checks import find
from extract.record import DecisionRecord
from ingest.document import Document
from ingest.reader import read
from tests.pages import grid, lines, print_pdf, stroke, text

BODY = [f"This is line {n} of a text that fills its page in type of the usual size." for n in range(1, 20)]
RULE = stroke(72, 700, 200, 700)


def raised(x: float, y: float, mark: str) -> str:
    return text(x, y - 4, mark, 7)


def typed(before: str, mark: str, after: str) -> str:
    """Words with something raised between them; each glyph of the words is 6.6 points wide."""
    x = 72 + 6.6 * len(before)
    return text(72, 400, before, font="F4") + raised(x, 400, mark) + text(x + 4 * len(mark), 400, after, font="F4")


def small(y: float, *printed: str) -> str:
    return lines(72, y, *printed, pitch=11, size=9)


def noted(tmp_path: Path, *sheets: str) -> Document:
    return read(print_pdf(tmp_path / "one.pdf", *(lines(72, 100, *BODY) + sheet for sheet in sheets)))


def notes(document: Document) -> list[tuple[str, str]]:
    return [(note.mark, note.text) for note in document.notes]


SUM = text(72, 400, "It costs £4.65m") + raised(154, 400, "1") + text(158, 400, ". It was signed.")
VAT = ("1", "Without VAT.")
LEFT = "It costs £4.65m. It was signed."

# What is drawn below the text of a page, the notes that are read, and the line that leads to the first.
PAGES = [
    (SUM + RULE + small(712, "1 Without VAT."), [VAT], LEFT),  # a plain figure before the note
    (SUM + RULE + raised(72, 712, "1") + text(77, 712, "Without VAT.", 9), [VAT], LEFT),
    (
        SUM + small(712, "1 Without VAT,", "and without fees."),
        [("1", "Without VAT, and without fees.")],
        LEFT,
    ),  # no rule
    (
        SUM + RULE + small(712, "1 Without VAT.", "2 A note of nothing."),
        [("1", "Without VAT. 2 A note of nothing.")],
        LEFT,
    ),
    (  # an asterisk in the text's own size
        text(72, 400, "It costs £4.65m*. It was signed.") + RULE + small(712, "* Without VAT."),
        [("*", "Without VAT.")],
        LEFT,
    ),
    (
        text(72, 400, "It costs £4.65m†. It was signed.") + RULE + small(712, "†Without VAT."),
        [("†", "Without VAT.")],
        LEFT,
    ),
    (SUM + small(712, "1 Without VAT.") + text(290, 815, "3", 9), [VAT], LEFT),  # a page number below
]


@pytest.mark.parametrize(("drawn", "found", "line"), PAGES)
def test_a_note_and_the_mark_that_leads_to_it(
    tmp_path: Path, drawn: str, found: list[tuple[str, str]], line: str
) -> None:
    document = noted(tmp_path, drawn)
    assert notes(document) == found
    flow = [thing.text for thing in document.flow() if hasattr(thing, "text")]
    assert line in flow
    assert not any("VAT" in printed for printed in flow)


# What looks like a note, or like a mark, and the line that shows that it is none.
NEAR_MISSES = [
    (typed("It is 10 m", "2", " wide.") + RULE + small(712, "2 A note."), "It is 10 m² wide."),
    (typed("The 4", "th", " of May."), "The 4th of May."),
    (typed("It costs £10", "2", " now."), "It costs £10² now."),  # never £102
    (small(712, "1 Small print that nothing leads to."), "1 Small print that nothing leads to."),
    (SUM + text(72, 712, "1 The first of a list, in the usual size."), "1 The first of a list, in the usual size."),
    (text(72, 400, "See 3 * 4 = 12.") + small(712, "Small print."), "See 3 * 4 = 12."),
]


@pytest.mark.parametrize(("drawn", "line"), NEAR_MISSES)
def test_what_is_no_note_stays_in_the_text(tmp_path: Path, drawn: str, line: str) -> None:
    assert line in [thing.text for thing in noted(tmp_path, drawn).flow() if hasattr(thing, "text")]


STARRED = text(72, 400, "The *bold* figures are sums*.")
AGAIN = [
    (RULE + small(712, "* Without VAT.", "*bold* is old."), [("*", "Without VAT."), ("*", "bold* is old.")]),
    (small(712, "* Without VAT.", "*bold* is old."), [("*", "Without VAT.")]),
    (small(712, "*bold* *bold*", "*bold* x*", "* * *"), [("*", "bold* *bold*")]),
]


@pytest.mark.parametrize(("drawn", "found"), AGAIN)
def test_a_mark_leads_to_the_first_of_the_notes_that_begin_with_it(
    tmp_path: Path, drawn: str, found: list[tuple[str, str]]
) -> None:
    """Some papers print *bold* with its asterisks, also where a note might stand."""
    document = noted(tmp_path, STARRED + drawn)
    assert notes(document) == found
    leading = [word for line in document.pages[0].lines for word in line.words if word.note == 0 and word.box.top < 410]
    assert [word.text for word in leading] == ["*", "*"]


def test_a_note_goes_on_at_the_foot_of_the_next_page(tmp_path: Path) -> None:
    first = SUM + RULE + small(712, "1 Without VAT, which is charged", "on all that is bought from a")
    second = (
        text(72, 400, "It was bought.") + raised(146, 400, "2") + RULE + small(712, "firm in the country.", "2 In May.")
    )
    assert notes(noted(tmp_path, first, second)) == [
        ("1", "Without VAT, which is charged on all that is bought from a firm in the country."),
        ("2", "In May."),
    ]


def test_a_note_may_stand_on_the_page_after_its_mark(tmp_path: Path) -> None:
    second = RULE + raised(72, 712, "1") + text(77, 712, "Without VAT.", 9)
    document = noted(tmp_path, SUM, second)
    assert notes(document) == [VAT]
    assert LEFT in [line.text for line in document.pages[0].lines]


def test_two_pages_may_both_have_a_note_one(tmp_path: Path) -> None:
    document = noted(tmp_path, SUM + RULE + small(712, "1 Without VAT."), SUM + RULE + small(712, "1 With VAT."))
    assert notes(document) == [("1", "Without VAT."), ("1", "With VAT.")]
    leading = [
        word.note for page in document.pages for line in page.lines for word in line.words if word.note is not None
    ]
    assert leading == [0, 0, 1, 1]


def test_a_table_over_two_pages_is_one_with_notes_between(tmp_path: Path) -> None:
    rows = [[["Item"], ["Cost"]], [["Boats"], ["4"]]]
    first = grid(620, (72, 272, 522), rows) + raised(112, 653, "1") + RULE + small(712, "1 Without oars.")
    second = grid(60, (72, 272, 522), [[["Oars"], ["1"]], [["Sails"], ["2"]]])
    document = read(print_pdf(tmp_path / "one.pdf", lines(72, 100, *BODY) + first, second))
    assert [table.pages for table in document.tables] == [(1, 2)]
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [
        ["Item", "Cost"], ["Boats", "4"], ["Oars", "1"], ["Sails", "2"],
    ]  # fmt: skip


HEAD = (
    lines(72, 60, "DMPC Decision – PCD 1234", font="F2")
    + lines(72, 84, "Title: Radios", font="F2")
    + lines(72, 108, "Recommendation:", font="F2")
    + lines(72, 132, "1. To approve it.")
)
PART1 = text(72, 160, "PART I - NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", font="F2")
SECRET = "Orrin Zephyr bid least."


def record_of(tmp_path: Path, *sheets: str) -> DecisionRecord:
    return read_record(read(print_pdf(tmp_path / "one.pdf", *sheets)))


def facts(y: float, mark: str = "1") -> str:
    return "".join(text(72, y + 14 * n, words) for n, words in enumerate(BODY[:9])) + raised(466, y, mark)


def told(record: DecisionRecord) -> str:
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False)


def test_a_note_of_part_1_has_the_passage_that_leads_to_it(tmp_path: Path) -> None:
    record = record_of(tmp_path, HEAD + PART1 + facts(190) + RULE + small(712, "1 Without VAT."))
    (note,) = record.footnotes
    assert (note.mark, note.text, note.passage) == ("1", "Without VAT.", "1/p1")
    assert record.withheld_passages == ()


# Where a note stands or is named, so that it must not be public.
NOTE = RULE + small(712, f"1 {SECRET}")
PART2 = text(72, 60, "PART 2 – CONFIDENTIAL FACTS", font="F2")
APPROVAL = lines(72, 160, "Deputy Mayor for Policing and Crime", font="F2")
OPEN = HEAD + PART1 + facts(190, " ")
NAMED = HEAD + PART1 + facts(190) + RULE
KEPT_BACK = [
    (OPEN, PART2 + facts(90) + NOTE),  # named in Part 2
    (OPEN, text(200, 40, "OFFICIAL-SENSITIVE", 9) + facts(90) + NOTE),  # on a page that bears a marking
    (NAMED + small(712, "1 It was bought from the firm that"), PART2 + facts(90, " ") + RULE + small(712, SECRET)),
    (NAMED + small(712, "1 Without VAT.", "PART 2 – CONFIDENTIAL", SECRET), ""),  # with the heading of a Part 2 in it
    (NAMED + small(712, "1 Without VAT.", "PART 2 – CONFIDENTIAL FACTS"), facts(90, " ") + text(72, 300, SECRET)),
    (NAMED + small(712, "1 The rest of this paper is exempt."), facts(90, " ") + text(72, 300, SECRET)),
    (NAMED + small(712, "1 PART 2 – CONFIDENTIAL FACTS"), facts(90, " ") + text(72, 300, SECRET)),
    (HEAD + APPROVAL + facts(190) + NOTE, PART1 + facts(190, " ")),  # named in a place that is not public
]


@pytest.mark.parametrize(("first", "second"), KEPT_BACK)
def test_a_note_that_is_not_of_part_1_is_kept_back(tmp_path: Path, first: str, second: str) -> None:
    record = record_of(tmp_path, first, second)
    assert "Orrin" not in told(record)
    assert any("Orrin" in held.withheld_text.get_secret_value() for held in record.withheld_passages)


def test_a_note_that_nothing_leads_to_is_a_footnote_and_a_finding(tmp_path: Path) -> None:
    drawn = HEAD + PART1 + facts(190, " ") + RULE + raised(72, 712, "1") + text(77, 712, "Without VAT.", 9)
    record = record_of(tmp_path, drawn)
    assert [(note.text, note.passage) for note in record.footnotes] == [("Without VAT.", None)]
    (finding,) = [one for one in find(record) if one.check == "footnote-without-mark"]
    assert (finding.severity, finding.page) == ("note", 1)
    assert finding.box
