"""The bytes of a stream unpacked, all but the coding of a picture; None where nothing of ours can unpack them."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import Any

import pikepdf

PICTURES = frozenset(["/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"])

FLATE = ("/FlateDecode", "/Fl")
ENDS = {"/ASCII85Decode": b"~>", "/A85": b"~>", "/ASCIIHexDecode": b">", "/AHx": b">"}
BROKEN = (pikepdf.PdfError, zlib.error, binascii.Error, ValueError, NotImplementedError)


def is_coded(filters: list[str]) -> bool:
    """Whether what is packed in these ways is a picture in a coding of its own."""
    return bool(filters) and filters[-1] in PICTURES


def opened(stream: Any) -> bytes | None:
    """What a stream holds; a picture that is coded as one stays so."""
    filters = filters_of(stream)
    try:
        if is_coded(filters):
            return _before_the_picture(stream.read_raw_bytes(), filters[:-1])
        return bytes(stream.read_bytes())
    except BROKEN:
        return None


def behind(stream: Any) -> bytes:
    """What a stream holds behind the end of what is packed in it: whoever unpacks it stops there."""
    data: bytes = stream.read_raw_bytes() if "/Filter" in stream else b""
    left = []
    for one in filters_of(stream):
        if one in FLATE:
            unpacking = zlib.decompressobj()
            try:
                data = unpacking.decompress(data)
            except zlib.error:
                break  # what can be unpacked of it, the library has done
            left.append(unpacking.unused_data)
        elif one in ENDS:
            data, _, rest = data.partition(ENDS[one])
            left.append(rest)
            try:
                data = _before_the_picture(data, [one]) or b""
            except BROKEN:
                break
        else:
            break
    return b"\n".join(left).strip(b"\r\n\0 \t")


def filters_of(stream: Any) -> list[str]:
    """How a stream is packed, the outermost first."""
    told = stream.get("/Filter", [])
    return [str(one) for one in told] if isinstance(told, pikepdf.Array) else [str(told)] if told else []


def _before_the_picture(data: bytes, filters: list[str]) -> bytes | None:
    for one in filters:
        if one in FLATE:
            data = zlib.decompress(data)
        elif one in ("/ASCII85Decode", "/A85"):
            data = base64.a85decode(re.sub(rb"\s", b"", data).partition(b"~>")[0])
        elif one in ("/ASCIIHexDecode", "/AHx"):
            data = bytes.fromhex(re.sub(rb"[\s>]", b"", data).decode("ascii"))
        else:
            return None
    return data
