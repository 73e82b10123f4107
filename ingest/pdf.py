"""The room of the PDF engine: bytes in, pages of words, rules, fills and pictures out.

PDFium's text objects carry text, place, size and font, and each becomes a run; where the words of a run stand follows
from the font's own glyph widths (`ingest.fonts`), so that reading costs little more than PDFium's bare text. PDFium is
not thread-safe: one process reads one paper.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.annotations import laid_over
from ingest.crossed import crossed
from ingest.document import Box, Page
from ingest.errors import UnreadableError
from ingest.fonts import Fonts
from ingest.gaps import moved_apart
from ingest.lines import gather_lines, spread
from ingest.matrix import Matrix
from ingest.paths import Paths
from ingest.printed import Printed
from ingest.runs import Run
from ingest.visible import Shape

DEEPEST = 20  # forms in one another: one that holds itself is a known attack
BEARING = 0.12  # of the size: the white on the right of a last glyph; a run that ends so is set without any stretching

TEXT, PATH, IMAGE, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)

# Room for the engine's answers, used again for each object: one process reads one paper at a time.
DRAWN = pdfium.FS_MATRIX()
SIZE, LEFT, BOTTOM, RIGHT, TOP = (ctypes.c_float() for _ in range(5))


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
        shape = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == FORM:
            yield from _opened_form(shape, outer, depth=0)
        else:
            yield shape, kind, outer


def _opened_form(form: Any, outer: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    if depth >= DEEPEST:
        return
    inner = whole_matrix(form, outer)
    for i in range(pdfium.FPDFFormObj_CountObjects(form)):
        shape = pdfium.FPDFFormObj_GetObject(form, i)
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == FORM:
            yield from _opened_form(shape, inner, depth + 1)
        else:
            yield shape, kind, inner


def own_matrix(shape: Any) -> Matrix:
    """The matrix an object is drawn with."""
    if not pdfium.FPDFPageObj_GetMatrix(shape, DRAWN):
        return Matrix(1, 0, 0, 1, 0, 0)
    return Matrix(DRAWN.a, DRAWN.b, DRAWN.c, DRAWN.d, DRAWN.e, DRAWN.f)


def whole_matrix(shape: Any, outer: Matrix) -> Matrix:
    """The matrix that takes an object to the displayed page."""
    return own_matrix(shape).then(outer)


def bounds(shape: Any, outer: Matrix) -> Box:
    """The box of an object on the displayed page."""
    if not pdfium.FPDFPageObj_GetBounds(shape, LEFT, BOTTOM, RIGHT, TOP):
        return outer.box(0.0, 0.0, 0.0, 0.0)
    return outer.box(LEFT.value, BOTTOM.value, RIGHT.value, TOP.value)


class Overdrawn(Exception):
    """A page is drawn from more objects than any paper has; it is not read, since that would take for ever."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


def read_pages(pdf: Any, most_objects: int | None = None) -> Iterator[Page]:
    """Every page: its lines in reading order, rules, fills and pictures; raises Overdrawn."""
    with closing(Fonts(pdf)) as fonts:
        for index in range(len(pdf)):
            yield _read_page(pdf, index, fonts, most_objects)


def read_page(pdf: Any, index: int) -> Page:
    """Page `index` (from 0) alone."""
    with closing(Fonts(pdf)) as fonts:
        return _read_page(pdf, index, fonts)


def _read_page(pdf: Any, index: int, fonts: Fonts, most_objects: int | None = None) -> Page:
    page = pdf[index]
    if most_objects is not None and pdfium.FPDFPage_CountObjects(page.raw) > most_objects:
        page.close()
        raise Overdrawn(index + 1)
    matrix, width, height = page_matrix(page.raw)
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    runs: list[Run] = []
    drawn = Paths()
    pictures: list[Box] = []
    try:
        printed = Printed(text_page)
        for shape, kind, outer in objects(page.raw, matrix):
            if kind == TEXT:
                runs += read_text(shape, printed, outer, fonts)
            elif kind == PATH:
                drawn.add(shape, bounds(shape, outer), partial(whole_matrix, shape, outer))
            elif kind == IMAGE and bounds(shape, outer).overlap(Box(0.0, 0.0, width, height)):
                pictures.append(bounds(shape, outer))
        number = index + 1
        over = laid_over(page.raw, matrix, number)
        shapes = partial(shapes_of, page.raw, matrix)
        struck, marks = crossed(page.raw, shapes, runs, drawn, over, number)
        lines = gather_lines(struck, number)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        page.close()
    return Page(
        number,
        width,
        height,
        lines,
        tuple(drawn.rules),
        tuple(drawn.fills),
        tuple(pictures),
        scanned=not lines,
        marks=marks,
    )


def shapes_of(page: Any, outer: Matrix) -> Iterator[Shape]:
    """Every object of a page with its type, its box and its matrix."""
    for shape, kind, around in objects(page, outer):
        yield shape, kind, bounds(shape, around), whole_matrix(shape, around)


def read_text(shape: Any, page: Printed, outer: Matrix, fonts: Fonts) -> Sequence[Run]:
    """One text object as a run; one that does not lie level, word by word, each in the box of all."""
    printed = page.by(shape)
    text = printed.strip()
    if not text:
        return ()
    font = fonts.of(shape)
    pdfium.FPDFTextObj_GetFontSize(shape, SIZE)
    matrix = whole_matrix(shape, outer)
    ink = bounds(shape, outer)
    size, points = SIZE.value, round(SIZE.value * (matrix.c**2 + matrix.d**2) ** 0.5, 2)
    before, after = printed[0].isspace(), printed[-1].isspace()
    if abs(matrix.b) >= 0.01 * matrix.a:  # upside down as well
        *words, last = text.split()
        ends = [(word, True) for word in words] + [(last, after)]
        return [
            Run(word, ink, matrix.f, font.face, points, space_before=before or n > 0, space_after=space)
            for n, (word, space) in enumerate(ends)
        ]
    unit, wider = size * matrix.a, 0.0
    bare = printed.rstrip() if before else text
    wide, drawn = font.width(bare), ink.x1 - matrix.e
    if not 0 <= wide * unit - drawn <= BEARING * unit:
        told = page.distance(shape, len(bare) - 1)
        if told is not None:
            unit, wider = spread(bare, [font.width(bare[:-1]) * unit], unit, told)
        else:
            reached = [font.width(bare[:-1]) + font.reach(bare[-1])] + [font.width(printed[:-1])] * after
            unit, wider = spread(printed, [end * unit for end in reached], unit, drawn)
    indent = len(bare) - len(text)
    begins = font.width(bare[:indent]) * unit + wider * indent if indent else 0.0
    stops = wide * unit + (wider * sum(map(str.isspace, bare)) if wider else 0.0)
    box = Box(matrix.e + begins, ink.top, matrix.e + stops, ink.bottom)
    run = Run(text, box, matrix.f, font.face, points, unit, wider, before, after)
    return moved_apart(run, shape, page, indent, matrix.e) if wider else (run,)


def object_count(pdf: Any, index: int) -> int:
    """How many objects page `index` (from 0) is drawn from; raises nothing for a page that cannot be loaded."""
    page = pdf[index]
    try:
        return int(pdfium.FPDFPage_CountObjects(page.raw))
    finally:
        page.close()
