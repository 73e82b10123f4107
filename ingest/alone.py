"""A picture or an inset drawn by itself on an empty sheet, so that its words can be read though no page shows them."""

from __future__ import annotations

import io
from typing import Any

import numpy
import pikepdf

from ingest import ocr
from ingest.document import Box
from ingest.drawing import grey
from ingest.pdf import opened
from ingest.widgets import DAMAGED

LONGEST_SIDE = 3000.0  # pixels, and points of a sheet
SHORTEST = 10.0  # points: on a smaller sheet nothing can be drawn
DPI = 200
SECONDS = 15.0
PLAIN = 16  # of 255: what differs less is one colour
MARGIN = 20  # pixels: an engine reads no word that touches the edge


def words_of(thing: Any) -> str | None:
    """The words in a picture or an inset; none where they cannot be read, None where there is nothing in it."""
    try:
        width, height = _size(thing)
        with pikepdf.new() as pdf:
            sheet = pdf.add_blank_page(page_size=(width, height))
            copy = pdf.copy_foreign(thing)
            if "/Subtype" not in copy:  # a pattern or a letter, which is drawn as an inset is
                copy.Subtype = pikepdf.Name.Form
                copy.BBox = copy.get("/BBox", pikepdf.Array([0, 0, 1000, 1000]))
            name = sheet.add_resource(copy, pikepdf.Name.XObject)
            sheet.obj.Contents = pdf.make_stream(_placed(thing, str(name), width, height))
            kept = io.BytesIO()
            pdf.save(kept)
        with opened("a part of a paper", kept.getvalue()) as paper:
            page = paper[0]
            text_page = page.get_textpage()
            told = " ".join(str(text_page.get_text_range()).split())
            text_page.close()
            pixels = grey(page, min(DPI / 72, LONGEST_SIDE / max(width, height)))
            page.close()
    except DAMAGED:
        return ""
    if told or numpy.ptp(pixels) < PLAIN:
        return told or None
    return read(pixels)


def read(pixels: Any) -> str:
    """The words that an engine reads in grey pixels; none where none is installed, or there are none."""
    padded = numpy.pad(pixels, MARGIN, constant_values=int(numpy.median(pixels)))
    found = ocr.recognise(ocr.Greymap(padded.shape[1], padded.shape[0], padded.tobytes()), DPI, SECONDS) or ()
    return " ".join(one.text for one in found)


def _size(thing: Any) -> tuple[float, float]:
    if thing.get("/Subtype") == "/Image":
        wide, high = float(thing.Width) * 72 / DPI, float(thing.Height) * 72 / DPI
    else:
        wide, high = _box(thing).width, _box(thing).height
    return max(SHORTEST, min(LONGEST_SIDE, wide)), max(SHORTEST, min(LONGEST_SIDE, high))


def _box(thing: Any) -> Box:
    x0, y0, x1, y1 = (float(edge) for edge in thing.get("/BBox", (0, 0, 595, 842)))
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _placed(thing: Any, name: str, width: float, height: float) -> bytes:
    if thing.get("/Subtype") == "/Image":
        return f"q {width} 0 0 {height} 0 0 cm {name} Do Q".encode()
    box = _box(thing)
    return f"q 1 0 0 1 {-box.x0} {-box.top} cm {name} Do Q".encode()
