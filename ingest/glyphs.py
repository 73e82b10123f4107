"""Fonts that say other letters than they show: what is read in them is not what stands on the page.

A font may carry a table of its own (/ToUnicode) that tells which letter each of its codes is, and what is copied or
searched is what that says. Which glyph a code draws is said elsewhere, often by a name such as `zero` or `P`: by the
font's encoding, or inside the font program. Where both are there they must agree. A subset whose glyphs have no names
is compared with nothing here.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pikepdf

from ingest.document import Hidden

SYMBOLIC = 4  # the flag of a font with an encoding of its own
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
# Where such a font is not in the file every reader has it or one like it; of others nobody knows the signs.
KNOWN = re.compile(r"/(?:Helvetica|Times|Courier|Arial)")
PAGES = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
PUT = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")  # of the encoding in a Type 1 font
TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
REMARK = re.compile(rb"%[^\r\n]*")
LAST = 0x10FFFF  # the last letter there is
ALIKE = str.maketrans("∆Ωµıȷ", "ΔΩμij")  # signs that are drawn as the letter is, or as it is beneath an accent
Letters = Mapping[int, str]
OTHERWISE = "A font says other letters than it shows: what is read in it is not what stands on the page."


def other_letters(pdf: pikepdf.Pdf, entries: Iterable[Any]) -> Iterator[Hidden]:
    """Each font among the dictionaries of a file that says other letters than it shows, with the letters it says."""
    for font in entries:
        if not isinstance(font.get("/ToUnicode"), pikepdf.Stream):
            continue
        if shown := _shown(font):
            told = _told(font.ToUnicode.read_bytes(), shown)
            drawn = {_bare(letter) for letter in shown.values()}
            lies = [
                text
                for code, text in sorted(told)
                if _differ(text, shown[code], code) and not _is_accent_of(shown[code], text, drawn)
            ]
            if lies:
                yield Hidden("other-letters", _page(pdf, font), None, "".join(lies), OTHERWISE)


def _differ(told: str, shown: str, code: int) -> bool:
    """Whether one text is another than a second to who reads it, and either of them has letters or figures."""
    if told == chr(code) and 0x80 <= code < 0xA0:
        return False  # a table that only counts; these are no letters in any text
    one, other = _bare(told), _bare(shown)
    return one != other and bool(shown.strip()) and any(map(str.isalnum, one + other))


def _is_accent_of(shown: str, told: str, drawn: Collection[str]) -> bool:
    """Whether a glyph is the accent of the letter it says: a font without ŵ draws a w and its accent."""
    accents = [c for c in unicodedata.normalize("NFKD", told) if unicodedata.combining(c)]
    return bool(shown) and all(c in accents for c in shown) and _bare(told) in drawn


def _bare(text: str) -> str:
    """A text without what distinguishes no word: accents, ligatures, capitals."""
    parts = unicodedata.normalize("NFKD", text.translate(ALIKE)).casefold()
    return "".join(c for c in parts if not unicodedata.combining(c) and c.isprintable()).strip()


def _told(table: bytes, codes: Collection[int]) -> set[tuple[int, str]]:
    """What a /ToUnicode says of these codes: of one it may say several things, and any of them is read."""
    told: set[tuple[int, str]] = set()
    for kind, block in BLOCK.findall(REMARK.sub(b"", table)):
        tokens = [_token(*found) for found in TOKEN.findall(block)]
        if kind == b"char":
            pairs = zip(tokens[::2], tokens[1::2], strict=False)
            told |= {(number, _text(text)) for code, text in pairs if (number := _number(code)) in codes}
        else:
            told |= set(_ranges(iter(tokens), codes))
    return told


def _token(digits: bytes, opened: bytes, closed: bytes) -> bytes:
    return opened or closed or b"".join(digits.split())


def _ranges(tokens: Iterator[bytes], codes: Collection[int]) -> Iterator[tuple[int, str]]:
    for first in tokens:
        low, high, to = _number(first), _number(next(tokens, b"")), next(tokens, b"")
        if to == b"[":
            listed = enumerate(iter(lambda: next(tokens, b"]"), b"]"), low)
            yield from ((code, _text(one)) for code, one in listed if code in codes)
        elif start := _text(to):
            for code in codes:
                if low <= code <= high:
                    yield code, start[:-1] + chr(min(ord(start[-1]) + code - low, LAST))


def _number(digits: bytes) -> int:
    return int(digits, 16) if digits.isalnum() else 0


def _text(digits: bytes) -> str:
    if not digits.isalnum():
        return ""
    return bytes.fromhex(digits.decode().zfill((len(digits) + 3) // 4 * 4)).decode("utf-16-be", errors="replace")


def _shown(font: Any) -> Letters:
    """What the glyph of each code is called, as far as anything calls it something."""
    try:
        return _called(font)
    except Exception:  # of a font that is damaged nobody knows
        return {}


def _called(font: Any) -> Letters:
    of = font.get("/FontDescriptor", pikepdf.Dictionary())
    if font.get("/Subtype") == "/Type0":
        (inner,) = font.get("/DescendantFonts", [pikepdf.Dictionary()])
        of = inner.get("/FontDescriptor", pikepdf.Dictionary())
        return _by_number(of, inner.get("/CIDToGIDMap")) if font.get("/Encoding") == "/Identity-H" else {}
    embedded = any(key in of for key in EMBEDDED)
    symbolic = bool(int(of.get("/Flags", 0)) & SYMBOLIC)
    if "/FontFile2" in of and symbolic:
        return _by_own_codes(of.FontFile2.read_bytes())
    known = KNOWN.match(str(font.get("/BaseFont", "")))
    if font.get("/Subtype") == "/Type3" or not (embedded or known or ("/FontName" in of and not symbolic)):
        return {}  # its glyphs may have any names, or nobody knows them
    encoding = font.get("/Encoding")
    differences = dict(_named(encoding.get("/Differences", ()) if isinstance(encoding, pikepdf.Dictionary) else ()))
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else encoding
    if embedded and differences and base is None:
        return _letters(differences.items())  # the rest of its codes may well have no glyph in it
    usual = {code: letter for code, letter in _usual(base, of, embedded).items() if code not in differences}
    return {**usual, **_letters(differences.items())}


def _usual(base: Any, of: Any, embedded: bool) -> Letters:
    """The letters of an encoding that has a name, of that of the font itself, or of the standard one."""
    if page := PAGES.get(str(base)):
        return {code: bytes([code]).decode(page, errors="ignore") for code in range(32, 256)}
    if "/FontFile" in of:
        own = PUT.findall(of.FontFile.read_bytes())
        return _letters((int(code), name.decode("latin-1")) for code, name in own) if own else _standard()
    if of.get("/FontFile3", {}).get("/Subtype") == "/Type1C":
        return _of_compact(of.FontFile3.read_bytes())
    return {} if embedded else _standard()


def _standard() -> Letters:
    from fontTools.encodings.StandardEncoding import StandardEncoding

    return _letters(enumerate(StandardEncoding))


def _named(differences: Any) -> Iterator[tuple[int, str]]:
    code = 0
    for one in differences:
        if isinstance(one, pikepdf.Name):
            yield code, str(one)[1:]
            code += 1
        else:
            code = int(one)


def _letters(names: Iterable[tuple[int, str]]) -> Letters:
    """The letters that names of glyphs stand for; of a name that only its font knows, none."""
    from fontTools.agl import toUnicode  # a long table: only where a font is to be compared

    return {code: text for code, name in names if (text := toUnicode(name)) and unicodedata.category(text[0]) != "Co"}


def _of_compact(program: bytes) -> Letters:
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    own = fonts[0].Encoding
    return _letters(enumerate(own)) if isinstance(own, list) else _standard() if own == "StandardEncoding" else {}


def _by_number(of: Any, glyphs: Any) -> Letters:
    """Of a font with codes of two bytes, which count its glyphs or are looked up in a list of them."""
    if "/FontFile2" not in of:
        return {}
    names = _glyph_names(of.FontFile2.read_bytes())
    if not isinstance(glyphs, pikepdf.Stream):
        return _letters(enumerate(names))
    pairs = glyphs.read_bytes()
    order = (int.from_bytes(pairs[n : n + 2], "big") for n in range(0, len(pairs), 2))
    return _letters((code, names[glyph]) for code, glyph in enumerate(order) if glyph < len(names))


def _by_own_codes(program: bytes) -> Letters:
    """Of a font that itself says which code is which glyph."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(program), lazy=True)
    return _letters(
        (code & 0xFF, name)
        for table in (font["cmap"].tables if "cmap" in font else ())
        if (table.platformID, table.platEncID) in ((1, 0), (3, 0))
        for code, name in table.cmap.items()
    )


def _glyph_names(program: bytes) -> list[str]:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(program), lazy=True)
    names: list[str] = font.getGlyphOrder()
    return names


def _page(pdf: pikepdf.Pdf, font: Any) -> int | None:
    """The first page that names a font, where one does."""
    for number, page in enumerate(pdf.pages, 1):
        fonts = page.resources.get("/Font") if "/Resources" in page else None
        if isinstance(fonts, pikepdf.Dictionary) and any(one.objgen == font.objgen for one in fonts.values()):
            return number
    return None
