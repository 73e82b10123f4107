"""The one room of the PDF engine: bytes in, pages of words, rules, fills and pictures out.

PDFium's text objects carry text, place, size and font; word boxes inside a run come from the font's own glyph widths,
asked once for each glyph, so that reading costs little more than PDFium's bare text. Bold is taken from the font's
name, because PDFium reports weight 400 for bold fonts too. PDFium is not thread-safe: one process reads one paper.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.annotations import laid_over
from ingest.boxes import understood
from ingest.document import Box, Page
from ingest.errors import UnreadableError
from ingest.lines import Piece, gather_lines, spread, strike
from ingest.matrix import Matrix
from ingest.paths import Paths

BEARING = 0.12  # of the size: the white on the right of a last glyph; a run that ends so is set without any stretching
WORD = re.compile(r"\S+")
HYPHENS_AT_LINE_END = str.maketrans({"\ufffe": "-", "\x02": "-"})  # what PDFium gives for them


@dataclass(slots=True)
class Font:
    """A font with the width of each glyph asked for so far, in units of its size."""

    raw: Any
    name: str
    bold: bool
    italic: bool
    widths: dict[str, float]
    reaches: dict[str, float]

    def width(self, text: str) -> float:
        total = 0.0
        for character in text:
            known = self.widths.get(character)
            if known is None:
                given = ctypes.c_float()
                asked = pdfium.FPDFFont_GetGlyphWidth(self.raw, ord(character), 1000.0, given)
                known = given.value / 1000 if asked and given.value > 0 else 0.25 if character == " " else 0.5
                self.widths[character] = known
            total += known
        return total

    def reach(self, character: str) -> float:
        """How far the ink of a glyph reaches from its origin: less than its width by the white on its right."""
        known = self.reaches.get(character)
        if known is None:
            path = pdfium.FPDFFont_GetGlyphPath(self.raw, ord(character), 1000.0)
            x, y, known = ctypes.c_float(), ctypes.c_float(), 0.0
            for i in range(pdfium.FPDFGlyphPath_CountGlyphSegments(path) if path else 0):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, i), x, y)
                known = max(known, x.value)
            known = self.reaches[character] = known or self.width(character)
        return known


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Any]:
    """Open a PDF; raises UnreadableError in words a person can act on."""
    if not data:
        raise UnreadableError(name, "The file is empty.", "Ask the sender for it again.")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError(name, "This is not a PDF.", "Save the paper as a PDF and put that in.")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            remedy = "Ask the sender for a copy without a password."
            raise UnreadableError(name, "The file is locked with a password.", remedy) from None
        remedy = "Open it in the program it came from and save it as a PDF again."
        raise UnreadableError(name, "The file is broken: no PDF can be read from it.", remedy) from None
    try:
        yield pdf
    finally:
        pdf.close()


def page_count(pdf: Any) -> int:
    """How many pages there are."""
    return len(pdf)


def page_matrix(page: Any) -> tuple[Matrix, float, float]:
    """How PDF coordinates become displayed ones (top left origin, rotation applied), and the displayed size."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    shown = pdfium.FS_RECTF()  # what CropBox and MediaBox share
    left, bottom = (shown.left, shown.bottom) if pdfium.FPDF_GetPageBoundingBox(page, shown) else (0.0, 0.0)
    turned = pdfium.FPDFPage_GetRotation(page)
    matrix = (
        Matrix(1, 0, 0, -1, -left, height + bottom),
        Matrix(0, 1, 1, 0, -bottom, -left),
        Matrix(-1, 0, 0, 1, width + left, -bottom),
        Matrix(0, -1, -1, 0, width + bottom, height + left),
    )[turned]
    return matrix, width, height


def objects(page: Any, outer: Matrix) -> Iterator[tuple[Any, int, Matrix]]:
    """Every object of a page with its type and the matrix of its surroundings, form XObjects opened."""
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _opened_form(pdfium.FPDFPage_GetObject(page, i), outer, depth=0)


def _opened_form(shape: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    kind = pdfium.FPDFPageObj_GetType(shape)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield shape, kind, outer
    elif depth < 20:  # a form that holds itself is a known attack
        inner = own_matrix(shape).then(outer)
        for i in range(pdfium.FPDFFormObj_CountObjects(shape)):
            yield from _opened_form(pdfium.FPDFFormObj_GetObject(shape, i), inner, depth + 1)


def own_matrix(shape: Any) -> Matrix:
    """The matrix an object is drawn with."""
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, raw):
        return Matrix(1, 0, 0, 1, 0, 0)
    return Matrix(raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def whole_matrix(shape: Any, outer: Matrix) -> Matrix:
    """The matrix that takes an object to the displayed page."""
    return own_matrix(shape).then(outer)


def bounds(shape: Any, outer: Matrix) -> Box:
    """The box of an object on the displayed page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
    return outer.box(left.value, bottom.value, right.value, top.value)


def read_page(pdf: Any, index: int) -> Page:
    """Read page `index` (from 0): its lines in reading order, rules, fills and pictures."""
    page = pdf[index]
    matrix, width, height = page_matrix(page.raw)
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    pieces: list[Piece] = []
    drawn = Paths()
    pictures: list[Box] = []
    fonts: dict[int, Font] = {}
    try:
        for shape, kind, outer in objects(page.raw, matrix):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                pieces.extend(read_text(shape, text_page, outer, fonts))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                drawn.add(shape, bounds(shape, outer), partial(whole_matrix, shape, outer))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                pictures.append(bounds(shape, outer))
        over = laid_over(page.raw, matrix, index + 1)
        meant = understood([*drawn.strokes, *over.strokes], pieces, drawn.rules, drawn.fills, index + 1)
        lines = gather_lines(strike(pieces, [*drawn.rules, *over.deletions, *meant.deletions]), index + 1)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        page.close()
    return Page(
        index + 1,
        width,
        height,
        lines,
        tuple(drawn.rules),
        tuple(drawn.fills),
        tuple(pictures),
        scanned=not lines,
        marks=(*over.marks, *meant.marks),
    )


def read_text(shape: Any, text_page: Any, outer: Matrix, fonts: dict[int, Font]) -> Iterator[Piece]:
    """One text object as pieces without white space inside, each with its box."""
    length = pdfium.FPDFTextObj_GetText(shape, text_page, None, 0)
    if length <= 2:
        return
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFTextObj_GetText(shape, text_page, buffer, length)
    text = bytes(buffer)[: length - 2].decode("utf-16-le", errors="replace").translate(HYPHENS_AT_LINE_END)
    if not text.strip():
        return
    font = _font(shape, fonts)
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(shape, size)
    matrix = whole_matrix(shape, outer)
    ink = bounds(shape, outer)
    points = size.value * (matrix.c**2 + matrix.d**2) ** 0.5
    upright = abs(matrix.b) < 0.01 * abs(matrix.a)
    unit, wider = size.value * abs(matrix.a), 0.0
    bare, drawn = text.rstrip(), ink.x1 - matrix.e
    if upright and not 0 <= font.width(bare) * unit - drawn <= BEARING * unit:
        ends = [font.width(bare[:-1]) + font.reach(bare[-1])] + [font.width(text[:-1])] * text[-1].isspace()
        unit, wider = spread(text, [end * unit for end in ends], unit, drawn)
    reached, so_far = 0, 0.0
    for part in WORD.finditer(text):
        so_far += font.width(text[reached : part.start()]) * unit + wider * (part.start() - reached)
        wide = font.width(part[0]) * unit
        x = matrix.e + so_far
        yield Piece(
            part[0],
            Box(x, ink.top, x + wide, ink.bottom) if upright else ink,
            matrix.f,
            font.name,
            points,
            font.bold,
            font.italic,
            space_before=part.start() > 0,
            space_after=part.end() < len(text),
        )
        reached, so_far = part.end(), so_far + wide


def _font(shape: Any, fonts: dict[int, Font]) -> Font:
    raw = pdfium.FPDFTextObj_GetFont(shape)
    key = ctypes.cast(raw, ctypes.c_void_p).value or 0
    if key not in fonts:
        buffer = ctypes.create_string_buffer(256)
        pdfium.FPDFFont_GetBaseFontName(raw, buffer, 256)
        name = buffer.value.decode("utf-8", errors="replace").rpartition("+")[2]
        flags = pdfium.FPDFFont_GetFlags(raw)
        style = name.lower()
        heavy = any(word in style for word in ("bold", "black", "heavy", "semibold", "demi"))
        slanted = bool(flags & 64) or "italic" in style or "oblique" in style
        fonts[key] = Font(raw, name, heavy, slanted, {}, {})
    return fonts[key]


def object_count(pdf: Any, index: int) -> int:
    """How many objects page `index` (from 0) is drawn from; raises nothing for a page that cannot be loaded."""
    page = pdf[index]
    try:
        return int(pdfium.FPDFPage_CountObjects(page.raw))
    finally:
        page.close()
