"""The one room of fontTools: the typeface as WOFF2, made at build from the installed package, never kept in the tree.

Atkinson Hyperlegible tells 0 from O and 1 from l, which references and amounts need. Its name table keeps the
copyright and the Open Font Licence, which ask to travel with it.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible as typeface
from fontTools.ttLib import TTFont

STYLES = ("Regular", "Bold")
FILES = Path(typeface.ROOT) / "files"


def woff2(style: str) -> bytes:
    """One style as WOFF2; the same bytes on every build, as the time of making is not written in."""
    with TTFont(font_file(style), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def write_fonts(folder: Path) -> None:
    """Writes every style the site uses as `atkinson-<style>.woff2`."""
    for style in STYLES:
        (folder / f"atkinson-{style.lower()}.woff2").write_bytes(woff2(style))


@cache
def characters() -> frozenset[str]:
    """Every character that both styles can print."""
    printed = []
    for style in STYLES:
        with TTFont(font_file(style)) as font:
            printed.append(frozenset(map(chr, font.getBestCmap())))
    return frozenset.intersection(*printed)


@cache
def shapes(style: str, character: str) -> tuple[int, ...]:
    """The glyphs that a style has for one character: its own, and the forms of it that a program may choose."""
    cmap, forms = _forms(style)
    own = cmap.get(character)
    return () if own is None else (own, *forms.get(own, ()))


@cache
def _forms(style: str) -> tuple[dict[str, int], dict[int, tuple[int, ...]]]:
    with TTFont(font_file(style)) as font:
        forms: dict[int, tuple[int, ...]] = {}
        for lookup in font["GSUB"].table.LookupList.Lookup:
            for subtable in lookup.SubTable if lookup.LookupType == 1 else ():
                for before, after in subtable.mapping.items():
                    number = font.getGlyphID(before)
                    forms[number] = (*forms.get(number, ()), font.getGlyphID(after))
        return {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}, forms


def font_file(style: str) -> Path:
    """Where the package keeps a style."""
    return FILES / f"AtkinsonHyperlegible-{style}.ttf"
