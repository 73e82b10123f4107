"""What each text object of a page prints.

The engine finds the characters of one object by going through the whole page, and so through the page as often as it
has objects. Here the page is gone through once: the characters of an object stand together, so it is enough to ask
whose a character is at the ends of each stretch.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

import pypdfium2.raw as pdfium

X, Y = ctypes.c_double(), ctypes.c_double()  # room for answers; one paper at a time
ROOM = 4096  # characters: what one object prints, nearly always
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff]")  # sorted by the engine

# Whose a character is, as an address: 0 for one that the engine has put in, such as the space between two objects.
OWNER = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


def _with_hyphens(text: str) -> str:
    return text.replace("\ufffe", "-").replace("\x02", "-")  # what the engine gives for one at the end of a line


class Printed:
    """The texts of one page, by object."""

    def __init__(self, text_page: Any) -> None:
        self.raw = text_page
        self.handle = ctypes.cast(text_page, ctypes.c_void_p).value
        self.room = (ctypes.c_ushort * ROOM)()
        self.starts: dict[int | None, int] = {}
        self.texts = self._sorted()

    def by(self, shape: Any) -> str:
        """What a text object prints, with a space at its end where one follows."""
        text = self.texts.get(ctypes.c_void_p.from_buffer(shape).value)
        return self.asked(shape) if text is None else text

    def distance(self, shape: Any, nth: int) -> float | None:
        """How far the `nth` character of an object's text stands from its first, in points, where the engine knows."""
        owner = ctypes.c_void_p.from_buffer(shape).value
        if self.texts.get(owner) is None:
            return None
        start = self.starts[owner]
        first, there = self._origin(start), self._origin(start + nth)
        return math.dist(first, there) if first and there else None

    def _origin(self, at: int) -> tuple[float, float] | None:
        return (X.value, Y.value) if pdfium.FPDFText_GetCharOrigin(self.raw, at, X, Y) else None

    def asked(self, shape: Any) -> str:
        """The same as the engine says it."""
        length = pdfium.FPDFTextObj_GetText(shape, self.raw, self.room, ctypes.sizeof(self.room))
        if length > ctypes.sizeof(self.room):
            self.room = (ctypes.c_ushort * (length // 2))()
            length = pdfium.FPDFTextObj_GetText(shape, self.raw, self.room, length)
        text = ctypes.string_at(self.room, max(0, length - 2)).decode("utf-16-le", errors="replace")
        return _with_hyphens(text)

    def _sorted(self) -> dict[int | None, str | None]:
        """The text of each object that stands in one stretch; None where the engine must be asked."""
        count = pdfium.FPDFText_CountChars(self.raw)
        room = (ctypes.c_ushort * (count + 1))() if count > 0 else None
        if room is None or pdfium.FPDFText_GetText(self.raw, 0, count, room) != count + 1:
            return {}
        whole = ctypes.string_at(room, 2 * count).decode("utf-16-le", errors="replace")
        if len(whole) != count or RIGHT_TO_LEFT.search(whole):
            return {}
        whole = _with_hyphens(whole)
        texts: dict[int | None, str | None] = {}
        start, handle = 0, self.handle
        for line in whole.split("\r\n"):
            at, end = start, start + len(line)
            while at < end:
                owner = OWNER(handle, at)
                if not owner:
                    at += 1
                    continue
                after = end if OWNER(handle, end - 1) == owner else self._end(line, at - start, start, owner)
                text = line[at - start : after - start + (whole[after : after + 1] == " ")]
                texts[owner] = text if owner not in texts and "  " not in text else None
                self.starts[owner] = at
                at = after
            start = end + 2
        return texts

    def _end(self, line: str, at: int, start: int, owner: int) -> int:
        """Where the stretch ends that begins at `at` in a line: at its first space, or wherever the owner changes."""
        handle, inside, outside = self.handle, start + at, start + len(line)
        space = start + line.find(" ", at + 1)  # what an object begins with may be one
        if space > start and OWNER(handle, space - 1) == owner:
            if OWNER(handle, space + 1) != owner and OWNER(handle, space) != owner:
                return space
            inside = space
        elif space > start:
            outside = space
        while outside - inside > 1:
            middle = (inside + outside) // 2
            found = OWNER(handle, middle)  # none is put in between two characters of one object, too
            if found == owner or (not found and OWNER(handle, middle + 1) == owner):
                inside = middle
            else:
                outside = middle
        return outside
