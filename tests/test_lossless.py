"""No word of a paper is lost: each stands in the record, is kept back, or is named as what is no passage."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extract import read_record
from extract.footnotes import printed, settle
from extract.form import segment
from extract.furniture import furniture, unplaced
from extract.paragraphs import gather, measure
from extract.passages import passages
from extract.record import DecisionRecord, NoteMark, Passage
from extract.texts import texts_of
from ingest.document import Document, Line
from ingest.reader import read
from tests.pages import line as set_line
from tests.papers.paper import names

SAMPLES = Path(__file__).parent / "papers"


def tokens(texts: Iterable[str]) -> Counter[str]:
    """Runs of letters and figures, and every sign: whatever a line's end does to a hyphen or a space, these stay."""
    return Counter(token for text in texts for token in re.findall(r"[^\W_]+|[^\w\s]|_", text))


def of_document(document: Document) -> Iterator[str]:
    for page in document.pages:
        for line in page.lines:
            yield line.text
            yield from (word.text for word in line.words if word.note is not None)


def of_record(record: DecisionRecord) -> Iterator[str]:
    notes = {note.id: note.mark for note in record.footnotes}

    def marks(of: Iterable[NoteMark]) -> Iterator[str]:
        return (notes.get(mark.footnote, "") for mark in of)

    for passage in record.passages():
        yield from (text.text for text in texts_of(passage))
        yield from marks(passage.notes)
        if passage.kind == "text":
            yield passage.label or ""
    for note in record.footnotes:
        if note.passage is None:
            yield from (note.text, note.mark)
    for section in record.sections:
        yield from (section.label or "", section.heading, *marks(section.notes))
    yield record.recommendation_lead or ""
    yield from (kept.withheld_text.get_secret_value() for kept in record.withheld_passages)


def lost(document: Document) -> tuple[Counter[str], Counter[str]]:
    """What is printed and not accounted for, and what is accounted for and not printed."""
    form, _ = settle(document, segment(document))
    setting = measure([line for page in document.pages for line in page.lines])
    named = furniture(document, form, unplaced(form, setting))
    accounted = tokens(of_record(read_record(document))) + tokens(printed(one.line) for one in named)
    on_paper = tokens(of_document(document))
    return on_paper - accounted, accounted - on_paper


@pytest.mark.parametrize("name", names(scanned=False))
def test_every_word_of_a_sample_paper_is_accounted_for(name: str) -> None:
    assert lost(read(SAMPLES / f"{name}.pdf")) == (Counter(), Counter())


@pytest.mark.parametrize("name", ["PCD1572", "variants/PCD1572-with-part2", "variants/PCD1572-deferral-yes"])
def test_every_word_of_pcd1572_is_accounted_for(shared_papers: Path, name: str) -> None:
    assert lost(read(shared_papers / f"{name}.pdf")) == (Counter(), Counter())


WIDTH = 80  # glyphs to a line
vocabulary = st.sampled_from(
    ["the", "force", "2022.", "costs", "£4.5m,", "face-to-face", "of", "(a)", "vehicles", "1.1"]
)


@st.composite
def printed_lists(draw: st.DrawFn) -> list[tuple[str, int, list[str]]]:
    """Paragraphs as (label, how far in, words): numbers in order, letters and bullets below some of them."""
    made: list[tuple[str, int, list[str]]] = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        made.append((f"1.{number}.", 72, draw(st.lists(vocabulary, min_size=1, max_size=60))))
        for letter in "abc"[: draw(st.integers(0, 3))]:
            made.append((f"({letter})", 100, draw(st.lists(vocabulary, min_size=1, max_size=30))))
        for _ in range(draw(st.integers(0, 2))):
            made.append(("•", 100, draw(st.lists(vocabulary, min_size=1, max_size=30))))
    return made


def set_in_lines(paragraphs: list[tuple[str, int, list[str]]], gap: int) -> list[tuple[str, int, int, int]]:
    """Each printed line as (words, left edge, where the text behind a label begins, distance from the line before)."""
    rows = []
    for label, x0, words in paragraphs:
        first, step = True, gap
        for row in textwrap.wrap(" ".join([*words, "end."]), WIDTH - (x0 - 72) // 5, break_on_hyphens=False):
            rows.append((f"{label} {row}", x0, x0 + 36, step) if first else (row, x0 + 36, 0, step))
            first, step = False, 14
    return rows


def on_pages(rows: list[tuple[str, int, int, int]], breaks: set[int]) -> list[Line]:
    """The lines, a new page begun before each whose place is in `breaks`."""
    page, y, made = 1, 80.0, []
    for n, (words, x0, hang, step) in enumerate(rows):
        page, y = (page + 1, 80.0) if n in breaks else (page, y + step)
        made.append(set_line(words, y, x0, page, hang=hang))
    return made


def tree(lines: list[Line]) -> list[tuple[str, int, str]]:
    found = passages("1", gather(lines, measure(lines)), depth_of_block=1)
    return [(one.id, one.level, one.text) for one in found if isinstance(one, Passage)]


@settings(max_examples=200)
@given(printed_lists(), st.sampled_from([18, 22, 30]), st.sets(st.integers(1, 60), max_size=8))
def test_where_pages_end_changes_nothing(
    paragraphs: list[tuple[str, int, list[str]]], gap: int, breaks: set[int]
) -> None:
    rows = set_in_lines(paragraphs, gap)
    # "(a)" where a line begins may be the first of a list: nobody can tell it by the look of the page alone.
    assume(not any(words.startswith("(a)") for words, _, hang, _ in rows if not hang))
    whole = tree(on_pages(rows, set()))
    assert tree(on_pages(rows, breaks)) == whole
    assert [text for _, _, text in whole] == [" ".join([*words, "end."]) for _, _, words in paragraphs]
