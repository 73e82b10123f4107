"""Words in the programs of fonts: the names and notices their makers left, and what lies between their tables.

Three formats are taken apart as far as their words go: TrueType and OpenType by their tables, CFF by its strings, and
Type 1 by the part of it that is plain text.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ingest.readable import runs

TABLES = re.compile(
    r"cmap|glyf|head|hhea|hmtx|loca|maxp|name|OS/2|post|cvt|fpgm|prep|CFF|GDEF|GPOS|GSUB|gasp|vhea|vmtx|kern|LTSH"
    r"|VDMX|hdmx|DSIG|PCLT|BASE|JSTF|MATH|COLR|CPAL|SVG|sbix|EBDT|EBLC|EBSC|CBDT|CBLC|fvar|gvar|avar|HVAR|VVAR|MVAR|STAT|cvar"
    r"|meta|morx|mort|feat|trak|VORG|Zapf|acnt|bsln|fdsc|fmtx|just|lcar|opbd|prop|FFTM|TTFA|bdat|bloc|CFF2"
)
UNICODE, WINDOWS = 0, 3  # whose names are written in two bytes a letter
FAMILY = frozenset([1, 2, 3, 4, 6, 16, 17, 18, 20, 21, 22, 25])  # numbers of names that say what the font is called
MAKERS = frozenset([8, 9])
Said = tuple[Literal["family", "maker", "notice", "glyph", ""], str]
SAID = re.compile(rb"\(((?:\\.|[^\\()])*)\)|%([^\r\n]*)")


def font_texts(program: bytes) -> Iterator[Said]:
    """Everything that the program of a font says in words, and of what; where that is not known, runs of letters."""
    try:
        if program[:4] in (b"\0\1\0\0", b"OTTO", b"true", b"ttcf"):
            yield from _of_tables(program)
        elif program[:2] == b"%!" or program[:1] == b"\x80":
            plain = program.partition(b"eexec")[0]
            yield from (("notice", b"".join(said).decode("latin-1").strip()) for said in SAID.findall(plain))
        elif program[:1] == b"\1":
            yield from _of_cff(program)
        else:
            yield "", runs(program, binary=True)
    except (struct.error, IndexError, ValueError):
        yield "", runs(program, binary=True)


def _of_tables(program: bytes) -> Iterator[Said]:
    count = struct.unpack(">H", program[4:6])[0]
    reach = 12 + 16 * count
    taken: list[tuple[int, int]] = [(0, reach)]
    for n in range(count):
        name, _, begins, long = struct.unpack(">4sIII", program[12 + 16 * n : 28 + 16 * n])
        table = program[begins : begins + long]
        taken.append((begins, begins + long))
        tag = name.decode("latin-1").strip()
        if tag == "name":
            yield from _names(table)
        elif tag == "CFF":
            yield from _of_cff(table)
        elif not TABLES.fullmatch(tag):
            yield "", runs(table, binary=True)
    end = 0
    for begins, ends in sorted(taken):
        if begins > end + 3:
            yield "", runs(program[end:begins])
        end = max(end, ends)
    yield "", runs(program[end:])


def _names(table: bytes) -> Iterator[Said]:
    _, count, strings = struct.unpack(">HHH", table[:6])
    for n in range(count):
        platform, _, _, number, long, begins = struct.unpack(">6H", table[6 + 12 * n : 18 + 12 * n])
        raw = table[strings + begins : strings + begins + long]
        text = raw.decode("utf-16-be" if platform in (UNICODE, WINDOWS) else "latin-1", errors="replace")
        yield "family" if number in FAMILY else "maker" if number in MAKERS else "notice", text


def _of_cff(program: bytes) -> Iterator[Said]:
    at = program[2]
    names, at = _index(program, at)
    _, at = _index(program, at)
    strings, _ = _index(program, at)
    yield from (("family", one.decode("latin-1")) for one in names)
    yield from (("glyph", one.decode("latin-1")) for one in strings)


def _index(program: bytes, at: int) -> tuple[list[bytes], int]:
    """One index of a CFF font, and where what follows it begins."""
    count = struct.unpack(">H", program[at : at + 2])[0]
    if not count:
        return [], at + 2
    size = program[at + 2]
    edges = [int.from_bytes(program[at + 3 + size * n : at + 3 + size * (n + 1)], "big") for n in range(count + 1)]
    base = at + 2 + size * (count + 1)
    return [program[base + a : base + b] for a, b in pairwise(edges)], base + edges[-1]


def profile_texts(profile: bytes) -> Iterator[str]:
    """Everything that a colour profile says in words."""
    count = struct.unpack(">I", profile[128:132])[0] if len(profile) >= 132 else 0
    end = 132 + 12 * count
    for n in range(min(count, 200)):
        entry = profile[132 + 12 * n : 144 + 12 * n]
        if len(entry) < 12:
            break
        _, begins, long = struct.unpack(">4sII", entry)
        tag = profile[begins : begins + long]
        end = max(end, begins + long)
        if tag[:4] in (b"text", b"desc", b"mluc", b"utf8"):
            yield runs(tag[8:])
    yield runs(profile[end:])
