"""Scans: what a page that is a picture says, how surely, and what becomes of one that cannot be read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from extract import read_record
from extract.checks import find
from extract.record import DecisionRecord, Passage, dump_private
from ingest import ink, lettering, marks, ocr
from ingest.document import Box, Document, Page, Rule
from ingest.limits import Limits
from ingest.reader import read
from ingest.scan import is_picture
from tests.agreement import differences
from tests.components import needs

SAMPLES = Path(__file__).parent / "papers"
DPI = 200
PATIENT = Limits(seconds=1200)  # what is tested here is reading, not the speed of a busy machine


def copied(paper: Path, turned: float, *pages: int) -> bytes:
    """Some pages of a paper (from 1; without any, all) as a copier would give them back: grey, and a little turned."""
    printed = pypdfium2.PdfDocument(paper)
    sheets = [
        printed[n - 1]
        .render(scale=DPI / 72, grayscale=True)
        .to_pil()
        .rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=255)
        for n in pages or range(1, len(printed) + 1)
    ]
    printed.close()
    file = io.BytesIO()
    sheets[0].save(file, "PDF", resolution=DPI, save_all=True, append_images=sheets[1:])
    return file.getvalue()


@pytest.fixture
def copy(tmp_path: Path) -> Callable[..., Document]:
    def made(name: str, turned: float, *pages: int) -> Document:
        path = tmp_path / f"{name}-copied.pdf"
        path.write_bytes(copied(SAMPLES / f"{name}.pdf", turned, *pages))
        return read(path, PATIENT)

    return made


@pytest.fixture
def without_engines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr, "find_spec", {}.get)


# Whole papers


def straight(facts: Any) -> Any:
    """With straight quotes: an engine prints all of them bent."""
    return json.loads(json.dumps(facts, ensure_ascii=False).translate(str.maketrans("‘’", "''")))


@needs("tesseract")
def test_the_sample_scan_is_read_as_its_source_says(scan: Document) -> None:
    expected = json.loads((SAMPLES / "scan.expected.json").read_text(encoding="utf-8"))
    record = read_record(scan)
    assert list(differences(straight(expected), straight(record.model_dump(mode="json")))) == []
    assert record.source.ocr_pages == (1, 2, 3)
    assert record.source.unread_pages == ()
    assert "scanned-pages" in {finding.check for finding in find(record) if finding.severity == "blocks"}


def words_of(document: Document) -> list[str]:
    return [word for page in document.pages for line in page.lines for word in line.text.split()]


def numbers_of(record: DecisionRecord) -> list[str]:
    return [p.number for p in record.passages() if isinstance(p, Passage) and p.number]


@needs("tesseract")
def test_pcd1572_as_a_scan_says_what_the_printed_one_says(shared_papers: Path) -> None:
    printed, scanned = read(shared_papers / "PCD1572.pdf"), read(shared_papers / "PCD1572-scan.pdf", PATIENT)
    want, got = read_record(printed), read_record(scanned)
    assert got.reference == want.reference
    assert got.deferral == want.deferral
    for block in ("approval", "chief_executive"):
        one, other = getattr(want, block), getattr(got, block)
        assert (other.signature, other.signed_on) == ("image", one.signed_on)
    assert got.approval.approved
    assert [amount.value for amount in got.amounts] == [amount.value for amount in want.amounts]
    assert [(a.recommendation, a.kind, a.supplier, a.value) for a in got.awards] == [
        (a.recommendation, a.kind, a.supplier, a.value) for a in want.awards
    ]
    assert [(section.number, section.heading) for section in got.sections] == [
        (section.number, section.heading) for section in want.sections
    ]
    assert numbers_of(got) == numbers_of(want)
    assert [row.ticked for row in got.declarations] == [row.ticked for row in want.declarations] == [True] * 7
    assert wrong_share(words_of(printed), words_of(scanned)) <= 0.02


def wrong_share(want: list[str], got: list[str]) -> float:
    steps = SequenceMatcher(None, want, got, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal") / len(want)


@needs("tesseract")
def test_a_part_2_form_in_a_scan_is_withheld_too(copy: Callable[..., Document]) -> None:
    expected = json.loads((SAMPLES / "part2-in-same-file.expected.json").read_text(encoding="utf-8"))["withheld"]
    record = read_record(copy("part2-in-same-file", 0.4))
    assert record.part2.withheld.pages == tuple(expected["pages"])
    shown = re.sub(r"\s", "", json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + repr(record))
    kept = re.sub(r"\s", "", json.dumps(dump_private(record), ensure_ascii=False))
    rare = {word for text in expected["texts"] for word in re.findall(r"£\S+\w|\b[A-Z]\w{6,}", text)}
    public = " ".join(p.text for p in record.passages() if isinstance(p, Passage))
    known = re.sub(r"\s", "", public)
    secret = [word for word in rare if word in kept and word not in known]
    assert secret
    assert [word for word in secret if word in shown] == []


@needs("tesseract")
def test_one_copied_page_among_printed_ones_is_read_alike(tmp_path: Path) -> None:
    """A signed page that was copied and put back into the paper as it was written."""
    expected = json.loads((SAMPLES / "settled-award.expected.json").read_text(encoding="utf-8"))
    path = tmp_path / "mixed.pdf"
    paper, page = pypdfium2.PdfDocument(SAMPLES / "settled-award.pdf"), 1
    copy_of_it = pypdfium2.PdfDocument(copied(SAMPLES / "settled-award.pdf", -0.4, page))
    paper.del_page(page - 1)
    paper.import_pages(copy_of_it, index=page - 1)
    paper.save(path)
    record = read_record(read(path, PATIENT))
    assert record.source.ocr_pages == (page,)
    assert set(record.source.turned) == {page}
    assert list(differences(straight(expected), straight(record.model_dump(mode="json")))) == []


# Pages that do not lie as they should


def laid(paper: Path, number: int, quarter: int, folder: Path) -> Path:
    """A page of a paper as it comes out of a copier into which it was laid on its side or on its head, and askew."""
    printed = pypdfium2.PdfDocument(paper)
    sheet = printed[number - 1].render(scale=DPI / 72, grayscale=True).to_pil()
    printed.close()
    sheet = sheet.rotate(0.6, resample=Image.Resampling.BICUBIC, fillcolor=255).rotate(-quarter, expand=True)
    path = folder / "laid.pdf"
    sheet.save(path, "PDF", resolution=DPI)
    return path


@needs("tesseract")
@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_on_its_side_or_on_its_head_is_turned_and_read(quarter: int, tmp_path: Path) -> None:
    printed = read(SAMPLES / "plain.pdf").pages[1]
    (page,) = read(laid(SAMPLES / "plain.pdf", 2, quarter, tmp_path)).pages
    assert page.ocr
    assert page.turned == pytest.approx(360 - quarter + 0.6, abs=0.2)
    assert page.width < page.height
    want, got = ([word for row in each.lines for word in row.text.split()] for each in (printed, page))
    assert wrong_share(want, got) < 0.04
    title, same = printed.lines[0].box, page.lines[0].box
    assert same == pytest.approx(title, abs=6)


@needs("tesseract")
def test_a_page_that_nobody_can_turn_is_unread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "orientation", lambda *_: None)
    document = read(laid(SAMPLES / "plain.pdf", 2, 180, tmp_path))
    assert document.pages[0].scanned
    assert not document.pages[0].lines
    assert read_record(document).source.unread_pages == (1,)


# Marks that no engine reads


@needs("tesseract")
def test_what_is_not_ticked_or_struck_stays_so(copy: Callable[..., Document]) -> None:
    expected = json.loads((SAMPLES / "deferral-left-open.expected.json").read_text(encoding="utf-8"))
    record = read_record(copy("deferral-left-open", -0.5))
    assert record.deferral.answer == "undetermined"
    assert [row.ticked for row in record.declarations] == [row["ticked"] for row in expected["declarations"]]
    assert False in [row.ticked for row in record.declarations]


def drawn(width: int, height: int, draw: Callable[[ImageDraw.ImageDraw], None]) -> Any:
    picture = Image.new("L", (width, height), 240)
    draw(ImageDraw.Draw(picture))
    return numpy.array(picture)


SHAPES = {
    "tick": ([(0, 14), (6, 22), (20, 0)], True),
    "long tick": ([(0, 10), (6, 20), (34, 0)], True),
    "vee": ([(0, 0), (10, 22), (20, 0)], False),
    "seven": ([(0, 0), (20, 0), (8, 22)], False),
    "dash": ([(0, 10), (24, 11)], False),
    "slash": ([(0, 22), (14, 0)], False),
    "ell": ([(0, 0), (0, 22), (16, 22)], False),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_tick_is_known_by_its_shape(shape: str) -> None:
    points, is_tick = SHAPES[shape]
    grey = drawn(60, 50, lambda pen: pen.line([(x + 12, y + 12) for x, y in points], fill=20, width=3, joint="curve"))
    (blob,) = ink.blobs(ink.dark(grey), Box(0, 0, 60, 50), 10)
    assert ink.is_tick(blob) == is_tick


def cell(mark: Callable[[ImageDraw.ImageDraw], None], *read_there: ocr.Reading) -> list[str]:
    """What is found in the right cell of a table of two, at one pixel a point."""
    edges = [(0, 0, 200, 0), (0, 40, 200, 40), (0, 0, 0, 40), (100, 0, 100, 40), (200, 0, 200, 40)]
    rules = [Rule(Box(*edge)) for edge in edges]
    found = marks.ticked(read_there, ink.dark(drawn(200, 40, mark)), rules, 1.0)
    return [reading.text for reading in found]


def test_ink_in_a_cell_is_a_tick_or_is_unread() -> None:
    def tick(pen: ImageDraw.ImageDraw) -> None:
        pen.line([(140, 20), (145, 26), (157, 8)], fill=20, width=2)

    def smudge(pen: ImageDraw.ImageDraw) -> None:
        pen.rectangle((140, 15, 158, 21), fill=20)

    def blank(_: ImageDraw.ImageDraw) -> None:
        pass

    poor = ocr.Reading("v", Box(140, 8, 157, 26), 0.4, (1,))
    sure = ocr.Reading("No", Box(140, 8, 157, 26), 0.96, (1,))
    assert cell(tick) == ["✓"]
    assert cell(tick, poor) == ["✓"]
    assert cell(tick, sure) == ["No"]  # what is read surely is not made a tick
    assert cell(smudge) == [marks.UNREAD]
    assert cell(blank) == []


def reading(text: str, x0: float, top: float, confidence: float = 0.95) -> ocr.Reading:
    return ocr.Reading(text, Box(x0, top, x0 + 8 * len(text), top + 10), confidence, (int(top),))


@pytest.mark.parametrize(
    ("written", "pictures", "left"),
    [
        (True, 1, ["Signature", "Date"]),  # noise that an engine read in the handwriting goes with it
        (False, 0, ["Signature", "ME", "Date"]),  # nobody has signed: what was read stays
    ],
)
def test_a_signature_is_a_picture_and_no_word(*, written: bool, pictures: int, left: list[str]) -> None:
    def sign(pen: ImageDraw.ImageDraw) -> None:
        if written:
            pen.line([(20, 60), (40, 30), (50, 62), (80, 28), (90, 60), (140, 40)], fill=30, width=2)

    readings = [reading("Signature", 10, 10), reading("ME", 30, 45, 0.3), reading("Date", 10, 90)]
    found, boxes = marks.signed(readings, ink.dark(drawn(300, 120, sign)), 1.0)
    assert len(boxes) == pictures
    assert [word.text for word in found] == left


def test_a_line_through_a_word_is_found_and_taken_out() -> None:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        for x in range(20, 80, 12):  # upright strokes of letters
            pen.rectangle((x, 10, x + 2, 30), fill=20)
        pen.rectangle((18, 20, 82, 21), fill=20)

    grey = drawn(200, 40, draw)
    level, upright = ink.ruled(grey, DPI / 72)
    assert [(round(box.x0), round(box.x1)) for box in level] == [(18, 83)]
    assert upright == []
    clean = ink.dark(ink.without(grey, level, upright))
    assert not clean[:, 84:].any()
    assert clean[20, 21]  # the stroke of the letter that goes through it stays
    assert not clean[20, 26]


@pytest.mark.parametrize("falls", [-0.03, -0.004, 0.0, 0.006, 0.025])
def test_how_far_a_page_is_turned_is_measured(falls: float) -> None:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        for top in range(60, 540, 40):
            for x in range(60, 740, 14):
                pen.rectangle((x, top + x * falls, x + 8, top + x * falls + 12), fill=20)

    assert ink.slope(drawn(800, 600, draw)) == pytest.approx(falls, abs=0.0015)


@pytest.mark.parametrize(
    ("text", "width", "height", "spelled"),
    [
        ("—", 12, 2, "–"),
        ("-", 6, 2, "-"),
        ("-—", 12, 2, "–"),
        ("–", 20, 2, "—"),
        ("|", 2, 15, "I"),
        ("|", 2, 30, "|"),  # a bar is taller than a capital
        ("well-run", 60, 15, "well-run"),
    ],
)
def test_a_dash_is_as_long_as_it_is_printed(text: str, width: int, height: int, spelled: str) -> None:
    one = ocr.Reading(text, Box(10, 10, 10 + width, 10 + height), 0.9, (1,))
    assert [word.text for word in lettering.spelled([one], 20.0)] == [spelled]


# What cannot be read, and what is not read surely


def test_without_an_engine_a_scan_is_held(without_engines: None) -> None:
    document = read(SAMPLES / "scan.pdf")
    assert all(page.scanned and not page.ocr and not page.lines for page in document.pages)
    record = read_record(document)
    assert record.form is None
    assert record.source.unread_pages == (1, 2, 3)
    assert {finding.check for finding in find(record)} >= {"form-unknown", "scanned-pages"}


@needs("tesseract")
def test_an_engine_that_takes_too_long_leaves_the_page_unread() -> None:
    white = numpy.full((2000, 1500), 255, numpy.uint8)
    assert ocr.recognise(ocr.Greymap(1500, 2000, white.tobytes()), DPI, seconds=0.001) is None


def test_only_a_page_without_text_under_a_picture_is_read_by_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Page(1, 600, 800, (), (), (), (Box(0, 0, 600, 800),), scanned=True)
    assert is_picture(whole)
    assert not is_picture(replace(whole, scanned=False))  # it has text, which is read instead
    assert not is_picture(replace(whole, pictures=(Box(0, 0, 100, 100),)))  # a logo on a blank page
    monkeypatch.setattr(ocr, "recognise", lambda *_: pytest.fail("an engine was asked"))
    assert not any(page.ocr for page in read(SAMPLES / "plain.pdf").pages)


def with_doubt(document: Document, wanted: str) -> Iterator[Page]:
    for page in document.pages:
        lines = tuple(
            line.part([w._replace(confidence=0.3 if w.text == wanted else 0.95) for w in line.words])
            for line in page.lines
        )
        yield replace(page, lines=lines, ocr=True)


def test_a_word_that_was_read_unsurely_is_a_finding_with_its_place() -> None:
    document = read(SAMPLES / "plain.pdf")
    passage = next(p for p in read_record(document).recommendations if isinstance(p, Passage))
    word = next(w for w in passage.text.split() if w.startswith("£"))
    record = read_record(replace(document, pages=tuple(with_doubt(document, word))))
    found = [finding for finding in find(record) if finding.check == "ocr-confidence"]
    assert passage.id in [finding.passage for finding in found]
    assert all(finding.severity == "needs-person" and finding.page for finding in found)
    assert word in next(finding.message for finding in found if finding.passage == passage.id)
    assert [f for f in find(read_record(document)) if f.check == "ocr-confidence"] == []  # printed text is sure


def test_no_unsure_word_of_part_2_is_listed() -> None:
    document = read(SAMPLES / "part2-in-same-file.pdf")
    pages = tuple(
        replace(
            page,
            ocr=True,
            lines=tuple(line.part([w._replace(confidence=0.1) for w in line.words]) for line in page.lines),
        )
        for page in document.pages
    )
    record = read_record(replace(document, pages=pages))
    exempt = set(record.part2.withheld.pages)
    assert exempt
    assert record.unsure
    assert not [word for words in record.unsure.values() for word in words if word.page in exempt]


def test_one_unread_page_among_read_ones_holds_the_paper(without_engines: None) -> None:
    document = read(SAMPLES / "plain.pdf")
    picture = Page(len(document.pages) + 1, 595, 842, (), (), (), (Box(0, 0, 595, 842),), scanned=True)
    blank = replace(picture, pictures=())
    with_picture = read_record(replace(document, pages=(*document.pages, picture)))
    assert [f.severity for f in find(with_picture) if f.check == "unread-pages"] == ["blocks"]
    with_blank = read_record(replace(document, pages=(*document.pages, blank)))
    assert [f for f in find(with_blank) if f.check == "unread-pages"] == []
