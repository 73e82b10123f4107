"""What is withheld is found however it is written, and what is public anyway is no alarm."""

from __future__ import annotations

import base64

import pytest
from pydantic import SecretStr

from publish.denylist import deny

WITHHELD = [
    SecretStr("The preferred bidder offered a discount of £1,250,000 if the award is made before the end of March."),
    SecretStr("Quokkaworth Holdings"),
]
PAGE = "<!doctype html><p>%s</p>"

FOUND = [
    "the preferred bidder offered a generous sum",
    "The Preferred Bidder Offered A price",
    "The preferred</b> <b>bidder offered a",
    "The prefer&shy;red bidder of&#102;ered a",
    "The%20preferred%20bidder%20offered%20a",
    "Thepreferredbidderofferedadiscountof1250000iftheaward",
    "T h e p r e f e r r e d b i d d e r o f f e r e d a d i s c o u n t o f",
    "Тhe рreferred bidder оffered a",
    "Quokkaworth Holdings",
    "QUOKKAWORTH\u200b HOLDINGS",
    "it was £1.25m",
    "it was 1250 thousand",
    "1,250,000.00",
    "£1250000",
]


@pytest.mark.parametrize("text", FOUND)
def test_what_is_withheld_is_found(text: str) -> None:
    assert deny([("index.html", (PAGE % text).encode())], WITHHELD)


@pytest.mark.parametrize("text", ["The preferred bidder was told", "discount", "£1,250", "Holdings", "2026", "March"])
def test_what_only_resembles_it_is_not(text: str) -> None:
    assert deny([("index.html", (PAGE % text).encode())], WITHHELD) == ()


def test_what_is_public_anyway_is_no_alarm() -> None:
    page = (PAGE % "This paper sets out the full business case.").encode()
    withheld = [SecretStr("This paper sets out the full business case. The price is secret and nobody may know.")]
    assert deny([("index.html", page)], withheld)
    assert deny([("index.html", page)], withheld, ["This paper sets out the full business case."]) == ()


def test_a_file_that_has_no_reader_is_looked_through_as_it_is() -> None:
    assert deny([("site.css", b"/* The%20preferred%20bidder%20offered%20a */")], WITHHELD)
    assert deny([("site.css", b".preferred .bidder {}")], WITHHELD) == ()


def test_a_problem_does_not_say_what_was_found() -> None:
    (problem, *_) = deny([("index.html", (PAGE % FOUND[0]).encode())], WITHHELD)
    assert "bidder" not in repr(problem)


def test_base64_is_left_to_the_closed_world() -> None:
    """A denylist cannot know every code; that is why it is the second net and not the first."""
    hidden = base64.b64encode(WITHHELD[0].get_secret_value().encode()).decode()
    assert deny([("index.html", (PAGE % hidden).encode())], WITHHELD) == ()


def test_an_amount_that_chance_writes_in_packed_bytes_is_no_alarm() -> None:
    """A font or a packed stream holds such bytes: a release of everything must not hang on them."""
    secret = [SecretStr("The price of each camera that was offered is £1.86k.")]
    assert deny([("font.woff2", b"\xff\xfe 1.86k \x00\x9c")], secret) == ()
    assert {problem.kind for problem in deny([("page.txt", b"It is 1.86k.")], secret)} == {"a withheld amount"}
