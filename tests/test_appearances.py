"""Words, pictures and fields that lie over a page and are no print hold a paper; what honest forms have does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from ingest.reader import read
from ingest.structure import beside_the_pages
from tests.pages import print_pdf, text

PLACE = Array([72, 700, 272, 720])
BOX = (72, 122, 272, 142)
SHOWN = text(72, 300, "The police authority agrees to the office plan.")
SAID = "BT /F1 12 Tf 2 4 Td (PART 2) Tj ET"
TICK = "BT /Za 12 Tf 2 4 Td (4) Tj ET"
PAINTED = "q 20 0 0 20 0 0 cm /Im Do Q"
PUSH = 1 << 16  # the flag of a button that is only pressed


def drawn(pdf: Pdf, content: str, wide: float = 200, high: float = 20) -> Object:
    """A picture of an annotation."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    ticks = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    image = pdf.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    within = pdf.make_stream(SAID.encode(), Subtype=Name.Form, BBox=Array([0, 0, wide, high]))
    within.Resources = Dictionary(Font=Dictionary(F1=font))
    stream = pdf.make_stream(content.encode(), Subtype=Name.Form, BBox=Array([0, 0, wide, high]))
    stream.Resources = Dictionary(Font=Dictionary(F1=font, Za=ticks), XObject=Dictionary(Im=image, Fm=within))
    return stream


def laid(kind: str, content: str | None = SAID, **said: object) -> Callable[[Pdf], Any]:
    """An annotation with a picture."""

    def change(pdf: Pdf) -> Any:
        entries = {"Type": Name.Annot, "Subtype": Name(f"/{kind}"), "Rect": PLACE, "F": 4, **said}
        note = pdf.make_indirect(Dictionary({f"/{key}": value for key, value in entries.items()}))
        if content is not None:
            note.AP = Dictionary(N=drawn(pdf, content))
        pdf.pages[0].obj.Annots = Array([note])
        return note

    return change


def field(kind: str, content: str | None = SAID, form: bool = True, **said: object) -> Callable[[Pdf], Any]:
    """A field of a form, or one that no form has."""

    def change(pdf: Pdf) -> Any:
        note = laid("Widget", content, FT=Name(f"/{kind}"), T=String("one"), **said)(pdf)
        if form:
            pdf.Root.AcroForm = Dictionary(Fields=Array([note]))
        return note

    return change


def with_states(on: str) -> Callable[[Pdf], Any]:
    """A box to tick, with a picture for each of its states."""

    def change(pdf: Pdf) -> None:
        note = field("Btn", None, AS=Name.Yes, V=Name.Yes)(pdf)
        note.AP = Dictionary(N=Dictionary(Yes=drawn(pdf, on), Off=drawn(pdf, "0.7 w 0 0 9 9 re S")))

    return change


def with_states_of_words(pdf: Pdf) -> None:
    """A text field with a picture for each state, as only boxes have: it is not read as print."""
    note = field("Tx", None, AS=Name.Yes)(pdf)
    note.AP = Dictionary(N=Dictionary(Yes=drawn(pdf, SAID)))


def when_pressed(pdf: Pdf) -> None:
    note = field("Btn", "", Ff=PUSH)(pdf)
    note.AP.D = drawn(pdf, SAID)


def without_a_kind(pdf: Pdf) -> None:
    del field("Tx", "")(pdf)["/FT"]


def kept_by_another(pdf: Pdf) -> None:
    """A field that says it belongs to one of the form, which does not know it."""
    note = field("Tx", "")(pdf)
    parent = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("above"), Kids=Array([])))
    note.Parent, pdf.Root.AcroForm.Fields = parent, Array([parent])


def its_child(pdf: Pdf) -> None:
    kept_by_another(pdf)
    pdf.Root.AcroForm.Fields[0].Kids.append(pdf.pages[0].obj.Annots[0])


def coloured(*inks: float) -> Dictionary:
    return Dictionary(BG=Array(inks))


def many_inks(content: str, *inks: float) -> Callable[[Pdf], Any]:
    return field("Tx", content, MK=coloured(*inks))


def of_no_kind(pdf: Pdf) -> None:
    note = laid("Popup", "0 g 0 0 200 20 re f")(pdf)
    del note["/Subtype"]


SAYS, SOME = [("comment", "PART 2")], [("form", "")]
PICTURE = [("comment", "")]
ROWS: list[tuple[str, Callable[[Pdf], Any], list[tuple[str, str]]]] = [
    ("a stamp", laid("Stamp"), SAYS),
    ("a watermark", laid("Watermark"), SAYS),
    ("a link", laid("Link"), SAYS),
    ("a frame", laid("Square"), SAYS),
    ("a mark of the printer's", laid("PrinterMark"), SAYS),
    ("a kind nobody knows", laid("Quill"), SAYS),
    ("in a picture of the picture", laid("Link", "/Fm Do"), SAYS),
    ("not on a screen", laid("Watermark", F=4 | 32), SAYS),
    ("off the page", laid("Link", Rect=Array([900, 700, 1100, 720])), SAYS),
    ("a button", field("Btn", Ff=PUSH), SAYS),
    ("a button, when it is pressed", when_pressed, SAYS),
    ("a button without a picture", field("Btn", None, Ff=PUSH, MK=Dictionary(CA=String("PART 2"))), SAYS),
    ("a button with a sign of its own", field("Btn", None, Ff=PUSH, MK=Dictionary(I=Name.Icon)), PICTURE),
    ("a box that ticks with words", with_states(SAID), SAYS),
    ("a box that ticks with a picture", with_states(PAINTED), PICTURE),
    ("a text that is shown in one state", with_states_of_words, SAYS),
    ("a text field without a form", field("Tx", form=False), [*SAYS, ("form", "PART 2")]),
    ("a field for a signature, empty", field("Sig"), SAYS),
    ("the same with a value that is no signature", field("Sig", V=Dictionary(Type=Name.Sig)), SAYS),
    ("a stamp that readers make up", laid("Stamp", None, Name=Name.Confidential), [("comment", "Confidential")]),
    ("a picture on a watermark", laid("Watermark", PAINTED), PICTURE),
    # What one reader draws and another does not.
    ("a field without a form", field("Tx", "", form=False), SOME),
    ("a field whose form does not know it", kept_by_another, SOME),
    ("a field of no kind", without_a_kind, SOME),
    ("a background that is not drawn", many_inks("", 0, 0, 0), SOME),
    ("a background in another colour", many_inks("1 g 0 0 200 20 re f", 0), SOME),
    ("a box on what opens beside a note", laid("Popup", "0 g 0 0 200 20 re f"), PICTURE),
    ("the same on what is of no kind", of_no_kind, PICTURE),
    ("a background on a part of it", many_inks("0 g 0 0 90 20 re f", 0), SOME),
    ("a background without a picture", field("Tx", None, MK=coloured(0)), SOME),
    # What ordinary papers have.
    ("what opens beside a note", laid("Popup", None), []),
    ("the same with an empty picture", laid("Popup", " "), []),
    ("a link without a picture", laid("Link", None), []),
    ("a frame around nothing", laid("Square", "0.7 w 1 1 198 18 re S"), []),
    ("spaces", laid("Link", "BT /F1 12 Tf 2 4 Td (  ) Tj ET"), []),
    ("a hand-drawn signature put there as a stamp", laid("Stamp", PAINTED), []),
    ("a field that is read as print", field("Tx", V=String("PART 2")), []),
    ("a part of a field", its_child, []),
    ("a box with a tick", with_states(TICK), []),
    ("an empty field for a signature", field("Sig", ""), []),
    ("a background that is drawn", many_inks("0.9 0.9 1 rg 0 0 200 20 re f", 0.9, 0.9, 1), []),
    ("the same in the inks of print", many_inks("0 0 0 0.5 k 0 0 200 20 re f", 0, 0, 0, 0.5), []),
    ("no background", many_inks(""), []),
    ("a field nobody is shown", field("Tx", "", form=False, F=2), []),
]


@pytest.mark.filterwarnings("ignore:This document has 1 form widget")  # it is what is tried
@pytest.mark.parametrize(("change", "found"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_annotations_draw(tmp_path: Path, change: Callable[[Pdf], Any], found: list[tuple[str, str]]) -> None:
    path = print_pdf(tmp_path / "one.pdf", SHOWN)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    assert [(hidden.kind, hidden.text) for hidden in beside_the_pages(path.read_bytes())] == found


def test_where_it_lies(tmp_path: Path) -> None:
    path = print_pdf(tmp_path / "one.pdf", SHOWN)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        laid("Watermark")(pdf)
        pdf.save(path)
    (hidden,) = beside_the_pages(path.read_bytes())
    assert hidden.page == 1
    assert hidden.box == pytest.approx(BOX)


@pytest.mark.parametrize("name", ["digitally-signed", "filled-form", "boxes", "footnotes", "pen-and-ink"])
def test_a_paper_that_was_signed_or_filled_in_is_not_held(name: str) -> None:
    """The words of a digital signature are private, and no words laid over the paper."""
    assert read(Path(__file__).parent / "papers" / f"{name}.pdf").hidden == ()


def test_words_in_the_place_of_a_signature_are_no_signature(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    with pikepdf.open(Path(__file__).parent / "papers" / "digitally-signed.pdf") as pdf:
        note = pdf.pages[0].obj.Annots[0]
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=note.Rect, AP=note.AP)))
        pdf.save(path)
    assert "comment" in {hidden.kind for hidden in beside_the_pages(path.read_bytes())}
