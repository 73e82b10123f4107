"""What an earlier version of a file said and the file no longer says: what was taken out before it was saved again."""

from __future__ import annotations

import io

import pikepdf

from ingest.errors import UnreadableError
from ingest.objects import everything, text_of
from ingest.pdf import opened
from ingest.readable import clipped
from ingest.shown import Shown
from ingest.widgets import DAMAGED


def words_gone(earlier: bytes, later: bytes) -> str:
    """The lines of the earlier pages, and the strings of the earlier file, that the later one does not have."""
    try:
        before, after = _lines(earlier), Shown(["\n".join(_lines(later))])
        return clipped("\n".join(dict.fromkeys(line for line in before if not after.says(line))))
    except (*DAMAGED, UnreadableError):
        return ""


def _lines(data: bytes) -> list[str]:
    said = []
    with opened("a version of a paper", data) as paper:
        for page in paper:
            text_page = page.get_textpage()
            said += str(text_page.get_text_range()).splitlines()
            text_page.close()
            page.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said += [text_of(met.value) for met in everything(pdf) if isinstance(met.value, pikepdf.String)]
    return [line for line in said if line.isprintable()]
