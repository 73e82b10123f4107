"""Spoilt papers by number: the same seed makes the same of the same papers, whenever and wherever."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.mutated_bytes import (
    Way,
    flipped,
    misdirected,
    overwritten,
    renamed,
    renumbered,
    shuffled,
    truncated,
)
from benchmarks.mutated_objects import EDITS

WAYS: tuple[Way, ...] = (flipped, overwritten, truncated, shuffled, misdirected, renumbered, renamed, *EDITS)


def spoilt(seed: int, papers: Sequence[bytes]) -> tuple[int, str, bytes]:
    """What this seed makes of these papers: which of them it took, the ways it went, and the bytes."""
    chance = random.Random(seed)
    which = chance.randrange(len(papers))
    data, ways = papers[which], []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        way = chance.choice(WAYS)
        data = way(chance, data, papers) or b"%PDF-"
        ways.append(way.__name__)
    return which, " ".join(ways), data
