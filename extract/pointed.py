"""From a place on the page to the words of the record, and back: what somebody drew a box around, or selected.

A word counts as pointed at where at least a third of it lies in the box. What cannot be matched to the text letter by
letter is named as unsure and never guessed at: then only the whole passage can be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.claims import Span
from extract.facts import Place
from extract.located import Print, lines_in, lines_of_text
from extract.record import DecisionRecord
from extract.texts import Text, heading_place, public_texts, texts_of
from ingest.document import Box, Document, Line

ENOUGH = 1 / 3  # of a word's area
AROUND = " ,.;:()[]\"'“”‘’"
Letters = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pointed:
    """The words of the record that lie in a box, and the places that it touches where no words can be told apart."""

    spans: tuple[Span, ...]
    unsure: tuple[str, ...]


def pointed_at(record: DecisionRecord, document: Document, page: int, box: Box) -> Pointed:
    """What a box on a page holds of the texts that could be public; one span for words that follow on one another."""
    spans: list[Span] = []
    unsure: list[str] = []
    for text, lines in _printed(record, document, page):
        touched = [line for line in lines if line.page == page and any(_is_in(w.box, box) for w in line.words)]
        if not touched:
            continue
        found = _spans(text, lines, page, box)
        if found is None:
            unsure.append(text.place)
        else:
            spans += found
    return Pointed(tuple(spans), tuple(unsure))


def places_of_span(record: DecisionRecord, document: Document, place: str, start: int, end: int) -> tuple[Place, ...]:
    """The boxes of the words that print some characters of a text; of all its words where the print says otherwise."""
    for text, lines in _printed(record, document, None, only=place):
        if lines:
            return Print.of(text.text, lines).stretch(start, end).places
    return ()


def _printed(
    record: DecisionRecord, document: Document, page: int | None, only: str | None = None
) -> Iterator[tuple[Text, Sequence[Line]]]:
    """Every text that could be public with the lines that print it, as far as it stands on that page."""
    named = {text.place: (passage, text) for passage in record.passages() for text in texts_of(passage)}
    headings = {heading_place(order, section): section.boxes for order, section in enumerate(record.sections, 1)}
    for text in public_texts(record):
        if only not in (None, text.place):
            continue
        if text.place in named:
            passage, _ = named[text.place]
            if page is None or any(place.page == page for place in passage.boxes):
                yield text, lines_of_text(passage, text, document)
            continue
        seen = record.evidence.get(text.place)
        places = headings.get(text.place) or (seen.places if seen else ())
        if places and (page is None or any(place.page == page for place in places)):
            yield text, lines_in(places, document)


def _spans(text: Text, lines: Sequence[Line], page: int, box: Box) -> list[Span] | None:
    """The stretches of a text whose words lie in the box; None where print and text do not agree on them."""
    told = Print.of(text.text, lines)
    if told.base < 0:
        return None
    at = [n for n, letter in enumerate(text.text) if letter != " "]
    found: list[Letters] = []
    for line, begins, ends in zip(lines, told.starts, told.starts[1:], strict=False):
        reached = begins
        for word in line.words:
            letters = "".join(word.text.split())
            first, last = reached - told.base, reached - told.base + len(letters)
            reached += len(letters)
            if line.page != page or not _is_in(word.box, box) or last <= 0 or first >= len(at):
                continue
            first, last = max(first, 0), min(last, len(at))
            printed = text.text[at[first] : at[last - 1] + 1].replace(" ", "")
            if printed not in letters:
                return None
            found.append((first, last))
        if reached != ends:
            return None
    return [_bare(text, at[first], at[last - 1] + 1) for first, last in _joined(found)]


def _bare(text: Text, start: int, end: int) -> Span:
    """A stretch without the brackets and stops at its ends, which belong to the sentence round it."""
    inner = text.text[start:end].strip(AROUND)
    if inner:
        start = text.text.index(inner, start)
        end = start + len(inner)
    return Span(passage=text.place, start=start, end=end)


def _joined(found: Sequence[Letters]) -> list[Letters]:
    """Words that follow on one another as one stretch."""
    joined: list[Letters] = []
    for first, last in sorted(found):
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _is_in(word: Box, box: Box) -> bool:
    wide = min(word.x1, box.x1) - max(word.x0, box.x0)
    high = min(word.bottom, box.bottom) - max(word.top, box.top)
    return wide > 0 and high > 0 and wide * high >= ENOUGH * max((word.x1 - word.x0) * (word.bottom - word.top), 0.01)
