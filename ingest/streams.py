"""What the streams of a PDF say in words, each kind in its own way; one of no known kind says all it can be read to.

A stream is a drawing, a picture, a font, a table of letters, a colour profile, a packet of properties, or a formula.
Anything else is a program's own affair, and no reader of the page meets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest import camera, letters, raster, written
from ingest.channels import COLOUR, FONT, METADATA, PICTURE, channel_of
from ingest.named import name_tells, property_name_tells
from ingest.objects import LOST, Met, text_of
from ingest.readable import attached, runs
from ingest.shown import Shown
from ingest.telling import property_tells, tells
from ingest.xmp import names, properties

DRAWING = "What draws the page holds words that it does not draw."
THUMBNAIL = "The file holds a small picture of the page, which may show it as it once was."
FONT_SHAPES: dict[str, tuple[str, ...]] = {
    "family": ("family",),
    "maker": ("authors", "notice", "program", "family"),
    "notice": ("notice", "program", "schema", "family", "digest", "authors"),
    "glyph": ("glyph", "notice", "family"),
    "": (),
}
TABLE_LINE = re.compile(  # what every table of letters says to printers
    r"(?i)!ps-adobe-\d\.\d( resource-cmap)?"
    r"|(documentneededresources|documentsuppliedresources|includeresource|beginresource|title|version|creationdate|copyright"
    r"|languagelevel|begincomments|endcomments|endresource|eof|end|begin)(:.*)?"
)
LEAST = 8  # letters in a row that numbers and pixels do not make by themselves
MOST_LETTERS = 12  # that stand alone in a packet, as `B` for a level: more may spell a word
DIGEST = re.compile(r"\b[0-9A-F]{32}\b")  # of the colours, in a profile made by a browser
Told = Iterator[tuple[str, str, str]]  # kind, text, what an officer is told


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream where it was met, what it holds, and what the pages show."""

    met: Met
    data: bytes
    shown: Shown


def said_by(met: Met, data: bytes, shown: Shown) -> Told:
    """Each text that an unpacked stream says and no page does."""
    return next(sort for sort in SORTS if sort.fits(met)).read(Opened(met, data, shown))


def _thumbnail(one: Opened) -> Told:
    yield "thumbnail", "a picture of the page", THUMBNAIL
    yield from _picture(one)


def _packet(one: Opened) -> Told:
    for said in properties(one.data):
        if property_tells(said.name, said.text, one.shown):
            kind = "sensitivity-label" if said.name.startswith("MSIP_Label_") else "metadata"
            yield kind, said.text, METADATA
    for name in names(one.data):
        if property_name_tells(name, one.shown):
            yield "metadata", name, METADATA
    letters_one_by_one = "".join(said.text for said in properties(one.data) if len(said.text) == 1)
    if len(letters_one_by_one) > MOST_LETTERS:
        yield "metadata", letters_one_by_one, METADATA


def _picture(one: Opened) -> Told:
    for name, text in camera.picture_texts(one.data) if "/Filter" in one.met.value else ():
        if property_tells(name, text, one.shown):
            yield "picture-metadata", text, PICTURE
    text = runs(raster.beyond(one.met.value, one.data))
    if text and tells(text, (), one.shown):
        yield "picture-metadata", text, PICTURE


def _font(one: Opened) -> Told:
    called = text_of(one.met.owner.get("/FontName", ""))
    for what, text in letters.font_texts(one.data):
        if tells(text, FONT_SHAPES[what], one.shown, called):
            yield "font-text", text, FONT


def _letters(one: Opened) -> Told:
    for text in (*written.comments(one.data), *written.strings(one.data), *written.sentences(one.data)):
        if not TABLE_LINE.fullmatch(text) and tells(text, ("collection", "glyph", "program"), one.shown):
            yield "font-text", text, FONT


def _colours(one: Opened) -> Told:
    for text in letters.profile_texts(one.data):
        if tells(DIGEST.sub("", text), ("colour", "notice", "date"), one.shown):
            yield "colour-profile", text, COLOUR


def _drawing(one: Opened) -> Told:
    for text in (*written.comments(one.data), *written.strays(one.data)):
        if tells(text, ("program", "date"), one.shown):
            yield "drawing-note", text, DRAWING
    for key, text in written.notes(one.data):
        if key != "ActualText" and tells(text, ("language", "description", "label", "identifier"), one.shown):
            yield "drawing-note", text, DRAWING
    for pixels in written.pictures(one.data):
        text = runs(pixels, binary=True, least=LEAST)
        if text and tells(text, (), one.shown):
            yield "drawing-note", text, DRAWING
    for name in written.names(one.data):
        if name_tells(name, "", one.shown):
            yield "drawing-note", name, DRAWING


def _numbers(one: Opened) -> Told:
    formula = one.met.value.get("/FunctionType") == 4
    for text in written.comments(one.data) if formula else (runs(one.data, binary=True, least=LEAST),):
        if text and tells(text, ("program",), one.shown):
            yield "drawing-note", text, DRAWING


def _unknown(one: Opened) -> Told:
    channel = channel_of(one.met.way)
    if one.data.strip():
        yield channel.kind or "other-text", attached(one.data, runs) or "(no words that can be read)", channel.detail


def _table(one: Opened) -> Told:
    """Where the objects of the file lie, by rows of numbers; what lies in a box of them is read with the others."""
    widths = [int(width) for width in one.met.value.get("/W", ())]
    if one.met.value.get("/Type") == "/XRef":
        text = runs(one.data, binary=True) if sum(widths) else runs(one.data)
        if text:
            yield "orphan", text, channel_of(LOST).detail


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of stream: the way to it, an entry that it has (of any value where none is given), how it is read."""

    way: str
    entry: str
    value: str
    read: Callable[[Opened], Told]

    def fits(self, met: Met) -> bool:
        entry = met.value.get(self.entry) if self.entry else ""
        return (
            entry is not None and (not self.value or entry == self.value) and re.search(self.way, met.way) is not None
        )


SORTS = tuple(
    Sort(*row)
    for row in (
        (r"/Thumb$", "", "", _thumbnail),
        (r"", "/Type", "/Metadata", _packet),
        (r"/Metadata$", "", "", _packet),
        (r"^/Tables$", "", "", _table),
        (r"^/LinearMap$", "", "", _numbers),
        (r"^/Lost", "", "", _unknown),
        (r"^/Trailer|/PieceInfo", "", "", _unknown),
        (r"", "/Subtype", "/Image", _picture),
        (r"/FontFile[23]?$", "", "", _font),
        (r"/(ToUnicode|Encoding|UseCMap)$", "", "", _letters),
        (r"ColorSpace|/DestOutputProfile$", "/N", "", _colours),
        (r"", "/Subtype", "/Form", _drawing),
        (r"", "/PatternType", "", _drawing),
        (r"^/Page/Contents$|/(CharProcs|AP)/", "", "", _drawing),
        (r"", "/FunctionType", "", _numbers),
        (r"", "/ShadingType", "", _numbers),
        (r"/CIDToGIDMap$|/CIDSet$|ColorSpace", "", "", _numbers),
        (r"", "", "", _unknown),
    )
)
