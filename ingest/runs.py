"""Runs of print, as a text object draws them, and the words they are cut into. Frozen values; no I/O.

A run is one font, one size, one line. Where its words stand follows from the widths of its characters, so they need not
be made before somebody asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

WORD = re.compile(r"\S+")
SPACE = re.compile(r"\s+")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
made = tuple.__new__  # of a kind of named tuple and all its values; by its name it costs three times as much


class Box(NamedTuple):
    """A rectangle in points, origin at the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        (a, b, c, d), (x0, top, x1, bottom) = self, other
        return made(Box, (a if a < x0 else x0, b if b < top else top, c if c > x1 else x1, d if d > bottom else bottom))

    def meets(self, other: Box, reach: float) -> bool:
        """Whether the two touch, or stand no farther apart than so many points."""
        across = self.x0 - reach <= other.x1 and other.x0 - reach <= self.x1
        return across and self.top - reach <= other.bottom and other.top - reach <= self.bottom

    def overlap(self, other: Box) -> float:
        """The area both share, in square points."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


class Word(NamedTuple):
    """A word as printed. `struck`: deleted by a line drawn through it. `glued`: no space before it.

    `confidence` is 1 for text that is in the file; for text read from a picture, how sure the engine was of it.
    `raised`: set small and above the line, as the mark of a footnote is. `note`: it is the mark of that note (an index
    into `Document.notes`) and no part of the text.
    """

    text: str
    box: Box
    font: str
    size: float
    bold: bool
    italic: bool
    struck: bool = False
    glued: bool = False
    confidence: float = 1.0
    raised: bool = False
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """A font as it is printed, with the width of each character that is printed in it, in units of the type size."""

    name: str
    bold: bool
    italic: bool
    widths: dict[str, float] = field(default_factory=dict, compare=False, repr=False)


class Run(NamedTuple):
    """Characters that one text object prints, without white space at its ends, from its first ink to its last.

    `unit`: points to a unit of the face; `wider`: points more to each space inside; neither counts where there is none.
    `space_before`, `space_after`: white space is printed there. `glued`: no space parts it from the run before.
    """

    text: str
    box: Box
    baseline: float
    face: Face
    size: float
    unit: float = 0.0
    wider: float = 0.0
    space_before: bool = False
    space_after: bool = False
    struck: bool = False
    glued: bool = False
    confidence: float = 1.0
    raised: bool = False
    note: int | None = None

    @classmethod
    def of(cls, word: Word, baseline: float) -> Run:
        """A word that is a run by itself."""
        face = Face(word.font, word.bold, word.italic)
        run = cls(word.text, word.box, baseline, face, word.size, struck=word.struck, glued=word.glued)
        return run._replace(confidence=word.confidence, raised=word.raised, note=word.note)

    @property
    def opening(self) -> str:
        """The first word."""
        return self.text.split(None, 1)[0]

    @property
    def opening_width(self) -> float:
        """How wide the first word is."""
        word = self.opening
        if len(word) == len(self.text):
            return self.box.x1 - self.box.x0
        return sum(map(self.face.widths.__getitem__, word)) * self.unit

    def begins(self) -> list[int]:
        """Where each of its words begins in the text."""
        words = self.text.split()
        if " ".join(words) == self.text:  # nearly always: single spaces
            return list(accumulate([len(word) + 1 for word in words[:-1]], initial=0))
        return [word.start() for word in WORD.finditer(self.text)]

    def place_of(self, at: int) -> float:
        """Where the character at this place of the text begins."""
        before = self.text[:at]
        wide = sum(map(self.face.widths.__getitem__, before)) * self.unit
        return self.box.x0 + wide + self.wider * (sum(map(str.isspace, before)) if self.wider else 0)

    @property
    def first_space(self) -> float:
        """How wide the white space after the first word is; 0 where there is one word."""
        text = self.text
        found = SPACE.search(text)
        return self._wide(found[0]) if found else 0.0

    def _wide(self, space: str) -> float:
        return sum(map(self.face.widths.__getitem__, space)) * self.unit + self.wider * len(space)

    @property
    def widest_space(self) -> float:
        """How wide the widest white space between two of its words is."""
        text = self.text
        words = text.split()
        if len(words) == 1:
            return 0.0
        if " ".join(words) == text:  # nearly always: single spaces
            return self.face.widths[" "] * self.unit + self.wider
        return max(self._wide(found[0]) for found in SPACE.finditer(text))

    def pieces(self) -> Iterator[Run]:
        """Its words, each as a run by itself."""
        if SPACE.search(self.text) is None:
            yield self
            return
        for text, start, box in self.placed():
            end = start + len(text)
            yield self._replace(
                text=text,
                box=box,
                space_before=start > 0 or self.space_before,
                space_after=end < len(self.text) or self.space_after,
                glued=self.glued and not start,
            )

    def placed(self) -> Iterator[tuple[str, int, Box]]:
        """Its words, each with where it begins in the text, and its box."""
        text, (x0, top, _, bottom), widths = self.text, self.box, self.face.widths
        words = text.split()
        if len(words) == 1:
            yield text, 0, self.box
            return
        if " ".join(words) == text:  # nearly always: single spaces
            space = widths[" "] * self.unit + self.wider
            start, x = 0, x0
            for printed in words:
                x1 = x + sum(map(widths.__getitem__, printed)) * self.unit
                yield printed, start, made(Box, (x, top, x1, bottom))
                start, x = start + len(printed) + 1, x1 + space
            return
        reached, so_far = 0, 0.0
        for word in WORD.finditer(text):
            printed, (start, end) = word[0], word.span()
            so_far += sum(map(widths.__getitem__, text[reached:start])) * self.unit + self.wider * (start - reached)
            wide = sum(map(widths.__getitem__, printed)) * self.unit
            yield printed, start, Box(x0 + so_far, top, x0 + so_far + wide, bottom)
            reached, so_far = end, so_far + wide


def pieces_in(box: Box, runs: Iterable[Run]) -> Iterator[Run]:
    """The words of the runs that reach into a box, each as a run by itself."""
    x0, top, x1, bottom = box
    for run in runs:
        around = run.box
        if around.x0 <= x1 and x0 <= around.x1 and around.top <= bottom and top <= around.bottom:
            yield from run.pieces()


def same_type(one: Run, other: Run) -> bool:
    """Whether two runs that touch are one word where they do: another weight or height, or a deletion, parts it."""
    if (one.struck, one.raised, one.note) != (other.struck, other.raised, other.note):
        return False
    return (one.face.bold, one.face.italic) == (other.face.bold, other.face.italic)


def words_of(runs: Iterable[Run]) -> tuple[Word, ...]:
    """The words of runs that stand on one line, from left to right."""
    words: list[Word] = []
    before: Run | None = None
    for run in runs:
        face, size, struck, sure, raised, note = run.face, run.size, run.struck, run.confidence, run.raised, run.note
        name, bold, italic, glued = face.name, face.bold, face.italic, run.glued
        for text, _, box in run.placed():
            if glued and before and same_type(before, run):
                last = words[-1]
                least = min(last.confidence, sure)
                words[-1] = last._replace(text=last.text + text, box=last.box.union(box), confidence=least)
            else:
                words.append(made(Word, (text, box, name, size, bold, italic, struck, glued, sure, raised, note)))
            glued = False  # no more than its first word is
        before = run
    return tuple(words)


def spell(printed: Iterable[Word] | Iterable[Run]) -> str:
    """Words or runs as one string, with the spaces that are printed, and without the marks of footnotes.

    Other raised figures stay raised, so that 10 with a small 2 above it never becomes 102.
    """
    shown = [_spelt(one) if one.glued else f" {_spelt(one)}" for one in printed if one.note is None]
    return " ".join("".join(shown).split())


def _spelt(one: Word | Run) -> str:
    return one.text.translate(RAISED) if one.raised else one.text
