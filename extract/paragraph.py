"""One paragraph as a value: its label, its lines, its text, and how its opening is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.joining import marks_in
from extract.labels import Label
from ingest.document import Box, Line, Word, spell
from ingest.runs import Run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its label, its words without it, and its lines."""

    label: Label | None
    lines: tuple[Line, ...]
    text: str

    @property
    def words(self) -> tuple[Word, ...]:
        """The words after the label."""
        first = self.lines[0].words[1:] if self.label else self.lines[0].words
        return (*first, *(word for line in self.lines[1:] for word in line.words))

    @property
    def bold(self) -> bool:
        """Whether all of it is; its label need not be."""
        runs = self._runs
        return bool(runs) and all(run.face.bold for run in runs)

    @property
    def italic(self) -> bool:
        """Whether all of it is; its label need not be."""
        runs = self._runs
        return bool(runs) and all(run.face.italic for run in runs)

    @property
    def _runs(self) -> Sequence[Run]:
        """What is printed after the label."""
        first, others = self.lines[0].runs, (run for line in self.lines[1:] for run in line.runs)
        if self.label:
            if len(first) > 1 and first[1].glued:  # what is glued to a label may be a part of it
                return [run for word in self.words for run in (Run.of(word, 0.0),)]
            rest = first[0].text[len(first[0].opening) :].strip()
            first = (first[0]._replace(text=rest), *first[1:]) if rest else first[1:]
        return (*first, *others)

    @property
    def indent(self) -> float:
        return self.words[0].box.x0 if self.words else self.lines[0].box.x0

    @property
    def lead_in(self) -> str | None:
        """The opening in italics or bold, where the rest is plain."""
        runs = self._runs
        if not runs or not (runs[0].face.italic or runs[0].face.bold):
            return None
        italic = list(takewhile(lambda run: run.face.italic, runs))
        if italic and len(italic) == len(runs):
            bold = list(takewhile(lambda run: run.face.bold, runs))
            return spell(bold if bold and len(bold) < len(runs) else runs)
        bold = italic or list(takewhile(lambda run: run.face.bold, runs))
        return spell(bold) if bold and len(bold) < len(runs) else None

    @property
    def notes(self) -> tuple[tuple[int, int], ...]:
        """The footnotes it leads to, each with how many characters of the text stand before its mark."""
        if all(run.note is None for line in self.lines for run in line.runs):
            return ()
        others = [line.words for line in self.lines[1:]]
        return marks_in([self.words[: len(self.words) - sum(map(len, others))], *others])

    @property
    def places(self) -> tuple[tuple[int, Box], ...]:
        """The box it fills on each of its pages."""
        boxes: dict[int, Box] = {}
        for line in self.lines:
            boxes[line.page] = boxes[line.page].union(line.box) if line.page in boxes else line.box
        return tuple(boxes.items())
