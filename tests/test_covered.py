"""Pixels of a picture that the page does not show are found, and those that it shows in some way are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Name, Pdf

from ingest.reader import read
from tests.components import needs
from tests.hiding import a_picture, changed, hidden
from tests.pages import HIGH, block, text

# Pictures: a white one of 40 by 10 with a black sign in the middle, drawn at 200 by 50 points.
SIGN = b"".join(bytes(0 if 12 <= x < 28 and 2 <= y < 8 and (x + y) % 2 else 255 for x in range(40)) for y in range(10))
DRAWN = "q 200 0 0 50 72 600 cm /Picture Do Q\n"
COVER = block(70, HIGH - 652, 275, HIGH - 598)


def pictured(drawn: str, pixels: bytes = SIGN, **said: object) -> bytes:
    def change(pdf: Pdf) -> None:
        a_picture(pixels, used=False, Width=40, Height=10, **said)(pdf)
        pdf.pages[0].contents_add(drawn.encode())

    return changed(change)


COVERED = [
    ("under a black box", DRAWN + COVER, True),
    ("under a white box", DRAWN + COVER.replace("0 g", "1 g"), True),
    ("under another picture", DRAWN + "q 220 0 0 60 65 595 cm /Im1 Do Q", True),
    ("outside a clip", f"q 72 600 40 50 re W n {DRAWN} Q", True),
    ("beyond the page's edge", DRAWN.replace("72 600", "-150 600"), True),
    ("in no ink", f"q /Clear gs {DRAWN} Q", True),
    ("seen", DRAWN, False),
    ("seen on its side", "q 0 200 -50 0 272 400 cm /Picture Do Q", False),
    ("drawn twice", DRAWN + DRAWN, False),
    ("under glass", DRAWN + f"q /Half gs {COVER} Q", False),
    ("under a line of print", DRAWN + text(90, HIGH - 620, "The police authority agrees"), False),
    ("with a box on its white edge", DRAWN + block(72, HIGH - 650, 100, HIGH - 600), False),
]


@pytest.mark.parametrize(("drawn", "told"), [row[1:] for row in COVERED], ids=[row[0] for row in COVERED])
def test_pixels_that_nobody_sees_are_found(drawn: str, told: bool) -> None:
    found = [one for one in hidden(pictured(drawn)) if one.kind == "covered-picture"]
    assert [(one.kind, one.page) for one in found] == ([("covered-picture", 1)] if told else [])


def test_a_white_picture_behind_a_mask_of_words_is_found() -> None:
    def change(pdf: Pdf) -> None:
        a_picture(b"\xff" * 400, used=False, Width=40, Height=10)(pdf)
        mask = pdf.make_stream(SIGN, Subtype=Name.Image, Width=40, Height=10, BitsPerComponent=8)
        mask.ColorSpace = Name.DeviceGray
        pdf.pages[0].obj.Resources.XObject.Picture.SMask = mask
        pdf.pages[0].contents_add(DRAWN.encode())

    assert [one.kind for one in hidden(changed(change))] == ["covered-picture"]


def test_a_picture_of_one_colour_hides_nothing() -> None:
    assert hidden(pictured(DRAWN + COVER, b"\x80" * 400)) == ()


FINE = b"".join(bytes(0 if 60 <= x < 540 and 20 <= y < 40 and x % 3 else 255 for x in range(600)) for y in range(60))
SIZES = [
    ("2 0 0 .2", True),  # a speck
    ("30 0 0 3", True),  # a line
    ("15 0 0 15", True),  # finer than any printer
    ("60 0 0 6", False),
    ("300 0 0 30", False),
]


@pytest.mark.parametrize(("size", "told"), SIZES)
def test_a_picture_printed_too_small_to_read_is_found(size: str, told: bool) -> None:
    def change(pdf: Pdf) -> None:
        a_picture(FINE, used=False, Width=600, Height=60)(pdf)
        pdf.pages[0].contents_add(f"q {size} 300 400 cm /Picture Do Q\n".encode())

    assert [one.kind for one in hidden(changed(change))] == (["covered-picture"] if told else [])


@needs("tesseract")
def test_words_in_covered_pixels_are_told(shared_leaks: Path) -> None:
    (found,) = read(shared_leaks / "12_box_over_scan_pixels.pdf").hidden
    assert found.kind == "covered-picture"
    assert "Bramblewick12" in found.text
    assert found.box is not None
    assert found.box.width > 80
