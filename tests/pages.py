"""Tiny PDFs for tests of reading: a sheet is a content stream written by hand, so a test says exactly what is drawn.

For what comes after reading, lines and papers as values.

Lengths are points from the top left of the sheet, as in `ingest.document`. The fonts are the standard ones that every
reader brings: F1 Helvetica, F2 its bold, F3 its italic, F4 Courier (each glyph 0.6 of its size).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from ingest.document import Box, Document, Line, Page, Word

WIDE, HIGH = 595.0, 842.0
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique", "F4": "Courier"}


@dataclass(frozen=True, slots=True)
class Inset:
    """A form XObject: its own stream, and its matrix."""

    content: str
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: what is drawn, how it is turned and cropped, its insets by name, and annotations as (kind, box)."""

    content: str
    rotate: int = 0
    media: tuple[float, ...] = (0, 0, WIDE, HIGH)
    crop: tuple[float, ...] | None = None
    insets: Mapping[str, Inset] = field(default_factory=dict)
    annotations: Sequence[tuple[str, tuple[float, ...]]] = ()
    layer_off: bool = False


def text(x: float, y: float, words: str, size: float = 11, font: str = "F1", *, then: str = "") -> str:
    """Words with their baseline at `y` from the top; `then` is any operator before they are shown ("3 Tr", "1 g")."""
    return f"q BT /{font} {size} Tf {then} {x} {HIGH - y:.3f} Td ({escaped(words)}) Tj ET Q\n"


def escaped(words: str) -> str:
    """Words as they stand in a literal string of a PDF with WinAnsi encoding."""
    raw = words.encode("cp1252").decode("latin-1")
    return raw.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def lines(x: float, y: float, *printed: str, pitch: float = 14, size: float = 11, font: str = "F1") -> str:
    """One line of print below the other."""
    return "".join(text(x, y + n * pitch, words, size, font) for n, words in enumerate(printed))


def stroke(x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> str:
    """A ruled line."""
    return f"q {width} w {x0} {HIGH - y0:.3f} m {x1} {HIGH - y1:.3f} l S Q\n"


def block(x0: float, top: float, x1: float, bottom: float, colour: str = "0 g") -> str:
    """A filled rectangle."""
    return f"q {colour} {x0} {HIGH - bottom:.3f} {x1 - x0:.3f} {bottom - top:.3f} re f Q\n"


def picture(x0: float, top: float, x1: float, bottom: float) -> str:
    """The white picture /Im1 stretched over a place."""
    return f"q {x1 - x0} 0 0 {bottom - top} {x0} {HIGH - bottom} cm /Im1 Do Q\n"


def grid(top: float, columns: Sequence[float], rows: Sequence[Sequence[Sequence[str]]], pitch: float = 14) -> str:
    """A ruled table: `columns` are its edges, each cell is the lines printed in it."""
    drawn, y = "", top
    for row in rows:
        bottom = y + pitch * max(1, *(len(cell) for cell in row)) + 6
        drawn += stroke(columns[0], y, columns[-1], y)
        for edge in columns:
            drawn += stroke(edge, y, edge, bottom)
        for left, cell in zip(columns, row, strict=False):
            drawn += lines(left + 4, y + 13, *cell, pitch=pitch)
        y = bottom
    return drawn + stroke(columns[0], y, columns[-1], y)


def print_pdf(path: Path, *sheets: Sheet | str) -> Path:
    """Write the sheets as one PDF."""
    pdf = pikepdf.new()
    fonts = Dictionary(
        {
            f"/{key}": pdf.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding)
            )
            for key, name in FONTS.items()
        }
    )
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Draft")))
    white = pdf.make_stream(b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    white.ColorSpace, white.BitsPerComponent = Name.DeviceGray, 8
    for sheet in (Sheet(drawn) if isinstance(drawn, str) else drawn for drawn in sheets):
        xobjects = Dictionary(Im1=white)
        clear, half, dark = (Dictionary(Type=Name.ExtGState, ca=alpha, CA=alpha) for alpha in (0, 0.5, 0.9))
        resources = Dictionary(
            Font=fonts,
            XObject=xobjects,
            ExtGState=Dictionary(Clear=clear, Half=half, Dark=dark),
            Properties=Dictionary(Layer=layer),
        )
        for name, inset in sheet.insets.items():
            form = pdf.make_stream(inset.content.encode("latin-1"), Type=Name.XObject, Subtype=Name.Form)
            form.BBox, form.Matrix = Array([-2000, -2000, 2000, 2000]), Array(list(inset.matrix))
            form.Resources = resources
            xobjects[f"/{name}"] = pdf.make_indirect(form)
        page = Dictionary(Type=Name.Page, MediaBox=Array(list(sheet.media)), Resources=resources)
        page.Contents = pdf.make_stream(sheet.content.encode("latin-1"))
        page.Rotate = sheet.rotate
        if sheet.crop:
            page.CropBox = Array(list(sheet.crop))
        page.Annots = Array([_annotation(pdf, kind, *edges) for kind, edges in sheet.annotations])
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if any(isinstance(sheet, Sheet) and sheet.layer_off for sheet in sheets):
        off = Dictionary(OFF=Array([layer]), Order=Array([layer]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=off)
    pdf.save(path, deterministic_id=True)
    return path


def _annotation(pdf: pikepdf.Pdf, kind: str, x0: float, top: float, x1: float, bottom: float) -> pikepdf.Object:
    """A black annotation over a place; its appearance is drawn, as the programs that make them do."""
    edges = [x0, HIGH - bottom, x1, HIGH - top]
    look = pdf.make_stream(
        f"0 g 0 0 {x1 - x0} {bottom - top} re f".encode(), Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary()
    )
    look.BBox = Array([0, 0, x1 - x0, bottom - top])
    corners = [edges[0], edges[3], edges[2], edges[3], edges[0], edges[1], edges[2], edges[1]]
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(edges), F=4, C=Array([0, 0, 0]))
    if kind != "Redact":
        made.AP = Dictionary(N=look)
    if kind in ("Highlight", "Redact"):
        made.QuadPoints = Array(corners)
    return pdf.make_indirect(made)


def line(words: str, y: float = 100, x0: float = 72, page: int = 1, *, bold: bool = False, hang: float = 0) -> Line:
    """A line as it would be read, each glyph 5 points wide; `hang` is where the text behind its label begins."""
    placed, x = [], x0
    for n, word in enumerate(words.split()):
        x = max(x, hang) if n == 1 else x
        placed.append(Word(word, Box(x, y - 7, x + 5 * len(word), y), "Sans", 10, bold, italic=False))
        x += 5 * len(word) + 3
    return Line.of(placed, Box(placed[0].box.x0, y - 7, placed[-1].box.x1, y), page, y)


def document(*pages: Sequence[Line]) -> Document:
    """Pages of such lines as a paper."""
    return Document(
        "one.pdf", "0" * 64, tuple(Page(n, WIDE, HIGH, tuple(lines), (), (), ()) for n, lines in enumerate(pages, 1))
    )


def below(*printed: str, page: int = 1, top: float = 100) -> list[Line]:
    """Lines one below the other, each a paragraph apart; those that begin with an asterisk in bold."""
    return [
        line(words.removeprefix("*"), top + 24 * n, page=page, bold=words.startswith("*"))
        for n, words in enumerate(printed)
    ]
