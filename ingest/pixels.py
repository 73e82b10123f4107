"""A page as pixels, as it crosses from the process that draws to the one that looks: plain bytes, nothing to decode."""

from __future__ import annotations

from dataclasses import dataclass

HIGHEST, WIDEST = 1500, 2200  # pixels of a picture to look at
FINEST = 6.0  # pixels a point: a sheet as small as a stamp grows no further


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as pixels: rows from the top, red, green and blue a byte each; `scale` is pixels a point."""

    width: int
    height: int
    scale: float
    pixels: bytes

    @property
    def whole(self) -> bool:
        """Whether it is what it says it is: a picture of a sensible size with all its pixels."""
        sizes = 0 < self.width <= WIDEST + 1 and 0 < self.height <= HIGHEST + 1 and 0 < self.scale <= FINEST
        return sizes and len(self.pixels) == 3 * self.width * self.height
