"""Which words of a page its reader can read: draw it, switch text off, draw it again, and see what has changed.

What should have changed is the shape of the word's letters, black on white with nothing else on the page. A word is
readable where enough of that shape stands out from what is there without it, whatever takes the rest away: a box, a
picture, white ink, a layer, a clip, the page's edge; and where the word leaves the white around it and in it alone, for
letters with very wide strokes are a blot. No rule about how to hide is needed. Words that lie on one another go off in
different layers, so that the ink of one is not taken for the other's. Annotations and form fields are drawn too,
because they cover text as well, and the page is drawn as on a screen and, where that differs, as in print.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

import numpy
import pypdfium2.raw as pdfium

from ingest.document import Box
from ingest.engine import font_of, handle
from ingest.fonts import Fonts
from ingest.matrix import Matrix
from ingest.pdf import bounds, objects, page_matrix
from ingest.plain import make_plain
from ingest.printed import Printed
from ingest.runs import Run
from ingest.texts import read_text

SCALE = 2.0  # pixels a point: enough for 6-point type to leave a mark
LARGEST_PICTURE = 40_000_000  # pixels: a page that would need more is drawn smaller
INK = 64  # of 255: what of a word's own ink is measured; fainter pixels are the edges of its strokes
READABLE = 46  # of 255: ink that stands out less from what is around it is not read
READABLE_LARGE = 24  # the same for large type, such as a watermark
LARGE = 18.0  # points
SMALLEST = 3.0  # points: type below this cannot be read even where it leaves a mark
SHARE = 0.6  # of a word's ink: who sees less of it guesses the word
COLUMN = 0.35  # of the ink in one column of pixels: less, and the letter there is gone
BLANK = 0.45  # of the type size: a letter or figure; where so much of a word is gone, the word is not shown
AROUND = 0.15  # of the type size: how far about its letters a word that can be read leaves the white alone
EDGE = 0.05  # of the type size: how far honest strokes reach beyond the letters, as where bold is made of them
SPILT = 0.2  # of that white: where a word covers more of it, it is a blot
SLIVER = 0.3  # of the type size: no letter is so low
SHARED = 0.25  # of the smaller of two words: less is how lines that are set close touch
BAND = 128  # rows of pixels that are worked on at a time
TWIN = 1.0  # points: how far apart a word may stand from its second print
DEEPEST = 6  # layers of words on one another: nobody reads what lies on more

WHITE = numpy.full(3, 255, dtype=numpy.uint8)

Picture = Any  # numpy array of bytes: rows by columns by colours


def unreadable(page: Any) -> list[Run]:
    """The words of a page that no reader can read on it, in the order they are drawn. The page is spoilt after it."""
    matrix, width, height = page_matrix(page.raw)
    everything = list(objects(page.raw, matrix))
    shapes = [(shape, outer) for shape, kind, outer in everything if kind == pdfium.FPDF_PAGEOBJ_TEXT]
    words = _words(page, shapes)
    if not words:
        return []
    scale = min(SCALE, (LARGEST_PICTURE / max(1.0, width * height)) ** 0.5)
    texts = [handle(shape) for shape, _ in shapes]
    layers = layered([(order, piece) for order, piece, _ in words])
    layers |= {again: layers[order] for again, order in _twins(shapes, set(layers)).items()}
    depth = min(DEEPEST, max(layers.values()) + 1)
    ways = _ways(page, scale)
    contrasts: list[Picture] = []
    for layer in range(depth):
        for order, shape in enumerate(texts):
            pdfium.FPDFPageObj_SetIsActive(shape, layers.get(order) != layer)
        contrasts.append(numpy.minimum.reduce([_changed(page, scale, way, shown) for way, shown in ways]))
    make_plain(page.raw, texts)
    for shape, kind, _ in everything:
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(handle(shape), False)
    readable: set[int] = set()
    for layer in range(depth):
        for order, shape in enumerate(texts):
            pdfium.FPDFPageObj_SetIsActive(shape, layers.get(order) == layer)
        ink = _draw_text(page, scale)
        readable |= {
            n
            for n, (order, piece, reach) in enumerate(words)
            if layers[order] == layer and _readable(piece, reach, contrasts[layer], ink, scale)
        }
    return [piece for n, (_, piece, _) in enumerate(words) if n not in readable]


def _words(page: Any, shapes: Sequence[tuple[int, Matrix]]) -> list[tuple[int, Run, Box]]:
    """The words of each text object, with its order and the box of its ink."""
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    fonts = Fonts(page.pdf)
    try:
        printed = Printed(text_page)
        return [
            (order, piece, bounds(shape, outer))
            for order, (shape, outer) in enumerate(shapes)
            for run in read_text(shape, printed, outer, fonts)
            for piece in run.pieces()
        ]
    finally:
        fonts.close()
        pdfium.FPDFText_ClosePage(text_page)


def _twins(shapes: Sequence[tuple[int, Matrix]], worded: set[int]) -> dict[int, int]:
    """Text objects that say nothing because they print another again, as some programs print bold; and which other."""
    silent = [order for order in range(len(shapes)) if order not in worded]
    boxes = {order: bounds(*shapes[order]) for order in (worded if silent else ())}
    result: dict[int, int] = {}
    for order in silent:
        box, font = bounds(*shapes[order]), font_of(shapes[order][0])
        for other, place in boxes.items():
            same_place = max(abs(a - b) for a, b in zip(box, place, strict=True)) < TWIN
            if same_place and font == font_of(shapes[other][0]):
                result[order] = other
                break
    return result


def _ways(page: Any, scale: float) -> list[tuple[str | None, Picture]]:
    """The page as a screen shows it and, where that differs, as it is printed. A drawing is large: few are kept."""
    ways: list[tuple[str | None, Picture]] = []
    for way in (None, "print"):
        with closing(page.render(scale=scale, optimize_mode=way)) as bitmap:
            shown = bitmap.to_numpy()
            if not ways or any(not numpy.array_equal(ways[0][1][rows], shown[rows]) for rows in _bands(shown)):
                ways.append((way, shown.copy()))
    return ways


def _bands(picture: Picture) -> list[slice]:
    """The rows of a picture, some at a time, so that what is worked out for them takes little room."""
    return [slice(top, top + BAND) for top in range(0, len(picture), BAND)]


def _changed(page: Any, scale: float, way: str | None, shown: Picture) -> Picture:
    """How far the page as it is drawn now differs from how it was shown."""
    with closing(page.render(scale=scale, optimize_mode=way)) as bitmap:
        return _change(shown, bitmap.to_numpy())


def _draw_text(page: Any, scale: float) -> Picture:
    """How much ink the text gives that is switched on, nothing else being drawn. In colour: grey is set otherwise."""
    with closing(page.render(scale=scale, may_draw_forms=False, draw_annots=False)) as bitmap:
        return _change(bitmap.to_numpy(), WHITE)


def _change(one: Picture, other: Picture) -> Picture:
    """How far two drawings differ at each pixel, in the colour in which they differ most."""
    most = numpy.empty(one.shape[:2], dtype=numpy.uint8)
    for rows in _bands(one):
        a, b = one[rows], other[rows] if other.ndim > 1 else other
        apart = numpy.maximum(a, b) - numpy.minimum(a, b)
        most[rows] = numpy.maximum(numpy.maximum(apart[:, :, 0], apart[:, :, 1]), apart[:, :, 2])
    return most


def layered(words: Sequence[tuple[int, Run]]) -> dict[int, int]:
    """A layer for each text object, by its order, such that no two in one layer lie on one another.

    The same word twice in one place is how some programs print bold, and stays in one layer.
    """
    x0, top, x1, bottom = numpy.array([piece.box for _, piece in words]).T
    area = (x1 - x0) * (bottom - top)
    on_one_another: dict[int, set[int]] = {}
    for n, (order, piece) in enumerate(words):
        wide = numpy.minimum(x1, x1[n]) - numpy.maximum(x0, x0[n])
        high = numpy.minimum(bottom, bottom[n]) - numpy.maximum(top, top[n])
        shared = wide.clip(0) * high.clip(0) > SHARED * numpy.minimum(area, area[n])
        others = {words[int(i)][0] for i in numpy.flatnonzero(shared) if words[int(i)][1].text != piece.text}
        on_one_another.setdefault(order, set()).update(others - {order})
    layers: dict[int, int] = {}
    for order, others in on_one_another.items():
        taken = {layers[other] for other in others if other in layers}
        layers[order] = next(layer for layer in range(len(taken) + 1) if layer not in taken)
    return layers


def _readable(piece: Run, reach: Box, contrast: Picture, ink: Picture, scale: float) -> bool:
    if piece.size < SMALLEST:
        return False
    high, wide = ink.shape
    rows = slice(max(0, int(piece.box.top * scale)), min(high, int(piece.box.bottom * scale) + 1))
    columns = slice(max(0, int(piece.box.x0 * scale)), min(wide, int(piece.box.x1 * scale) + 1))
    place = ink[rows, columns]
    expected = place > INK
    prints = any(character.isalnum() for character in piece.text)
    if not expected.any():
        return reach.width * reach.height == 0 and not prints
    least = READABLE_LARGE if piece.size >= LARGE else READABLE
    seen = expected & (contrast[rows, columns].astype(numpy.int32) * 255 >= least * place.astype(numpy.int32))
    if seen.sum() < SHARE * expected.sum() or _blots(piece, contrast, ink, least, scale):
        return False
    upright = piece.box.width < piece.box.height and len(piece.text) > 1
    along, across = (1, 0) if upright else (0, 1)
    if prints and numpy.ptp(numpy.flatnonzero(expected.any(axis=across))) + 1 < SLIVER * piece.size * scale:
        return False
    wanted, found = expected.sum(axis=along), seen.sum(axis=along)
    gone = numpy.flatnonzero(wanted)[(found < COLUMN * wanted)[wanted > 0]]
    return _longest_run(gone, numpy.flatnonzero(wanted)) < BLANK * piece.size * scale


def _blots(piece: Run, contrast: Picture, ink: Picture, least: int, scale: float) -> bool:
    """Whether a word covers the white between its letters, in them and about them too."""
    high, wide = ink.shape
    about = max(2, round(AROUND * piece.size * scale))
    rows = slice(max(0, int(piece.box.top * scale) - about), min(high, int(piece.box.bottom * scale) + 1 + about))
    columns = slice(max(0, int(piece.box.x0 * scale) - about), min(wide, int(piece.box.x1 * scale) + 1 + about))
    inked = ink[rows, columns] > 0
    edge = max(1, round(EDGE * piece.size * scale))
    white = _grown(inked, about) & ~_grown(inked, edge)
    spilt = white & (contrast[rows, columns] >= least)
    return bool(spilt.sum() > SPILT * white.sum())


def _grown(marks: Any, reach: int) -> Any:
    """Marks, and what is no farther from one than so many pixels along a row and along a column."""
    for axis in (0, 1):
        before = marks
        marks = before.copy()
        for step in range(1, min(reach, before.shape[axis] - 1) + 1):
            if axis:
                marks[:, step:] |= before[:, :-step]
                marks[:, :-step] |= before[:, step:]
            else:
                marks[step:] |= before[:-step]
                marks[:-step] |= before[step:]
    return marks


def _longest_run(gone: Any, inked: Any) -> float:
    """How far the widest stretch of columns reaches in which no ink of a word is left."""
    if not len(gone):
        return 0.0
    runs = numpy.split(gone, numpy.flatnonzero(numpy.diff(numpy.searchsorted(inked, gone)) > 1) + 1)
    return float(max(run[-1] - run[0] + 1 for run in runs))
