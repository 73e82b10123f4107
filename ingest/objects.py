"""Every string and stream of a PDF with the way that leads to it, and those to which no way leads.

The way is what tells a reader's program what to do with a string: `/Root/Outlines/Title` is a bookmark. Pages are begun
with, so that what hangs on one is known by its number; links from one thing to the next of its kind add nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

# Keys that lead on in a tree or a chain of equals: a bookmark below a bookmark is a bookmark.
CHAINS = frozenset(["/First", "/Next", "/Prev", "/Last", "/Parent", "/Kids", "/K"])
OWN_TABLES = ("/XRef", "/ObjStm")
LONGEST_WAY = 300  # characters: a way that is longer turns in circles
TABLES, LINEAR_MAP = "/Tables", "/LinearMap"  # how the ways to the file's own tables begin
LOST = "/Lost"  # how the way to a thing begins to which none leads

Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Met:
    """A string, a name, a key or a stream, where it was met: the way, the page, and the dictionary it stands in.

    A key is a plain `str`; it is met once, and so is a name under one key: what they say is the same everywhere.
    """

    way: str
    page: int | None
    owner: Any
    value: Any

    @property
    def key(self) -> str:
        """The last step of the way."""
        return self.way.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was met already."""

    things: set[Identity]
    keys: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)


def everything(pdf: pikepdf.Pdf, linear_map: Identity | None = None) -> Iterator[Met]:
    """All that a file can say, each thing once; only a place in the file leads to a `linear_map`."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    seen = Seen(set(pages))
    root, info = pdf.trailer.get("/Root"), pdf.trailer.get("/Info")
    waiting: deque[Met] = deque(Met("/Page", number, None, page.obj) for number, page in enumerate(pdf.pages, 1))
    yield from _reached(deque([*waiting, Met("/Root", None, None, root), Met("/Info", None, None, info)]), seen, pages)
    yield from _reached(deque([Met("/Trailer", None, None, pdf.trailer)]), seen, pages)
    for thing in list[Any](pdf.objects):  # bare numbers too
        if isinstance(thing, pikepdf.Object) and thing.objgen not in seen.things:
            way = TABLES if is_table(thing) else LINEAR_MAP if thing.objgen == linear_map else LOST
            yield from _reached(deque([Met(way, None, None, thing)]), seen, pages)


def text_of(value: Any) -> str:
    """A name or a text as far as it can be read: in a broken file it may be in no encoding."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value.unparse()).decode("latin-1")


def is_table(thing: Any) -> bool:
    """Whether a stream only says where the objects of the file are, or is a box that they lie in."""
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") in OWN_TABLES


def _reached(waiting: deque[Met], seen: Seen, pages: dict[Identity, int]) -> Iterator[Met]:
    while waiting:
        met = waiting.popleft()
        thing = met.value
        if not isinstance(thing, pikepdf.Object):
            continue
        if thing.is_indirect and thing.objgen != (0, 0):
            if thing.objgen in seen.things and not (met.way == "/Page" and pages.get(thing.objgen) == met.page):
                continue
            seen.things.add(thing.objgen)
        if isinstance(thing, pikepdf.Array):
            waiting.extend(Met(met.way, met.page, met.owner, one) for one in list[Any](thing))
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            entry = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
            page = met.page
            if "/Pg" in entry:
                page = pages.get(entry["/Pg"].objgen, page)
            for key, value in entry.items():
                if key not in seen.keys:
                    seen.keys.add(key)
                    yield Met(f"{met.way}{key}"[:LONGEST_WAY], page, entry, key)
                if isinstance(value, pikepdf.Object):
                    way = met.way if key in CHAINS and not isinstance(value, pikepdf.String) else f"{met.way}{key}"
                    waiting.append(Met(way[:LONGEST_WAY], page, entry, value))
            if isinstance(thing, pikepdf.Stream):
                yield met
        elif isinstance(thing, pikepdf.Name):
            said = (met.key, text_of(thing))
            if said not in seen.names:
                seen.names.add(said)
                yield met
        else:
            yield met
