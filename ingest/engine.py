"""PDFium's calls that are made for every object of a page, by plain addresses.

A handle that is a number costs half of what a value of ctypes does, on the way in and on the way out, and a paper has
thousands of objects. The calls are too short to let another thread in meanwhile. They take values of ctypes as well.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

import pypdfium2.raw as pdfium

HANDLE, NUMBER = ctypes.c_void_p, ctypes.c_int


def _plain(call: Any, answer: Any, *takes: Any) -> Any:
    """A call of the library that takes and gives plain numbers."""
    return ctypes.PYFUNCTYPE(answer, *takes)(ctypes.cast(call, HANDLE).value or 0)


count_objects = _plain(pdfium.FPDFPage_CountObjects, NUMBER, HANDLE)
object_at = _plain(pdfium.FPDFPage_GetObject, HANDLE, HANDLE, NUMBER)
count_inside = _plain(pdfium.FPDFFormObj_CountObjects, NUMBER, HANDLE)
object_inside = _plain(pdfium.FPDFFormObj_GetObject, HANDLE, HANDLE, ctypes.c_ulong)
kind_of = _plain(pdfium.FPDFPageObj_GetType, NUMBER, HANDLE)
ask_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, NUMBER, HANDLE, HANDLE)
ask_bounds = _plain(pdfium.FPDFPageObj_GetBounds, NUMBER, HANDLE, HANDLE, HANDLE, HANDLE, HANDLE)
ask_size = _plain(pdfium.FPDFTextObj_GetFontSize, NUMBER, HANDLE, HANDLE)
font_of = _plain(pdfium.FPDFTextObj_GetFont, HANDLE, HANDLE)
# Whose a character is: nobody's where the engine has put it in, such as the space between two objects.
owner_of = _plain(pdfium.FPDFText_GetTextObject, HANDLE, HANDLE, NUMBER)
ask_origin = _plain(pdfium.FPDFText_GetCharOrigin, NUMBER, HANDLE, NUMBER, HANDLE, HANDLE)

# Room for the engine's answers, used again for each object: one process reads one paper at a time.
ROOM = (ctypes.c_float * 11)()
MATRIX, EDGES, SIZE = (ctypes.addressof(ROOM) + ctypes.sizeof(ctypes.c_float) * at for at in (0, 6, 10))
LEFT, BOTTOM, RIGHT, TOP = (EDGES + ctypes.sizeof(ctypes.c_float) * at for at in range(4))
answers = struct.Struct("11f").unpack  # of the room: a matrix, four edges and a size


def address(handle: Any) -> int:
    """The plain number that a handle of the library stands for."""
    return ctypes.cast(handle, HANDLE).value or 0


def handle(shape: int) -> Any:
    """An object of a page as the library's other calls take it."""
    return ctypes.cast(shape, pdfium.FPDF_PAGEOBJECT)
