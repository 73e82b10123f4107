"""Every fact has its place on paper: boxes that lie on the page and hold exactly the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import read_record
from extract.facts import Place
from extract.record import DecisionRecord, Passage
from ingest import pdf, tables
from ingest.document import Document
from ingest.reader import read
from tests.components import needs

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.pdf"))
SLACK = 0.02  # points: boxes of a record are rounded


def printed(path: Path) -> Document:
    """A paper as it is read, without the search for hidden text."""
    data = path.read_bytes()
    with pdf.opened(path.name, data) as paper:
        pages = tuple(pdf.read_page(paper, index) for index in range(pdf.page_count(paper)))
    return Document(path.name, "0" * 64, pages, tables.find_tables(pages, data))


def letters(text: str) -> str:
    """A text without spaces: where a line ends there is none in the print."""
    return "".join(text.split())


def inside(document: Document, places: Iterable[Place]) -> str:
    """The letters of the words whose middle lies in these places."""
    found = []
    for place in places:
        x0, top, x1, bottom = place.box
        for line in document.pages[place.page - 1].lines:
            for word in line.words:
                x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
                if x0 - SLACK <= x <= x1 + SLACK and top - SLACK <= y <= bottom + SLACK:
                    found.append(word.text)
    return "".join(found)


def outside_the_page(document: Document, record: DecisionRecord) -> list[str]:
    named = [(passage.id, place) for passage in record.passages() for place in passage.boxes]
    named += [(name, place) for name, seen in record.evidence.items() for place in (seen, *seen.boxes)]
    return [name for name, place in named if not _lies_on(document, place)]


def _lies_on(document: Document, place: Place) -> bool:
    page = document.pages[place.page - 1]
    x0, top, x1, bottom = place.box
    return -1 <= x0 <= x1 <= page.width + 1 and -1 <= top <= bottom <= page.height + 1


def wrong_words(document: Document, record: DecisionRecord) -> list[tuple[str, str, str]]:
    """Every field and passage whose boxes hold other words than it says: its name, what it says, what they hold."""
    wrong = [
        (name, seen.text, inside(document, seen.places))
        for name, seen in record.evidence.items()
        if seen.text and inside(document, seen.places) != letters(seen.text)
    ]
    for passage in record.passages():
        if isinstance(passage, Passage):
            held = inside(document, passage.boxes)
            label, _, rest = held.partition(letters(passage.text))
            if letters(passage.text) not in held or rest or label.strip("().•▪-–") not in (passage.number or "", ""):
                wrong.append((passage.id, passage.text, held))
        else:
            said = "".join(map(letters, (cell for row in (passage.header, *passage.rows) for cell in row)))
            if sorted(said) != sorted(inside(document, passage.boxes)):
                wrong.append((passage.id, said, inside(document, passage.boxes)))
    return wrong


DERIVED = re.compile(r"part2\.withheld|.*\.(?:currency|recommendation|passage|approximate|.*_as_printed|reading)")
READ = ("reference", "title", "approval", "part2", "deferral", "declarations", "chief_executive", "awards", "amounts")
SHARED = {"approval.interests_text": "approval.interests"}


def read_fields(record: DecisionRecord) -> Iterator[str]:
    """The path of each field that was read from the paper and has a value."""
    dumped = record.model_dump(mode="json")
    for name in READ:
        yield from _paths(name, dumped[name])


def _paths(path: str, value: Any) -> Iterator[str]:
    if path.startswith("part2.exemptions[") or path.startswith("amounts["):
        yield path  # one print, one place
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(f"{path}.{key}", inner)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _paths(f"{path}[{n}]", inner)
    elif value not in (None, "undetermined", "not-stated", "absent", False) and not DERIVED.match(path):
        yield path


def unproven(record: DecisionRecord) -> list[str]:
    return [path for path in read_fields(record) if SHARED.get(path, path) not in record.evidence]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_field_and_passage_has_boxes_that_hold_its_words(path: Path) -> None:
    document = printed(path)
    record = read_record(document)
    assert unproven(record) == []
    assert wrong_words(document, record) == []
    assert outside_the_page(document, record) == []


@needs("tesseract")
def test_so_has_every_field_of_a_scan() -> None:
    document = read(Path(__file__).parent / "papers" / "scan.pdf")
    record = read_record(document)
    assert record.evidence
    assert wrong_words(document, record) == []
    assert outside_the_page(document, record) == []


def test_so_has_pcd1572(shared_papers: Path) -> None:
    document = printed(shared_papers / "PCD1572.pdf")
    record = read_record(document)
    assert unproven(record) == []
    assert wrong_words(document, record) == []
    assert outside_the_page(document, record) == []
