"""What is an answer to a question of the form: YES or NO alone, and not a "no" somewhere in a sentence."""

from __future__ import annotations

import re

import pytest

from extract.answers import yes_or_no
from extract.marks import Marks
from ingest.document import Line, Mark
from tests.pages import line

QUESTION = re.compile(r"Is there a Part 2 form\s*[-:?]*")
MORE = "what is printed there says more than YES or NO"
NEITHER = "neither YES nor NO can be read there"
OPEN = "neither YES nor NO is struck out, ringed or ticked"


def asked(*printed: str, struck: str = "") -> list[Line]:
    """The lines of a question; words between ~ are struck out."""
    rows = []
    for n, words in enumerate(printed):
        row = line(words.replace("~", ""), 100 + 14 * n)
        deleted = {word.strip("~") for word in words.split() if word.startswith("~")}
        rows.append(Line.of([w._replace(struck=w.text in deleted) for w in row.words], row.box, 1, row.baseline))
    return rows


Q = "Is there a Part 2 form"
CASES = [
    (f"{Q} - NO", "no", None),
    (f"{Q} – YES", "yes", None),
    (f"{Q}? Yes", "yes", None),  # letter case is free
    (f"{Q}? no.", "no", None),
    (f"{Q}? (NO)", "no", None),
    (f"{Q}? [ NO ]", "no", None),
    (f"{Q}–NO", "no", None),  # no space
    (f"{Q}: / NO", "no", None),  # what is left where YES was taken out
    (f"{Q} ? NO", "no", None),
    (f"{Q}? NO NO", "no", None),
    (f"{Q}? ~YES / NO", "no", None),
    (f"{Q}? YES / ~NO – see Part 2", "yes", None),
    (f"{Q}? NO ~unless ~needed", "no", None),  # words that are struck out say nothing
    (f"{Q}? YES – see Part 2", "yes", None),  # an answer, and apart from it why
    (f"{Q}? YES - see Part 2", "yes", None),
    (f"{Q}? No – not required", "no", None),
    (f"{Q}? No – it is all public", "no", None),
    (f"{Q}? NO (all of it is public)", "no", None),
    (f"{Q}? NO. All of it is public.", "no", None),
    (f"{Q}? ☐ Yes ☒ No", "no", None),
    (f"{Q}? Yes ☒ No ☐", "yes", None),
    (f"{Q}? YES/NO", "undetermined", OPEN),
    (f"{Q}? YES / NO – see Part 2", "undetermined", OPEN),
    (f"{Q}? NO?", "undetermined", MORE),
    (f"{Q}? N/A", "undetermined", NEITHER),
    (f"{Q}?", "undetermined", NEITHER),
    (f"{Q}? No decision yet", "undetermined", MORE),
    (f"{Q}? There is no answer yet", "undetermined", MORE),
    (f"{Q}? There is no doubt that there is one", "undetermined", MORE),
    (f"{Q}? no later than June", "undetermined", MORE),
    (f"{Q}? Delete NO if deferred", "undetermined", MORE),
    (f"{Q}? see note no 4", "undetermined", MORE),
    (f"{Q}? No. 4", "undetermined", MORE),  # a number
    (f"{Q}? No: 4 of them are", "undetermined", MORE),
    (f"{Q}? No. of pages: 4", "undetermined", MORE),
    (f"{Q}? No-one has asked", "undetermined", MORE),
    (f"{Q}? NO, or so it seems", "undetermined", MORE),
    (f"{Q}? NO – unless it is signed", "undetermined", MORE),
    (f"{Q}? NO – to be confirmed", "undetermined", MORE),
    (f"{Q}? YES unless signed", "undetermined", MORE),
    (f"{Q}? Yes – no date", "undetermined", MORE),
    (f"{Q}? not no", "undetermined", MORE),
    (f"{Q}? N/A – no", "undetermined", MORE),
    (f"{Q} - if no, leave blank:", "undetermined", MORE),
    (f"{Q}? Y E S / NO", "undetermined", MORE),
    (f"{Q}? Y ES/NO", "undetermined", MORE),
    (f"{Q}? Y-E-S/NO", "undetermined", MORE),
    (f"{Q}? Y/NO", "undetermined", MORE),
    (f"{Q}? YES/N O", "undetermined", MORE),
    (f"{Q}? YËS/NO", "undetermined", MORE),
    (f"{Q}? NO/not known", "undetermined", MORE),
    (f"{Q}? ~Y ES NO", "undetermined", MORE),  # a part of a word is struck out, and a part is left
    ("Is there no Part 2 form? NO", "undetermined", MORE),  # another question
]


@pytest.mark.parametrize(("printed", "answer", "saw"), CASES)
def test_an_answer_is_yes_or_no_and_nothing_else(printed: str, answer: str, saw: str | None) -> None:
    said = yes_or_no(asked(printed), Marks(), QUESTION)
    assert (said.answer, said.saw) == (answer, saw)


def test_an_answer_goes_on_in_the_next_line() -> None:
    """As "No Part 2 text" does below a question that was left open."""
    assert yes_or_no(asked(f"{Q} –", "No Part 2 text should be put here"), Marks(), QUESTION).saw == MORE
    assert yes_or_no(asked(f"{Q} –", "NO"), Marks(), QUESTION).answer == "no"
    assert yes_or_no(asked("Is there a Part 2", "form – NO"), Marks(), QUESTION).answer == "no"


def test_a_question_that_is_asked_again_is_no_answer() -> None:
    greedy = re.compile(r"Is the publication .*deferred\s*\?")
    printed = asked("Is the publication to be deferred? NO", "Is the publication to be deferred? YES")
    assert yes_or_no(printed, Marks(), greedy).saw == MORE
    assert yes_or_no(printed[:1], Marks(), greedy).answer == "no"


def test_a_letter_in_a_box_is_a_tick_and_no_word() -> None:
    (row,) = asked(f"{Q}? YES x NO y")
    boxes = [Mark("box", word.box, 1, word.text == "x") for word in row.words if word.text in ("x", "y")]
    assert yes_or_no([row], Marks({1: tuple(boxes)}), QUESTION).answer == "yes"
    assert yes_or_no([row], Marks(), QUESTION).saw == MORE


def test_a_question_beside_its_answer_ends_where_its_own_words_end() -> None:
    """In a table the answer stands beside the first line of the question."""
    left = [line("Is there a Part", 100), line("2 form?", 114)]
    assert yes_or_no([*left, line("NO", 100, 300)], Marks(), QUESTION).answer == "no"
    assert yes_or_no([*left, line("see note no 4", 100, 300)], Marks(), QUESTION).saw == MORE
