"""What a PDF carries beside its pages: attached files, scripts, earlier revisions, hidden fields, bytes after its end.

No reader of the printed paper sees these, so a paper with any of them is quarantined. pikepdf opens the object tree.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from ingest.document import Hidden

END = b"%%EOF"
SCRIPTS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")


def beside_the_pages(data: bytes) -> Iterator[Hidden]:
    """Everything of that kind in a file, each once. A file that pikepdf cannot open carries something unknown."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from _attachments(pdf)
            yield from _scripts(pdf)
            yield from _forms(pdf)
            yield from _revisions(data, pdf.is_linearized)
    except pikepdf.PdfError:
        yield Hidden("unreadable-structure", None, None, "", "The file's inner structure is damaged.")


def _attachments(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    for name in pdf.attachments:
        yield Hidden("attachment", None, None, name, "Another file is attached to the PDF.")


def _scripts(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    names = pdf.Root.get("/Names")
    if names is not None and "/JavaScript" in names:
        yield Hidden("script", None, None, "", "The PDF carries JavaScript.")
    holders: list[tuple[int | None, Any]] = [(None, pdf.Root.get("/OpenAction"))]
    for number, page in enumerate(pdf.pages, 1):
        holders += [(number, action) for action in _actions(page)]
    for page_number, action in holders:
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in SCRIPTS:
            kind = str(action["/S"]).lstrip("/")
            yield Hidden("script", page_number, None, "", f"The PDF does something when it is opened or used ({kind}).")


def _actions(page: pikepdf.Page) -> Iterator[Any]:
    for note in page.obj.get("/Annots", []):
        if isinstance(note, pikepdf.Dictionary):
            yield note.get("/A")
    yield from dict(page.obj.get("/AA", {})).values()


def _forms(pdf: pikepdf.Pdf) -> Iterator[Hidden]:
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    if "/XFA" in form:
        yield Hidden("form", None, None, "", "The PDF carries an XFA form, which no page shows.")
    for entry in form.get("/Fields", []):
        hidden = int(entry.get("/F", 0)) & 0b10 if isinstance(entry, pikepdf.Dictionary) else 0
        if hidden and "/V" in entry:
            yield Hidden("form", None, None, str(entry["/V"]), "A hidden form field holds a value.")


def _revisions(data: bytes, linearized: bool) -> Iterator[Hidden]:
    ends = [found.end() for found in re.finditer(re.escape(END), data)]
    # A file made for the web has two ends by its nature; each further one is a version saved over an earlier.
    if len(ends) > (2 if linearized else 1):
        yield Hidden("earlier-revision", None, None, "", "The file still holds an earlier version of itself.")
    if ends and data[ends[-1] :].strip(b"\r\n\0 \t"):
        yield Hidden("after-the-end", None, None, "", "Something was put behind the end of the PDF.")
