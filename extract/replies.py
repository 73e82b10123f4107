"""What the value of an answer means: read in one way where it is given and wherever it is used afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extract.dates import parse_date

_YES_OR_NO = re.compile(r"(?P<word>yes|no)\b[.,;:]?(?:\s+(?:until\s+)?(?P<until>\S.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reply:
    """A yes or a no; a yes to a deferral says until when."""

    word: Literal["yes", "no"]
    until: date | None = None

    def __str__(self) -> str:
        return f"{self.word} {self.until}" if self.until else self.word


def yes_or_no(value: str | None) -> Reply | None:
    """A yes, a no, or a yes and until when ("yes 2027-03-31"); None for anything else, however near it comes.

    A no with more behind it, or a day that no calendar has, is doubt: that is for the person to say again.
    """
    found = _YES_OR_NO.fullmatch((value or "").strip())
    if found is None:
        return None
    until = parse_date(found["until"]) if found["until"] else None
    if found["word"].lower() == "no":
        return None if found["until"] else Reply("no")
    return None if found["until"] and until is None else Reply("yes", until)


def day(value: str | None) -> date | None:
    """The day that a value names; None where it names none, or none that there is."""
    return parse_date(value or "")
