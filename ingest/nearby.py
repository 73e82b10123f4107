"""Boxes by where they lie, so that what meets a place is found without asking every box on the page.

A few questions are answered by asking all, which is cheapest; from then on the page is laid out in squares. Where
things lie on one another by the thousand no layout helps, so the looks are counted, and too many end the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.runs import Box

SIDE = 24.0  # points: a square of the page
FEW = 4000  # looks: for fewer a layout costs more than it saves
LARGE = 64  # squares: a box that covers more is looked at each time
MOST = 4_000_000  # looks: about a second


class Crowded(Exception):
    """More lies beside and upon one another than can be told apart in good time."""


class Looks:
    """How often one thing on a page was compared with another; raises Crowded where it was too often."""

    def __init__(self, most: int = MOST) -> None:
        self.taken = 0
        self.most = most

    def take(self, count: int) -> None:
        """So many more."""
        if self.taken + count > self.most:
            raise Crowded
        self.taken += count


class Nearby:
    """Boxes, each known by its number: how many were added before it."""

    def __init__(self, looks: Looks, boxes: Iterable[Box] = ()) -> None:
        self._looks = looks
        self._boxes = dict(enumerate(boxes))
        self._added = len(self._boxes)
        self._until_laid_out = FEW
        self._squares: dict[tuple[float, float], set[int]] = {}
        self._large: set[int] = set()

    def add(self, box: Box) -> int:
        """One box more; answers its number."""
        number = self._added
        self._added += 1
        self._boxes[number] = box
        if self._until_laid_out <= 0:
            self._lay_out(number, box)
        return number

    def drop(self, number: int) -> None:
        """One box less."""
        box = self._boxes.pop(number)
        self._large.discard(number)
        for square in _squares(box, LARGE):
            self._squares.get(square, set()).discard(number)

    def __contains__(self, number: int) -> bool:
        return number in self._boxes

    def near(self, place: Box, reach: float = 0.0) -> list[int]:
        """The boxes that touch a place or stand no farther from it than so many points, in the order of adding."""
        boxes = self._boxes
        asked: Iterable[int] = boxes
        count = len(boxes)
        if self._until_laid_out > 0:
            self._until_laid_out -= count
            if self._until_laid_out <= 0:
                for number, box in boxes.items():
                    self._lay_out(number, box)
        else:
            wider = Box(place.x0 - reach, place.top - reach, place.x1 + reach, place.bottom + reach)
            if squares := list(_squares(wider, count)):
                asked = sorted(self._large.union(*(self._squares.get(square, ()) for square in squares)))
                count = len(squares) + len(asked)
        self._looks.take(count)
        return [number for number in asked if place.meets(boxes[number], reach)]

    def _lay_out(self, number: int, box: Box) -> None:
        squares = list(_squares(box, LARGE))
        for square in squares:
            self._squares.setdefault(square, set()).add(number)
        if not squares:
            self._large.add(number)


def _squares(box: Box, most: int) -> Iterator[tuple[float, float]]:
    """The squares that a box covers; none where they are more than so many, or the box has no place."""
    left, top, right, bottom = (edge // SIDE for edge in box)
    if not (right - left + 1) * (bottom - top + 1) <= most:
        return
    for across in range(int(right - left) + 1):
        for down in range(int(bottom - top) + 1):
            yield left + across, top + down
