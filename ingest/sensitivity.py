"""Sensitivity labels that an office suite wrote into a PDF: a protective marking that no page need show.

They stand in the file's properties, once as `MSIP_Label_<number>_Name` in the document information and once more in the
XMP metadata, with the date and the way in which the label was set.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from ingest.objects import text_of
from ingest.widgets import DAMAGED
from ingest.xmp import properties

KEY = re.compile(r"(?:.*:)?/?MSIP_Label_([0-9A-Fa-f-]{8,36})_(\w+)")
# Labels that mark nothing: a paper that is to be public may have one of these.
OPEN = re.compile(r"(?i)official|public|unclassified|not protectively marked|general|unmarked|none|no marking")


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its `name` as its organisation words it, and the number that stands for it there."""

    name: str
    identity: str

    @property
    def is_open(self) -> bool:
        """Whether the name says that the paper is for anybody; any other wording may say more."""
        return OPEN.fullmatch(self.name.strip()) is not None


def labels(data: bytes) -> tuple[Label, ...]:
    """The labels of a PDF, each once; a file that cannot be opened has none that anybody could read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return tuple(dict.fromkeys(_labels(pdf)))
    except DAMAGED:
        return ()


def _labels(pdf: pikepdf.Pdf) -> Iterator[Label]:
    said = [(str(key), text_of(value)) for key, value in pdf.docinfo.items()]
    packet = pdf.Root.get("/Metadata")
    if isinstance(packet, pikepdf.Stream):
        said += [(one.name, one.text) for one in properties(packet.read_bytes())]
    for key, value in said:
        found = KEY.fullmatch(key)
        if found and found[2].casefold() == "name":
            yield Label(value, found[1].casefold())
