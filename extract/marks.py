"""What a paper bears beside its words, asked for by place: boxes, rings, ticks, highlights, what is laid over words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ingest.document import Box, DigitalSignature, Document, Mark, MarkKind

HELD = 0.6  # of a word's width: a ring or a highlight that holds less of it is about something else
COVERED = 0.3  # of a word's area: so much ink on it is about that word


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of each page, and the paper's fields for digital signatures."""

    pages: Mapping[int, tuple[Mark, ...]] = field(default_factory=dict)
    signatures: tuple[DigitalSignature, ...] = ()

    def within(self, page: int, place: Box, *kinds: MarkKind) -> Iterator[Mark]:
        """Those of these kinds whose middle lies in a place; of any kind where none is given."""
        for mark in self.pages.get(page, ()):
            x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.top + mark.box.bottom) / 2
            inside = place.x0 <= x <= place.x1 and place.top <= y <= place.bottom
            if inside and (not kinds or mark.kind in kinds):
                yield mark

    def around(self, page: int, word: Box, *kinds: MarkKind) -> Iterator[Mark]:
        """Those of these kinds that hold nearly the whole width of a word, and its middle."""
        middle = (word.top + word.bottom) / 2
        for mark in self.pages.get(page, ()):
            held = min(mark.box.x1, word.x1) - max(mark.box.x0, word.x0)
            if mark.kind in kinds and held > HELD * word.width and mark.box.top <= middle <= mark.box.bottom:
                yield mark

    def over(self, page: int, word: Box, *kinds: MarkKind) -> Iterator[Mark]:
        """Those of these kinds that lie on a good part of a word."""
        area = word.width * word.height
        for mark in self.pages.get(page, ()):
            if mark.kind in kinds and mark.box.overlap(word) > COVERED * area:
                yield mark


def marks_of(document: Document) -> Marks:
    """All marks of a paper; words that are in the file and cannot be seen are covered."""
    pages = {page.number: page.marks for page in document.pages if page.marks}
    for found in document.hidden:
        if found.kind == "hidden-text" and found.page and found.box:
            cover = Mark("cover", found.box, found.page)
            pages[found.page] = (*pages.get(found.page, ()), cover)
    return Marks(pages, document.signatures)
