"""What is typed into the fields of a form is read where it is shown; what they keep besides is hidden content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from extract import read_record
from ingest.document import Document
from ingest.reader import read
from tests.pages import HIGH, Sheet, print_pdf, text
from tests.papers.paper import load

PAPERS = Path(__file__).parent / "papers"
LABEL = text(72, 100, "Until what date:", 10, "F4")  # ends 168 points from the left
PLACE = (180, 90, 340, 104)


def edges(x0: float, top: float, x1: float, bottom: float) -> Array:
    return Array([x0, HIGH - bottom, x1, HIGH - top])


def look(pdf: Pdf, shown: str, wide: float = 160, high: float = 14) -> pikepdf.Object:
    """The picture of a field with some words in it."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    drawn = f"/Tx BMC q BT /Helv 10 Tf 0 g 2 4 Td ({shown}) Tj ET Q EMC" if shown else "/Tx BMC EMC"
    form = pdf.make_stream(drawn.encode("cp1252"), Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Resources = Array([0, 0, wide, high]), Dictionary(Font=Dictionary(Helv=font))
    return form


def filled(folder: Path, shown: str | None, sheet: Sheet | str = LABEL, place: Any = PLACE, **said: Any) -> Document:
    """A paper with one text field; `shown` is None where the program that reads it is to draw it."""
    path = print_pdf(folder / "one.pdf", sheet)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        known = {"Type": Name.Annot, "Subtype": Name.Widget, "FT": Name.Tx, "T": String("until"), "F": 4}
        known |= {"Rect": edges(*place), "DA": String("/Helv 10 Tf 0 g"), **said}
        field = pdf.make_indirect(Dictionary({f"/{key}": value for key, value in known.items()}))
        if shown is not None:
            field.AP = Dictionary(N=look(pdf, shown))
        pdf.pages[0].obj.Annots = Array([field])
        fonts = Dictionary(
            Font=Dictionary(Helv=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        asks = said.get("V") is not None and shown is None
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]), DA=String("/Helv 0 Tf 0 g"), DR=fonts, NeedAppearances=asks
        )
        pdf.save(path)
    return read(path)


def printed(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


READS = "Until what date: 1 March 2031"
TYPED = [
    # What it shows, what else it says, what is read, what is hidden in it.
    ("1 March 2031", {"V": String("1 March 2031")}, READS, []),
    (None, {"V": String("1 March 2031")}, READS, []),  # the reader is asked to draw it
    ("1  March 2031", {"V": String("1 March\n2031")}, READS, []),  # another space is the same text
    ("", {}, "Until what date:", []),
    ("1 March 2031", {"V": String("1 May 2031")}, READS, ["1 May 2031"]),  # kept otherwise than shown
    ("1 March 2031", {}, READS, [""]),  # shown and not kept
    ("1 March 2031", {"V": String("1 March 2031"), "DV": String("Quillfeather")}, READS, ["Quillfeather"]),
    ("************", {"V": String("Quillfeather"), "Ff": 1 << 13}, "Until what date: ************", ["Quillfeather"]),
    ("1 March 2031", {"V": String("1 March 2031"), "F": 2}, "Until what date:", ["1 March 2031"]),  # shown to nobody
    (
        "1 March 2031",  # a choice shows its words, and keeps another name for them
        {"FT": Name.Ch, "V": String("a"), "Opt": Array([Array([String("a"), String("1 March 2031")])])},
        READS,
        [],
    ),
]


@pytest.mark.parametrize(("shown", "said", "reads", "hidden"), TYPED)
def test_a_field_is_read_as_it_shows_itself(
    tmp_path: Path, shown: str | None, said: dict[str, Any], reads: str, hidden: list[str]
) -> None:
    document = filled(tmp_path, shown, **said)
    assert printed(document) == [reads]
    assert [found.text for found in document.hidden] == hidden
    assert {found.kind for found in document.hidden} <= {"form"}


def test_what_is_typed_stands_where_its_field_is(tmp_path: Path) -> None:
    (line,) = filled(tmp_path, "1 March 2031", V=String("1 March 2031")).pages[0].lines
    word = next(word for word in line.words if word.text == "March")
    assert 185 < word.box.x0 < 200
    assert 90 < word.box.top < word.box.bottom < 104


def test_what_is_typed_smaller_than_its_label_is_no_mark_of_a_footnote(tmp_path: Path) -> None:
    label, place = text(72, 102, "Until what date:", 13, "F4"), (205, 90, 365, 104)
    document = filled(tmp_path, "30/06/2031", label, place, V=String("30/06/2031"))
    assert printed(document) == ["Until what date: 30/06/2031"]


def test_what_is_typed_on_a_turned_page_stands_there_too(tmp_path: Path) -> None:
    document = filled(tmp_path, "1 March 2031", Sheet(LABEL, rotate=180), V=String("1 March 2031"))
    words = [word for page in document.pages for line in page.lines for word in line.words]
    assert {"March", "date:"} <= {word.text for word in words}
    assert document.hidden == ()


def test_text_under_a_field_cannot_be_read(tmp_path: Path) -> None:
    covered = LABEL + text(182, 100, "Quillfeather", 10, "F4")
    path = print_pdf(tmp_path / "one.pdf", covered)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        box = pdf.make_stream(b"1 g 0 0 160 14 re f", Type=Name.XObject, Subtype=Name.Form)
        box.BBox = Array([0, 0, 160, 14])
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), F=4, Rect=edges(*PLACE))
        field.AP = Dictionary(N=box)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)
        pdf.save(path)
    assert [(found.kind, found.text) for found in read(path).hidden] == [("hidden-text", "Quillfeather")]


BOXES = [
    # The state that is shown, the one that is kept, and what is read; None is neither.
    ("Yes", "Yes", True),
    ("Off", "Off", False),
    ("Off", None, False),
    ("Yes", None, True),
    (None, "Yes", True),
    ("Off", "Yes", None),  # shown otherwise than it is kept
    ("Yes", "Off", None),
    ("Other", None, None),  # a state that has no picture: some readers show a tick of their own
    ("Other", "Other", None),
]


@pytest.mark.parametrize(("shown", "kept", "ticked"), BOXES)
def test_a_box_of_a_form_is_ticked_where_it_shows_and_keeps_it(
    tmp_path: Path, shown: str | None, kept: str | None, ticked: bool | None
) -> None:
    path = print_pdf(tmp_path / "one.pdf", LABEL)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        looks = Dictionary(Yes=look(pdf, "X", 12, 12), Off=look(pdf, "", 12, 12))
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("a"), F=4, AP=Dictionary(N=looks)
        )
        field.Rect = edges(180, 90, 192, 102)
        for key, state in (("/AS", shown), ("/V", kept)):
            if state:
                field[key] = Name(f"/{state}")
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots)
        pdf.save(path)
    document = read(path)
    assert [(mark.kind, mark.ticked) for mark in document.pages[0].marks] == [("box", ticked)]
    assert [found.kind for found in document.hidden] == (["form"] if ticked is None else [])


def test_a_filled_form_keeps_in_its_fields_what_its_record_says() -> None:
    """What the source states is in the fields, as a reader of forms sees them, and not in the print."""
    deferral = load("filled-form")["deferral"]
    with pikepdf.open(PAPERS / "filled-form.pdf") as pdf:
        kept = {str(field.T): str(field.get("/V")) for field in pdf.Root.AcroForm.Fields}
    assert (kept["reason"], kept["until"]) == (deferral["reason"], deferral["until"])
    record = read_record(read(PAPERS / "filled-form.pdf"))
    assert record.deferral.reason == deferral["reason"]
    assert record.evidence["deferral.reason"].page == record.evidence["deferral.until"].page == 2


def test_fields_that_cannot_be_read_are_said_to_hide_something(tmp_path: Path) -> None:
    document = filled(tmp_path, "1 March 2031", V=String("1 March 2031"), Ff=Name.Bad)
    assert [(found.kind, found.text) for found in document.hidden] == [("form", ""), ("form", "1 March 2031")]


def test_a_field_that_is_its_own_parent_ends(tmp_path: Path) -> None:
    path = print_pdf(tmp_path / "one.pdf", LABEL)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String("a"), Rect=edges(*PLACE)))
        field.Parent = field
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.save(path)
    assert printed(read(path)) == ["Until what date:"]
