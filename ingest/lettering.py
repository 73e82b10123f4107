"""What an engine read against the shapes of the letters: close boxes, noughts, dashes, words run together, size, bold.

All boxes are in pixels of the picture that lies straight, but for the `pieces` that come out, which are in points. Only
what the pixels show is set right; spelling is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import median
from typing import Any

import numpy

from ingest import ink, ocr
from ingest.document import Box
from ingest.runs import Face, Run

DASH = re.compile(r"[-–—_]+")
DASHES = ((0.42, "-"), (0.8, "–"), (9.9, "—"))  # how long each is at most, in type sizes
SPACE = 0.23  # of the type size: no two letters of a word stand so far apart
WIDER = 2.0  # times the usual gap in a word: a space is wider than what parts its letters
NARROW, BROAD = frozenset("ijltfrI.,:;'’‘|!()[]/1-"), frozenset("mwMWGOQCD&%@")
SHORTEST = 4  # letters: in a word of fewer, as CGI, an upright letter stands in as much white as a space has
CAPITALS = 0.72  # of the type size: how high capitals, figures and long letters stand
SMALL = 0.52  # the same for letters without an arm
USUAL = 11.0  # points: the type of a page on which none can be measured
SAME_SIZE = 0.18  # of the usual type size: a line this near to it is set in it
NEARLY = 1.18  # times the usual thickness: bold where the word before is
BOLD = 1.3  # times the usual thickness of strokes for the size
DESCENDING = frozenset("gjpqyQ,;()[]|/_@$&§{}")
TALL = frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZbdfhkl0123456789")
ALONE = frozenset({"a", "A", "I"})
ARMED, ARM = frozenset("tfrkFTL"), 1.35  # letters whose right arm fades, and how much wider a space after them is
PARTED = 0.8  # how sure the parts of a word can be that an engine ran together


def tightened(readings: Iterable[ocr.Reading], dark: Any) -> list[ocr.Reading]:
    """The words with boxes close around their ink, dashes by their length; without ink there is no word."""
    result = []
    for reading in readings:
        part = ink.crop(dark, reading.box)
        rows, columns = numpy.flatnonzero(part.any(axis=1)), numpy.flatnonzero(part.any(axis=0))
        if not len(rows):
            continue
        left, top = max(0.0, float(int(reading.box.x0))), max(0.0, float(int(reading.box.top)))
        box = Box(
            left + float(columns[0]), top + float(rows[0]), left + float(columns[-1] + 1), top + float(rows[-1] + 1)
        )
        result.append(replace(reading, box=box))
    return result


def without_slashes(readings: Iterable[ocr.Reading], grey: Any, dark: Any) -> Any | None:
    """The picture with the noughts' slashes taken out; None where there are none. A sum must not be misread."""
    paper = int(numpy.median(grey))
    clean = None
    for reading in readings:
        if not any(character.isdigit() for character in reading.text):
            continue
        for box in ink.slashes(dark, reading.box):
            clean = grey.copy() if clean is None else clean
            inner = ink.crop(clean, box)
            y, x = numpy.ogrid[-1 : 1 : inner.shape[0] * 1j, -1 : 1 : inner.shape[1] * 1j]
            inner[abs(x) ** 2.5 + abs(y) ** 2.5 <= 1] = paper  # the bowl of a nought, a little squarer than an ellipse
    return clean


def spelled(readings: Iterable[ocr.Reading], size: float) -> list[ocr.Reading]:
    """The same with what only its shape tells: a dash by its length, and an I, which is no taller than a capital."""
    result = []
    for reading in readings:
        text = reading.text
        if DASH.fullmatch(text):
            text = next(dash for longest, dash in DASHES if reading.box.width < longest * size)
        elif text == "|" and reading.box.height < 0.85 * size:
            text = "I"
        result.append(replace(reading, text=text))
    return result


def parted(readings: Iterable[ocr.Reading], dark: Any, size: float) -> list[ocr.Reading]:
    """The same with words that an engine ran together cut where the print has a space."""
    result = []
    waiting = list(readings)[::-1]
    while waiting:
        reading = waiting.pop()
        place = _space(reading, dark, size)
        if place is None:
            result.append(reading)
            continue
        cut = _letters_before((place[0] + place[1]) / 2 - reading.box.x0, reading.text, reading.box.width)
        if not _may_part(reading.text, cut, place[1] - place[0], size):
            result.append(reading)
            continue
        sure = min(PARTED, reading.confidence)
        left, right = reading.box._replace(x1=place[0]), reading.box._replace(x0=place[1])
        result.append(replace(reading, text=reading.text[:cut], box=left, confidence=sure))
        waiting.append(replace(reading, text=reading.text[cut:], box=right, confidence=sure))
    return result


def _space(reading: ocr.Reading, dark: Any, size: float) -> tuple[float, float] | None:
    """The first gap inside a word that is wider than its letters stand apart; None where there is none."""
    columns = numpy.flatnonzero(ink.crop(dark, reading.box).any(axis=0))
    gaps = numpy.diff(columns)
    white = gaps[gaps > 1]
    if len(reading.text) < SHORTEST or not reading.text.isalpha() or len(white) < 2:
        return None
    wide = numpy.flatnonzero(gaps > max(SPACE * size, WIDER * float(numpy.median(white))))
    if not len(wide):
        return None
    at = int(wide[0])
    return reading.box.x0 + float(columns[at] + 1), reading.box.x0 + float(columns[at + 1])


def _may_part(text: str, cut: int, gap: float, size: float) -> bool:
    """Whether a gap may be a space: a lone letter is a word only as "a" or "I", and a faint arm leaves a gap too."""
    lone = {part for part in (text[:cut], text[cut:]) if len(part) == 1}
    return lone <= ALONE and (text[cut - 1] not in ARMED or gap > ARM * SPACE * size)


def _letters_before(place: float, text: str, width: float) -> int:
    """How many letters of a word stand before a place in it, by how broad its letters usually are; at least one."""
    breadths = [0.5 if letter in NARROW else 1.5 if letter in BROAD else 1.0 for letter in text]
    ends: Sequence[float] = [end / sum(breadths) * width for end in accumulate(breadths)]
    return 1 + min(range(len(text) - 1), key=lambda n: abs(ends[n] - place))


def points(box: Box, scale: float) -> Box:
    """A box of pixels in points; `scale` is pixels a point."""
    return Box(*(edge / scale for edge in box))


def pieces(readings: Iterable[ocr.Reading], dark: Any, scale: float) -> list[Run]:
    """Words in points, with baseline, size and weight; a line's words share what they can only have together."""
    lines: dict[tuple[int, ...], list[ocr.Reading]] = {}
    for reading in readings:
        lines.setdefault(reading.line, []).append(reading)
    usual = size_of([reading for line in lines.values() for reading in line]) or USUAL * scale
    sized = [(line, _snapped(size_of(line) or usual, usual)) for line in lines.values()]
    weights = {id(r): (ink.weight(dark, r.box) or 0.0) / size for line, size in sized for r in line}
    known = [weight for weight in weights.values() if weight]
    plain = median(known) if known else 1.0
    pieces = []
    for line, size in sized:
        stands = _baseline(line)
        heavy = _heavy([weights[id(reading)] / plain for reading in line])
        for reading, bold in zip(line, heavy, strict=True):
            own = abs(reading.box.bottom - stands) > 0.35 * size
            base = reading.box.bottom if own else stands
            pieces.append(
                Run(
                    reading.text,
                    points(reading.box, scale),
                    base / scale,
                    Face("", bold, italic=False),
                    size=round(size / scale * 2) / 2,
                    space_before=True,
                    space_after=True,
                    confidence=round(reading.confidence, 2),
                )
            )
    return pieces


def size_of(readings: Sequence[ocr.Reading]) -> float | None:
    """The type size of some words, in pixels, from how high their letters stand."""
    standing = [r for r in readings if not DESCENDING & set(r.text) and r.confidence > 0.5]
    tall = [r.box.height / CAPITALS for r in standing if TALL & set(r.text)]
    small = [r.box.height / SMALL for r in standing if not TALL & set(r.text) and r.text.isalpha()]
    return median(tall or small) if tall or small else None


def _snapped(size: float, usual: float) -> float:
    """The size of a line is hard to measure where few of its letters stand tall: what is nearly the usual is that."""
    return usual if abs(size - usual) < SAME_SIZE * usual else size


def _baseline(line: Sequence[ocr.Reading]) -> float:
    standing = [r.box.bottom for r in line if not DESCENDING & set(r.text) and any(c.isalnum() for c in r.text)]
    return median(standing or [r.box.bottom for r in line])


def _heavy(weights: Sequence[float]) -> Iterator[bool]:
    """Which words are bold, from the thickness of their strokes against the usual.

    A word that is too short to tell goes with the nearest that can, one between bold and plain with the one before.
    """
    before = False
    for at, weight in enumerate(weights):
        near = min((other for other in enumerate(weights) if other[1]), key=lambda o: abs(at - o[0]), default=(0, 0.0))
        own = weight or near[1]
        before = own > BOLD or (before and own > NEARLY)
        yield before
