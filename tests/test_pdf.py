"""Words and their places as the PDF draws them, against a reader that is not ours and against what was drawn."""

from __future__ import annotations

import io
import statistics
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import pdf
from ingest.document import Box, Document, Page
from ingest.errors import UnreadableError
from ingest.matrix import Matrix
from ingest.printed import Printed
from ingest.reader import read
from tests.pages import HIGH, WIDE, Inset, Sheet, block, picture, print_pdf, stroke, text
from tests.papers.paper import names

PAPERS = [Path(__file__).parent / "papers" / f"{name}.pdf" for name in names(scanned=False)]
NEAR = 1.5  # points: what the engine's glyph widths leave to kerning and ligatures inside a run
FURTHEST = 2.5  # for the few words that stand behind a ligature or heavy kerning


def whole_words(page: Page) -> list[tuple[str, Box]]:
    """The words of a page in order, those that were parted at a change of type joined again."""
    words: list[tuple[str, Box]] = []
    for line in page.lines:
        for word in line.words:
            if word.glued:
                words[-1] = words[-1][0] + word.text, words[-1][1].union(word.box)
            else:
                words.append((word.text, word.box))
    return words


def with_fields_printed(path: Path) -> io.BytesIO:
    """The paper with what is typed into its fields put on the page, which pdfplumber does not read; qpdf does it."""
    printed = io.BytesIO()
    with pikepdf.open(path) as opened:
        for page in opened.pages:
            typed = [note for note in page.obj.get("/Annots", ()) if note.get("/FT") == "/Tx"]
            page.obj.Annots = pikepdf.Array(typed)
        opened.flatten_annotations("screen")
        opened.save(printed)
    return printed


def agrees_with_pdfplumber(path: Path) -> None:
    away = []
    with pdfplumber.open(with_fields_printed(path)) as theirs:
        for page, other in zip(read(path).pages, theirs.pages, strict=True):
            ours, words = whole_words(page), other.extract_words(x_tolerance_ratio=0.15)
            assert [word for word, _ in ours] == [word["text"] for word in words]
            for (_, box), word in zip(ours, words, strict=True):
                away.append(max(abs(box.x0 - word["x0"]), abs(box.x1 - word["x1"])))
                middle = (box.top + box.bottom) / 2  # ours is the height of the ink, theirs of the font
                assert word["top"] - NEAR < middle < word["bottom"] + NEAR
    assert max(away, default=0) < FURTHEST
    assert sum(distance > NEAR for distance in away) <= max(1, len(away) / 100)
    assert statistics.mean(away or [0]) < 0.5


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_words_and_boxes_are_those_of_another_reader(path: Path) -> None:
    agrees_with_pdfplumber(path)


def test_words_and_boxes_of_pcd1572_are_those_of_another_reader(shared_papers: Path) -> None:
    agrees_with_pdfplumber(shared_papers / "PCD1572.pdf")


def read_one(tmp_path: Path, *sheets: Sheet | str) -> Document:
    return read(print_pdf(tmp_path / "one.pdf", *sheets))


def printed(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def box_of(document: Document, word: str) -> Box:
    (box,) = [box for page in document.pages for text, box in whole_words(page) if text == word]
    return box


def near(box: Box, x0: float, top: float, x1: float, bottom: float, within: float = NEAR) -> bool:
    return all(abs(a - b) <= within for a, b in zip(box, (x0, top, x1, bottom), strict=True))


# Courier: "seen" is four glyphs of 0.6 × 20 = 48 points; its ink is about 9 points high.
WHOLE = Sheet(text(100, 200, "seen", 20, "F4"))


@pytest.mark.parametrize(
    ("sheet", "x0", "bottom", "wide", "high"),
    [
        # as it is drawn: 100 from the left, standing on 200 from the top
        (WHOLE, 100, 200, WIDE, HIGH),
        # CropBox moves the corner
        (Sheet(WHOLE.content, crop=(50, 100, 500, 800)), 50, 200 - 42, 450, 700),
        # a MediaBox that does not begin at nought
        (Sheet(WHOLE.content, media=(20, 30, 620, 842)), 80, 200, 600, 812),
        # the CropBox may reach beyond the MediaBox: what both share is the page
        (Sheet(WHOLE.content, crop=(-50, -50, 700, 900)), 100, 200, WIDE, HIGH),
    ],
)
def test_a_word_lies_where_the_page_shows_it(
    tmp_path: Path, sheet: Sheet, x0: float, bottom: float, wide: float, high: float
) -> None:
    document = read_one(tmp_path, sheet)
    assert (document.pages[0].width, document.pages[0].height) == (wide, high)
    box = box_of(document, "seen")
    assert near(box, x0, bottom - 9, x0 + 48, bottom)


# The page is turned after it was drawn for reading that way: text runs up, upside down or down on the unturned sheet.
TURNED = {
    90: "0 1 -1 0 200 100",  # shown turned clockwise: 100 from the left, 200 from the top
    180: f"-1 0 0 -1 {WIDE - 100} 200",
    270: f"0 -1 1 0 {WIDE - 200} {HIGH - 100}",
}


@pytest.mark.parametrize("turn", TURNED)
def test_a_turned_page_is_read_as_it_is_displayed(tmp_path: Path, turn: int) -> None:
    drawn = f"BT /F4 20 Tf {TURNED[turn]} Tm (seen in rain) Tj ET\n"
    document = read_one(tmp_path, Sheet(drawn, rotate=turn))
    assert printed(document) == ["seen in rain"]
    page = document.pages[0]
    assert (page.width, page.height) == ((HIGH, WIDE) if turn != 180 else (WIDE, HIGH))
    assert near(box_of(document, "seen"), 100, 188, 148, 200, within=2)
    assert near(box_of(document, "rain"), 196, 188, 244, 200, within=2)


@pytest.mark.parametrize("turn", TURNED)
def test_a_turned_and_cropped_page_keeps_its_words_on_it(tmp_path: Path, turn: int) -> None:
    drawn = f"BT /F4 20 Tf {TURNED[turn]} Tm (seen) Tj ET\n"
    document = read_one(tmp_path, Sheet(drawn, rotate=turn, crop=(10, 20, WIDE - 30, HIGH - 40)))
    left, top = {90: (20, 10), 180: (30, 20), 270: (40, 30)}[turn]
    assert near(box_of(document, "seen"), 100 - left, 191 - top, 148 - left, 200 - top)


# Insets as (matrix, how they are drawn), and where the word then stands: x0, baseline from the top, and its scale.
INSETS = [
    ({"X": Inset(text(100, 200, "seen", 20, "F4"))}, "q /X Do Q", 100, 200, 1),  # as it is
    ({"X": Inset(text(0, HIGH, "seen", 20, "F4"))}, "q 1 0 0 1 70 500 cm /X Do Q", 70, HIGH - 500, 1),  # by cm
    ({"X": Inset(text(0, HIGH, "seen", 20, "F4"), (1, 0, 0, 1, 70, 500))}, "q /X Do Q", 70, HIGH - 500, 1),  # by Matrix
    ({"X": Inset(text(0, HIGH, "seen", 20, "F4"), (0.5, 0, 0, 0.5, 70, 500))}, "q /X Do Q", 70, HIGH - 500, 0.5),
    (  # one in another, each with a matrix and a place of its own
        {
            "Y": Inset(text(0, HIGH, "seen", 20, "F4"), (2, 0, 0, 2, 5, 5)),
            "X": Inset("q 1 0 0 1 10 10 cm /Y Do Q", (0.5, 0, 0, 0.5, 70, 500)),
        },
        "q 1 0 0 1 3 0 cm /X Do Q",
        70 + 3 + 7.5,
        HIGH - 500 - 7.5,
        1,
    ),
]


@pytest.mark.parametrize(("insets", "drawn", "x0", "bottom", "scale"), INSETS)
def test_text_in_form_xobjects_lies_where_it_is_shown(
    tmp_path: Path, insets: dict[str, Inset], drawn: str, x0: float, bottom: float, scale: float
) -> None:
    document = read_one(tmp_path, Sheet(drawn, insets=insets))
    box = box_of(document, "seen")
    assert near(box, x0, bottom - 9 * scale, x0 + 48 * scale, bottom)
    assert document.pages[0].lines[0].words[0].size == pytest.approx(20 * scale, abs=0.01)


def test_a_form_that_draws_itself_is_read_once_and_ends(tmp_path: Path) -> None:
    inset = Inset(text(100, 200, "seen", 20, "F4") + "q /X Do Q")
    assert set(" ".join(printed(read_one(tmp_path, Sheet("q /X Do Q", insets={"X": inset})))).split()) <= {"seen"}


# What is drawn, and the lines it is read as.
RUNS = [
    ("[(P) 80 (art) -20 (ly) -300 (kerned)] TJ", "Partly kerned"),  # small moves inside a word, a wide one between
    ("[(whole)] TJ ( ) Tj [(words)] TJ", "whole words"),  # a space of its own
    ("(splin) Tj (tered) Tj", "splintered"),  # one word over two objects
    ("(splin) Tj ET BT /F1 11 Tf 94.6 700 Td (tered) Tj", "splintered"),
    ("3 Tc (apart) Tj", "apart"),  # spread letters are one word while they are nearer than a space
    ("(a\\255) Tj", "a-"),  # a soft hyphen in WinAnsi prints a hyphen
    ("(\\223quoted\\224 \\226 \\2435) Tj", "“quoted” – £5"),
]


@pytest.mark.parametrize(("shown", "reads"), RUNS)
def test_runs_are_read_as_words(tmp_path: Path, shown: str, reads: str) -> None:
    document = read_one(tmp_path, f"BT /F1 11 Tf 72 700 Td {shown} ET\n")
    assert printed(document) == [reads]


def test_a_justified_line_keeps_its_letters_and_widens_its_spaces(tmp_path: Path) -> None:
    document = read_one(tmp_path, "BT /F4 10 Tf 12 Tw 100 700 Td (one two six) Tj ET\n")
    for word, x0 in (("one", 100), ("two", 136), ("six", 172)):
        assert near(box_of(document, word), x0, HIGH - 705, x0 + 18, HIGH - 700, within=2.5)
        assert abs(box_of(document, word).x0 - x0) < 0.5


# What one object prints of "Tick to confirm the text (" and ")", and another puts in the room it leaves between them.
LEFT_ROOM = [
    (600, "x", "Tick to confirm the text (x)"),
    (600, "", "Tick to confirm the text ( )"),  # the same room left empty is a space
    (1800, "xxx", "Tick to confirm the text (xxx)"),  # as much as three spaces
    (0, "", "Tick to confirm the text ()"),  # no room: nothing is moved
]


@pytest.mark.parametrize(("gap", "between", "reads"), LEFT_ROOM)
def test_words_that_one_object_moves_apart_stand_where_it_puts_them(
    tmp_path: Path, gap: int, between: str, reads: str
) -> None:
    # Courier at 10 points: each glyph is 6 points wide, as wide as 600 thousandths of the size.
    apart = rf"q BT /F4 10 Tf 72 742 Td [(Tick to confirm the text \() -{gap} (\))] TJ ET "
    document = read_one(tmp_path, apart + "Q " + text(72 + 6 * 26, 100, between, 10, "F4"))
    assert printed(document) == [reads]
    assert document.hidden == ()
    assert near(box_of(document, "text"), 72 + 6 * 20, 93, 72 + 6 * 24, 102)


def test_bold_and_italics_come_from_the_font(tmp_path: Path) -> None:
    drawn = text(72, 100, "plain") + text(110, 100, "bold", font="F2") + text(150, 100, "slanted", font="F3")
    words = read_one(tmp_path, drawn).pages[0].lines[0].words
    assert [(word.text, word.bold, word.italic) for word in words] == [
        ("plain", False, False),
        ("bold", True, False),
        ("slanted", False, True),
    ]


def test_rules_fills_and_pictures_are_told_apart(tmp_path: Path) -> None:
    drawn = (
        stroke(72, 100, 200, 100)
        + block(72, 120, 200, 121)  # a thin fill is a rule
        + block(72, 140, 200, 180, "1 0 0 rg")
        + picture(80, 145, 190, 175)  # white on red: what nobody sees is no picture
        + f"q 72 {HIGH - 700} 100 50 re W n Q\n"  # only clips
        + f"q 72 {HIGH - 500} 100 50 re S Q\n"  # a frame is four rules
    )
    page = read_one(tmp_path, drawn).pages[0]
    assert [rule.horizontal for rule in page.rules] == [True, True, True, True, False, False]
    assert [(fill.colour, near(fill.box, 72, 140, 200, 180)) for fill in page.fills] == [((255, 0, 0, 255), True)]
    assert [near(box, 80, 145, 190, 175) for box in page.pictures] == [True]
    assert page.scanned


# Pages on which whose a character is must be asked in several ways.
SORTED = [
    "BT /F1 11 Tf 72 700 Td (one) Tj 80 0 Td (two) Tj 80 0 Td (three words here) Tj ET\n",  # columns
    "BT /F1 11 Tf 72 700 Td [(P) 80 (art) -20 (ly) -300 (kerned)] TJ ( ) Tj [(words)] TJ ET\n",  # spaces put in
    "BT /F1 11 Tf 72 700 Td (a) Tj (b) Tj (c) Tj (d e f) Tj (g ) Tj ( h) Tj ET\n",  # pieces of a word
    "BT /F1 11 Tf 300 700 Td (right) Tj -200 0 Td (left) Tj 90 3 Td (raised) Tj ET\n",  # drawn in another order
    "BT /F1 11 Tf 72 700 Td (a line's end-\\255) Tj 0 -14 Td (goes on  with  gaps) Tj ET\n",
    "BT /F1 11 Tf 72 700 Td (twice) Tj ET BT /F1 11 Tf 72.3 700 Td (twice) Tj ET\n",
]


@pytest.mark.parametrize("path", [*PAPERS, *range(len(SORTED))], ids=str)
def test_each_object_prints_what_the_engine_says(path: Path | int, tmp_path: Path) -> None:
    if isinstance(path, int):
        path = print_pdf(tmp_path / "one.pdf", SORTED[path])
    with pdf.opened(path.name, path.read_bytes()) as paper:
        for page in paper:
            text_page = page.get_textpage()
            printed = Printed(text_page.raw)
            for shape, kind, _ in pdf.objects(page.raw, Matrix(1, 0, 0, 1, 0, 0)):
                if kind == pdf.TEXT:
                    assert printed.by(shape) == printed.asked(shape)


numbers = st.floats(-50, 50).filter(lambda number: abs(number) > 0.01)
matrices = st.builds(Matrix, numbers, numbers, numbers, numbers, numbers, numbers)


@given(matrices, matrices, numbers, numbers)
def test_one_matrix_after_another_is_both(first: Matrix, second: Matrix, x: float, y: float) -> None:
    assert first.then(second).apply(x, y) == pytest.approx(second.apply(*first.apply(x, y)), abs=1e-3)


@given(matrices, numbers, numbers, numbers, numbers)
def test_a_box_holds_its_corners_however_it_is_turned(
    matrix: Matrix, x0: float, y0: float, x1: float, y1: float
) -> None:
    box = matrix.box(x0, y0, x1, y1)
    for corner in ((x0, y0), (x0, y1), (x1, y0), (x1, y1)):
        x, y = matrix.apply(*corner)
        assert box.x0 <= x <= box.x1
        assert box.top <= y <= box.bottom


# The file, and a word of what the person is told.
BROKEN = [
    (b"", "empty"),
    (b"Dear all, please see the paper.", "not a PDF"),
    (b"PK\x03\x04 word/document.xml", "not a PDF"),
    (b"%PDF-1.7\nnothing more", "broken"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_what_is_no_pdf_is_refused_in_words(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=told) as refused, pdf.opened(path.name, content):
        pass
    assert refused.value.file_name == "paper.pdf"
    assert refused.value.remedy
    with pytest.raises(UnreadableError, match=told):
        read(path)
