"""Text that no reader sees is found however it is hidden, and nothing that is printed is taken for hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ingest import pdf
from ingest.document import Hidden
from ingest.hidden import unapplied_redactions, unseen_words
from ingest.reader import read
from tests.pages import HIGH, WIDE, Inset, Sheet, block, lines, picture, print_pdf, text
from tests.papers.paper import names

PAPERS = [Path(__file__).parent / "papers" / f"{name}.pdf" for name in names(covered=[])]
PAGE_TEXT = ("01", "02", "04", "05", "06", "07", "08", "10", "15", "17", "18", "19", "20", "21", "45")
CONTROLS = ("98_control_good_redaction.pdf", "99_control_clean.pdf")

AROUND = lines(72, 100, "The police authority has agreed to the terms", "and it will report on them in the spring.")
SECRET = "Quillfeather"
HELD = text(72, 200, SECRET)  # its ink lies between 190 and 203 from the top, and ends before 140 from the left
BLOT = text(72, 200, SECRET, then="2 Tr 8 w")
BLACK = block(60, 185, 300, 210)
STRIPES = " ".join(f"{72 + 3 * n} 600 1 80 re" for n in range(25))
SLITS = " ".join(f"70 {HIGH - 204 + 2 * n} 100 1.3 re" for n in range(8))


def found(path: Path) -> tuple[Hidden, ...]:
    """What is found in the text of the pages; what lies elsewhere in the file is another question."""
    kinds = ("hidden-text", "text-layer", "unapplied-redaction")
    return tuple(hidden for hidden in read(path).hidden if hidden.kind in kinds)


def found_on(tmp_path: Path, sheet: Sheet | str) -> tuple[Hidden, ...]:
    return found(print_pdf(tmp_path / "one.pdf", sheet))


@pytest.mark.parametrize("kind", PAGE_TEXT)
def test_a_planted_secret_is_found(shared_leaks: Path, kind: str) -> None:
    secrets = {row["file"]: row["secret"] for row in json.loads((shared_leaks / "manifest.json").read_text())}
    (path,) = shared_leaks.glob(f"{kind}_*.pdf")
    assert any(secrets[path.name] in hidden.text for hidden in found(path))


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_is_clean(shared_leaks: Path, name: str) -> None:
    assert found(shared_leaks / name) == ()


# How a secret is hidden, and the sheet on which it is.
WAYS = [
    ("under a black box", AROUND + HELD + block(70, 188, 160, 206)),
    ("under a white box", AROUND + HELD + block(70, 188, 160, 206, "1 g")),
    (
        "under four sides drawn as a polygon",
        AROUND + HELD + f"0 g 70 {HIGH - 206} m 160 {HIGH - 206} l 160 654 l 70 654 l f\n",
    ),
    ("in white", AROUND + text(72, 200, SECRET, then="1 g")),
    ("in a tenth of a point", AROUND + text(72, 200, SECRET, 0.1)),
    ("in a point and a bit, which leaves a mark", AROUND + text(72, 200, SECRET, 1.2)),
    ("in no ink", AROUND + text(72, 200, SECRET, then="3 Tr")),
    ("as a clip that nothing fills", AROUND + text(72, 200, SECRET, then="7 Tr")),
    ("wholly transparent", AROUND + text(72, 200, SECRET, then="/Clear gs")),
    ("below the sheet", AROUND + text(72, HIGH + 200, SECRET)),
    ("left of the sheet", AROUND + text(-300, 200, SECRET)),
    ("behind a picture", AROUND + HELD + picture(0, 150, WIDE, HIGH)),
    ("outside the clip", AROUND + f"q 0 {HIGH - 100} 50 50 re W n {HELD} Q"),
    ("in its own colour on a box", AROUND + block(70, 188, 160, 206) + text(72, 200, SECRET)),
    (
        "as hexadecimal under a box",
        AROUND + f"BT /F1 11 Tf 72 642 Td <{SECRET.encode().hex()}> Tj ET\n" + block(70, 188, 160, 206),
    ),
    ("in a form under a box", Sheet(AROUND + "q /X Do Q" + block(70, 188, 160, 206), insets={"X": Inset(HELD)})),
    ("under a Square", Sheet(AROUND + HELD, annotations=[("Square", (70, 188, 160, 206))])),
    ("under a black Highlight", Sheet(AROUND + HELD, annotations=[("Highlight", (70, 188, 160, 206))])),
    ("under a redaction not applied", Sheet(AROUND + HELD, annotations=[("Redact", (70, 188, 160, 206))])),
    ("outside the CropBox", Sheet(AROUND + HELD, crop=(0, HIGH - 180, WIDE, HIGH))),
    ("in a layer switched off", Sheet(AROUND + f"/OC /Layer BDC {HELD} EMC", layer_off=True)),
    ("on a turned page", Sheet(AROUND + HELD + block(70, 188, 160, 206), rotate=90)),
    # A box over part of a line, or of a word, or with other words printed on it, is how most secrets get out.
    ("in a line", AROUND + text(72, 200, f"The sum of {SECRET} is agreed") + block(128, 188, 188, 206)),
    (
        "in a justified line",
        AROUND + text(72, 200, f"The sum of {SECRET} is agreed", then="6 Tw") + block(146, 188, 203, 206),
    ),
    ("under the words that replace it", AROUND + HELD + block(70, 188, 160, 206, "1 g") + text(72, 200, "[taken out]")),
    ("in no ink over other words", AROUND + text(72, 100, SECRET, then="3 Tr")),
    ("in white over other words", text(72, 100, SECRET, then="1 g") + AROUND),
    ("in white drawn across other words", AROUND + text(75, 100, SECRET, then="1 g")),
    ("outside the clip, on other words", AROUND + f"q 0 {HIGH - 60} 50 50 re W n {text(75, 100, SECRET)} Q"),
    ("in a layer off, on other words", Sheet(AROUND + f"/OC /Layer BDC {text(75, 100, SECRET)} EMC", layer_off=True)),
    # A mark that stays is not a word that can be read.
    ("under a box that leaves the tips of the letters", AROUND + HELD + block(70, 193.2, 160, 206)),
    ("under a box that leaves the feet of the letters", AROUND + HELD + block(70, 188, 160, 199)),
    ("in a clip that leaves the tips", AROUND + f"q 70 {HIGH - 193} 90 3 re W n {HELD} Q"),
    ("under a black box that is nearly opaque", AROUND + HELD + f"q /Dark gs {block(70, 188, 160, 206)} Q"),
    ("in black on a box nearly as black", AROUND + block(70, 188, 160, 206, "0.12 g") + HELD),
    ("in grey nearly as light as the paper", AROUND + text(72, 200, SECRET, then="0.88 g")),
    ("in two points", AROUND + text(72, 200, SECRET, 2)),
    # Strokes so wide that a word is a blot: its letters are there, and the white that tells them apart is not.
    ("in very wide strokes", AROUND + text(72, 200, SECRET, then="2 Tr 8 w")),
    ("in wide strokes", AROUND + text(72, 200, SECRET, then="2 Tr 3 w")),
    ("in very wide outlines", AROUND + text(72, 200, SECRET, then="1 Tr 8 w")),
    ("large, in very wide strokes", AROUND + text(72, 200, SECRET, 40, then="2 Tr 12 w")),
    ("in wide white strokes on black", AROUND + BLACK + text(72, 200, SECRET, then="1 g 1 G 2 Tr 8 w")),
    ("in a form, in very wide strokes", Sheet(AROUND + "/X Do", insets={"X": Inset(BLOT)})),
    ("under its own wide outlines", AROUND + HELD + text(72, 200, SECRET, then="1 Tr 9 w")),
    # A clip that leaves slivers: what it leaves is measured against the whole letters.
    ("in a clip two points wide", AROUND + f"q 72 600 2 80 re W n {HELD} Q"),
    ("in a clip that leaves both ends", AROUND + f"q 72 600 3 80 re 130 600 10 80 re W n {HELD} Q"),
    ("in a clip of upright stripes", AROUND + f"q {STRIPES} W n {HELD} Q"),
    ("in a clip with level slits", AROUND + f"q 0 0 {WIDE} {HIGH} re {SLITS} W* n {HELD} Q"),
    ("in a clip half as high", AROUND + f"q 70 {HIGH - 200} 100 3.6 re W n {HELD} Q"),
    ("in a form that is clipped", Sheet(AROUND + "q 72 600 2 80 re W n /X Do Q", insets={"X": Inset(HELD)})),
]


@pytest.mark.parametrize("sheet", [sheet for _, sheet in WAYS], ids=[way for way, _ in WAYS])
def test_a_secret_on_the_page_is_found_however_it_is_hidden(tmp_path: Path, sheet: Sheet | str) -> None:
    hidden = found_on(tmp_path, sheet)
    assert [SECRET in one.text for one in hidden] == [True]
    assert hidden[0].page == 1


def _a_button(pdf: pikepdf.Pdf) -> None:
    (note,) = pdf.pages[0].obj.Annots
    note.Subtype = Name.Widget
    note.FT, note.Ff, note.T = Name.Btn, 1 << 16, pikepdf.String("one")
    pdf.Root.AcroForm = Dictionary(Fields=Array([note]))


def _only_in_print(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 4 | 32


def _only_on_a_screen(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 0


def _a_layer_that_is_not_printed(pdf: pikepdf.Pdf) -> None:
    layer = pdf.pages[0].obj.Resources.Properties.Layer
    layer.Usage = Dictionary(View=Dictionary(ViewState=Name.ON), Print=Dictionary(PrintState=Name.OFF))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())


def _a_layer_that_is_only_printed(pdf: pikepdf.Pdf) -> None:
    layer = pdf.pages[0].obj.Resources.Properties.Layer
    layer.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())


# What a file does that no sheet says: its annotation is a field of a form, or it shows one thing and prints another.
OF_THE_FILE = [
    (_a_button, Sheet(AROUND + HELD, annotations=[("Square", (70, 188, 160, 206))])),
    (_only_in_print, Sheet(AROUND + HELD, annotations=[("Stamp", (70, 188, 160, 206))])),
    (_only_on_a_screen, Sheet(AROUND + HELD, annotations=[("Stamp", (70, 188, 160, 206))])),
    (_a_layer_that_is_not_printed, Sheet(AROUND + f"/OC /Layer BDC {HELD} EMC")),
    (_a_layer_that_is_only_printed, Sheet(AROUND + f"/OC /Layer BDC {HELD} EMC")),
]


@pytest.mark.parametrize(("change", "sheet"), OF_THE_FILE)
def test_what_covers_or_holds_a_secret_only_sometimes_hides_it(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], None], sheet: Sheet
) -> None:
    path = print_pdf(tmp_path / "one.pdf", sheet)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    assert [one.text for one in found(path)] == [SECRET]


def test_a_box_over_part_of_a_word_hides_that_word(tmp_path: Path) -> None:
    """£49.927m with a box over the figures: the sign and the letter still show."""
    drawn = AROUND + text(72, 200, "A sum of £49.927m in all") + block(124, 188, 154, 206)
    assert [one.text for one in found_on(tmp_path, drawn)] == ["£49.927m"]


def test_the_place_of_what_is_hidden_is_shown(tmp_path: Path) -> None:
    (hidden,) = found_on(tmp_path, AROUND + HELD + block(70, 188, 160, 206))
    assert hidden.box is not None
    assert hidden.box.x0 == pytest.approx(72, abs=1.5)
    assert 188 < hidden.box.top < hidden.box.bottom < 206


# What a reader sees, though it looks as if it were hidden.
SEEN = [
    ("a light grey watermark behind text", text(60, 130, "DRAFT", 60, "F2", then="0.85 g") + AROUND),
    ("a glassy watermark before text", AROUND + text(60, 130, "DRAFT", 60, "F2", then="/Half gs 0.7 g")),
    ("white on a dark box", AROUND + block(70, 188, 160, 206, "0.1 0.1 0.4 rg") + text(72, 200, SECRET, then="1 g")),
    ("a box beside text", AROUND + HELD + block(150, 188, 200, 206)),
    ("a box under text", AROUND + block(70, 188, 160, 206, "1 1 0 rg") + HELD),
    ("a box over nothing", AROUND + block(70, 188, 160, 206)),
    ("a bold word drawn twice", AROUND + HELD + text(72.3, 200, SECRET)),
    ("a word drawn twice in one place", AROUND + HELD + HELD),
    ("a line through a word", AROUND + HELD + block(72, 195.5, 135, 196.5)),
    ("small print", AROUND + text(72, 200, "terms and conditions apply", 4)),
    ("a lone full stop and a dash", AROUND + text(72, 200, ".") + text(90, 200, "–")),
    ("spread letters", AROUND + text(72, 200, "SPREAD", then="9 Tc")),
    ("a leader of dots", AROUND + text(72, 200, "Contents............4")),
    ("outlined letters", AROUND + text(72, 200, SECRET, 20, then="1 Tr")),
    ("large hollow letters", AROUND + text(72, 200, "Title", 40, then="1 Tr 1 w")),
    ("fine outlines", AROUND + text(72, 200, SECRET, then="1 Tr 0.3 w")),
    ("bold made with fine strokes", AROUND + text(72, 200, SECRET, then="2 Tr 0.2 w")),
    ("bold made with strokes", AROUND + text(72, 200, SECRET, then="2 Tr 0.5 w")),
    ("a large title in bold made with strokes", AROUND + text(72, 200, "Title", 40, then="2 Tr 1.5 w")),
    ("a reversed heading", AROUND + BLACK + text(72, 200, SECRET, then="1 g")),
    ("a reversed heading in bold made with strokes", AROUND + BLACK + text(72, 200, SECRET, then="1 g 1 G 2 Tr 0.4 w")),
    ("an underlined word", AROUND + HELD + block(72, 201.5, 134, 202.3)),
    ("one letter in bold made with strokes", AROUND + text(72, 200, "I", then="2 Tr 0.3 w")),
    ("a clip round a word", AROUND + f"q 60 600 200 80 re W n {HELD} Q"),
    ("a clip close round a word", AROUND + f"q 72 {HIGH - 202.5} 62 11 re W n {HELD} Q"),
    ("a clip of several boxes", AROUND + f"q 60 600 200 80 re 300 100 20 20 re W n {HELD} Q"),
    ("a form clipped round a word", Sheet(AROUND + "q 60 600 200 80 re W n /X Do Q", insets={"X": Inset(HELD)})),
    ("a shadow", AROUND + text(72.8, 200.8, SECRET, then="0.6 g") + HELD),
    ("a raised mark", AROUND + text(72, 200, "noted") + text(101, 196, "2", 6)),
    ("letters that touch the line above", lines(72, 100, "gypsy", "Typing", pitch=9)),
    ("a turned page", Sheet(AROUND + HELD, rotate=270)),
    ("a layer that is on", Sheet(AROUND + f"/OC /Layer BDC {HELD} EMC")),
]


@pytest.mark.parametrize("sheet", [sheet for _, sheet in SEEN], ids=[why for why, _ in SEEN])
def test_what_is_seen_is_not_hidden(tmp_path: Path, sheet: Sheet | str) -> None:
    assert found_on(tmp_path, sheet) == ()


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_sample_paper_hides_nothing(path: Path) -> None:
    with pdf.opened(path.name, path.read_bytes()) as paper:
        for index in range(pdf.page_count(paper)):
            assert [*unseen_words(paper, index), *unapplied_redactions(paper, index)] == []


def test_the_badly_redacted_paper_is_known_by_what_its_boxes_cover() -> None:
    assert [one.text for one in found(Path(__file__).parent / "papers" / "badly-redacted.pdf")] != []
