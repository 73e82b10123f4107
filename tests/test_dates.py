"""Dates are day first, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_date, parse_date

SIGNED = date(2023, 12, 21)

CASES = [
    ("21/12/2023", SIGNED),
    ("01/03/2024", date(2024, 3, 1)),  # the first of March
    ("1/3/2024", date(2024, 3, 1)),
    ("21/12/23", SIGNED),
    ("21.12.2023", SIGNED),
    ("21-12-2023", SIGNED),
    ("21 / 12 / 2023", SIGNED),  # written into three boxes
    ("2023-12-21", SIGNED),
    ("21 December 2023", SIGNED),
    ("21st December 2023", SIGNED),
    ("21st of December, 2023", SIGNED),
    ("21 Dec 2023", SIGNED),
    ("21 DECEMBER 2023", SIGNED),
    ("2 Sept. 2023", date(2023, 9, 2)),
    ("Thursday 21 December 2023", SIGNED),
    ("Thursday, 21/12/2023", SIGNED),
    ("December 21, 2023", SIGNED),  # the month is named, so nothing is in doubt
    ("29/02/2024", date(2024, 2, 29)),
    ("12/21/2023", None),  # only a date with the month first
    ("29/02/2023", None),
    ("31 June 2023", None),
    ("Monday 21 December 2023", None),  # it was a Thursday
    ("21/12/20233", None),
    ("21/12-2023", None),
    ("December 2023", None),  # no day
    ("21 December", None),
    ("21/12/1066", None),
    ("2.2.3", None),  # a paragraph's number
    ("YES/NO", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), CASES, ids=[text for text, _ in CASES])
def test_a_date_is_read_alone_and_in_a_sentence(text: str, day: date | None) -> None:
    assert parse_date(text) == day
    assert find_date(f"Until what date: {text}") == day


def test_a_text_around_a_date_is_no_date() -> None:
    assert parse_date("Date 21/12/2023") is None
    assert parse_date(" 21/12/2023. ") == SIGNED


def test_two_dates_that_differ_are_not_one() -> None:
    assert find_date("21/12/2023 or 22/12/2023") is None
    assert find_date("21/12/2023 (21 December 2023)") == SIGNED
    assert find_date("31/02/2024 or 01/03/2024") is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_is_printed_is_read_back(day: date) -> None:
    forms = (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%A} {day.day} {day:%b %Y}",
        day.isoformat(),
    )
    assert {parse_date(form) for form in forms} == {day}


@given(st.text() | st.text(alphabet="0123456789/-. MayJunstrdh", max_size=20))
def test_any_text_is_read_without_an_error(text: str) -> None:
    find_date(text)
    parse_date(text)
