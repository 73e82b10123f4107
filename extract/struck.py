"""Which words of the public places are struck out or written over, sorted to the passage or field they stand in.

A deleted word is still printed, and read as if it stood once its line is gone. The YES/NO questions are answered by
what is struck out, and an approval by what is not, so those are no concern here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final

from extract.editions import PUBLIC
from extract.evidence import lines_of
from extract.facts import Evidence
from extract.form import Form
from extract.marks import marks_of
from extract.record import Passage, TablePassage
from extract.standing import standing
from ingest.document import Document, Line, Word

PUBLISHED: Final = ("title", "reference", "approval.decision_maker", "part2.marking", "part2.exemptions[")
HIGHER: Final = 2.5  # times a word's height: ink on that word alone is lower
IS_STRUCK = attrgetter("struck")
ALSO_PUBLISHED: Final = ("part2.ceases_when", "deferral.reason")


def struck_words(
    document: Document, form: Form, passages: Iterable[Passage | TablePassage], evidence: Mapping[str, Evidence]
) -> dict[str, tuple[Evidence, ...]]:
    """The struck words of each passage (by id) and field (by path); those of headings by page, as `page/3`."""
    marks = marks_of(document)

    def may_be_crossed(line: Line) -> bool:
        return line.page in marks.pages or any(map(IS_STRUCK, line.runs))

    crossed: list[Line] = []
    public: set[int] = set()
    for part in form.parts:
        here = list(filter(may_be_crossed, lines_of(part.flow if part.place.holds != "part2" else ())))
        crossed += here
        public.update(map(id, here) if part.place.holds in PUBLIC else ())
    crossed += (line for note in document.notes for line in note.lines if may_be_crossed(line))
    if not crossed:
        return {}
    named = [(passage.id, place) for passage in passages for place in passage.boxes]
    read = {name: one for name, one in evidence.items() if name.startswith((*PUBLISHED, *ALSO_PUBLISHED))}
    named += [(name, place) for name, one in read.items() for place in one.places]

    def is_crossed(line: Line, word: Word) -> bool:
        over = (mark.box.height for mark in marks.over(line.page, word.box, "ink"))
        touched = any(height < HIGHER * word.box.height for height in over)  # a stamp or a drawing is higher
        return (word.struck or touched) and any(map(str.isalnum, word.text))

    return standing(crossed, named, public, is_crossed)
