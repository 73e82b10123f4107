"""What the names in a file say: keys, kinds, colours, styles, places, which programs take from lists of their own.

A name is read as the words it is put together from, at capitals and marks. Short ones are numbers of things (`F1`,
`Im0`, `GS0`); a longer one is harmless if the format's rules know it, or a page shows it.
"""

from __future__ import annotations

import re
import unicodedata

from ingest.harmless import HEX
from ingest.ordinary import COLOURS, IDENTIFIERS, PROGRAMS, SCHEMAS
from ingest.shown import Shown
from ingest.terms import LETTERS, PDF, PROPERTIES, STYLES

WORD = re.compile(r"[^\W\d_a-z]+(?![a-z])|[^\W\d_a-z]?[a-z]+|[^\W\d_]+")
NUMBER = re.compile(r"[0-9A-Fa-f-]{8,}")
SHORT = 3  # letters: what is no longer stands for a number of something
FONT = re.compile(r"(?:[A-Z]{6}\+)?(?=.{1,60}$)(?:[^\W\d_]+|\d{1,4}|[ ,+_-])+(?:-Identity-[HV])?")
FONT_WORDS = 6  # more are a sentence
COUNTED = re.compile(r"[A-Z]A{2,}[A-Z]{0,2}")  # as some programs count: FAAABA
GLYPH = re.compile(f"[A-Za-z]{{0,2}}(?:{'|'.join(LETTERS.split())})*[A-Za-z]{{0,2}}", re.IGNORECASE)
TERMS = PDF | PROPERTIES | STYLES | IDENTIFIERS
SAID_OF_XMP = TERMS | PROGRAMS | SCHEMAS
FONT_WAYS = re.compile(r"/(BaseFont|FontName|FontFamily)$|^/Font$")
GLYPH_WAYS = re.compile(r"/(Differences|CharProcs/[^/]*)$")
COLOUR_WAYS = re.compile(r"ColorSpace|/(Colorants|Separation\w*|MixingHints|DeviceN\w*)(/|$)")


def name_tells(name: str, way: str, shown: Shown) -> bool:
    """Whether a name says something that no page does, where it was met."""
    text = unicodedata.normalize("NFKC", name.lstrip("/"))
    if len(text) <= SHORT or shown.says(text):
        return False
    if (
        FONT_WAYS.search(way)
        and FONT.fullmatch(text)
        and len(WORD.findall(text.partition("+")[2] or text)) <= FONT_WORDS
    ):
        return False
    if GLYPH_WAYS.search(way):
        return not all(GLYPH.fullmatch(part) or not _tells(part, TERMS, shown) for part in re.split(r"[._\d]", text))
    return _tells(text, TERMS | COLOURS if COLOUR_WAYS.search(way) else TERMS, shown)


def property_name_tells(name: str, shown: Shown) -> bool:
    """The same for the name of a property, or for that of the list it is from."""
    return _tells(unicodedata.normalize("NFKC", name), SAID_OF_XMP, shown)


def _tells(text: str, terms: frozenset[str], shown: Shown) -> bool:
    bare = NUMBER.sub(lambda m: " " if HEX.fullmatch(m[0].replace("-", "")) else m[0], text)
    return any(not _is_known(word, terms, shown) for word in WORD.findall(bare))


def _is_known(word: str, terms: frozenset[str], shown: Shown) -> bool:
    small = word.casefold()
    return (
        len(small) <= SHORT
        or small in terms
        or small.removesuffix("s") in terms
        or COUNTED.fullmatch(word) is not None
        or any(printed.startswith(small) for printed in shown.words)
    )
