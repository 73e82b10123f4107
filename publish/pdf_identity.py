"""The two ids of a public PDF, made from what it says, so that whoever has the decision knows what they must be.

typst writes digests of its own there, which only printing again could prove: bytes that a proof would have to believe.
Ours have the same length and take their place, so that no other byte moves.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from importlib import metadata
from typing import NamedTuple

from publish.body import SITE, body
from publish.part1 import Part1, canonical_json

TEMPLATE = SITE / "templates" / "decision.typ"
MAKERS = ("typst", "fontpkg-atkinson-hyperlegible")

_END = re.compile(rb"/ID\[\(([^()\\]{24})\)\(([^()\\]{24})\)\]>>\nstartxref\n\d+\n%%EOF\Z")
_PLACES = (rb"/ID[(%s)(%s)]", rb"<xmpMM:DocumentID>%s<", rb"<xmpMM:InstanceID>%s<")


class Identity(NamedTuple):
    """Which decision it is, in every version the same; and which version, printed from which sources."""

    document: str
    instance: str


def identity(decision: Part1) -> Identity:
    """The ids of the PDF of one approved version, from its own bytes and those of the sources that print it."""
    whose = f"{body().name}\n{decision.reference}"
    printed_from = f"{_edition()}\n{body().model_dump_json()}\n"
    return Identity(_id(whose.encode()), _id(printed_from.encode() + canonical_json(decision)))


def identified(content: bytes, ids: Identity) -> bytes | None:
    """The PDF with these ids in place of typst's, or None where those do not stand as they always do."""
    found = _END.search(content)
    if found is None:
        return None
    document, instance = found.groups()
    ours = ids.document.encode(), ids.instance.encode()
    for place, old, new in zip(_PLACES, ((document, instance), document, instance), (ours, *ours), strict=True):
        if content.count(place % old) != 1:
            return None
        content = content.replace(place % old, place % new)
    return content


def _id(said: bytes) -> str:
    return base64.b64encode(sha256(said).digest()[:16]).decode()


@cache
def _edition() -> str:
    """What else the bytes of a PDF depend on: the template, and the version of everything that makes it."""
    return " ".join((sha256(TEMPLATE.read_bytes()).hexdigest(), *(metadata.version(maker) for maker in MAKERS)))
