"""What a hand, a commenting tool or a form puts on a page: which word of YES/NO stands, and which box is ticked."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from extract.answers import yes_or_no
from extract.glyphs import glyph_of
from extract.marks import marks_of
from ingest.document import Box, Document, Line, Word
from ingest.reader import read
from ingest.strokes import around, clusters, is_cross, is_ring, is_tick, stroke
from tests.pages import HIGH, block, print_pdf, text
from tests.pages import stroke as line

Points = list[tuple[float, float]]
ASKS = re.compile(r"Deferred\?")


def path(points: Points, paint: str = "S") -> str:
    """A drawn line through some points."""
    (x, y), *rest = points
    drawn = f"{x:.2f} {HIGH - y:.2f} m " + "".join(f"{x:.2f} {HIGH - y:.2f} l " for x, y in rest)
    return f"q 0.9 w {drawn}{paint} Q\n"


def oval(x0: float, top: float, x1: float, bottom: float) -> str:
    """A ring of four curves, as drawing programs make it."""
    x, y, a, b = (x0 + x1) / 2, HIGH - (top + bottom) / 2, (x1 - x0) / 2, (bottom - top) / 2
    k = 0.5523
    return (
        f"q 1 w {x + a} {y} m {x + a} {y + k * b} {x + k * a} {y + b} {x} {y + b} c "
        f"{x - k * a} {y + b} {x - a} {y + k * b} {x - a} {y} c {x - a} {y - k * b} {x - k * a} {y - b} {x} {y - b} c "
        f"{x + k * a} {y - b} {x + a} {y - k * b} {x + a} {y} c h S Q\n"
    )


def by_hand(x0: float, top: float, x1: float, bottom: float, turn: float = 1.1) -> Points:
    """A ring that a hand draws: it wavers, and its ends miss each other."""
    x, y, a, b = (x0 + x1) / 2, (top + bottom) / 2, (x1 - x0) / 2, (bottom - top) / 2
    steps = [2 * math.pi * turn * n / 40 for n in range(41)]
    return [(x + a * (1 + 0.06 * math.sin(3 * t)) * math.cos(t), y + b * math.sin(t)) for t in steps]


def scribble(x0: float, top: float, x1: float, bottom: float) -> Points:
    """To and fro over a place."""
    return [(x0 + (x1 - x0) * n / 14, top if n % 2 else bottom) for n in range(15)]


def cross(x0: float, top: float, x1: float, bottom: float) -> str:
    return path([(x0, top), (x1, bottom)]) + path([(x0, bottom), (x1, top)])


def tick(x: float, y: float, size: float = 8) -> Points:
    """A tick whose foot stands on `y`."""
    return [(x, y - 0.4 * size), (x + 0.35 * size, y), (x + size, y - size)]


def square(x: float, y: float, side: float = 9) -> str:
    """A box that stands on `y`."""
    return f"q 0.7 w {x} {HIGH - y} {side} {side} re S Q\n"


def annotated(path: Path, *notes: dict[str, object]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        made = [
            pdf.make_indirect(Dictionary({f"/{k}": v for k, v in {"Type": Name.Annot, "F": 4, **note}.items()}))
            for note in notes
        ]
        pdf.pages[0].obj.Annots = Array(made)
        pdf.save(path)
    return path


def edges(x0: float, top: float, x1: float, bottom: float) -> Array:
    return Array([x0, HIGH - bottom, x1, HIGH - top])


def flat(points: Points) -> Array:
    return Array([number for x, y in points for number in (x, HIGH - y)])


def answered(document: Document) -> tuple[str, str | None]:
    said = yes_or_no(document.pages[0].lines, marks_of(document), ASKS)
    return said.answer, said.saw


# "Deferred? YES/NO" in Courier 10: YES is 132 to 150, NO 156 to 168 from the left, standing on 100.
ASKED = text(72, 100, "Deferred? YES/NO", 10, "F4")
YES, NO, BOTH = (131, 91, 151, 102), (155, 91, 169, 102), (129, 89, 171, 104)
OPEN = "neither YES nor NO is struck out, ringed or ticked"
DRAWN = [
    ("", "undetermined", OPEN),
    (cross(*YES), "no", None),  # two lines that cross
    (cross(*NO), "yes", None),
    (path([(131, 101), (151, 92)]), "no", None),  # one line aslant
    (path(scribble(132, 92, 150, 101)), "no", None),
    (path(scribble(155, 92, 169, 101)) + path(scribble(156, 93, 168, 100)), "yes", None),  # over and over
    (block(132, 96.5, 150, 97.5), "no", None),  # a line as a thin box
    (cross(*BOTH), "undetermined", "YES and NO are struck out"),
    (oval(*YES), "yes", None),
    (oval(*NO), "no", None),
    (path(by_hand(*NO)), "no", None),
    (path(by_hand(*YES, turn=0.95)), "yes", None),  # not quite closed
    (oval(*BOTH), "undetermined", OPEN),  # a ring around both
    (oval(*YES) + oval(*NO), "undetermined", "YES and NO are ringed"),
    (oval(*YES) + cross(*NO), "yes", None),  # both say the same
    (oval(*YES) + cross(*YES), "undetermined", "YES is struck out and YES is ringed"),
    (oval(*NO) + line(156, 97, 168, 97), "undetermined", "NO is struck out and NO is ringed"),
    (path(tick(136, 101, 12)), "undetermined", "YES is written over"),  # a tick on the word: chosen, one may think
    (path([(133, 60), (140, 96)]), "undetermined", OPEN),  # a line that leads to the word
    (path([(150, 130), (300, 104)]), "undetermined", OPEN),  # and one that passes by
    ("q 1 1 0 rg 131 738 20 14 re f Q\n" + ASKED, "undetermined", f"{OPEN}; YES is highlighted, which is no answer"),
]


@pytest.mark.parametrize(("drawn", "answer", "saw"), DRAWN)
def test_what_is_drawn_on_yes_and_no(tmp_path: Path, drawn: str, answer: str, saw: str | None) -> None:
    sheet = drawn if ASKED in drawn else ASKED + drawn
    assert answered(read(print_pdf(tmp_path / "one.pdf", sheet))) == (answer, saw)


LAID = [
    ({"Subtype": Name.StrikeOut, "Rect": edges(*NO)}, "yes", None),
    ({"Subtype": Name.Circle, "Rect": edges(*NO)}, "no", None),
    ({"Subtype": Name.Square, "Rect": edges(*YES)}, "yes", None),
    ({"Subtype": Name.Ink, "Rect": edges(*YES), "InkList": Array([flat(by_hand(*YES))])}, "yes", None),
    ({"Subtype": Name.Ink, "Rect": edges(*YES), "InkList": Array([flat(scribble(*YES))])}, "no", None),
    ({"Subtype": Name.Polygon, "Rect": edges(*NO), "Vertices": flat(by_hand(*NO, turn=1))}, "no", None),
    (
        {"Subtype": Name.Highlight, "Rect": edges(*YES)},
        "undetermined",
        f"{OPEN}; YES is highlighted, which is no answer",
    ),
    ({"Subtype": Name.Circle, "Rect": edges(*BOTH)}, "undetermined", OPEN),
    ({"Subtype": Name.Circle, "Rect": edges(*NO), "F": 2}, "undetermined", OPEN),  # hidden
    ({"Subtype": Name.Underline, "Rect": edges(*NO)}, "undetermined", OPEN),
]


@pytest.mark.parametrize(("note", "answer", "saw"), LAID)
def test_what_is_laid_over_yes_and_no(tmp_path: Path, note: dict[str, object], answer: str, saw: str | None) -> None:
    assert answered(read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), note))) == (answer, saw)


def test_a_bold_word_beside_a_plain_one_is_no_answer(tmp_path: Path) -> None:
    sheet = text(72, 100, "Deferred? YES/") + text(150, 100, "NO", font="F2")
    assert answered(read(print_pdf(tmp_path / "one.pdf", sheet))) == ("undetermined", OPEN)


def test_the_only_word_that_is_printed_is_the_answer(tmp_path: Path) -> None:
    assert answered(read(print_pdf(tmp_path / "one.pdf", text(72, 100, "Deferred? NO", 10, "F4")))) == ("no", None)


def test_a_covered_word_is_hidden_and_settles_nothing(tmp_path: Path) -> None:
    document = read(print_pdf(tmp_path / "one.pdf", ASKED + block(131, 90, 151, 104)))
    assert [(found.kind, found.text) for found in document.hidden] == [("hidden-text", "YES/NO")]
    assert answered(document)[0] == "undetermined"


# "Deferred? Yes   No" in Courier 10: Yes is 132 to 150; No 168 to 180 from the left, boxes behind them or before.
PLAIN = text(72, 100, "Deferred?", 10, "F4") + text(140, 100, "Yes", 10, "F4") + text(200, 100, "No", 10, "F4")
BOXES = square(164, 101) + square(220, 101)
DOUBT = "it cannot be told which word the ticks or boxes beside them mean"
TICKED = [
    (BOXES, "undetermined", "no box is ticked"),
    (BOXES + path(tick(164, 100)), "yes", None),
    (BOXES + path(tick(221, 100)), "no", None),
    (BOXES + cross(221, 93, 228, 100), "no", None),
    (BOXES + text(221, 100, "X", 9), "no", None),  # a letter typed into the box
    (BOXES + block(165.5, 93.5, 171.5, 99.5), "yes", None),  # a box filled in
    (BOXES + path(tick(164, 100)) + path(tick(221, 100)), "undetermined", "the box of YES and of NO is ticked"),
    (BOXES + path([(222, 97), (224, 96)]), "undetermined", DOUBT),  # a speck
    (square(128, 101) + square(188, 101) + path(tick(128, 100)), "yes", None),  # boxes before their words
    (square(164, 101) + path(tick(164, 100)), "undetermined", DOUBT),  # a box for one word alone
    (path(tick(164, 100)), "undetermined", DOUBT),  # a tick between the words, in no box
    (square(164, 101) + square(191, 101) + path(tick(191, 100)), "undetermined", DOUBT),  # both boxes between the words
    (BOXES + path(tick(164, 100)) + line(200, 97, 212, 97), "yes", None),  # ticked, and the other struck out
    (
        BOXES + path(tick(164, 100)) + line(140, 97, 158, 97),
        "undetermined",
        "YES is struck out and the box of YES is ticked",
    ),
]


@pytest.mark.parametrize(("drawn", "answer", "saw"), TICKED)
def test_a_ticked_box_answers_for_the_word_beside_it(tmp_path: Path, drawn: str, answer: str, saw: str | None) -> None:
    assert answered(read(print_pdf(tmp_path / "one.pdf", PLAIN + drawn))) == (answer, saw)


def test_boxes_that_are_letters_stand_between_equal_spaces(tmp_path: Path) -> None:
    sheet = text(72, 100, "Deferred?  Yes x No o", 10, "F4")
    path = print_pdf(tmp_path / "one.pdf", sheet)
    printed = read(path)
    (line,) = printed.pages[0].lines
    words = [w._replace(text={"x": "☒", "o": "☐"}.get(w.text, w.text)) for w in line.words]
    said = yes_or_no([Line.of(words, line.box, 1, line.baseline)], marks_of(printed), ASKS)
    assert (said.answer, said.saw) == ("yes", None)


def test_boxes_in_a_row_are_the_places_of_figures(tmp_path: Path) -> None:
    row = "".join(square(200 + 12 * n, 101, 12) for n in range(6))
    assert not read(print_pdf(tmp_path / "one.pdf", text(72, 100, "Date") + row)).pages[0].marks


def test_a_letter_in_a_frame_is_no_box_to_tick(tmp_path: Path) -> None:
    framed = square(199, 102, 12) + text(202, 100, "B", 9)
    assert not read(print_pdf(tmp_path / "one.pdf", text(72, 100, "Annex") + framed)).pages[0].marks


# What a letter shows in the font that prints it.
GLYPHS = [
    ("☒", "Segoe UI Symbol", "ticked box"),
    ("☐", "MS Gothic", "empty box"),
    ("✓", "DejaVu Sans", "tick"),
    ("\uf0fe", "Wingdings-Regular", "ticked box"),
    ("\uf0a8", "Wingdings-Regular", "empty box"),
    ("ü", "Wingdings", "tick"),
    ("û", "Wingdings", "cross"),
    ("R", "Wingdings2", "ticked box"),
    ("P", "Wingdings 2", "tick"),
    ("\uf0d6", "SymbolMT", "tick"),
    ("4", "ZapfDingbats", "tick"),
    ("\uf0fc", "Ordinary", "tick"),  # private letters under another name
    ("ü", "Helvetica", None),  # a letter of a name
    ("R", "Helvetica", None),
    ("✓✓", "DejaVu Sans", None),
]


@pytest.mark.parametrize(("letter", "font", "shown"), GLYPHS)
def test_a_glyph_shows_what_its_font_makes_of_it(letter: str, font: str, shown: str | None) -> None:
    assert glyph_of(Word(letter, Box(0, 0, 9, 9), font, 10, bold=False, italic=False)) == shown


@given(st.floats(20, 90), st.floats(9, 40), st.floats(0.95, 1.3), st.floats(0, 500))
def test_a_ring_is_one_at_any_size_and_no_tick_or_cross(wide: float, high: float, turn: float, at: float) -> None:
    ring = stroke(by_hand(at, at, at + wide, at + high, turn))
    assert is_ring(ring)
    assert not is_tick([ring])
    assert not is_cross([ring])


@given(st.floats(4, 40), st.floats(0, 500))
def test_a_tick_is_one_at_any_size_and_no_ring(size: float, at: float) -> None:
    drawn = [stroke(tick(at, at + size, size))]
    assert is_tick(drawn)
    assert not is_cross(drawn)
    assert not is_ring(drawn[0])
    crossed = [stroke([(at, at), (at + size, at + size)]), stroke([(at, at + size), (at + size, at)])]
    assert is_cross(crossed)
    assert not is_tick(crossed)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300), st.floats(1, 60), st.floats(1, 60)), max_size=12))
def test_every_stroke_is_in_one_cluster_and_clusters_lie_apart(boxes: list[tuple[float, float, float, float]]) -> None:
    strokes = [stroke([(x, y), (x + wide, y + high)]) for x, y, wide, high in boxes]
    groups = clusters(strokes, near=2)
    assert sorted(map(id, strokes)) == sorted(id(one) for group in groups for one in group)
    whole = [around([p for one in group for p in one.points]) for group in groups]
    for n, one in enumerate(whole):
        for other in whole[n + 1 :]:
            assert one.overlap(other) == 0
