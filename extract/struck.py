"""Which words of the public places are struck out, sorted to the passage or field they stand in.

A deleted word is still printed, and read as if it stood once its line is gone. The YES/NO questions are answered by
what is struck out, and an approval by what is not, so those are no concern here.
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

PUBLISHED: Final = ("title", "reference", "approval.decision_maker", "part2.marking", "part2.exemptions[")
ALSO_PUBLISHED: Final = ("part2.ceases_when", "deferral.reason")


def struck_words(
    document: Document, form: Form, passages: Iterable[Passage | TablePassage], evidence: Mapping[str, Evidence]
) -> dict[str, tuple[Evidence, ...]]:
    """The struck words of each passage (by id) and field (by path); those of headings by page, as `page/3`."""
    named = [(passage.id, place) for passage in passages for place in passage.boxes]
    read = {name: one for name, one in evidence.items() if name.startswith((*PUBLISHED, *ALSO_PUBLISHED))}
    named += [(name, place) for name, one in read.items() for place in one.places]
    public = {id(line) for part in form.holding("field", "passages", "sections") for line in lines_of(part.flow)}
    of_form = (line for part in form.parts if part.place.holds != "part2" for line in lines_of(part.flow))
    lines = (*of_form, *(line for note in document.notes for line in note.lines))
    crossed = (line for line in lines if any(run.struck for run in line.runs))
    return standing(crossed, named, public, lambda word: word.struck and any(map(str.isalnum, word.text)))
