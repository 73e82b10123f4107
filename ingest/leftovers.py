"""Bytes of a file that no part of it accounts for: between its objects, behind their ends, in none of its tables.

A PDF is a row of numbered objects with a table that says where each one lies. A reader's program looks where the table
points and at nothing else; so whatever else lies in the file is read by nobody, and by anybody who opens it as text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from ingest import packed
from ingest.document import Hidden
from ingest.objects import Identity, Met, is_table
from ingest.readable import clipped, runs
from ingest.shown import Shown
from ingest.telling import tells
from ingest.written import STRING

OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b(.*?)\bendobj\b", re.DOTALL)
TABLE = re.compile(rb"\bxref\b(?:\s+\d+|\s+[nf]\b)*|\bstartxref\s+\d+|%%EOF")
TRAILER = re.compile(rb"\btrailer\b(\s*<<.*?>>\s*)(?=\bstartxref\b)", re.DOTALL)
NUMBERED = re.compile(rb"/ID\s*\[\s*(?:(?:" + STRING + rb"|<[0-9A-Fa-f]*>)\s*){2}")
HEADER = re.compile(rb"%PDF-\d\.\d[^\r\n]{0,3}[\r\n]+(?:%[\x80-\xff]{2,8}[^\r\n]{0,4}[\r\n]+)?")
STREAM = re.compile(rb"\bstream\r?\n")
LENGTH = re.compile(rb"/Length\s+(\d+)(\s+\d+\s+R)?")
NUMBER = re.compile(rb"\s*(\d+)\s*")
# What an object is written of: strings, bytes, names, numbers, a few words and brackets; the rest is a leftover.
WRITTEN = re.compile(
    STRING + rb"|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*|[<>\[\]{}]|[-+]?[\d.]+|\b(?:true|false|null|R|obj|endobj)\b"
)
INVOKED = re.compile(r"%*Invocation: \S*gs\w*( -[^ ]*| \?)*")
BETWEEN = "Something lies between the parts of the file, where no program looks for it."
LOST = "The file holds something that no part of it leads to."
BEFORE = "Something was put before the beginning of the PDF."


@dataclass(frozen=True, slots=True)
class Written:
    """One object as it is written in the file: what is said in its brackets, and the bytes of its stream."""

    identity: Identity
    said: bytes
    stream: bytes


def between_the_objects(data: bytes, shown: Shown) -> Iterator[Hidden]:
    """What lies before the beginning of a file, and between its objects and behind their ends."""
    begins = max(0, data.find(b"%PDF-"))
    if before := runs(data[:begins]):
        yield Hidden("before-the-beginning", None, None, before, BEFORE)
    objects = list(OBJECT.finditer(data))
    lengths = {int(found[1]): int(number[1]) for found in objects if (number := NUMBER.fullmatch(found[3]))}
    ends = data.rfind(b"%%EOF")
    at, left = begins, []
    for found in objects:
        left.append(data[at : found.start()])
        at = found.end()
        left += _behind(found[3], lengths)
    left.append(data[at : ends if ends >= at else at])
    for part in left:
        rest = TABLE.sub(b"\n", TRAILER.sub(_said_in_a_trailer, HEADER.sub(b"", part)))
        text = runs(rest).strip("% ")
        if text and not INVOKED.fullmatch(text) and tells(text, ("program",), shown):
            yield Hidden("between-objects", None, None, text, BETWEEN)


def _said_in_a_trailer(trailer: re.Match[bytes]) -> bytes:
    """What a trailer says in words; the number of the file is no word."""
    rest = NUMBERED.sub(b"\n", trailer[1])
    return b"\n".join((*(found[0][1:-1] for found in re.finditer(STRING, rest)), WRITTEN.sub(b"\n", rest)))


def _behind(said: bytes, lengths: dict[int, int]) -> Iterator[bytes]:
    """What stands in an object beside what it is written of, and behind the end of its stream."""
    stream = STREAM.search(said)
    if stream is None:
        yield WRITTEN.sub(b"\n", said)
        return
    opening = said[: stream.start()]
    yield WRITTEN.sub(b"\n", opening)
    told = LENGTH.search(opening)
    if told:
        length = lengths.get(int(told[1]), -1) if told[2] else int(told[1])
        if 0 <= length <= len(said) - stream.end():
            yield said[stream.end() + length :].replace(b"endstream", b"\n")


def left_behind(pdf: pikepdf.Pdf, data: bytes, met: Sequence[Met], shown: Shown) -> Iterator[Hidden]:
    """Objects that are in none of the file's tables, or that another of the same number has replaced."""
    listed: set[Identity] = set()
    boxes: list[Any] = []
    for thing in list[Any](pdf.objects):
        if isinstance(thing, pikepdf.Object):
            listed.add(thing.objgen)
            if is_table(thing):
                boxes.append(thing)
    numbers = {number for number, _ in listed}
    for found in OBJECT.finditer(data):
        if int(found[1]) in numbers or NUMBER.fullmatch(found[3]):
            continue  # a bare number, such as the length of a stream, has no name
        if (text := _words(found[3])) and tells(text, (), shown):
            yield Hidden("orphan", None, None, text, LOST)
    known = {bytes(one.value) for one in met if isinstance(one.value, pikepdf.String)}
    for box in boxes:
        if box.get("/Type") == "/ObjStm":
            yield from _in_a_box(packed.opened(box) or b"", known, shown)


def _words(said: bytes) -> str:
    """The words of an object that nobody reads: of its stream too, unpacked where it is packed as usual."""
    stream = STREAM.search(said)
    if stream is None:
        return runs(said)
    inner = said[stream.end() :]
    try:
        inner = zlib.decompressobj().decompress(inner, 1_000_000)
    except zlib.error:
        return clipped(f"{runs(said[: stream.start()])} {runs(inner, binary=True)}".strip())
    return clipped(f"{runs(said[: stream.start()])} {runs(inner)}".strip())


def _in_a_box(box: bytes, known: set[bytes], shown: Shown) -> Iterator[Hidden]:
    """Strings in a box of objects that none of the file's objects says, and what stands there beside objects."""
    for found in re.finditer(STRING, box):
        try:
            said = bytes(pikepdf.Object.parse(found[0]))
        except pikepdf.PdfError:
            said = found[0]
        text = runs(said)
        if said not in known and text and tells(text, (), shown):
            yield Hidden("orphan", None, None, text, LOST)
    text = runs(WRITTEN.sub(b"\n", box)).strip("% ")
    if text and tells(text, (), shown):
        yield Hidden("between-objects", None, None, text, BETWEEN)
