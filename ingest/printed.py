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

from ingest.engine import address, ask_origin, handle, owner_of

PLACES = (ctypes.c_double * 4)()  # room for answers; one paper at a time
FIRST, THERE = ((ctypes.addressof(PLACES) + at, ctypes.addressof(PLACES) + at + 8) for at in (0, 16))
ROOM = (ctypes.c_ushort * 16384)()  # for what a page prints, nearly always; a kind of room is dear to make
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff]")  # sorted by the engine


def _with_hyphens(text: str) -> str:
    return text.replace("\ufffe", "-").replace("\x02", "-")  # what the engine gives for one at the end of a line


class Printed:
    """The texts of one page, by object."""

    def __init__(self, text_page: Any) -> None:
        self.raw = text_page
        self.handle = address(text_page)
        self.starts: dict[int, int] = {}
        self.texts = self._sorted()

    def by(self, shape: int) -> str:
        """What a text object prints, with a space at its end where one follows."""
        text = self.texts.get(shape)
        return self.asked(shape) if text is None else text

    def distance(self, shape: int, nth: int) -> float | None:
        """How far the `nth` character of an object's text stands from its first, in points, where the engine knows."""
        start = self.starts.get(shape)
        if start is None or self.texts[shape] is None:
            return None
        if not (ask_origin(self.handle, start, *FIRST) and ask_origin(self.handle, start + nth, *THERE)):
            return None
        x0, y0, x1, y1 = PLACES
        return math.hypot(x1 - x0, y1 - y0)

    def asked(self, shape: int) -> str:
        """The same as the engine says it."""
        room = ROOM
        length = pdfium.FPDFTextObj_GetText(handle(shape), self.raw, room, ctypes.sizeof(room))
        if length > ctypes.sizeof(room):
            room = (ctypes.c_ushort * (length // 2))()
            length = pdfium.FPDFTextObj_GetText(handle(shape), self.raw, room, length)
        text = ctypes.string_at(room, max(0, length - 2)).decode("utf-16-le", errors="replace")
        return _with_hyphens(text)

    def _sorted(self) -> dict[int, str | None]:
        """The text of each object that stands in one stretch; None where the engine must be asked."""
        count = pdfium.FPDFText_CountChars(self.raw)
        room = ROOM if count < len(ROOM) else (ctypes.c_ushort * (count + 1))()
        if count <= 0 or pdfium.FPDFText_GetText(self.raw, 0, count, room) != count + 1:
            return {}
        whole = ctypes.string_at(room, 2 * count).decode("utf-16-le", errors="replace")
        if len(whole) != count or RIGHT_TO_LEFT.search(whole):
            return {}
        whole = _with_hyphens(whole)
        texts: dict[int, str | None] = {}
        start, handle = 0, self.handle
        for line in whole.split("\r\n"):
            at, end = start, start + len(line)
            while at < end:
                owner = owner_of(handle, at)
                if not owner:
                    at += 1
                    continue
                after = end if owner_of(handle, end - 1) == owner else self._end(line, at - start, start, owner)
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
        if space > start and owner_of(handle, space - 1) == owner:
            if owner_of(handle, space + 1) != owner and owner_of(handle, space) != owner:
                return space
            inside = space
        elif space > start:
            outside = space
        while outside - inside > 1:
            middle = (inside + outside) // 2
            found = owner_of(handle, middle)  # none is put in between two characters of one object, too
            if found == owner or (not found and owner_of(handle, middle + 1) == owner):
                inside = middle
            else:
                outside = middle
        return outside
