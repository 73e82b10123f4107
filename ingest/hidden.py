"""What a reader cannot see or was not meant to see: the reason why a paper is quarantined.

Words that nobody can read on the page are found by drawing it without them (`ingest.ablation`); redactions that were
marked and never applied, by their annotations. What a scanner wrote beneath its picture is no secret where it says what
the picture shows (`ingest.layer`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from ingest import visible
from ingest.ablation import unreadable
from ingest.document import Box, Hidden, Page
from ingest.pdf import page_matrix, shapes_of
from ingest.runs import Run

REDACT = 28  # FPDF_ANNOT_REDACT


def unseen_words(pdf: Any, index: int) -> list[Run]:
    """The words of page `index` (from 0) that nobody can read on it."""
    pdf.init_forms()  # without it, form fields that cover text are not drawn
    page = pdf[index]
    try:
        return unreadable(page)
    finally:
        page.close()


def pictures_seen(pdf: Any, page: Page) -> tuple[Box, ...]:
    """Those of a page's pictures that its reader sees: one that nobody sees is no signature."""
    sheet = pdf[page.number - 1]
    try:
        return visible.pictures_seen(sheet.raw, shapes_of(sheet.raw, page_matrix(sheet.raw)[0]), page.pictures)
    finally:
        sheet.close()


def hidden_text(unseen: list[Run], number: int, *, of_a_scan: bool = False) -> Iterator[Hidden]:
    """The unseen words of page `number` (from 1), each run of them once; or those of the text layer of a scan."""
    detail = (
        "The text layer of this scan says something that its picture does not show there, or could not be compared."
        if of_a_scan
        else "Text is in the file but cannot be read on the page."
    )
    for run in _runs(unseen):
        box = run[0].box
        for piece in run[1:]:
            box = box.union(piece.box)
        text = " ".join(piece.text for piece in run)
        yield Hidden("text-layer" if of_a_scan else "hidden-text", number, box, text, detail)


def _runs(pieces: list[Run]) -> Iterator[list[Run]]:
    """Hidden words that stand side by side, together: one finding for a hidden sentence."""
    run: list[Run] = []
    for piece in pieces:
        if run and (
            abs(piece.baseline - run[-1].baseline) > piece.size / 2
            or not -1 < piece.box.x0 - run[-1].box.x1 < 2 * piece.size
        ):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def unapplied_redactions(pdf: Any, index: int) -> Iterator[Hidden]:
    """Redaction annotations on page `index` that were drawn and never applied: what they cover is still in the file."""
    page = pdf[index]
    try:
        matrix, _, _ = page_matrix(page.raw)
        for i in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
            if not annotation:
                continue
            if pdfium.FPDFAnnot_GetSubtype(annotation) == REDACT:
                edges = pdfium.FS_RECTF()
                pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(edges))
                box = matrix.box(edges.left, edges.bottom, edges.right, edges.top)
                text = _text_under(page, edges)
                detail = "A redaction was marked but never applied: what it covers is still in the file."
                yield Hidden("unapplied-redaction", index + 1, box, text, detail)
            pdfium.FPDFPage_CloseAnnot(annotation)
    finally:
        page.close()


def _text_under(page: Any, edges: Any) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded(edges.left, edges.bottom, edges.right, edges.top)).strip()
    finally:
        text_page.close()
