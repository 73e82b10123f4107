"""Where the same words stand again, however they are written: a second mention undoes the hiding of the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from extract.claims import Review
from extract.formats import legible
from extract.name_words import words as known_words
from extract.number_words import written_numbers
from extract.separate import WithheldSpan
from extract.sums import Sum, sums
from extract.texts import place_words
from review.telling import told_again
from review.wording import same_words, words_of

FEWEST_LETTERS = 4  # fewer stand everywhere by chance
LEAST_WRITTEN = 1000  # pounds: fewer in words count other things
FEW_WORDS = 5  # a date or a percentage in so few is what is withheld; in more it may be one that everybody knows
NAME = re.compile(r"[A-Z][\w'&.-]*(?: (?:of|and|the|&) (?=[A-Z])| (?=[A-Z])|[\w'&.-])*")
Mention = tuple[str, int, int]


def told_sums(text: str) -> tuple[Sum, ...]:
    """The sums of a text, and those written out: "three point three million"."""
    written = (Sum(n.start, n.end, n.value, n.unit / 2) for n in written_numbers(text) if n.value >= LEAST_WRITTEN)
    return (*sums(text), *written)


def occurrences(texts: Mapping[str, str], words: str) -> Iterator[Mention]:
    """Every place where words stand: in any case, with any spaces and dashes, sums, dates and the like by value."""
    wanted = [re.escape(part) for part in re.split(r"[\s-]+", legible(words)[0].text) if part]
    opens = r"(?<!\w)(?<!\d[.,])" if words.strip()[:1].isalnum() else ""
    closes = r"(?!\w)" if words.strip()[-1:].isalnum() else ""
    pattern = re.compile(rf"{opens}{r'[ -]*'.join(wanted)}{closes}" if wanted else "(?!)", re.IGNORECASE)
    values = {amount.value for amount in told_sums(words)}
    said = words_of(words)
    valued = {word.meaning for word in said if word.valued} if len(said) <= FEW_WORDS else set()
    named = words[:1].isupper() and words.casefold() in known_words().also_names  # "Price" is a name, and no price
    for place, text in texts.items():
        at = {copy.span(*found.span()) for copy in legible(text) for found in pattern.finditer(copy.text)}
        if named:
            at = {(start, end) for start, end in at if not text[start:end].islower()}
        at |= {(amount.start, amount.end) for amount in told_sums(text) if amount.value in values} if values else set()
        at |= {(word.start, word.end) for word in words_of(text) if word.meaning in valued} if valued else set()
        at |= set(same_words(text, words)) if len(said) > 1 else set()
        yield from ((place, start, end) for start, end in _longest(at))


def _longest(spots: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of places that lie within one another the widest, in order."""
    last = -1
    for start, end in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if end > last:
            last = end
            yield start, end


def still_public(texts: Mapping[str, str], words: str, kept: Sequence[WithheldSpan]) -> tuple[str, ...]:
    """The places where words stand that nothing keeps back."""
    return _uncovered(occurrences(texts, words), kept)


def still_told(texts: Mapping[str, str], words: str, kept: Sequence[WithheldSpan]) -> tuple[str, ...]:
    """The places where a name in some words stands, in whole or by a word that tells it, that nothing keeps back."""
    return _uncovered(told_again(texts, words), kept)


def _uncovered(mentions: Iterable[Mention], kept: Sequence[WithheldSpan]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            place
            for place, start, end in mentions
            if not any(span.place == place and span.start <= start and end <= span.end for span in kept)
        )
    )


def names_in(words: str) -> tuple[str, ...]:
    """The names in some words, as far as capitals tell them: two words or more."""
    return tuple(name for found in NAME.finditer(words) if " " in (name := found[0].strip(" .,")))


def obstacles(
    texts: Mapping[str, str],
    review: Review,
    kept: Sequence[WithheldSpan],
    named: Mapping[str, str] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Why a paper waits: words that a person withheld in one place stand in another, one sentence for each such place.

    A passage that is withheld whole names no words, and words of fewer than four letters name nothing. `named` are the
    words of those claims whose text has been corrected since.
    """
    overruled = {release.overrules for release in review.releases}
    sentences: list[str] = []
    for claim in review.withholds:
        place, start, end = claim.place.passage, claim.place.start, claim.place.end
        words = named.get(claim.id, texts.get(place, "")[start:end])
        if claim.id in overruled or (start is None and claim.id not in named) or not names_something(words):
            continue
        same = still_public(texts, words, kept)
        sentences += [
            f"Words that are withheld {within(place)} also stand {within(other)} ({other}). "
            "Withhold them there too, or release them here."
            for other in same
        ]
        sentences += [
            f"A name that is withheld {within(place)} also stands, in part or in another spelling, {within(other)} "
            f"({other}). Withhold it there too, or release the words here and withhold fewer."
            for other in still_told(texts, words, kept)
            if other not in same
        ]
    return tuple(dict.fromkeys(sentences))


def names_something(words: str) -> bool:
    """Whether words are enough to be looked for: fewer letters than a few stand everywhere by chance."""
    enough = sum(map(str.isalnum, words)) >= FEWEST_LETTERS
    return enough or bool(sums(words)) or any(word.valued for word in words_of(words))


def within(place: str) -> str:
    """A place as a sentence says it: "in paragraph 2.2"."""
    words = place_words(place)
    return words[0].lower() + words[1:]
