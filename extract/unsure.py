"""Which words of a scan an engine was not sure of, sorted to the passage or field they stand in.

A wrong figure in a recommendation looks like any other, so a person is shown each place that was read unsurely. Words
of Part 2 are not listed: nothing of it is published, and its text stays where it is secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from extract.evidence import lines_of
from extract.facts import Evidence, Place
from extract.form import Form
from extract.record import Passage, TablePassage
from ingest.document import Document, Line, Word

SURE: Final = 0.6  # an engine that says less than this of a word is wrong every third time


def unsure_words(
    document: Document,
    form: Form,
    passages: Iterable[Passage | TablePassage],
    evidence: Mapping[str, Evidence],
) -> dict[str, tuple[Evidence, ...]]:
    """The unsure words of each passage (by id) and field (by path); those of headings by page, as `page/3`."""
    read = {page.number for page in document.pages if page.ocr}
    if not read:
        return {}
    places: list[tuple[str, Place]] = [(passage.id, place) for passage in passages for place in passage.boxes]
    places.extend(evidence.items())
    public = {line for part in form.holding("passages", "sections") for line in lines_of(part.flow)}
    found: dict[str, list[Evidence]] = {}
    for line in (line for page in document.pages if page.number in read for line in page.lines):
        for word in line.words:
            if word.confidence >= SURE:
                continue
            names = [name for name, place in places if _stands_in(word, line, place)]
            if not names and line in public:
                names = [f"page/{line.page}"]
            for name in names:
                found.setdefault(name, []).append(Evidence(page=line.page, box=word.box, text=word.text))
    return {name: tuple(words) for name, words in found.items()}


def _stands_in(word: Word, line: Line, place: Place) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    x0, top, x1, bottom = place.box
    return line.page == place.page and x0 <= x <= x1 and top <= y <= bottom
