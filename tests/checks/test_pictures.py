"""A picture in Part 1 is asked about; a signature, a logo above the reference, a speck and a scan are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Pdf

from extract import read_record
from extract.editions import editions
from extract.facts import Place
from extract.form import Flow, Form, Part
from extract.marks import Marks
from extract.paragraphs import measure
from extract.pictures import unread_pictures
from ingest.document import Box, Document, Picture
from ingest.reader import read
from tests.checks.records import fired, paper
from tests.components import needs
from tests.pages import below, document

PAPERS = Path(__file__).resolve().parents[1] / "papers"
HIGH = 842.0
FORM = "mopac-dmpc-decision"
Corners = tuple[float, float, float, float]
PART1 = (300.0, 150.0, 400.0, 180.0)


def hung(pdf: Pdf, page: int, *boxes: Corners) -> None:
    """Pictures on a page, over whatever is printed there."""
    grey = pdf.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    grey.ColorSpace = Name.DeviceGray
    sheet = pdf.pages[page - 1]
    name = sheet.add_resource(grey, Name.XObject)
    for x0, top, x1, bottom in boxes:
        sheet.contents_add(f"\nq {x1 - x0} 0 0 {bottom - top} {x0} {HIGH - bottom} cm {name} Do Q\n".encode())


def asked(tmp_path: Path, paper: str, page: int, *boxes: Corners) -> list[Place]:
    """The pictures of a sample paper that are asked about once these hang on it."""
    path = tmp_path / "one.pdf"
    with pikepdf.open(PAPERS / f"{paper}.pdf") as pdf:
        hung(pdf, page, *boxes)
        pdf.save(path)
    return list(read_record(read(path)).pictures)


ROWS: list[tuple[str, str, int, tuple[Corners, ...], int]] = [
    # What it is, the paper, the page, where it hangs, and how many are asked about.
    ("among the sections", "plain", 2, (PART1,), 1),
    ("at the head of a page", "plain", 2, ((72, 20, 272, 40),), 1),
    ("at its foot", "plain", 2, ((72, 800, 272, 820),), 1),
    ("in the summary", "plain", 1, ((300, 200, 400, 230),), 1),
    ("among the recommendations", "plain", 1, ((300, 300, 400, 320),), 1),
    ("at the foot of a page that ends in a signed block", "plain", 1, ((72, 800, 272, 820),), 1),
    ("at the foot of a page whose last block is private", "plain", 3, ((72, 800, 272, 820),), 1),
    ("at the head of a page on which a signed block goes on", "long", 2, ((72, 15, 272, 35),), 1),
    ("two", "plain", 2, (PART1, (300, 300, 400, 320)), 2),
    (
        "one cut into strips too low for words",
        "plain",
        2,
        tuple((72, 20 + 3 * n, 272, 23 + 3 * n) for n in range(6)),
        1,
    ),
    # What nobody need ask about.
    ("a logo above the reference", "plain", 1, ((72, 15, 172, 55),), 0),
    ("a dot", "plain", 2, ((300, 150, 310, 160),), 0),
    ("a rule", "plain", 2, ((72, 150, 500, 152),), 0),
    ("one that reaches on to the page by a little", "plain", 2, ((590, 150, 690, 180),), 0),
    ("a second one in a signed block", "plain", 1, ((300, 495, 400, 525),), 0),
    ("below the print of a signed block", "plain", 1, ((300, 600, 400, 630),), 0),
    ("in a private place", "plain", 3, ((300, 500, 400, 530),), 0),
    ("in a Part 2", "part2-in-same-file", 5, (PART1,), 0),
]


@pytest.mark.parametrize(("name", "page", "boxes", "count"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_pictures_that_are_asked_about(
    tmp_path: Path, name: str, page: int, boxes: tuple[Corners, ...], count: int
) -> None:
    found = asked(tmp_path, name, page, *boxes)
    assert len(found) == count
    assert {place.page for place in found} <= {page}


@pytest.mark.parametrize("name", ["plain", "boxes", "mayoral-decision", "commissioner-notice-part2", "letter"])
def test_signatures_are_no_pictures_of_the_text(name: str) -> None:
    assert read_record(read(PAPERS / f"{name}.pdf")).pictures == ()


@needs("tesseract")
def test_a_scan_is_no_picture_of_the_text(scan: Document) -> None:
    assert read_record(scan).pictures == ()


def test_a_signature_at_the_head_of_a_page_is_known_by_its_label_overleaf() -> None:
    """What stands in its block below all print may be one; of a page that is a picture another check speaks."""
    hand, lower = Picture(Box(72, 20, 200, 50), 2), Picture(Box(72, 300, 200, 330), 2)
    label, date = below("Signature", top=760), below("Date 14/03/2024", page=2, top=60)
    text = below("The office is let for a year.", page=2, top=160)
    places = {place.name: place for edition in editions() if edition.id == FORM for place in edition.places}
    sheets = document(label, [*date, *text])
    setting = measure([*label, *date, *text])

    def pictures(*block: Flow, sheets: Document = sheets) -> tuple[Place, ...]:
        parts = (Part(places["approval"], block), Part(places["part1"], tuple(text), 0))
        edition = next(edition for edition in editions() if edition.id == FORM)
        return unread_pictures(sheets, Form(edition, parts, (), (), (), setting), Marks())

    assert pictures(*label, hand, *date, lower) == ()
    assert pictures(hand, *date) == (Place(page=2, box=hand.box),)
    unread = replace(sheets, pages=(sheets.pages[0], replace(sheets.pages[1], scanned=True)))
    assert pictures(hand, *date, sheets=unread) == ()


def test_what_is_asked() -> None:
    """One that stands in the same place on several pages is asked about once."""
    logo, chart = (72.0, 20.0, 272.0, 40.0), (72.0, 300.0, 400.0, 500.0)
    places = (Place(page=2, box=logo), Place(page=3, box=logo), Place(page=4, box=logo), Place(page=4, box=chart))
    first, second = fired(paper(pictures=places), "picture-unread")
    assert (first.severity, first.page, first.box) == ("needs-person", 2, logo)
    assert first.message.startswith("A picture on pages 2 and 3 is not read: what it shows will not be on the public")
    assert second.message.startswith("2 pictures on page 4 are not read: what they show will not be on the public page")
    assert fired(paper(), "picture-unread") == []
