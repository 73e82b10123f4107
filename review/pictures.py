"""The one room of Pillow: the pixels of a page with its marks drawn on them, and their labels beside it, as a PNG.

What was read is labelled on the left, what is kept back or asked on the right, each label at the height of its box and
none on another or on the page. Every kind has a letter and a way its line is drawn, so that nothing hangs on colour.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from ingest.pixels import Drawing
from review.marks import MEANINGS, Kind, Mark

LEGEND, STEP, TYPE = 60, 18, 14  # pixels: the strip below the page, from a label to the next, and the type
CLOSEST = 12  # pixels from a label to the next on a page that has very many
WIDEST, NARROWEST, EDGE = 360, 60, 8  # pixels: the margins for labels, and the white around these
DOUBLE = 3  # pixels between the two lines around what a person withheld
LEFT: frozenset[Kind] = frozenset({"field", "passage"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind is drawn: colour, pixels drawn and left out in turn, thickness, and how far outside the words."""

    colour: tuple[int, int, int]
    drawn: int
    left_out: int
    thick: int
    outside: int


STYLES: dict[Kind, Style] = {
    "field": Style((11, 79, 158), 1, 0, 2, 1),
    "passage": Style((20, 105, 55), 1, 0, 1, 4),
    "rule": Style((150, 70, 0), 12, 5, 2, 6),
    "person": Style((115, 25, 140), 1, 0, 1, 8),
    "finding": Style((180, 20, 30), 3, 3, 3, 3),
    "private": Style((60, 60, 60), 2, 5, 2, 5),
}
Edges = tuple[int, int, int, int]
Pen = ImageDraw.ImageDraw
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the margin: its words, the height it would stand at best, and the box it belongs to, if any."""

    kind: Kind
    text: str
    wanted: int
    box: Edges | None


def picture(page: int, drawing: Drawing, marks: Iterable[Mark]) -> tuple[bytes, int, int]:
    """Page `page` (from 1) with its marks as a PNG; where in it, from the left, the page begins; and how wide it is."""
    font = ImageFont.load_default(TYPE)
    here = [mark for mark in marks if page in mark.pages]
    sides = [[mark for mark in here if (mark.kind in LEFT) == left] for left in (True, False)]
    left, right = (_margin(side, font) for side in sides)
    whole = Image.new("RGB", (left + drawing.width + right, drawing.height + LEGEND), "white")
    whole.paste(Image.frombytes("RGB", (drawing.width, drawing.height), drawing.pixels), (left, 0))
    pen = ImageDraw.Draw(whole, "RGBA")
    for mark in here:
        for edges in _boxes(mark, page, drawing.scale, left):
            _draw_box(pen, mark.kind, edges)
    for marked, start in zip(sides, (0, left + drawing.width), strict=True):
        labels = [_label(mark, page, drawing, left) for mark in marked]
        _draw_labels(pen, labels, start, left if start == 0 else right, drawing.height, font)
    for x in (left, left + drawing.width - 1):
        pen.line((x, 0, x, drawing.height), fill=(190, 190, 190))
    _draw_legend(pen, whole.width, drawing.height, font)
    file = io.BytesIO()
    whole.save(file, "PNG")
    return file.getvalue(), left, whole.width


def bare(drawing: Drawing) -> bytes:
    """A page without any marks, as a PNG."""
    file = io.BytesIO()
    Image.frombytes("RGB", (drawing.width, drawing.height), drawing.pixels).save(file, "PNG", compress_level=3)
    return file.getvalue()


def _words(kind: Kind, name: str) -> str:
    return f"{MEANINGS[kind][0]} {name}"


def _margin(marks: Sequence[Mark], font: Font) -> int:
    """How wide the margin for some labels is."""
    widest = max((font.getlength(_words(mark.kind, mark.name)) for mark in marks), default=0)
    return int(min(WIDEST, max(NARROWEST, widest + 3 * EDGE)))


def _boxes(mark: Mark, page: int, scale: float, left: int) -> list[Edges]:
    """The boxes of a mark in pixels of the picture, a little outside the words."""
    out = STYLES[mark.kind].outside
    result = []
    for place in mark.on(page):
        x0, top, x1, bottom = (edge * scale for edge in place.box)
        result.append((int(x0) + left - out, int(top) - out, int(x1) + left + out, int(bottom) + out))
    return result


def _label(mark: Mark, page: int, drawing: Drawing, left: int) -> Label:
    boxes = _boxes(mark, page, drawing.scale, left)
    wanted = boxes[0][1] if boxes else STEP
    return Label(mark.kind, _words(mark.kind, mark.name), wanted, boxes[0] if boxes else None)


def _draw_box(pen: Pen, kind: Kind, edges: Edges) -> None:
    style = STYLES[kind]
    pen.rectangle(edges, fill=(*style.colour, 14))
    _outline(pen, style, edges)
    if kind == "person":
        x0, top, x1, bottom = edges
        _outline(pen, style, (x0 - DOUBLE, top - DOUBLE, x1 + DOUBLE, bottom + DOUBLE))


def _outline(pen: Pen, style: Style, edges: Edges) -> None:
    x0, top, x1, bottom = edges
    for line in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
        _line(pen, style, line)


def _line(pen: Pen, style: Style, line: Edges) -> None:
    """A level or upright line, drawn or broken."""
    if not style.left_out:
        pen.line(line, fill=style.colour, width=style.thick)
        return
    x0, y0, x1, y1 = line
    for at in range(0, max(x1 - x0, y1 - y0), style.drawn + style.left_out):
        end = at + style.drawn
        piece = (x0 + at, y0, min(x0 + end, x1), y1) if y0 == y1 else (x0, y0 + at, x1, min(y0 + end, y1))
        pen.line(piece, fill=style.colour, width=style.thick)


def heights(wanted: Sequence[int], highest: int, step: int = STEP) -> list[int]:
    """Where labels stand that would stand at `wanted` (in order): none closer than a step, none outside the page.

    On a page with more labels than steps they stand closer, and the last of far too many on one another.
    """
    step = max(CLOSEST, min(step, highest // max(1, len(wanted))))
    result: list[int] = []
    for at in wanted:
        result.append(max(at, result[-1] + step if result else step // 2))
    ceiling = highest - step // 2
    for n in range(len(result) - 1, -1, -1):
        result[n] = max(step // 2, min(result[n], ceiling))
        ceiling = result[n] - step
    return result


def _draw_labels(pen: Pen, labels: Sequence[Label], start: int, width: int, highest: int, font: Font) -> None:
    """One margin of labels from `start`, each joined to its box by a faint line that crosses no words.

    It slants only where the sheet is white, and then runs between two lines of print to the top of its box: a line
    through a word would look as if the word were struck out.
    """
    labels = sorted(labels, key=lambda label: (label.wanted, label.box or ()))
    on_left = start == 0
    ends = [label.box[0] if on_left else label.box[2] for label in labels if label.box]
    white = (min(ends, default=0) - EDGE) if on_left else (max(ends, default=0) + EDGE)
    inner = width if on_left else start
    for label, y in zip(labels, heights([label.wanted for label in labels], highest), strict=True):
        colour = STYLES[label.kind].colour
        text = _shortened(label.text, width - 2 * EDGE, font)
        if label.box:
            ours = start + EDGE + int(font.getlength(text)) + 3 if on_left else start + EDGE - 3
            theirs, top = label.box[0] if on_left else label.box[2], label.box[1]
            pen.line((ours, y, inner, y, white, top, theirs, top), fill=(*colour, 130))
        pen.text((start + EDGE, y), text, fill=colour, font=font, anchor="lm")


def _shortened(text: str, width: int, font: Font) -> str:
    while font.getlength(text) > width and len(text) > 4:
        text = text.rstrip("…")[:-1] + "…"
    return text


def _draw_legend(pen: Pen, width: int, top: int, font: Font) -> None:
    """What each letter and line means, below the page."""
    pen.line((0, top, width, top), fill=(190, 190, 190))
    x, y = EDGE, top + 8
    for kind, (letter, meaning) in MEANINGS.items():
        text = f"{letter}  {meaning}"
        long = 40 + int(font.getlength(text)) + 3 * EDGE
        if x + long > width and x > EDGE:
            x, y = EDGE, y + 26
        _draw_box(pen, kind, (x + 3, y + 3, x + 30, y + 15))
        pen.text((x + 40, y + 9), text, fill=STYLES[kind].colour, font=font, anchor="lm")
        x += long
