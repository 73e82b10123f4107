"""Where the same words stand again, however they are written: a second mention undoes the hiding of the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.claims import Review
from extract.formats import legible
from extract.money import find_amounts
from extract.separate import WithheldSpan
from extract.texts import place_words

FEWEST_LETTERS = 4  # fewer stand everywhere by chance
NAME = re.compile(r"[A-Z][\w'&.-]*(?: (?:of|and|the|&) (?=[A-Z])| (?=[A-Z])|[\w'&.-])*")
NUMBER = r"(?<![\w.,£])([0-9][0-9.,]{0,20})"
SCALE = r"(?:[ -]?(?:thousand|million|billion|trillion|bn|tn|[kmb])\b)"
WITHOUT_SIGN = re.compile(rf"{NUMBER}({SCALE}?)[ -]?(?:pounds?|GBP)\b|{NUMBER}({SCALE})", re.IGNORECASE)

Mention = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money at a place of a text, by value."""

    start: int
    end: int
    value: Decimal
    precision: Decimal


def sums(text: str) -> tuple[Sum, ...]:
    """The sums of a text that have a value, those written without a sign included: "3,337,000 pounds", "3.3m"."""
    copy = legible(text)[0]
    found = [(m.start, m.end, m.value, m.precision) for m in find_amounts(copy.text)]
    for printed in WITHOUT_SIGN.finditer(copy.text):
        bare = f"£{(printed[1] or printed[3]).rstrip('.,')}{printed[2] or printed[4] or ''}"
        found += [(*printed.span(), m.value, m.precision) for m in find_amounts(bare)]
    return tuple(
        Sum(*copy.span(start, end), value, precision) for start, end, value, precision in found if value is not None
    )


def occurrences(texts: Mapping[str, str], words: str) -> Iterator[Mention]:
    """Every place where words stand, in any case and with any spaces and dashes, and their sums by value."""
    wanted = [re.escape(part) for part in re.split(r"[\s-]+", legible(words)[0].text) if part]
    pattern = re.compile(rf"(?<!\w){r'[ -]*'.join(wanted)}(?!\w)" if wanted else "(?!)", re.IGNORECASE)
    if wanted and not (words.strip()[0].isalnum() and words.strip()[-1].isalnum()):
        pattern = re.compile(r"[ -]*".join(wanted), re.IGNORECASE)
    values = {amount.value for amount in sums(words)}
    for place, text in texts.items():
        at = {copy.span(*found.span()) for copy in legible(text) for found in pattern.finditer(copy.text)}
        at |= {(amount.start, amount.end) for amount in sums(text) if amount.value in values} if values else set()
        yield from ((place, start, end) for start, end in sorted(at))


def still_public(texts: Mapping[str, str], words: str, kept: Sequence[WithheldSpan]) -> tuple[str, ...]:
    """The places where words stand that nothing keeps back."""
    return tuple(
        dict.fromkeys(
            place
            for place, start, end in occurrences(texts, words)
            if not any(span.place == place and span.start <= start and end <= span.end for span in kept)
        )
    )


def names_in(words: str) -> tuple[str, ...]:
    """The names in some words, as far as capitals tell them: two words or more."""
    return tuple(name for found in NAME.finditer(words) if " " in (name := found[0].strip(" .,")))


def obstacles(texts: Mapping[str, str], review: Review, kept: Sequence[WithheldSpan]) -> tuple[str, ...]:
    """Why a paper waits: words that a person withheld in one place stand in another, one sentence for each such place.

    A passage that is withheld whole names no words, and words of fewer than four letters name nothing.
    """
    overruled = {release.overrules for release in review.releases}
    sentences: list[str] = []
    for claim in review.withholds:
        place, start, end = claim.place.passage, claim.place.start, claim.place.end
        words = texts.get(place, "")[start:end]
        enough = sum(map(str.isalnum, words)) >= FEWEST_LETTERS or sums(words)
        if claim.id in overruled or start is None or not enough:
            continue
        for other in still_public(texts, words, kept):
            where = place_words(other)
            sentences.append(
                f"Words that are withheld {_within(place)} also stand {where[0].lower()}{where[1:]} ({other}). "
                "Withhold them there too, or release them here."
            )
    return tuple(dict.fromkeys(sentences))


def _within(place: str) -> str:
    words = place_words(place)
    return words[0].lower() + words[1:]
