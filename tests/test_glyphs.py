"""Fonts that say other letters than they show are found, and those of ordinary programs say what they show."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from ingest.glyphs import other_letters
from ingest.reader import read
from tests.pages import print_pdf, text
from tests.test_crossed import hatched

PAPERS = Path(__file__).parent / "papers"
FAITHFUL = ("plain", "bold-headings", "boxes", "filled-form", "footnotes", "markup-in-text")


def chars(*pairs: tuple[int, str]) -> str:
    told = " ".join(f"<{code:02x}> <{words.encode('utf-16-be').hex()}>" for code, words in pairs)
    return f"{len(pairs)} beginbfchar {told} endbfchar"


def kinds(font: Dictionary, table: str) -> list[tuple[str, str]]:
    """What is found where a font says what this table says."""
    pdf = pikepdf.new()
    font.ToUnicode = pdf.make_stream(f"begincmap {table} endcmap".encode())
    return [(found.kind, found.text) for found in other_letters(pdf, [font])]


def named(*names: str, base: str | None = None) -> Dictionary:
    """An encoding in which names are given to the codes from 65 on."""
    differences = Array([65, *(Name(f"/{name}") for name in names)])
    encoding = Dictionary(Differences=differences)
    if base:
        encoding.BaseEncoding = Name(f"/{base}")
    return encoding


def font(encoding: object = None, name: str = "Helvetica", kind: str = "Type1", **more: object) -> Dictionary:
    said: dict[str, object] = {"/Type": Name.Font, "/Subtype": Name(f"/{kind}"), "/BaseFont": Name(f"/{name}")}
    said |= {"/Encoding": encoding} if encoding is not None else {}
    return Dictionary({**said, **{f"/{key}": value for key, value in more.items()}})


WIN = Name.WinAnsiEncoding
WINGS = Dictionary(FontName=Name.Wingdings, Flags=4)
ALONE = Dictionary(FontName=Name.Any, Flags=32, FontFile3=Dictionary())  # of a font that has the named glyphs alone
LYING: list[tuple[Dictionary, str, str]] = [
    (font(WIN), chars((65, "Z"), (66, "E")), "ZE"),
    (font(WIN), "1 beginbfrange <41> <43> <0058> endbfrange", "XYZ"),
    (font(WIN), "1 beginbfrange <41> <42> [<0058> <0042>] endbfrange", "X"),
    (font(WIN), "1 beginbfrange % <41>\n< 4 1 > <41> <0058> endbfrange", "X"),  # a remark, and spaces
    (font(WIN), chars((80, "")), ""),  # says nothing where a letter is
    (font(WIN), chars((80, " ")), " "),
    (font(WIN), chars((46, "A")), "A"),  # a letter where a dot is
    (font(WIN), chars((50, "7")), "7"),
    (font(WIN), chars((65, "A"), (65, "Z")), "Z"),  # both: nobody knows which is read
    (font(Name.MacRomanEncoding), chars((0x8A, "b")), "b"),  # ä
    (font(), chars((65, "Z")), "Z"),  # the standard encoding
    (font(named("P", "two")), chars((65, "c"), (66, "2")), "c"),
    (font(named("P", base="WinAnsiEncoding")), chars((65, "P"), (66, "x")), "x"),
    (font(named("w", "uni0302")), chars((65, "w"), (66, "z")), "z"),  # a letter where an accent is
    (font(named("w", "uni0302")), chars((65, "w"), (66, "ẃ")), "ẃ"),  # another accent
    (
        font(named("w", "uni0302"), FontDescriptor=ALONE),
        chars((65, "w"), (66, "ŷ")),
        "ŷ",
    ),  # its letter is not drawn
    (font(named("w", "uni0302"), FontDescriptor=ALONE), chars((65, "ŷ"), (66, "ŷ")), "ŷŷ"),
    (font(WIN, name="ABCDEF+Anything", FontDescriptor=Dictionary(FontName=Name.Any, Flags=32)), chars((65, "Z")), "Z"),
]
HONEST: list[tuple[Dictionary, str]] = [
    (font(WIN), chars((65, "A"), (0xA3, "£"), (0x93, "“"))),
    (font(WIN), "1 beginbfrange <20> <7e> <0020> endbfrange"),
    (font(WIN), "1 beginbfrange <00> <ff> <0000> endbfrange"),  # a table that only counts
    (font(WIN), chars((65, "a"), (0xE9, "e"), (0xB5, "μ"))),  # no word is another by that
    (font(WIN), chars((0xAD, "-"), (0xB7, "•"), (0x96, "-"))),  # no letters
    (
        font(named("fi", "f_f_i", "uni0041", "A.sc", "Delta")),
        chars((65, "fi"), (66, "ffi"), (67, "A"), (68, "a"), (69, "Δ")),
    ),
    (font(named("W", "uni0302", "w")), chars((65, "Ŵ"), (66, "Ŵ"), (67, "w"))),  # drawn as a letter and its accent
    (font(named("y", "uni0302")), chars((65, "y"), (66, "ŷ"))),  # the same, and the letter alone elsewhere
    (font(named("e", "uni0302", "uni0303")), chars((65, "ễ"), (66, "ễ"), (67, "ễ"))),  # two accents
    (font(named("dotlessi", "uni0303")), chars((65, "ĩ"), (66, "ĩ"))),
    (font(named("g12", "glyph7", "a12")), chars((65, "Z"), (66, "E"), (67, "B"))),  # names of no letter
    (font(named("a", "b"), kind="Type3"), chars((65, "Z"))),  # the same: each glyph is a drawing
    (font(WIN, name="ZapfDingbats"), chars((52, "✔"))),
    (font(WIN, name="Wingdings", kind="TrueType", FontDescriptor=WINGS), chars((0xFC, "✓"))),
    (font(Name("/Identity-H"), kind="Type0", DescendantFonts=Array([Dictionary()])), chars((65, "Z"))),
]


@pytest.mark.parametrize(("of", "table", "letters"), LYING)
def test_a_font_that_says_other_letters_than_it_shows_is_found(of: Dictionary, table: str, letters: str) -> None:
    assert kinds(of, table) == [("other-letters", letters)]


@pytest.mark.parametrize(("of", "table"), HONEST)
def test_a_font_that_says_what_it_shows_or_has_no_names_for_it_is_not(of: Dictionary, table: str) -> None:
    assert kinds(of, table) == []


def with_tables(name: str, change: Callable[[bytes], bytes]) -> list[str]:
    """What the fonts of a sample paper say wrongly after a change of their tables."""
    with pikepdf.open(PAPERS / f"{name}.pdf") as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one]
        for one in fonts:
            one.ToUnicode.write(change(one.ToUnicode.read_bytes()))
        return [found.text for found in other_letters(pdf, fonts)]


@pytest.mark.parametrize("name", FAITHFUL)
def test_the_fonts_of_the_sample_papers_say_what_they_show(name: str) -> None:
    assert with_tables(name, lambda table: table) == []


def test_names_inside_a_font_program_are_asked() -> None:
    swapped = {b"<0050>": b"<0051>", b"<0065>": b"<0061>"}  # P says Q, e says a
    found = with_tables("plain", lambda table: re.sub(rb"<00(50|65)>", lambda code: swapped[code[0]], table))
    assert found
    assert set("".join(found)) == set("Qa")


def test_a_damaged_font_program_is_compared_with_nothing() -> None:
    with pikepdf.open(PAPERS / "plain.pdf") as pdf:
        for one in pdf.objects:
            if isinstance(one, Dictionary) and "/FontFile2" in one:
                one.FontFile2.write(b"\0\1\0\0" + bytes(40))
        fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one]
        assert list(other_letters(pdf, fonts)) == []


def test_a_paper_with_such_a_font_is_held_and_its_page_named(tmp_path: Path) -> None:
    def lie(pdf: Pdf) -> None:
        for one in pdf.pages[0].Resources.Font.values():
            one.ToUnicode = pdf.make_stream(chars((ord("Q"), "S")).encode())

    path = print_pdf(tmp_path / "one.pdf", text(72, 100, "Quillfeather is paid."))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        lie(pdf)
        pdf.save(path)
    assert ("other-letters", 1, "S") in [(found.kind, found.page, found.text) for found in read(path).hidden]


def test_welsh_names_are_honest_where_the_typeface_has_not_all_their_letters() -> None:
    data = hatched('#set text(font: "Atkinson Hyperlegible", lang: "en")\nŴyn ap Llŷr and ŵ, Siôn and q\u0302')
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one]
        assert fonts
        assert list(other_letters(pdf, fonts)) == []
