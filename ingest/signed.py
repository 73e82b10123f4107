"""Digital signatures: which fields are signed, where they are shown, and whether the file was changed afterwards.

A signature says of how many of the file's bytes it is. Whether it was made with the key it names, and who is behind
that, is for a program that knows which certificates to trust: here a signature is a fact about the file, no proof.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from ingest.document import Box, DigitalSignature
from ingest.pdf import page_matrix
from ingest.widgets import DAMAGED, edges_of, inherited, is_shown

END_OF_LINE = b"\r\n \t\0"
STAMP_OF_TIME = "/ETSI.RFC3161"  # a clock signs that, and no person
SECONDS = slice(2, 16)  # of D:20231221093000Z: year to second


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
    return DigitalSignature(
        number,
        box,
        signed=True,
        to_end=_to_end(value, data),
        signer=str(value.get("/Name", "")),
        time=str(value.get("/M", ""))[SECONDS],
    )


def _to_end(value: pikepdf.Object, data: bytes) -> bool:
    """Whether everything in the file but the signature itself was signed, to its last byte."""
    reach = [int(number) for number in value.get("/ByteRange", ())]
    if len(reach) != 4 or reach[0] != 0:
        return False
    _, first, second, length = reach
    between = data[first:second].strip()
    return (
        0 < first < second
        and between[:1] + between[-1:] == b"<>"
        and b">" not in between[:-1]
        and not data[second + length :].strip(END_OF_LINE)
    )
