"""What is laid over a page and cannot be seen on it deletes, chooses and signs nothing: the paper is held."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from extract.answers import yes_or_no
from extract.marks import marks_of
from ingest.document import Document
from ingest.reader import read
from tests.pages import HIGH, block, print_pdf, text

# "Deferred? YES/NO" in Courier 10: YES is 132 to 150, NO 156 to 168 from the left, standing on 100.
ASKED = text(72, 100, "Deferred? YES/NO", 10, "F4")
Said = dict[str, Any]


def edges(x0: float, top: float, x1: float, bottom: float) -> Array:
    return Array([x0, HIGH - bottom, x1, HIGH - top])


YES, NO = edges(131, 91, 151, 102), edges(155, 91, 169, 102)
QUAD = Array([131, HIGH - 91, 151, HIGH - 91, 131, HIGH - 102, 151, HIGH - 102])
STRIKE: Said = {"Subtype": Name.StrikeOut, "Rect": YES, "QuadPoints": QUAD}
RING: Said = {"Subtype": Name.Circle, "Rect": NO}
SQUARE: Said = {"Subtype": Name.Square, "Rect": NO}
FLAT: Said = {"Subtype": Name.Square, "Rect": edges(131, 95, 151, 98)}
LINE: Said = {"Subtype": Name.Line, "Rect": YES, "L": edges(132, 97, 150, 97)}
BENT: Said = {
    "Subtype": Name.PolyLine,
    "Rect": YES,
    "Vertices": Array([132, HIGH - 97, 141, HIGH - 96, 150, HIGH - 97]),
}
INK: Said = {
    "Subtype": Name.Ink,
    "Rect": YES,
    "InkList": Array([Array([132, HIGH - 97, 141, HIGH - 96, 150, HIGH - 97])]),
}
PENS = {"strike": STRIKE, "ring": RING, "square": SQUARE, "flat": FLAT, "line": LINE, "bent": BENT, "ink": INK}

WHITE, CLEAR = {"C": Array([1, 1, 1])}, {"CA": 0}
PALE = {"C": Array([1, 1, 0.95])}
NO_WIDTH = {"Border": Array([0, 0, 0])}


def drawn(content: str, wide: float = 40, high: float = 30) -> Said:
    """A picture of its own."""
    return {"picture": (content, wide, high)}


THROUGH = "q 1 w 0 6 m 40 6 l S Q"  # of a picture that is stretched over its place
NOTHING, DOT, AT_THE_FOOT = "", "0 0 1 1 re f", "q 0.5 w 0 0.3 m 40 0.3 l S Q"
UNSEEN = [
    *((f"{name} {how}", {**PENS[name], **said}) for name in PENS for how, said in (("white", WHITE), ("clear", CLEAR))),
    *((f"{name} {how}", {**PENS[name], "F": flag}) for name in PENS for how, flag in (("hidden", 2), ("unviewed", 32))),
    *((f"{name} with an empty picture", {**PENS[name], **drawn(NOTHING)}) for name in PENS),
    *((f"{name} with a dot as its picture", {**PENS[name], **drawn(DOT)}) for name in PENS),
    ("a pale strike-out", {**STRIKE, **PALE}),
    ("a pale line", {**LINE, **PALE}),
    ("a line of no width", {**LINE, **NO_WIDTH}),
    ("a ring that is a line", {**RING, **drawn(THROUGH)}),
    ("a ring in white", {**RING, **drawn("q 1 G 1 w 1 1 38 28 re S Q")}),
]
SEEN = [
    ("a strike-out", STRIKE, "no"),
    ("red", {**STRIKE, "C": Array([1, 0, 0])}, "no"),
    ("half clear", {**STRIKE, "C": Array([0, 0, 0]), "CA": 0.5}, "no"),
    ("a strike-out with a picture, a little low", {**STRIKE, **drawn("q 1 w 0 12 m 40 12 l S Q")}, "no"),
    ("a line", LINE, "no"),
    ("a blue line", {**LINE, "C": Array([0, 0, 1])}, "no"),
    ("a line with a picture", {**LINE, **drawn("q 2 w 0 14 m 40 14 l S Q")}, "no"),
    ("a broken line", BENT, "no"),
    ("ink", INK, "no"),
    ("a flat square", FLAT, "no"),
    ("a ring", RING, "no"),
    ("a square", SQUARE, "no"),
    ("a ring with a picture", {**RING, **drawn("q 1 w 2 2 36 26 re S Q")}, "no"),
]


def annotated(path: Path, said: Said, times: int = 1) -> Path:
    """The same file with an annotation."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        picture = said.get("picture")
        entries = {f"/{key}": value for key, value in {"Type": Name.Annot, "F": 4, **said}.items() if key != "picture"}
        note = Dictionary(entries)
        if picture:
            content, wide, high = picture
            box = Array([0, 0, wide, high])
            look = pdf.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box)
            note.AP = Dictionary(N=look)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note) for _ in range(times)])
        pdf.save(path)
    return path


def answer(document: Document) -> str:
    return yes_or_no(document.pages[0].lines, marks_of(document), re.compile(r"Deferred\?")).answer


def unseen(document: Document) -> int:
    """How many places are reported that nobody sees struck or chosen."""
    return [found.kind for found in document.hidden].count("hidden-stroke")


def struck(document: Document) -> list[str]:
    return [word.text for line in document.pages[0].lines for word in line.words if word.struck]


@pytest.mark.parametrize("said", [said for _, said in UNSEEN], ids=[name for name, _ in UNSEEN])
def test_what_nobody_sees_answers_nothing_and_is_reported(tmp_path: Path, said: Said) -> None:
    document = read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), said))
    assert answer(document) == "undetermined"
    assert unseen(document) > 0


@pytest.mark.parametrize(("said", "told"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_what_is_seen_counts(tmp_path: Path, said: Said, told: str) -> None:
    document = read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), said))
    assert (answer(document), unseen(document)) == (told, 0)


def test_white_is_seen_on_a_dark_ground_and_black_is_not(tmp_path: Path) -> None:
    dark = block(60, 85, 300, 110) + text(72, 100, "Deferred? YES/NO", 10, "F4", then="1 g")
    for said, told in ((WHITE, "no"), ({"C": Array([0, 0, 0])}, "undetermined")):
        document = read(annotated(print_pdf(tmp_path / "one.pdf", dark), {**STRIKE, **said}))
        assert answer(document) == told
        assert (unseen(document) > 0) == (told == "undetermined")


STAMPS = [
    ("a scrawl", drawn("q 1 w 0 0 m 20 30 l 22 4 l 40 28 l S Q"), 4, ["ink"]),
    ("hidden", drawn("q 1 w 0 0 m 40 30 l S Q"), 2, []),
    ("hidden on the screen", drawn("q 1 w 0 0 m 40 30 l S Q"), 32, []),
    ("empty", drawn(NOTHING), 4, []),
    ("white", drawn("1 g 0 0 40 30 re f"), 4, []),
    ("no picture: every reader draws another", {}, 4, []),
]


@pytest.mark.parametrize(("look", "flags", "kinds"), [row[1:] for row in STAMPS], ids=[row[0] for row in STAMPS])
def test_a_stamp_that_is_seen_is_ink(tmp_path: Path, look: Said, flags: int, kinds: list[str]) -> None:
    """Who signs on a screen puts a stamp there."""
    stamp = {"Subtype": Name.Stamp, "Rect": edges(90, 110, 190, 140), "F": flags, **look}
    page = read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), stamp)).pages[0]
    assert [mark.kind for mark in page.marks] == kinds


def test_a_word_that_is_struck_twice_is_struck(tmp_path: Path) -> None:
    """Without either of two lines in one place the page looks the same."""
    document = read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), STRIKE, times=2))
    assert (answer(document), unseen(document)) == ("no", 0)


def test_what_another_annotation_covers_is_not_seen(tmp_path: Path) -> None:
    path = annotated(print_pdf(tmp_path / "one.pdf", ASKED), STRIKE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        white = {"/C": Array([1, 1, 1]), "/IC": Array([1, 1, 1]), "/F": 4, "/Rect": edges(125, 85, 180, 110)}
        cover = Dictionary({"/Type": Name.Annot, "/Subtype": Name.Square, **white})
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(cover))
        pdf.save(path)
    document = read(path)
    assert struck(document) == []
    assert unseen(document) > 0


def test_what_is_white_beneath_another_annotation_is_not_seen_with_it(tmp_path: Path) -> None:
    path = annotated(print_pdf(tmp_path / "one.pdf", ASKED), {**STRIKE, **WHITE})
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        yellow = {
            "/C": Array([1, 1, 0]),
            "/IC": Array([1, 1, 0]),
            "/F": 4,
            "/CA": 0.5,
            "/Rect": edges(60, 80, 200, 110),
        }
        ground = Dictionary({"/Type": Name.Annot, "/Subtype": Name.Square, **yellow})
        pdf.pages[0].obj.Annots.insert(0, pdf.make_indirect(ground))
        pdf.save(path)
    dark = read(annotated(print_pdf(tmp_path / "two.pdf", ASKED), STRIKE))
    assert (struck(read(path)), struck(dark)) == ([], ["YES"])


def test_of_more_annotations_than_can_be_looked_at_none_counts(tmp_path: Path) -> None:
    """One hidden behind another is not told apart, and neither is one of thousands."""
    document = read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), {**STRIKE, **WHITE}, times=150))
    assert answer(document) == "undetermined"


def test_a_highlight_is_none_of_these(tmp_path: Path) -> None:
    said = {"Subtype": Name.Highlight, "Rect": YES, "QuadPoints": QUAD, "C": Array([1, 1, 0])}
    document = read(annotated(print_pdf(tmp_path / "one.pdf", ASKED), said))
    assert [mark.kind for mark in document.pages[0].marks] == ["highlight"]
    assert unseen(document) == 0
