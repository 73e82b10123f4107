"""The text that a page of a PDF draws, by its marked places, read from drawing commands in the forms typst writes.

Every command must be known and complete; text outside a marked place, in another drawing mode, or of a letter that
the font does not explain, is not known.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from publish.lettering import BREAK
from publish.pdf_objects import STRING, NotOurs, unescaped

_DOTLESS = {ord("i"): "ı", ord("j"): "ȷ"}
Glyphs = Mapping[int, str]  # what each glyph of a font stands for


class Place(NamedTuple):
    """One marked place of a page: its number, None for what readers' programs pass over, and the text drawn in it."""

    number: int | None
    text: str


_N = rb"-?\d{1,5}+(?:\.\d{1,10}+)?+"
_DRAWING = (  # what shows no text
    rb"(?:[ \n]?(?:[qQhfnWS]|BT|ET|(?:" + _N + rb" ){6}(?:cm|c)|(?:" + _N + rb" ){2}[ml]|(?:" + _N + rb" )[wMJj])"
    rb"(?![A-Za-z])|[ \n]?(?:(?:" + _N + rb" ){1,3}(?:scn|SCN)|/c\d (?:cs|CS)|/g\d{1,2} gs))+"
)
_COMMAND = re.compile(  # each with the drawing before it; what is drawn last stands before no other
    rb"(?:" + _DRAWING + rb")?+(?:[ \n]?(?:/Span<</MCID (?P<place>\d{1,4})(?:/Lang\(en-GB\))?>>BDC"
    rb"|/Artifact<<(?P<aside>(?:/Attached\[/(?:Top|Bottom)\]/Subtype/(?:Header|Footer))?"
    rb"(?:/Lang\(en-GB\))?/Type/(?:Layout|Pagination))>>BDC"
    rb"|/Span<</ActualText(?:<FEFF(?P<actual>(?:[0-9A-F]{4}){1,16})>|\((?P<plain>\\?[!-~])\))>>BDC"
    rb"|0 Tr/(?P<font>f\d{1,2}) " + _N + rb" Tf (?:" + _N + rb" ){6}Tm"
    rb"(?:\[(?P<shown>(?:[^\]]++|\](?!TJ))*)\]TJ|(?P<said>" + STRING + rb")Tj)"
    rb"|(?P<close>EMC))|\Z)"
)
_SHOWN = re.compile(STRING + rb"|" + _N + rb"(?![\d.])")
_BRACKET, _ANGLE = b"(<"
BETWEEN = 0xFFFF  # no glyph: what two strings are joined with
_HEAD = b"""\
%!PS-Adobe-3.0 Resource-CMap
%%DocumentNeededResources: procset CIDInit
%%IncludeResource: procset CIDInit
%%BeginResource: CMap Custom
%%Title: (Custom Adobe Identity 0)
%%Version: 1
%%EndComments
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
    /Registry (Adobe) def
    /Ordering (Identity) def
    /Supplement 0 def
end def
/CMapName /Custom def
/CMapVersion 1 def
/CMapType 0 def
/WMode 0 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = b"""\
endcmap
CMapName currentdict /CMap defineresource pop
end
end
%%EndResource
%%EOF"""
_BLOCK = re.compile(rb"(\d{1,3}) beginbfchar\n((?:<[0-9A-F]{4}> <(?:[0-9A-F]{4})+>\n)+)endbfchar\n")


def glyphs(table: bytes) -> Glyphs:
    """What each glyph stands for, from the font's own table, whose form is always the same."""
    if not table.startswith(_HEAD) or not table.endswith(_TAIL):
        raise NotOurs
    found: dict[int, str] = {}
    at, end = len(_HEAD), len(table) - len(_TAIL)
    while at < end:
        block = _BLOCK.match(table, at, end)
        if block is None or block[2].count(b"\n") != int(block[1]):
            raise NotOurs
        for line in block[2].splitlines():
            glyph, said = int(line[1:5], 16), _utf16(line[8:-1])
            if glyph in found:
                raise NotOurs
            found[glyph] = said
        at = block.end()
    return found


def places(commands: bytes, fonts: Mapping[str, Glyphs]) -> Iterator[Place]:
    """The marked places of a page in the order they are drawn. A place without text is one with an empty text.

    In `fonts`, `BETWEEN` stands for an empty text; a glyph that a font does not have is a KeyError.
    """
    at, open_, text = 0, False, ""
    number: int | None = None
    actual: str | None = None
    while at < len(commands):
        command = _COMMAND.match(commands, at)
        if command is None:
            raise NotOurs
        at = command.end()
        match command.lastgroup:
            case None:
                pass
            case "place" | "aside" if not open_:
                open_, number = True, int(command["place"]) if command["place"] else None
            case "actual" | "plain" if open_ and actual is None:
                actual = _utf16(command["actual"]) if command["actual"] else command["plain"][-1:].decode()
                if sum(not unicodedata.combining(letter) for letter in actual.replace(BREAK, "")) != 1:
                    raise NotOurs  # one letter with its accents, for which no glyph alone stands
                text += actual
            case "close" if actual is not None:
                actual = None
            case "close" if open_:
                yield Place(number, text.replace(BREAK, ""))
                open_, text = False, ""
            case "shown" | "said" if open_:
                font = fonts.get(command["font"].decode(), {})
                drawn = _drawn(command["shown"] or command["said"] or b"", font)
                if actual is None:
                    text += "".join(drawn)
                elif any(letters(actual).isdisjoint(letters(glyph)) for glyph in drawn if glyph):
                    raise NotOurs
            case _:
                raise NotOurs
    if open_:
        raise NotOurs


@lru_cache(4096)  # fonts say the same few letters over and over
def letters(text: str) -> frozenset[str]:
    """The letters and accents that a text may be drawn with: whole, apart, and without the dot below an accent."""
    apart = unicodedata.normalize("NFD", text)
    return frozenset(text + apart + apart.translate(_DOTLESS))


@lru_cache(4096)
def _utf16(digits: bytes) -> str:
    try:
        return bytes.fromhex(digits.decode()).decode("utf-16-be")
    except UnicodeDecodeError:
        raise NotOurs from None


def _drawn(shown: bytes, font: Glyphs) -> Iterator[str]:
    """What each glyph of an array of strings, or of one, stands for; numbers in it say how far apart two are set.

    A glyph is two bytes, of which none lies in the next string. Strings in brackets are read as one, of which a page
    has thousands less; what is put between two stands for nothing, and is nowhere else.
    """
    found: list[bytes] = _SHOWN.findall(shown)
    if sum(map(len, found)) != len(shown):
        raise NotOurs
    if _ANGLE in map(itemgetter(0), found):
        strings = [unescaped(one) for one in found if one[:1] in b"(<"]
        codes = b"\xff\xff".join(strings)
    else:
        strings = [one[1:-1] for one in found if one[0] == _BRACKET]
        codes = unescaped(b"(" + rb"\377\377".join(strings) + b")")
    try:
        drawn = struct.unpack(f">{len(codes) // 2}H", codes)
    except struct.error:
        raise NotOurs from None
    if drawn.count(BETWEEN) != len(strings) - 1:
        raise NotOurs
    return map(font.__getitem__, drawn)
