"""What ordinary programs write into a PDF beside its pages is no hidden content, and each shape passes only its own."""

from __future__ import annotations

import struct
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from ingest import web
from ingest.channels import CHANNELS
from ingest.harmless import SHAPES
from ingest.reader import read_bytes
from ingest.sensitivity import Label, labels
from ingest.shown import Shown
from tests.hiding import (
    Change,
    a_coded_picture,
    a_field,
    a_program,
    a_signature,
    a_table_of_letters,
    at,
    bookmark,
    changed,
    described,
    element,
    hidden,
    named_font,
    note,
    packet,
    put,
)


def link(address: str) -> Change:
    return note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(address)))


def by_word(pdf: Pdf) -> None:
    """What Word writes: properties twice, a tree of elements with a logo, names of places, labels of sensitivity."""
    for key, value in {
        "Title": "The office plan",
        "Author": "Ama Boateng",
        "Creator": "Microsoft® Word for Microsoft 365",
        "Producer": "Microsoft® Word for Microsoft 365",
        "CreationDate": "D:20231218093000+00'00'",
        "ModDate": "D:20231218093000+00'00'",
        "ContentTypeId": "0x0101003C4E2F6A8B1C5D",
        "MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_Enabled": "true",
        "MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_SetDate": "2023-12-18T09:30:00Z",
        "MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_Method": "Standard",
        "MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_Name": "OFFICIAL",
        "MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_SiteId": "f3ee2a4c-0d61-4b3e-9c3f-71a1c43d2d21",
        "MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_ContentBits": "0",
    }.items():
        pdf.docinfo[f"/{key}"] = String(value)
    packet(
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>The office plan</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ama Boateng</rdf:li></rdf:Seq></dc:creator>"
        "<pdf:Producer>Microsoft® Word for Microsoft 365</pdf:Producer>"
    )(pdf)
    element(Alt=String("A blue and black logo\n\nDescription automatically generated"), ID=String("node00000012"))(pdf)
    pdf.Root.Lang = String("en-GB")
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    put(pdf, "/Page/Tabs", Name.S)
    pdf.pages[0].contents_add(
        b"/Artifact <</Type /Pagination /Subtype /Footer >> BDC EMC /P <</MCID 0 /Lang (en-GB)>> BDC EMC"
    )


def by_acrobat(pdf: Pdf) -> None:
    for key, value in {
        "Producer": "Adobe PDF Library 21.7.131",
        "Creator": "Acrobat PDFMaker 21 for Word",
        "SourceModified": "D:20231218092900",
        "Title": "Microsoft Word - one.docx",
    }.items():
        pdf.docinfo[f"/{key}"] = String(value)


def numbered(pdf: Pdf) -> None:
    roman = Dictionary(S=Name.r)
    annex = Dictionary(S=Name.D, P=String("A-"), St=1)
    put(pdf, "/PageLabels", Dictionary(Nums=Array([0, roman, 1, Dictionary(S=Name.D), 9, annex])))


def layered(pdf: Pdf) -> None:
    one = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Headers/Footers")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([one]), D=Dictionary(Name=String("Default"), Order=Array([one])))


def archived(pdf: Pdf) -> None:
    packet(
        "<pdfaSchema:schema xmlns:pdfaSchema='x'>PDF/A ID Schema</pdfaSchema:schema>"
        "<a:description xmlns:a='pdfa'>Conformance level of PDF/A standard</a:description>"
    )(pdf)
    said = {"OutputConditionIdentifier": "sRGB IEC61966-2.1", "RegistryName": "http://www.color.org"}
    intent = Dictionary({f"/{key}": String(value) for key, value in said.items()})
    intent.S = Name.GTS_PDFA1
    profile = b"\0" * 128 + struct.pack(">I4sII", 1, b"desc", 144, 40) + b"desc\0\0\0\0\0\0\0\x12sRGB IEC61966-2.1"
    intent.DestOutputProfile = pdf.make_stream(profile, N=3)
    pdf.Root.OutputIntents = Array([intent])


# What an ordinary program writes.
CLEAN: list[tuple[str, Change]] = [
    ("all of Word's", by_word),
    ("all of Acrobat's", by_acrobat),
    ("an archived file's", archived),
    ("a title nobody gave", at("/Info/Title", String("(untitled)"))),
    ("a subject nobody gave", at("/Info/Subject", String("(unspecified)"))),
    ("a scanner's", at("/Info/Producer", String("Canon iR-ADV C5535 III PDF"))),
    ("a title with the file's name", at("/Info/Title", String("one"))),
    ("a bookmark with a heading's words", bookmark("1. The office plan")),
    ("a bookmark for each part of a heading", bookmark("The police authority – office plan")),
    ("a place with a number", note(Subtype=Name.Link, Dest=String("_Toc123456789"))),
    ("a place named for its heading", note(Subtype=Name.Link, Dest=String("office-plan"))),
    ("pages i, ii, 1, 2, A-1", numbered),
    ("a link to a public page", link("https://www.london.gov.uk/who-we-are/mopac?")),
    ("a link to the law", link("https://www.legislation.gov.uk/ukpga/2000/36/section/43")),
    ("a link that says where it leads", note(Subtype=Name.Link, Contents=String("Footnote 1"))),
    ("a logo that is described", element(Alt=String("Logo of the Mayor's Office for Policing and Crime"))),
    ("layers for headers", layered),
    ("a field with a number", a_field(FT=Name.Tx, TU=String("The office plan"))),
    ("a highlight by nobody", note(Subtype=Name.Highlight, Subj=String("Highlight"), M=String("D:20231218093000Z"))),
    ("a numbered note", note(Subtype=Name.Highlight, NM=String("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"))),
    ("a picture of a program", a_coded_picture((0xFE, b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90"))),
    ("a picture of a camera's clock", a_coded_picture((0xE1, b"Exif\0\0MM\0*2023:12:18 09:30:00\0"))),
    ("a font with its family", described(FontFamily=String("Helvetica"), CharSet=String("/A/B/space/quoteright"))),
    ("a font with its notice", a_program("/FontFile2", named_font(0, "© 2017 The Foundry. All rights reserved."))),
    ("a table of letters", a_table_of_letters(b"%%Title: (Adobe-Identity-UCS Adobe UCS 0)\n<01> <00660066>")),
    ("a signature", lambda p: a_signature(p, "London", bytes(400))),
    ("a date of change", at("/Page/LastModified", String("D:20231218093000Z"))),
]


@pytest.mark.parametrize("change", [row[1] for row in CLEAN], ids=[row[0] for row in CLEAN])
@pytest.mark.parametrize("boxed", [False, True], ids=["plain", "boxed"])
def test_what_programs_write_is_nothing_hidden(change: Change, boxed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if boxed else pikepdf.ObjectStreamMode.disable
    assert hidden(changed(change, object_stream_mode=mode)) == ()


def test_a_file_made_for_the_web_is_clean() -> None:
    assert hidden(changed(None, linearize=True)) == ()


def test_a_locked_file_that_anybody_may_open_is_clean() -> None:
    locked = pikepdf.Encryption(owner="Quillfeather", user="", R=6)
    assert hidden(changed(by_word, encryption=locked)) == ()


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_has_examples_of_both_sorts_and_keeps_to_them(name: str) -> None:
    shape = SHAPES[name]
    assert shape.harmless
    assert shape.telling
    assert [text for text in shape.harmless if not shape.fits(text)] == []
    assert [text for text in shape.telling if shape.fits(text)] == []


def test_every_way_leads_to_a_row_and_only_to_shapes_that_there_are() -> None:
    asked = {shape for channel in CHANNELS for shape in channel.harmless}
    assert asked - set(SHAPES) == {"title", "web", "family", "words"}
    assert CHANNELS[-1].ways == ""
    assert CHANNELS[-1].harmless == ()


ADDRESSES = [
    ("https://www.london.gov.uk/mopac", True),
    ("http://www.legislation.gov.uk/uksi/2011/3050", True),
    ("https://www.london.gov.uk/search?q=Quillfeather", False),
    ("https://www.gov.uk/government/publications/office-plan-2026#section-4", True),
    ("https://ico.org.uk/make-a-complaint/", True),
    ("https://www.gov.uk/Quillfeather-wins", False),
    ("https://www.gov.uk/#Quillfeather", False),
    ("https://www.gov.uk/%51uillfeather", False),
    ("https://www.gov.uk/411000", False),
    ("https://intranet.mps.police.uk/plan", False),
    ("https://mps.sharepoint.com/office/plan", False),
    ("https://ama:secret@www.gov.uk/", False),
    ("https://office.com/plan", True),  # each word of it is printed
    ("https://quillfeather.com/", False),
    ("file://server/office/plan.docx", False),
    ("mailto:office@plan", True),
    ("mailto:quillfeather@plan", False),
    ("http://[", False),
]


@pytest.mark.parametrize(("address", "harmless"), ADDRESSES)
def test_an_address_is_public_or_printed(address: str, harmless: bool) -> None:
    assert web.is_harmless(address, Shown(["the office plan, office@plan"])) is harmless


SAYINGS = [
    ("office plan", True),
    ("Office-plan", True),
    ("PCD1572", True),
    ("office – PCD 1572", True),
    ("fice plan", False),
    ("plan office", False),
    ("15", False),
    ("", True),
]


@pytest.mark.parametrize(("text", "stands"), SAYINGS)
def test_words_stand_on_a_page_from_the_beginning_of_one_to_the_end_of_another(text: str, stands: bool) -> None:
    assert Shown(["The office\nplan of PCD 1572"]).says(text) is stands


def test_labels_of_sensitivity_are_handed_on() -> None:
    def label(pdf: Pdf) -> None:
        put(pdf, "/Info/MSIP_Label_0f1e2d3c_Name", String("OFFICIAL-SENSITIVE"))
        put(pdf, "/Info/MSIP_Label_0f1e2d3c_Enabled", String("true"))
        packet("<pdfx:MSIP_Label_9a9a9a9a_Name>OFFICIAL</pdfx:MSIP_Label_9a9a9a9a_Name>")(pdf)

    data = changed(label)
    assert labels(data) == (Label("OFFICIAL-SENSITIVE", "0f1e2d3c"), Label("OFFICIAL", "9a9a9a9a"))
    assert [one.is_open for one in labels(data)] == [False, True]
    assert [(one.kind, one.text) for one in hidden(data)] == [("sensitivity-label", "OFFICIAL-SENSITIVE")]
    assert labels(b"%PDF-1.7 broken") == ()


def test_the_search_is_left_out_where_only_reading_is_asked_for(tmp_path: Path) -> None:
    data = changed(at("/Info/Subject", String("Quillfeather")))
    assert [one.kind for one in read_bytes("one.pdf", data, search=False).hidden] == ["not-searched"]
