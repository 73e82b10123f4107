"""References of decision papers in one spelling: prefix, one space, number ("PCD 1572").

Papers, listings and file names spell the same reference differently; it is read once, here, and then trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATOR = r"[\s:#_\u2010-\u2015-]*(?:(?:no\.?|number|ref\.?)[\s:#]*)?"
_NUMBER = r"[0-9]{1,5}[A-Z]?(?![0-9A-Za-z])(?![-/.\\]+[0-9])"
_YEAR_AND_NUMBER = r"20[0-9]{2}[\s/_\u2010-\u2015-]+[0-9]{1,4}(?![0-9A-Za-z])(?![-/.\\]+[0-9])"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"  # "PCD 1572 and 21 December" is no second number
_SEVERAL = (
    rf"(?:\s*,\s*(?:PCD{_SEPARATOR})?{_NUMBER})*(?:\s*,?\s*(?:\band\b|&)\s*)(?:PCD{_SEPARATOR})?{_NUMBER}"
    rf"(?=\s*(?:$|[^\sa-z]))(?!\s+{_MONTH})"
)
_REFERENCE = re.compile(
    rf"""(?<![0-9A-Za-z])(?:
        (?P<year_prefix>(?i:DMPCD))(?i:{_SEPARATOR})(?P<year_and_number>{_YEAR_AND_NUMBER})
      | (?P<pcd>(?i:PCD))(?P<pcd_numbers>(?i:{_SEPARATOR}){_NUMBER}(?:{_SEVERAL})?)
      | (?P<other>DMPCD|DMFD|LFC|ADD|MD|DD)(?i:{_SEPARATOR})(?P<other_number>{_NUMBER})
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Reference:
    """A reference as printed and in its one spelling; `references` has each number of a paper that bears several."""

    as_printed: str
    reference: str
    references: tuple[str, ...]


def normalise(text: str) -> Reference | None:
    """The first reference in a text, whatever its spelling; None where there is none or it is not whole.

    "PCD 890 and 1561" is one paper with two numbers. A number that runs on ("PCD 1572/2") is not read in part.
    """
    found = _REFERENCE.fullmatch(text.strip().upper()) or _REFERENCE.search(text)
    if not found:
        return None
    if found["year_prefix"]:
        year, number = re.findall(r"[0-9]+", found["year_and_number"])
        several: tuple[str, ...] = (f"DMPCD {year} {int(number)}",)
    elif found["pcd"]:
        several = tuple(dict.fromkeys(f"PCD {_plain(n)}" for n in re.findall(r"[0-9]+[A-Z]?", found["pcd_numbers"])))
    else:
        several = (f"{found['other']} {_plain(found['other_number'])}",)
    first, *rest = several
    joined = " and ".join([first, *(reference.split(" ", 1)[1] for reference in rest)])
    return Reference(_printed(text, found), joined, several)


def same(one: str, other: str) -> bool:
    """Whether two spellings mean the same paper; False where either is no reference."""
    first, second = normalise(one), normalise(other)
    return first is not None and second is not None and set(first.references) == set(second.references)


def _printed(text: str, found: re.Match[str]) -> str:
    """The printed words of a match, in the text's own case where it was matched in capitals."""
    return text.strip() if found.string is not text else found[0]


def _plain(number: str) -> str:
    digits = number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"{int(digits)}{number[len(digits) :]}"
