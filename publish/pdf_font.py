"""A font inside a PDF: the installed typeface's own shapes for the letters the PDF uses, and not a byte more.

A text that is shown may differ from the text that is said where the letters have other shapes. So every shape, width
and name must be the typeface's, and what is said of a glyph must be a character that has this shape there.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from publish.fonts import font_file, shapes
from publish.pdf_objects import NotOurs
from publish.pdf_pages import letters

_KEPT = (b"cvt ", b"fpgm", b"name", b"prep")  # as they are in the typeface
_TABLES = (b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post", b"prep")
_STANDARD = 258  # glyph names that a font need not spell out
_COMPOUND_MORE, _WORDS, _SCALE, _SCALES, _MATRIX = 0x20, 0x1, 0x8, 0x40, 0x80

Tables = Mapping[bytes, bytes]


def check_font(content: bytes, style: str, said: Mapping[int, str]) -> int:
    """How many glyphs it has; `NotOurs` unless it is the typeface, cut down to what `said` names and their parts."""
    font, typeface = _tables(content), _installed(style)
    whole = typeface.tables
    if tuple(font) != _TABLES or _assembled(font) != content:
        raise NotOurs
    if any(font[name] != whole[name] for name in _KEPT):
        raise NotOurs
    count = _number(font[b"maxp"], 4)
    same_but(font[b"maxp"], whole[b"maxp"], 4, 6)
    same_but(font[b"hhea"], whole[b"hhea"], 34, 36)
    same_but(font[b"head"], whole[b"head"], 8, 12, 50, 52)
    drawn, drawn_whole = _glyphs(font), typeface.glyphs
    widths, names = _widths(font, count), _names(font, count)
    if len(drawn) != count or count > len(drawn_whole):
        raise NotOurs
    same_but(font[b"post"][:32], whole[b"post"][:32])
    origin = {0: 0}
    for glyph, text in said.items():
        candidates = (one for letter in (text, *letters(text)) for one in shapes(style, letter))
        one = next((one for one in candidates if _alike(drawn, drawn_whole, glyph, one, {})), None)
        if one is None:
            raise NotOurs
        origin[glyph] = one
    if not _alike(drawn, drawn_whole, 0, 0, {}):
        raise NotOurs
    for glyph, one in tuple(origin.items()):
        _alike(drawn, drawn_whole, glyph, one, origin)
    same = (
        (widths[glyph], names[glyph]) == (typeface.widths[one], typeface.names[one]) for glyph, one in origin.items()
    )
    if origin.keys() != set(range(count)) or not all(same):
        raise NotOurs
    return count


def same_but(first: bytes, second: bytes, *but: int) -> None:
    """Whether two tables of one length are the same outside the given stretches, each from its begin to its end."""
    for begin, end in zip(but[::2], but[1::2], strict=True):
        first, second = first[:begin] + first[end:], second[:begin] + second[end:]
    if first != second:
        raise NotOurs


class _Typeface(NamedTuple):
    """One style as it is installed, taken apart once for all the fonts that are compared with it."""

    tables: Tables
    glyphs: tuple[bytes, ...]
    widths: tuple[bytes, ...]
    names: tuple[bytes | int, ...]


@cache
def _installed(style: str) -> _Typeface:
    tables = _tables(font_file(style).read_bytes())
    glyphs = _glyphs(tables)
    return _Typeface(tables, glyphs, _widths(tables, len(glyphs)), _names(tables, len(glyphs)))


def _tables(content: bytes) -> dict[bytes, bytes]:
    try:
        count = _number(content, 4)
        found = {}
        for at in range(12, 12 + 16 * count, 16):
            name, _, begin, size = struct.unpack(">4sLLL", content[at : at + 16])
            found[name] = content[begin : begin + size]
        return found
    except struct.error:
        raise NotOurs from None


def _assembled(tables: Tables) -> bytes:
    """The one file that these tables make: the directory, the tables in order, and sums that follow from them."""
    head = tables[b"head"][:8] + bytes(4) + tables[b"head"][12:]
    blank = {**tables, b"head": head}
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">4sHHHH", b"\0\1\0\0", count, 16 << power, power, 16 * (count - (1 << power)))
    begin, bodies = 12 + 16 * count, b""
    for name, table in blank.items():
        directory += struct.pack(">4sLLL", name, _sum(table), begin + len(bodies), len(table))
        bodies += table + bytes(-len(table) % 4)
    whole = directory + bodies
    at = whole.index(head, len(directory))
    return whole[: at + 8] + struct.pack(">L", (0xB1B0AFBA - _sum(whole)) & 0xFFFFFFFF) + whole[at + 12 :]


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}L", padded))
    return total & 0xFFFFFFFF


def _number(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2])


def _glyphs(font: Tables) -> tuple[bytes, ...]:
    """Every glyph's outline; together they are the whole table of them."""
    long = _number(font[b"head"], 50)
    table = font[b"loca"]
    ends = struct.unpack(f">{len(table) // 4}L", table) if long else struct.unpack(f">{len(table) // 2}H", table)
    places = ends if long else tuple(2 * end for end in ends)
    if places[0] != 0 or list(places) != sorted(places) or places[-1] != len(font[b"glyf"]):
        raise NotOurs
    return tuple(font[b"glyf"][begin:end] for begin, end in pairwise(places))


def _widths(font: Tables, count: int) -> tuple[bytes, ...]:
    """Each glyph's width and side bearing; those behind the last of their own have the last one's width."""
    own, table = _number(font[b"hhea"], 34), font[b"hmtx"]
    if not 0 < own <= count or len(table) != 4 * own + 2 * (count - own):
        raise NotOurs
    full = [table[4 * glyph : 4 * glyph + 4] for glyph in range(own)]
    rest = [full[-1][:2] + table[at : at + 2] for at in range(4 * own, len(table), 2)]
    return tuple(full + rest)


def _names(font: Tables, count: int) -> tuple[bytes | int, ...]:
    """Each glyph's name, a standard one as its number; together they are the whole table of them."""
    post = font[b"post"]
    if _number(post, 32) != count:
        raise NotOurs
    given = [_number(post, 34 + 2 * glyph) for glyph in range(count)]
    own, at = [], 34 + 2 * count
    while at < len(post):
        own.append(post[at + 1 : at + 1 + post[at]])
        at += 1 + post[at]
    spelt = [number - _STANDARD for number in given if number >= _STANDARD]
    if at != len(post) or sorted(spelt) != list(range(len(own))):
        raise NotOurs
    return tuple(number if number < _STANDARD else own[number - _STANDARD] for number in given)


def _alike(drawn: tuple[bytes, ...], whole: tuple[bytes, ...], glyph: int, one: int, origin: dict[int, int]) -> bool:
    """Whether a glyph has the shape of one of the typeface; the parts of a compound one are entered in `origin`."""
    if glyph >= len(drawn) or one >= len(whole):
        return False
    mine, theirs = drawn[glyph], whole[one]
    if theirs[:2] != b"\xff\xff":  # not put together of others
        return mine == theirs or mine.rstrip(b"\0") == theirs.rstrip(b"\0")
    at, more = 10, True
    if mine[:10] != theirs[:10]:
        return False
    while more:
        flags = _number(theirs, at)
        if mine[at : at + 2] != theirs[at : at + 2]:
            return False
        part, their_part = _number(mine, at + 2), _number(theirs, at + 2)
        if not _alike(drawn, whole, part, their_part, origin) or origin.setdefault(part, their_part) != their_part:
            return False
        size = (4 if flags & _WORDS else 2) + (
            2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0
        )
        if mine[at + 4 : at + 4 + size] != theirs[at + 4 : at + 4 + size]:
            return False
        at, more = at + 4 + size, bool(flags & _COMPOUND_MORE)
    return mine[at:].rstrip(b"\0") == theirs[at:].rstrip(b"\0")
