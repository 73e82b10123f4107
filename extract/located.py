"""Where the sums and contracts of a record stand on paper: the very words, found again in the passage that prints them.

They are read from a passage's text, which has no places any more; so the passage's lines are taken from its boxes and
the letters of both laid side by side, without spaces, since a line's end is a space in one and none in the other. Only
the runs in which a stretch begins or ends are cut, at its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from extract.evidence import evidence_of_print
from extract.facts import Amount, Award, Evidence, Place
from extract.money import find_amounts
from extract.record import DecisionRecord, Passage, TablePassage
from extract.texts import Text, texts_of
from ingest.document import Box, Document, Line, Table, Word
from ingest.runs import WORD, Run

LOOSE = re.compile(r"[\s-]+")
SLACK = 0.02  # points: boxes of the record are rounded
PRINTED = {
    "supplier": "supplier", "purpose": "purpose", "framework": "framework", "value": "value_as_printed", "term": "term",
    "extension_options": "extension_options", "total_after": "total_after_as_printed",
}  # fmt: skip


class Span(NamedTuple):
    """Some characters of the text of a place."""

    place: str
    start: int
    end: int


class Piece(NamedTuple):
    """A run, and which letters it prints of those of all lines."""

    begin: int
    end: int
    run: Run


@dataclass(frozen=True, slots=True)
class Print:
    """A text and the lines that print it, each in pieces; `starts` is where each line begins, `base` the text."""

    text: str
    lines: Sequence[Line]
    pieces: Sequence[Sequence[Piece]]
    starts: Sequence[int]
    base: int

    @classmethod
    def of(cls, text: str, lines: Sequence[Line]) -> Print:
        letters, pieces, starts = "", [], [0]
        for line in lines:
            row = []
            # Where runs touch, a word may go over several of them: then each word is taken as a run.
            for run in line.part(line.words).runs if any(run.glued for run in line.runs) else line.runs:
                begin, letters = len(letters), letters + _squeezed(run.text)
                row.append(Piece(begin, len(letters), run))
            pieces.append(row)
            starts.append(len(letters))
        return cls(text, lines, pieces, starts, letters.find(text.replace(" ", "")))

    def stretch(self, start: int, end: int) -> Evidence:
        """The words that print characters `start` to `end`; all of them where the print says something else."""
        first, last = self._letters_before(start), self._letters_before(end)
        if self.base < 0 or first == last:
            return evidence_of_print((line, line.runs) for line in self.lines)
        return evidence_of_print(
            (self.lines[n], self._printing(n, first, last))
            for n in range(bisect_right(self.starts, first) - 1, bisect_left(self.starts, last))
        )

    def _letters_before(self, at: int) -> int:
        return self.base + at - self.text.count(" ", 0, at)

    def _printing(self, n: int, first: int, last: int) -> Sequence[Run]:
        """Of line `n` the words that print the letters `first` to `last`; all of it as it is where they all do."""
        if first <= self.starts[n] and self.starts[n + 1] <= last:
            return self.lines[n].runs
        return [
            run if first <= begin and end <= last else _part(run, first - begin, last - begin)
            for begin, end, run in self.pieces[n]
            if first < end and begin < last
        ]


def _part(run: Run, first: int, last: int) -> Run:
    """The words of a run that print its letters `first` to `last`."""
    letters, start, end = 0, len(run.text), 0
    for word in WORD.finditer(run.text):
        if letters >= last:
            break
        letters += len(word[0])
        if letters > first:
            start, end = min(start, word.start()), word.end()
    if end - start == len(run.text):
        return run
    box = Box(run.place_of(start), run.box.top, run.place_of(end), run.box.bottom)
    return run._replace(text=run.text[start:end], box=box)


def located(record: DecisionRecord, document: Document) -> dict[str, Evidence]:
    """Where each `amounts[n]` and `awards[n].FIELD` was read; what no words print as it stands, from the whole text."""
    texts = {text.place: (passage, text) for passage in record.passages() for text in texts_of(passage)}
    told = dict.fromkeys([*(one.passage for one in record.amounts), *(one.recommendation for one in record.awards)])
    prints = {place: Print.of(texts[place][1].text, lines_of_text(*texts[place], document)) for place in told}
    printed = {place: print_.text for place, print_ in prints.items() if print_.lines}
    spans = dict((*_of_amounts(record.amounts, printed), *_of_awards(record.awards, printed)))
    # What an award is worth is most often one of the sums as well.
    stretches = {span: prints[span.place].stretch(span.start, span.end) for span in set(spans.values())}
    return {path: stretches[span] for path, span in spans.items()}


def _of_amounts(amounts: Sequence[Amount], texts: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    for place, group in groupby(enumerate(amounts), key=lambda numbered: numbered[1].passage):
        for (n, _), money in zip(group, find_amounts(texts.get(place, "")), strict=False):
            yield f"amounts[{n}]", Span(place, money.start, money.end)


def _of_awards(awards: Sequence[Award], texts: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    for n, award in enumerate(awards):
        place = award.recommendation
        text = texts.get(place)
        if text is None:
            continue
        yield f"awards[{n}].kind", Span(place, 0, len(text))
        for field, printed_as in PRINTED.items():
            if printed := getattr(award, printed_as):
                yield f"awards[{n}].{field}", Span(place, *_span(text, printed))


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


def lines_of_text(passage: Passage | TablePassage, text: Text, document: Document) -> Sequence[Line]:
    """The lines that print one text of a passage: all in its boxes, or those of one cell."""
    if isinstance(passage, Passage):
        return lines_in(passage.boxes, document)
    cell = re.fullmatch(r".*/r(\d+)/c(\d+)", text.place)
    for table in document.tables if cell else ():
        if cell and _is(table, passage):
            return table.rows[int(cell[1])][int(cell[2])].lines
    return ()


def _is(table: Table, passage: TablePassage) -> bool:
    first, box = passage.boxes[0], table.boxes[0]
    return table.pages[0] == first.page and all(abs(a - b) < SLACK for a, b in zip(box, first.box, strict=True))


def lines_in(places: Sequence[Place], document: Document) -> list[Line]:
    """The lines of the paper that stand in these places, in reading order; of one that sticks out the words inside."""
    found: list[Line] = []
    for place in places:
        x0, top, x1, bottom = place.box
        for line in document.pages[place.page - 1].lines:
            left, above, right, below = line.box
            if not (above < bottom and below > top):
                continue
            if x0 - SLACK <= left and right <= x1 + SLACK and top - SLACK <= above and below <= bottom + SLACK:
                found.append(line)
            elif words := [word for word in line.words if _is_in(word, place)]:
                found.append(line.part(words))
    return found


def _is_in(word: Word, place: Place) -> bool:
    """Whether the middle of a word lies in a place."""
    x0, top, x1, bottom = place.box
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return x0 - SLACK <= x <= x1 + SLACK and top - SLACK <= y <= bottom + SLACK


def _squeezed(text: str) -> str:
    return "".join(text.split())
