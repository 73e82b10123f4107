"""Working days as an authority in England counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.working_days import is_working_day, working_days_after

BANK_HOLIDAYS = [
    ("2024-03-29", "Good Friday"),
    ("2024-04-01", "Easter Monday"),
    ("2038-04-26", "the latest Easter Monday there is"),
    ("2026-05-04", "Early May"),
    ("2020-05-08", "Early May, moved to the Friday of VE Day's 75th year"),
    ("2022-06-02", "Spring, moved into the Platinum Jubilee"),
    ("2026-08-31", "Summer"),
    ("2026-12-25", "Christmas on a Friday"),
    ("2026-12-28", "a substitute for Boxing Day on a Saturday"),
    ("2021-12-27", "a substitute for Christmas on a Saturday"),
    ("2021-12-28", "a substitute for Boxing Day on the Sunday after it"),
    ("2022-12-27", "a substitute for Christmas on a Sunday; Boxing Day is the Monday itself"),
    ("2022-01-03", "a substitute for New Year's Day on a Saturday"),
    ("2023-01-02", "a substitute for New Year's Day on a Sunday"),
    ("2022-06-03", "once: the Platinum Jubilee"),
    ("2022-09-19", "once: the State Funeral"),
    ("2023-05-08", "once: the Coronation"),
]


@pytest.mark.parametrize("day", [row[0] for row in BANK_HOLIDAYS], ids=[row[1] for row in BANK_HOLIDAYS])
def test_nobody_works_on_a_bank_holiday(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5  # else it would prove nothing
    assert not is_working_day(date.fromisoformat(day))


WORKED = [
    ("2026-12-24", "Christmas Eve"),
    ("2024-04-02", "the day after Easter Monday"),
    ("2022-05-30", "the last Monday of May in the year in which that holiday was moved"),
    ("2026-01-02", "a bank holiday in Scotland alone"),
    ("2026-03-17", "a bank holiday in Northern Ireland alone"),
    ("2024-02-29", "a leap day"),
]


@pytest.mark.parametrize("day", [row[0] for row in WORKED], ids=[row[1] for row in WORKED])
def test_these_are_days_of_work(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


AFTER = [
    ("2023-12-21", 0, "2023-12-21", "none after a day is the day"),
    ("2026-03-02", 5, "2026-03-09", "a week without a holiday"),
    ("2026-03-06", 1, "2026-03-09", "from a Friday over the weekend"),
    ("2026-03-07", 1, "2026-03-09", "from a Saturday: Sunday does not count either"),
    ("2023-12-21", 5, "2024-01-02", "over Christmas and the New Year: 22, 27, 28, 29 December, 2 January"),
    ("2024-03-28", 1, "2024-04-02", "over Easter"),
    ("2021-12-24", 1, "2021-12-29", "over two substitute days"),
    ("2022-06-01", 1, "2022-06-06", "over the four days of the Jubilee"),
    ("2022-09-16", 1, "2022-09-20", "over the State Funeral"),
    ("2023-05-05", 1, "2023-05-09", "over the Coronation"),
    ("2026-11-23", 20, "2026-12-21", "the twenty days in which a request is answered"),
]


@pytest.mark.parametrize(("day", "number", "last"), [row[:3] for row in AFTER], ids=[row[3] for row in AFTER])
def test_so_many_working_days_after_a_day(day: str, number: int, last: str) -> None:
    assert working_days_after(date.fromisoformat(day), number) == date.fromisoformat(last)


def test_a_closed_day_of_the_authority_is_none_of_work() -> None:
    closed = {date(2026, 12, 24), date(2026, 12, 29)}
    assert not is_working_day(date(2026, 12, 24), closed)
    assert working_days_after(date(2026, 12, 23), 1, closed) == date(2026, 12, 30)


def test_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="onwards"):
        working_days_after(date(2026, 3, 2), -1)


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(days, st.integers(0, 40), st.sets(days, max_size=20))
def test_exactly_so_many_working_days_lie_between(day: date, number: int, closed: set[date]) -> None:
    last = working_days_after(day, number, closed)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(is_working_day(each, closed) for each in between) == number
    assert number == 0 or is_working_day(last, closed)


@given(days, st.integers(0, 20), days)
def test_a_closed_day_never_makes_a_deadline_earlier(day: date, number: int, closed: date) -> None:
    assert working_days_after(day, number, {closed}) >= working_days_after(day, number)
