"""The register of offices: is the holder of an office named in public on a day? People decide it, row by row.

How senior somebody is, is looked up here and never inferred from a text; a day outside every row has no answer.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


class OfficeError(ValueError):
    """A row that says two things of one day, or nothing."""


@dataclass(frozen=True, slots=True)
class Office:
    """One row: who holds this office is named in public, or is not, from a day (and until one, inclusive)."""

    title: str
    written: tuple[str, ...]
    named: bool
    since: date
    until: date | None
    because: str
    decided_by: str
    decided_on: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def confirmed(self) -> bool:
        return bool(self.decided_by and self.decided_on)


@cache
def offices() -> tuple[Office, ...]:
    """All rows of the register as it is kept; raises OfficeError for two rows about one office on one day."""
    return parse(resources.files("extract").joinpath("offices.toml").read_text(encoding="utf-8"))


def parse(source: str) -> tuple[Office, ...]:
    """The rows of a register from their TOML, in their order."""
    rows = tuple(
        Office(
            title=row["title"],
            written=tuple(row["written"]),
            named=row["named"],
            since=row["from"],
            until=row.get("until"),
            because=row["because"],
            decided_by=row.get("decided_by", ""),
            decided_on=row.get("decided_on"),
        )
        for row in tomllib.loads(source)["office"]
    )
    for index, row in enumerate(rows):
        if not row.written or not row.because or (row.until and row.until < row.since):
            raise OfficeError(f"The row for {row.title} needs its spellings, a reason, and an end after its beginning.")
        for other in rows[:index]:
            if other.title == row.title and (other.holds(row.since) or row.holds(other.since)):
                raise OfficeError(f"Two rows for {row.title} speak of one day. End one before the other begins.")
    return rows


@cache
def _titles(rows: tuple[Office, ...]) -> re.Pattern[str]:
    every = sorted({spelling for row in rows for spelling in row.written}, key=len, reverse=True)
    return re.compile("|".join(re.escape(spelling).replace(r"\ ", r"\s+") for spelling in every))


def office_beside(
    text: str, start: int, end: int, on: date | None, rows: tuple[Office, ...] | None = None
) -> Office | None:
    """The office that is printed right before or behind a name, if the register has it for that day.

    Right beside only: "the private office of the Deputy Mayor, Ann Other" names somebody else, so that what stands
    before the title must not be "to", "of" or "for" somebody.
    """
    known = offices() if rows is None else rows
    if on is None:
        return None
    pattern = _titles(known)
    behind = re.compile(rf"\s*(?:[,(–-]\s*)?(?:the\s+|our\s+)?(?P<title>{pattern.pattern})(?=\s*(?:[,.;:)–-]|$))")
    before = re.compile(
        rf"(?P<title>{pattern.pattern})\s*[,(–:-]?\s*(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?\s+)?$"
    )
    beside = behind.match(text, end) or before.search(text[:start])
    if beside is None:
        return None
    if beside.start() < start and re.search(
        r"\b(?:to|of|for|former|with|behalf)\s+(?:the\s+)?$", text[: beside.start()]
    ):
        return None
    title = " ".join(beside["title"].split())
    return next((row for row in known if title in row.written and row.holds(on)), None)
