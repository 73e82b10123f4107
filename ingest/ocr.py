"""The one room of the engines that read pictures of text: tesseract as a program, else rapidocr where it is installed.

They get one grey picture and give words with their boxes in its pixels. Nothing is written to disk: pictures go in and
words come out through pipes. An engine that is missing, fails, or takes too long gives None, and the page stays unread.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from ingest.document import Box

SURELY_TURNED = 2.0  # tesseract's own measure: print gives ten and more, a page without words less than one
SECONDS = 60.0  # for one page; a full page of print takes three, on a busy machine many times as long


@dataclass(frozen=True, slots=True)
class Reading:
    """A word as an engine read it: its box in pixels, how sure the engine is (0 to 1), and the line it stands on."""

    text: str
    box: Box
    confidence: float
    line: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Greymap:
    """A grey picture as bytes, row by row from the top, 0 is black."""

    width: int
    height: int
    pixels: bytes

    @property
    def pgm(self) -> bytes:
        """The picture in the plainest format there is."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels


def engine() -> str | None:
    """Which engine reads scans on this machine; None where there is none."""
    if shutil.which("tesseract"):
        return "tesseract"
    return "rapidocr" if find_spec("rapidocr") and find_spec("onnxruntime") else None


def recognise(picture: Greymap, dpi: int, seconds: float = SECONDS) -> tuple[Reading, ...] | None:
    """The words of one page; None where no engine is installed or it could not read in time."""
    which = engine()
    if which == "tesseract":
        return _tesseract(picture, dpi, seconds)
    return _rapidocr(picture) if which == "rapidocr" else None


def recognise_again(picture: Greymap, dpi: int, seconds: float) -> tuple[Reading, ...]:
    """The same for the openings of lines, drawn together. Rapidocr gains nothing by it and is not asked."""
    return (_tesseract(picture, dpi, seconds) or ()) if engine() == "tesseract" else ()


def orientation(picture: Greymap, dpi: int, seconds: float) -> int | None:
    """By how many degrees (0, 90, 180, 270, clockwise) a page must be turned to be read; None where nobody can tell."""
    told = _run(["--psm", "0"], picture, dpi, seconds) if engine() == "tesseract" and seconds > 0 else None
    found = re.search(rb"^Rotate: (0|90|180|270)$", told or b"", re.MULTILINE)
    sure = re.search(rb"^Orientation confidence: ([\d.]+)$", told or b"", re.MULTILINE)
    return int(found[1]) if found and sure and float(sure[1]) >= SURELY_TURNED else None


def _tesseract(picture: Greymap, dpi: int, seconds: float) -> tuple[Reading, ...] | None:
    # --psm 6, one block of text: the usual layout analysis loses every paragraph number that hangs in the margin.
    told = _run(["-l", "eng", "--psm", "6", "tsv"], picture, dpi, seconds)
    return None if told is None else tuple(_rows(told.decode("utf-8", errors="replace")))


def _run(options: list[str], picture: Greymap, dpi: int, seconds: float) -> bytes | None:
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "--dpi", str(dpi), *options],
            input=picture.pgm,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _rows(tsv: str) -> list[Reading]:
    """Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    found = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = map(float, cells[6:10])
        box = Box(left, top, left + width, top + height)
        found.append(Reading(cells[11].strip(), box, max(0.0, float(cells[10]) / 100), tuple(map(int, cells[2:5]))))
    return found


@cache
def _model() -> Any:
    from rapidocr import RapidOCR  # seconds to load: only where a scan is read with it

    return RapidOCR(params={"Global.log_level": "critical"})


def _rapidocr(picture: Greymap) -> tuple[Reading, ...] | None:
    try:
        read = _model()(picture.pgm, return_word_box=True, text_score=0.0)
        found = []
        for number, line in enumerate(read.word_results or ()):
            # A line that came to nothing is one empty word instead of a row of words.
            for text, score, corners in (word for word in line if isinstance(word, tuple)):
                if corners is not None and text.strip():
                    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
                    box = Box(min(xs), min(ys), max(xs), max(ys))
                    found.append(Reading(text.strip(), box, float(score), (number,)))
    except Exception:  # whatever a model stumbles over, the page is unread and no more
        return None
    return tuple(found)
