"""However an identifier is printed, a rule sees it as a reader does; figures that are none are told from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import formats
from extract.formats import legible
from extract.record import TablePassage
from extract.rules import identifies, load, propose
from tests.test_rules import record_with, withheld

# What is printed, and what a reader sees.
PRINTED = [
    ("07700\u00a0900\u2009123", ["07700 900 123"]),
    ("20\u201345\u221277\u2011", ["20-45-77-"]),
    ("\uff10\uff17\uff17 a\uff20b", ["077 a@b"]),
    ("\u0660\u0667", ["07"]),
    ("£5m²", ["£5m²"]),  # a footnote's mark is no digit
    ("½ ﬁ", ["½ ﬁ"]),  # what would be two characters stays one
    ("07\u200b00", ["0700", "07 00"]),
    ("a\u00adb", ["ab", "a b"]),
    ("e\u0301t", ["et", "e t"]),
]


@pytest.mark.parametrize(("printed", "seen"), PRINTED)
def test_a_text_is_matched_as_a_reader_sees_it(printed: str, seen: list[str]) -> None:
    assert [copy.text for copy in legible(printed)] == seen


@given(st.text(st.characters() | st.sampled_from("\u200b\u00ad\u2011 0a"), max_size=30))
def test_a_place_in_a_legible_copy_is_the_same_place_in_the_print(text: str) -> None:
    for copy in legible(text):
        assert len(copy.text) == len(copy.places)
        assert list(copy.places) == sorted(set(copy.places))
        for place in range(len(copy.text)):
            start, end = copy.span(place, place + 1)
            assert end == start + 1
            assert text[start].isascii() is False or text[start] == copy.text[place] or copy.text[place] == " "


# Each confirmation, a figure that is one, and one that is none.
CONFIRMED = [
    ("nhs-checksum", "943 476 5919", "943 476 5918"),
    ("uk-telephone", "0044 7700 900123", "0400 123 4567"),
    ("foreign-telephone", "+353 1 234 5678", "+1 234"),
    ("named-telephone", "7946 0958", "120 000"),
    ("sort-code", "20-45-77", "20-10-53"),  # which could be a date
    ("iban", "GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 18"),
    ("payment-card", "4111 1111 1111 1111", "4111 1111 1111 1112"),
    ("calendar-date", "31/12/1987", "31/02/1987"),
    ("calendar-date", "12/31/1987", "99/99/1987"),
]


@pytest.mark.parametrize(("name", "one", "none"), CONFIRMED)
def test_a_confirmation_tells_an_identifier_from_a_figure(name: str, one: str, none: str) -> None:
    assert formats.CONFIRM[name](one)
    assert not formats.CONFIRM[name](none)


# A table's header and rows, and what is withheld of it.
TABLES = [
    (("Sort code", "Account number"), (("20-10-53", "12345678"),), {"20-10-53", "12345678"}),
    (("Detail", "Value"), (("Account number", "12345678"), ("Sort code:", "201053")), {"12345678", "201053"}),
    (("Name", "NI number"), (("A. Person", "AB 12 34 56"),), {"AB 12 34 56"}),
    (("Name", "Telephone"), (("A. Person", "7946 0958"),), {"7946 0958"}),
    (("Name", "Date of birth"), (("Ann", "03-05-1987"), ("Bo", "4 May 1988")), {"03-05-1987", "4 May 1988"}),
    (("Name", "Registration"), (("A. Person", "A123 BCD"),), {"A123 BCD"}),
    (("Team", "Warrant no."), (("North", "214553"),), {"214553"}),
    (("Bank", "Number"), (("20-45-77", "12345678"),), {"20-45-77", "12345678"}),
    (("Paid", "to"), (("Bank", "Account number"), ("One", "31926819")), {"31926819"}),  # its label is above
    (("Bank", "Account number"), (("One", "31926819 (closed in 2019)"),), {"31926819"}),  # no more
    (("Item", "Telephone"), (("Handsets", "£120,000"),), set()),
    (("Lot", "Order number"), (("1", "12345678"), ("2", "20-10-23")), set()),
    (("EXEMPT", "Cost"), (("Grants", "£1,000"),), {"EXEMPT"}),  # a marking is the cell's that bears it
]  # fmt: skip


@pytest.mark.parametrize(("header", "rows", "kept"), TABLES)
def test_a_cell_is_read_with_what_it_stands_under_and_beside(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], kept: set[str]
) -> None:
    record = record_with("Plain words")
    table = TablePassage(id="1/t1", caption=None, header=header, rows=rows, page=1, boxes=())
    section = record.sections[0].model_copy(update={"passages": (table,)})
    record = record.model_copy(update={"sections": (section,)})
    cells = {f"1/t1/r{r}/c{c}": text for r, row in enumerate((header, *rows)) for c, text in enumerate(row)}
    found = {cells[m.place.passage][m.place.start : m.place.end] for m in propose(record).claims}
    assert found == kept


def test_a_second_number_is_found_behind_what_was_none() -> None:
    assert withheld("In 943 476 5918 943 476 5919").endswith("■" * 12)


def test_a_reason_that_holds_an_identifier_is_told_so() -> None:
    assert identifies("Ring 07700 900123.") == "A direct telephone number identifies a person."
    assert identifies("It would harm the supplier, as FOIA s.43(2) says.") is None


# Each is the beginning of something that never comes.
RUNS = ["0", "0 ", "12-", "GB29 ", "a.", "a@", "+1 ", "4111 ", "registration ", "born ", "jo dot ", "at dot ", '"', "'",
        "account no ", "lives at ", "\u200b0", "tel "]  # fmt: skip


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_cost_no_more_than_their_length(run: str) -> None:
    """Were it quadratic, one of these would take minutes."""
    text = (run * 100_000)[:100_000]
    for rule in load():
        assert all(end <= len(text) for _, end in rule.spans(text))


# A check, a figure with one wrong place, and whether it passes.
CHECKED = [
    ("pnc-number", "2003/0062845E", True),
    ("pnc-number", "03/62845E", True),
    ("pnc-number", "03/62854E", False),
    ("cro-number", "265416/21G", True),
    ("cro-number", "265416/12G", False),
    ("driving-licence", "MORGA 657054 SM9IJ", True),
    ("driving-licence", "MORGA 607054 SM9IJ", True),  # born in July
    ("driving-licence", "MORGA 613054 SM9IJ", False),  # in no month
    ("driving-licence", "MORGA 657324 SM9IJ", False),  # on no day
]


@pytest.mark.parametrize(("check", "figure", "right"), CHECKED)
def test_a_figure_with_a_check_in_it_is_told_from_one_without(check: str, figure: str, right: bool) -> None:
    assert formats.CONFIRM[check](figure) is right
