"""The room of the PDF engine: bytes in, pages of words, rules, fills and pictures out.

PDFium's text objects carry text, place, size and font, and each becomes a run; where the words of a run stand follows
from the font's own glyph widths (`ingest.fonts`), so that reading costs little more than PDFium's bare text. PDFium is
not thread-safe: one process reads one paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.annotations import laid_over
from ingest.crossed import crossed
from ingest.document import Box, Page
from ingest.engine import (
    BOTTOM,
    LEFT,
    MATRIX,
    RIGHT,
    ROOM,
    TOP,
    address,
    answers,
    ask_bounds,
    ask_matrix,
    count_inside,
    count_objects,
    handle,
    kind_of,
    object_at,
    object_inside,
)
from ingest.errors import UnreadableError
from ingest.fonts import Fonts
from ingest.lines import gather_lines
from ingest.matrix import Matrix
from ingest.pagetree import is_tangled
from ingest.paths import Paths
from ingest.printed import Printed
from ingest.runs import Run
from ingest.texts import read_text
from ingest.visible import Shape

DEEPEST = 20  # forms in one another: one that holds itself is a known attack

TEXT, PATH, IMAGE, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Any]:
    """Open a PDF; raises UnreadableError in words a person can act on."""
    if not data:
        raise UnreadableError(name, "The file is empty.", "Ask the sender for it again.")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError(name, "This is not a PDF.", "Save the paper as a PDF and put that in.")
    remedy = "Open it in the program it came from and save it as a PDF again."
    if is_tangled(data):
        raise UnreadableError(name, "The file is broken: its list of pages leads back into itself.", remedy)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            unlock = "Ask the sender for a copy without a password."
            raise UnreadableError(name, "The file is locked with a password.", unlock) from None
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


def objects(page: Any, outer: Matrix) -> Iterator[tuple[int, int, Matrix]]:
    """The address of every object of a page with its type and the matrix of its surroundings, form XObjects opened."""
    page = address(page)
    for i in range(count_objects(page)):
        shape = object_at(page, i)
        kind = kind_of(shape)
        if kind == FORM:
            yield from _opened_form(shape, outer, depth=0)
        else:
            yield shape, kind, outer


def _opened_form(form: int, outer: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
    if depth >= DEEPEST:
        return
    inner = whole_matrix(form, outer)
    for i in range(count_inside(form)):
        shape = object_inside(form, i)
        kind = kind_of(shape)
        if kind == FORM:
            yield from _opened_form(shape, inner, depth + 1)
        else:
            yield shape, kind, inner


def whole_matrix(shape: int, outer: Matrix) -> Matrix:
    """The matrix that takes an object to the displayed page."""
    return Matrix(*answers(ROOM)[:6]).then(outer) if ask_matrix(shape, MATRIX) else outer


def bounds(shape: int, outer: Matrix) -> Box:
    """The box of an object on the displayed page."""
    return outer.box(*answers(ROOM)[6:10] if ask_bounds(shape, LEFT, BOTTOM, RIGHT, TOP) else (0.0, 0.0, 0.0, 0.0))


class Overdrawn(Exception):
    """A page is drawn from more objects than any paper has; it is not read, since that would take for ever."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


class Damaged(Exception):
    """A page cannot be loaded: nothing is known of what it shows."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


def read_pages(pdf: Any, most_objects: int | None = None) -> Iterator[Page]:
    """Every page: its lines in reading order, rules, fills and pictures; raises Overdrawn and Damaged."""
    with closing(Fonts(pdf)) as fonts:
        for index in range(len(pdf)):
            yield _read_page(pdf, index, fonts, most_objects)


def read_page(pdf: Any, index: int) -> Page:
    """Page `index` (from 0) alone."""
    with closing(Fonts(pdf)) as fonts:
        return _read_page(pdf, index, fonts)


def _read_page(pdf: Any, index: int, fonts: Fonts, most_objects: int | None = None) -> Page:
    page = pdfium.FPDF_LoadPage(pdf.raw, index)
    if not page:
        raise Damaged(index + 1)
    if most_objects is not None and pdfium.FPDFPage_CountObjects(page) > most_objects:
        pdfium.FPDF_ClosePage(page)
        raise Overdrawn(index + 1)
    matrix, width, height = page_matrix(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    runs: list[Run] = []
    drawn = Paths()
    pictures: list[Box] = []
    try:
        printed = Printed(text_page)
        for shape, kind, outer in objects(page, matrix):
            if kind == TEXT:
                runs += read_text(shape, printed, outer, fonts)
            elif kind == PATH:
                drawn.add(handle(shape), bounds(shape, outer), partial(whole_matrix, shape, outer))
            elif kind == IMAGE and bounds(shape, outer).overlap(Box(0.0, 0.0, width, height)):
                pictures.append(bounds(shape, outer))
        number = index + 1
        over = laid_over(page, matrix, number)
        shapes = partial(shapes_of, page, matrix)
        struck, marks = crossed(page, shapes, runs, drawn, over, number)
        lines = gather_lines(struck, number)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
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
        yield handle(shape), kind, bounds(shape, around), whole_matrix(shape, around)


def object_count(pdf: Any, index: int) -> int:
    """How many objects page `index` (from 0) is drawn from; raises nothing for a page that cannot be loaded."""
    page = pdf[index]
    try:
        return int(pdfium.FPDFPage_CountObjects(page.raw))
    finally:
        page.close()
