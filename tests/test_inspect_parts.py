"""Words in the parts that a page is made of and does not show: pictures, fonts, drawings, programs' own data."""

from __future__ import annotations

import struct

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.hiding import (
    SAID,
    SECRET,
    SHOWN,
    Change,
    a_coded_picture,
    a_font,
    a_mask_of,
    a_pattern_of,
    a_picture,
    a_program,
    a_table_of_letters,
    an_unknown_packing,
    at,
    changed,
    described,
    hidden,
    jpeg,
    named_font,
    note,
    packet,
    put,
    stream,
)
from tests.pages import Inset, Sheet


def put_letters(pdf: Pdf, name: str) -> None:
    a_font(pdf).Encoding = Dictionary(Differences=Array([128, Name.bullet, Name(name)]))


# How words are hidden, the kind of the finding, and what does it.
PLACES: list[tuple[str, str, Change]] = [
    # Programs' own words.
    (
        "a program's own data",
        "application-data",
        at("/Page/PieceInfo", Dictionary(Word=Dictionary(Private=String(SAID)))),
    ),
    ("a program's own stream", "application-data", stream("/Page/PieceInfo/Word/Private", SAID.encode())),
    ("an entry nobody knows", "other-text", at("/Page/Quill", String(SAID))),
    ("a stream nobody knows", "other-text", stream("/Quill", SAID.encode())),
    ("a layer's name", "layer-name", at("/Page/Resources/Properties/L9", Dictionary(Type=Name.OCG, Name=String(SAID)))),
    (
        "the page as it once was",
        "thumbnail",
        stream("/Page/Thumb", b"\0" * 64, Width=8, Height=8, BitsPerComponent=8, ColorSpace=Name.DeviceGray),
    ),
    # Pictures.
    ("the camera's words", "picture-metadata", a_coded_picture((0xE1, b"Exif\0\0" + SAID.encode()))),
    (
        "the camera's words in two bytes",
        "picture-metadata",
        a_coded_picture((0xE1, b"Exif\0\0" + SAID.encode("utf-16-le"))),
    ),
    ("the comment of a picture", "picture-metadata", a_coded_picture((0xFE, SAID.encode()))),
    (
        "the caption of a picture",
        "picture-metadata",
        a_coded_picture((0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + SAID.encode())),
    ),
    (
        "the XMP of a picture",
        "picture-metadata",
        a_coded_picture((0xE1, b"http://ns.adobe.com/xap/1.0/\0<x><dc:title>" + SAID.encode() + b"</dc:title></x>")),
    ),
    ("bytes behind a picture", "picture-metadata", a_picture(jpeg() + SAID.encode(), Filter=Name.DCTDecode)),
    ("an entry of a picture", "picture-metadata", a_picture(b"\0" * 64, Caption=String(SAID))),
    # Fonts and colours.
    ("the letters of a font", "font-text", described(CharSet=String(f"/A/B {SECRET}"))),
    ("the family of a font", "font-text", described(FontFamily=String(SECRET))),
    ("the name in a font", "font-text", a_program("/FontFile2", named_font(1, SECRET))),
    ("the description in a font", "font-text", a_program("/FontFile2", named_font(10, SAID))),
    ("bytes behind a font", "font-text", a_program("/FontFile2", named_font(1, "Helvetica") + SAID.encode())),
    (
        "a comment in a font",
        "font-text",
        a_program("/FontFile", f"%!PS-AdobeFont-1.0: Helvetica\n% {SAID}\neexec".encode()),
    ),
    ("a comment in a table of letters", "font-text", a_table_of_letters(f"% {SAID}".encode())),
    (
        "a sentence for one letter",
        "font-text",
        a_table_of_letters(b"1 beginbfchar\n<01> <" + SAID.encode("utf-16-be").hex().encode() + b">\nendbfchar"),
    ),
    (
        "the profile of an output",
        "colour-profile",
        at("/OutputIntents", Array([Dictionary(S=Name.GTS_PDFA1, Info=String(SAID))])),
    ),
    (
        "words in a profile",
        "colour-profile",
        lambda p: put(
            p,
            "/OutputIntents",
            Array(
                [
                    Dictionary(
                        S=Name.GTS_PDFA1,
                        DestOutputProfile=p.make_stream(
                            b"\0" * 128
                            + struct.pack(">I4sII", 1, b"desc", 144, 8 + len(SAID))
                            + b"desc\0\0\0\0"
                            + SAID.encode(),
                            N=3,
                        ),
                    )
                ]
            ),
        ),
    ),
    # Drawings.
    ("a comment in what draws the page", "drawing-note", lambda p: p.pages[0].contents_add(f"% {SAID}\n".encode())),
    (
        "a note in what draws the page",
        "drawing-note",
        lambda p: p.pages[0].contents_add(f"/P <</MCID 0 /Was ({SAID})>> BDC EMC".encode()),
    ),
    ("a string that no order uses", "drawing-note", lambda p: p.pages[0].contents_add(f"({SAID}) pop".encode())),
    ("words in a pattern", "unread-text", a_pattern_of(f"BT /F1 9 Tf 5 5 Td ({SAID}) Tj ET")),
    ("words in a mask", "unread-text", a_mask_of(f"BT /F1 9 Tf 5 5 Td ({SAID}) Tj ET")),
    ("a comment in a pattern", "drawing-note", a_pattern_of(f"% {SAID}\n0 0 1 1 re f")),
    ("a note in a mask", "drawing-note", a_mask_of(f"/Span <</Alt ({SAID})>> BDC EMC")),
    (
        "a comment in a formula",
        "drawing-note",
        stream("/Page/Resources/Shading/S0/Function", f"{{ % {SAID}\n }}".encode(), FunctionType=4),
    ),
    ("a word that is no order", "drawing-note", lambda p: p.pages[0].contents_add(f"{SECRET} n\n".encode())),
    # Names.
    ("the name of an entry", "other-text", at(f"/{SECRET}", 1)),
    ("what an entry is called", "other-text", at("/Kind", Name(f"/{SECRET}_Holdings"))),
    ("the name of a property of one's own", "metadata", at(f"/Info/{SECRET}_Price", String("2"))),
    ("a named place of the older sort", "bookmark", note(Subtype=Name.Link, Dest=Name(f"/{SECRET}_wins"))),
    ("the name of a picture", "other-text", at(f"/Page/Resources/ExtGState/{SECRET}", Dictionary(LW=1))),
    ("a style of paragraphs", "structure-text", at("/StructTreeRoot/RoleMap", Dictionary({f"/{SECRET}": Name.P}))),
    (
        "the name of a part of a drawing",
        "drawing-note",
        lambda p: p.pages[0].contents_add(f"/{SECRET} BMC EMC\n".encode()),
    ),
    ("a letter by a name", "font-text", lambda p: put_letters(p, f"/{SECRET}")),
    ("a sentence as a font", "font-text", described(FontName=Name(f"/{SAID.replace(' ', '_')}_and_more_of_it"))),
    ("a property of XMP by its name", "metadata", packet(f"<pdfx:{SECRET}Price>1</pdfx:{SECRET}Price>")),
    ("an attribute of XMP by its name", "metadata", packet(f'<rdf:li pdfx:{SECRET}="1"/>')),
    ("a list of properties by its address", "metadata", packet(f'<q:Rating xmlns:q="http://{SECRET}/">1</q:Rating>')),
    ("letters one by one", "metadata", packet("".join(f"<x:l>{letter}</x:l>" for letter in SAID.replace(" ", "")))),
    # Numbers and pixels.
    (
        "numbers of a formula",
        "drawing-note",
        stream("/Page/Resources/Shading/S0/Function", SECRET.encode(), FunctionType=0),
    ),
    ("rows behind a picture", "picture-metadata", a_picture(b"\x80" * 64 + SAID.encode())),
    (
        "the pixels of a picture in a drawing",
        "drawing-note",
        lambda p: p.pages[0].contents_add(f"q BI /W {len(SAID)} /H 1 /BPC 8 /CS /G ID {SAID} EI Q\n".encode()),
    ),
    # What no part of the file draws or needs.
    (
        "an inset that nobody draws",
        "unused-object",
        lambda p: put(
            p,
            "/Page/Resources/XObject/X9",
            p.make_stream(
                SHOWN.replace("office plan", SECRET).encode(),
                Subtype=Name.Form,
                BBox=Array([0, 0, 595, 842]),
                Resources=p.pages[0].obj.Resources,
            ),
        ),
    ),
    ("an entry of the file's own table", "other-text", lambda p: p.trailer.__setitem__("/Quill", String(SAID))),
]


@pytest.mark.parametrize(("kind", "change"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_hidden_words_are_found(kind: str, change: Change) -> None:
    found = hidden(changed(change))
    assert any(one.kind == kind for one in found), found
    if kind != "thumbnail":
        assert any(SECRET in one.text.replace(" ", "") for one in found if one.kind == kind), found


def test_words_in_the_kind_of_an_xmp_packet_are_found() -> None:
    odd = packet(f'<!DOCTYPE x [<!ENTITY a "{SAID}"]>')
    assert any(SECRET in one.text for one in hidden(changed(odd, fix_metadata_version=False)))


def test_what_cannot_be_opened_is_a_finding_and_no_pass() -> None:
    assert "unreadable-part" in {one.kind for one in hidden(changed(an_unknown_packing))}


def test_an_inset_in_an_inset_that_is_drawn_is_used() -> None:
    sheet = Sheet(SHOWN + "/A Do", insets={"A": Inset("/B Do"), "B": Inset("0 0 1 1 re f")})
    assert hidden(changed(None, sheet)) == ()
