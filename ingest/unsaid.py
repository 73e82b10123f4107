"""What a file says that its pages do not: every string and stream, the way to it, and whether it tells anything.

Nothing is looked for. Every word of the file must stand on a page or be of a shape that is listed as harmless in its
place (`ingest.channels`, `ingest.harmless`); whatever else there is, is found. A new way to hide words in a PDF needs
no new rule: docs/decisions/0009-every-string-of-a-paper.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pikepdf

from ingest import packed
from ingest.channels import SIGNATURE, channel_of
from ingest.document import Hidden
from ingest.named import name_tells
from ingest.objects import Met, text_of
from ingest.readable import clipped, runs
from ingest.shown import Shown
from ingest.streams import said_by
from ingest.telling import property_tells, tells

UNOPENED = "A part of the file is packed in a way that cannot be opened: nobody knows what it says."
BEHIND = "Something lies behind the end of a packed part of the file, where no program looks for it."
NAMED = "A name in the file says something that no page shows."
NO_WORDS = "(no words that can be read)"
ODD = frozenset(map(chr, range(32))) - {"\t", "\r", "\n", "\f"}


def unsaid(found: Iterable[Met], shown: Shown) -> Iterator[Hidden]:
    """What is told by these strings and streams of a file and by no page, place by place."""
    for met in found:
        if isinstance(met.value, pikepdf.String):
            yield from _of_string(met, shown)
        elif isinstance(met.value, pikepdf.Stream):
            yield from _of_stream(met, shown)
        elif name_tells(name := text_of(met.value), met.way, shown):
            channel = channel_of(met.way)
            yield Hidden(
                channel.kind or "other-text", met.page, None, clipped(name.lstrip("/")), channel.detail or NAMED
            )


def _of_string(met: Met, shown: Shown) -> Iterator[Hidden]:
    channel = channel_of(met.way)
    text = text_of(met.value).strip("\0 \t\r\n")
    if "/ByteRange" in met.owner and met.key in ("Contents", "Cert", "Name"):
        if met.key == "Contents" and (behind := runs(_behind_the_signature(bytes(met.value)))):
            yield Hidden("form", met.page, None, behind, SIGNATURE)
        return
    if not channel.kind or not text:
        return
    if met.way in ("/Trailer/ID", "/Tables/ID") and not all(32 <= byte < 127 for byte in bytes(met.value)):
        return  # what it is for: a number
    if met.key.startswith("MSIP_Label_"):
        told = property_tells(met.key, text, shown)
    else:
        told = tells(text, channel.harmless, shown, text_of(met.owner.get("/FontName", "")))
    if told and not ODD.isdisjoint(text):
        text = runs(bytes(met.value), binary=True)  # a digest or another number, as bytes: by chance no words
    if told and text:
        yield Hidden(channel.kind, met.page, None, clipped(text), channel.detail)


def _behind_the_signature(room: bytes) -> bytes:
    """What stands in the room for a signature behind the signature itself, which says how long it is."""
    if room[:1] != b"0" or len(room) < 2:
        return b""
    size = room[1] & 0x7F if room[1] & 0x80 else 0
    length = int.from_bytes(room[2 : 2 + size], "big") if size else room[1]
    return room[2 + size + length :] if size else room[2 + length :]


def _of_stream(met: Met, shown: Shown) -> Iterator[Hidden]:
    if "/EF/" in met.way or met.key in ("JS", "XFA") or met.value.get("/Type") == "/EmbeddedFile":
        return  # told of by `ingest.structure`
    data = packed.opened(met.value)
    if data is None:
        yield Hidden("unreadable-part", met.page, None, "", UNOPENED)
        return
    if behind := packed.behind(met.value):
        yield Hidden("between-objects", met.page, None, runs(behind) or NO_WORDS, BEHIND)
    for kind, text, detail in said_by(met, data, shown):
        if text.strip():
            yield Hidden(kind, met.page, None, clipped(text.strip()), detail)
