"""Nested lists, tables and footnotes of the sample papers as their pages show them, and the proof of those pages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from extract import read_record
from extract.rules import propose
from extract.separate import separate
from ingest.reader import read
from publish.build import gather
from publish.part1 import Part1, Version, digest
from publish.shell import build_shell
from publish.verify import prove

SAMPLES = Path(__file__).parent / "papers"


@cache
def decision(name: str) -> Part1:
    record = read_record(read(SAMPLES / f"{name}.pdf"))
    part1 = separate(record, propose(record)).part1
    assert part1 is not None
    first = Version(number=1, published_on=date(2026, 6, 1), note="First published.", digest=digest(part1))
    return part1.model_copy(update={"versions": (first,)})


DECISIONS = ("deep-lists", "footnotes", "tables")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page of each decision, after the whole site of them was proved."""
    shell, out = tmp_path_factory.mktemp("shell"), tmp_path_factory.mktemp("site")
    build_shell(shell)
    decisions = [decision(name) for name in DECISIONS]
    for path, content in gather(decisions, shell):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    assert prove(out, decisions, shell).problems == ()
    return {name: (out / f"decisions/{decision(name).slug}/index.html").read_text("utf-8") for name in DECISIONS}


def test_each_mark_of_a_footnote_is_a_link_to_it_and_the_note_leads_back(site: dict[str, str]) -> None:
    page = site["footnotes"]
    marks = re.findall(r'<sup><a class="noted" id="([^"]+)" href="#([^"]+)" role="doc-noteref">', page)
    notes = re.findall(r'<li id="(note-[^"]+)">', page)
    back = re.findall(r'href="#([^"]+)" role="doc-backlink"', page)
    assert [target for _, target in marks] == notes
    assert [anchor for anchor, _ in marks] == back
    assert len(notes) == len(decision("footnotes").footnotes) == 7


def test_a_mark_stands_where_it_is_printed(site: dict[str, str]) -> None:
    assert re.search(r"asks for £1\.240m<sup>.{0,200}?</sup> to build kennels", site["footnotes"])


def test_identifiers_in_a_note_are_withheld_by_rule(site: dict[str, str]) -> None:
    assert "postbox.example" not in site["footnotes"]
    assert "7946" not in site["footnotes"]
    assert [line.place for line in decision("footnotes").withheld] == ["In footnote 4", "In footnote 4"]


def test_a_table_has_headers_for_its_columns_and_rows_and_a_total(site: dict[str, str]) -> None:
    page = site["tables"]
    assert page.count("<table role") == 5
    assert '<th role="columnheader" scope="col" class="sum">Built</th>' in page
    assert '<th role="rowheader" scope="row" data-name="Measure">One radio</th>' in page
    assert page.count("<tfoot") == 2  # "All four quarters" is not taken for a total


def test_lists_below_lists_stand_deeper(site: dict[str, str]) -> None:
    page = site["deep-lists"]
    for shown in (
        r'<div class="para" id="p-2-2.2.3.1.2">',  # numbers hang in the margin, however deep
        r'<div class="para under under-1" id="p-2-2.2.3.1.2.b">',
        r'<div class="para under under-2" id="p-2-2.2.3.1.2.b.ii">',
        r'<div class="para under under-1 bullet" id="p-1-p1">',
        r'<div class="para under under-3 bullet" id="p-1-p4">',
    ):
        assert shown in page
