"""Pictures and insets that a page lists and never draws: what a program left behind when something was taken out.

What is drawn is asked of the drawings themselves: a picture counts as used where some drawing puts it on a page by the
name its own list gives it. A picture of one colour hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf

from ingest import packed, written
from ingest.alone import words_of
from ingest.document import Hidden
from ingest.objects import Identity, Met
from ingest.shown import Shown
from ingest.widgets import inherited

LISTED = re.compile(r"/XObject/[^/]+(/Alternates/Image)?$")
APART = re.compile(r"/Pattern/|/SMask/G$|/CharProcs/")
SHOWS = re.compile(rb"\bT[jJ]\b|[)>]\s*['\"]")
NOT_READ = "A pattern or a mask is drawn with words, which are not read as print."
DETAIL = "The file holds a picture or an inset that no page draws."


def never_drawn(pdf: pikepdf.Pdf, found: Sequence[Met]) -> Iterator[Hidden]:
    """Each of them, with the words that stand in it as far as they can be read."""
    listed = [met for met in found if isinstance(met.value, pikepdf.Stream) and LISTED.search(met.way)]
    if not listed:
        return
    drawn = _drawn(pdf, found)
    for met in listed:
        if met.value.objgen not in drawn:
            words = words_of(met.value)
            if words is not None:
                yield Hidden("unused-object", met.page, None, words or "(no words that can be read)", DETAIL)


def drawn_apart(found: Iterable[Met], shown: Shown) -> Iterator[Hidden]:
    """Words in patterns, masks and letters that are drawn as pictures: they may be seen, and they are not read."""
    for met in found:
        if isinstance(met.value, pikepdf.Stream) and APART.search(met.way):
            drawing = packed.opened(met.value) or b""
            if SHOWS.search(drawing):
                words = words_of(met.value) or " ".join(written.strings(drawing))
                if not shown.says(words):
                    yield Hidden("unread-text", met.page, None, words, NOT_READ)


def _drawn(pdf: pikepdf.Pdf, found: Iterable[Met]) -> set[Identity]:
    """What any drawing of the file puts somewhere."""
    used: set[Identity] = set()
    lists: list[Any] = []
    for page in pdf.pages:
        lists.append(inherited(page.obj, "/Resources"))
        contents = page.obj.get("/Contents")
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        drawing = b"\n".join(packed.opened(part) or b"" for part in parts if isinstance(part, pikepdf.Stream))
        used |= _named(drawing, lists[-1:])
    for met in found:
        stream = met.value
        if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") != "/Image" and _draws(met):
            own = stream.get("/Resources")
            # An inset without a list of its own uses that of whatever draws it.
            used |= _named(packed.opened(stream) or b"", [own] if own is not None else lists)
    return used


def _draws(met: Met) -> bool:
    return met.value.get("/Subtype") == "/Form" or "/PatternType" in met.value or "/CharProcs/" in met.way


def _named(drawing: bytes, lists: Sequence[Any]) -> set[Identity]:
    names = written.drawn_names(drawing)
    used: set[Identity] = set()
    for resources in lists if names else ():
        objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if isinstance(objects, pikepdf.Dictionary):
            used |= {objects[name].objgen for name in names if name in objects}
    return used
