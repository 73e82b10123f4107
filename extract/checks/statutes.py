"""Does a section of an Act say what the paper cites it for?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from extract.checks.places import at_words, capital, spoken
from extract.checks.sentences import sentences
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

_NUMBER = r"\d{1,3}[A-Z]{0,2}"
_LIMBED = rf"{_NUMBER}(?:\(\w{{1,3}}\))*"
_SECTION = rf"\b(?:sections?|ss?\.|s)\s?{_LIMBED}(?:\s?(?:,|and|or|to|-|–)\s?(?:s\.?\s?)?{_LIMBED})*"


CITES = re.compile(r"\b(?:sections?|ss?\.?)\s?\d", re.I)


class Renamed(NamedTuple):
    """A law that goes by another name since a day; `printed` is its name as papers go on printing it."""

    id: str
    printed: re.Pattern[str]
    since: date
    because: str
    questions: tuple[str, ...]
    passes: tuple[str, ...]


class Row(NamedTuple):
    """One purpose of one Act: `right` are the sections that may be cited for it."""

    id: str
    statute: str
    purpose: str
    right: tuple[str, ...]
    reach: Literal["sentence", "label"]
    because: str
    questions: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def rows() -> tuple[Row, ...]:
    """The table, each row tried on its own examples; raises ValueError naming the row that fails them."""
    return parse(resources.files("extract.checks").joinpath("statutes.toml").read_text(encoding="utf-8"))


@cache
def renamed() -> tuple[Renamed, ...]:
    """The laws that were renamed, each tried on its own examples; raises ValueError naming the row that fails them."""
    source = resources.files("extract.checks").joinpath("statutes.toml").read_text(encoding="utf-8")
    table = tuple(
        Renamed(
            id=row["id"],
            printed=re.compile(row["printed"]),
            since=row["since"],
            because=row["because"],
            questions=tuple(row["questions"]),
            passes=tuple(row["passes"]),
        )
        for row in tomllib.loads(source)["renamed"]
    )
    for row in table:
        if not all(map(row.printed.search, row.questions)) or any(map(row.printed.search, row.passes)):
            raise ValueError(f"statutes.toml: the row {row.id} does not keep to examples of its own")
    return table


def parse(source: str) -> tuple[Row, ...]:
    """Rows from their TOML; raises ValueError for a row without examples or one that does not keep to them."""
    table = tuple(
        Row(
            id=row["id"],
            statute=row["statute"],
            purpose=row["purpose"],
            right=tuple(row["right"]),
            reach=row["reach"],
            because=row["because"],
            questions=tuple(row["questions"]),
            passes=tuple(row["passes"]),
        )
        for row in tomllib.loads(source)["row"]
    )
    for row in table:
        silent = [text for text in row.questions if not any(questioned(row, text))]
        loud = [text for text in row.passes if any(questioned(row, text))]
        if not row.questions or not row.passes or silent or loud:
            raise ValueError(f"statutes.toml: the row {row.id} does not keep to examples of its own")
    return table


def questioned(row: Row, text: str) -> Iterator[tuple[int, str]]:
    """Each citation in the text that cites this Act for this purpose by a wrong section, and where it begins."""
    citation = re.compile(rf"(?P<sections>{_SECTION})\s+(?:of\s+)?(?:the\s+)?(?:{row.statute})", re.I)
    start = 0
    for sentence in sentences(text):
        begins = text.index(sentence, start)
        start = begins + len(sentence)
        cited = list(citation.finditer(sentence))
        numbers = {
            number for found in cited for number in re.findall(_NUMBER, re.sub(r"\(\w+\)", "", found["sections"]))
        }
        if row.reach == "sentence" and cited and re.search(row.purpose, sentence, re.I) and not numbers & {*row.right}:
            yield begins + cited[0].start(), cited[0][0]
        if row.reach == "label":
            for found in cited:
                own = set(re.findall(_NUMBER, re.sub(r"\(\w+\)", "", found["sections"])))
                label = re.match(rf"\s*[(–—-]\s*(?:{row.purpose})", sentence[found.end() :], re.I)
                if label and not own & {*row.right}:
                    yield begins + found.start(), found[0]


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A wrong section is published as signed; a note tells the officers, so that the next paper has the right one."""
    yield from _old_names(record)
    for words in public_texts(record):
        for row in rows() if CITES.search(words.text) else ():
            for start, citation in questioned(row, words.text):
                where = spoken(record, words.place)
                yield at_words(
                    record,
                    "statute-citation",
                    "note",
                    f"{capital(where)} cites “{citation}”: {row.because}. Tell the drafting officer.",
                    words,
                    f"{row.id}-{start}",
                )


def _old_names(record: DecisionRecord) -> Iterator[Finding]:
    """One note for each law that the paper cites by a name it no longer had when it was signed."""
    for row in renamed() if record.approval.signed_on else ():
        if record.approval.signed_on and record.approval.signed_on < row.since:
            continue
        for words in public_texts(record):
            if found := row.printed.search(words.text):
                where, citation = spoken(record, words.place), found[0].strip()
                yield at_words(
                    record,
                    "statute-citation",
                    "note",
                    f"{capital(where)} cites “{citation}”: {row.because}. Tell the drafting officer.",
                    words,
                    f"{row.id}-{found.start()}",
                )
                break
