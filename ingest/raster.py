"""How many bytes the pixels of a picture take, so that what stands behind them is known."""

from __future__ import annotations

from typing import Any

import pikepdf

from ingest.packed import filters_of, is_coded

INKS = {"/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/Indexed": 1, "/I": 1, "/Separation": 1, "/DeviceRGB": 3, "/RGB": 3}
MORE_INKS = {"/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4}


def beyond(picture: Any, data: bytes) -> bytes:
    """The bytes of an unpacked picture behind its last pixel; of one that is coded the coding has an end of its own."""
    if is_coded(filters_of(picture)):
        return b""
    inks = 1 if picture.get("/ImageMask") else _inks(picture.get("/ColorSpace"))
    bits = 1 if picture.get("/ImageMask") else picture.get("/BitsPerComponent", 8)
    wide, high = picture.get("/Width", picture.get("/W")), picture.get("/Height", picture.get("/H"))
    if not (inks and isinstance(bits, int) and isinstance(wide, int) and isinstance(high, int)):
        return b""
    return data[(wide * inks * bits + 7) // 8 * high :]


def _inks(space: Any) -> int:
    """How many numbers a pixel has; 0 where that is not known."""
    if isinstance(space, pikepdf.Array) and len(space):
        if space[0] == "/ICCBased":
            count = space[1].get("/N", 0)
            return count if isinstance(count, int) else 0
        if space[0] == "/DeviceN":
            return len(space[1])
        space = space[0]
    return {**INKS, **MORE_INKS}.get(str(space), 0)
