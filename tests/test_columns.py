"""Paragraphs with other words beside or close above them: what may be two texts read as one is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read_record
from extract.checks import find
from extract.record import DecisionRecord
from ingest.reader import read_bytes
from tests.pages import lines, print_pdf, text

HEAD = [
    "*DMPC Decision - PCD 9077",
    "*Title: Radios for cars",
    "*Executive Summary:",
    "New radios are wanted for the cars.",
    "*Recommendation:",
    "The Deputy Mayor for Policing and Crime is recommended to:",
    "1. Approve the purchase of radios.",
    "*Deputy Mayor for Policing and Crime",
    "The above request has my approval.",
    "Signature",
    "Date 14/03/2024",
]
PART1 = ["*PART I - NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", "*1. Introduction and background"]
TAIL = ["*2. Financial comments", "2.1 There is enough money.", "*Public access to information", "It is so."]
SAID = "The radios are old and do not last for a whole day"


def sheet(printed: list[str], top: float = 90) -> str:
    """Lines one below the other, a paragraph apart; those that begin with an asterisk in bold."""
    return "".join(
        text(72, top + 24 * n, words.removeprefix("*"), 11, "F2" if words.startswith("*") else "F1")
        for n, words in enumerate(printed)
    )


def paper(folder: Path, drawn: str) -> DecisionRecord:
    """A paper whose first section holds what is drawn, from 150 points down."""
    pages = (sheet(HEAD), sheet(PART1) + drawn + sheet(TAIL, 400))
    return read_record(read_bytes("one.pdf", print_pdf(folder / "one.pdf", *pages).read_bytes(), search=False))


LEFT = lines(
    72,
    150,
    "1.1 The radios are old and do not last",
    "for a whole day, and new ones are",
    "wanted for all of the cars.",
)
DRAWN = [
    # What stands in the section, the paragraph that is asked about, and what the row is about.
    (
        LEFT + lines(330, 150, "Part of another text", "with other words,", "on the same lines."),
        "1/1.1",
        "columns on the same lines",
    ),
    (
        LEFT + lines(330, 155, "Part of another text", "with other words,", "a little lower."),
        "1/1.1",
        "columns a little lower",
    ),
    (LEFT + text(330, 164, "Blue pages", 11, "F2"), "1/1.1", "a heading at the side"),
    (
        lines(72, 150, "1.1 The radios are old            Blue pages", "and new ones are wanted."),
        "1/1.1",
        "parted by spaces typed",
    ),
    (
        LEFT + text(72, 200, "Part") + text(200, 200, "of another text") + text(72, 214, "it is."),
        "1/p1",
        "behind one word",
    ),
    (lines(72, 150, "Private", f"The radios are old. {SAID}."), "1/p1", "a heading close above a paragraph"),
    (lines(72, 150, "1.1 None. Blue pages", f"The radios are old. {SAID}."), "1/1.1", "close above the rest of one"),
    (LEFT, None, "a paragraph"),
    (lines(72, 150, f"1.1 {SAID} and", "New York."), None, "a full line before a capital"),
    (lines(72, 150, "1.1 These are wanted:", f"Radios. {SAID}."), None, "a lead"),
    (text(72, 150, "1.1") + lines(130, 150, SAID, SAID, "and night."), None, "a number that hangs"),
    (text(72, 150, "1.1 Age: ", 11, "F2") + text(125, 150, SAID) + text(72, 164, "and night."), None, "a bold opening"),
    (LEFT + text(96, 200, "•") + lines(114, 200, SAID, "and night."), None, "a bullet"),
    (text(72, 150, f"1.1 {SAID}.", then="4 Tw") + text(72, 164, f"{SAID}.", then="4 Tw"), None, "words spaced out"),
]


@pytest.mark.parametrize(("drawn", "asked"), [row[:2] for row in DRAWN], ids=[row[2] for row in DRAWN])
def test_what_is_read_across_columns_is_asked_about(tmp_path: Path, drawn: str, asked: str | None) -> None:
    record = paper(tmp_path, drawn)
    assert [section.heading for section in record.sections] == ["Introduction and background", "Financial comments"]
    found = [one for one in find(record) if one.check == "print-in-columns"]
    assert [(one.passage, one.severity) for one in found] == ([(asked, "blocks")] if asked else [])
    assert not any("Blue" in one.message for one in found)
