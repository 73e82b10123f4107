"""Bytes of a file that no part of it accounts for: between its objects, behind their ends, in none of its tables.

Whatever no program reads in a file is read by anybody who opens it as text (`ingest.spelt` tells the two apart).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import Any

import pikepdf

from ingest import packed
from ingest.document import Hidden
from ingest.named import name_tells
from ingest.objects import Met, everything, is_table, text_of
from ingest.readable import clipped, runs
from ingest.revisions import ends_of_versions
from ingest.shown import Shown
from ingest.spelt import WRITTEN, Known, Spelt, spelt
from ingest.telling import tells
from ingest.written import STRING

TABLE = re.compile(rb"\bxref\b(?:\s+\d+|\s+[nf]\b)*|\bstartxref\s+\d+|%%EOF")
TRAILER = re.compile(rb"\btrailer\b(\s*<<.*?>>\s*)(?=\bstartxref\b)", re.DOTALL)
NUMBERED = re.compile(rb"/ID\s*\[\s*(?:(?:" + STRING + rb"|<[0-9A-Fa-f]*>)\s*){2}")
HEADER = re.compile(rb"%PDF-\d\.\d[^\r\n]{0,3}[\r\n]+(?:%[\x80-\xff]{2,8}[^\r\n]{0,4}[\r\n]+)?")
OF_PROGRAMS = re.compile(  # what programs write between objects: how they were called, and which object this was
    r"%*Invocation: \S*gs\w*( -[^ ]*| \?)*"
    r"|((Contents for )?[Pp]age \d+|Original object ID: \d+ \d+|QDF: ignore_newline|[%\s]+)+"
)
SHAPES = ("date", "program", "digest", "language")  # of what an object said that was replaced
BETWEEN = "Something lies between the parts of the file, where no program looks for it."
LOST = "The file holds something that no part of it leads to."
BEFORE = "Something was put before the beginning of the PDF."


def left_behind(pdf: pikepdf.Pdf, data: bytes, met: Sequence[Met], shown: Shown) -> Iterator[Hidden]:
    """All that is spelt in a file and that none of its objects, nor of its earlier versions, says."""
    with ExitStack() as stack:
        versions = [pdf, *(stack.enter_context(one) for one in _earlier(data, pdf.is_linearized))]
        said = [*met, *(one for version in versions[1:] for one in everything(version))]
        known = Known(
            frozenset(bytes(one.value) for one in said if isinstance(one.value, pikepdf.String)),
            frozenset(text_of(one.value) for one in said if isinstance(one.value, pikepdf.Name | str)),
            pdf.is_encrypted,
        )
        objects, between = spelt(data, versions)
        yield from _not_read(objects, known, shown)
        for thing in list[Any](pdf.objects):
            if is_table(thing) and thing.get("/Type") == "/ObjStm":
                yield from _in_a_box(packed.opened(thing) or b"", known, shown)
    yield from _between(data, objects, between, shown)


def _earlier(data: bytes, linearized: bool) -> Iterator[pikepdf.Pdf]:
    """The earlier versions of a file, which are asked about as such (`ingest.revisions`)."""
    for end in ends_of_versions(data, linearized)[:-1]:
        with suppress(pikepdf.PdfError):
            yield pikepdf.open(io.BytesIO(data[:end]))


def _not_read(objects: Sequence[Spelt], known: Known, shown: Shown) -> Iterator[Hidden]:
    """Objects that lie in no table, or that another of the same number has replaced, and entries that were replaced."""
    for one in objects:
        for text in (*_unread(one.said, known), *((_unpacked(one.lost),) if one.lost is not None else ())):
            if text and tells(text, SHAPES, shown):
                yield Hidden("orphan", None, None, text, LOST)
        yield from _unread_names(one.said, known, shown)


def _unread(said: bytes, known: Known) -> Iterator[str]:
    for string in known.unread_strings(said):
        yield runs(string)


def _unread_names(said: bytes, known: Known, shown: Shown) -> Iterator[Hidden]:
    for name in known.unread_names(said):
        if name_tells(name, "", shown):
            yield Hidden("orphan", None, None, clipped(name.lstrip("/")), LOST)


def _unpacked(stream: bytes) -> str:
    """The words of a stream that nobody reads, unpacked where it is packed as usual."""
    try:
        return runs(zlib.decompressobj().decompress(stream, 1_000_000))
    except zlib.error:
        return runs(stream, binary=True)


def _in_a_box(box: bytes, known: Known, shown: Shown) -> Iterator[Hidden]:
    """Strings in a box of objects that none of the file's objects says, and what stands there beside objects."""
    for text in _unread(box, known):
        if text and tells(text, SHAPES, shown):
            yield Hidden("orphan", None, None, text, LOST)
    yield from _unread_names(box, known, shown)
    text = runs(WRITTEN.sub(b"\n", box)).strip("% ")
    if text and tells(text, (), shown):
        yield Hidden("between-objects", None, None, text, BETWEEN)


def _between(data: bytes, objects: Sequence[Spelt], between: Sequence[bytes], shown: Shown) -> Iterator[Hidden]:
    """What lies before a file, between its objects, beside what they are written of, and behind their ends."""
    if before := runs(data[: max(0, data.find(b"%PDF-"))]):
        yield Hidden("before-the-beginning", None, None, before, BEFORE)
    last = between[-1]
    inner = [WRITTEN.sub(b"\n", one.said) for one in objects] + [one.behind for one in objects]
    for part in (*between[:-1], last[: max(0, last.rfind(b"%%EOF"))], *inner):
        rest = TABLE.sub(b"\n", TRAILER.sub(_said_in_a_trailer, HEADER.sub(b"", part)))
        text = runs(rest).strip("% ")
        if text and not OF_PROGRAMS.fullmatch(text) and tells(text, ("program",), shown):
            yield Hidden("between-objects", None, None, text, BETWEEN)


def _said_in_a_trailer(trailer: re.Match[bytes]) -> bytes:
    """What a trailer says in words; the number of the file is no word."""
    rest = NUMBERED.sub(b"\n", trailer[1])
    return b"\n".join((*(found[0][1:-1] for found in re.finditer(STRING, rest)), WRITTEN.sub(b"\n", rest)))
