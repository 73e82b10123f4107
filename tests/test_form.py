"""A paper is sorted into the places of its form, and what follows Part 2 is never sorted out of it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import form as forms
from extract.form import Form, Place, editions, plain, segment
from ingest.document import Document, Line
from tests.pages import below, document, line

PART1 = (
    "*DMPC Decision – PCD 1234",
    "*Title: Custody healthcare",
    "*Executive Summary:",
    "The paper in short.",
    "*Recommendation:",
    "1. To approve.",
    "*PART I – NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC",
    "Open facts.",
)
PUBLIC = ("passages", "sections", "field")
PLACES = [(edition.id, place) for edition in editions() for place in edition.places]
NAMES = [f"{edition}:{place.name}" for edition, place in PLACES]


def texts(form: Form, *holds: str) -> list[str]:
    """The lines in places that hold such things."""
    return [
        thing.text
        for part in form.parts
        for thing in part.flow
        if part.place.holds in holds and isinstance(thing, Line)
    ]


def unplaced(form: Form) -> list[str]:
    return [thing.text for thing in form.unplaced if isinstance(thing, Line)]


@pytest.mark.parametrize("place", [place for _, place in PLACES], ids=NAMES)
def test_a_place_begins_at_its_example_and_not_at_what_it_passes(place: Place) -> None:
    assert place.begins(line(place.example, bold=True))
    assert not place.begins(line(place.passes, bold=True))
    assert not place.begins(line(f"See {place.example}", bold=True))  # only at the start of a line


@pytest.mark.parametrize("place", [place for _, place in PLACES if place.bold or place.heading])
def test_a_place_that_must_be_set_apart_is_no_plain_sentence(place: Place) -> None:
    assert not place.begins(line(place.example.capitalize()))
    assert place.begins(line(place.example.upper())) == place.heading  # capitals do where a heading may be in them


# What is changed in the form's own file, and a word of the complaint where it does not load.
@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda toml: toml, None),
        (lambda toml: toml.replace('example = "Executive Summary:"', 'example = "In short"'), "summary"),
        (
            lambda toml: toml.replace(
                'passes = "Executive summary papers are sent to the board each month."', 'passes = "Executive Summary"'
            ),
            "summary",
        ),
        (
            lambda toml: toml.replace('passes = "Executive summary papers are sent to the board each month."', ""),
            "passes",
        ),
        (lambda toml: toml.replace('example = "Executive Summary:"', ""), "example"),
    ],
)
def test_a_row_that_fails_its_examples_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str], error: str | None
) -> None:
    name = "mopac-dmpc-decision.toml"
    source = resources.files("extract").joinpath("forms", name).read_text(encoding="utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / name).write_text(change(source), encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    if error is None:
        assert forms._load(name).id == "mopac-dmpc-decision"
    else:
        with pytest.raises((ValueError, KeyError), match=error):
            forms._load(name)


def test_a_paper_is_sorted_into_its_places() -> None:
    form = segment(document(below(*PART1)))
    assert form.edition is not None
    assert [part.place.name for part in form.parts] == ["reference", "title", "summary", "recommendations", "part1"]
    assert unplaced(form) == []


# Papers that are not on a form we know.
@pytest.mark.parametrize(
    "printed",
    [
        ("Dear Sir,", "Thank you for your letter."),
        (),
        tuple(words for words in PART1 if "Recommendation" not in words),  # a place that must be there is not
        tuple(words for words in PART1 if "PART I" not in words),
        ("*Report to the Board", *PART1[3:5]),
    ],
)
def test_an_unknown_form_places_nothing(printed: tuple[str, ...]) -> None:
    form = segment(document(below(*printed)))
    assert form.edition is None
    assert form.parts == ()
    assert unplaced(form) == [words.removeprefix("*") for words in printed]


# Headings that open a Part 2, as they are printed (an asterisk is bold).
PART2 = [
    "*PART 2 – CONFIDENTIAL FACTS AND ADVICE TO THE DMPC",
    "PART II - CONFIDENTIAL FACTS AND ADVICE TO THE DMPC",
    "Part 2 – Confidential facts and advice",
    "*PART 2",
    "*Part 2 – restricted",
    "PART II: EXEMPT INFORMATION",
    "*Exempt report",
    "CONFIDENTIAL APPENDIX A",
    "*Confidential annex",
    "RESTRICTED SECTION",
    "*Part Two",
    "PART2 EXEMPT",
    "*Not for publication",
]  # fmt: skip


@pytest.mark.parametrize("heading", PART2)
@pytest.mark.parametrize("page", [1, 2])
def test_part_2_shuts_the_rest_whatever_headings_follow(heading: str, page: int) -> None:
    after = (heading, "*Executive Summary:", "Secret in short.", *PART1, "*Part 1 Deferral:", "Secret to the end.")
    shut = below(*after, page=2) if page == 2 else below(*after, top=100 + 24 * len(PART1))
    form = segment(document([*below(*PART1), *shut]) if page == 1 else document(below(*PART1), shut))
    held = texts(form, "part2") + unplaced(form)
    assert [words.removeprefix("*") for words in after] == held
    assert texts(form, *PUBLIC) == [words.removeprefix("*") for words in PART1]


@pytest.mark.parametrize("heading", PART2)
@pytest.mark.parametrize("y", [40, 820])
def test_part_2_in_a_running_header_or_footer_shuts_its_pages(heading: str, y: float) -> None:
    words = heading.removeprefix("*")
    header = [line(words, y, page=n, bold=heading.startswith("*")) for n in (2, 3)]
    pages = [[header[n - 2], *below(f"Secret of page {n}.", page=n)] for n in (2, 3)]
    form = segment(document(below(*PART1), *pages))
    assert not [words for words in texts(form, *PUBLIC) if "Secret" in words]


@pytest.mark.parametrize("heading", PART2)
def test_part_2_in_the_footer_of_one_page_shuts_it_from_its_head(heading: str) -> None:
    footer = line(heading.removeprefix("*"), 820, page=2, bold=heading.startswith("*"))
    form = segment(document(below(*PART1), [*below("Secret of the page.", page=2), footer]))
    assert "Secret of the page." not in texts(form, *PUBLIC)


# Sentences of Part 1 that speak of a Part 2 and open none.
@pytest.mark.parametrize(
    "sentence",
    [
        "Part 2 of the programme starts in June.",
        "part 2 is exempt from publication.",
        "Confidential information is held by the team.",
        "The restricted section of the report holds the rest.",
        "Part 2 - This section refers to the details of the Part 2 business case",
    ],
)
def test_a_sentence_about_part_2_opens_none(sentence: str) -> None:
    form = segment(document(below(*PART1, sentence, "*Executive Summary:")))
    assert form.holding("part2") == ()


@given(st.lists(st.sampled_from([*PART1, *PART2, "OFFICIAL-SENSITIVE", "Other words.", "*Other heading"]), max_size=25))
def test_nothing_after_a_part_2_heading_is_public_and_nothing_is_lost(printed: list[str]) -> None:
    form = segment(document(below(*printed)))
    first = next((n for n, words in enumerate(printed) if words in PART2), len(printed))
    public = texts(form, *PUBLIC)
    assert len(public) <= first
    assert (
        public == [words.removeprefix("*") for words in printed[:first]][-len(public) :] or not public or form.unplaced
    )
    every = texts(form, "field", "passages", "sections", "private", "furniture", "part2") + unplaced(form)
    kept = every + [one.text for one in form.furniture]
    assert sorted(kept) == sorted(words.removeprefix("*") for words in printed)


# Markings at the head of a page that is not Part 2, and whether the page is closed.
MARKINGS = [
    ("OFFICIAL-SENSITIVE", True),
    ("OFFICIAL – SENSITIVE [COMMERCIAL]", True),
    ("O F F I C I A L - S E N S I T I V E", True),
    ("UK OFFICIAL-SENSITIVE", True),
    ("RESTRICTED", True),
    ("SECRET", True),
    ("TLP: AMBER", True),
    ("OFFICIAL", False),  # the marking of everything that is public
    ("Restricted access applies.", False),
]


@pytest.mark.parametrize(("marking", "closed"), MARKINGS)
@pytest.mark.parametrize("y", [40, 820])
def test_a_page_with_a_marking_of_its_own_is_closed(marking: str, closed: bool, y: float) -> None:
    second = [line(marking, y, page=2), line("Facts on the marked page.", 300, page=2)]
    form = segment(document(below(*PART1), second, below("Open again.", page=3)))
    assert ("Facts on the marked page." in unplaced(form)) == closed
    assert ("Facts on the marked page." in texts(form, *PUBLIC)) != closed
    assert "Open again." in texts(form, *PUBLIC)
    assert bool(form.marked) == closed


def test_a_marking_in_the_middle_of_a_page_speaks_of_part_2() -> None:
    form = segment(document([*below(*PART1), line("OFFICIAL-SENSITIVE [COMMERCIAL]", 500)]))
    assert form.marked == ()


def test_a_marking_on_every_page_closes_all() -> None:
    pages = [[line("OFFICIAL-SENSITIVE", 40, page=n), *below(*PART1[4 * n - 4 : 4 * n], page=n)] for n in (1, 2)]
    form = segment(document(*pages))
    assert texts(form, *PUBLIC) == []


def test_headers_and_footers_are_furniture() -> None:
    pages = [
        [line("PCD 1234 – Custody", 40, page=n), *printed, line(f"Page {n} of 3", 820, page=n)]
        for n, printed in enumerate([below(*PART1), below("More.", page=2), below("Last.", page=3)], 1)
    ]
    form = segment(document(*pages))
    assert len(form.furniture) == 6
    assert texts(form, "sections")[1:] == ["Open facts.", "More.", "Last."]


def test_a_line_that_stands_once_at_the_edge_is_text() -> None:
    form = segment(document([*below(*PART1), line("The last words of the page.", 790)], below("More.", page=2)))
    assert "The last words of the page." in texts(form, "sections")


def test_text_before_the_first_place_is_unplaced() -> None:
    form = segment(document(below("A covering note for the file.", *PART1)))
    assert unplaced(form) == ["A covering note for the file."]


def test_a_place_opens_once() -> None:
    """A heading that comes again is text of the place it stands in."""
    form = segment(document(below(*PART1, "*Recommendation:", "said again")))
    assert texts(form, "sections")[-2:] == ["Recommendation:", "said again"]


def test_what_stands_above_part_2_on_its_page_goes_with_it() -> None:
    last = [line("OFFICIAL-SENSITIVE", 40, page=2), *below("A note to the file.", PART2[0], "Secret.", page=2)]
    form = segment(document(below(*PART1), last))
    assert "A note to the file." not in texts(form, *PUBLIC)


@given(st.text(max_size=30))
def test_plain_text_is_plain_already_the_second_time(words: str) -> None:
    assert plain(plain(words)) == plain(words)


def test_a_page_that_is_turned_over_keeps_its_closure() -> None:
    """The same page closed at the front of the paper: what opens there stays closed for that page alone."""
    paper: Document = document(below(*PART1), below("Facts.", page=2))
    marked = replace(paper.pages[1], lines=(line("SECRET", 40, page=2), *paper.pages[1].lines))
    form = segment(replace(paper, pages=(paper.pages[0], marked)))
    assert "Facts." in unplaced(form)
