"""Which boxes meet a place: the same as by asking each of them, and with few looks where they lie apart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import nearby
from ingest.document import Box
from ingest.nearby import Crowded, Looks, Nearby

EDGE = st.one_of(st.floats(-100, 900), st.sampled_from([0.0, 24.0, 48.0, 1e20, -1e20, math.inf, -math.inf]))
SIDE = st.one_of(st.floats(0, 60), st.sampled_from([0.0, 24.0, 5000.0, math.inf]))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x, y = draw(EDGE), draw(EDGE)
    return Box(x, y, x + draw(SIDE), y + draw(SIDE))


@given(st.lists(boxes(), max_size=30), st.lists(boxes(), max_size=8), st.sampled_from([0.0, 2.0, 40.0]), st.data())
def test_as_by_asking_each(placed: list[Box], asked: list[Box], reach: float, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearby, "FEW", data.draw(st.sampled_from([1, 30, 4000])))
        half = len(placed) // 2
        there = Nearby(Looks(), placed[:half])
        known = dict(enumerate(placed[:half]))
        for place in asked:
            if len(known) < len(placed):
                known[there.add(placed[len(known)])] = placed[len(known)]
            assert there.near(place, reach) == [n for n, box in known.items() if place.meets(box, reach)]
        for number in data.draw(st.permutations(list(known))):
            there.drop(number)
            assert number not in there
            del known[number]
            for place in asked:
                assert there.near(place, reach) == [n for n, box in known.items() if place.meets(box, reach)]


def spread(count: int) -> list[Box]:
    """Boxes in rows of a hundred, apart."""
    return [Box(10 * (n % 100), 10 * (n // 100), 10 * (n % 100) + 8, 10 * (n // 100) + 8) for n in range(count)]


def taken(count: int) -> int:
    looks = Looks()
    there = Nearby(looks, spread(count))
    for box in spread(count):
        there.near(box, 1.0)
    return looks.taken


def test_four_times_as_many_boxes_take_four_times_as_many_looks() -> None:
    assert taken(8000) < 5 * taken(2000)
    assert taken(8000) < 40 * 8000


def test_what_lies_all_in_one_place_ends_the_search() -> None:
    there = Nearby(Looks(100_000), [Box(1, 1, 2, 2)] * 2000)
    for _ in range(49):
        assert len(there.near(Box(0, 0, 3, 3))) == 2000
    with pytest.raises(Crowded):
        there.near(Box(0, 0, 3, 3))
