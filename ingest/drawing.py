"""Pages as pixels: for engines that read them, laid straight, and for people who compare what was read with the page.

A page of a scan was read turned (`Page.turned`), so it is drawn turned as well, and the boxes sit on the words. Turned
by a quarter or more it stands on another sheet, as wide as the page is high.
"""

from __future__ import annotations

import math
from typing import Any

import numpy
import pypdfium2
import pypdfium2.raw as pdfium

from ingest import pdf
from ingest.errors import UnreadableError
from ingest.limits import DEFAULT, Limits
from ingest.pixels import FINEST, HIGHEST, WIDEST, Drawing

WHITE = (255, 255, 255, 255)


def drawn(name: str, data: bytes, number: int, turned: float, limits: Limits = DEFAULT) -> Drawing:
    """Page `number` (from 1) of a PDF as its reader sees it, turned as it was for reading."""
    with pdf.opened(name, data) as paper:
        if not 0 < number <= pdf.page_count(paper):
            raise UnreadableError(name, f"It has no page {number}.", "Read the paper again.")
        if pdf.object_count(paper, number - 1) > limits.objects:
            reason = f"Page {number} is drawn from more parts than any decision paper has."
            raise UnreadableError(name, reason, "Print the paper to a new PDF and put that in.")
        paper.init_forms()  # without it, form fields are not drawn
        sheet = paper[number - 1]
        try:
            wide, high = frame(sheet, turned)
            scale = min(HIGHEST / max(1.0, high), WIDEST / max(1.0, wide), FINEST)
            shown = coloured(sheet, scale, turned)
        finally:
            sheet.close()
    return Drawing(shown.shape[1], shown.shape[0], scale, shown.tobytes())


def frame(sheet: Any, turned: float) -> tuple[float, float]:
    """Width and height, in points, of the sheet on which a turned page lies."""
    wide, high = sheet.get_size()
    return (high, wide) if round(turned / 90) % 2 else (wide, high)


def coloured(sheet: Any, scale: float, turned: float) -> Any:
    """The pixels of a page in colour: rows by columns by red, green and blue."""
    if not turned:
        return sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=pdfium.FPDFBitmap_BGR).to_numpy()
    bitmap = _turned(sheet, scale, turned, pdfium.FPDFBitmap_BGR, pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER)
    shown = numpy.array(bitmap.to_numpy())
    bitmap.close()
    return shown


def grey(sheet: Any, scale: float, turned: float = 0.0) -> Any:
    """The pixels of a page in grey: rows by columns, 0 is black."""
    bitmap = _turned(sheet, scale, turned, pdfium.FPDFBitmap_Gray, pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE)
    shown = numpy.array(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width].copy()
    bitmap.close()
    return shown


def _turned(sheet: Any, scale: float, turned: float, form: int, flags: int) -> Any:
    """A bitmap of a page turned clockwise, by degrees, about its middle, which is the middle of the new sheet too."""
    wide, high = frame(sheet, turned)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, form)
    bitmap.fill_rect(WHITE, 0, 0, width, height)
    angle = math.radians(turned)
    a, b = math.cos(angle) * scale, math.sin(angle) * scale
    x, y = (side / 2 for side in sheet.get_size())
    turn = pdfium.FS_MATRIX(a, b, -b, a, wide / 2 * scale - a * x + b * y, high / 2 * scale - b * x - a * y)
    shown = pdfium.FS_RECTF(0, 0, width, height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, sheet.raw, turn, shown, flags)
    return bitmap
