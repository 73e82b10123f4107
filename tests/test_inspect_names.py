"""The names in a file are those of the format, numbers of things, or words of its pages."""

from __future__ import annotations

import pytest

from ingest.named import name_tells, property_name_tells
from ingest.shown import Shown

NAMES = [
    ("/StructTreeRoot", "/Root/StructTreeRoot", False),
    ("/GTS_PDFXVersion", "", False),
    ("/Im0", "/Page/Resources/XObject/Im0", False),
    ("/FormXob.614a217b37123cee76c05fbaa6a8fe44", "/Page/Resources/XObject", False),
    ("/Heading 1", "/Root/StructTreeRoot/RoleMap", False),
    ("/List Paragraph", "/Root/StructTreeRoot/RoleMap", False),
    ("/OfficePlan", "/Root/Dests", False),  # both words are printed
    ("/AONPXQ+AtkinsonHyperlegible-Italic", "/Page/Resources/Font/F1/BaseFont", False),
    ("/AtkinsonHyperlegible", "/Root/Kind", True),
    ("/The_award_goes_to_Atkinson_and_Co", "/Page/Resources/Font/F1/BaseFont", True),
    ("/PANTONE 286 C", "/Page/Resources/ColorSpace/CS0", False),
    ("/quotedblleft", "/Page/Resources/Font/F1/Encoding/Differences", False),
    ("/Agrave", "/Page/Resources/Font/F1/Encoding/Differences", False),
    ("/Quillfeather", "/Page/Resources/Font/F1/Encoding/Differences", True),
    ("/QUILLFEATHER", "", True),
    ("/quill#20feather", "", True),
    ("/ClaimantName", "/Info/ClaimantName", True),
]


@pytest.mark.parametrize(("name", "way", "told"), NAMES)
def test_a_name_is_from_the_format_or_printed(name: str, way: str, told: bool) -> None:
    assert name_tells(name, way, Shown(["The office plan"])) is told


PROPERTIES = [
    ("xmpMM:OriginalDocumentID", False),
    ("pdfx:MSIP_Label_f9af038e-07b4-4369-a678-c835687cb272_Name", False),
    ("http://ns.adobe.com/xap/1.0/sType/ResourceEvent#", False),
    ("pdfx:OfficePlan", False),
    ("pdfx:ClaimantName", True),
    ("http://quillfeather.example/", True),
]


@pytest.mark.parametrize(("name", "told"), PROPERTIES)
def test_a_property_is_called_as_the_lists_call_it_or_as_the_page_does(name: str, told: bool) -> None:
    assert property_name_tells(name, Shown(["The office plan"])) is told
