"""Text objects as runs: what each prints, in which type, and from where to where.

This is gone through for every line of every paper, so what nearly every object is - level, on a page not turned,
in a font whose widths agree with its ink - comes first and asks little.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from ingest.engine import BOTTOM, LEFT, MATRIX, RIGHT, ROOM, SIZE, TOP, answers, ask_bounds, ask_matrix, ask_size
from ingest.fonts import Font, Fonts
from ingest.gaps import moved_apart
from ingest.lines import spread
from ingest.matrix import Matrix
from ingest.printed import Printed
from ingest.runs import Box, Run, made

PLAIN = tuple(Run._field_defaults[name] for name in Run._fields[9:])  # what is seen of a run only beside others
BEARING = 0.12  # of the size: the white on the right of a last glyph; a run that ends so is set without any stretching


def read_text(shape: int, page: Printed, outer: Matrix, fonts: Fonts) -> Sequence[Run]:
    """One text object as a run; one that does not lie level, word by word, each in the box of all."""
    printed = page.texts.get(shape)
    if printed is None:
        printed = page.asked(shape)
    text = printed.strip()
    if not text:
        return ()
    font = fonts.of(shape)
    ask_matrix(shape, MATRIX)  # of an object that is text, none of these three is refused
    ask_bounds(shape, LEFT, BOTTOM, RIGHT, TOP)
    ask_size(shape, SIZE)
    a, b, c, d, e, f, left, bottom, right, top, size = answers(ROOM)
    oa, ob, oc, od, oe, of = outer
    if ob == oc == 0:  # nearly always: as `Matrix.then` and `Matrix.box` have it, without a value for each
        a, b, c, d, e, f = a * oa, b * od, c * oa, d * od, e * oa + oe, f * od + of
        left, bottom, right, top = left * oa + oe, bottom * od + of, right * oa + oe, top * od + of
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
    else:
        a, b, c, d, e, f = Matrix(a, b, c, d, e, f).then(outer)
        left, top, right, bottom = outer.box(left, bottom, right, top)
    points = round(size * hypot(c, d), 2)
    before = after = False
    if len(printed) != len(text):
        before, after = printed[0].isspace(), printed[-1].isspace()
    if abs(b) >= 0.01 * a:  # upside down as well
        ink = Box(left, top, right, bottom)
        *words, last = text.split()
        ends = [(word, True) for word in words] + [(last, after)]
        return [
            Run(word, ink, f, font.face, points, space_before=before or n > 0, space_after=space)
            for n, (word, space) in enumerate(ends)
        ]
    bare = printed.rstrip() if before else text
    unit, wide = size * a, font.width(bare)
    if not before and 0 <= wide * unit - (right - e) <= BEARING * unit:
        box = made(Box, (e, top, e + wide * unit, bottom))
        return (made(Run, (text, box, f, font.face, points, unit, 0.0, False, after, *PLAIN)),)
    wider = 0.0
    if not 0 <= wide * unit - (right - e) <= BEARING * unit:
        unit, wider = _stretched(shape, page, font, printed, bare, unit, right - e)
    indent = len(bare) - len(text)
    begins = font.width(bare[:indent]) * unit + wider * indent if indent else 0.0
    stops = wide * unit + (wider * sum(map(str.isspace, bare)) if wider else 0.0)
    run = Run(text, Box(e + begins, top, e + stops, bottom), f, font.face, points, unit, wider, before, after)
    return moved_apart(run, shape, page, indent, e) if wider else (run,)


def _stretched(
    shape: int, page: Printed, font: Font, printed: str, bare: str, unit: float, drawn: float
) -> tuple[float, float]:
    """Points to a unit of the font, and more to each space, where its widths alone do not end where the ink does."""
    told = page.distance(shape, len(bare) - 1)
    if told is not None:
        return spread(bare, [font.width(bare[:-1]) * unit], unit, told)
    reached = [font.width(bare[:-1]) + font.reach(bare[-1])]
    if printed[-1].isspace():
        reached.append(font.width(printed[:-1]))
    return spread(printed, [end * unit for end in reached], unit, drawn)
