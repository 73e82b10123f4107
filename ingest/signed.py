"""Digital signatures: which fields are signed, where they are shown, and whether the file was changed afterwards.

A signature says of which of the file's bytes it is, and must be of them (`ingest.cms`): what is put in its place and
is none is said to be none. Who is behind the key it was made with is for a program that knows whom to trust.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from ingest.cms import is_signature_of
from ingest.document import Box, DigitalSignature
from ingest.pdf import page_matrix
from ingest.widgets import DAMAGED, edges_of, inherited, is_shown

END, END_OF_LINE = b"%%EOF", b"\r\n \t\0"
HEXADECIMAL = re.compile(rb"\s*<((?:[0-9A-Fa-f]{2})*)>\s*")
STAMP_OF_TIME = "/ETSI.RFC3161"  # a clock signs that, and no person
SECONDS = slice(2, 16)  # of D:20231221093000Z: year to second


class Revision(NamedTuple):
    """The bytes that are signed, all but the signature itself, and where in the file they end."""

    signed: bytes
    end: int


def digital_signatures(paper: Any, data: bytes) -> Iterator[DigitalSignature]:
    """Every field for a signature in an open paper, signed or not."""
    if not paper.get_formtype():
        return
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for note, number in _fields(pdf):
                yield _read(paper, note, number, data)
    except DAMAGED:
        return  # damaged: `ingest.structure` says so


def _fields(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, int | None]]:
    """Each such field once, with the page that shows it."""
    shown: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, pikepdf.Array) else ():
            if isinstance(note, pikepdf.Dictionary) and inherited(note, "/FT") == "/Sig":
                shown |= {note.objgen, note.get("/Parent", note).objgen}
                yield note, number if is_shown(note) else None
    fields = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields")
    for field in fields if isinstance(fields, pikepdf.Array) else ():
        if isinstance(field, pikepdf.Dictionary) and field.get("/FT") == "/Sig" and field.objgen not in shown:
            yield field, None


def _read(paper: Any, note: Any, number: int | None, data: bytes) -> DigitalSignature:
    box = None
    if number:
        page = paper[number - 1]
        matrix, wide, high = page_matrix(page.raw)
        box = matrix.box(*edges_of(note))
        page.close()
        if not box.overlap(Box(0.0, 0.0, wide, high)):
            number = box = None  # off the page: shown nowhere
    value = inherited(note, "/V")
    if not isinstance(value, pikepdf.Dictionary) or not bytes(value.get("/Contents", b"")).strip(b"\0"):
        return DigitalSignature(number, box, signed=False)
    if value.get("/SubFilter") == STAMP_OF_TIME:
        return DigitalSignature(number, box, signed=False)
    revision = _revision(value, data)
    true = revision is not None and is_signature_of(bytes(value.Contents), revision.signed)
    return DigitalSignature(
        number,
        box,
        signed=True,
        true=true,
        to_end=true and revision is not None and not data[revision.end :].strip(END_OF_LINE),
        signer=str(value.get("/Name", "")),
        time=str(value.get("/M", ""))[SECONDS],
    )


def _revision(value: pikepdf.Object, data: bytes) -> Revision | None:
    """What a signature says it is of: a whole file, or what was one then, but for the signature itself."""
    reach = [int(number) for number in value.get("/ByteRange", ())]
    if len(reach) != 4 or reach[0] != 0 or not 0 < reach[1] < reach[2] or reach[3] < 0:
        return None
    _, first, second, length = reach
    end = second + length
    if end > len(data) or not data[second:end].rstrip(END_OF_LINE).endswith(END):
        return None
    between = HEXADECIMAL.fullmatch(data[first:second])
    if between is None or bytes.fromhex(between[1].decode()) != bytes(value.Contents):
        return None  # something else is left out
    return Revision(data[:first] + data[second:end], end)
