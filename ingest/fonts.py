"""The fonts of a paper as the PDF engine knows them: how heavy, how slanted, and how wide each character is.

Bold is taken from the font's name, because PDFium reports weight 400 for bold fonts too.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from ingest.engine import font_of
from ingest.runs import Face

HEAVY = ("bold", "black", "heavy", "semibold", "demi")
SLANTED = 64  # the flag of an italic font
NAME = ctypes.create_string_buffer(256)
GIVEN, REACHED, HIGH = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()  # room for answers; one paper at a time


class Font:
    """A font with the width of each character asked for so far."""

    def __init__(self, raw: Any) -> None:
        pdfium.FPDFFont_GetBaseFontName(raw, NAME, len(NAME))
        name = NAME.value.decode("utf-8", errors="replace").rpartition("+")[2]
        style = name.lower()
        slanted = bool(pdfium.FPDFFont_GetFlags(raw) & SLANTED) or "italic" in style or "oblique" in style
        self.raw = raw
        self.face = Face(name, any(word in style for word in HEAVY), slanted)
        self.widths = self.face.widths
        self.reaches: dict[str, float] = {}

    def width(self, text: str) -> float:
        """How wide a text is, in units of the type size."""
        widths = self.widths
        try:
            return sum(map(widths.__getitem__, text))
        except KeyError:
            pass  # a character that is met for the first time
        for character in set(text).difference(widths):
            asked = pdfium.FPDFFont_GetGlyphWidth(self.raw, ord(character), 1000.0, GIVEN)
            known = GIVEN.value / 1000 if asked and GIVEN.value > 0 else 0.25 if character == " " else 0.5
            widths[character] = known
        return sum(map(widths.__getitem__, text))

    def reach(self, character: str) -> float:
        """How far the ink of a glyph reaches from its origin: less than its width by the white on its right."""
        known = self.reaches.get(character)
        if known is None:
            path = pdfium.FPDFFont_GetGlyphPath(self.raw, ord(character), 1000.0)
            known = 0.0
            for i in range(pdfium.FPDFGlyphPath_CountGlyphSegments(path) if path else 0):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFGlyphPath_GetGlyphPathSegment(path, i), REACHED, HIGH)
                known = max(known, REACHED.value)
            known = self.reaches[character] = known or self.width(character)
        return known


class Fonts:
    """The fonts of an open paper, each asked for its widths once.

    A page that is closed lets its fonts go, and another may then lie at the same address. So each font that is known
    is held by a text object of its own, which is on no page.
    """

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.known: dict[int, Font] = {}
        self.holders: list[Any] = []

    def of(self, shape: int) -> Font:
        """The font of a text object."""
        place = font_of(shape)
        font = self.known.get(place)
        if font is None:
            raw = ctypes.cast(place, pdfium.FPDF_FONT)
            font = Font(raw)
            if holder := pdfium.FPDFPageObj_CreateTextObj(self.pdf.raw, raw, 1.0):
                self.holders.append(holder)
                self.known[place] = font
        return font

    def close(self) -> None:
        """Let the fonts go, before the paper is closed."""
        self.known.clear()
        while self.holders:
            pdfium.FPDFPageObj_Destroy(self.holders.pop())
