"""The sample papers say what their sources say, as readers other than ours see them, and never change by themselves."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from tests.papers.make_papers import stale
from tests.papers.paper import load, names
from tests.papers.paper import printed as paper_printed

PAPERS = Path(__file__).parent / "papers"
NAMES = names()
FORMS = names(kind="form")
PRINTED = names(kind="form", scanned=False)
ON_THE_FORM = names(kind="form", scanned=False, template="form.typ")
ANSWERED_IN_PRINT = names(kind="form", scanned=False, template="form.typ", answered="print")
POINTS_A_CENTIMETRE = 72 / 2.54


def facts(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAPERS / f"{name}.expected.json").read_text(encoding="utf-8"))
    return read


@cache
def printed(name: str) -> str:
    """All words of a paper in order, one space between them, as pdfplumber reads what stands between the margins.

    Without the raised marks of footnotes, which stand in no sentence.
    """
    look = load(name)["layout"]
    edge, least = look["top"] * POINTS_A_CENTIMETRE - 4, 0.75 * look["size"]
    with pdfplumber.open(PAPERS / f"{name}.pdf") as pdf:
        pages = [
            page.crop((0, edge, page.width, page.height - edge))
            .filter(lambda drawn: drawn.get("size", least) >= least)
            .extract_text(x_tolerance_ratio=0.15)
            for page in pdf.pages
        ]
    return " ".join(" ".join(pages).split())


def says(name: str, words: str) -> bool:
    """Whether the paper prints `words`, be it over line ends; a line may end after a hyphen or a dash."""
    pattern = re.sub(r"(\\-|–)", r"\1 ?", re.escape(words).replace(r"\ ", " "))
    pattern = re.sub(r"(,|\\\.)", r" ?\1", pattern)  # the mark of a footnote stood in front of it
    return re.search(pattern, printed(name)) is not None


def blocks(name: str) -> list[dict[str, Any]]:
    read = facts(name)
    return [
        *read["executive_summary"],
        *read["recommendations"],
        *(passage for section in read["sections"] for passage in section["passages"]),
    ]


def labelled(name: str, block: dict[str, Any]) -> str:
    """A passage as it is printed, behind its number, letter or bullet."""
    label = labels(name)[block["id"]]
    return f"{label} {block['text']}" if label else str(block["text"])


@cache
def labels(name: str) -> dict[str, str | None]:
    shown = paper_printed(load(name))
    every = [
        *shown["executive_summary"],
        *shown["recommendations"],
        *(p for s in shown["sections"] for p in s["passages"]),
    ]
    return {passage["id"]: passage["label"] for passage in every if passage["kind"] == "text"}


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_printed_byte_for_byte_from_its_source(name: str) -> None:
    assert stale([name]) == [], f"run: python -m tests.papers.make_papers {name}"


@pytest.mark.parametrize("name", NAMES)
def test_pdfium_opens_every_paper_and_each_has_the_size_of_a_sheet(name: str) -> None:
    document = pypdfium2.PdfDocument(PAPERS / f"{name}.pdf")
    try:
        sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    finally:
        document.close()
    assert sizes == {(595, 842)}
    assert (PAPERS / f"{name}.pdf").stat().st_size < 700_000


@pytest.mark.parametrize("name", PRINTED)
def test_every_passage_is_printed_with_its_number(name: str) -> None:
    unsaid = [block["id"] for block in blocks(name) if "text" in block and not says(name, labelled(name, block))]
    assert unsaid == []


@pytest.mark.parametrize("name", ON_THE_FORM)
def test_the_facts_of_the_form_are_printed(name: str) -> None:
    read, look = facts(name), load(name)["layout"]
    assert read["reference_as_printed"] in (printed(name) if look["form_name"] else look["header"])
    words = [
        f"Title: {read['title']}",
        read["recommendation_lead"],
        read["approval"]["decision_maker"],
        read["chief_executive"]["statement"],
        *(section["heading"] for section in read["sections"]),
        *(ground["as_printed"] for ground in read["part2"]["exemptions"]),
        f"Is there a Part 2 form – {read['part2']['exists'].upper()}",
    ]
    words += [
        each
        for each in (
            read["approval"]["interests_text"],
            read["part2"]["marking"],
            read["part2"]["ceases_when"],
            read["deferral"]["reason"] if look["typed"] else None,
        )
        if each
    ]
    until = read["deferral"]["until"] if look["typed"] else None
    for day in (read["approval"]["signed_on"], read["chief_executive"]["signed_on"], until):
        words += ["/".join(reversed(day.split("-")))] if day else []
    assert [each for each in words if not says(name, each)] == []


@pytest.mark.parametrize("name", ANSWERED_IN_PRINT)
def test_the_declared_ticks_are_in_the_table(name: str) -> None:
    # One more tick stands in the heading of the table and confirms nothing.
    assert printed(name).count("✓") == 1 + sum(row["ticked"] for row in facts(name)["declarations"])


@pytest.mark.parametrize("name", ANSWERED_IN_PRINT)
def test_a_line_is_drawn_through_the_word_that_does_not_apply(name: str) -> None:
    with pdfplumber.open(PAPERS / f"{name}.pdf") as pdf:
        page = next(page for page in pdf.pages if "YES/NO" in page.extract_text())
        question = page.search("YES/NO")[0]
        chars = question["chars"]
        marks = [
            mark
            for mark in (*page.lines, *page.rects)
            if question["top"] < mark["top"] < question["bottom"] and mark["x1"] - mark["x0"] < 60
        ]
        struck = "".join(
            char["text"]
            for char in chars
            for mark in marks
            if mark["x0"] - 1 <= (char["x0"] + char["x1"]) / 2 <= mark["x1"] + 1
        )
    assert {"YES": "no", "NO": "yes", "": "undetermined"}[struck] == facts(name)["deferral"]["answer"]


@pytest.mark.parametrize("name", FORMS)
def test_a_reference_is_given_once(name: str) -> None:
    assert [other for other in FORMS if facts(other)["reference"] == facts(name)["reference"]] == [name]


def test_the_long_paper_breaks_a_row_of_its_table_over_a_page_end() -> None:
    with pdfplumber.open(PAPERS / "long.pdf") as pdf:
        assert len(pdf.pages) >= 6
        tables = [
            (page.page_number, [[" ".join(str(cell).split()) for cell in row] for row in table])
            for page in pdf.pages
            for table in page.extract_tables()
        ]
    table = next(block for block in blocks("long") if block["id"] == "3/t1")
    (page, head), (next_page, tail) = [found for found in tables if len(found[1][0]) == len(table["header"])]
    assert next_page == page + 1
    broken = [f"{above} {below}".strip() for above, below in zip(head[-1], tail[0], strict=True)]
    assert [*head[:-1], broken, *tail[1:]] == [table["header"], *table["rows"]]
    assert tail[0][0] == ""


@pytest.mark.parametrize("name", names(kind="form", scanned=False))
def test_the_footnotes_are_printed(name: str) -> None:
    ends = [
        (note["id"], end)
        for note in facts(name).get("footnotes", ())
        for end in (note["text"][:60], note["text"][-60:])
    ]
    assert [identity for identity, end in ends if not says(name, end)] == []


def test_a_footnote_goes_on_over_a_page_end_and_another_belongs_to_a_table() -> None:
    notes = {note["mark"]: note["text"] for note in facts("footnotes")["footnotes"]}
    with pdfplumber.open(PAPERS / "footnotes.pdf") as pdf:
        pages = [" ".join(page.extract_text(x_tolerance_ratio=0.15).split()) for page in pdf.pages]
    (begins,) = (n for n, page in enumerate(pages) if notes["6"][:60] in page)
    assert notes["6"][-60:] in pages[begins + 1]
    (named,) = (n for n, page in enumerate(pages) if "Ground works" in page)
    assert notes["7"] in pages[named]


def test_part_2_is_on_its_own_page_under_its_marking() -> None:
    withheld = facts("part2-in-same-file")["withheld"]
    assert len(withheld["texts"]) == 5
    with pdfplumber.open(PAPERS / "part2-in-same-file.pdf") as pdf:
        pages = {page.page_number: " ".join(page.extract_text(x_tolerance_ratio=0.15).split()) for page in pdf.pages}
    assert [number for number, text in pages.items() if withheld["heading"] in text] == withheld["pages"]
    on_paper = " ".join(pages[number] for number in withheld["pages"])
    assert withheld["marking"] in on_paper
    assert all(words in on_paper for words in withheld["texts"])


def test_beneath_its_boxes_the_badly_redacted_paper_still_has_its_words() -> None:
    planted = [secret["text"] for secret in facts("badly-redacted")["sample"]["planted"]]
    assert len(planted) == 3
    with pdfplumber.open(PAPERS / "badly-redacted.pdf") as pdf:
        for page in pdf.pages[:2]:
            boxes = [rect for rect in page.rects if rect["fill"] and rect["height"] > 8 and rect["width"] < 300]
            for words in [words for words in planted if page.search(re.escape(words))]:
                place = page.search(re.escape(words))[0]
                assert any(
                    box["x0"] <= place["x0"]
                    and place["x1"] <= box["x1"]
                    and box["top"] <= place["top"] + 3
                    and place["bottom"] - 3 <= box["bottom"]
                    for box in boxes
                ), words
    assert all(says("badly-redacted", words) for words in planted)


@pytest.mark.parametrize("name", names(scanned=True))
def test_a_scan_has_pictures_and_no_text(name: str) -> None:
    with pdfplumber.open(PAPERS / f"{name}.pdf") as pdf:
        assert [(len(page.images), page.extract_text()) for page in pdf.pages] == [(1, "")] * len(pdf.pages)


def test_markup_reaches_the_page_as_it_was_typed() -> None:
    for words in ("<script>alert(1)</script>", "=1+1", "{{ 7*7 }}", "**x**", "&amp;", "<!-- A remark"):
        assert says("markup-in-text", words)


def test_identifiers_to_withhold_stand_in_the_passages_their_source_names() -> None:
    texts = {block["id"]: block.get("text", "") for block in blocks("identifiers")}
    planted = facts("identifiers")["sample"]["planted"]
    assert {secret["kind"] for secret in planted} >= {
        "e-mail",
        "telephone",
        "national-insurance-number",
        "name",
        "registration-mark",
        "home-postcode",
    }
    assert all(secret["text"] in texts[secret["passage"]] for secret in planted)


@pytest.mark.parametrize("name", names(kind="letter"))
def test_a_letter_is_no_form(name: str) -> None:
    assert "DMPC Decision –" not in printed(name)
    assert facts(name)["form"] is None


def test_the_list_of_papers_is_whole() -> None:
    listed = re.findall(r"^\| `([a-z0-9-]+)\.pdf` \|", (PAPERS / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == NAMES
