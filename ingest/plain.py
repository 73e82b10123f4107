"""The plain shape of a page's letters: what of them would be on a sheet that held nothing else.

Full black whatever ink they have, filled however wide the strokes are that go round them, and whole whatever clip cuts
them: what a clip or a wide stroke leaves of a word can then be measured against its letters.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

FILLED, OUTLINED = 0, 1  # text render modes
FAR = 1000.0  # times: how much wider a clip is made that is to cut nothing off
DEEPEST = 20  # forms within forms

EDGES = tuple(ctypes.c_float() for _ in range(4))  # room for answers; one paper at a time
X, Y = ctypes.c_float(), ctypes.c_float()

Edges = tuple[float, float, float, float]  # left, bottom, right, top, in the units of the page or form


def make_plain(page: Any, texts: Sequence[Any]) -> None:
    """Make all text of a page plain: the page is spoilt after it."""
    for shape in texts:
        pdfium.FPDFPageObj_SetFillColor(shape, 0, 0, 0, 255)
        pdfium.FPDFPageObj_SetStrokeColor(shape, 0, 0, 0, 255)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(shape)
        if mode == OUTLINED:  # the finest line there is: large letters may be hollow
            pdfium.FPDFPageObj_SetStrokeWidth(shape, 0.0)
        elif mode != FILLED:
            pdfium.FPDFTextObj_SetTextRenderMode(shape, FILLED)
        _unclip(shape)
    for n in range(pdfium.FPDFPage_CountObjects(page)):
        for form in _forms(pdfium.FPDFPage_GetObject(page, n)):
            _unclip(form)


def _forms(shape: Any, depth: int = 0) -> Iterator[Any]:
    """The form an object is, if it is one, and those in it: each may be clipped as a whole."""
    if depth < DEEPEST and pdfium.FPDFPageObj_GetType(shape) == pdfium.FPDF_PAGEOBJ_FORM:
        yield shape
        for n in range(pdfium.FPDFFormObj_CountObjects(shape)):
            yield from _forms(pdfium.FPDFFormObj_GetObject(shape, n), depth + 1)


def _unclip(shape: Any) -> None:
    """Widen the clip of an object about what it shows of it. Where it shows nothing, no ink is expected either."""
    clip = pdfium.FPDFPageObj_GetClipPath(shape)
    if not clip or not pdfium.FPDFPageObj_GetBounds(shape, *EDGES):
        return
    x0, y0, x1, y1 = (edge.value for edge in EDGES)
    for path in range(pdfium.FPDFClipPath_CountPaths(clip)):
        parts = [_shared((x0, y0, x1, y1), part) for part in _parts(clip, path)]
        if parts:
            x0, y0, x1, y1 = max(parts, key=lambda part: min(part[2] - part[0], part[3] - part[1]))
    if x0 <= x1 and y0 <= y1:
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        pdfium.FPDFPageObj_TransformClipPath(shape, FAR, 0.0, 0.0, FAR, x * (1 - FAR), y * (1 - FAR))


def _parts(clip: Any, path: int) -> list[Edges]:
    """The edges of each closed part of one of the paths of a clip."""
    parts: list[list[tuple[float, float]]] = []
    for n in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, n)
        if not parts or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            parts.append([])
        if pdfium.FPDFPathSegment_GetPoint(segment, X, Y):
            parts[-1].append((X.value, Y.value))
    around = [tuple(zip(*corners, strict=True)) for corners in parts if len(corners) > 1]
    return [(min(across), min(up), max(across), max(up)) for across, up in around]


def _shared(one: Edges, other: Edges) -> Edges:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
