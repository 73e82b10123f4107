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
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box around a box once it is moved."""
        if self.b == self.c == 0:  # nearly always: nothing is turned
            x0, x1 = self.a * x0 + self.e, self.a * x1 + self.e
            y0, y1 = self.d * y0 + self.f, self.d * y1 + self.f
            return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        corners = [self.apply(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))
