"""What an XMP packet says, property by property, read as loosely as any program might read it.

A packet is XML that anybody can write; it is taken apart by its marks alone, so that a packet that is no good XML hides
nothing either: comments, instructions, attributes and text all come out.
The names of properties are words of their own: a word processor makes one of each property that its user adds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKS = re.compile(
    r"<!--(?P<comment>.*?)-->|<!\[CDATA\[(?P<raw>.*?)\]\]>|<\?(?P<order>.*?)\?>|<(?P<tag>[^>]*)>", re.DOTALL
)
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL)
ORDERS = re.compile(
    r"xpacket (?:begin|end)=[\"'].{0,4}[\"'](?:\s+id=[\"']W5M0MpCehiHzreSzNTczkc9d[\"'])?"
    r"(?:\s+(?:bytes|encoding)=\S{1,9})*"
    r"|adobe-xap-filters esc=[\"']CRLF[\"']|xml(?:\s+(?:version|encoding|standalone)=\S{1,12})*\s*"
)


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that a packet says: the name it says it of, without its namespace's prefix, and the words."""

    name: str
    text: str


def properties(packet: bytes) -> Iterator[Property]:
    """Everything that a packet says, attributes and comments too; what its properties are called say `names`."""
    text = _decoded(packet)
    open_tags: list[str] = []
    at = 0
    for mark in MARKS.finditer(text):
        yield from _said(open_tags, text[at : mark.start()])
        at = mark.end()
        if mark["comment"] is not None:
            yield Property("comment", mark["comment"].strip())
        elif mark["raw"] is not None:
            yield from _said(open_tags, mark["raw"])
        elif mark["order"] is not None:
            if not ORDERS.fullmatch(mark["order"].strip()):
                yield Property("comment", mark["order"].strip())
        elif mark["tag"].startswith("!"):
            yield Property("comment", mark["tag"].strip())
        else:
            yield from _opened(open_tags, mark["tag"])
    yield from _said([], text[at:])


def names(packet: bytes) -> Iterator[str]:
    """What the properties of a packet are called, and the lists that they are from, each once."""
    found: dict[str, None] = {}
    for mark in MARKS.finditer(_decoded(packet)):
        if mark["tag"] and not mark["tag"].startswith("!"):
            found[re.split(r"[\s/]", mark["tag"].strip("/ \n"), maxsplit=1)[0]] = None
            for key, value in ATTRIBUTE.findall(mark["tag"]):
                found[key] = None
                if key.startswith("xmlns"):
                    found[html.unescape(value[1:-1])] = None
    yield from found


def _opened(open_tags: list[str], tag: str) -> Iterator[Property]:
    name = re.split(r"[\s/]", tag.strip("/ \n"), maxsplit=1)[0]
    if tag.startswith("/"):
        while open_tags and open_tags.pop() != name:
            pass
        return
    for key, value in ATTRIBUTE.findall(tag):
        if not key.startswith("xmlns"):
            yield Property(_local(key), html.unescape(value[1:-1]))
    if not tag.endswith("/"):
        open_tags.append(name)


def _said(open_tags: list[str], text: str) -> Iterator[Property]:
    words = html.unescape(text).strip("\ufeff \t\r\n\0")
    if words:
        named = [_local(tag) for tag in open_tags if not tag.startswith("rdf:")]
        yield Property(named[-1] if named else "", words)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _decoded(packet: bytes) -> str:
    for mark, encoding in (
        (b"\xfe\xff", "utf-16"),
        (b"\xff\xfe", "utf-16"),
        (b"\0<", "utf-16-be"),
        (b"<\0", "utf-16-le"),
    ):
        if packet.startswith(mark):
            return packet.decode(encoding, errors="replace")
    return packet.decode("utf-8", errors="replace")
