"""PDF transformations, which take an object from its own coordinates to the displayed page."""

from __future__ import annotations

from typing import NamedTuple

from ingest.document import Box


class Matrix(NamedTuple):
    """A PDF transformation [a b c d e f]."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: Matrix) -> Matrix:
        a, b, c, d, e, f = self
        oa, ob, oc, od, oe, of = outer
        if ob == oc == 0:  # nearly always: the page is not turned
            return Matrix(a * oa, b * od, c * oa, d * od, e * oa + oe, f * od + of)
        return Matrix(a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
                      e * oa + f * oc + oe, e * ob + f * od + of)  # fmt: skip

    def apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box around a box once it is moved."""
        a, b, c, d, e, f = self
        if b == c == 0:  # nearly always: nothing is turned
            x0, x1, y0, y1 = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
            return Box(x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x0 < x1 else x0, y1 if y0 < y1 else y0)
        corners = [self.apply(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))
