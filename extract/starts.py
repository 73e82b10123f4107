"""One way in which a place of a form opens: the words it begins with, how they are set, and where they must stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from extract import closing, misread
from ingest.document import Line
from ingest.kept import kept

Holds = Literal["field", "passages", "sections", "private", "furniture", "part2"]
Where = Literal["text", "first", "header"]  # anywhere, before all other places, in the running header

DASHES = re.compile(r"[‐-―−]")
# A pattern that begins with these words, with no other instead of them.
NAMING = re.compile(r"PART 2(?![?*{])(?:[^|()]|\((?:[^()]|\([^()]*\))*\))*$")
SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Text with uniform dashes, quotes and spaces, for matching only; what is kept is always the print."""
    if text.isascii() and text.isprintable() and "  " not in text:  # it is so already
        return text.strip()
    return SPACE.sub(" ", DASHES.sub("-", text)).replace("’", "'").strip()


@dataclass(frozen=True)
class Wording:
    """A run of print made ready to be matched. What was read from a picture has no sure weight and no sure letters."""

    text: str
    bold: bool
    scanned: bool = False

    @classmethod
    def of(cls, line: Line, scanned: bool = False) -> Wording:
        return cls(line.text, line.bold, scanned)

    @property
    def apart(self) -> bool:
        """Whether it is set apart from text, as a heading; of a picture that cannot be told for sure."""
        return self.bold or self.scanned or self.text.isupper()

    @kept
    def plain(self) -> str:
        return plain(self.text)

    @kept
    def may_close(self) -> bool:
        """Whether folding it, which is dear, may make a heading of a Part 2 of it."""
        return self.scanned or closing.may_close(self.text)

    @kept
    def may_name_part2(self) -> bool:
        """Whether it may have the words "Part 2" once it is folded."""
        return self.scanned or closing.may_name_part2(self.text)

    @kept
    def folded(self) -> str:
        return closing.folded(self.text, self.scanned)


@dataclass(frozen=True)
class Start:
    """The line a place opens with. `after`: no heading is printed, and the place opens below one of these places."""

    holds: Holds
    words: re.Pattern[str] | None
    bold: bool
    heading: bool
    where: Where
    after: frozenset[str]
    example: str
    passes: str

    def begins(self, wording: Wording) -> bool:
        """Whether these words are such an opening; those of a picture need not be bold."""
        if self.words is None:
            return False
        weightless = wording.scanned and self.holds != "part2"
        if not weightless and not wording.bold and (self.bold or (self.heading and not wording.text.isupper())):
            return False
        if self.holds == "part2":
            likely = wording.may_name_part2 if self._names_part2 else wording.may_close
            return likely and bool(self.words.match(wording.folded))
        if self.words.match(wording.plain):
            return True
        return wording.scanned and bool(self.words.match(misread.spelt_as(wording.plain, self._spellings)))

    @kept
    def _names_part2(self) -> bool:
        return self.words is not None and NAMING.match(self.words.pattern) is not None

    @kept
    def _spellings(self) -> dict[str, str]:
        return misread.spellings(re.findall(r"\w{2,}", self.example))


def start_of(file: str, place: dict[str, Any], row: dict[str, Any]) -> Start:
    """A row as a value, tried on its own examples; only what opens without any words of its own needs none."""
    words = re.compile(row["starts"], re.IGNORECASE) if "starts" in row else None
    example, passes = (row["example"], row["passes"]) if words else ("", "")
    start = Start(
        place["holds"],
        words,
        row.get("bold", False),
        row.get("heading", False),
        row.get("where", "text"),
        frozenset(row.get("after", ())),
        example,
        passes,
    )
    if words and not (start.begins(Wording(example, bold=True)) and not start.begins(Wording(passes, bold=True))):
        raise ValueError(f"{file}: the place {place['name']} does not keep to its own examples")
    if start.holds == "part2" and not closing.may_close(example):
        raise ValueError(f"{file}: a heading of {place['name']} has none of the words that close (closing.NEEDED)")
    return start
