"""Which pieces make a word and which words a line; what is struck through, and what only looks like it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.answers import yes_or_no
from extract.marks import Marks
from ingest import lines
from ingest.document import Box, Line, Rule
from ingest.lines import gather_lines, spread, strike
from ingest.reader import read
from ingest.runs import Face, Run
from tests.pages import Sheet, block, print_pdf, stroke, text

SIZE = 10.0


def piece(words: str, x0: float, y: float = 100, size: float = SIZE, *, bold: bool = False) -> Run:
    """A piece of print in which each glyph is half as wide as high."""
    box = Box(x0, y - 0.7 * size, x0 + 0.5 * size * len(words), y)
    return Run(words, box, y, Face("Sans", bold, italic=False), size)


# Pieces as (words, left edge, baseline, size), and the lines they are read as.
GATHERED = [
    ([("one", 0, 100, 10), ("two", 17, 100, 10)], ["one two"]),  # a gap of a fifth of the size parts words
    ([("one", 0, 100, 10), ("two", 15.5, 100, 10)], ["onetwo"]),  # one of a twentieth does not
    ([("two", 17, 100, 10), ("one", 0, 100, 10)], ["one two"]),  # drawn from right to left
    ([("low", 0, 112, 10), ("high", 0, 100, 10)], ["high", "low"]),  # drawn from below
    ([("noted", 0, 100, 10), ("2", 25, 97, 6)], ["noted²"]),  # a raised mark stays on its line, and raised
    ([("noted", 0, 100, 12), ("2", 31, 95, 7)], ["noted²"]),  # so does one that is set higher still
    ([("noted", 0, 100, 12), ("th", 31, 95, 7)], ["notedth"]),
    ([("small", 0, 92, 7), ("below", 0, 100, 12)], ["small", "below"]),  # small print above is a line of its own
    ([("H", 0, 100, 10), ("2", 5, 102, 6), ("O", 8, 100, 10)], ["H2O"]),  # a lowered one too
    ([("one", 0, 100, 10), ("two", 17, 104, 10)], ["one", "two"]),  # close lines are two
    ([("bold", 0, 100, 10), ("bold", 0.4, 100, 10)], ["bold"]),  # printed twice to look bold
    ([("no", 0, 100, 10), ("no", 12, 100, 10)], ["no no"]),  # said twice
]


@pytest.mark.parametrize(("drawn", "reads"), GATHERED)
def test_pieces_are_gathered_into_lines(drawn: list[tuple[str, float, float, float]], reads: list[str]) -> None:
    assert [line.text for line in gather_lines([piece(*row) for row in drawn], 1)] == reads


def test_a_change_of_type_inside_a_word_parts_it_without_a_space() -> None:
    (line,) = gather_lines([piece("over", 0, bold=True), piece("all", 20)], 1)
    assert [(word.text, word.bold, word.glued) for word in line.words] == [("over", True, False), ("all", False, True)]
    assert line.text == "overall"


pieces = st.builds(
    piece, st.text("abc1.", min_size=1, max_size=6), st.floats(0, 500), st.floats(50, 800), st.floats(5, 20)
)


@given(st.lists(pieces, max_size=20, unique_by=lambda one: (round(one.box.x0), round(one.baseline))))
def test_no_letter_is_lost_and_lines_go_down_the_page(drawn: list[Run]) -> None:
    lines = gather_lines(drawn, 1)
    assert sorted("".join(word.text for line in lines for word in line.words)) == sorted("".join(p.text for p in drawn))
    assert [line.baseline for line in lines] == sorted(line.baseline for line in lines)
    for line in lines:
        assert [word.box.x0 for word in line.words] == sorted(word.box.x0 for word in line.words)
        assert all(line.box.union(word.box) == line.box for word in line.words)


@given(st.lists(pieces, max_size=12, unique_by=lambda one: (one.box.x0, one.baseline)), st.randoms())
def test_the_order_of_drawing_changes_nothing(drawn: list[Run], random: object) -> None:
    mixed = list(drawn)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert gather_lines(mixed, 1) == gather_lines(drawn, 1)


# A rule as (left, top, right, bottom) and what is struck of "approve" (0 to 35, standing on 100, 10 high).
STRUCK = [
    ((0, 96.5, 35, 97), "approve"),  # a stroke through the middle
    ((-2, 96, 37, 97.5), "approve"),  # a thin box that goes a little over both ends
    ((0, 96.5, 30, 97), "approve"),  # the pen stopped short
    ((20, 96.5, 80, 97), ""),  # the neighbour's line reaches into it, over less than half
    ((0, 101, 35, 101.5), ""),  # an underline
    ((0, 99.5, 35, 100), ""),  # an underline set close
    ((0, 92, 35, 92.5), ""),  # the border of the cell, close above
    ((-50, 96.5, 400, 97), ""),  # a rule across the column
    ((36, 96.5, 60, 97), ""),  # the next word's
    ((17, 90, 17.5, 105), ""),  # an upright line
]


@pytest.mark.parametrize(("edges", "deleted"), STRUCK)
def test_what_a_line_strikes(edges: tuple[float, float, float, float], deleted: str) -> None:
    parts = strike([piece("approve", 0)], [Rule(Box(*edges))])
    if edges[0] == 20:  # what is crossed by half a line is shown as it is drawn, for a person to judge
        assert "".join(part.text for part in parts if part.struck) in ("", "ove", "rove")
        return
    assert "".join(part.text for part in parts if part.struck) == deleted


def test_a_long_line_strikes_where_there_are_words_all_along_it() -> None:
    words = [piece("approve", 40 * n) for n in range(8)]
    assert all(part.struck for part in strike(words, [Rule(Box(0, 96.5, 315, 97))]))
    assert not any(part.struck for part in strike(words, [Rule(Box(-400, 96.5, 315, 97))]))


def test_a_line_is_held_against_the_words_it_meets_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Run] = []

    def crosses(line: Box, one: Run) -> bool:
        asked.append(one)
        return is_crossed(line, one)

    is_crossed = lines._crosses
    monkeypatch.setattr(lines, "_crosses", crosses)
    rows = range(100, 4100, 20)
    drawn = [piece("approve", 0, baseline) for baseline in rows]
    parts = strike(drawn, [Rule(Box(0, baseline - 3.5, 35, baseline - 3)) for baseline in rows])
    assert all(part.struck for part in parts)
    assert len(asked) == len(rows)


def test_each_of_two_lines_strikes_its_own_part_of_a_word() -> None:
    parts = strike([piece("YES/NO", 0)], [Rule(Box(0, 96.5, 15, 97)), Rule(Box(20, 96.5, 30, 97))])
    assert [(part.text, part.struck) for part in parts] == [("YES", True), ("/", False), ("NO", True)]


@given(st.text("YESNO/.", min_size=1, max_size=9), st.floats(-20, 60), st.floats(1, 60))
def test_a_strike_loses_no_letter(words: str, x0: float, wide: float) -> None:
    parts = strike([piece(words, 0)], [Rule(Box(x0, 96.5, x0 + wide, 97))])
    assert "".join(part.text for part in parts) == words
    assert parts[0].box.x0 == pytest.approx(0)
    assert parts[-1].box.x1 == pytest.approx(5 * len(words))
    assert all(after.box.x0 == pytest.approx(before.box.x1) for before, after in pairwise(parts))


# "Deferred? YES/NO" in Courier 10: YES is 132 to 150, NO 156 to 168 from the left, standing on 100.
YES, NO = (132, 150), (156, 168)
ANSWERS = [
    ("", "undetermined"),  # nothing is struck
    (stroke(YES[0], 97, YES[1], 97), "no"),
    (stroke(NO[0], 97, NO[1], 97), "yes"),
    (block(NO[0], 96.6, NO[1], 97.4), "yes"),  # the line is a thin filled box, as Word prints it
    (block(YES[0] - 1, 96.6, YES[1] + 1, 97.4), "no"),  # a little longer than the word
    (stroke(YES[0], 97, NO[1], 97), "undetermined"),  # both are struck
    (stroke(NO[0], 101.5, NO[1], 101.5), "undetermined"),  # underlined: chosen or not, a person must say
    (stroke(72, 92, 500, 92) + stroke(72, 104, 500, 104), "undetermined"),  # the cell's borders
]


@pytest.mark.parametrize(("drawn", "answer"), ANSWERS)
def test_yes_or_no_is_what_is_left(tmp_path: Path, drawn: str, answer: str) -> None:
    sheet = Sheet(text(72, 100, "Deferred? YES/NO", 10, "F4") + drawn)
    (line,) = read(print_pdf(tmp_path / "one.pdf", sheet)).pages[0].lines
    assert line.text == "Deferred? YES/NO"
    assert yes_or_no([line], Marks(), re.compile(r"Deferred\?")).answer == answer


def test_a_struck_word_is_marked_and_its_neighbours_are_not(tmp_path: Path) -> None:
    drawn = text(72, 100, "has my approval", 10, "F4") + stroke(96, 97, 108, 97)
    (line,) = read(print_pdf(tmp_path / "one.pdf", drawn)).pages[0].lines
    assert [(word.text, word.struck) for word in line.words] == [("has", False), ("my", True), ("approval", False)]


def test_a_hyphen_at_the_end_of_a_line_is_kept(tmp_path: Path) -> None:
    drawn = text(72, 100, "it was agreed face-to-") + text(72, 114, "face in May")
    lines: tuple[Line, ...] = read(print_pdf(tmp_path / "one.pdf", drawn)).pages[0].lines
    assert [line.text for line in lines] == ["it was agreed face-to-", "face in May"]


@given(st.floats(10, 500), st.floats(0.6, 1.9), st.integers(0, 6))
def test_a_run_ends_where_its_ink_ends(expected: float, stretched: float, spaces: int) -> None:
    words = " ".join("word" for _ in range(spaces + 1))
    unit, wider = spread(words, [expected], 1.0, expected * stretched)
    assert expected * unit + wider * spaces == pytest.approx(expected * stretched)
