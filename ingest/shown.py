"""What the pages of a paper say, for comparing: whether words somewhere else in the file are told to its reader anyway.

Spaces, dashes, accents of type and the case of letters mean nothing here: `PCD1572` and `PCD 1572` are one reference. A
text stands on the page where its letters and figures stand there in their order, from the beginning of a word to the
end of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import PurePath

from ingest.document import Page

PARTS = re.compile(r"\s[-–—]\s|[—:;|/\n\r,()\[\]•]|\.\s")  # between these, a text says one thing after the other
WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", ""))


class Shown:
    """The words that readers of a paper see, its file name included."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[str] = set()
        self.runs: list[tuple[str, frozenset[int]]] = []
        for text in texts:
            words = words_in(text)
            self.words.update(words)
            self.runs.append(("".join(words), frozenset((0, *accumulate(map(len, words))))))

    @classmethod
    def of(cls, file_name: str, pages: Sequence[Page]) -> Shown:
        """The words of the pages, in reading order over page breaks, and those of the file's name."""
        printed = "\n".join(line.text for page in pages for line in page.lines)
        name = PurePath(file_name)
        return cls((printed, name.stem, name.name))

    def says(self, text: str) -> bool:
        """Whether a text stands on the pages: whole, or each of the parts that its marks divide it into."""
        return self._stands(text) or all(self._stands(part) for part in PARTS.split(text))

    def _stands(self, text: str) -> bool:
        sought = "".join(words_in(text))
        return not sought or any(_stands(sought, run, edges) for run, edges in self.runs)


def _stands(sought: str, run: str, edges: frozenset[int]) -> bool:
    at = run.find(sought)
    while at >= 0:
        if at in edges and at + len(sought) in edges:
            return True
        at = run.find(sought, at + 1)
    return False
