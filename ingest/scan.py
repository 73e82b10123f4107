"""`read_scan(pdf, page) -> Page`: a page that is a picture of text, read by an engine and measured in its pixels.

The page is drawn by PDFium and laid straight; drawn lines are found and taken out before an engine reads it, because a
line through a word makes it another word. Then come the words in points, with how sure each one is, and what no engine
reads: the weight of the type, ticks in the cells of a table, a signature. Whatever is not read surely says so in its
confidence, and a page that cannot be read stays `scanned`, without a line of text.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from ingest import drawing, ink, lettering, marks, ocr
from ingest.document import Box, Page, Rule
from ingest.lines import gather_lines, strike
from ingest.runs import Face, Run

DPI = 200  # what most copiers give; finer costs time and reads no better
LOOKS = ((300, True), (300, False), (200, False))  # how single places are looked at again: dpi, without drawn lines
AROUND = 3.0  # times the height of a place: how much beside it is looked at, since letters need company
GAP = 24  # pixels between places that are looked at again together
SAME_PLACE = 0.4  # of the wider of two words: less of it shared, and they stand beside one another
LARGEST = 20_000_000  # pixels: a sheet larger than A3 is drawn coarser
WHOLE = 0.6  # of the page: a picture that covers less is an illustration
LEVEL = 0.001  # slope: a page that lies straighter than this is drawn once
CAPITALS = 0.72  # of the type size: how high capitals, figures and long letters stand
SMALL = 0.52  # the same for letters without an arm
USUAL = 11.0  # points: the type of a page on which none can be measured
SAME_SIZE = 0.18  # of the usual type size: a line this near to it is set in it
NEARLY = 1.18  # times the usual thickness: bold where the word before is
BOLD = 1.3  # times the usual thickness of strokes for the size
DESCENDING = frozenset("gjpqyQ,;()[]|/_@$&§{}")
Look = tuple[int, bool]
TALL = frozenset("ABCDEFGHIJKLMNOPRSTUVWXYZbdfhkl0123456789")


def is_picture(page: Page) -> bool:
    """Whether a page is a picture of text: no text of its own, and pictures over most of it."""
    return page.scanned and is_covered(page)


def is_covered(page: Page) -> bool:
    """Whether pictures lie over most of a page; some scanners cut a page into strips."""
    sheet = Box(0, 0, page.width, page.height)
    return sum(box.overlap(sheet) for box in page.pictures) > WHOLE * page.width * page.height


def read_scan(pdf: Any, page: Page, seconds: float = ocr.SECONDS) -> Page:
    """The page with the words and lines that its picture shows; the page as it was where that cannot be read.

    Boxes are those of the page laid straight: turned by `page.turned` degrees about its middle (clockwise).
    """
    started = time.monotonic()
    grey, scale, turned = _straight(pdf[page.number - 1], page)
    level, upright = ink.ruled(grey, scale)
    grey = ink.without(grey, level, upright)
    found = ocr.recognise(_greymap(grey), round(scale * 72), seconds)
    dark = ink.dark(grey)
    clean = lettering.without_slashes(found or (), grey, dark)
    if clean is not None:
        grey, dark = clean, ink.dark(clean)
        found = ocr.recognise(_greymap(grey), round(scale * 72), seconds - (time.monotonic() - started))
    if not found:
        return page
    readings = lettering.tightened(found, dark)
    left = seconds - (time.monotonic() - started)
    readings = marks.labelled(readings, grey, dark, scale, left) if left > 1 else readings
    rules = tuple(Rule(_points(box, scale)) for box in (*level, *upright))
    readings = marks.ticked(readings, dark, rules, scale)
    readings, signatures = marks.signed(readings, dark, scale)
    size = _size(readings) or USUAL * scale
    readings = lettering.parted(lettering.spelled(readings, size), dark, size)
    lines = gather_lines(strike(_pieces(readings, dark, scale), rules), page.number)
    if not lines:
        return page
    whole = Box(0, 0, page.width, page.height)
    pictures = [box for box in page.pictures if box.overlap(whole) <= WHOLE * page.width * page.height]
    return replace(
        page,
        lines=lines,
        rules=(*page.rules, *rules),
        pictures=(*pictures, *(_points(box, scale) for box in signatures)),
        scanned=False,
        ocr=True,
        turned=turned,
    )


def read_places(pdf: Any, page: Page, boxes: Sequence[Box], look: Look, seconds: float) -> list[list[str]]:
    """What an engine reads in some places of a page that was read, when it looks so; words beside them help it read."""
    dpi, cleaned = look
    scale = dpi / 72
    sheet = pdf[page.number - 1]
    try:
        grey = drawing.grey(sheet, scale, page.turned)
    finally:
        sheet.close()
    if cleaned:
        grey = ink.without(grey, *ink.ruled(grey, scale))
    wanted = [Box(*(edge * scale for edge in box)) for box in boxes]
    around = [
        Box(
            max(0, b.x0 - AROUND * b.height),
            b.top - 0.3 * b.height,
            b.x1 + AROUND * b.height,
            b.bottom + 0.3 * b.height,
        )
        for b in wanted
    ]
    picture, middles = ink.stacked([ink.crop(grey, box) for box in around], grey, GAP)
    found = ocr.recognise_again(_greymap(picture), dpi, seconds)
    return [
        [r.text for r in found if r.box.top - 3 <= middle <= r.box.bottom + 3 and _stands(r.box, GAP - at.x0, place)]
        for middle, at, place in zip(middles, around, wanted, strict=True)
    ]


def _stands(box: Box, moved: float, place: Box) -> bool:
    """Whether a word stands where it is looked for, and not beside it; `moved` is how far right it was put."""
    shared = min(box.x1 - moved, place.x1) - max(box.x0 - moved, place.x0)
    return shared > SAME_PLACE * max(box.width, place.width)


def _straight(sheet: Any, page: Page) -> tuple[Any, float, float]:
    """The page's grey pixels laid straight, pixels a point, and by how many degrees it was turned for that."""
    try:
        scale = min(DPI / 72, (LARGEST / max(1.0, page.width * page.height)) ** 0.5)
        grey = drawing.grey(sheet, scale)
        slope = ink.slope(grey)
        if abs(slope) < LEVEL:
            return grey, scale, 0.0
        turned = -math.degrees(math.atan(slope))
        return drawing.grey(sheet, scale, turned), scale, turned
    finally:
        sheet.close()


def _greymap(grey: Any) -> ocr.Greymap:
    return ocr.Greymap(grey.shape[1], grey.shape[0], grey.tobytes())


def _points(box: Box, scale: float) -> Box:
    return Box(*(edge / scale for edge in box))


def _pieces(readings: Iterable[ocr.Reading], dark: Any, scale: float) -> list[Run]:
    """Words in points, with baseline, size and weight; a line's words share what they can only have together."""
    lines: dict[tuple[int, ...], list[ocr.Reading]] = {}
    for reading in readings:
        lines.setdefault(reading.line, []).append(reading)
    usual = _size([reading for line in lines.values() for reading in line]) or USUAL * scale
    sized = [(line, _snapped(_size(line) or usual, usual)) for line in lines.values()]
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
                    _points(reading.box, scale),
                    base / scale,
                    Face("", bold, italic=False),
                    size=round(size / scale * 2) / 2,
                    space_before=True,
                    space_after=True,
                    confidence=round(reading.confidence, 2),
                )
            )
    return pieces


def _size(readings: Sequence[ocr.Reading]) -> float | None:
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
