"""What a paper deletes is known as deleted however the line was drawn, and a person is asked before it is published."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from extract import checks, read_record
from ingest.reader import read
from tests.pages import HIGH, print_pdf, stroke, text
from tests.papers.paper import names

PAPERS = [Path(__file__).parent / "papers" / f"{name}.pdf" for name in names(scanned=False)]
PLAIN = Path(__file__).parent / "papers" / "plain.pdf"


def annotated(path: Path, page: int, **said: object) -> Path:
    """The same file with one more annotation."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = pdf.make_indirect(
            Dictionary({f"/{key}": value for key, value in {"Type": Name.Annot, "F": 4, **said}.items()})
        )
        pdf.pages[page].obj.Annots = Array([note])
        pdf.save(path)
    return path


def quad(x0: float, top: float, x1: float, bottom: float) -> Array:
    return Array([x0, HIGH - top, x1, HIGH - top, x0, HIGH - bottom, x1, HIGH - bottom])


def edges(x0: float, top: float, x1: float, bottom: float) -> Array:
    return Array([x0, HIGH - bottom, x1, HIGH - top])


# "to pay Quillfeather in May" in Courier 10, standing on 100: the name is 114 to 186 from the left, 93 to 103 high.
NAME = (114, 92, 186, 103)
PENS = [
    ("a strike-out", {"Subtype": Name.StrikeOut, "Rect": edges(*NAME), "QuadPoints": quad(*NAME)}),
    ("a strike-out without corners", {"Subtype": Name.StrikeOut, "Rect": edges(*NAME)}),
    ("a line", {"Subtype": Name.Line, "Rect": edges(*NAME), "L": edges(114, 97, 186, 97)}),
    (
        "ink",
        {
            "Subtype": Name.Ink,
            "Rect": edges(*NAME),
            "InkList": Array([Array([114, HIGH - 97, 150, HIGH - 95.5, 186, HIGH - 97.2])]),
        },
    ),
    (
        "a broken line",
        {
            "Subtype": Name.PolyLine,
            "Rect": edges(*NAME),
            "Vertices": Array([114, HIGH - 97, 150, HIGH - 96, 186, HIGH - 97]),
        },
    ),
    ("a flat square", {"Subtype": Name.Square, "Rect": edges(113, 96, 187, 97.5)}),
]
NO_PENS = [
    ("a hidden strike-out", {"Subtype": Name.StrikeOut, "Rect": edges(*NAME), "F": 2}),
    ("a square around it", {"Subtype": Name.Square, "Rect": edges(110, 80, 190, 112)}),
    ("an underline", {"Subtype": Name.Underline, "Rect": edges(*NAME), "QuadPoints": quad(*NAME)}),
    ("a highlight", {"Subtype": Name.Highlight, "Rect": edges(*NAME), "QuadPoints": quad(*NAME)}),
    ("a line below", {"Subtype": Name.Line, "Rect": edges(*NAME), "L": edges(114, 101.5, 186, 101.5)}),
    ("a line that leads to it", {"Subtype": Name.Line, "Rect": edges(*NAME), "L": edges(150, 97, 180, 40)}),
]


def struck(path: Path) -> list[str]:
    return [w.text for page in read(path).pages for line in page.lines for w in line.words if w.struck]


@pytest.mark.parametrize("said", [said for _, said in PENS], ids=[pen for pen, _ in PENS])
def test_what_a_pen_crosses_is_struck(tmp_path: Path, said: dict[str, object]) -> None:
    path = print_pdf(tmp_path / "one.pdf", text(72, 100, "to pay Quillfeather in May", 10, "F4"))
    assert struck(annotated(path, 0, **said)) == ["Quillfeather"]


@pytest.mark.parametrize("said", [said for _, said in NO_PENS], ids=[pen for pen, _ in NO_PENS])
def test_what_a_pen_does_not_cross_stands(tmp_path: Path, said: dict[str, object]) -> None:
    path = print_pdf(tmp_path / "one.pdf", text(72, 100, "to pay Quillfeather in May", 10, "F4"))
    assert struck(annotated(path, 0, **said)) == []


def test_a_line_through_a_whole_line_of_print_strikes_all_of_it(tmp_path: Path) -> None:
    words = "to pay Quillfeather Limited the whole of the sum in May"
    path = print_pdf(tmp_path / "one.pdf", text(72, 100, words, 10, "F4") + stroke(72, 97, 72 + 6 * len(words), 97))
    assert struck(path) == words.split()


def test_a_struck_line_of_a_paper_is_a_question_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(PLAIN.read_bytes())
    before = read_record(read(path))
    passage = before.sections[1].passages[0]
    place = passage.boxes[0]
    x0, top, x1, _ = place.box
    first_line = (x0, top, x1, top + 10)
    annotated(path, place.page - 1, Subtype=Name.StrikeOut, Rect=edges(*first_line), QuadPoints=quad(*first_line))
    record = read_record(read(path))
    assert set(record.struck) == {passage.id}
    found = [finding for finding in checks.find(record) if finding.check == "struck-text"]
    assert [(one.severity, one.passage, one.page) for one in found] == [("blocks", passage.id, place.page)]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_the_answer_to_a_yes_no_question_is_no_deletion(path: Path) -> None:
    assert read_record(read(path)).struck == {}


LINES = (
    "to pay Quillfeather Limited the whole of the sum in May",
    "and to tell nobody of it before the end of the year, if",
    "the accounts can be closed by then and are not audited.",
)
PRINTED = "".join(text(72, 100 + 14 * n, words, 10, "F4") for n, words in enumerate(LINES))
ACROSS = [
    ("one line across", stroke(70, 90, 410, 132), True),
    ("an X", stroke(70, 90, 410, 132) + stroke(70, 132, 410, 90), True),
    ("a steep line", stroke(180, 80, 240, 140), True),
    ("a line beside", stroke(60, 80, 66, 140), False),
    ("a line below", stroke(70, 136, 410, 150), False),
    ("a frame", stroke(60, 80, 420, 80) + stroke(60, 140, 420, 140) + stroke(60, 80, 60, 140), False),
]


@pytest.mark.parametrize(("drawn", "crossed"), [row[1:] for row in ACROSS], ids=[row[0] for row in ACROSS])
def test_a_line_across_a_paragraph_is_on_its_words(tmp_path: Path, drawn: str, crossed: bool) -> None:
    document = read(print_pdf(tmp_path / "one.pdf", PRINTED + drawn))
    words = [word for line in document.pages[0].lines for word in line.words]
    inked = [word.text for word in words for mark in document.pages[0].marks if mark.box.overlap(word.box)]
    assert bool(struck(tmp_path / "one.pdf") or inked) is crossed


def test_a_paragraph_that_is_crossed_out_is_a_question_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "one.pdf"
    path.write_bytes(PLAIN.read_bytes())
    passage = read_record(read(path)).sections[1].passages[0]
    x0, top, x1, bottom = passage.boxes[0].box
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        drawn = f"\nq 1 w {x0} {HIGH - top} m {x1} {HIGH - bottom} l {x0} {HIGH - bottom} m {x1} {HIGH - top} l S Q\n"
        pdf.pages[passage.page - 1].contents_add(drawn.encode())
        pdf.save(path)
    record = read_record(read(path))
    assert set(record.struck) == {passage.id}
    assert {finding.check for finding in checks.find(record)} >= {"struck-text"}
