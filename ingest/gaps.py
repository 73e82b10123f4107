"""Words that a text object moves apart, to leave room for what another object prints among them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.printed import Printed
from ingest.runs import Run

MOVED = 0.1  # of the type size: a word so far from where even spaces put it was put there by hand


def moved_apart(run: Run, shape: int, page: Printed, indent: int, origin: float) -> Sequence[Run]:
    """A run word by word where the file moves its words apart and not all alike; else the run.

    A justified line widens each of its spaces by the same, as a word in the middle tells. One that leaves room in its
    midst for a word of another font does not, and there the engine is asked where each word begins. Whether a space is
    printed between two of them the gap says: the engine puts one in wherever a gap is wide.
    """
    begins = run.begins()
    if len(begins) < 3:
        return (run,)
    for n in {len(begins) // 4, len(begins) // 2} - {0}:
        told = page.distance(shape, indent + begins[n])
        if told is not None and abs(origin + told - run.place_of(begins[n])) > MOVED * run.size:
            break
    else:
        return (run,)
    pieces = list(run.pieces())
    last = len(pieces) - 1
    return [
        piece._replace(
            box=piece.box._replace(x0=origin + told, x1=origin + told + piece.box.width),
            space_before=run.space_before and n == 0,
            space_after=run.space_after and n == last,
        )
        if (told := page.distance(shape, indent + begins[n])) is not None
        else piece
        for n, piece in enumerate(pieces)
    ]
