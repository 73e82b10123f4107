"""What stands on a scanned page beside its words: numbers and bullets in the margin, ticks in tables, signatures.

All boxes are in pixels of the picture that lies straight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy

from ingest import ink, ocr
from ingest.document import Box, Rule
from ingest.grid import find_grids

SPECK = 0.5  # square points: less ink than this is dust
HAND = 24.0  # points: ink that hangs together so far is written by hand, not set
SURE = 0.9  # a mark of a known shape, or a number that two readings agree on
UNSURE = 0.4  # where two readings differ
FOLLOWING = 4  # words after a label that are read again with it
WIDEST_LABEL = 60.0  # points: 2.2.10.12. in large type is narrower
POOR = 0.6  # a reading below this may be a piece of a label
FARTHEST = 45.0  # points from a label to its text: beyond lie punch holes and the edge of the sheet
APART = 4.5  # points: a label stands so far from its text
DOUBTED = 0.92  # a reading in the margin below this is tried again
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{2,4})[.)]")
UNREAD = "�"  # ink where nothing was read


def labelled(readings: Sequence[ocr.Reading], grey: Any, dark: Any, scale: float, seconds: float) -> list[ocr.Reading]:
    """The same with what hangs in the margin read again by itself, and bullets known by their shape.

    A number in the margin is the least sure word of its line, since nothing around it helps to read it; it is also the
    one by which people cite the paragraph.
    """
    lines: dict[tuple[int, ...], list[ocr.Reading]] = {}
    for reading in readings:
        lines.setdefault(reading.line, []).append(reading)
    result: list[ocr.Reading] = []
    doubtful: list[list[ocr.Reading]] = []
    swallowed: set[int] = set()
    for line in lines.values():
        label, body = _parts(line, scale)
        if label and _is_dot(label, dark, scale):
            result.extend([replace(label, text="•", confidence=SURE), *body])
            continue
        hanging, junk = _hanging(body, line, readings, dark, scale)
        if hanging and (label is None or _may_be_label(label)):
            first = label or ocr.Reading(UNREAD, hanging, 0.0, line[0].line)
            doubtful.append([replace(first, box=hanging), *body[:FOLLOWING]])
            result.extend(body[FOLLOWING:])
            swallowed |= junk
        else:
            result.extend(line)
    result = [reading for reading in result if id(reading) not in swallowed]
    for before, again in zip(doubtful, _read_again(doubtful, grey, scale, seconds), strict=True):
        result.append(_weighed(before[0], again[0] if again else None))
        if len(again) == len(before):
            result.extend(map(_surer, before[1:], again[1:]))
        else:
            result.extend(before[1:])
    return result


def _parts(line: Sequence[ocr.Reading], scale: float) -> tuple[ocr.Reading | None, Sequence[ocr.Reading]]:
    """What stands apart at the start of a line, as one reading even where it was broken into two, and the rest."""
    for at in range(1, min(3, len(line))):
        if line[at].box.x0 - line[at - 1].box.x1 > APART * scale:
            label = line[0]
            for piece in line[1:at]:
                sure = min(label.confidence, piece.confidence)
                label = replace(label, text=label.text + piece.text, box=label.box.union(piece.box), confidence=sure)
            poor = all(piece.confidence < POOR for piece in line[:at])
            return (label, line[at:]) if at == 1 or poor else (None, line)
    return None, line


def _may_be_label(reading: ocr.Reading) -> bool:
    if NUMBER.fullmatch(reading.text) or LETTER.fullmatch(reading.text):
        return True
    return reading.confidence < DOUBTED and len(reading.text) <= 10


def _hanging(
    body: Sequence[ocr.Reading], line: Sequence[ocr.Reading], readings: Sequence[ocr.Reading], dark: Any, scale: float
) -> tuple[Box | None, set[int]]:
    """The ink left of a line's text, apart from it, and the poor readings it was broken into (by `id`).

    Nothing where words that were read surely stand there: that is another column.
    """
    top, bottom = min(r.box.top for r in body[:FOLLOWING]), max(r.box.bottom for r in body[:FOLLOWING])
    place = Box(0, top, body[0].box.x0 - APART * scale, bottom)
    others = [r for r in readings if r not in line and _inside(r.box, place)]
    pieces = [blob.box for blob in ink.blobs(dark, place, int(SPECK * scale**2))] if place.x1 > 0 else []
    if not pieces or any(reading.confidence >= POOR for reading in others):
        return None, set()
    box = pieces[0]
    for piece in pieces[1:]:
        box = box.union(piece)
    near = box.width < WIDEST_LABEL * scale and body[0].box.x0 - box.x1 < FARTHEST * scale and box.height > 4 * scale
    return (box, {id(reading) for reading in others}) if near else (None, set())


def _is_dot(reading: ocr.Reading, dark: Any, scale: float) -> bool:
    marks = list(ink.blobs(dark, reading.box, int(SPECK * scale**2)))
    return len(marks) == 1 and marks[0].box.height < 6 * scale and ink.is_bullet(marks[0])


def _read_again(
    openings: Sequence[Sequence[ocr.Reading]], grey: Any, scale: float, seconds: float
) -> list[list[ocr.Reading]]:
    """Each label and the words after it read once more, drawn up to one another, since an engine reads words in lines.

    All in one picture, one under the other; for each the words from left to right.
    """
    if not openings:
        return []
    margin, gap, paper = int(2 * scale), int(5 * scale), int(numpy.median(grey))
    parts = []
    for label, *words in openings:
        boxes = [reading.box for reading in (label, *words)]
        top, bottom = min(box.top for box in boxes) - margin, max(box.bottom for box in boxes) + margin
        left = ink.crop(grey, Box(label.box.x0 - margin, top, label.box.x1 + 1, bottom))
        right = ink.crop(grey, Box(boxes[1].x0 - 1, top, boxes[-1].x1 + margin, bottom))
        parts.append(numpy.hstack([left, numpy.full((left.shape[0], gap), paper, numpy.uint8), right]))
    sheet, middles = ink.stacked(parts, grey, gap)
    picture = ocr.Greymap(sheet.shape[1], sheet.shape[0], sheet.tobytes())
    found = ocr.recognise_again(picture, round(scale * 72), seconds)
    found = tuple(sorted(found, key=lambda reading: reading.box.x0))
    return [
        [reading for reading in found if reading.box.top - 3 <= middle <= reading.box.bottom + 3] for middle in middles
    ]


def _surer(first: ocr.Reading, second: ocr.Reading) -> ocr.Reading:
    better = max(first, second, key=lambda reading: reading.confidence)
    return replace(first, text=better.text, confidence=better.confidence)


def _weighed(first: ocr.Reading, second: ocr.Reading | None) -> ocr.Reading:
    """What two readings of one label come to."""
    if second is None or not (NUMBER.fullmatch(second.text) or LETTER.fullmatch(second.text)):
        return first
    if LETTER.fullmatch(second.text):  # the engine reads "c." alone as a G, and rightly beside its text
        known = NUMBER.fullmatch(first.text) or LETTER.fullmatch(first.text)
        return (
            first if known or first.confidence > second.confidence else replace(second, box=first.box, line=first.line)
        )
    if _figures(first.text) == _figures(second.text):  # points are the first to be lost
        longer = max(first.text, second.text, key=lambda text: (bool(NUMBER.fullmatch(text)), len(text)))
        return replace(first, text=longer, confidence=max(SURE, first.confidence))
    if not NUMBER.fullmatch(first.text) and second.confidence > first.confidence:
        return replace(first, text=second.text, confidence=second.confidence)
    better = max(first, second, key=lambda reading: reading.confidence)
    return replace(first, text=better.text, confidence=min(UNSURE, better.confidence))


def _figures(text: str) -> str:
    return re.sub(r"[.,]", "", text)


def ticked(readings: Sequence[ocr.Reading], dark: Any, rules: Sequence[Rule], scale: float) -> list[ocr.Reading]:
    """The same with the marks in the cells of tables: a tick where one has its shape, `UNREAD` for other ink."""
    result = list(readings)
    for number, cell in enumerate(cell for grid in find_grids(rules) or () for row in grid.rows for cell in row):
        inside = Box(*(edge * scale for edge in cell))
        here = [reading for reading in result if _inside(reading.box, inside)]
        if sum(len(reading.text) for reading in here) > 3 or any(r.confidence > 0.85 for r in here):
            continue
        edge = 3 * scale
        place = Box(inside.x0 + edge, inside.top + edge, inside.x1 - edge, inside.bottom - edge)
        marks = list(ink.blobs(dark, place, int(4 * SPECK * scale**2)))
        if not marks:
            continue
        box = marks[0].box
        for mark in marks[1:]:
            box = box.union(mark.box)
        if len(marks) == 1 and box.height < 24 * scale and ink.is_tick(marks[0]):
            result = [reading for reading in result if reading not in here]
            result.append(ocr.Reading("✓", box, SURE, (-1, number)))
        elif not here:
            result.append(ocr.Reading(UNREAD, box, 0.0, (-1, number)))
    return result


def signed(readings: Sequence[ocr.Reading], dark: Any, scale: float) -> tuple[list[ocr.Reading], list[Box]]:
    """Where handwriting stands between "Signature" and "Date"; what an engine made of it is no word and goes."""
    result, found = list(readings), []
    for label in [reading for reading in readings if re.match(r"signature\b", reading.text, re.I)]:
        below = [r for r in readings if re.match(r"date\b", r.text, re.I) and r.box.top > label.box.bottom]
        if not below:
            continue
        date = min(below, key=lambda reading: reading.box.top)
        if date.box.top - label.box.bottom > 200 * scale or abs(date.box.x0 - label.box.x0) > 20 * scale:
            continue
        place = Box(0, label.box.bottom + scale, dark.shape[1], date.box.top - scale)
        hand = [
            blob.box
            for blob in ink.blobs(dark, place, int(4 * SPECK * scale**2))
            if blob.box.width > HAND * scale and blob.box.height > 6 * scale
        ]
        if not hand:
            continue
        box = hand[0]
        for other in hand[1:]:
            box = box.union(other)
        found.append(box)
        result = [r for r in result if not (r.box.overlap(box) or (_inside(r.box, place) and r.confidence < SURE))]
    return result, found


def _inside(box: Box, place: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return place.x0 <= x <= place.x1 and place.top <= y <= place.bottom
