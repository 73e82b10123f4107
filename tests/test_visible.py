"""A line, a ring or a tick that nobody sees on the page answers nothing, and the paper is held for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.answers import yes_or_no
from extract.marks import marks_of
from ingest.document import Document
from ingest.reader import read
from tests.pages import HIGH, Inset, Sheet, block, picture, print_pdf, text

# "Deferred? YES/NO" in Courier 10: YES is 132 to 150, NO 156 to 168 from the left, standing on 100.
ASKED = text(72, 100, "Deferred? YES/NO", 10, "F4")


def across(how: str = "", width: float = 0.7, x0: float = 132, x1: float = 150, top: float = 97) -> str:
    """A line through YES; `how` is any operator before it."""
    return f"q {how} {width} w {x0} {HIGH - top} m {x1} {HIGH - top} l S Q\n"


def around(how: str = "", paint: str = "S") -> str:
    """A ring around NO."""
    x, y, a, b, k = 162, HIGH - 96.5, 9, 7, 0.5523
    return (
        f"q {how} {x + a} {y} m {x + a} {y + k * b} {x + k * a} {y + b} {x} {y + b} c "
        f"{x - k * a} {y + b} {x - a} {y + k * b} {x - a} {y} c {x - a} {y - k * b} {x - k * a} {y - b} {x} {y - b} c "
        f"{x + k * a} {y - b} {x + a} {y - k * b} {x + a} {y} c h {paint} Q\n"
    )


def thin(how: str) -> str:
    """A line through YES that is a filled box."""
    return block(132, 96.5, 150, 97.5, how)


CLIP = "0 0 9 9 re W n"
ON_DARK = block(60, 85, 300, 110) + text(72, 100, "Deferred? YES/NO", 10, "F4", then="1 g")
UNSEEN = [
    ("a white line", across("1 G")),
    ("nearly white", across("0.96 G")),
    ("clear", across("/Clear gs")),
    ("clipped away", across(CLIP)),
    ("all but its end clipped away", across("140 0 500 842 re W n")),
    ("dashed to nothing", across("[0 1000] 500 d")),
    ("dashes that are far apart", across("[2 9] 0 d")),
    ("a line that no paper shows", across(width=0.001)),
    ("of no width", across(width=0)),
    ("beneath a cover", across() + block(130, 90, 170, 103, "1 g") + ASKED),
    ("beneath a cover that is aslant", across() + "q 1 g 130 738 m 170 739 l 170 753 l 130 752 l f Q\n" + ASKED),
    ("a white box", thin("1 g")),
    ("a clear box", thin("/Clear gs 0 g")),
    ("a box that no paper shows", block(132, 97, 150, 97.001)),
    ("yellow on yellow", "q 1 1 0 rg 120 730 60 22 re f Q\n" + ASKED + across("1 1 0 RG")),
    ("a white cross", "q 1 G 132 741 m 150 750 l S 132 750 m 150 741 l S Q\n"),
    ("a white ring", around("1 G")),
    ("a clear ring", around("/Clear gs")),
    ("a clipped ring", around(CLIP)),
    ("a ring beneath a cover", around() + block(150, 86, 175, 106, "1 g") + text(156, 100, "NO", 10, "F4")),
    ("in a layer that is off", "/OC /Layer BDC " + across() + " EMC\n"),
]
SEEN = [
    ("a black line", across(), "no"),
    ("red", across("1 0 0 RG"), "no"),
    ("grey", across("0.7 G"), "no"),
    ("half clear", across("/Half gs"), "no"),
    ("a hairline", across(width=0.15), "no"),
    ("dashed", across("[3 3] 0 d"), "no"),
    ("dotted", across("[1 1] 0 d"), "no"),
    ("drawn twice", across() * 2, "no"),
    ("drawn twice, not in one place", across(x1=148) + across(x0=134, top=97.3), "no"),
    ("a double line", across(width=0.4, top=96) + across(width=0.4, top=97.6), "no"),
    ("white on a dark ground", ON_DARK + across("1 G"), "no"),
    ("clipped by a cell around it", across("60 700 300 100 re W n"), "no"),
    ("a ring", around(), "no"),
    ("a thin box", thin("0 g"), "no"),
    ("a cross", "q 132 741 m 150 750 l S 132 750 m 150 741 l S Q\n", "no"),
    ("a light ground behind a word, with round corners", around("1 g", "f") + ASKED, "undetermined"),
]


def answer(document: Document) -> str:
    return yes_or_no(document.pages[0].lines, marks_of(document), re.compile(r"Deferred\?")).answer


def hidden(document: Document) -> set[str]:
    return {found.kind for found in document.hidden} - {"hidden-text"}


@pytest.mark.parametrize("drawn", [row[1] for row in UNSEEN], ids=[row[0] for row in UNSEEN])
def test_what_nobody_sees_answers_nothing_and_is_reported(tmp_path: Path, drawn: str) -> None:
    document = read(print_pdf(tmp_path / "one.pdf", Sheet(ASKED + drawn, layer_off=True)))
    assert not any(word.struck for line in document.pages[0].lines for word in line.words)
    assert {mark.kind for mark in document.pages[0].marks} <= {"unseen", "highlight"}
    assert answer(document) == "undetermined"
    (found, *_) = [one for one in document.hidden if one.kind == "hidden-stroke"]
    assert found.page == 1
    assert found.box
    assert 85 < found.box.top < 100


@pytest.mark.parametrize(("drawn", "told"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_what_is_seen_counts(tmp_path: Path, drawn: str, told: str) -> None:
    sheet = drawn if "Deferred" in drawn else ASKED + drawn
    document = read(print_pdf(tmp_path / "one.pdf", sheet))
    assert (answer(document), hidden(document)) == (told, set())


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_line_is_looked_for_where_the_page_shows_it(tmp_path: Path, rotate: int) -> None:
    """On a page that is turned, cut, or drawn by way of a form."""
    drawn = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, 842, 0),
        180: (-1, 0, 0, -1, 595, 842),
        270: (0, -1, 1, 0, -247, 842),
    }
    for how, told in (("", "no"), ("1 G", "undetermined")):
        inset = Inset(ASKED + across(how), drawn[rotate])
        sheet = Sheet("q /Fm1 Do Q", rotate=rotate, crop=(20, 20, 560, 800), insets={"Fm1": inset})
        document = read(print_pdf(tmp_path / "one.pdf", sheet))
        assert document.pages[0].lines[0].text == "Deferred? YES/NO"
        assert answer(document) == told
        assert hidden(document) == ({"hidden-stroke"} if how else set())


BOX = "q 0.7 w 164 741 9 9 re S 220 741 9 9 re S Q\n"
CHOICE = text(72, 100, "Deferred?", 10, "F4") + text(140, 100, "Yes", 10, "F4") + text(200, 100, "No", 10, "F4") + BOX


def test_a_tick_that_nobody_sees_ticks_no_box(tmp_path: Path) -> None:
    for how, ticked in (("", [True, False]), ("1 G", [False, False])):
        tick = f"q {how} 165 745 m 168 742 l 172 749 l S Q\n"
        document = read(print_pdf(tmp_path / "one.pdf", CHOICE + tick))
        assert [mark.ticked for mark in document.pages[0].marks if mark.kind == "box"] == ticked
        assert hidden(document) == ({"hidden-stroke"} if how else set())


def test_a_signature_that_nobody_sees_is_none_and_accuses_nobody(tmp_path: Path) -> None:
    for how, kinds in (("", ["ink"]), ("1 G", [])):
        drawn = f"q {how} 200 600 m 230 630 l 250 605 l 290 640 l 300 600 l S Q\n"
        document = read(print_pdf(tmp_path / "one.pdf", ASKED + drawn))
        assert [mark.kind for mark in document.pages[0].marks] == kinds
        assert hidden(document) == set()


PICTURES = [
    ("a picture", "", True),
    ("clear", "/Clear gs", False),
    ("clipped away", CLIP, False),
    ("off the page", "1 0 0 1 900 0 cm", False),
]


@pytest.mark.parametrize(("how", "seen"), [row[1:] for row in PICTURES], ids=[row[0] for row in PICTURES])
def test_a_picture_that_nobody_sees_is_none(tmp_path: Path, how: str, seen: bool) -> None:
    """Signatures are pictures. The white picture stands on a dark ground here, and on white it is not seen either."""
    ground = block(80, 200, 300, 260, "0.5 g")
    for sheet, expected in ((ground, seen), ("", False)):
        drawn = f"{sheet}q {how}\n{picture(90, 210, 200, 250)} Q\n"
        assert bool(read(print_pdf(tmp_path / "one.pdf", ASKED + drawn)).pages[0].pictures) is expected
