"""What a PDF carries beside its pages is found wherever it hangs, and ordinary files carry nothing of the kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from ingest.structure import beside_the_pages
from tests.pages import print_pdf, text

SHOWN = text(72, 100, "The police authority agrees to the office plan.")
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def found(path: Path) -> list[tuple[str, int | None]]:
    return [(hidden.kind, hidden.page) for hidden in beside_the_pages(path.read_bytes())]


def changed(tmp_path: Path, change: Callable[[Pdf], object], drawn: str = SHOWN) -> Path:
    path = print_pdf(tmp_path / "one.pdf", drawn)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def attached(pdf: Pdf) -> Object:
    stream = pdf.make_stream(b"Quillfeather", Type=Name.EmbeddedFile)
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("one.txt"), EF=Dictionary(F=stream)))


def annotated(pdf: Pdf, **said: object) -> Object:
    """An annotation on the first page."""
    note = pdf.make_indirect(Dictionary({f"/{key}": value for key, value in {"Type": Name.Annot, **said}.items()}))
    pdf.pages[0].obj.Annots = Array([note])
    return note


PLACE = Array([72, 700, 200, 720])


def a_field(pdf: Pdf, shown: bool, **said: object) -> None:
    field = pdf.make_indirect(
        Dictionary({f"/{key}": value for key, value in {"FT": Name.Tx, "T": String("one"), **said}.items()})
    )
    if shown:
        field.Subtype, field.Rect = Name.Widget, PLACE
        pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def a_child_field(pdf: Pdf) -> None:
    child = pdf.make_indirect(Dictionary(T=String("child"), F=2, Rect=PLACE, V=String("Quillfeather")))
    parent = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("parent"), Kids=Array([child])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([parent]))
    pdf.pages[0].obj.Annots = Array([child])


def an_inherited_value(pdf: Pdf) -> None:
    a_child_field(pdf)
    (parent,) = pdf.Root.AcroForm.Fields
    del parent.Kids[0]["/V"]
    parent.V = String("Quillfeather")


def its_own_child(pdf: Pdf) -> None:
    a_child_field(pdf)
    (parent,) = pdf.Root.AcroForm.Fields
    parent.Kids.append(parent)


def misplaced(pdf: Pdf) -> None:
    a_field(pdf, True, F=4, V=String("Quillfeather"))
    pdf.pages[0].obj.Annots[0].Rect = 7


def set_on(pdf: Pdf, key: str, value: object) -> None:
    pdf.Root[key] = value


FILES: list[tuple[str, Callable[[Pdf], object], list[tuple[str, int | None]]]] = [
    ("attached by name", lambda p: p.attachments.__setitem__("one.txt", b"x"), [("attachment", None)]),
    ("associated with the file", lambda p: set_on(p, "/AF", Array([attached(p)])), [("attachment", None)]),
    (
        "associated with a page",
        lambda p: p.pages[0].obj.__setitem__("/AF", Array([attached(p)])),
        [("attachment", None)],
    ),
    ("pinned to a page", lambda p: annotated(p, Subtype=Name.FileAttachment, FS=attached(p)), [("attachment", None)]),
    ("in another tree of names", lambda p: set_on(p, "/Names", Dictionary(Dests=attached(p))), [("attachment", None)]),
    ("sound", lambda p: annotated(p, Subtype=Name.Sound, Rect=PLACE), [("attachment", 1)]),
    ("a script when it opens", lambda p: set_on(p, "/OpenAction", SCRIPT), [("script", None)]),
    ("a script when it closes", lambda p: set_on(p, "/AA", Dictionary(WC=SCRIPT)), [("script", None)]),
    (
        "a script after a jump",
        lambda p: set_on(p, "/OpenAction", Dictionary(S=Name.GoTo, D=Array([]), Next=Array([SCRIPT]))),
        [("script", None)],
    ),
    ("a script in a link", lambda p: annotated(p, Subtype=Name.Link, A=SCRIPT), [("script", 1)]),
    (
        "a script as an address",
        lambda p: annotated(p, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("JavaScript:x()"))),
        [("script", 1)],
    ),
    (
        "a program",
        lambda p: annotated(p, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("one.exe"))),
        [("script", 1)],
    ),
    ("a hidden field", lambda p: a_field(p, True, F=2, V=String("Quillfeather")), [("form", None)]),
    ("a field not on the screen", lambda p: a_field(p, True, F=36, V=String("Quillfeather")), [("form", None)]),
    ("a field on no page", lambda p: a_field(p, False, V=String("Quillfeather")), [("form", None)]),
    ("a hidden child field", a_child_field, [("form", None)]),
    ("a value from the field above", an_inherited_value, [("form", None)]),
    ("a field that is its own child", its_own_child, [("form", None)]),
    ("an XFA form", lambda p: set_on(p, "/AcroForm", Dictionary(XFA=String("x"), Fields=Array([]))), [("form", None)]),
    (
        "a field whose place is nonsense",
        misplaced,
        [("unreadable-structure", None)],
    ),
    ("a comment", lambda p: annotated(p, Subtype=Name.Text, Rect=PLACE, Contents=String("x")), [("comment", 1)]),
    (
        "a note laid over",
        lambda p: annotated(p, Subtype=Name.FreeText, Rect=PLACE, Contents=String("x")),
        [("comment", 1)],
    ),
    # What ordinary files have.
    ("a link that says where it leads", lambda p: annotated(p, Subtype=Name.Link, Contents=String("x")), []),
    ("a highlight without a word", lambda p: annotated(p, Subtype=Name.Highlight, Rect=PLACE), []),
    (
        "a link",
        lambda p: annotated(p, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://a.example"))),
        [],
    ),
    ("an opening page", lambda p: set_on(p, "/OpenAction", Dictionary(S=Name.GoTo, D=Array([]))), []),
    ("a field that is shown", lambda p: a_field(p, True, F=4, V=String("Quillfeather")), []),
    ("a signature shown nowhere", lambda p: a_field(p, False, V=Dictionary(Type=Name.Sig)), []),
    ("a box nobody ticked", lambda p: a_field(p, False, V=Name.Off), []),
    ("a hidden field without a value", lambda p: a_field(p, True, F=2), []),
]


@pytest.mark.parametrize(("change", "kinds"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_what_hangs_on_a_file(
    tmp_path: Path, change: Callable[[Pdf], object], kinds: list[tuple[str, int | None]]
) -> None:
    assert found(changed(tmp_path, change)) == kinds


def said(words: str, shown: str) -> str:
    """Words shown, and others given in their place."""
    return f"/Span <</ActualText <feff{words.encode('utf-16-be').hex()}>>> BDC {text(72, 200, shown)} EMC\n"


def on_the_tree(key: str, words: str) -> Callable[[Pdf], object]:
    def change(pdf: Pdf) -> None:
        element = pdf.make_indirect(Dictionary({"/S": Name.Span, key: String(words)}))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))

    return change


def nothing(pdf: Pdf) -> None:
    """Leave the file as it is."""


REPLACED: list[tuple[str, str, Callable[[Pdf], object], bool]] = [
    ("other words", said("Quillfeather is refused", "Quillfeather is agreed"), nothing, True),
    ("words for nothing", said("Quillfeather", " "), nothing, True),
    ("words for no glyph", "/Span <</ActualText (Quillfeather \\(x\\))>> BDC EMC\n", nothing, True),
    ("a word more", said("is not agreed", "is agreed"), nothing, True),
    ("another figure", said("£4.10", "£410"), nothing, True),
    (
        "small letters for capitals, as browsers print small capitals",
        said("Report of May", "REPORT OF MAY"),
        nothing,
        False,
    ),
    ("another word in small letters", said("Report of May", "REPORT OF JUNE"), nothing, True),
    ("a key spelt with numbers", said("refused", "agreed").replace("ActualText", "Actual#54ext"), nothing, True),
    ("words on the tree", "", on_the_tree("/ActualText", "Quillfeather"), True),
    ("a long description", "", on_the_tree("/Alt", "Quillfeather " * 20), True),
    # What programs use it for.
    ("a ligature", said("fi", "•"), nothing, False),
    ("the same words", said("agreed", "agreed"), nothing, False),
    ("a hyphen that only breaks a word", said("\u00ad", "-"), nothing, False),
    ("a bullet", said("•", "-"), nothing, False),
    ("a tick", said("✓", " "), nothing, False),
    ("words of the page on the tree", "", on_the_tree("/ActualText", "the office plan"), False),
    ("a short description", "", on_the_tree("/Alt", "The arms of the authority"), False),
]


@pytest.mark.parametrize(("drawn", "change", "told"), [row[1:] for row in REPLACED], ids=[row[0] for row in REPLACED])
def test_what_is_said_in_place_of_what_is_shown(
    tmp_path: Path, drawn: str, change: Callable[[Pdf], object], told: bool
) -> None:
    kinds = {kind for kind, _ in found(changed(tmp_path, change, SHOWN + drawn))}
    assert kinds == ({"replacement-text"} if told else set())


def test_bytes_behind_the_end_and_an_earlier_version_are_found(tmp_path: Path) -> None:
    path = print_pdf(tmp_path / "one.pdf", SHOWN)
    whole = path.read_bytes()
    path.write_bytes(whole + b"Quillfeather")
    assert found(path) == [("after-the-end", None)]
    path.write_bytes(whole + b"\n%%EOF\n")
    assert found(path) == [("earlier-revision", None)]


def test_a_name_in_no_encoding_is_no_reason_to_give_up(tmp_path: Path) -> None:
    def odd(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Object.parse(b"<< /S /Java#eeScript /JS (x) >>")

    assert found(changed(tmp_path, odd)) == [("script", None)]
