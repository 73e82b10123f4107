"""The text layer of a scan against what its picture shows: text that no reader sees and that nothing vouches for.

Most scanners put what they read beneath the picture, so that it can be searched. Such a layer says nothing new where it
says what the picture shows, in the same place, letter for letter; it is no text of the paper all the same, which is
read from the picture. A word of the layer that the picture does not show there is hidden content: a layer that was left
from another version, a sentence put in, the words beneath a blackened place.
"""

from __future__ import annotations

import math
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from ingest import scan
from ingest.document import Box, Line, Page, Word
from ingest.ocr import SECONDS
from ingest.runs import Run

MOST = 0.5  # of a page's words: where fewer lie unseen, the page is print on a background and no scan
SAME_LINE = 0.7  # of a line's height: how far from its middle a word of the layer may stand
NEAR = 3.0  # times a word's height: layers are set by guess, with letters of another width
SHORT = 2  # letters
LARGEST = 20.0  # points: what is larger is no tick
BESIDE = 2.0  # points: how far a letter may stand from the rule it was made of
INSIDE = 0.6  # of a word: so much of it stands on handwriting
# What has one shape in print, so that no eye parts it: engines take one for the other.
ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "’": "'", "‘": "'"})
DASHES = re.compile(r"[‐-―−_~]")
AT_THE_ENDS = " .,:;'\"’‘“”•·*()[]-"


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of the layer and where it stands on the page laid straight."""

    run: Run
    box: Box


def lies_on(page: Page, unseen: Sequence[Run]) -> bool:
    """Whether these unseen words are the text layer of a page that is a picture."""
    count = sum(len(line.words) for line in page.lines)
    return bool(unseen) and len(unseen) >= MOST * count and scan.is_covered(page)


def compared(pdf: Any, page: Page, unseen: Sequence[Run], seconds: float = SECONDS) -> tuple[Page, list[Run]]:
    """The page as its picture reads, and the words of the layer that the picture does not show.

    Where the picture cannot be read nothing vouches for the layer: the page stays unread, and all of it is hidden.
    """
    until = time.monotonic() + seconds
    bare = replace(page, lines=(), scanned=True)
    read = scan.read_scan(pdf, bare, seconds) if seconds > 1 else bare
    if not read.ocr:
        return bare, list(unseen)
    left = differing([Placed(run, straightened(run.box, page, read)) for run in unseen], read)
    left = [placed for placed in left if not _is_mark(placed, read)]
    return read, [placed.run for placed in _looked_at_again(pdf, read, left, until)]


def straightened(box: Box, page: Page, read: Page) -> Box:
    """Where a place of the page lies once it was turned for reading."""
    angle = math.radians(read.turned)
    x, y = (box.x0 + box.x1 - page.width) / 2, (box.top + box.bottom - page.height) / 2
    middle = x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
    across = round(read.turned / 90) % 2
    wide, high = (box.height, box.width) if across else (box.width, box.height)
    x, y = middle[0] + read.width / 2, middle[1] + read.height / 2
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def differing(layer: Sequence[Placed], read: Page) -> list[Placed]:
    """The words of the layer that are not among the words read in their place; each of these vouches for one only."""
    lines: dict[int, list[Placed]] = {}
    left: list[Placed] = []
    for placed in layer:
        if not _tells(placed.run.text):
            continue
        nearest = _line_of(placed.box, read.lines)
        if nearest is None:
            left.append(placed)
        else:
            lines.setdefault(nearest, []).append(placed)
    for number, here in lines.items():
        left.extend(_not_vouched_for(sorted(here, key=lambda placed: placed.box.x0), read.lines[number].words))
    order = {id(placed): n for n, placed in enumerate(layer)}
    return sorted(left, key=lambda placed: order[id(placed)])


def _line_of(box: Box, lines: Sequence[Line]) -> int | None:
    """The line of print that a word of the layer stands on."""
    middle = (box.top + box.bottom) / 2
    distances = [
        (abs((line.box.top + line.box.bottom) / 2 - middle) / max(1.0, line.box.height), n)
        for n, line in enumerate(lines)
        if line.box.x0 - NEAR * box.height <= (box.x0 + box.x1) / 2 <= line.box.x1 + NEAR * box.height
    ]
    nearest = min(distances, default=None)
    return nearest[1] if nearest and nearest[0] <= SAME_LINE else None


def _not_vouched_for(layer: Sequence[Placed], words: Sequence[Word]) -> Iterator[Placed]:
    shown = [word for word in words if _tells(word.text)]
    texts = [said(placed.run.text) for placed in layer], [said(word.text) for word in shown]
    for kind, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (p for p, word in zip(layer[a:b], shown[c:d], strict=True) if not _near(p.box, word.box))
        elif "".join(texts[0][a:b]) != "".join(texts[1][c:d]):  # two words in one, or one in two, say the same
            yield from layer[a:b]


def _near(one: Box, other: Box) -> bool:
    apart = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return apart <= NEAR * max(one.height, other.height)


def _is_mark(placed: Placed, read: Page) -> bool:
    """Whether the layer has a letter or two for a tick, a bullet or a rule, or has words for handwriting.

    The picture shows ink there that is no print, and a letter tells nobody anything.
    """
    box, letters = placed.box, [letter for letter in placed.run.text if letter.isalnum()]
    if any(hand.overlap(box) > INSIDE * box.width * box.height for hand in read.pictures):
        return True
    if len(letters) > SHORT or any(letter.isdigit() for letter in letters):
        return False
    around = [word for line in read.lines for word in line.words if word.box.overlap(box) and _is_small(word.box)]
    drawn = [rule for rule in read.rules if rule.box.overlap(_wider(box))]
    return bool(around or drawn) and not any(_tells(word.text) for word in around)


def _is_small(box: Box) -> bool:
    return box.width < LARGEST and box.height < LARGEST


def _wider(box: Box) -> Box:
    return Box(box.x0 - BESIDE, box.top - BESIDE, box.x1 + BESIDE, box.bottom + BESIDE)


def _tells(text: str) -> bool:
    """Whether a word says anything: a dash or a bullet does not."""
    return any(letter.isalnum() for letter in text)


def said(text: str) -> str:
    """What a word says, without what engines print now so, now so: quotes, dashes, the points around it, and case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return DASHES.sub("-", plain).strip(AT_THE_ENDS).translate(ALIKE)


def _looked_at_again(pdf: Any, read: Page, left: Sequence[Placed], until: float) -> list[Placed]:
    """The words that no closer look at their places finds either: engines stumble where another does not.

    A look at the bare pixels counts too, slashed noughts and drawn lines and all: what an engine can read there is what
    an engine may have written there.
    """
    for look in scan.LOOKS:
        seconds = until - time.monotonic()
        if not left or seconds < 1:
            break
        texts = scan.read_places(pdf, read, [placed.box for placed in left], look, seconds)
        left = [placed for placed, found in zip(left, texts, strict=True) if not _vouched_for(placed, found)]
    return list(left)


def _vouched_for(placed: Placed, found: Sequence[str]) -> bool:
    return said(placed.run.text) in {said(text) for text in found}
