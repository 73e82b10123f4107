"""A page on which much is drawn is read soon; one on which more is drawn than can be told apart is read and held."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.answers import yes_or_no
from extract.marks import marks_of
from ingest.document import Document
from ingest.reader import read, read_bytes
from publish.fonts import FILES
from publish.pdf import PRESS
from tests.pages import HIGH, WIDE, print_pdf, stroke, text

SOON = 4.0  # seconds of the processor; it takes less than one
HATCHED = """
#set document(title: "Hatched")
#set page(width: 595pt, height: 842pt, margin: 40pt)
#let stripes(wide, high, step) = box(width: wide, height: high, clip: true, {
  let at = -high
  while at < wide {
    place(top + left, line(start: (at, high), end: (at + high, 0pt), stroke: 1pt))
    at += step
  }
})
"""
# What is drawn in such boxes, how many boxes to tick are full of it, and whether it is too much to tell.
HATCHINGS = [
    ("#for n in range(300) [#stripes(8pt, 8pt, 2.4pt) place ]", 0, False),
    ("#for n in range(300) [#box(stroke: 0.7pt, stripes(9pt, 9pt, 3pt)) Yes ]", 300, False),
    ("#for n in range(60) [A name #box(stroke: 1pt, clip: true, stripes(10pt, 40mm, 3pt)) and so on. ]", 0, True),
    ("#for n in range(12) [#block(clip: true, place(stripes(4mm, 240mm, 4pt)) + [All of it.])]", 0, True),
    ("#for n in range(700) [#stripes(8pt, 8pt, 1.2pt) place ]", 0, True),
]


def hatched(drawn: str) -> bytes:
    """Boxes full of slanting lines, as typesetters draw them."""
    asked = {"template": HATCHED + drawn, "fonts": str(FILES), "papers": ["{}"]}
    order = json.dumps(asked).encode()
    done = subprocess.run([sys.executable, "-I", str(PRESS)], input=order, capture_output=True, timeout=60, check=True)
    return done.stdout[8:]


def held(document: Document) -> int:
    """How many places hold the paper because of what nobody can be sure to see."""
    return [found.kind for found in document.hidden].count("hidden-stroke")


def answer(document: Document) -> str:
    return yes_or_no(document.pages[0].lines, marks_of(document), re.compile(r"Deferred\?")).answer


@pytest.mark.parametrize(("drawn", "full", "too_many"), HATCHINGS)
def test_a_hatched_page_is_read_soon(drawn: str, full: int, too_many: bool) -> None:
    data = hatched(drawn)
    started = time.process_time()
    document = read_bytes("one.pdf", data, search=False)
    assert time.process_time() - started < SOON * len(document.pages)
    assert not any(word.struck for page in document.pages for line in page.lines for word in line.words)
    assert sum(mark.ticked is True for page in document.pages for mark in page.marks) == full
    assert bool(held(document)) is too_many


# "Deferred? YES/NO" in Courier 10: YES is 132 to 150, NO 156 to 168 from the left, standing on 100.
ASKED = text(72, 100, "Deferred? YES/NO", 10, "F4")
WHITE = f"q 1 G 132 {HIGH - 97} m 160 {HIGH - 97} l S Q\n"
RING = f"q {{how}} 156 {HIGH - 96} m 158 {HIGH - 90} 166 {HIGH - 90} 168 {HIGH - 96} c "
RING += f"166 {HIGH - 102} 158 {HIGH - 102} 156 {HIGH - 96} c h S Q\n"


def test_a_line_that_nobody_sees_may_touch_one_that_is_seen(tmp_path: Path) -> None:
    """What was left out once is not looked for again and again because of what stays."""
    document = read(print_pdf(tmp_path / "one.pdf", ASKED + RING.format(how="") + WHITE))
    assert (answer(document), held(document)) == ("no", 1)


def test_of_more_strokes_than_can_be_told_apart_none_counts(tmp_path: Path) -> None:
    """Neither is one word struck, as long as nobody knows which of thousands of lines are seen."""
    slanting = "".join(
        stroke(x, y, x + 6, y + 6) for x in range(30, int(WIDE) - 30, 8) for y in range(140, int(HIGH) - 30, 9)
    )
    document = read(print_pdf(tmp_path / "one.pdf", ASKED + stroke(132, 97, 150, 97) + slanting))
    assert (answer(document), held(document)) == ("undetermined", 1)
    assert [mark.kind for mark in document.pages[0].marks] == ["unseen"]
