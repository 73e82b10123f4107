"""References of decision papers in one spelling: prefix, one space, number ("PCD 1572").

Papers, listings and file names spell the same reference differently; it is read once, here, and then trusted. Which
prefixes there are is data (`references.toml`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_SEPARATOR = r"[\s:#_\u2010-\u2015-]*(?:(?:no\.?|number|ref\.?)[\s:#]*)?"
_ENDS = r"(?![0-9A-Za-z])(?![-/.\\]+[0-9])"
_NUMBER = rf"[0-9]{{1,5}}[A-Z]?{_ENDS}"
_YEAR_AND_NUMBER = rf"20[0-9]{{2}}[\s/_\u2010-\u2015-]+[0-9]{{1,4}}{_ENDS}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"  # "PCD 1572 and 21 December" is no second number


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
    pattern = _pattern()
    found = pattern.fullmatch(text.strip().upper()) or pattern.search(text)
    if not found:
        return None
    row = next(name.removeprefix("row") for name in found.groupdict() if name.startswith("row") and found[name])
    prefix, numbers = found[f"prefix{row}"].upper(), found[f"numbers{row}"]
    if _rows()[int(row)]["shape"] == "year-and-number":
        year, number = re.findall(r"[0-9]+", numbers)
        several: tuple[str, ...] = (f"{prefix} {year} {int(number)}",)
    else:
        several = tuple(dict.fromkeys(f"{prefix} {_plain(n)}" for n in re.findall(r"[0-9]+[A-Z]?", numbers)))
    first, *rest = several
    joined = " and ".join([first, *(reference.split(" ", 1)[1] for reference in rest)])
    return Reference(_printed(text, found), joined, several)


def same(one: str, other: str) -> bool:
    """Whether two spellings mean the same paper; False where either is no reference."""
    first, second = normalise(one), normalise(other)
    return first is not None and second is not None and set(first.references) == set(second.references)


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    """The vocabulary, each row tried on its own examples."""
    words = resources.files("extract").joinpath("references.toml").read_text(encoding="utf-8")
    rows = tuple(tomllib.loads(words)["reference"])
    for n, row in enumerate(rows):
        alone = _compiled([(n, row)])
        if not alone.search(row["example"]) or alone.search(row["passes"]):
            raise ValueError(f"references.toml: the row {row['prefix']} does not keep to its own examples")
    return rows


@cache
def _pattern() -> re.Pattern[str]:
    return _compiled(list(enumerate(_rows())))


def _compiled(rows: list[tuple[int, dict[str, Any]]]) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_alternative(n, row) for n, row in rows)})")


def _alternative(n: int, row: dict[str, Any]) -> str:
    """One row as a pattern: its prefix, what may stand between, and the number or numbers."""
    between = rf"{_SEPARATOR}/?" if row["shape"] == "year-and-number" else _SEPARATOR
    prefix = rf"(?i:{row['prefix']})" if row.get("any_case") else f"(?:{row['prefix']})"
    numbers = _YEAR_AND_NUMBER if row["shape"] == "year-and-number" else _NUMBER
    if row.get("several"):
        again = rf"(?:{row['prefix']}{_SEPARATOR})?{_NUMBER}"
        listed = rf"(?:\s*,\s*{again})*(?:\s*,?\s*(?:\band\b|\bAND\b|&)\s*){again}"
        numbers += rf"(?:{listed}(?=\s*(?:$|[^\sa-z]))(?!\s+{_MONTH}))?"
    return rf"(?P<row{n}>(?P<prefix{n}>{prefix})(?i:{between})(?P<numbers{n}>{numbers}))"


def _printed(text: str, found: re.Match[str]) -> str:
    """The printed words of a match, in the text's own case where it was matched in capitals."""
    return text.strip() if found.string is not text else found[0]


def _plain(number: str) -> str:
    digits = number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"{int(digits)}{number[len(digits) :]}"
