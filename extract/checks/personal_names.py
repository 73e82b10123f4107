"""Which people does the paper name?

A name is recognised by what stands before it (a title or a rank) or by where it stands (the drafting officer's row),
never by a list of names: such lists find British names and miss the others. Whether a name may be published depends on
the person's office, so each is a question for a person.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from extract.checks.places import at_field, at_words, spoken
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.texts import public_texts

NAME_WORD = r"[^\W\d_][\w’'-]*"
PARTICLES = {
    "van",
    "von",
    "der",
    "den",
    "de",
    "da",
    "dos",
    "del",
    "di",
    "la",
    "le",
    "bin",
    "binti",
    "ibn",
    "al",
    "el",
    "ap",
    "ab",
    "ferch",
    "y",
    "ter",
    "ten",
}
WARRANT = r"(?:\d{2,6}[A-Z]{0,3}\s+)?"
DRAFTED = re.compile(
    r"^\W*(?P<who>.{3,80}?)\s+(?:has|have|had)?\s*(?:drafted|prepared|written|authored|compiled)\b", re.I
)
DRAFTING = re.compile(r"\b(draft\w*|report|originating) (officer|author)\b|\bauthor\b", re.I)


@cache
def offices() -> dict[str, Any]:
    """The register of titles and offices, as its file has it."""
    return tomllib.loads(resources.files("extract.checks").joinpath("offices.toml").read_text(encoding="utf-8"))


@cache
def office_words() -> frozenset[str]:
    """Every word of the register of offices, without its capitals."""
    return frozenset(word.casefold() for row in offices()["office"] for word in row["words"])


@cache
def _titled() -> re.Pattern[str]:
    titles = sorted((word for row in offices()["title"] for word in row["words"]), key=len, reverse=True)
    any_title = "|".join(re.escape(title).replace(r"\ ", r"\s+") for title in titles)
    run = rf"{NAME_WORD}(?:(?:\s+|\s*\.\s*){NAME_WORD}){{0,4}}"
    return re.compile(rf"(?<![\w-])(?:(?P<title>{any_title})\b\.?\s+)(?P<rest>{WARRANT}{run})", re.I)


def titled_names(text: str) -> Iterator[tuple[int, str]]:
    """Each title with the name after it, and the character it begins at."""
    for found in _titled().finditer(text):
        title = found["title"]
        if not (title[0].isupper() and (len(title) > 3 or title[-1] in "rsxfi" or title.isupper())):
            continue
        rest = re.sub(rf"^{WARRANT}", "", found["rest"])
        name = _name(rest)
        if name:
            end = found.start("rest") + found["rest"].index(rest) + rest.index(name) + len(name)
            yield found.start(), text[found.start() : end]


def _name(words: str) -> str:
    """The run of capitalised words that opens `words`, or nothing where an office or a lower-case word comes first."""
    taken: list[str] = []
    for word in words.split():
        bare = word.strip(".,")
        if not bare or bare.casefold().removesuffix("'s").removesuffix("’s") in office_words():
            break
        if not bare[0].isupper() and bare.casefold() not in PARTICLES:
            break
        taken.append(word)
    while taken and taken[-1].casefold() in PARTICLES and not taken[-1][0].isupper():
        taken.pop()
    return " ".join(taken) if any(word[0].isupper() and len(word.strip(".")) > 1 for word in taken) else ""


def drafter(statement: str) -> str | None:
    """The person named as having drafted the paper, or None where the words before the verb are an office."""
    found = DRAFTED.match(statement)
    if not found:
        return None
    who = found["who"].split(",")[0].strip()
    words = who.split()
    capitals = [word for word in words if word[0].isupper() or word.casefold() in PARTICLES]
    if len(words) < 2 or len(capitals) < len(words) or any(word.casefold() in office_words() for word in words):
        titled = next(titled_names(who), None)
        return titled[1] if titled else None
    return who


def _mentions(text: str, people: list[str | None]) -> Iterator[tuple[int, str]]:
    """Where the text names somebody whom the declarations name too, without a title before it."""
    for person in filter(None, people):
        for found in re.finditer(rf"(?<!\w){re.escape(person)}(?!\w)", text, re.I):
            yield found.start(), found[0]


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Every person named: junior staff stay out of what is published, holders of public office may be named."""
    drafters = [drafter(row.statement) if DRAFTING.search(row.topic) else None for row in record.declarations]
    for words in public_texts(record):
        for start, name in sorted({*titled_names(words.text), *_mentions(words.text, drafters)}):
            yield at_words(
                record,
                "personal-name",
                "needs-person",
                f"“{name}” in {spoken(record, words.place)} looks like a person's name. Withhold it unless the person "
                "holds an office whose holder is named in public; if it is no name, say so.",
                words,
                start,
            )
    for index, person in enumerate(drafters):
        if person:
            yield at_field(
                record,
                "personal-name",
                "needs-person",
                f"The drafting officer is named: {person}. The declarations are never published; see that the "
                "name stands nowhere else.",
                f"declarations[{index}].statement",
            )
