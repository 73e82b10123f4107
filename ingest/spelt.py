"""The objects of a file as they are spelt in its bytes, and what of these bytes no object has.

A PDF is a row of numbered objects with a table that says where each one lies. A reader's program looks where the table
points and at nothing else. So what is spelt is held against what was read: a stream must be one that an object of that
number has in this version of the file or in an earlier one, and whatever else there is, is read by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from ingest.objects import Identity
from ingest.readable import runs
from ingest.written import STRING, decoded

HEAD = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b")
END = re.compile(rb"\bendobj\b")
STREAM = re.compile(rb">>\s*stream\r?\n")
CLOSES = re.compile(rb"\s*endstream\b")
HEX = rb"<[0-9A-Fa-f\s]*>"
NAME = rb"/[^\s()<>\[\]{}/%]*"
SAID = re.compile(rb"(?P<string>" + STRING + rb")|(?P<hex>" + HEX + rb")|(?P<name>" + NAME + rb")")
# What an object is written of: strings, bytes, names, numbers, a few words and brackets; the rest is a leftover.
WRITTEN = re.compile(
    STRING + rb"|" + HEX + rb"|" + NAME + rb"|[<>\[\]{}]|[-+]?[\d.]+|\b(?:true|false|null|R|obj|endobj)\b"
)
LINEAR = re.compile(rb"/Linearized\b[^>]*?/H\s*\[\s*(\d+)")
NO_CHANCE = 12  # letters in a row that locked bytes never make by themselves


@dataclass(frozen=True, slots=True)
class Spelt:
    """One object as it is spelt: its brackets, its stream where no object of the file has it, and what is behind it."""

    identity: Identity
    said: bytes
    lost: bytes | None
    behind: bytes


def spelt(data: bytes, versions: Sequence[pikepdf.Pdf]) -> tuple[list[Spelt], list[bytes]]:
    """All objects of a file in the order of its bytes, and the bytes between them."""
    objects: list[Spelt] = []
    between: list[bytes] = []
    at = max(0, data.find(b"%PDF-"))
    while found := HEAD.search(data, at):
        between.append(data[at : found.start()])
        identity = (int(found[1]), int(found[2]))
        ends = END.search(data, found.end())
        stream = STREAM.search(data, found.end(), ends.start() if ends else len(data))
        if stream is None:
            close, at = (ends.start(), ends.end()) if ends else (len(data), len(data))
            objects.append(Spelt(identity, data[found.end() : close], None, b""))
            continue
        length = _length_of_its_stream(identity, data, stream.end(), versions)
        last = stream.end() + (length or 0)
        ends = END.search(data, last)
        close, at = (ends.start(), ends.end()) if ends else (len(data), len(data))
        said, rest = data[found.end() : stream.start() + 2], data[last:close]
        lost = rest if length is None else None
        objects.append(Spelt(identity, said, lost, b"" if length is None else rest.replace(b"endstream", b"\n")))
    between.append(data[at:])
    return objects, between


def _length_of_its_stream(identity: Identity, data: bytes, at: int, versions: Sequence[pikepdf.Pdf]) -> int | None:
    """How long the stream there is, if it is one that the object of that number has; None if it is another."""
    for version in versions:
        if not isinstance(thing := version.get_object(identity), pikepdf.Stream):
            continue
        raw = thing.read_raw_bytes()
        told: Any = thing.get("/Length")
        length = min(told, len(raw)) if isinstance(told, int) else len(raw)  # where the two differ, the rest is behind
        if data.startswith(raw, at) and (raw or CLOSES.match(data, at)):
            return length
        if version.is_encrypted and isinstance(told, int) and CLOSES.match(data, at + told):
            # Unlocked by the library: here its length can be compared, and words are plain if they are not locked.
            return None if runs(data[at : at + told], binary=True, least=NO_CHANCE) else told
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """The strings and the names that the objects of a file have, and whether they are spelt in a secret writing."""

    strings: frozenset[bytes]
    names: frozenset[str]
    locked: bool

    def unread_strings(self, said: bytes) -> Iterator[bytes]:
        """Those strings in the bytes of an object, or of a box of objects, that no object has."""
        for found in SAID.finditer(said):
            if found["name"] is not None:
                continue
            string = _meant(found)
            if string in self.strings or (self.locked and not (len(string) >= NO_CHANCE and _printed(string))):
                continue
            yield string

    def unread_names(self, said: bytes) -> Iterator[str]:
        """The same for names."""
        for found in SAID.finditer(said):
            if found["name"] is not None and (name := decoded(found["name"])) not in self.names:
                yield name


def _meant(found: re.Match[bytes]) -> bytes:
    try:
        return bytes(pikepdf.Object.parse(found[0]))
    except (pikepdf.PdfError, ValueError):
        return found[0][1:-1]


def _printed(string: bytes) -> bool:
    return all(32 <= byte < 127 for byte in string)


def map_of_a_linear_file(data: bytes) -> Identity | None:
    """The number of the table at the beginning of a file made for the web, to which only a place in the file leads."""
    told = LINEAR.search(data[:2048])
    found = HEAD.match(data, int(told[1])) if told else None
    return (int(found[1]), int(found[2])) if found else None
