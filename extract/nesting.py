"""Where a numbered, lettered or bulleted passage belongs among the others: its id and its level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.labels import Label

DEEPER = 6.0  # points: what begins so much farther right belongs below
SAME = 4.0  # points: labels of one list begin as close as this


@dataclass(frozen=True, slots=True)
class Open:
    """A list, or the numbered paragraph it stands below: its latest label, and where that begins on paper."""

    label: Label
    path: str
    level: int
    x0: float


@dataclass
class Numbering:
    """The running count inside one block: which lists are open, outermost first, and how many had no number."""

    block: str
    depth_of_block: int
    open: list[Open] = field(default_factory=list)
    unnumbered: int = 0
    tables: int = 0
    taken: set[str] = field(default_factory=set)

    def place(self, label: Label | None, x0: float = 0.0) -> tuple[str, str | None, int]:
        """Id, printed number and level of the next passage, whose label begins at `x0`."""
        if label is None:
            return self._unnumbered(), None, 1
        if label.number and label.number[0].isdigit() and not self._is_below(label, x0):
            level = max(1, len(label.number) - self.depth_of_block)
            self.open = [Open(label, label.as_printed, level, x0)]
            return self._once(f"{self.block}/{label.as_printed}"), label.as_printed, level
        above = self._above(label, x0)
        self.open = self.open[: above + 1]
        path, level = (self.open[-1].path, self.open[-1].level + 1) if self.open else ("", 1)
        if not label.number:
            self.open.append(Open(label, path, level, x0))
            return self._unnumbered(), None, level
        number = label.as_printed
        own = f"({number})" if number.isdigit() else number  # 2.1.(1) is no 2.1.1
        path = f"{path}.{own}" if path else own
        self.open.append(Open(label, path, level, x0))
        return self._once(f"{self.block}/{path}"), number, level

    def table(self) -> str:
        self.tables += 1
        return self._once(f"{self.block}/t{self.tables}")

    def _is_below(self, label: Label, x0: float) -> bool:
        """Whether a lone number counts a list of its own below a numbered paragraph: 1. below 2.1, or (1) below 1."""
        top = self.open[0].label if self.open else None
        if top is None or len(label.number) > 1 or not top.number or not top.number[0].isdigit():
            return False
        if self.depth_of_block and len(top.number) > 1:
            return True
        return x0 > self.open[0].x0 + DEEPER or label.shape.strip(".") != top.shape.strip(".")

    def _above(self, label: Label, x0: float) -> int:
        """Which of the open ones it stands below: -1 where below none of them."""
        lists = list(self._lists())
        deeper = bool(lists) and x0 > self.open[lists[0]].x0 + DEEPER
        if not (deeper and (label.is_first or not label.number)):
            for n in lists:
                if self._is_next(label, x0, self.open[n]):
                    return n - 1
        for n in lists:
            other = self.open[n]
            beside = abs(x0 - other.x0) <= SAME
            if x0 > other.x0 + SAME or (beside and label.number and other.label.number and label.is_first):
                return n
            if beside:
                return n - 1
        return lists[-1] - 1 if lists else len(self.open) - 1

    def _lists(self) -> Iterator[int]:
        """The open lists, innermost first; the numbered paragraph they stand below is none."""
        for n in range(len(self.open) - 1, -1, -1):
            number = self.open[n].label.number
            if n or not number or not number[0].isdigit():
                yield n

    def _is_next(self, label: Label, x0: float, other: Open) -> bool:
        if not label.number or not other.label.number:
            return (
                label.shape == other.label.shape and abs(x0 - other.x0) <= SAME and label.number == other.label.number
            )
        return label.follows(other.label)

    def _unnumbered(self) -> str:
        self.unnumbered += 1
        return self._once(f"{self.block}/p{self.unnumbered}")

    def _once(self, wanted: str) -> str:
        unique, again = wanted, 1
        while unique in self.taken:
            again += 1
            unique = f"{wanted}~{again}"
        self.taken.add(unique)
        return unique
