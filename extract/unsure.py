"""Which words of a scan an engine was not sure of, sorted to the passage or field they stand in.

A wrong figure in a recommendation looks like any other, so a person is shown each place that was read unsurely. Words
of Part 2 are not listed: nothing of it is published, and its text stays where it is secret.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from extract.evidence import lines_of
from extract.facts import Evidence
from extract.form import Form
from extract.record import Passage, TablePassage
from extract.standing import standing
from ingest.document import Document

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
    named = [(passage.id, place) for passage in passages for place in passage.boxes]
    named += [(name, place) for name, one in evidence.items() for place in one.places]
    public = {id(line) for part in form.holding("passages", "sections") for line in lines_of(part.flow)}
    lines = (line for page in document.pages if page.number in read for line in page.lines)
    return standing(lines, named, public, lambda _, word: word.confidence < SURE)
