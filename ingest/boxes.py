"""Boxes to tick, and what strokes on a page mean: what they delete, ring, tick or cross out, and what is only ink.

Word processors draw a box as a square of four lines or set it as a glyph; a tick in it is a glyph again, a few lines, a
filled shape, or the ink of a pen.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Box, Fill, Mark, Page, Rule
from ingest.nearby import Looks, Nearby
from ingest.runs import Run, pieces_in
from ingest.strokes import Stroke, clusters, is_cross, is_ring, is_tick

LEAST, GREATEST = 5.0, 22.0  # points: the side of a box to tick
HIGHEST = GREATEST / 0.75  # points: how high a box can be
MEET = 1.5  # points: how exactly the four sides of a box meet
LARGE_ENOUGH = 0.35  # of the side of a box: strokes that reach no farther are dirt
FULL = 0.3  # of a box: so much dark in it is no accident
DARK = 120  # of 255: darker than this is ink
CROSSED = 0.6  # of a word's width that strokes must reach over to delete it
TOUCHED = 0.2  # the same: where less is only a pen that slipped, and more is doubt
ABOVE, BELOW = 0.8, 0.1  # of the type size: how far letters reach from their baseline; a line beyond is another matter
MIDDLE = 0.3  # the same: where a line through the middle of a word is
TOKENS = re.compile(r"[^\W_]+|[^\w\s/|]+")
EMPTY_GLYPHS = frozenset("☐□▢❏❑❒\uf06f\uf071\uf0a8\uf0a3\uf070")
TICK_GLYPHS = frozenset("✓✔√xX×✕✖✗✘☑☒■▪●•\uf0fc\uf0fb\uf0fe\uf0fd")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What some strokes come to: lines through the words that they delete, and marks."""

    deletions: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()


NOTHING = Drawn()


class _Print:
    """The runs of a page, asked for the words in a place."""

    def __init__(self, runs: Sequence[Run], looks: Looks) -> None:
        self._runs = runs
        self._places = Nearby(looks, [run.box for run in runs])
        self._looks = looks

    def words_in(self, place: Box) -> Iterator[Run]:
        """The words of the runs that reach into a place, each as a run by itself."""
        here = [self._runs[n] for n in self._places.near(place)]
        self._looks.take(sum(len(run.text) for run in here))
        return pieces_in(place, here)


def understood(
    strokes: Sequence[Stroke], runs: Sequence[Run], rules: Sequence[Rule], fills: Sequence[Fill], page: int
) -> Drawn:
    """What the strokes of a page mean, and which of its squares are boxes to tick; raises Crowded."""
    looks = Looks()
    squares = list(_squares(rules, looks)) if len(rules) >= 4 else []
    if not strokes and not squares and not fills:
        return NOTHING
    words = _Print(runs, looks)
    if not strokes and not squares:
        return Drawn(marks=tuple(_highlights(fills, words, page)))
    rings: list[Stroke] = []
    left: list[Stroke] = []
    for one in strokes:
        (rings if is_ring(one) else left).append(one)
    for one in rings:
        if _is_square(one.box) and len(_printed_in(one.box, words)) < 2:
            squares.append(one.box)
    squares += [box for run in runs for box in _empty_glyphs(run)] if left else []
    boxes = _boxes_to_tick(squares, left, words, fills, page, looks)
    marks = [*boxes, *_highlights(fills, words, page)]
    ticked = set(squares)
    marks += [Mark("ring", one.box, page) for one in rings if one.box not in ticked]
    deletions: list[Rule] = []
    places = Nearby(looks, [box.box for box in boxes])
    for group in clusters([one for one in left if not _lies_in(one.box, places, boxes)], looks=looks):
        box = group[0].box
        for one in group[1:]:
            box = box.union(one.box)
        a_tick = is_tick(group)
        struck, doubtful = ([], []) if a_tick else _deleted(group, box, words, looks)
        deletions += struck
        marks += [Mark("ink", place, page) for place in doubtful]
        if not struck:
            marks.append(Mark("tick" if a_tick else "cross" if is_cross(group) else "ink", box, page))
    return Drawn(tuple(deletions), tuple(marks))


def _empty_glyphs(run: Run) -> Iterator[Box]:
    """Boxes that are set as a glyph."""
    if not EMPTY_GLYPHS.isdisjoint(run.text):
        yield from (piece.box for piece in run.pieces() if piece.text in EMPTY_GLYPHS)


def _squares(rules: Iterable[Rule], looks: Looks) -> Iterator[Box]:
    """Four short lines that meet at their ends and are as wide as high, however they were drawn."""
    level: list[Box] = []
    upright: list[Box] = []
    for rule in rules:
        side = max(rule.box.width, rule.box.height)
        if LEAST <= side <= GREATEST:
            (level if rule.horizontal else upright).append(rule.box)
    if len(level) < 2 or len(upright) < 2:
        return
    levels, uprights = Nearby(looks, level), Nearby(looks, upright)
    for top in level:
        sides = [upright[n] for n in uprights.near(top, MEET) if _near(upright[n].top, top.top)]
        left = [side for side in sides if _near(side.x0, top.x0)]
        right = [side for side in sides if _near(side.x1, top.x1)]
        if not left or not right:
            continue
        under = top._replace(bottom=top.top + HIGHEST)
        for below in (level[n] for n in levels.near(under, MEET)):
            if not (_near(below.x0, top.x0) and _near(below.x1, top.x1) and below.top - top.top > LEAST / 2):
                continue
            square = Box(top.x0, top.top, top.x1, below.bottom)
            if sum(_near(side.bottom, below.bottom) for side in (*left, *right)) >= 2 and _is_square(square):
                yield square
                break


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= MEET


def _is_square(box: Box) -> bool:
    return LEAST <= box.width <= GREATEST and GREATEST / HIGHEST < box.width / (box.height or 1) < 1.34


def _middle_in(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _lies_in(box: Box, places: Nearby, marks: Sequence[Mark]) -> bool:
    """Whether the middle of a box lies in one of some marks."""
    return any(_middle_in(box, marks[n].box) for n in places.near(box))


def _boxes_to_tick(
    squares: Sequence[Box], strokes: Sequence[Stroke], words: _Print, fills: Sequence[Fill], page: int, looks: Looks
) -> list[Mark]:
    """Squares that stand alone and hold nothing but a tick; those in a row are the places of figures."""
    places = Nearby(looks)
    distinct: list[Box] = []
    for square in squares:  # a box with a double line is one box
        if not any(_middle_in(square, distinct[n]) for n in places.near(square)):
            distinct.append(square)
            places.add(square)
    inks = Nearby(looks, [one.box for one in strokes])
    dark = [fill.box for fill in fills if max(fill.colour[:3]) < DARK < fill.colour[3]]
    areas = Nearby(looks, dark)
    result = []
    for number, square in enumerate(distinct):
        if any(_touching(square, distinct[n]) for n in places.near(square, MEET) if n != number):
            continue
        printed = _printed_in(square, words)
        if not TICK_GLYPHS.union(EMPTY_GLYPHS).issuperset(printed):
            continue
        drawn = [box for box in (strokes[n].box for n in inks.near(square)) if _middle_in(box, square)]
        ticked: bool | None = any(letter in TICK_GLYPHS for letter in printed)
        large = any(max(box.width, box.height) > LARGE_ENOUGH * square.width for box in drawn)
        if large or _is_full(square, [dark[n] for n in areas.near(square)]):
            ticked = True
        elif drawn:
            ticked = None
        result.append(Mark("box", square, page, ticked))
    return result


def _printed_in(place: Box, words: _Print) -> list[str]:
    """The letters whose middle lies in a place, be they part of a word."""
    letters = []
    for piece in words.words_in(place):
        each = piece.box.width / len(piece.text)
        inside = place.top <= (piece.box.top + piece.box.bottom) / 2 <= place.bottom
        middles = (piece.box.x0 + (n + 0.5) * each for n in range(len(piece.text)))
        letters += [
            letter for letter, x in zip(piece.text, middles, strict=True) if inside and place.x0 <= x <= place.x1
        ]
    return letters


def _touching(one: Box, other: Box) -> bool:
    level = min(one.bottom, other.bottom) - max(one.top, other.top) > 0.6 * one.height
    upright = min(one.x1, other.x1) - max(one.x0, other.x0) > 0.6 * one.width
    aside = min(abs(one.x0 - other.x1), abs(one.x1 - other.x0)) < MEET
    below = min(abs(one.top - other.bottom), abs(one.bottom - other.top)) < MEET
    return (level and aside) or (upright and below)


def _is_full(square: Box, dark: Iterable[Box]) -> bool:
    area = square.width * square.height
    return any(box.overlap(square) > FULL * area and box.width * box.height < 2 * area for box in dark)


def _deleted(group: Sequence[Stroke], box: Box, words: _Print, looks: Looks) -> tuple[list[Rule], list[Box]]:
    """A line through the middle of each word, or part of one, that strokes reach over; and what they only touch."""
    by_height = sorted((y, x) for one in group for x, y in one.points)  # so that a line of print asks for its own alone
    crossed = is_cross(group)
    struck: list[Rule] = []
    touched: list[Box] = []
    for piece in words.words_in(box):
        if not piece.box.overlap(box):
            continue
        top, bottom = piece.baseline - ABOVE * piece.size, piece.baseline + BELOW * piece.size
        level = [x for _, x in by_height[bisect_left(by_height, (top,)) : bisect_right(by_height, (bottom, math.inf))]]
        each = piece.box.width / len(piece.text)
        for token in TOKENS.finditer(piece.text):
            looks.take(len(level))
            x0, x1 = piece.box.x0 + token.start() * each, piece.box.x0 + token.end() * each
            middle = piece.baseline - MIDDLE * piece.size
            over = [x for x in level if x0 - 1 <= x <= x1 + 1]
            if crossed and over and box.top < middle < box.bottom:  # its arms leave the line before they end
                over = [max(x0, box.x0), min(x1, box.x1)]
            share = (max(over) - min(over)) / (x1 - x0) if over else 0.0
            if share > CROSSED:
                struck.append(Rule(Box(x0, middle, x1, middle)))
            elif share > TOUCHED:
                touched.append(Box(x0, top, x1, bottom))
    return struck, touched


def _highlights(fills: Iterable[Fill], words: _Print, page: int) -> Iterator[Mark]:
    """A light colour behind a few words, as word processors print a highlight."""
    for fill in fills:
        red, green, blue, alpha = fill.colour
        coloured = max(red, green, blue) - min(red, green, blue) > 60 and max(red, green, blue) > 180 and alpha
        small = coloured and fill.box.height < 26 and fill.box.width < 160
        if small and any(_middle_in(piece.box, fill.box) for piece in words.words_in(fill.box)):
            yield Mark("highlight", fill.box, page)


def ticked_again(page: Page, fields: Iterable[Mark]) -> tuple[Mark, ...]:
    """A page's marks with the boxes of a form, whose state is known from the form: what is drawn there is its frame."""
    here = [field for field in fields if field.page == page.number]
    kept = [mark for mark in page.marks if not any(_middle_in(mark.box, field.box) for field in here)]
    return (*kept, *here)
