"""Passages and sections: ids that are stable and unique, levels, captions, and headings with and without numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.labels import label_of
from extract.paragraphs import Paragraph
from extract.passages import Thing, passages, sections
from extract.record import Passage, TablePassage
from extract.texts import heading_place
from ingest.document import Box, Cell, Line, Table
from tests.pages import line


def paragraph(words: str, label: str | None = None, *, bold: bool = False, x0: float = 72) -> Paragraph:
    whole = f"{label}." if label and label not in "o–▪•" and label[-1].isalnum() else label
    printed = line(f"{whole} {words}" if whole else words, x0=x0, bold=bold, hang=x0 + 48 if whole else 0)
    made = label_of(printed) if whole else None
    assert (made is None) == (label is None)
    return Paragraph(made, (printed,), words)


def table(*rows: tuple[str, ...]) -> Table:
    box = Box(72, 200, 500, 220)

    def cell(words: str) -> Cell:
        printed: tuple[Line, ...] = (line(words, 210),) if words else ()
        return Cell(printed, box)

    return Table(tuple(tuple(cell(words) for words in row) for row in rows), (1,), (box,))


COSTS = (("Year", "Cost"), ("2026", "£4,000"))

# Labels in order, and (id, number, level) of each passage of the block "2", whose number opens theirs.
NUMBERED = [
    (["2.1", "2.2"], [("2/2.1", "2.1", 1), ("2/2.2", "2.2", 1)]),
    (["2.1", "2.1.1", "2.1.1.1"], [("2/2.1", "2.1", 1), ("2/2.1.1", "2.1.1", 2), ("2/2.1.1.1", "2.1.1.1", 3)]),
    (
        ["2.1", "a", "b", "2.2", "a"],
        [("2/2.1", "2.1", 1), ("2/2.1.a", "a", 2), ("2/2.1.b", "b", 2), ("2/2.2", "2.2", 1), ("2/2.2.a", "a", 2)],
    ),
    ([None, None], [("2/p1", None, 1), ("2/p2", None, 1)]),
    (["2.1", "•", "•"], [("2/2.1", "2.1", 1), ("2/p1", None, 2), ("2/p2", None, 2)]),
    (["a", "b"], [("2/a", "a", 1), ("2/b", "b", 1)]),  # letters under no number
    (["2.1", "2.1"], [("2/2.1", "2.1", 1), ("2/2.1~2", "2.1", 1)]),  # the same number printed twice
    (["2.1", "2.1", "2.1"], [("2/2.1", "2.1", 1), ("2/2.1~2", "2.1", 1), ("2/2.1~3", "2.1", 1)]),
]


@pytest.mark.parametrize(("labels", "expected"), NUMBERED)
def test_passages_are_numbered(labels: list[str | None], expected: list[tuple[str, str | None, int]]) -> None:
    found = passages("2", [paragraph("Words.", label) for label in labels], depth_of_block=1)
    assert [(p.id, p.number, p.level) for p in found if isinstance(p, Passage)] == expected


# Labels with their place from the left, and the ids and levels they get in section 2.
NESTED = [
    (  # four levels of numbers, letters below, Roman numerals below these, and back
        "2.1 2.2 2.2.1 2.2.3 2.2.3.1 2.2.3.1.4 (a) (b) (i) (ii) (c) 2.3",
        "2.1:1 2.2:1 2.2.1:2 2.2.3:2 2.2.3.1:3 2.2.3.1.4:4 2.2.3.1.4.a:5 2.2.3.1.4.b:5 2.2.3.1.4.b.i:6 "
        "2.2.3.1.4.b.ii:6 2.2.3.1.4.c:5 2.3:1",
    ),
    ("2.1 i. ii. iii. iv. v. vi.", "2.1:1 2.1.i:2 2.1.ii:2 2.1.iii:2 2.1.iv:2 2.1.v:2 2.1.vi:2"),
    (  # i after h is a letter
        "2.1 a. b. c. d. e. f. g. h. i. j.",
        "2.1:1 2.1.a:2 2.1.b:2 2.1.c:2 2.1.d:2 2.1.e:2 2.1.f:2 2.1.g:2 2.1.h:2 2.1.i:2 2.1.j:2",
    ),
    ("2.1 h) i) i.@120 ii.@120", "2.1:1 2.1.h:2 2.1.i:2 2.1.i.i:3 2.1.i.ii:3"),  # set deeper, it is the first numeral
    ("2.1 (a) (b) a.@110 b.@110 (c)", "2.1:1 2.1.a:2 2.1.b:2 2.1.b.a:3 2.1.b.b:3 2.1.c:2"),  # letters below letters
    ("2.1 (a) (A) (B) (b)", "2.1:1 2.1.a:2 2.1.a.A:3 2.1.a.B:3 2.1.b:2"),
    ("2.1 •@90 •@90 o@110 o@110 ▪@130 •@90", "2.1:1 p1:2 p2:2 p3:3 p4:3 p5:4 p6:2"),  # bullets below bullets
    ("2.1 •@90 –@110 •@90 2.2", "2.1:1 p1:2 p2:3 p3:2 2.2:1"),
    ("•@72 •@72 •@90 •@72", "p1:1 p2:1 p3:2 p4:1"),  # the same bullet set deeper
    ("2.1 (a)@90 •@110 •@110 (b)@90", "2.1:1 2.1.a:2 p1:3 p2:3 2.1.b:2"),  # bullets below a letter
    ("2.1 •@90 (a)@110 (b)@110 •@90", "2.1:1 p1:2 2.1.a:3 2.1.b:3 p2:2"),  # letters below a bullet
    ("2.1 •@90 •@90 a.@90 b.@90", "2.1:1 p1:2 p2:2 2.1.a:2 2.1.b:2"),  # bullets, then letters of the same depth
    ("2.1 1. 2. 2.2 1.", "2.1:1 2.1.(1):2 2.1.(2):2 2.2:1 2.2.(1):2"),  # a list that counts for itself is no 2.1.1
    ("2.1 (a) (1) (2) (b)", "2.1:1 2.1.a:2 2.1.a.(1):3 2.1.a.(2):3 2.1.b:2"),
    ("2.1 (a) - (b)", "2.1:1 2.1.a:2 p1:1 2.1.b:2"),  # a paragraph without a number does not end a list
    ("2.1 (a) (c)", "2.1:1 2.1.a:2 2.1.c:2"),  # a gap in a list
    ("2.1(a) 2.1(b) 2.2", "2.1.a:2 2.1.b:2 2.2:1"),
    ("2.9 2.10 2.11", "2.9:1 2.10:1 2.11:1"),
    ("2.1 y. z. aa. bb.", "2.1:1 2.1.y:2 2.1.z:2 2.1.aa:2 2.1.bb:2"),
]  # fmt: skip


@pytest.mark.parametrize(("labels", "expected"), NESTED)
def test_lists_below_lists(labels: str, expected: str) -> None:
    things = []
    for each in labels.split():
        label, _, x0 = each.partition("@")
        things.append(paragraph("Words.", None if label == "-" else label, x0=float(x0 or 72)))
    found = passages("2", things, depth_of_block=1)
    assert " ".join(f"{p.id.removeprefix('2/')}:{p.level}" for p in found if isinstance(p, Passage)) == expected


def test_a_list_with_numbers_below_a_recommendation() -> None:
    things = [paragraph("Words.", label) for label in ("1", "(1)", "(2)", "2", "9", "10")]
    found = passages("recommendation", things)
    assert [(p.id.partition("/")[2], p.level) for p in found if isinstance(p, Passage)] == [
        ("1", 1), ("1.(1)", 2), ("1.(2)", 2), ("2", 1), ("9", 1), ("10", 1),
    ]  # fmt: skip


def test_the_summary_counts_its_levels_from_its_own_numbers() -> None:
    found = passages("summary", [paragraph("Words.", label) for label in ("3", "a")])
    assert [(p.id, p.level) for p in found if isinstance(p, Passage)] == [("summary/3", 1), ("summary/3.a", 2)]


# What stands above a table, and whether it is its caption.
CAPTIONS = [
    (paragraph("Table 1: costs by year"), True),
    (paragraph("Costs by year", bold=True), True),
    (paragraph("The costs are set out below."), False),
    (paragraph("Costs by year", "2.1", bold=True), False),  # a numbered heading stays a passage
    (paragraph("Tables are set out below."), False),
]


@pytest.mark.parametrize(("above", "caption"), CAPTIONS)
def test_a_caption_belongs_to_its_table(above: Paragraph, caption: bool) -> None:
    found = passages("2", [above, table(*COSTS)])
    assert len(found) == (1 if caption else 2)
    made = found[-1]
    assert isinstance(made, TablePassage)
    assert (made.id, made.caption) == ("2/t1", above.text if caption else None)
    assert (made.header, made.rows) == (("Year", "Cost"), (("2026", "£4,000"),))


def test_tables_are_counted_apart_and_a_caption_is_used_once() -> None:
    found = passages("2", [paragraph("Table 1"), table(*COSTS), table(*COSTS), paragraph("Words."), table(*COSTS)])
    assert [(p.id, p.caption if isinstance(p, TablePassage) else "-") for p in found] == [
        ("2/t1", "Table 1"), ("2/t2", None), ("2/p1", "-"), ("2/t3", None),
    ]  # fmt: skip


def headed(*things: Thing) -> list[tuple[str | None, str, list[str]]]:
    return [(s.number, s.heading, [p.id for p in s.passages]) for s in sections(things)]


def test_sections_with_numbers() -> None:
    found = headed(
        paragraph("Introduction", "1", bold=True), paragraph("Words.", "1.1"),
        paragraph("A bold sentence of the introduction", bold=True),
        paragraph("Costs", "2", bold=True), paragraph("Words.", "2.1"),
    )  # fmt: skip
    assert found == [("1", "Introduction", ["1/1.1", "1/p1"]), ("2", "Costs", ["2/2.1"])]


def test_sections_without_numbers() -> None:
    found = headed(
        paragraph("Introduction", bold=True), paragraph("Words."), paragraph("Costs", bold=True), paragraph("Words.")
    )
    assert found == [(None, "Introduction", ["1/p1"]), (None, "Costs", ["2/p1"])]


def test_words_before_the_first_heading_are_kept() -> None:
    found = headed(paragraph("Words before."), paragraph("Introduction", "1", bold=True), paragraph("Words.", "1.1"))
    assert found == [(None, "", ["s1/p1"]), ("1", "Introduction", ["1/1.1"])]


def test_a_section_number_that_comes_twice_makes_no_two_blocks_of_one_name() -> None:
    found = headed(*(paragraph("Costs", "2", bold=True), paragraph("Words.", "2.1")) * 2)
    assert found == [("2", "Costs", ["2/2.1"]), ("2", "Costs", ["s2/2.1"])]


def test_two_headings_without_passages_do_not_share_a_place() -> None:
    """Else one would be published twice and the other not at all."""
    found = sections([paragraph(words, "2", bold=True) for words in ("Costs", "Risks")])
    assert [heading_place(order, section) for order, section in enumerate(found, 1)] == ["s1/heading", "s2/heading"]


def test_a_plain_number_of_one_level_is_no_heading() -> None:
    found = headed(paragraph("Costs", "1", bold=True), paragraph("not bold", "2"))
    assert found == [("1", "Costs", ["1/2"])]


labels = st.sampled_from([None, "•", "1", "2", "1.1", "2.1", "2.1.1", "a", "b", "(i)", "(1)", "1)", "o", "2.1(a)"])
things = st.one_of(st.builds(paragraph, st.just("Words."), labels, bold=st.booleans()), st.just(table(*COSTS)))


@given(st.lists(things, max_size=20))
def test_ids_are_unique_and_no_words_are_lost(printed: list[Thing]) -> None:
    found = sections(printed)
    ids = [passage.id for section in found for passage in section.passages]
    assert len(set(ids)) == len(ids)
    headings = [heading_place(order, section) for order, section in enumerate(found, 1)]
    assert len(set(headings)) == len(headings)
    said = sum(isinstance(thing, Paragraph) for thing in printed)
    tables = [p for s in found for p in s.passages if isinstance(p, TablePassage)]
    kept = sum(isinstance(p, Passage) for s in found for p in s.passages)
    assert kept + sum(bool(s.heading) for s in found) + sum(t.caption is not None for t in tables) == said
    assert len(tables) == len(printed) - said
