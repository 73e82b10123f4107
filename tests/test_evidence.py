"""Every fact has its place on paper: boxes that lie on the page and hold exactly the words it was read from.

And they are shown to officers in pictures, which hold whole pages and so must lie where nobody else can look.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from extract import read_record
from extract.facts import Place
from extract.record import DecisionRecord, Footnote, Passage
from ingest import drawn, notes, pdf, tables
from ingest.apart import Refused
from ingest.document import Document
from ingest.drawn import draw_apart
from ingest.limits import Limits
from ingest.pixels import Drawing
from review import pictures
from review.comparison import value_at
from tests.command_line import partone
from tests.components import needs
from tests.pages import Sheet, lines, print_pdf

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.pdf"))
SLACK = 0.02  # points: boxes of a record are rounded


def printed(path: Path) -> Document:
    """A paper as it is read, without the search for hidden text."""
    data = path.read_bytes()
    with pdf.opened(path.name, data) as paper:
        pages = tuple(pdf.read_page(paper, index) for index in range(pdf.page_count(paper)))
    pages, footnotes = notes.find_notes(pages)
    ruled, _ = tables.find_tables(notes.without(pages, footnotes), data)
    return Document(path.name, "0" * 64, pages, ruled, notes=footnotes)


def letters(text: str) -> str:
    """A text without spaces: where a line ends there is none in the print."""
    return "".join(text.split())


def inside(document: Document, places: Iterable[Place]) -> str:
    """The letters of the words whose middle lies in these places, but for the marks of footnotes."""
    found = []
    for place in places:
        x0, top, x1, bottom = place.box
        for line in document.pages[place.page - 1].lines:
            for word in line.words:
                x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
                if word.note is None and x0 - SLACK <= x <= x1 + SLACK and top - SLACK <= y <= bottom + SLACK:
                    found.append(word.text)
    return "".join(found)


def outside_the_page(document: Document, record: DecisionRecord) -> list[str]:
    named = [(passage.id, place) for passage in record.passages() for place in passage.boxes]
    named += [(name, place) for name, seen in record.evidence.items() for place in (seen, *seen.boxes)]
    return [name for name, place in named if not _lies_on(document, place)]


def _lies_on(document: Document, place: Place) -> bool:
    page = document.pages[place.page - 1]
    x0, top, x1, bottom = place.box
    return -1 <= x0 <= x1 <= page.width + 1 and -1 <= top <= bottom <= page.height + 1


def wrong_words(document: Document, record: DecisionRecord) -> list[tuple[str, str, str]]:
    """Every field and passage whose boxes hold other words than it says: its name, what it says, what they hold."""
    wrong = [
        (name, seen.text, inside(document, seen.places))
        for name, seen in record.evidence.items()
        if seen.text and inside(document, seen.places) != letters(seen.text)
    ]
    for passage in record.passages():
        if isinstance(passage, Passage):
            held = inside(document, passage.boxes)
            label = "" if isinstance(passage, Footnote) else letters(passage.label or "")  # its mark is left out above
            if held != label + letters(passage.text):
                wrong.append((passage.id, passage.text, held))
        else:
            said = "".join(map(letters, (cell for row in (passage.header, *passage.rows) for cell in row)))
            if sorted(said) != sorted(inside(document, passage.boxes)):
                wrong.append((passage.id, said, inside(document, passage.boxes)))
    return wrong


DERIVED = re.compile(r"part2\.withheld|.*\.(?:currency|recommendation|passage|approximate|.*_as_printed|reading)")
READ = ("reference", "title", "approval", "part2", "deferral", "declarations", "chief_executive", "awards", "amounts")
SHARED = {"approval.interests_text": "approval.interests"}


def read_fields(record: DecisionRecord) -> Iterator[str]:
    """The path of each field that was read from the paper and has a value."""
    dumped = record.model_dump(mode="json")
    for name in READ:
        yield from _paths(name, dumped[name])


def _paths(path: str, value: Any) -> Iterator[str]:
    if path.startswith(("part2.exemptions[", "amounts[")):
        yield path  # one print, one place
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(f"{path}.{key}", inner)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _paths(f"{path}[{n}]", inner)
    elif value not in (None, "undetermined", "not-stated", "absent", False) and not DERIVED.match(path):
        yield path


def unproven(record: DecisionRecord) -> list[str]:
    return [path for path in read_fields(record) if SHARED.get(path, path) not in record.evidence]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_field_and_passage_has_boxes_that_hold_its_words(path: Path) -> None:
    document = printed(path)
    record = read_record(document)
    assert unproven(record) == []
    assert wrong_words(document, record) == []
    assert outside_the_page(document, record) == []


@needs("tesseract")
def test_so_has_every_field_of_a_scan(scan: Document) -> None:
    record = read_record(scan)
    assert record.evidence
    assert wrong_words(scan, record) == []
    assert outside_the_page(scan, record) == []


def test_so_has_pcd1572(shared_papers: Path) -> None:
    document = printed(shared_papers / "PCD1572.pdf")
    record = read_record(document)
    assert unproven(record) == []
    assert wrong_words(document, record) == []
    assert outside_the_page(document, record) == []


# Pictures of pages


def ink_outside(document: Document, page: int, drawing: Drawing) -> int:
    """Dark pixels of a page that lie outside the boxes of its words, each of which has some."""
    shown = numpy.frombuffer(drawing.pixels, numpy.uint8).reshape(drawing.height, drawing.width, 3).min(axis=2) < 128
    left = shown.copy()
    for line in document.pages[page - 1].lines:
        for word in line.words:
            x0, top, x1, bottom = (round(edge * drawing.scale) for edge in word.box)
            place = slice(max(0, top - 2), bottom + 3), slice(max(0, x0 - 2), x1 + 3)
            assert shown[place].any(), word.text
            left[place] = False
    return int(left.sum())


WORDS = lines(200, 300, "The words of a page stand in their boxes", "however the page is turned or cut")
SHEETS = {
    "upright": Sheet(WORDS),
    "turned by a quarter": Sheet(WORDS, rotate=90),
    "upside down": Sheet(WORDS, rotate=180),
    "turned back": Sheet(WORDS, rotate=270),
    "cropped": Sheet(WORDS, crop=(150, 300, 500, 700)),
    "not from nought": Sheet(WORDS, media=(90, 60, 685, 902), crop=(100, 70, 600, 800)),
    "cropped and turned": Sheet(WORDS, crop=(150, 300, 500, 700), rotate=90),
    "as small as a stamp": Sheet(WORDS, crop=(190, 500, 420, 560)),
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_boxes_sit_on_the_words_of_the_drawn_page(sheet: Sheet, tmp_path: Path) -> None:
    path = print_pdf(tmp_path / "one.pdf", sheet)
    drawing = draw_apart(path, 1)
    assert isinstance(drawing, Drawing)
    assert ink_outside(printed(path), 1, drawing) == 0


@needs("tesseract")
def test_boxes_sit_on_the_words_of_a_scan_that_lay_askew(scan: Document) -> None:
    path = Path(__file__).parent / "papers" / "scan.pdf"
    turned = scan.pages[1].turned
    assert turned
    drawing = draw_apart(path, 2, turned)
    askew = draw_apart(path, 2)
    assert isinstance(drawing, Drawing)
    assert isinstance(askew, Drawing)
    straight = ink_of_words(scan, 2, drawing)
    assert straight > ink_of_words(scan, 2, askew)
    assert straight > 0.96


def ink_of_words(document: Document, page: int, drawing: Drawing) -> float:
    """The share of a scan's dark pixels, between its first and last line, that lie in the boxes of its words."""
    shown = numpy.frombuffer(drawing.pixels, numpy.uint8).reshape(drawing.height, drawing.width, 3).min(axis=2) < 128
    boxes = [word.box for line in document.pages[page - 1].lines for word in line.words]
    top, bottom = (round(edge(box[n] for box in boxes) * drawing.scale) for edge, n in ((min, 1), (max, 3)))
    held = numpy.zeros_like(shown)
    for box in boxes:
        x0, y0, x1, y1 = (round(edge * drawing.scale) for edge in box)
        held[y0 - 1 : y1 + 2, x0 - 1 : x1 + 2] = True
    return float((shown & held)[top:bottom].sum() / shown[top:bottom].sum())


def test_a_page_that_cannot_be_drawn_is_a_refusal(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\xff" * 400)
    plain = Path(__file__).parent / "papers" / "plain.pdf"
    for path, page, limits in (
        (broken, 1, Limits()),
        (tmp_path / "none.pdf", 1, Limits()),
        (plain, 99, Limits()),
        (plain, 0, Limits()),
        (plain, 1, Limits(objects=1)),
    ):
        assert isinstance(draw_apart(path, page, limits=limits), Refused)


@pytest.mark.parametrize(
    "told",
    [
        {"width": 2, "height": 2, "scale": 1.0, "pixels": "AAAA"},  # a pixel for four
        {"width": 10**6, "height": 10**6, "scale": 1.0, "pixels": ""},
        {"width": -1, "height": -1, "scale": 1.0, "pixels": base64.b64encode(b"abc").decode()},
        {"width": 1, "height": 1, "scale": float("nan"), "pixels": base64.b64encode(b"abc").decode()},
        {"width": 1, "height": 1, "scale": 1.0, "pixels": "<svg/>"},
    ],
)
def test_what_is_no_picture_of_a_page_is_not_looked_at(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # each in its own words, none of which a person sees
        drawn._understood(json.dumps(told).encode())


@given(st.lists(st.integers(-50, 1600), max_size=90).map(sorted))
def test_labels_stand_in_order_on_the_page_and_none_on_another(wanted: list[int]) -> None:
    found = pictures.heights(wanted, 1500)
    assert found == sorted(found)
    assert all(b - a >= pictures.CLOSEST for a, b in pairwise(found))
    assert all(0 < at < 1500 for at in found)


def test_a_value_is_found_by_its_path() -> None:
    facts = {"awards": [{"supplier": "Wren Ltd"}], "title": "A title"}
    assert value_at(facts, "awards[0].supplier") == "Wren Ltd"
    assert value_at(facts, "title") == "A title"


# The folder of pictures


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("evidence") / "home"
    papers = Path(__file__).parent / "papers"
    partone("ingest", papers / "part2-in-same-file.pdf", papers / "plain.pdf", home=home)
    return home


def test_every_page_is_drawn_into_a_private_folder(home: Path) -> None:
    ran = partone("show", "PCD 9003", "--evidence", "--json", home=home)
    assert ran.code == 0, ran.err
    told = ran.json["evidence"]
    folder = home / "evidence" / "pcd-9003"
    assert told["folder"] == str(folder)
    assert [row["page"] for row in told["pictures"]] == [1, 2, 3, 4, 5]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (home / "evidence").stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
    for row in told["pictures"]:
        with Image.open(row["file"]) as picture:
            assert picture.format == "PNG"
            assert picture.height <= 1600
            assert picture.width <= 3000


def test_the_page_to_compare_names_everything_and_repeats_nothing_of_part_2(home: Path) -> None:
    partone("show", "PCD 9003", "--evidence", home=home)
    page = (home / "evidence" / "pcd-9003" / "index.html").read_text(encoding="utf-8")
    record = partone("show", "PCD 9003", "--json", home=home).json
    for name in (*record["evidence"], *(passage["id"] for passage in record["recommendations"])):
        assert f">{name}</th>" in page, name
    secret = json.loads((Path(__file__).parent / "papers" / "part2-in-same-file.expected.json").read_text())
    assert secret["withheld"]["texts"]
    for text in secret["withheld"]["texts"]:
        assert text[:40] not in page
    assert "part2/p1" in page
    assert record["title"] not in re.findall("<title>.*</title>", page)[0]
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#|page-\d+\.png")[^"]*"', page) == []
    assert re.findall(r"<img (?![^>]*alt=)", page) == []


def test_drawn_again_what_lay_there_is_replaced(home: Path) -> None:
    partone("show", "PCD 9001", "--evidence", home=home)
    folder = home / "evidence" / "pcd-9001"
    (folder / "page-77.png").write_bytes(b"old")
    assert partone("show", "PCD 9001", "--evidence", home=home).code == 0
    assert not (folder / "page-77.png").exists()
    assert [path.name for path in (home / "evidence").iterdir() if path.name.startswith(".")] == []


def test_whole_pages_never_lie_where_others_look(home: Path, tmp_path: Path) -> None:
    (home / "releases" / "one").mkdir(parents=True, exist_ok=True)
    if not (home / "public").is_symlink():
        (home / "public").symlink_to(home / "releases" / "one")
    around = tmp_path / "around"
    around.symlink_to(home / "releases" / "one")
    full = tmp_path / "full"
    full.mkdir()
    (full / "minutes.txt").write_text("mine")
    refused = (
        home, home / "public", home / "public" / "evidence", home / "shelf" / "x", home / "releases" / "one",
        home / "papers", around, around / "x", full, full / "minutes.txt", home / "evidence",
    )  # fmt: skip
    for folder in refused:
        ran = partone("show", "PCD 9001", "--evidence", "--to", folder, home=home)
        assert ran.code == 2, folder
        assert ran.err
    assert (full / "minutes.txt").read_text() == "mine"
    assert list((home / "releases" / "one").iterdir()) == []
    elsewhere = tmp_path / "elsewhere" / "9001"
    assert partone("show", "PCD 9001", "--evidence", "--to", elsewhere, home=home).code == 0
    assert elsewhere.stat().st_mode & 0o777 == 0o700


def test_a_pdf_that_is_not_the_one_that_was_read_is_not_drawn(home: Path) -> None:
    (paper,) = [row for row in partone("list", "--json", home=home).json["papers"] if row["reference"] == "PCD 9001"]
    file = home / "papers" / f"{paper['sha256']}.pdf"
    kept = file.read_bytes()
    try:
        file.write_bytes(kept + b"%")
        assert partone("show", "PCD 9001", "--evidence", home=home).code == 2
    finally:
        file.write_bytes(kept)
