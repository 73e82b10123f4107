"""Words in what draws a page that draw nothing: comments, the names and notes that programs tie to a part of it.

A drawing is a list of orders with strings among them, and in any string may stand what looks like an order; so strings,
pictures and notes are told apart first.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pikepdf

from ingest.objects import text_of

STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
TOKENS = re.compile(
    rb"(?P<string>" + STRING + rb")|(?P<picture>\bBI\b.*?\bID\s.*?\sEI\b)|%(?P<comment>[^\r\n]*)", re.DOTALL
)
NOTES = re.compile(rb"<<((?:" + STRING + rb"|<[^<>]*>|<<[^<>]*>>|[^<>()])*)>>\s*(?:BDC|DP)\b", re.DOTALL)
NOTE = re.compile(rb"/([^\s()<>\[\]{}/%]+)[\s\[]*(" + STRING + rb"|<[0-9A-Fa-f\s]+>)", re.DOTALL)
DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
HEX = rb"<[0-9A-Fa-f\s]*>"
# What shows a string, ties it to a part of the drawing, or is a picture in it: a string anywhere else does nothing.
USED = re.compile(
    rb"\bBI\b.*?\bID\s.*?\sEI\b|%[^\r\n]*|(?:" + STRING + rb"|" + HEX + rb")\s*(?:Tj|'|\")"
    rb"|\[(?:" + STRING + rb"|" + HEX + rb"|[-+\d.\s])*\]\s*TJ|" + NOTES.pattern,
    re.DOTALL,
)
WORDS = re.compile(rb"(?<![^\s()<>\[\]{}])[^\s()<>\[\]{}/%\d.+-][^\s()<>\[\]{}/%]{3,}")  # longer than any order
NO_NAMES = re.compile(STRING + rb"|\bBI\b.*?\bID\s.*?\sEI\b|%[^\r\n]*", re.DOTALL)
NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
NO_ORDERS = (b"true", b"false", b"null")
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
LETTERS = re.compile(rb"<([0-9A-Fa-f\s]{24,})>")  # what one code of a font stands for: more than a ligature's letters


def comments(drawing: bytes) -> Iterator[str]:
    """The comments of a drawing, of a table of letters, or of a formula."""
    if b"%" not in drawing:
        return
    for token in TOKENS.finditer(drawing):
        if token["comment"] is not None and (said := token["comment"].decode("latin-1").strip("% \t")):
            yield said


def strings(table: bytes) -> Iterator[str]:
    """The strings of a table of letters."""
    for token in TOKENS.finditer(table):
        if token["string"] is not None:
            yield token["string"][1:-1].decode("latin-1")


def notes(drawing: bytes) -> Iterator[tuple[str, str]]:
    """The strings of the notes that are tied to parts of a drawing, with the key each stands under."""
    seen: set[tuple[bytes, bytes]] = set()
    for note in NOTES.finditer(drawing):
        if b"(" not in note[1] and b"<" not in note[1]:
            continue
        for key, value in NOTE.findall(note[1]):
            if (key, value) not in seen:
                seen.add((key, value))
                yield decoded(key), text_of(pikepdf.Object.parse(value))


def strays(drawing: bytes) -> Iterator[str]:
    """The strings of a drawing that no order uses, and words that are no order."""
    left = USED.sub(b" ", drawing)
    for found in re.finditer(STRING, left):
        yield found[0][1:-1].decode("latin-1")
    words = [word for word in WORDS.findall(re.sub(STRING, b" ", left)) if word not in NO_ORDERS]
    if words:
        yield b" ".join(words).decode("latin-1")


def pictures(drawing: bytes) -> Iterator[bytes]:
    """The pictures that stand in a drawing itself, unpacked where they are packed as usual."""
    for token in TOKENS.finditer(drawing) if b"BI" in drawing else ():
        if token["picture"] is not None:
            pixels = re.split(rb"\bID\s", token["picture"], maxsplit=1)[1]
            try:
                unpacking = zlib.decompressobj()
                yield unpacking.decompress(pixels) + b"\0" + unpacking.unused_data
            except zlib.error:
                yield pixels


def names(drawing: bytes) -> Iterator[str]:
    """The names in a drawing, each once: of its parts, and of what it takes from a list."""
    for name in dict.fromkeys(NAME.findall(NO_NAMES.sub(b" ", drawing))):
        yield decoded(name)


def drawn_names(drawing: bytes) -> set[str]:
    """The names of the pictures and insets that a drawing puts on the page."""
    return {f"/{decoded(name)}" for name in DRAWN.findall(drawing)}


def sentences(table: bytes) -> Iterator[str]:
    """What a font's table of letters lets one code stand for, where that is longer than any glyph says."""
    for found in LETTERS.findall(table):
        try:
            yield bytes.fromhex(found.decode("ascii")).decode("utf-16-be", errors="replace")
        except ValueError:
            continue


def decoded(name: bytes) -> str:
    """A name as it is meant: letters may be written by their numbers."""
    return CODED.sub(lambda code: bytes([int(code[1], 16)]), name).decode("utf-8", errors="replace")
