"""Pixels of a picture that nobody sees: under a box or a note, cut off by a clip or the page's edge, behind a mask.

A box over a word of a scan leaves the word in the file. The page is drawn with a picture and without it; where nothing
changes, the picture does not show there. It hides something there if its own pixels have detail: one colour tells
nothing, and what the page shows in the same place anyway, as a picture drawn twice, is no secret.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import numpy
import pypdfium2
import pypdfium2.raw as pdfium

from ingest.alone import read
from ingest.document import Box, Hidden
from ingest.matrix import Matrix
from ingest.pdf import IMAGE, page_matrix, shapes_of
from ingest.readable import clipped
from ingest.visible import differs

SCALE = 2.0  # pixels a point
LARGEST = 6_000_000  # pixels: a picture that would need more is looked at coarser
PICTURES = 40  # of a page, the largest first: the others are looked at together, as the strips of one
CHANGED = 20  # of 255: what changes less is not seen
DETAIL = 80  # of 255: letters differ more than this from what they stand on
SAME = 40  # of 255: colours that are no farther apart are one, after a picture was made smaller
BLOCK = 12  # pixels: a place as high as small print
FEWEST = 0.04  # of a place: so many of its pixels are letters, and so many are not
UNSEEN = 0.5  # of a place: where more of it is seen, the rest is its edge
NEAR = 2  # pixels from one that is seen: the soft edge of a picture or of a letter on it
SMALLEST = 2  # places side by side: fewer hold no word
LINE = 20  # pixels: a picture that is no higher is a line or a pattern
SMALL = 4.0  # points: nobody reads a picture of words that is no higher
FINEST = 2400 / 72  # pixels a point: more than any printer shows
MOST = 10  # findings on a page
NOTE = "A picture holds pixels that the page does not show: what covers them does not take them away."

Pixels = Any  # numpy arrays: rows by columns, or those by colours
Picture = tuple[Any, Box, Matrix]


def covered_pictures(pdf: Any, number: int, seconds: float) -> Iterator[Hidden]:
    """Each place of page `number` (from 1) where a picture hides something, with its words as far as they are read."""
    page = pdf[number - 1]
    try:
        outer, wide, high = page_matrix(page.raw)
        pictures = [(shape, box, placed) for shape, kind, box, placed in shapes_of(page.raw, outer) if kind == IMAGE]
        pictures.sort(key=lambda picture: -picture[1].width * picture[1].height)
        groups = [[one] for one in pictures[:PICTURES]] + [pictures[PICTURES:]] * bool(pictures[PICTURES:])
        sheet = Box(0.0, 0.0, wide, high)
        found = [place for group in groups for place in _of_group(page, group, sheet)]
        found += [place for picture in pictures[:PICTURES] for place in _too_small(picture)]
    finally:
        page.close()
    for box, grey in found[:MOST]:
        words = read(grey.repeat(2, axis=0).repeat(2, axis=1)) if seconds > 1 else ""
        yield Hidden("covered-picture", number, box, clipped(words), NOTE)


def _too_small(picture: Picture) -> Iterator[tuple[Box, Pixels]]:
    """A picture whose pixels hold far more than the place shows where it is drawn: words in it are in the file."""
    shape, box, _ = picture
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium.FPDFImageObj_GetImagePixelSize(shape, wide, high) or min(wide.value, high.value) <= LINE:
        return
    finest = max(wide.value, high.value) / max(box.width, box.height, 0.01)
    if finest > FINEST or min(box.width, box.height) < SMALL:
        grey = _pixels(pdfium.FPDFImageObj_GetBitmap(shape))
        if grey is not None and numpy.ptp(grey) >= DETAIL:
            yield box, grey.astype(numpy.uint8)


def _of_group(page: Any, group: Sequence[Picture], sheet: Box) -> Iterator[tuple[Box, Pixels]]:
    around = group[0][1]
    for _, box, _ in group[1:]:
        around = around.union(box)
    if around.width < 1 or around.height < 1:
        return
    scale = min(SCALE, (LARGEST / (around.width * around.height)) ** 0.5)
    on_page = Box(
        max(sheet.x0, around.x0), max(sheet.top, around.top), min(sheet.x1, around.x1), min(sheet.bottom, around.bottom)
    )
    whole, bare = None, None
    if on_page.x1 - on_page.x0 >= 1 and on_page.bottom - on_page.top >= 1:
        whole = _drawn(page, on_page, sheet, scale)
        for shape, _, _ in group:
            pdfium.FPDFPageObj_SetIsActive(shape, False)
        bare = _drawn(page, on_page, sheet, scale)
        for shape, _, _ in group:
            pdfium.FPDFPageObj_SetIsActive(shape, True)
    for picture in group:
        yield from _hidden_in(page, picture, scale, whole, bare, on_page)


def _drawn(page: Any, place: Box, sheet: Box, scale: float) -> Pixels:
    """A place of a page as a reader sees it."""
    crop = (place.x0, sheet.bottom - place.bottom, sheet.x1 - place.x1, place.top)
    with closing(page.render(scale=scale, crop=crop, force_bitmap_format=pdfium.FPDFBitmap_BGR)) as bitmap:
        return bitmap.to_numpy().astype(numpy.int16)


def _hidden_in(
    page: Any, picture: Picture, scale: float, whole: Pixels, bare: Pixels, on_page: Box
) -> Iterator[tuple[Box, Pixels]]:
    """The places of one picture that its page does not show, and their pixels."""
    shape, box, matrix = picture
    own, inside = _laid_out(_pixels(pdfium.FPDFImageObj_GetBitmap(shape)), box, matrix, scale)
    if own is None or not inside.any():
        return
    seen = numpy.zeros(own.shape, dtype=bool)
    same = numpy.zeros(own.shape, dtype=bool)
    if whole is not None:
        left, top = round((on_page.x0 - box.x0) * scale), round((on_page.top - box.top) * scale)
        rows, columns = _shared(top, whole.shape[0], own.shape[0]), _shared(left, whole.shape[1], own.shape[1])
        there = (slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left))
        changed = differs(whole[there], bare[there], CHANGED)
        seen[rows, columns] = changed
        same[rows, columns] = numpy.abs(whole[there].mean(axis=2) - own[rows, columns]) < SAME
    if numpy.ptp(own[inside]) < DETAIL:
        mask = _pixels(pdfium.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, shape), of_mask=True)
        if mask is not None and not seen.any() and numpy.ptp(mask) >= DETAIL:
            yield box, (255 - mask).astype(numpy.uint8)  # of one colour, and shaped by what lets it through
        return
    unseen = inside & ~_grown(seen)
    blocks = _blocks_with_detail(own, unseen, same)
    for first_row, first, last_row, last in _groups(blocks):
        area = (slice(first_row * BLOCK, (last_row + 1) * BLOCK), slice(first * BLOCK, (last + 1) * BLOCK))
        place = Box(
            box.x0 + first * BLOCK / scale,
            box.top + first_row * BLOCK / scale,
            min(box.x1, box.x0 + (last + 1) * BLOCK / scale),
            min(box.bottom, box.top + (last_row + 1) * BLOCK / scale),
        )
        yield place, own[area].astype(numpy.uint8)


def _shared(begins: int, long: int, most: int) -> slice:
    return slice(max(0, begins), max(0, min(most, begins + long)))


def _pixels(raw: Any, *, of_mask: bool = False) -> Pixels:
    """The grey pixels of a picture, or how much each one lets through; None where there are none."""
    if not raw:
        return None
    pixels = pypdfium2.PdfBitmap.from_raw(raw).to_numpy()  # given back with its last view: never by hand
    if of_mask:
        return pixels[:, :, 3].copy() if pixels.ndim == 3 and pixels.shape[2] == 4 else None
    return (pixels[:, :, :3].mean(axis=2) if pixels.ndim == 3 else pixels).astype(numpy.float32)


def _laid_out(grey: Pixels, box: Box, matrix: Matrix, scale: float) -> tuple[Pixels, Pixels]:
    """A picture's own pixels where it puts them, whatever hides them, and which places are its own."""
    if grey is None:
        return None, None
    high, wide = max(1, round(box.height * scale)), max(1, round(box.width * scale))
    down, across = max(1, grey.shape[0] // high), max(1, grey.shape[1] // wide)
    if down > 1 or across > 1:  # made smaller as a whole, or thin strokes would be lost
        rows, columns = grey.shape[0] // down, grey.shape[1] // across
        grey = grey[: rows * down, : columns * across].reshape(rows, down, columns, across).mean(axis=(1, 3))
    x = box.x0 + (numpy.arange(wide) + 0.5) / scale - matrix.e
    y = box.top + (numpy.arange(high) + 0.5)[:, None] / scale - matrix.f
    size = matrix.a * matrix.d - matrix.b * matrix.c
    if not size:
        return None, None
    along, up = (matrix.d * x - matrix.c * y) / size, (matrix.a * y - matrix.b * x) / size
    inside = (along >= 0) & (along < 1) & (up > 0) & (up <= 1)
    row = ((1 - up) * grey.shape[0]).astype(int).clip(0, grey.shape[0] - 1)
    column = (along * grey.shape[1]).astype(int).clip(0, grey.shape[1] - 1)
    return grey[row, column], inside


def _grown(marks: Pixels) -> Pixels:
    """Marks and what lies near them."""
    for axis in (0, 1):
        before, marks = marks, marks.copy()
        for step in range(1, min(NEAR, before.shape[axis] - 1) + 1):
            one, other = [slice(None)] * 2, [slice(None)] * 2
            one[axis], other[axis] = slice(step, None), slice(None, -step)
            marks[tuple(one)] |= before[tuple(other)]
            marks[tuple(other)] |= before[tuple(one)]
    return marks


def _blocks_with_detail(own: Pixels, unseen: Pixels, same: Pixels) -> Pixels:
    """Which places hold dark and light pixels that are not seen, and that the page does not show in any other way."""
    rows, columns = -(-own.shape[0] // BLOCK), -(-own.shape[1] // BLOCK)
    fill = ((0, rows * BLOCK - own.shape[0]), (0, columns * BLOCK - own.shape[1]))

    def blocks(pixels: Pixels) -> Pixels:
        padded = numpy.pad(pixels, fill)
        return padded.reshape(rows, BLOCK, columns, BLOCK).transpose(0, 2, 1, 3).reshape(rows, columns, -1)

    grey, hidden = blocks(own), blocks(unseen)
    lightest = numpy.where(hidden, grey, -1).max(axis=2)
    darkest = numpy.where(hidden, grey, 256).min(axis=2)
    dark = (hidden & (grey < ((lightest + darkest) / 2)[:, :, None])).sum(axis=2)
    count = hidden.sum(axis=2)
    enough = (count > UNSEEN * BLOCK**2) & (numpy.minimum(dark, count - dark) > FEWEST * count)
    elsewhere = blocks(same & unseen).sum(axis=2) > 0.9 * count
    return enough & (lightest - darkest >= DETAIL) & ~elsewhere


def _groups(blocks: Pixels) -> Iterator[tuple[int, int, int, int]]:
    """Places that lie side by side, together: first row and column, last row and column."""
    left = {(int(row), int(column)) for row, column in numpy.argwhere(blocks)}
    while left:
        waiting, group = [left.pop()], []
        while waiting:
            row, column = waiting.pop()
            group.append((row, column))
            near = {(row + down, column + across) for down in (-1, 0, 1) for across in (-2, -1, 0, 1, 2)} & left
            left -= near
            waiting += near
        if len(group) >= SMALLEST:
            rows, columns = [row for row, _ in group], [column for _, column in group]
            yield min(rows), min(columns), max(rows), max(columns)
