"""Cheap questions asked before dear ones: never answered no where the dear one would find something."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import closing, misread
from extract.editions import editions
from extract.starts import Start

# Words of markings and of Part 2 headings, and what stands before and between them.
SAID = [*closing.WORDS, *re.findall(r"\w+", "WITHHELD SCHEDULE FOLLOWING IS THE 2 II l1 1l OF THIS PAGE TOP")]
BETWEEN = ["", " ", " ", "-", " - ", ": ", "  ", "_", "/", "."]
BEFORE = ["", "3. ", "(a) ", "MOPAC ", "• ", "“"]
ALIKE = {
    there: [chr(look) for look, meant in misread.ALIKE.items() if chr(meant) == there] for there in "ABCEHIKMOPTXY"
}
DIGITS = {"O": "0", "S": "5", "L": "1|", "I": "1l|"}
PUT_IN = ["\u200b", "\u00ad", "\u0336", "'", "*", " "]


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A marking or a heading, or something like one, spelt as folding undoes it."""
    words = draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=6))
    text = draw(st.sampled_from(BEFORE)) + draw(st.sampled_from(BETWEEN)).join(words)
    spelt = []
    spaced = draw(st.booleans()) and draw(st.booleans())
    for letter in text:
        ways = [letter, letter, letter.lower(), *ALIKE.get(letter, []), *DIGITS.get(letter, "")]
        wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
        spelt.append(draw(st.sampled_from([*ways, wide])))
        spelt.append(draw(st.sampled_from([""] * 12 + PUT_IN)) + (" " if spaced else ""))
    return "".join(spelt)


def closes(text: str) -> bool:
    folded = closing.folded(text)
    patterns = (closing.TERM, closing.ALWAYS)
    starts = (closing.TITLES, closing.WHOLE, closing.SENTENCES, closing.LEADS)
    named = "PART 2" in folded
    return named or any(p.search(folded) for p in patterns) or any(p.match(folded) for p in starts)


@given(disguised() | st.text("PARTWO2I1l| -·“Ｐр\u200b\u0301", max_size=20))
def test_what_may_close_is_never_passed_over(text: str) -> None:
    if closes(text):
        assert closing.may_close(text), unicodedata.normalize("NFKC", text)


@given(st.lists(disguised() | st.sampled_from(["PART", "2", "NOT FOR", "of the year"]), max_size=8))
def test_a_line_that_begins_what_closes_is_named(lines: list[str]) -> None:
    named = closing.closing_lines(lines)
    for n in range(len(lines)):
        for last in range(n + 1, n + closing.TOGETHER + 1):
            if closes(" ".join(lines[n:last])):
                assert n in named


PART_TWOS = [
    start for edition in editions() for place in edition.places for start in place.starts if start.holds == "part2"
]


@pytest.mark.parametrize("start", PART_TWOS, ids=lambda start: start.example)
@given(data=st.data())
def test_every_heading_of_a_part_2_may_close(start: Start, data: st.DataObject) -> None:
    assert start.words is not None
    heading = data.draw(st.from_regex(start.words, fullmatch=True))
    assert closing.may_close(heading)


# A line with a marking, and what is kept of it: no word that may be one of Part 2's.
MARKED_LINES = [
    ("OFFICIAL-SENSITIVE [COMMERCIAL]", "OFFICIAL-SENSITIVE [COMMERCIAL]"),  # nothing but a marking: as printed
    ("OFFICIAL-SENSITIVE Lark Ltd lost with 411 pounds", "OFFICIAL-SENSITIVE …"),  # a header that says more
    ("Lark Ltd – CONFIDENTIAL", "… CONFIDENTIAL"),
    ("O F F I C I A L - S E N S I T I V E  L A R K", "OFFICIALSENSITIVE …"),  # spaced letters
    ("PART 2 – Lark tender", "PART 2 …"),
]


@pytest.mark.parametrize(("printed", "kept"), MARKED_LINES)
def test_of_a_line_with_a_marking_the_marking_is_kept(printed: str, kept: str) -> None:
    assert closing.marking_in(printed) == kept


# Lines made to be dear: long runs of what a pattern may take in more ways than one.
RUNS = [
    "& ",
    "&",
    "- ",
    "-",
    ": ",
    "(A) ",
    "A. ",
    "PART ",
    "AND & ",
    "1.1 ",
    "PRIVATE & ",
    "( ",
    "PART 2 OF ",
    "_ ",
    "a b ",
]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("end", ["EXEMPTION", "CONFIDENTIAL", "PART 2", "exempt?"])
def test_no_line_takes_long_to_be_looked_at(run: str, end: str) -> None:
    printed = f"PRIVATE {run * 400}{end}"
    started = time.process_time()
    for look in (closing.is_marking, closing.bears_marking, closing.unmistakable, closing.says_what_follows):
        look(printed)
    closing.titles_part2(printed, set_apart=True)
    assert time.process_time() - started < 1
