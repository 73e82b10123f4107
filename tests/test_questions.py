"""The questions of a form that stand in a table: the answer, the reason and the date come from the row that asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read_record
from ingest.reader import read
from tests.pages import Sheet, grid, lines, print_pdf, text
from tests.test_boxes import path, square, tick

OPEN = (
    text(72, 60, "DMPC Decision - PCD 1234", 12, "F2")
    + text(72, 84, "Title: Radios", 11, "F2")
    + text(72, 108, "Recommendation:", 11, "F2")
    + lines(72, 132, "1. To approve the radios.")
    + text(72, 156, "PART I - NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", 11, "F2")
    + lines(72, 180, "1. Introduction", "1.1. Radios are old.", pitch=24)
    + text(72, 240, "Part 1 Deferral:", 11, "F2")
)
ASKS = "Is the publication of Part 1 to be deferred?"
EDGES = (72, 330, 400, 450, 520)


def asked(folder: Path, answer: list[list[str]], drawn: str = "") -> Path:
    rows = [
        [[ASKS], *answer],
        [["If yes, for what reason:"], ["Talks"], [""], [""]],
        [["Until what date:"], ["01/03/2031"], [""], [""]],
        [["Seen by:"], ["A. Secretary"], [""], [""]],
    ]
    return print_pdf(folder / "one.pdf", Sheet(OPEN + grid(256, EDGES, rows) + drawn))


ROWS = [
    ([["Yes"], [""], ["No"]], square(368, 275) + square(500, 275) + path(tick(368, 274)), "yes"),
    ([["Yes"], [""], ["No"]], square(368, 275) + square(500, 275) + path(tick(500, 274)), "no"),
    ([["Yes"], [""], ["No"]], square(368, 275) + square(500, 275), "undetermined"),
    ([["YES/NO"], [""], [""]], "", "undetermined"),
    ([["NO"], [""], [""]], "", "no"),
]


@pytest.mark.parametrize(("answer", "drawn", "deferred"), ROWS)
def test_a_row_of_a_table_asks_and_answers(tmp_path: Path, answer: list[list[str]], drawn: str, deferred: str) -> None:
    record = read_record(read(asked(tmp_path, answer, drawn)))
    assert record.form == "mopac-dmpc-decision"
    assert record.deferral.answer == deferred
    assert (record.deferral.reason, str(record.deferral.until)) == ("Talks", "2031-03-01")


def test_the_next_row_is_no_part_of_a_reason(tmp_path: Path) -> None:
    """A reason is published: what stands below it in the table is not."""
    record = read_record(read(asked(tmp_path, [["NO"], [""], [""]])))
    assert "Secretary" not in str(record.deferral)
    kept = " ".join(one.withheld_text.get_secret_value() for one in record.withheld_passages)
    assert "A. Secretary" in kept
