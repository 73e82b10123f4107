"""What is shown of running lines: nothing that stands on pages of a Part 2 alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read_record
from ingest.reader import read
from tests.pages import HIGH, lines, print_pdf, text

HEAD = (
    "DMPC Decision - PCD 1234",
    "Title: Radios",
    "Executive Summary:",
    "Recommendation:",
    "Deputy Mayor for Policing and Crime",
    "Signature",
)
PART1 = ("PART I - NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", "1. Introduction and background", "2. Issues")
RUNNING = [
    # The running line of each page, what closes the third, what is shown of them, and what is kept back.
    (("Bid of 12", "Bid of 12", "Bid of 411"), "PART 2", ["Bid of 12", "Bid of 12"], "Bid of 411"),
    (("Page 1 of 4", "Page 2 of 4", "Page 3 of 4"), "PART 2", ["Page 1 of 4", "Page 2 of 4", "Page 3 of 4"], None),
    (("- 1 -", "- 2 -", "- 3 -"), "PART 2", ["- 1 -", "- 2 -", "- 3 -"], None),
    (("Bid of 12", "Bid of 13", "Bid of 411"), "OFFICIAL-SENSITIVE", ["Bid of 12", "Bid of 13"], "Bid of 411"),
]


@pytest.mark.parametrize(("running", "heading", "shown", "kept"), RUNNING)
def test_a_running_line_of_part_2_is_shown_only_where_part_1_prints_the_same(
    tmp_path: Path, running: tuple[str, ...], heading: str, shown: list[str], kept: str | None
) -> None:
    """A page number may differ; a price may not."""
    sheets = (
        lines(72, 90, *HEAD, pitch=24, font="F2"),
        lines(72, 90, *PART1, pitch=24, font="F2"),
        text(72, 90, heading, font="F2"),
    )
    printed = [drawn + text(72, HIGH - 800, words) for drawn, words in zip(sheets, running, strict=True)]
    printed[2] += text(72, 114, "The price is high.")
    record = read_record(read(print_pdf(tmp_path / "one.pdf", *printed)))
    assert [one.text for one in record.furniture if one.why == "running"] == shown
    held = [one.withheld_text.get_secret_value() for one in record.withheld_passages]
    assert kept is None or any(kept in words for words in held)
