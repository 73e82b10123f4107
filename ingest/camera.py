"""Words that a picture carries beside its pixels: camera data, captions, comments, what stands behind its end.

A JPEG is a row of marked segments; those that draw are passed over, and those that some program wrote something into
are read. Of the newer format every box that holds no pixels is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from ingest.letters import profile_texts
from ingest.readable import runs
from ingest.xmp import properties

SCAN, END = 0xDA, 0xD9
ALONE = (0x01, *range(0xD0, 0xD9))  # markers without a length
APPLICATIONS, COMMENT = range(0xE0, 0xF0), 0xFE
JPEG, NEWER = b"\xff\xd8", b"\0\0\0\x0cjP  "
OPENINGS = re.compile(
    rb"^(JFIF|JFXX|Adobe|Exif|ICC_PROFILE|Photoshop 3\.0|http://ns\.adobe\.com/xap/1\.0/|8BIM|MPF)\0*"
)
PIXELS = (b"jp2c", b"jP  ", b"ftyp", b"ihdr", b"colr", b"bpcc", b"pclr", b"cmap", b"cdef", b"res ", b"resc", b"resd")


def picture_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """What a coded picture says, as a property and its words; the property is empty where nobody says which."""
    if data.startswith(JPEG):
        yield from _of_jpeg(data)
    elif data.startswith(NEWER):
        yield from (("", text) for text in _of_boxes(data, 0, len(data)))


def _of_jpeg(data: bytes) -> Iterator[tuple[str, str]]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in ALONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == END:
            break
        long = struct.unpack(">H", data[at + 2 : at + 4])[0]
        segment = data[at + 4 : at + 2 + long]
        if marker in APPLICATIONS or marker == COMMENT:
            yield from _of_segment(segment)
        at += 2 + long
        if marker == SCAN:
            at = _behind_scan(data, at)
    yield "", runs(data[at + 2 :])


def _behind_scan(data: bytes, at: int) -> int:
    """Where the drawing bytes of a scan end: at a marker that is neither a zero nor one to begin anew."""
    found = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]").search(data, at)
    return found.start() if found else len(data)


def _of_segment(segment: bytes) -> Iterator[tuple[str, str]]:
    opening = OPENINGS.match(segment)
    name, rest = (opening[1], segment[opening.end() :]) if opening else (b"", segment)
    if name in (b"JFIF", b"Adobe"):
        yield "", runs(rest[14:])  # a few numbers, and a small picture at most
    elif name == b"ICC_PROFILE":
        yield from (("colour", text) for text in profile_texts(rest[2:]))
    elif name.startswith(b"http"):
        yield from ((one.name, one.text) for one in properties(rest))
    else:
        yield "", runs(rest)


def _of_boxes(data: bytes, at: int, end: int) -> Iterator[str]:
    while at + 8 <= end:
        long, kind = struct.unpack(">I4s", data[at : at + 8])
        if long == 0:
            long = end - at
        if long < 8:
            break
        if kind in (b"jp2h", b"asoc", b"res "):
            yield from _of_boxes(data, at + 8, at + long)
        elif kind not in PIXELS:
            yield runs(data[at + 8 : at + long])
        at += long
    yield runs(data[at:end])
