"""Dates as British papers print them: day first, and only where the print leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EARLIEST, _LATEST = 1900, 2099

_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<{}>[0-9]{{4}})"
_DATE = re.compile(
    rf"""
    (?<![0-9A-Za-z])(?<![0-9][./-])
    (?:(?P<weekday>{"|".join(_DAYS)})\b,?\s+(?:the\s+)?)?
    (?:
        (?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
      | (?P<d>[0-9]{{1,2}})\s?(?P<mark>[/.-])\s?(?P<m>[0-9]{{1,2}})\s?(?P=mark)\s?{_YEAR.format("y")}
      | (?P<d2>[0-9]{{1,2}})/(?P<m2>[0-9]{{1,2}})/(?P<y2>[0-9]{{2}})
      | (?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format("m3")},?\s+{_YEAR.format("y3")}
      | {_MONTH.format("m4")}\s+(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR.format("y4")}
    )
    (?![0-9A-Za-z]|[/-][0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)


class PrintedDate(NamedTuple):
    """A date as printed at `text[start:end]`: its day, None where there is no such day, and whether a weekday fits."""

    start: int
    end: int
    as_printed: str
    day: date | None
    weekday_fits: bool


def printed_dates(text: str) -> Iterator[PrintedDate]:
    """Every date that a text prints in full, in order, also those that cannot be."""
    for found in _DATE.finditer(text):
        day = _day(found)
        yield PrintedDate(found.start(), found.end(), found[0], day, day is None or _weekday_fits(found, day))


def find_date(text: str) -> date | None:
    """The one date a text prints; None where it prints none, one that cannot be, or two that differ.

    12/21/2023 is not read with the month first, and a weekday that does not fit makes a date unreadable: a signature
    or a deferral rests on it, so doubt is for a person.
    """
    dates = {_read(found) for found in _DATE.finditer(text)}
    return dates.pop() if len(dates) == 1 else None


def parse_date(text: str) -> date | None:
    """The date that a text is, with nothing else around it but white space and a full stop."""
    found = _DATE.fullmatch(text.strip().removesuffix("."))
    return _read(found) if found else None


def _read(found: re.Match[str]) -> date | None:
    day = _day(found)
    return day if day and _weekday_fits(found, day) else None


def _day(found: re.Match[str]) -> date | None:
    try:
        day = date(*_year_month_day(found))
    except ValueError:  # 31/02/2024, 12/21/2023
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def _weekday_fits(found: re.Match[str], day: date) -> bool:
    return not found["weekday"] or _DAYS[day.weekday()] == found["weekday"].lower()


def _year_month_day(found: re.Match[str]) -> tuple[int, int, int]:
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
        return year, month, day
    if found["y"]:
        return int(found["y"]), int(found["m"]), int(found["d"])
    if found["y2"]:  # no paper of these bodies is older than 2000
        return 2000 + int(found["y2"]), int(found["m2"]), int(found["d2"])
    name, printed_day, printed_year = ("m3", "d3", "y3") if found["y3"] else ("m4", "d4", "y4")
    stem = found[name].lower()[:3]
    month = next(number for number, full in enumerate(MONTHS, start=1) if full.startswith(stem))
    return int(found[printed_year]), month, int(found[printed_day])
