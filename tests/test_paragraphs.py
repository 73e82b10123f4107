"""Labels, wraps and page ends: what begins a paragraph, and what only looks as if it did."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.labels import read_label
from extract.paragraphs import Paragraph, Setting, gather, join, measure
from ingest.document import Line
from tests.pages import line

SETTING = Setting(pitch=14, widest=400)
FULL = "a line that is as long as the widest line of the whole page is and no longer at al"  # it ends at 400 or near


def paragraphs(*lines: Line) -> list[tuple[str | None, str]]:
    """The label and text of each paragraph."""
    found = gather(lines, SETTING)
    assert all(isinstance(one, Paragraph) for one in found)
    return [(p.label.as_printed if p.label else None, p.text) for p in found if isinstance(p, Paragraph)]


def set_as(*rows: tuple[str, float, float]) -> tuple[Line, ...]:
    """Lines as (words, left edge, height); a label's text hangs at 100."""
    return tuple(line(words, y, x0, hang=100 if x0 < 90 else 0) for words, x0, y in rows)


# Lines as (words, left edge, height) and the paragraphs they make.
SHAPES = [
    (  # one paragraph, wrapped under its text
        [("1. The first part of it", 72, 100), ("and the second.", 100, 114)],
        [("1.", "The first part of it and the second.")],
    ),
    (  # a number that hangs begins the next
        [("1. First", 72, 100), ("wrapped", 100, 114), ("2. Second", 72, 128)],
        [("1.", "First wrapped"), ("2.", "Second")],
    ),
    (  # a year at the start of a wrapped line is no number
        [("1. It began in the year", 72, 100), ("2022. It ended later.", 100, 114)],
        [("1.", "It began in the year 2022. It ended later.")],
    ),
    (  # nor is a figure without a dot
        [("1. It was paid over", 72, 100), ("12 months in all", 100, 114)],
        [("1.", "It was paid over 12 months in all")],
    ),
    (  # nor a short number with a dot in the same place as the text
        [("1. See paragraph", 72, 100), ("4. of that report", 100, 114)],
        [("1.", "See paragraph 4. of that report")],
    ),
    (  # letters under a number, deeper
        [("1. It has", 72, 100), ("a. one part", 100, 121), ("b. two parts", 100, 142)],
        [("1.", "It has"), ("a", "one part"), ("b", "two parts")],
    ),
    (  # letters in brackets
        [("1. It has", 72, 100), ("(a) one part", 100, 121), ("(b) two parts", 100, 142)],
        [("1.", "It has"), ("a", "one part"), ("b", "two parts")],
    ),
    (  # bullets
        [("• one", 72, 100), ("wrapped", 100, 114), ("• two", 72, 128)],
        [("•", "one wrapped"), ("•", "two")],
    ),
    (  # a dash inside a sentence that wraps is no bullet
        [("1. The costs", 72, 100), ("– as said – are met", 100, 114)],
        [("1.", "The costs – as said – are met")],
    ),
    (  # a gap parts paragraphs without labels
        [("The first.", 72, 100), ("The second.", 72, 128)],
        [(None, "The first."), (None, "The second.")],
    ),
    (  # lines at the usual distance are one
        [("The first", 72, 100), ("of two lines.", 72, 114)],
        [(None, "The first of two lines.")],
    ),
    (  # a paragraph that begins with a year is no numbered one
        [("The first.", 100, 100), ("2022 was a hard year.", 100, 128)],
        [(None, "The first."), (None, "2022 was a hard year.")],
    ),
    (  # nor with a sum, a count, a part of a million, a time or a day
        [("£4.65m was paid.", 100, 100), ("12 officers came.", 100, 128), ("1.5 million was paid.", 100, 156)],
        [(None, "£4.65m was paid."), (None, "12 officers came."), (None, "1.5 million was paid.")],
    ),
    (
        [("10.30 is the time.", 100, 100), ("4.65m was paid.", 100, 128), ("21/12/2023 is the day.", 100, 156)],
        [(None, "10.30 is the time."), (None, "4.65m was paid."), (None, "21/12/2023 is the day.")],
    ),
    (  # nor with somebody's initial, a word in brackets or an abbreviation
        [("J. Smith spoke.", 100, 100), ("(and so on) it went.", 100, 128), ("e.g. this one.", 100, 156)],
        [(None, "J. Smith spoke."), (None, "(and so on) it went."), (None, "e.g. this one.")],
    ),
    (  # a number with parts and a capital after it is one, however close
        [("1.1 The first.", 100, 100), ("1.2 The second.", 100, 128)],
        [("1.1", "The first."), ("1.2", "The second.")],
    ),
    (  # ten follows nine
        [("9. The ninth.", 72, 100), ("10. The tenth.", 72, 114), ("11. The eleventh.", 72, 128)],
        [("9", "The ninth."), ("10", "The tenth."), ("11", "The eleventh.")],
    ),
    (  # a list in tight lines below a sentence that leads into it
        [("1. It has:", 72, 100), ("(a) one part;", 100, 114), ("(b) two parts;", 100, 128), ("(i) small", 100, 142)],
        [("1", "It has:"), ("a", "one part;"), ("b", "two parts;"), ("i", "small")],
    ),
    (  # a letter that nothing leads to, in mid-sentence
        [("1. It is said in section 4", 72, 100), ("(b) of the Act, and", 100, 114), ("again there.", 100, 128)],
        [("1", "It is said in section 4 (b) of the Act, and again there.")],
    ),
    (  # a number on a line by itself, its text below
        [("1.1", 72, 100), ("The text of it", 72, 114), ("goes on.", 72, 128)],
        [("1.1", "The text of it goes on.")],
    ),
    (  # and beside it, a little higher
        [("The text of it", 100, 97), ("1.1", 72, 100), ("goes on.", 100, 111)],
        [("1.1", "The text of it goes on.")],
    ),
    (  # bullets of all kinds
        [("o one", 72, 100), ("– two", 72, 121), ("▪ three", 72, 142), ("\uf0b7 four", 72, 163)],
        [("o", "one"), ("–", "two"), ("▪", "three"), ("\uf0b7", "four")],
    ),
    (  # lines that ended early and their sentence with them are paragraphs, though no gap parts them
        [("The first is short.", 72, 100), ("The second is short.", 72, 114)],
        [(None, "The first is short."), (None, "The second is short.")],
    ),
    (  # a lone number is text, not a label without words
        [("7", 72, 100)],
        [(None, "7")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), SHAPES)
def test_lines_become_paragraphs(rows: list[tuple[str, float, float]], expected: list[tuple[str | None, str]]) -> None:
    tidy = [(label.rstrip(".") if label else None, words) for label, words in expected]
    assert paragraphs(*set_as(*rows)) == tidy


# The last line of a page and the first of the next, and whether they are one paragraph.
OVER_PAGES = [
    (FULL, "and it goes on here.", True),  # broken in mid-sentence
    (FULL + ".", "Whatever follows a full line may belong to it.", True),  # a full line, ended by chance
    ("A short last line.", "A new paragraph.", False),
    ("A short last line", "that goes on all the same.", True),  # no sentence ends there
    ("A list follows:", "The first of it.", False),
]


@pytest.mark.parametrize(("last", "first", "one"), OVER_PAGES)
def test_a_paragraph_over_two_pages(last: str, first: str, one: bool) -> None:
    found = paragraphs(line(last, 760), line(first, 80, page=2))
    assert len(found) == (1 if one else 2)


def test_a_label_at_the_head_of_a_page_begins_a_paragraph() -> None:
    found = paragraphs(line("1. It goes on", 760, hang=100), line("2. Second", 80, page=2, hang=100))
    assert found == [("1", "It goes on"), ("2", "Second")]


def test_a_heading_over_two_lines_is_one_and_its_text_another() -> None:
    heading = [line("1. A heading that is", 100, bold=True, hang=100), line("too long", 114, 100, bold=True)]
    assert paragraphs(*heading, line("1.1. Text below", 128, hang=110)) == [
        ("1", "A heading that is too long"),
        ("1.1", "Text below"),
    ]


# The start of a line, and its number as parts: None where it is no label.
LABELS = [
    ("1. Text", ("1",)),
    ("2.2.3.1. Text", ("2", "2", "3", "1")),
    ("2.1 Text", ("2", "1")),
    ("a. Text", ("a",)),
    ("iv) Text", ("iv",)),
    ("(b) Text", ("b",)),
    ("• Text", ()),
    ("– Text", None),  # a dash in a sentence stands as far from the next word as any word does
    ("2022 Text", None),  # four figures are a year
    ("12 Text", None),  # a bare number beside its text is text
    ("£4.50 Text", None),
    ("1,000 Text", None),
    ("and. Text", None),  # no letter and no Roman numeral
    ("etcetera. Text", None),
    ("1.1.1.1.Text Text", None),
]


@pytest.mark.parametrize(("words", "number"), LABELS)
def test_what_a_label_looks_like(words: str, number: tuple[str, ...] | None) -> None:
    label, rest = read_label(line(words))
    assert (label.number if label else None) == number
    assert [word.text for word in rest] == (words.split()[1:] if label else words.split())


def test_a_word_that_looks_like_a_label_stays_in_its_sentence() -> None:
    found = paragraphs(*set_as(("1. It covers this", 72, 100), ("and. as printed, that", 100, 114)))
    assert found == [("1", "It covers this and. as printed, that")]


# Lines, and the text they make.
JOINED = [
    (["face-to-", "face"], "face-to-face"),
    (["the costs –", "as said"], "the costs – as said"),  # a dash is no hyphen
    (["costs -", "as said"], "costs - as said"),
    (["non-", "(so far) paid"], "non- (so far) paid"),
    (["one", "", "two"], "one two"),
    (["  one ", "two\u00a0three"], "one two three"),
    ([], ""),
]


@pytest.mark.parametrize(("parts", "whole"), JOINED)
def test_lines_are_joined_as_they_are_printed(parts: list[str], whole: str) -> None:
    assert join(parts) == whole


@given(st.lists(st.text("ab1-–. ", max_size=12), max_size=8))
def test_joining_loses_no_letter_and_adds_only_spaces(parts: list[str]) -> None:
    whole = join(parts)
    assert re.sub(r"\s", "", whole) == re.sub(r"\s", "", "".join(parts))
    assert "  " not in whole
    assert whole == whole.strip()


words = st.sampled_from(["1.", "a.", "•", "2022.", "word", "Word.", "face-", "2.1.", "–", "£4.5m"])
rows = st.lists(
    st.tuples(st.lists(words, min_size=1, max_size=6), st.sampled_from([72, 100, 128]), st.booleans()), max_size=12
)


@given(rows)
def test_no_word_is_lost_between_lines_and_paragraphs(drawn: list[tuple[list[str], int, bool]]) -> None:
    y, printed = 100.0, []
    for said, x0, apart in drawn:
        y += 24 if apart else 14
        printed.append(line(" ".join(said), y, x0))
    found = [p for p in gather(printed, measure(printed)) if isinstance(p, Paragraph)]
    assert [one for p in found for one in p.lines] == printed
    for paragraph in found:
        whole = " ".join(word.text for one in paragraph.lines for word in one.words)
        label = whole.split()[0] if paragraph.label else ""
        assert re.sub(r"\s", "", label + paragraph.text) == re.sub(r"\s", "", whole)


def test_a_bold_opening_or_a_bold_sum_that_wraps_is_no_new_paragraph() -> None:
    opening = line(FULL, 100, bold=True)
    mixed = line("and its end. Then plain words", 114)
    half = Line.of((mixed.words[0]._replace(bold=True), *mixed.words[1:]), mixed.box, 1, 114)
    assert [len(p.lines) for p in gather([opening, half], SETTING) if isinstance(p, Paragraph)] == [2]
    plain = line(FULL, 200)
    assert [
        len(p.lines) for p in gather([plain, line("£5.0m", 214, bold=True)], SETTING) if isinstance(p, Paragraph)
    ] == [2]


def test_a_bold_heading_at_the_head_of_a_page_is_no_end_of_a_numbered_paragraph() -> None:
    found = paragraphs(line("1. It is as follows.", 760, hang=100), line("Table 1: costs", 80, page=2, bold=True))
    assert found == [("1", "It is as follows."), (None, "Table 1: costs")]


# Lines as (words, height), the right edge of the column, and the distance of two lines of a paragraph.
FULL_ROW = "the words of a line that reaches the edge of its column and goes on with the next one xx"
PITCHES = [
    ([(FULL_ROW, 100), ("and ends.", 114), ("Another.", 140), ("A third.", 166)], 13),  # one wrapped line is not enough
    ([("One.", 100), ("Two.", 122), ("Three.", 144), ("Four.", 166)], 13),  # none does: the type size tells
    ([(FULL_ROW, 100 + 27 * n) for n in range(4)] + [("It ends.", 230)], 27),  # double spacing
    (
        [(FULL_ROW, 100 + 14 * n) for n in range(4)] + [("1. Another begins.", 164), ("2. A third.", 186)],
        14,
    ),  # a label begins another
    ([(FULL_ROW, 100 + 27 * n) for n in range(2)], 13),  # what is so rare may be two paragraphs
    ([], 14.3),
]


@pytest.mark.parametrize(("rows", "pitch"), PITCHES)
def test_how_far_apart_the_lines_of_a_paragraph_stand(rows: list[tuple[str, float]], pitch: float) -> None:
    assert measure([line(words, y) for words, y in rows]).pitch == pytest.approx(pitch)


@given(st.lists(st.sampled_from([18, 22, 30]), max_size=30), st.integers(2, 6))
def test_short_paragraphs_never_make_one_of_others(gaps: list[int], wrapped: int) -> None:
    """However many paragraphs of one line stand in a paper, its wrapped ones are read as before."""
    y, printed = 100.0, [line(FULL_ROW, 100.0 + 14 * n) for n in range(wrapped)]
    y += 14 * wrapped
    for gap in gaps:
        y += gap
        printed.append(line("Short.", y))
    found = gather(printed, measure(printed))
    assert [len(p.lines) for p in found if isinstance(p, Paragraph)] == [wrapped, *(1 for _ in gaps)]
