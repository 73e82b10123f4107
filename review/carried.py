"""What people withheld in a decision, looked for in the paper that corrects it: a new file brings no withholding along.

The words may be public by now, but that is for a person to say. The finding names the place and never the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from extract.checks.places import at_field, at_passage
from extract.claims import Finding, Review
from extract.record import DecisionRecord
from extract.separate import Disclosure, WithheldSpan, wording
from extract.texts import public_texts
from review.mentions import Mention, names_something, occurrences, still_public, within
from review.telling import names_told, printed_small, told_again
from review.wording import Word, words_of

CHECK = "withheld-before"
ROW = 6  # words: so many in a row are no chance, where a passage comes again with a word changed


@dataclass(frozen=True, slots=True)
class Earlier:
    """The paper that is corrected, as it stands: its record, what people said of it, and how it is split.

    `words` are those that a withholding named where its text is another by now; `whole` says that people agreed to
    withhold all of it.
    """

    record: DecisionRecord
    review: Review
    disclosure: Disclosure
    words: Mapping[str, str]
    whole: bool = False


def carried_over(earlier: Iterable[Earlier], record: DecisionRecord, disclosure: Disclosure) -> tuple[Finding, ...]:
    """A finding for each place of a correction that would make public what people withheld in the papers before it."""
    papers = tuple(earlier)
    if not papers:
        return ()  # nearly always
    texts, kept = _texts(record), disclosure.part2.spans
    found: dict[str, set[str]] = {}  # by place, the ids of the withholdings
    for before in papers:
        for claim, place in _again(before, texts, kept):
            found.setdefault(place, set()).add(claim)
    told = tuple(_finding(record, place, found[place]) for place in texts if place in found)
    return (*told, _of_the_whole(record)) if any(before.whole for before in papers) else told


def _again(before: Earlier, texts: Mapping[str, str], kept: Sequence[WithheldSpan]) -> Iterator[tuple[str, str]]:
    """Each withholding of a person with each public place that says again what it keeps back.

    What a passage that is withheld whole shares with public ones tells nothing; chosen words must stand nowhere.
    """
    printed, small, gone = _texts(before.record), printed_small(texts), before.disclosure.part2.spans
    overruled = {release.overrules for release in before.review.releases}
    rows = {place: set(_rows(text, place, kept)) for place, text in texts.items()}
    public = {row for place, text in printed.items() for row in _rows(text, place, gone)}
    for claim in before.review.withholds:
        if claim.id in overruled:
            continue
        chosen = claim.place.start is not None
        parts = [span.withheld_text.get_secret_value() for span in gone if claim.id in span.claims]
        parts = [*([before.words[claim.id]] if claim.id in before.words else ()), *parts]
        for part in dict.fromkeys(parts):
            for place, start, end in _mentions(texts, part, small):
                covered = any(s.place == place and s.start <= start and end <= s.end for s in kept)
                if not covered and (chosen or not still_public(printed, texts[place][start:end], gone)):
                    yield claim.id, place
            told = set(_rows(part)) - (set() if chosen else public)
            yield from ((claim.id, place) for place, said in rows.items() if told & said)


def _mentions(texts: Mapping[str, str], words: str, small: frozenset[str]) -> Iterator[Mention]:
    """Every place where some words stand, or a name in them, whole or by a word that tells it."""
    if names_something(words):
        yield from occurrences(texts, words)
        for told in names_told(words, small):
            yield from told_again(texts, told.name, small)


def _rows(text: str, place: str = "", kept: Sequence[WithheldSpan] = ()) -> Iterator[tuple[str, ...]]:
    """Every row of words in a text of which nothing is kept back."""
    hidden = [(span.start, span.end) for span in kept if span.place == place]
    words = words_of(text)
    for at in range(len(words) - ROW + 1):
        row = words[at : at + ROW]
        if not _cut(row, hidden):
            yield tuple(word.meaning for word in row)


def _cut(row: Sequence[Word], hidden: Collection[tuple[int, int]]) -> bool:
    return any(start < row[-1].end and row[0].start < end for start, end in hidden)


def _texts(record: DecisionRecord) -> dict[str, str]:
    return {text.place: text.text for text in public_texts(record)}


def _finding(record: DecisionRecord, place: str, claims: Collection[str]) -> Finding:
    message = (
        f"Words that were withheld in the version before stand {within(place)} ({place}). Withhold them here too, or "
        "say why they may be public now."
    )
    # An answer is given to these withholdings and this text: where either is another, it is asked anew.
    said = f"{sorted(claims)} {wording(record, place)}"
    return at_passage(record, CHECK, "blocks", message, (place,), detail=sha256(said.encode()).hexdigest()[:16])


def _of_the_whole(record: DecisionRecord) -> Finding:
    message = "All of the version before is withheld. Withhold all of this one too, or say why it may be public now."
    return at_field(record, CHECK, "blocks", message, "source")
