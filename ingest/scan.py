"""`read_scan(pdf, page) -> Page`: a page that is a picture of text, read by an engine and measured in its pixels.

The page is drawn by PDFium and laid straight; drawn lines are found and taken out before an engine reads it, because a
line through a word makes it another word. Then come the words in points, with how sure each one is, and what no engine
reads: the weight of the type, ticks in the cells of a table, a signature. Whatever is not read surely says so in its
confidence, and a page that cannot be read stays `scanned`, without a line of text.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from ingest import drawing, ink, lettering, marks, ocr
from ingest.document import Box, Page, Rule
from ingest.lines import gather_lines, strike

DPI = 200  # what most copiers give; finer costs time and reads no better
LOOKS = ((300, True), (300, False), (200, False))  # how single places are looked at again: dpi, without drawn lines
AROUND = 3.0  # times the height of a place: how much beside it is looked at, since letters need company
GAP = 24  # pixels between places that are looked at again together
SAME_PLACE = 0.4  # of the wider of two words: less of it shared, and they stand beside one another
LARGEST = 20_000_000  # pixels: a sheet larger than A3 is drawn coarser
WHOLE = 0.6  # of the page: a picture that covers less is an illustration
GARBLED = 0.6  # of the usual word: what lies on its side or on its head is read far less surely than any print
FEWEST = 8  # words: fewer tell nothing of how a page lies
LEVEL = 0.001  # slope: a page that lies straighter than this is drawn once
Look = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's grey pixels laid straight, without its drawn lines; these as boxes of pixels; `scale`: pixels a point.

    It was `turned` by so many degrees for that, of which `quarter` (0, 90, 180, 270) because it lay on its side.
    """

    grey: Any
    scale: float
    quarter: int
    turned: float
    level: list[Box]
    upright: list[Box]

    @property
    def dpi(self) -> int:
        return round(self.scale * 72)


def is_picture(page: Page) -> bool:
    """Whether a page is a picture of text: no text of its own, and pictures over most of it."""
    return page.scanned and is_covered(page)


def is_covered(page: Page) -> bool:
    """Whether pictures lie over most of a page; some scanners cut a page into strips."""
    sheet = Box(0, 0, page.width, page.height)
    return sum(box.overlap(sheet) for box in page.pictures) > WHOLE * page.width * page.height


def read_scan(pdf: Any, page: Page, seconds: float = ocr.SECONDS) -> Page:
    """The page with the words and lines that its picture shows; the page as it was where that cannot be read.

    Boxes are those of the page laid straight: turned by `page.turned` degrees about its middle (clockwise). A page that
    lay on its side or on its head is turned too, if the engine can tell; else it is left unread.
    """
    until = time.monotonic() + seconds
    sheet = _straight(pdf[page.number - 1], page)
    found = ocr.recognise(_greymap(sheet.grey), sheet.dpi, seconds)
    if found and _is_garbled(found):
        quarter = ocr.orientation(
            _greymap(_bare(pdf[page.number - 1], sheet.scale)), sheet.dpi, until - time.monotonic()
        )
        if quarter is None:
            return page
        if quarter:
            sheet = _straight(pdf[page.number - 1], page, quarter)
            found = ocr.recognise(_greymap(sheet.grey), sheet.dpi, until - time.monotonic())
    return _read(page, sheet, found, until) if found else page


def _is_garbled(found: Sequence[ocr.Reading]) -> bool:
    return len(found) >= FEWEST and median(reading.confidence for reading in found) < GARBLED


def _read(page: Page, sheet: Sheet, found: tuple[ocr.Reading, ...], until: float) -> Page:
    """The page with what the engine `found`, after all that it does not see by itself."""
    grey, scale = sheet.grey, sheet.scale
    dark = ink.dark(grey)
    clean = lettering.without_slashes(found, grey, dark)
    if clean is not None:
        grey, dark = clean, ink.dark(clean)
        again = ocr.recognise(_greymap(grey), sheet.dpi, until - time.monotonic())
        if not again:
            return page
        found = again
    readings = lettering.tightened(found, dark)
    left = until - time.monotonic()
    readings = marks.labelled(readings, grey, dark, scale, left) if left > 1 else readings
    rules = tuple(Rule(lettering.points(box, scale)) for box in (*sheet.level, *sheet.upright))
    readings = marks.ticked(readings, dark, rules, scale)
    readings, signatures = marks.signed(readings, dark, scale)
    size = lettering.size_of(readings) or lettering.USUAL * scale
    readings = lettering.parted(lettering.spelled(readings, size), dark, size)
    lines = gather_lines(strike(lettering.pieces(readings, dark, scale), rules), page.number)
    if not lines:
        return page
    whole = Box(0, 0, page.width, page.height)
    kept = page if not sheet.quarter else replace(page, rules=(), fills=(), pictures=())  # they lie as they lay
    pictures = [box for box in kept.pictures if box.overlap(whole) <= WHOLE * page.width * page.height]
    return replace(
        kept,
        width=page.height if sheet.quarter % 180 else page.width,
        height=page.width if sheet.quarter % 180 else page.height,
        lines=lines,
        rules=(*kept.rules, *rules),
        pictures=(*pictures, *(lettering.points(box, scale) for box in signatures)),
        scanned=False,
        ocr=True,
        turned=sheet.turned,
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


def _straight(drawn: Any, page: Page, quarter: int = 0) -> Sheet:
    """The page laid straight, after it was turned by some quarters, without its drawn lines."""
    try:
        scale = min(DPI / 72, (LARGEST / max(1.0, page.width * page.height)) ** 0.5)
        grey, turned = drawing.grey(drawn, scale, quarter), float(quarter)
        slope = ink.slope(grey)
        if abs(slope) >= LEVEL:
            turned -= math.degrees(math.atan(slope))
            grey = drawing.grey(drawn, scale, turned)
    finally:
        drawn.close()
    level, upright = ink.ruled(grey, scale)
    return Sheet(ink.without(grey, level, upright), scale, quarter, turned, level, upright)


def _bare(drawn: Any, scale: float) -> Any:
    """The pixels of a page as it lies."""
    try:
        return drawing.grey(drawn, scale)
    finally:
        drawn.close()


def _greymap(grey: Any) -> ocr.Greymap:
    return ocr.Greymap(grey.shape[1], grey.shape[0], grey.tobytes())
