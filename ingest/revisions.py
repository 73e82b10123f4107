"""Earlier versions of a file that it still holds, and bytes behind its end.

Programs save a change by writing it behind the file, so that what was there before stays in it. A digital signature is
always put on a paper in this way; where an addition did nothing but sign, the earlier version is the paper itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from ingest.document import Hidden
from ingest.gone import words_gone
from ingest.readable import attached, runs
from ingest.widgets import DAMAGED, inherited

END = b"%%EOF"
SIGNS = (b"/ByteRange", b"/DSS")  # what the addition of a signature has, and one that proves it for later
ADDED_TO_THE_CATALOGUE = frozenset({"/AcroForm", "/Perms", "/Extensions", "/DSS", "/Metadata", "/Version"})
ADDED_TO_THE_FORM = frozenset({"/Fields", "/SigFlags", "/DR", "/DA", "/Type"})
SAID_OF_THE_FILE = frozenset({"/ModDate", "/Producer"})


def earlier_versions(data: bytes, linearized: bool) -> Iterator[Hidden]:
    """The finding that a file holds an earlier version of itself, and that something stands behind its end."""
    versions = ends_of_versions(data, linearized)
    if len(versions) > 1 and not all(_only_signs(data[:end], data) for end in versions[:-1]):
        gone = "\n".join(dict.fromkeys(filter(None, (words_gone(data[:end], data) for end in versions[:-1]))))
        yield Hidden("earlier-revision", None, None, gone, "The file still holds an earlier version of itself.")
    last = data.rfind(END) + len(END)
    if END in data and data[last:].strip(b"\r\n\0 \t"):
        behind = attached(data[last:].lstrip(b"\r\n\0 \t"), runs)
        yield Hidden("after-the-end", None, None, behind, "Something was put behind the end of the PDF.")


def ends_of_versions(data: bytes, linearized: bool) -> list[int]:
    """Where each version of a file ends; one made for the web has an end more by its nature, which is no version."""
    ends = [found.end() for found in re.finditer(re.escape(END), data)]
    return ends[1:] if linearized else ends


def _only_signs(earlier: bytes, later: bytes) -> bool:
    """Whether all that the earlier version says and shows stands unchanged in the later one, but for signatures."""
    if not any(sign in later[len(earlier) :] for sign in SIGNS):
        return False
    try:
        with pikepdf.open(io.BytesIO(earlier)) as before, pikepdf.open(io.BytesIO(later)) as after:
            objects: list[Any] = list(before.objects)
            return all(
                _stands(thing, after.get_object(thing.objgen), before, after) for thing in objects if _counts(thing)
            )
    except DAMAGED:
        return False


def _counts(thing: Any) -> bool:
    """Whether an object says anything: bare numbers have no name to compare them by, and tables are the file's own."""
    return isinstance(thing, pikepdf.Object) and not (
        isinstance(thing, pikepdf.Stream) and thing.get("/Type") in ("/XRef", "/ObjStm")
    )


def _stands(one: Any, other: Any, before: pikepdf.Pdf, after: pikepdf.Pdf) -> bool:
    if isinstance(one, pikepdf.Stream) and isinstance(other, pikepdf.Stream):
        same = one.read_raw_bytes() == other.read_raw_bytes()
        return same or one.get("/Type") == other.get("/Type") == "/Metadata"
    if one.unparse(resolved=True) == other.unparse(resolved=True):
        return True
    if isinstance(one, pikepdf.Array) and isinstance(other, pikepdf.Array):
        return _only_gains_signatures(one, other)
    if not isinstance(one, pikepdf.Dictionary) or not isinstance(other, pikepdf.Dictionary):
        return False
    if _is_signature(one) and _is_signature(other):
        return "/V" not in one  # an empty field that was signed; a signature that was changed is another matter
    changed = {key for key in {*one.keys(), *other.keys()} if _said(one.get(key)) != _said(other.get(key))}
    if one.objgen == before.Root.objgen:
        return changed <= ADDED_TO_THE_CATALOGUE
    if one.objgen == before.docinfo.objgen:
        return changed <= SAID_OF_THE_FILE
    if one.get("/Type") == "/Page":
        gained = _only_gains_signatures(one.get("/Annots", ()), other.get("/Annots", ()))
        return changed <= {"/Annots"} and gained
    form = after.Root.get("/AcroForm")
    is_form = isinstance(form, pikepdf.Dictionary) and form.objgen == other.objgen
    return is_form and changed <= ADDED_TO_THE_FORM and _only_gains_signatures(one.get("/Fields", ()), other.Fields)


def _said(value: Any) -> bytes | str:
    return value.unparse() if isinstance(value, pikepdf.Object) else str(value)


def _is_signature(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and inherited(thing, "/FT") == "/Sig"


def _only_gains_signatures(one: Any, other: Any) -> bool:
    """Whether a list of annotations or fields has all it had, and nothing more but signatures."""
    had = {thing.objgen for thing in one}
    has = {thing.objgen for thing in other}
    return had <= has and all(_is_signature(thing) for thing in other if thing.objgen not in had)
