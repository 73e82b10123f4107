"""What a scanner writes beneath its picture: no secret where it says what the picture shows, else hidden content."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from extract import read_record
from extract.checks import find
from ingest import layer, ocr, pdf
from ingest.document import Box, Document, Page
from ingest.layer import Placed, differing, lies_on
from ingest.reader import read
from ingest.runs import Face, Run
from tests.components import needs
from tests.pages import escaped, line

SAMPLES = Path(__file__).parent / "papers"
DPI = 200


class Told(NamedTuple):
    """A word of a text layer, and its box on the page in points."""

    text: str
    box: Box


def truth(name: str, number: int) -> tuple[Page, list[Told]]:
    """A page of a sample paper, and a layer that says exactly what it shows."""
    with pdf.opened(name, (SAMPLES / f"{name}.pdf").read_bytes()) as paper:
        page = pdf.read_page(paper, number - 1)
    return page, [Told(word.text, word.box) for line in page.lines for word in line.words]


def scanned(
    name: str,
    number: int,
    told: Sequence[Told],
    *,
    turned: float = 0.0,
    black: Box | None = None,
    beneath: bool = False,
) -> bytes:
    """That page as a copier gives it back, turned by so many degrees, over or `beneath` a layer that says `told`."""
    paper = pypdfium2.PdfDocument(SAMPLES / f"{name}.pdf")
    picture = paper[number - 1].render(scale=DPI / 72, grayscale=True).to_pil()
    wide, high = paper[number - 1].get_size()
    paper.close()
    if black:
        ImageDraw.Draw(picture).rectangle([edge * DPI / 72 for edge in black], fill=0)
    picture = picture.rotate(-turned, resample=Image.Resampling.BICUBIC, fillcolor=255)
    made = pikepdf.new()
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=80)
    image = made.make_stream(
        jpeg.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
    shown = f"q {wide} 0 0 {high} 0 0 cm /Page Do Q\n"
    words = "".join(_written(word, wide, high, turned, mode=0 if beneath else 3) for word in told)
    made.add_blank_page(page_size=(wide, high))
    page = made.pages[0]
    page.Resources = Dictionary(XObject=Dictionary(Page=image), Font=Dictionary(F1=made.make_indirect(font)))
    page.Contents = made.make_stream((words + shown if beneath else shown + words).encode("latin-1"))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _written(word: Told, wide: float, high: float, turned: float, mode: int) -> str:
    """A word of the layer, drawn out to the width of its box."""
    x, y = word.box.x0 - wide / 2, word.box.bottom - high / 2
    angle = math.radians(turned)
    c, s = math.cos(angle), math.sin(angle)
    x, y = x * c - y * s + wide / 2, high - (x * s + y * c + high / 2)
    text = word.text.replace("✓", "v").replace("−", "-")
    stretch = 100 * word.box.width / (0.6 * word.box.height * len(text))
    size = word.box.height
    matrix = f"{c:.5f} {-s:.5f} {s:.5f} {c:.5f} {x:.2f} {y:.2f} Tm"
    return f"BT {mode} Tr /F1 {size:.2f} Tf {stretch:.1f} Tz {matrix} ({escaped(text)}) Tj ET\n"


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[bytes], Document]:
    def reading(data: bytes) -> Document:
        (tmp_path / "scan.pdf").write_bytes(data)
        return read(tmp_path / "scan.pdf")

    return reading


def hidden(document: Document) -> list[str]:
    return [word for found in document.hidden for word in found.text.split()]


PAGE = ("settled-award", 2)


@needs("tesseract")
@pytest.mark.parametrize(("turned", "beneath"), [(0.0, False), (0.6, False), (-0.8, True)])
def test_an_honest_layer_is_no_secret(seen: Callable[[bytes], Document], turned: float, *, beneath: bool) -> None:
    page, told = truth(*PAGE)
    document = seen(scanned(*PAGE, told, turned=turned, beneath=beneath))
    assert document.hidden == ()
    assert document.pages[0].ocr
    assert abs(len(document.pages[0].lines) - len(page.lines)) <= 1


@needs("tesseract")
def test_every_word_that_the_picture_does_not_show_there_is_hidden(seen: Callable[[bytes], Document]) -> None:
    """Misread, put in, put in over other words, and put in where there is nothing: each with its place."""
    _, told = truth(*PAGE)
    long = [n for n, word in enumerate(told) if len(word.text) > 6 and word.text.isalpha()]
    first, second, far = long[1], long[4], long[-1]
    changed = [
        word._replace(text={first: "Quillfeather", second: told[far].text, far: told[second].text}.get(n, word.text))
        for n, word in enumerate(told)
    ]
    over = told[long[7]].box
    secrets = [
        Told("Wexcombe", over._replace(x0=over.x0 + 3, x1=over.x1 + 3)),
        Told("settlement", Box(300, 800, 350, 810)),
        Told("of", Box(354, 800, 364, 810)),
        Told("£85,000", Box(368, 800, 405, 810)),
    ]
    document = seen(scanned(*PAGE, [*changed, *secrets]))
    wanted = ["Quillfeather", told[far].text, told[second].text, "Wexcombe", "settlement", "of", "£85,000"]
    assert sorted(hidden(document)) == sorted(wanted)
    assert {found.kind for found in document.hidden} == {"text-layer"}
    (put_in,) = [found for found in document.hidden if "settlement" in found.text]
    assert put_in.text == "settlement of £85,000"
    assert put_in.box == pytest.approx((300, 800, 405, 810), abs=4)
    record = read_record(document)
    assert "Quillfeather" not in record.model_dump_json()
    assert "hidden-content" in {finding.check for finding in find(record)}


@needs("tesseract")
def test_the_layer_of_another_version_is_hidden(seen: Callable[[bytes], Document]) -> None:
    _, stale = truth("plain", 2)
    document = seen(scanned(*PAGE, stale))
    words = [word.text for word in stale if word.text.isalnum()]
    assert len(hidden(document)) > 0.8 * len(words)


@needs("tesseract")
def test_words_beneath_a_blackened_place_are_hidden(seen: Callable[[bytes], Document]) -> None:
    page, told = truth(*PAGE)
    covered = page.lines[6].words[2:6]
    black = covered[0].box.union(covered[-1].box)
    document = seen(scanned(*PAGE, told, black=black))
    assert hidden(document) == [word.text for word in covered]


def test_without_an_engine_nothing_vouches_for_a_layer(
    seen: Callable[[bytes], Document], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr, "find_spec", {}.get)
    _, told = truth(*PAGE)
    document = seen(scanned(*PAGE, told))
    assert hidden(document) == [word.text for word in told]
    assert document.pages[0].scanned
    assert document.pages[0].lines == ()


# Word by word


def page_of(*printed: str) -> Page:
    lines = tuple(line(words, y=100 + 20 * n) for n, words in enumerate(printed))
    return Page(1, 595, 842, lines, (), (), (Box(0, 0, 595, 842),), ocr=True)


def layer_of(page: Page, *, change: Callable[[str], str] = lambda text: text) -> list[Placed]:
    return [
        Placed(Run(change(word.text), word.box, row.baseline, Face("Sans", False, False), 10), word.box)
        for row in page.lines
        for word in row.words
    ]


SAME = [
    ("the “Code”, of", 'the "Code" of'),
    ("1.2 Terms", "1.2. Terms"),
    ("well–run", "well-run"),
    ("Identity", "ldentity"),  # one shape
    ("O2 and 02", "02 and O2"),
    ("in to it", "into it"),
    ("£5.000m", "£5.000m,"),
]


@pytest.mark.parametrize(("shown", "told"), SAME)
def test_what_engines_print_now_so_now_so_is_the_same(shown: str, told: str) -> None:
    page, other = page_of(shown), page_of(told)
    assert differing(layer_of(other), page) == []


OTHER = [
    ("£5.000m", "£5.00m", ["£5.00m"]),
    ("1.5 years", "15 years", ["15"]),
    ("not agreed", "now agreed", ["now"]),
    ("is agreed", "is not agreed", ["not"]),  # a word more
    ("paid", "paid paid", ["paid"]),  # each word vouches for one
]


@pytest.mark.parametrize(("shown", "told", "left"), OTHER)
def test_any_other_word_is_another(shown: str, told: str, left: list[str]) -> None:
    assert [placed.run.text for placed in differing(layer_of(page_of(told)), page_of(shown))] == left


@given(st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=1, max_size=12), st.data())
def test_a_secret_is_found_wherever_it_stands(words: list[str], data: st.DataObject) -> None:
    page = page_of(*[" ".join(words[n : n + 4]) for n in range(0, len(words), 4)])
    honest = layer_of(page)
    assert differing(honest, page) == []
    x, y = data.draw(st.floats(0, 550)), data.draw(st.floats(0, 800))
    secret = Placed(
        Run("Quillfeather", Box(x, y, x + 40, y + 8), y + 8, Face("Sans", False, False), 8), Box(x, y, x + 40, y + 8)
    )
    at = data.draw(st.integers(0, len(honest)))
    assert secret in differing([*honest[:at], secret, *honest[at:]], page)


def test_print_on_a_background_is_no_scan() -> None:
    page = replace(page_of("a printed line of text", "and another one"), ocr=False)
    one = [placed.run for placed in layer_of(page)][:1]
    assert not lies_on(page, one)  # one word of many is hidden: that is for the search for hidden text
    assert lies_on(page, [placed.run for placed in layer_of(page)])
    assert not lies_on(replace(page, pictures=(Box(0, 0, 100, 100),)), [placed.run for placed in layer_of(page)])
    assert not lies_on(page, [])


@pytest.mark.parametrize("turned", [0.0, 1.2, 90.0, 180.0, -90.4])
def test_a_place_is_found_on_the_turned_page(turned: float) -> None:
    across = round(turned / 90) % 2
    wide, high = (842, 595) if across else (595, 842)
    page = page_of("words")
    read_page = replace(page, turned=turned, width=wide, height=high)
    box = layer.straightened(Box(100, 200, 140, 210), page, read_page)
    assert (box.width, box.height) == pytest.approx((10, 40) if across else (40, 10))
    x, y = (box.x0 + box.x1) / 2 - wide / 2, (box.top + box.bottom) / 2 - high / 2
    assert math.hypot(x, y) == pytest.approx(math.hypot(120 - 595 / 2, 205 - 421))
