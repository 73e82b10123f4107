"""The one room of fontTools: the typeface as WOFF2, made at build from the installed package, never kept in the tree.

Atkinson Hyperlegible tells 0 from O and 1 from l, which references and amounts need. Its name table keeps the
copyright and the Open Font Licence, which ask to travel with it.
"""

from __future__ import annotations

import io
from pathlib import Path

import fontpkg_atkinson_hyperlegible as typeface
from fontTools.ttLib import TTFont

STYLES = ("Regular", "Bold")


def woff2(style: str) -> bytes:
    """One style as WOFF2; the same bytes on every build, as the time of making is not written in."""
    source = Path(typeface.ROOT) / "files" / f"AtkinsonHyperlegible-{style}.ttf"
    with TTFont(source, recalcTimestamp=False) as font:
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def write_fonts(folder: Path) -> None:
    """Writes every style the site uses as `atkinson-<style>.woff2`."""
    for style in STYLES:
        (folder / f"atkinson-{style.lower()}.woff2").write_bytes(woff2(style))
