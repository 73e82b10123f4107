"""What is done to a sample paper after it was printed, by the names that sources give in `finish`.

A finish takes the bytes of the PDF and the paper's source and gives the bytes of another, the same ones every time: no
clock, no random number, and `deterministic_id` where pikepdf saves.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf

from tests.papers.filling import FILLINGS
from tests.papers.paper import Toml

Finish = Callable[[bytes, Toml], bytes]


def untitled(pdf: bytes, paper: Toml) -> bytes:
    """Without the title in the file's properties, as office printers leave it."""
    printed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if "/Title" in opened.docinfo:
            del opened.docinfo["/Title"]
        if "/Metadata" in opened.Root:
            del opened.Root.Metadata
        opened.save(printed, deterministic_id=True)
    return printed.getvalue()


FINISHES: dict[str, Finish] = {"untitled": untitled, **FILLINGS}
