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
