"""Which words of the public places are struck out, sorted to the passage or field they stand in.

A deleted word is still printed, and read as if it stood once its line is gone. The YES/NO questions are answered by
what is struck out, and an approval by what is not, so those are no concern here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from extract.evidence import lines_of
from extract.facts import Evidence, Place
from extract.form import Form
from extract.record import Passage, TablePassage
from ingest.document import Line, Word

PUBLISHED: Final = ("title", "reference", "approval.decision_maker", "part2.marking", "part2.exemptions[")
ALSO_PUBLISHED: Final = ("part2.ceases_when", "deferral.reason")


def struck_words(
    form: Form, passages: Iterable[Passage | TablePassage], evidence: Mapping[str, Evidence]
) -> dict[str, tuple[Evidence, ...]]:
    """The struck words of each passage (by id) and field (by path); those of headings by page, as `page/3`."""
    places: list[tuple[str, Place]] = [(passage.id, place) for passage in passages for place in passage.boxes]
    places.extend((name, place) for name, place in evidence.items() if name.startswith((*PUBLISHED, *ALSO_PUBLISHED)))
    public = {id(line) for part in form.holding("field", "passages", "sections") for line in lines_of(part.flow)}
    found: dict[str, list[Evidence]] = {}
    for line in (line for part in form.parts if part.place.holds != "part2" for line in lines_of(part.flow)):
        for word in line.words:
            if not word.struck or not any(character.isalnum() for character in word.text):
                continue
            names = [name for name, place in places if _stands_in(word, line, place)]
            if not names and id(line) in public:
                names = [f"page/{line.page}"]
            for name in names:
                found.setdefault(name, []).append(Evidence(page=line.page, box=word.box, text=word.text))
    return {name: tuple(words) for name, words in found.items()}


def _stands_in(word: Word, line: Line, place: Place) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    x0, top, x1, bottom = place.box
    return line.page == place.page and x0 <= x <= x1 and top <= y <= bottom
