"""One text, cut: which characters are public, which are withheld, and the fixed words that stand in their place.

The words of a mark depend on its grounds alone, so nothing about a mark tells how much it hides or what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.claims import Marking, Withhold
from extract.texts import Text

Claim = Marking | Withhold


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters `start` to `end` of a text that are withheld, and the claims that withhold them."""

    start: int
    end: int
    claims: tuple[Claim, ...]


def cut(text: str, claims: Iterable[Claim]) -> tuple[Cut, ...]:
    """The withheld stretches of a text, in order and apart; where claims overlap or touch they are one stretch.

    Stretches with nothing but spaces and punctuation between them are joined, so that nobody can count the words.
    """
    stretches = []
    for claim in claims:
        start = 0 if claim.place.start is None else min(claim.place.start, len(text))
        end = len(text) if claim.place.end is None else min(claim.place.end, len(text))
        if start < end:
            stretches.append(Cut(start, end, (claim,)))
    joined: list[Cut] = []
    for stretch in sorted(stretches, key=lambda s: (s.start, s.end, s.claims[0].id)):
        last = joined[-1] if joined else None
        if last and not any(character.isalnum() for character in text[last.end : stretch.start]):
            both = (*last.claims, *(claim for claim in stretch.claims if claim not in last.claims))
            joined[-1] = Cut(last.start, max(last.end, stretch.end), both)
        else:
            joined.append(stretch)
    return tuple(joined)


def grounds_of(stretch: Cut) -> tuple[str | None, ...]:
    """The exemptions claimed for a stretch, each once, in a fixed order."""
    return tuple(sorted({claim.exemption for claim in stretch.claims}, key=lambda key: key or ""))


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with its withheld stretches replaced. `marks` are (start, end) in `public_text`, one for each cut."""

    text: Text
    cuts: tuple[Cut, ...]
    public_text: str
    marks: tuple[tuple[int, int], ...]


def redact(text: Text, claims: Iterable[Claim], labels: dict[str, str]) -> Redacted:
    """Replace each withheld stretch by its mark; `labels` gives the plain words of each exemption."""
    cuts = cut(text.text, claims)
    public, marks, at = "", [], 0
    for stretch in cuts:
        public += text.text[at : stretch.start]
        words = mark_words(grounds_of(stretch), labels)
        marks.append((len(public), len(public) + len(words)))
        public += words
        at = stretch.end
    return Redacted(text, cuts, public + text.text[at:], tuple(marks))


def mark_words(grounds: tuple[str | None, ...], labels: dict[str, str]) -> str:
    """The words of a mark: the ground in plain words, or how many grounds there are."""
    if len(grounds) != 1:
        return f"[Withheld: {len(grounds)} grounds]"
    return f"[Withheld: {labels.get(grounds[0] or '', 'ground to be confirmed')}]"
