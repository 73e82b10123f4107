"""Where the sums and contracts of a record stand on paper: the very words, found again in the passage that prints them.

They are read from a passage's text, which has no places any more; so the passage's words are taken from its boxes and
the letters of both laid side by side, without spaces, since a line's end is a space in one and none in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from extract.evidence import evidence_of_words
from extract.facts import Award, Evidence, Place
from extract.money import find_amounts
from extract.record import DecisionRecord, Passage, TablePassage
from extract.texts import Text, texts_of
from ingest.document import Document, Line, Table, Word

LOOSE = re.compile(r"[\s-]+")
SLACK = 0.02  # points: boxes of the record are rounded
PRINTED = {
    "supplier": "supplier", "purpose": "purpose", "framework": "framework", "value": "value_as_printed", "term": "term",
    "extension_options": "extension_options", "total_after": "total_after_as_printed",
}  # fmt: skip
Words = Sequence[tuple[Line, Word]]


@dataclass(frozen=True, slots=True)
class Print:
    """A text and the words that print it; `ends` is where each word ends among the letters of all, `base` the text."""

    text: str
    words: Words
    ends: Sequence[int]
    base: int

    @classmethod
    def of(cls, text: str, words: Words) -> Print:
        letters = "".join(word.text for _, word in words)
        return cls(text, words, tuple(accumulate(len(word.text) for _, word in words)), letters.find(_squeezed(text)))

    def stretch(self, start: int, end: int) -> Evidence:
        """The words that print characters `start` to `end`; all of them where the print says something else."""
        if self.base < 0:
            return evidence_of_words(self.words)
        first = self.base + len(_squeezed(self.text[:start]))
        last = first + len(_squeezed(self.text[start:end]))
        chosen = self.words[bisect_right(self.ends, first) : bisect_left(self.ends, last) + 1] if last > first else ()
        return evidence_of_words(chosen or self.words)


def located(record: DecisionRecord, document: Document) -> dict[str, Evidence]:
    """Where each `amounts[n]` and `awards[n].FIELD` was read; what no words print as it stands, from the whole text."""
    passages = {passage.id: passage for passage in record.passages()}
    seen = dict(_amounts(record, passages, document))
    for n, award in enumerate(record.awards):
        passage = passages[award.recommendation]
        if isinstance(passage, Passage):
            seen |= _award(f"awards[{n}]", award, Text(passage.id, passage.text), _words_in(passage.boxes, document))
    return seen


def _amounts(
    record: DecisionRecord, passages: Mapping[str, Passage | TablePassage], document: Document
) -> Iterator[tuple[str, Evidence]]:
    for place, group in groupby(enumerate(record.amounts), key=lambda numbered: numbered[1].passage):
        passage = passages.get(place) or passages[place.rpartition("/")[0].partition("/r")[0]]
        text = next(text for text in texts_of(passage) if text.place == place)
        print_ = Print.of(text.text, _printing(passage, text, document))
        for (n, _), money in zip(group, find_amounts(text.text) if print_.words else (), strict=False):
            yield f"amounts[{n}]", print_.stretch(money.start, money.end)


def _award(path: str, award: Award, text: Text, words: Words) -> dict[str, Evidence]:
    if not words:
        return {}
    print_ = Print.of(text.text, words)
    seen = {f"{path}.kind": print_.stretch(0, len(text.text))}
    for field, printed_as in PRINTED.items():
        printed = getattr(award, printed_as)
        if printed:
            start, end = _span(text.text, printed)
            seen[f"{path}.{field}"] = print_.stretch(start, end)
    return seen


def _span(text: str, printed: str) -> tuple[int, int]:
    """Where words stand in a text, "1 year" in "1-year" too; the whole text where they do not."""
    at = text.find(printed)
    while at >= 0:
        end = at + len(printed)
        if not _is_inside_word(text, at - 1) and not _is_inside_word(text, end):
            return at, end
        at = text.find(printed, at + 1)
    loose = r"[\s-]+".join(re.escape(part) for part in LOOSE.split(printed.removesuffix("s")))
    found = re.search(loose, text)
    return found.span() if found else (0, len(text))


def _is_inside_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _printing(passage: Passage | TablePassage, text: Text, document: Document) -> Words:
    """The words that print one text of a passage: all in its boxes, or those of one cell."""
    if isinstance(passage, Passage):
        return _words_in(passage.boxes, document)
    cell = re.fullmatch(r".*/r(\d+)/c(\d+)", text.place)
    for table in document.tables if cell else ():
        if cell and _is(table, passage):
            lines = table.rows[int(cell[1])][int(cell[2])].lines
            return [(line, word) for line in lines for word in line.words]
    return ()


def _is(table: Table, passage: TablePassage) -> bool:
    first, box = passage.boxes[0], table.boxes[0]
    return table.pages[0] == first.page and all(abs(a - b) < SLACK for a, b in zip(box, first.box, strict=True))


def _words_in(places: Sequence[Place], document: Document) -> Words:
    """The words of the paper that stand in these places, in reading order."""
    found: list[tuple[Line, Word]] = []
    for place in places:
        x0, top, x1, bottom = place.box
        for line in document.pages[place.page - 1].lines:
            left, above, right, below = line.box
            if not (above < bottom and below > top):
                continue
            if x0 <= left and right <= x1 and top <= above and below <= bottom:
                found.extend((line, word) for word in line.words)
                continue
            for word in line.words:
                x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
                if x0 - SLACK <= x <= x1 + SLACK and top - SLACK <= y <= bottom + SLACK:
                    found.append((line, word))
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())
