"""A paper is sorted into the places of its form, and what follows Part 2 is never sorted out of it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import closing
from extract import editions as forms
from extract import form as sorting
from extract.editions import editions, plain
from extract.form import Form, segment
from extract.private import private_labels
from extract.starts import Start, Wording
from extract.wordings import Wordings
from ingest.document import Box, Cell, Document, Line, Table, Word
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
PLAIN = tuple(words.removeprefix("*") for words in PART1)
TAIL = ("*Public access to information", "It is a public duty.", "*Part 1 Deferral:", "None.")
PUBLIC = ("passages", "sections", "field")
STARTS = [
    pytest.param(start, id=f"{edition.id}:{place.name}:{start.example}")
    for edition in editions()
    for place in edition.places
    for start in place.starts
    if start.words
]


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


@pytest.mark.parametrize("start", STARTS)
def test_a_place_begins_at_its_example_and_not_at_what_it_passes(start: Start) -> None:
    assert start.begins(Wording(start.example, bold=True))
    assert not start.begins(Wording(start.passes, bold=True))
    assert not start.begins(Wording(f"See {start.example}", bold=True))  # only at the start of a line


@pytest.mark.parametrize("start", STARTS)
def test_a_place_that_must_be_set_apart_is_no_plain_sentence(start: Start) -> None:
    plainly = Wording(start.example.capitalize(), bold=False)
    if start.bold or start.heading:
        assert not start.begins(plainly)
        capitals = Wording(start.example.upper(), bold=False)
        assert start.begins(capitals) == start.heading  # capitals do where a heading may be in them


@pytest.mark.parametrize("start", STARTS)
def test_a_line_of_a_scan_needs_no_weight(start: Start) -> None:
    """What was read from a picture has no sure one; but a Part 2 heading is looked for in a way of its own."""
    if start.holds != "part2":
        assert start.begins(Wording(start.example, bold=False, scanned=True))
        assert start.begins(Wording(start.example.replace("i", "l"), bold=True, scanned=True))


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


def load_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str) -> forms.Edition:
    """An edition of its own beside the one of the package that it extends."""
    source = resources.files("extract").joinpath("forms", "mopac-dmpc-decision.toml").read_text(encoding="utf-8")
    (tmp_path / "forms").mkdir(exist_ok=True)
    (tmp_path / "forms" / "mopac-dmpc-decision.toml").write_text(source, encoding="utf-8")
    (tmp_path / "forms" / "child.toml").write_text(toml, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(resources, "files", lambda _: tmp_path)
        return forms._load("child.toml")


CHILD = """
id = "child"
name = "form of its own"
extends = "mopac-dmpc-decision"
without = ["declarations"]
[[place]]
name = "title"
holds = "field"
starts = 'Subject:'
example = "Subject: Dogs"
passes = "Subject to contract"
[[place]]
name = "comments"
holds = "private"
before = "part1"
starts = 'Comments$'
example = "Comments"
passes = "Comments of the board"
[[place]]
name = "summary"
[[place.also]]
starts = 'In short$'
example = "In short"
passes = "In short order"
[labels]
approved = 'I agree'
interests_below = ''
"""


def test_an_edition_that_extends_another_overrides_it_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base, child = forms.find_edition("mopac-dmpc-decision"), load_edition(tmp_path, monkeypatch, CHILD)
    assert base is not None
    assert (child.id, child.extends, child.body) == ("child", ("mopac-dmpc-decision",), base.body)
    names = [place.name for place in child.places]
    assert [name for name in names if name not in ("comments",)] == [
        place.name for place in base.places if place.name != "declarations"
    ]
    assert names.index("comments") == names.index("part1") - 1
    assert [start.example for start in child.place("title").starts] == ["Subject: Dogs"]
    assert child.place("summary").starts == (*base.place("summary").starts, child.place("summary").starts[-1])
    assert child.place("summary").heads(Wording("In short", bold=False))
    assert child.labels["approved"].match("I agree")
    assert child.labels["signature"] == base.labels["signature"]
    assert not child.labels["interests_below"].search("interests are recorded below")  # taken away
    assert not child.labels["never printed"].search("never printed")
    assert child.recognised_by == base.recognised_by


@pytest.mark.parametrize(
    ("toml", "error"),
    [
        (CHILD.replace("extends", 'recognised_by = ["letterhead"]\nextends', 1), "letterhead"),  # no such place
        (CHILD.replace('passes = "In short order"', 'passes = "In short"'), "summary"),
        (CHILD.replace('["declarations"]', '["part2-form", "part2-titled", "part2-other"]'), "Part 2"),  # never closed
    ],
)
def test_an_edition_that_cannot_be_right_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, error: str
) -> None:
    with pytest.raises(ValueError, match=error):
        load_edition(tmp_path, monkeypatch, toml)


def test_of_two_editions_the_one_that_says_more_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that asks for more places before one that asks for fewer; then one that extends another before that one."""
    own = editions()
    child = load_edition(tmp_path, monkeypatch, CHILD.replace("Subject:", "Title:"))
    fewer = replace(child, id="fewer", recognised_by=(frozenset({"reference"}),))
    more = replace(
        child, id="more", extends=(), recognised_by=(frozenset({"reference", "title", "recommendations", "part1"}),)
    )
    paper = document(below(*PART1))
    for known, taken in ((own, "mopac-dmpc-decision"), ((*own, child, fewer), "child"), ((*own, child, more), "more")):
        monkeypatch.setattr(sorting, "editions", lambda known=known: known)
        form = segment(paper)
        assert form.edition is not None
        assert form.edition.id == taken


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
        ("From: A. Clerk", "Subject: PCD 1234", "*Recommendation:", "1. To approve."),  # an e-mail, printed
        ("*PART 2 of the file",),
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


LINES = [*PART1, *PART2, "OFFICIAL-SENSITIVE", "Other words.", "*Other heading", "The DMPC is asked to:", "PCD 1234"]


@given(st.lists(st.sampled_from([*LINES, "*1. Introduction and background", "*Title:"]), max_size=25), st.booleans())
def test_nothing_after_a_part_2_heading_is_public_and_nothing_is_lost(printed: list[str], scan: bool) -> None:
    paper = document(below(*printed))
    form = segment(as_scan(paper) if scan else paper)
    first = next((n for n, words in enumerate(printed) if words in PART2), len(printed))
    public = texts(form, *PUBLIC)
    assert len(public) <= first
    assert (
        public == [words.removeprefix("*") for words in printed[:first]][-len(public) :] or not public or form.unplaced
    )
    every = texts(form, "field", "passages", "sections", "private", "furniture", "part2") + unplaced(form)
    kept = every + [one.text for one in form.furniture]
    assert sorted(kept) == sorted(words.removeprefix("*") for words in printed)


# Short lines at the edge of a page that is not Part 2, and whether they close it.
MARKINGS = [
    ("OFFICIAL-SENSITIVE", True),
    ("OFFICIAL – SENSITIVE [COMMERCIAL]", True),
    ("OFFICIAL-SENSITIVE (COMMERCIAL)", True),
    ("OFFICIAL-SENSITIVE: COMMERCIAL, PART 2", True),
    ("OFFICIAL-SENSITIVE – PART 2", True),
    ("OFFICIAL-SENSITIVE 5", True),
    ("OFFICIAL-SENSITIVE*", True),
    ("OFFICIAL_SENSITIVE", True),
    ("OFFICIAL‑SENSITIVE", True),  # a hyphen that does not break
    ("Official-Sensitive", True),
    ("Official – Sensitive", True),
    ("O F F I C I A L - S E N S I T I V E", True),
    ("R E S T R I C T E D", True),
    ("0FFICIAL-SENSITIVE", True),  # as a scan is misread
    ("OFFlClAL-SENS1TIVE", True),
    ("ОFFICIАL-SENSITIVE", True),  # Cyrillic О and А
    ("MOPAC OFFICIAL-SENSITIVE", True),
    ("UK OFFICIAL-SENSITIVE", True),
    ("PCD 1234 – OFFICIAL-SENSITIVE – page 3", True),
    ("Handled as official-sensitive at all times.", True),
    ("RESTRICTED", True),
    ("Restricted", True),
    ("Restricted access applies.", True),
    ("EXEMPT", True),
    ("Contains exempt information", True),
    ("PROTECT – PERSONAL", True),
    ("SECRET", True),
    ("Private and confidential", True),
    ("Commercial in confidence", True),
    ("Not for publication", True),
    ("EMBARGOED until noon", True),
    ("RECIPIENTS ONLY", True),
    ("TLP: AMBER", True),
    ("TLP:RED", True),
    ("PCD 1234 Part 2", True),
    ("PART II", True),
    ("OFFICIAL", False),  # the marking of everything that is public
    ("NON-CONFIDENTIAL", False),
    ("Part 1: non-confidential facts", False),
    ("Protecting London", False),
    ("NOT PROTECTIVELY MARKED", False),
    ("The Government Security Classification marking for Part 2 is: OFFICIAL-SENSITIVE", False),
    ("Part 2 of PCD 1234 is exempt from publication for the following reasons:", False),
    ("A line that speaks of exempt matters in many more words than a header ever has", False),
]


@pytest.mark.parametrize(("marking", "closed"), MARKINGS)
@pytest.mark.parametrize("y", [40, 820])
def test_a_page_with_a_marking_at_its_edge_is_closed(marking: str, closed: bool, y: float) -> None:
    """And so is all that follows: a marking on the first page of a Part 2 may stand on none of its others."""
    second = [line(marking, y, page=2), line("Facts on the second page.", 300, page=2)]
    second.sort(key=lambda one: one.baseline)
    form = segment(document(below(*PART1), second, below("More.", page=3)))
    for words in ("Facts on the second page.", "More."):
        assert (words not in texts(form, *PUBLIC)) == closed
    assert texts(form, *PUBLIC)[: len(PART1)] == [words.removeprefix("*") for words in PART1]


def test_the_tail_is_found_again_after_a_closed_page() -> None:
    """Its questions are still asked; but nothing public opens any more."""
    marked = [line("SECRET", 40, page=2), *below("Facts.", page=2)]
    last = below("More.", *TAIL, PART1[2], "Kept back.", page=3)
    form = segment(document(below(*PART1[:2], *PART1[4:]), marked, last))
    assert unplaced(form) == ["SECRET", "Facts.", "More.", "Executive Summary:", "Kept back."]
    assert texts(form, "private", "furniture") == [words.removeprefix("*") for words in TAIL]


def test_a_line_of_the_text_that_runs_into_the_band_is_no_header() -> None:
    printed = [line(words, 50 + 14 * n, page=2) for n, words in enumerate(["goods that are exempt from tax"] * 8)]
    form = segment(document([line(words, 100 + 14 * n) for n, words in enumerate(PART1)], printed))
    assert form.marked == ()


# Words of a watermark, each (text, type size, box height): large, aslant, or one letter at a time.
WATERMARKS = [
    [("OFFICIAL-SENSITIVE", 60, 60)],
    [("Official", 50, 50), ("Sensitive", 50, 50)],
    [("CONFIDENTIAL", 10, 70)],  # turned by a right angle
    [(letter, 60, 60) for letter in "EXEMPT"],
    [("PART", 10, 90), ("2", 10, 90)],
]


@pytest.mark.parametrize("words", WATERMARKS)
def test_a_watermark_closes_its_page(words: list[tuple[str, float, float]]) -> None:
    placed = [
        Word(text, Box(200 + 40 * n, 400, 230 + 40 * n, 400 + high), "Sans", size, bold=False, italic=False)
        for n, (text, size, high) in enumerate(words)
    ]
    lines = [Line.of((*line("Facts", 410, page=2).words, *placed), Box(72, 400, 500, 490), 2, 410.0)]
    form = segment(document(below(*PART1), lines))
    assert len(texts(form, *PUBLIC)) == len(PART1)
    assert form.marked or form.holding("part2")


@pytest.mark.parametrize("marking", ["OFFICIAL-SENSITIVE [COMMERCIAL]", "Official-Sensitive", "Confidential"])
def test_a_marking_alone_in_the_text_closes_its_page(marking: str) -> None:
    second = below("Facts above.", marking, "Facts below.", page=2, top=200)
    form = segment(document(below(*PART1), second))
    assert len(texts(form, *PUBLIC)) == len(PART1)
    assert [one.text for one in form.marked] == [marking]


LABEL = "The Government Security Classification marking for Part 2 is:"
NOTICE = "*Part 2 - This section refers to the details of the Part 2 business case"


@pytest.mark.parametrize("printed", [(NOTICE, LABEL), (LABEL,)])
def test_the_marking_that_the_form_asks_for_is_that_of_part_2(printed: tuple[str, ...]) -> None:
    form = segment(document([*below(*PART1, *printed, "*OFFICIAL-SENSITIVE [COMMERCIAL]")]))
    assert form.marked == ()
    assert len(texts(form, *PUBLIC)) >= len(PART1)


# Lines that begin a Part 2 in the midst of Part 1, and that no row of the form's own has.
HEADINGS = [
    "PART TWO – CONFIDENTIAL FACTS",
    "Part 2: Confidential facts",
    "PART 2 (EXEMPT)",
    "Part II (exempt)",
    "PART-2 CONFIDENTIAL",
    "PART ll – CONFIDENTIAL FACTS",  # small letters for II
    "PARΤ 2 – CONFIDENTIAL",  # a Greek Τ
    "P A R T 2",
    "P A R T T W O",
    "Part 2b",
    "Part-two business case",
    "2. PART 2 – CONFIDENTIAL FACTS",
    "9.1 Part 2 (exempt)",
    "• PART 2 – CONFIDENTIAL FACTS",
    "“PART 2” CONFIDENTIAL",
    "MOPAC PART 2 – CONFIDENTIAL",
    "SECTION 2 – EXEMPT",
    "Annex A – Exempt information",
    "Appendix 2 (restricted)",
    "Exempt annex",
    "CONFIDENTIAL ANNEX",
    "Exempt from publication",
    "NOT FOR PUBLICATION",
    "Confidential",
    "EXEMPT",
    "Restricted – commercial",
    "Private and confidential",
    "Commercial in confidence",
    "Official-Sensitive",
    "The following is exempt under section 43",
    "The following paragraphs are exempt from publication under section 43(2).",
    "The remainder of this report is confidential.",
    "RESTRICTED. Orrin Zephyr bid nine thousand pounds.",
    "Private annex",
    "Closed paper",
    "Withheld information",
    "TLP:RED",
    "Recipients only",
    "Secret",
    "Protect – personal",
    "Embargoed",
    "In confidence",
]


CLOSING = [*HEADINGS, *PART2, *(marking for marking, closed in MARKINGS if closed)]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
DISGUISES: list[Callable[[str], str]] = [
    str,
    str.upper,
    lambda words: words.translate(FULL_WIDTH),
    lambda words: words.replace("A", "А").replace("E", "Е").replace("O", "0"),  # Cyrillic А and Е, a nought
    lambda words: "\xad".join(words),  # soft hyphens
    lambda words: "\u0345".join(words),  # a mark that capitals turn into a letter
    lambda words: words.replace(" ", "\xa0").replace("-", "\N{NON-BREAKING HYPHEN}"),
]


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("words", CLOSING)
def test_a_quick_look_passes_over_nothing_that_closes(words: str, disguise: Callable[[str], str]) -> None:
    printed = disguise(words.removeprefix("*"))
    if closing.is_marking(printed) or closing.titles_part2(printed, True) or closing.says_what_follows(printed):
        assert closing.may_close(printed)
    assert closing.may_close(words)
    assert closing.may_name_part2(printed) or "PART 2" not in closing.folded(printed)


@given(st.text("PARTWO2IlL1|НСЕ -–_.NXEMPDFSVCU0", max_size=24))
def test_a_quick_look_passes_over_no_text_that_closes(printed: str) -> None:
    if closing.is_marking(printed) or closing.titles_part2(printed, True) or closing.says_what_follows(printed):
        assert closing.may_close(printed)
    assert closing.may_name_part2(printed) or "PART 2" not in closing.folded(printed)


@given(st.lists(st.sampled_from([*PART1, *CLOSING, "PART", "2 – CONFIDENTIAL", "Other words."]), max_size=20))
def test_a_paper_looked_at_everywhere_is_sorted_the_same(printed: list[str]) -> None:
    paper = document(below(*printed))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Wordings, "closers", property(lambda self: frozenset(range(len(self.flow)))))
        patched.setattr(Wordings, "openers", property(lambda self: tuple(range(len(self.flow)))))
        patched.setattr(closing, "may_close", lambda _: True)
        patched.setattr(closing, "may_name_part2", lambda _: True)
        everywhere = segment(paper)
    assert segment(paper) == everywhere


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("bold", ["*", ""])
def test_a_heading_of_part_2_is_known_however_it_is_spelt(heading: str, bold: str) -> None:
    form = segment(document(below(*PART1, f"{bold}{heading}", "Kept back.", *TAIL[:1], "Kept back.")))
    assert [words for words in texts(form, *PUBLIC) if words in (heading, "Kept back.")] == []


@pytest.mark.parametrize(
    "heading",
    [
        ("PART", "2"),
        ("PART", "2 – CONFIDENTIAL FACTS"),
        ("MOPAC", "PART 2 – CONFIDENTIAL FACTS"),
        ("Appendix 4, the prices of bids", "exempt until 2031"),
    ],
)
def test_a_heading_over_two_lines_is_one(heading: tuple[str, str]) -> None:
    printed = [line(words, 400 + 12 * n, bold=True) for n, words in enumerate(heading)]
    form = segment(document([*below(*PART1), *printed, line("Kept back.", 440)]))
    assert "Kept back." not in texts(form, *PUBLIC)


def test_a_heading_in_the_right_of_two_columns_begins_part_2() -> None:
    left, right = line("Facts on the left", 400), line("PART 2 – CONFIDENTIAL FACTS", 400, x0=300, bold=True)
    both = left._replace(runs=left.runs + right.runs, box=left.box.union(right.box))
    form = segment(document([*below(*PART1), both, line("Kept back.", 420)]))
    assert "Kept back." not in texts(form, *PUBLIC)


# Where the heading stands in a table of two rows and two columns.
@pytest.mark.parametrize("place", [(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1), (0, 0, 1)])
def test_a_heading_in_any_cell_of_a_table_begins_part_2(place: tuple[int, int, int]) -> None:
    row, column, nth = place
    cells = [[["Item"], ["Cost"]], [["Radios"], ["£9,000"]]]
    cells[row][column].insert(nth, "*PART 2 – CONFIDENTIAL FACTS")
    paper = document([*below(*PART1), line("Kept back.", 700)])
    form = segment(replace(paper, tables=(table(cells),)))
    assert [part for part in form.holding("sections") if any(isinstance(thing, Table) for thing in part.flow)] == []
    assert "Kept back." not in texts(form, *PUBLIC)


def table(cells: list[list[list[str]]], pages: tuple[int, ...] = (1,), top: float = 500) -> Table:
    """A ruled table; a line with an asterisk is bold."""
    rows = tuple(
        tuple(
            Cell(
                tuple(
                    line(words.removeprefix("*"), top + 12 + 40 * r + 14 * n, 80 + 200 * c, bold=words[0] == "*")
                    for n, words in enumerate(cell)
                ),
                Box(72 + 200 * c, top + 40 * r, 272 + 200 * c, top + 40 * r + 40),
            )
            for c, cell in enumerate(row)
        )
        for r, row in enumerate(cells)
    )
    return Table(rows, pages, (Box(72, top, 472, top + 100),) * len(pages))


@pytest.mark.parametrize(
    "cell", [["ORIGINATING OFFICER DECLARATION", "Tick"], ["*ORIGINATING OFFICER", "*DECLARATION"]]
)
@pytest.mark.parametrize("scan", [True, False])
def test_a_heading_in_the_first_cell_of_a_table_may_be_broken(cell: list[str], scan: bool) -> None:
    paper = replace(document(below(*PART1)), tables=(table([[cell, ["✓"]], [["Legal Advice: asked"], ["✓"]]]),))
    form = segment(as_scan(paper) if scan else paper)
    assert [part.place.name for part in form.parts][-1] == "declarations"


def test_a_table_that_goes_on_to_a_closed_page_is_closed() -> None:
    paper = document(below(*PART1), [line("OFFICIAL-SENSITIVE", 40, page=2), line("Kept back.", 300, page=2)])
    form = segment(replace(paper, tables=(table([[["Item"], ["Cost"]]], pages=(1, 2)),)))
    assert [thing for thing in form.unplaced if isinstance(thing, Table)]
    assert not [thing for part in form.holding("sections") for thing in part.flow if isinstance(thing, Table)]


# Sentences in the midst of Part 1 that only speak of such things.
@pytest.mark.parametrize(
    "sentence",
    [
        "Exempt information is in Part 2.",
        "The restricted section of the report holds the rest.",
        "Part 2 of the programme starts in June.",
        "Confidential information is held by the team.",
        "This paper is not confidential.",
        "The following options were considered and none of them is exempt from VAT at the full rate.",
        "Part 2.1 – Scope",
        "*Confidentiality",
        "*Exemptions and discounts",
        "*Officers in Part 1 of the programme",
    ],
)
def test_a_sentence_that_speaks_of_part_2_leaves_the_rest_public(sentence: str) -> None:
    form = segment(document(below(*PART1, sentence, "Open facts to the end.")))
    assert texts(form, *PUBLIC)[-2:] == [sentence.removeprefix("*"), "Open facts to the end."]


def test_a_line_that_goes_on_a_sentence_is_no_heading() -> None:
    full = "The prices that each of the bidders has offered are set out in a paper of its own, called the"
    wrapped = [line(full, 400), line("Part 2 business case", 414), line("Open facts to the end.", 450)]
    form = segment(document([*[line(words, 100 + 14 * n) for n, words in enumerate(PLAIN)], *wrapped]))
    assert texts(form, *PUBLIC)[-1] == "Open facts to the end."


@pytest.mark.parametrize(
    "second",
    [
        ("*Executive Summary:", "Secret in short."),  # the place that this paper's Part 1 lacked
        ("*Recommendation:", "Kept back."),
        ("*Title: Secret",),
        ("*DMPC Decision – PCD 1234", "*Recommendation:", "Kept back."),
        ("*DMPC Decision – PCD 9999", "Kept back."),
        ("*PART I – NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", "Kept back."),
    ],
)
@pytest.mark.parametrize("tail", [TAIL, TAIL[2:] + TAIL[:2]])
def test_nothing_public_begins_after_the_tail(second: tuple[str, ...], tail: tuple[str, ...]) -> None:
    first = tuple(words for words in PART1 if words not in PART1[2:4])
    form = segment(document(below(*first, *tail), below(*second, *tail, page=2)))
    assert texts(form, *PUBLIC) == [words.removeprefix("*") for words in first]
    assert unplaced(form) == [words.removeprefix("*") for words in (*second, *tail)]


def test_a_second_paper_is_unplaced_from_its_first_line_on() -> None:
    form = segment(document(below(*PART1), below("*DMPC Decision – PCD 9999", "*Title: Secret", "Kept back.", page=2)))
    assert unplaced(form) == ["DMPC Decision – PCD 9999", "Title: Secret", "Kept back."]


# How papers of other editions begin; an asterisk is bold.
OTHERS = [
    "*REQUEST FOR DMPCD DECISION – DMPCD 2015 129",
    "*REQUEST FOR MAYORAL DECISION – MD2346",
    "DMPC DECISION",
    "*Decision reference: NPCC/2024/017",
]


@pytest.mark.parametrize("other", OTHERS)
def test_a_second_paper_on_another_form_is_unplaced_from_its_first_line_on(other: str) -> None:
    form = segment(document(below(*PART1, other, "*Title: Secret", "*Executive Summary:", "Kept back.")))
    assert unplaced(form) == [other.removeprefix("*"), "Title: Secret", "Executive Summary:", "Kept back."]


@pytest.mark.parametrize("sentence", ["Request for mayoral decision MD2346 was made.", "*Decisions of the Mayor"])
def test_a_line_that_speaks_of_another_paper_begins_none(sentence: str) -> None:
    form = segment(document(below(*PART1, sentence, "Open facts to the end.")))
    assert texts(form, *PUBLIC)[-1] == "Open facts to the end."


APART = (*PART1[:2], "Ministers have asked for this.", *PART1[2:])


def test_what_stands_apart_below_the_title_is_no_title() -> None:
    apart = [(words, 100 + 14 * n + (24 if n > 2 else 12 if n == 2 else 0)) for n, words in enumerate(APART)]
    form = segment(document([line(words.removeprefix("*"), y, bold=words[0] == "*") for words, y in apart]))
    assert unplaced(form) == ["Ministers have asked for this."]
    assert texts(form, "field") == ["DMPC Decision – PCD 1234", "Title: Custody healthcare"]


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


@pytest.mark.parametrize(("moved", "furniture"), [(0, 3), (1.5, 3), (3, 3), (9, 0)])
def test_a_header_may_stand_a_little_higher_or_lower(moved: float, furniture: int) -> None:
    """As it does on the pages of a scan."""
    pages = [[line("Custody healthcare", 40 + moved * n, page=n), *below("More.", page=n)] for n in (1, 2, 3)]
    assert len(segment(document(*pages)).furniture) == furniture


def test_a_line_that_stands_once_at_the_edge_is_text() -> None:
    form = segment(document([*below(*PART1), line("The last words of the page.", 790)], below("More.", page=2)))
    assert "The last words of the page." in texts(form, "sections")


def test_text_before_the_first_place_is_unplaced() -> None:
    form = segment(document(below("A covering note for the file.", *PART1)))
    assert unplaced(form) == ["A covering note for the file."]


def test_a_place_opens_once() -> None:
    """A heading that comes again in plain print is text of the place it stands in."""
    form = segment(document(below(*PART1, "Recommendation:", "said again")))
    assert texts(form, "sections")[-2:] == ["Recommendation:", "said again"]


@pytest.mark.parametrize(
    "heading", ["*Executive Summary:", "*Recommendation:", "*Title: Secret", "Title: Secret", PART1[6]]
)
def test_a_public_heading_among_the_sections_is_that_of_another_paper(heading: str) -> None:
    form = segment(document(below(*PART1, heading, "Kept back.", *TAIL)))
    assert texts(form, *PUBLIC) == [words.removeprefix("*") for words in PART1]
    assert "Kept back." in unplaced(form)


# Sections, and which of their lines stay public: numbers or a first heading that come again are those of another paper.
SECTIONS = ("*1. Introduction", "1.1 Open.", "*2. Costs", "2.1 Open.", "2.2 Open.", "*3. Law", "3.1 Open.")
AGAIN = [
    (("*Whatever it says", "1.1 Kept back.", "1.2 Kept back."), 0),
    (("*1. Bids", "1.1 Kept back."), 0),
    (("*1. Introduction", "Kept back."), 0),  # the first heading again, without numbers below it
    (("*Schedule", "*Bids", "1.1 Kept back."), 0),  # with all its headings
    (("Whatever it says", "1.1 Kept back."), 1),
    (("1. A list in the text.", "2. Its second item."), 2),
    (("*1. A step in bold", "and what it is."), 2),
    (("3.2 Open.", "*4. More", "4.1 Open."), 3),
    (("See 1.1 above.", "1.10 Open.", "11 vans were bought."), 3),
    (("*Introduction of vans", "Open."), 2),
]


@pytest.mark.parametrize(("more", "open_lines"), AGAIN)
def test_sections_that_begin_again_are_of_another_paper(more: tuple[str, ...], open_lines: int) -> None:
    form = segment(document(below(*PART1[:7], *SECTIONS, *more, *TAIL)))
    printed = [words.removeprefix("*") for words in (*PART1[:7], *SECTIONS, *more)]
    assert texts(form, *PUBLIC) == printed[: len(PART1[:7]) + len(SECTIONS) + open_lines]
    assert texts(form, "private", "furniture") == [words.removeprefix("*") for words in TAIL]  # which is still read


def test_a_paper_whose_sections_have_no_numbers_begins_again_with_its_first_heading() -> None:
    form = segment(
        document(below(*PART1[:7], "*Introduction", "Open.", "*Costs", "Open.", "*Introduction", "Kept back."))
    )
    assert texts(form, "sections")[-1] == "Open."


PRIVATE = [pytest.param(start, id=start.example) for start, _ in private_labels()]


@pytest.mark.parametrize("start", PRIVATE)
@pytest.mark.parametrize("at", [4, 6, 8])
def test_the_label_of_something_private_ends_what_is_public(start: Start, at: int) -> None:
    """Until the next place opens; in a table only where such a label is not also the heading of a column."""
    printed = [*PART1[:at], start.example, "Kept back.", *PART1[at:], *TAIL]
    form = segment(document(below(*printed)))
    assert not {start.example, "Kept back."} & set(texts(form, *PUBLIC))
    assert texts(form, *PUBLIC) == [words.removeprefix("*") for words in PART1]
    assert texts(form, "private", "furniture") == [words.removeprefix("*") for words in TAIL]
    cells = any(counts and one.begins(Wording(start.example, bold=False)) for one, counts in private_labels())
    ruled = segment(replace(document(below(*PART1)), tables=(table([[["Name"], [start.example]]]),)))
    assert (
        bool([thing for part in ruled.holding("sections") for thing in part.flow if isinstance(thing, Table)]) != cells
    )


@pytest.mark.parametrize("start", PRIVATE)
def test_a_sentence_near_such_a_label_stays_public(start: Start) -> None:
    form = segment(document(below(*PART1, start.passes, "Open facts to the end.", *TAIL)))
    assert "Open facts to the end." in texts(form, *PUBLIC)


def test_a_heading_in_the_midst_of_a_private_block_opens_nothing() -> None:
    block = ("*Deputy Mayor for Policing and Crime", "*PART 1", "Kept back.", "The above request has my approval.")
    form = segment(document(below(*PART1[:6], *block, *PART1[6:])))
    assert texts(form, *PUBLIC) == [words.removeprefix("*") for words in PART1]


@pytest.mark.parametrize(
    "heading",
    [
        "*Deputy Mayor for Policing & Crime",
        "*The Deputy Mayor for Policing and Crime:",
        "*Deputy Mayor for Policing and Crime (DMPC)",
    ],
)
def test_the_decision_maker_is_known_in_the_usual_spellings(heading: str) -> None:
    form = segment(document(below(*PART1[:6], heading, "Kept back.", *PART1[6:])))
    assert texts(form, "private") == [heading.removeprefix("*"), "Kept back."]


@pytest.mark.parametrize(
    "below_title",
    ["*Drafting officer: A. Clerk", "*OFFICIAL-SENSITIVE prices", "Not for publication: prices"],
)
def test_a_line_with_a_label_or_a_marking_is_no_title(below_title: str) -> None:
    every = (*PART1[:2], below_title, *PART1[2:])
    close = [line(words.removeprefix("*"), 100 + 12 * n, bold=words[0] == "*") for n, words in enumerate(every)]
    assert segment(document(close)).value("title") in ("Custody healthcare", "")
    assert below_title.removeprefix("*") not in texts(segment(document(close)), *PUBLIC)


def test_a_title_that_is_left_blank_is_not_the_paragraph_below() -> None:
    form = segment(document(below(PART1[0], "*Title:", "A note to the file.", *PART1[2:])))
    assert form.value("title") == ""
    assert "A note to the file." in unplaced(form)


# Headings that speak of what is kept back (an asterisk is bold), and near ones that do not.
KEPT_BACK = [
    ("*Custody healthcare - Part 2 (exempt)", True),
    ("*Report (Part 2)", True),
    ("*PCD 1234 Part 2", True),
    ("PCD 1234 Part 2", True),
    ("*Decision form: Part 2", True),
    ("*PART 1 AND PART 2", True),
    ("*PA RT 2", True),
    ("*Custody healthcare: confidential", True),
    ("*PART 1B - CONFIDENTIAL", True),
    ("*Form 2 - Confidential", True),
    ("*Facts and advice (confidential)", True),
    ("*Non-public facts and advice", True),
    ("*Commercially sensitive information", True),
    ("*Sensitive information", True),
    ("*Second part", True),
    ("Part No. 2", True),
    ("Part no 2 - exempt", True),
    ("*Part B", True),
    ("*PART 3", True),
    ("*LEGAL PRIVILEGE", True),
    ("*Legally privileged advice", True),
    ("*Private", True),
    ("*Private session", True),
    ("*SENSITIVE", True),
    ("*OFFICIAL SENS", True),
    ("*NON PUBLIC", True),
    ("*Not for release", True),
    ("NOT FOR DISCLOSURE", True),
    ("Part 2. Commercial advice", True),
    ("Part 2 commercial advice", True),
    ("Part Two of this report", True),
    ("The information below is commercially sensitive and not for publication.", True),
    ("What follows must not be published.", True),
    ("This section contains exempt information.", True),
    ("*Facts (non-confidential)", False),
    ("*Public facts", False),
    ("*Partners of the programme", False),
    ("*Party walls", False),
    ("*Consultation: closed", False),
    ("Private", False),  # in plain print: an item of a list
    ("Sensitive", False),
    ("Included in Part 2", False),
    ("Further detail is in Part 2 of the paper.", False),
    ("The design is sensitive to changes in price.", False),
    ("What follows is a list of the sites.", False),
    ("This section contains no exempt information.", False),
    ("*A part of the whole", False),
]


@pytest.mark.parametrize(("heading", "closed"), KEPT_BACK)
def test_a_heading_that_speaks_of_what_is_kept_back_closes(heading: str, closed: bool) -> None:
    form = segment(document(below(*PART1, heading, "Facts below.")))
    assert ("Facts below." not in texts(form, *PUBLIC)) == closed


# The same in the running header.
@pytest.mark.parametrize(
    ("header", "closed"),
    [
        ("PCD 1234 - Part 2 commercial", True),
        ("SENSITIVE", True),
        ("Private", True),
        ("Commercially sensitive information", True),
        ("Non-public", True),
        ("LEGAL PRIVILEGE", True),
        ("Sensitivity of prices", False),
        ("Private hire vehicles", False),
        ("Detail is in Part 2 of the paper", False),
    ],
)
def test_a_header_that_speaks_of_what_is_kept_back_closes_its_page(header: str, closed: bool) -> None:
    second = [line(header, 40, page=2), *below("Facts below.", page=2)]
    assert ("Facts below." not in texts(segment(document(below(*PART1), second)), *PUBLIC)) == closed


def test_what_stands_above_part_2_on_its_page_goes_with_it() -> None:
    last = [line("OFFICIAL-SENSITIVE", 40, page=2), *below("A note to the file.", PART2[0], "Kept back.", page=2)]
    form = segment(document(below(*PART1), last))
    assert "A note to the file." not in texts(form, *PUBLIC)


# Papers without a heading of a public place, and what then stands in it. An asterisk is bold.
SUMMARY, LEAD, FIRST = "Numbered in short.", "The DMPC is asked to:", "*1. Introduction and background"
UNHEADED = [
    ("nothing is missing", PART1, {}),
    ("the summary", (*PART1[:2], SUMMARY, *PART1[4:]), {"summary": [SUMMARY]}),
    ("the summary, with no part of the form below it", (*PART1[:2], SUMMARY, "And more."), None),
    ("the summary comes later", (*PART1[:2], SUMMARY, *PART1[2:]), {}),
    ("the recommendations", (*PART1[:4], LEAD, *PART1[5:]), {"recommendations": [LEAD, "1. To approve."]}),
    ("the recommendations come later", (*PART1[:3], LEAD, *PART1[4:]), {}),
    ("a sentence that leads into nothing", (*PART1[:4], "The DMPC is asked to read it.", *PART1[5:]), None),
    ("Part 1", (*PART1[:6], FIRST, "Open."), {"part1": [FIRST[1:], "Open."]}),
    ("Part 1, where a bold line is no section that comes first", (*PART1[:6], "*1. Legal comments", "Open."), None),
    ("Part 1, where the line is not bold", (*PART1[:6], FIRST[1:], "Open."), None),
    ("Part 1 comes later", (*PART1[:6], FIRST, *PART1[6:]), {}),
    ("Part 1, above the recommendations", (*PART1[:4], FIRST, "Open.", *PART1[4:6]), None),
    (
        "both",
        (*PART1[:2], SUMMARY, LEAD, *PART1[5:]),
        {"summary": [SUMMARY], "recommendations": [LEAD, "1. To approve."]},
    ),
]


@pytest.mark.parametrize(("printed", "found"), [case[1:] for case in UNHEADED], ids=[case[0] for case in UNHEADED])
def test_a_place_opens_without_its_heading_only_where_that_is_sure(
    printed: tuple[str, ...], found: dict[str, list[str]] | None
) -> None:
    form = segment(document(below(*printed)))
    if found is None:
        assert form.edition is None
        assert texts(form, *PUBLIC) == []
        return
    assert {
        part.place.name: [line.text for line in part.flow if isinstance(line, Line)] for part in form.unheaded
    } == found


@pytest.mark.parametrize("closed_by", [*PART2[:4], "OFFICIAL-SENSITIVE", "*Exempt report"])
@pytest.mark.parametrize("at", [2, 6])
def test_what_closes_a_paper_closes_a_part_without_a_heading_too(closed_by: str, at: int) -> None:
    printed = [*PART1[:2], SUMMARY, *PART1[4:6], FIRST, "Open."]
    form = segment(document(below(*printed[:at], closed_by, *printed[at:])))
    assert not {SUMMARY, "Open."} & set(texts(form, *PUBLIC)[at:])


HEADED = "DMPC Decision – PCD 1234"


def with_headers(*headers: str, printed: Sequence[Sequence[str]]) -> Document:
    pages = [
        [line(header, 40, page=n), *below(*words, page=n)]
        for n, (header, words) in enumerate(zip(headers, printed, strict=True), 1)
    ]
    return document(*pages)


@pytest.mark.parametrize(
    ("header", "reference"),
    [
        (HEADED, "PCD 1234"),
        ("PCD 1234", "PCD 1234"),
        ("PCD 1234 Custody healthcare", "PCD 1234 Custody healthcare"),
        ("Supersedes PCD 1234", None),  # another paper's
        ("Custody healthcare", None),
        ("PCD 1234 – OFFICIAL-SENSITIVE", None),  # which closes the page
    ],
)
def test_a_reference_may_stand_in_the_header_alone(header: str, reference: str | None) -> None:
    form = segment(with_headers(header, header, printed=[PART1[1:6], PART1[6:]]))
    assert (form.edition is not None) == (reference is not None)
    assert form.value("reference") == (reference or "")


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        (("", "PCD 1234", "PCD 1234"), True),
        (("PCD 1234", "", ""), True),
        (("", "", "PCD 1234"), False),
        (("", "PCD 1234", ""), False),
    ],
)
def test_a_header_that_begins_later_is_that_of_another_paper(headers: tuple[str, ...], known: bool) -> None:
    """But the first page often has none."""
    pages = [
        [*([line(header, 40, page=n)] if header else []), *below(*words, page=n)]
        for n, (header, words) in enumerate(zip(headers, (PART1[1:4], PART1[4:7], PART1[7:]), strict=True), 1)
    ]
    assert (segment(document(*pages)).edition is not None) == known


def test_what_the_paper_says_itself_goes_before_its_header() -> None:
    form = segment(with_headers("PCD 1234 Custody", "PCD 1234 Custody", printed=[PART1[:6], PART1[6:]]))
    assert form.value("reference") == "PCD 1234"
    assert [one.text for one in form.furniture] == ["PCD 1234 Custody"] * 2


@pytest.mark.parametrize("first", [PART1, PART1[1:]])
def test_from_the_header_of_another_paper_on_nothing_is_public(first: tuple[str, ...]) -> None:
    form = segment(
        with_headers(HEADED, HEADED, "PCD 9999", printed=[first[:6], first[6:], ["Kept back.", *PART1[2:4]]])
    )
    assert "Open facts." in texts(form, *PUBLIC)
    assert not {"Kept back.", "The paper in short."} & set(texts(form, *PUBLIC)[len(first) :])


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        (("*Title: Custody healthcare",), "Custody healthcare"),
        (("*Title: Custody", "*healthcare"), "Custody healthcare"),
        (("*Title: Custody", "Healthcare is paid for."), "Custody"),  # in another weight: no part of it
    ],
)
def test_a_title_may_stand_below_its_word(printed: tuple[str, ...], title: str) -> None:
    every = (PART1[0], *printed, *PART1[2:])
    close = [line(words.removeprefix("*"), 100 + 12 * n, bold=words[0] == "*") for n, words in enumerate(every)]
    assert segment(document(close)).value("title") == title


def test_a_title_may_stand_apart_from_its_word_alone() -> None:
    form = segment(document(below(PART1[0], "*Title:", "*Custody healthcare", *PART1[2:])))
    assert form.value("title") == "Custody healthcare"


def test_below_the_last_public_place_no_other_opens_without_a_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = replace(
        load_edition(tmp_path, monkeypatch, CHILD.replace("Subject:", "Title:")),
        recognised_by=(frozenset({"reference", "title"}),),
    )
    monkeypatch.setattr(sorting, "editions", lambda: (child,))
    form = segment(document(below(*PART1[:2], "Nobody knows what this is.")))
    assert form.edition == child
    assert unplaced(form) == ["Nobody knows what this is."]


def as_scan(paper: Document) -> Document:
    return replace(paper, pages=tuple(replace(page, ocr=True) for page in paper.pages))


# Lines of a page that was read from a picture, and whether all that follows is closed.
SCANNED = [
    ("PART Z - CONF1DENTIAL FACTS", True),
    ("Part Il — Confidentiol facts", True),
    ("FART 2", True),
    ("PAKT TWO", True),
    ("PART H – EXEMPT", True),
    ("Part 2 - Confidental facts", True),
    ("Exernpt report", False),  # too far from any word that is known: the next line may say it
    ("OFFICIAI-SENSITlVE", True),
    ("RESTRlCTED", True),
    ("Restrlcted appendlx", True),
    ("Part I: what is not confidential", False),
    ("Part H of the regulations", False),
    ("Party 2 agreed.", False),
    ("Part 2 of the programme starts in June", False),
    ("Project", False),
    ("Officials of the board", False),
    ("Confident in the plan", False),
]


@pytest.mark.parametrize(("printed", "closed"), SCANNED)
def test_a_line_of_a_scan_that_is_probably_a_part_2_heading_closes(printed: str, closed: bool) -> None:
    form = segment(as_scan(document(below(*PLAIN, printed, "Facts below."))))
    assert ("Facts below." not in texts(form, *PUBLIC)) == closed


def test_a_part_2_heading_in_the_midst_of_scanned_lines_closes() -> None:
    """Where no gap, no weight and no short line before it tells that a heading begins."""
    full = "The prices that each of the bidders has offered are set out below, with what each would do in return"
    close = [line(words, 400 + 14 * n) for n, words in enumerate((full, "Part 2 (exempt)", "Kept back."))]
    start = [line(words, 100 + 14 * n) for n, words in enumerate(PLAIN)]
    assert "Kept back." not in texts(segment(as_scan(document([*start, *close]))), *PUBLIC)


def test_a_wrapped_sentence_of_a_scan_that_ends_with_part_2_is_no_heading() -> None:
    full = "The prices that each of the bidders has offered are set out with what each would do in return in"
    close = [line(words, 400 + 14 * n) for n, words in enumerate((full, "Part 2.", "Open facts to the end."))]
    start = [line(words, 100 + 14 * n) for n, words in enumerate(PLAIN)]
    assert texts(segment(as_scan(document([*start, *close]))), *PUBLIC)[-1] == "Open facts to the end."


def test_headings_of_a_scan_are_found_without_weight_and_with_letters_misread() -> None:
    misread = [words.replace("i", "l").replace("O", "0") for words in PLAIN]
    misread[0] = PLAIN[0]
    form = segment(as_scan(document(below(*misread))))
    assert [part.place.name for part in form.parts] == ["reference", "title", "summary", "recommendations", "part1"]


@given(st.text(max_size=30))
def test_plain_text_is_plain_already_the_second_time(words: str) -> None:
    assert plain(plain(words)) == plain(words)


def test_a_page_that_is_turned_over_keeps_its_closure() -> None:
    paper: Document = document(below(*PART1), below("Facts.", page=2))
    marked = replace(paper.pages[1], lines=(line("SECRET", 40, page=2), *paper.pages[1].lines))
    form = segment(replace(paper, pages=(paper.pages[0], marked)))
    assert "Facts." in unplaced(form)


# The head of the page on which a Part 2 begins, above its heading, and whether it is of Part 1.
ABOVE = [
    (("Lark tender",), False),  # a title that nothing in Part 1 leads to
    (("*Lark tender", "Prices and names."), False),
    (("3.2 Open to the end.",), True),  # the sections go on with a number
    (("3.2 Open to the end.", "And what goes with it."), True),
    (("*4. Equality", "4.1 Open."), True),
]


@pytest.mark.parametrize(("above", "is_open"), ABOVE)
def test_what_stands_above_a_part_2_heading_is_of_part_1_where_the_sections_go_on(
    above: tuple[str, ...], is_open: bool
) -> None:
    first = below(*PART1[:-1], *SECTIONS)
    form = segment(document(first, below(*above, "*PART 2 – CONFIDENTIAL FACTS", "Secret.", page=2)))
    printed = [words.removeprefix("*") for words in above]
    assert (texts(form, *PUBLIC)[-len(printed) :] == printed) == is_open
    assert (texts(form, "part2")[:1] == ["PART 2 – CONFIDENTIAL FACTS"]) or not is_open
    assert not is_open or unplaced(form) == []
    assert all(words in texts(form, "part2") for words in printed) != is_open
