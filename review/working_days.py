"""Days on which an authority in England works: neither weekend nor bank holiday nor a day on which it is closed.

The one room of `holidays`, which brings the days of England with it: nothing is asked of a network. A bank holiday that
is proclaimed after that library was released is entered as a closed day.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Whether the authority works on that day; `closed` are days on which it does not, beside the bank holidays."""
    return day.weekday() < SATURDAY and day not in closed and day not in _bank_holidays(day.year)


def working_days_after(day: date, number: int, closed: Collection[date] = ()) -> date:
    """The last of so many working days after a day, which itself does not count: one after a Friday is the Monday."""
    if number < 0:
        raise ValueError("working days are counted onwards")
    for _ in range(number):
        day += timedelta(days=1)
        while not is_working_day(day, closed):
            day += timedelta(days=1)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year, substitute days for those at a weekend among them."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
