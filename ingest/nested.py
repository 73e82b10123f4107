"""The words of a file that is attached to a PDF: of one inside an archive too, and of another PDF with all it hides."""

from __future__ import annotations

from ingest.errors import UnreadableError
from ingest.inside import inside_the_file
from ingest.pdf import opened, read_pages
from ingest.readable import attached, runs
from ingest.widgets import DAMAGED

MOST_OBJECTS = 100_000  # on a page: more is a drawing


def words_of(data: bytes) -> str:
    """Everything that can be read in an attached file."""
    return attached(data, _of_a_pdf)


def _of_a_pdf(data: bytes) -> str:
    """What the pages of an attached PDF say, and what lies in it beside them."""
    try:
        with opened("an attached paper", data) as paper:
            pages = tuple(read_pages(paper, MOST_OBJECTS))
    except (*DAMAGED, UnreadableError):
        return runs(data)
    said = [line.text for page in pages for line in page.lines]
    return "\n".join((*said, *(one.text for one in inside_the_file("", data, pages))))
