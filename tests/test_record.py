"""Papers read whole: what the record says against what the paper says, field by field and passage by passage."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extract import read_record
from extract.checks import find
from extract.evidence import lines_of
from extract.form import segment
from extract.record import DecisionRecord, dump_private
from extract.texts import texts_of
from ingest import ocr
from ingest.document import Document
from ingest.reader import read
from tests.agreement import differences
from tests.pages import below, document, line
from tests.papers.paper import load, names

SAMPLES = Path(__file__).parent / "papers"
READABLE = names(kind="form", scanned=False)


def record_of(path: Path) -> DecisionRecord:
    return read_record(read(path))


def dumped(path: Path) -> dict[str, Any]:
    return record_of(path).model_dump(mode="json")


@pytest.mark.parametrize("name", READABLE)
def test_a_sample_paper_is_read_as_its_source_says(name: str) -> None:
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    assert list(differences(expected, dumped(SAMPLES / f"{name}.pdf"))) == []


@pytest.mark.parametrize("name", names(kind="part2"))
def test_of_a_part_2_form_by_itself_all_is_withheld(name: str) -> None:
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    record = record_of(SAMPLES / f"{name}.pdf")
    assert list(differences(expected, record.model_dump(mode="json"))) == []
    shown = json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + repr(record)
    kept = " ".join(one.withheld_text.get_secret_value() for one in record.withheld_passages)
    assert {one.why for one in record.withheld_passages} == {"part2"}
    for text in (expected["withheld"]["heading"], *expected["withheld"]["texts"], *load(name)["title"].split(" – ")):
        assert text in kept
        assert text not in shown
    assert [one.check for one in find(record)] == ["part2-alone"]


@pytest.mark.parametrize("name", [*names(scanned=True), *names(kind="letter")])
def test_what_is_not_read_is_known_as_unread(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A scan without a reader for it and a letter are no form we know: nothing of them is a Part 1."""
    monkeypatch.setenv("PATH", str(tmp_path))  # where no tesseract is
    monkeypatch.setattr(ocr, "find_spec", {}.get)  # nor the other engine
    record = record_of(SAMPLES / f"{name}.pdf")
    assert record.form is None
    assert record.passages() == ()
    assert record.reference is None
    assert bool(record.source.unread_pages) == (name in names(scanned=True))


def test_pcd1572_is_read_as_it_is_printed(shared_papers: Path) -> None:
    expected = json.loads((shared_papers / "PCD1572.expected.json").read_text(encoding="utf-8"))
    assert list(differences(expected, dumped(shared_papers / "PCD1572.pdf"))) == []


@pytest.mark.parametrize(
    ("variant", "deferral"),
    [
        ("no", {"answer": "no", "reason": None, "until": None}),  # a line through YES
        (
            "yes",
            {"answer": "yes", "reason": "Supplier negotiations are in progress", "until": "2024-03-01"},
        ),  # through NO
    ],
)
def test_a_deferral_is_read_from_what_is_struck(shared_papers: Path, variant: str, deferral: dict[str, Any]) -> None:
    read_as = dumped(shared_papers / "variants" / f"PCD1572-deferral-{variant}.pdf")
    assert read_as["deferral"] == deferral


def test_a_part_2_form_in_the_file_is_counted_and_never_printed(shared_papers: Path) -> None:
    record = record_of(shared_papers / "variants" / "PCD1572-with-part2.pdf")
    text = (shared_papers / "variants" / "part2.txt").read_text(encoding="utf-8")
    assert record.part2.withheld.pages == (10,)
    assert record.part2.withheld.words == len(text.split())
    printed = json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + repr(record) + str(record)
    for secret in ("Okonjo-Hale", "£31.274m", "Thornwick", "CONN/HR/2291", "£4,612,500"):
        assert secret in text
        assert secret not in printed
        assert secret in json.dumps(dump_private(record), ensure_ascii=False)  # the register alone holds it


# The private places of the form, each with all its fields printed; whatever follows is none of them.
OPEN = ("*DMPC Decision – PCD 1234", "*Title: Radios", "*Recommendation:", "1. To approve.")
APPROVED = (
    "*Deputy Mayor for Policing and Crime",
    "The above request has my approval.",
    "Signature",
    "Date",
    "21/12/2023",
)
FACTS = ("*PART I – NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC", "Open facts.")
FIELDS = {
    "approval": APPROVED,
    "part2-notice": (
        "*Part 2 - This section refers to the details of the Part 2 business case",
        "Part 2 of PCD 1234 is exempt from publication for the following reasons:",
        "• Exempt under Section 43(2) of the Freedom of Information Act 2000",
        "The paper will cease to be exempt when the contract is signed.",
    ),
    "deferral": (
        "*Part 1 Deferral:",
        "Is the publication of Part 1 of this approval to be deferred? YES",
        "If yes, for what reason: talks",
        "Until what date: 01/03/2031",
    ),
    "part2-confidentiality": ("*Part 2 Confidentiality: Only exempt facts.", "Is there a Part 2 form – YES"),
    "chief-executive": ("*Chief Executive Officer", "I have been consulted.", "Signature", "Date", "18/12/2023"),
    "chief-executive on one line": (
        "*Chief Executive Officer",
        "I have been consulted.",
        "Signature",
        "Date 18/12/2023",
    ),
}
KEPT = ("Orrin Zephyr bid nine thousand pounds.", "*Appraisal of the bids", "Orrin Zephyr bid too little.")


def paper(*printed: str) -> Document:
    """A first page whose recommendation fills many lines, and the rest of the paper on a second."""
    wrapped = [line("and so on over all the lines", 230 + 14 * n) for n in range(24)]
    first = [*below(*printed[: len(OPEN)]), *wrapped]
    return document(first, below(*printed[len(OPEN) :], page=2))


@pytest.mark.parametrize("place", FIELDS)
@pytest.mark.parametrize("kept", [KEPT, KEPT[1:], ("*PART TWO – CONFIDENTIAL", *KEPT)])
def test_what_stands_below_the_fields_of_a_private_place_is_kept_back(place: str, kept: tuple[str, ...]) -> None:
    """It goes into no field and no evidence, and is a finding."""
    before = (*OPEN, *FACTS) if place != "approval" else OPEN
    after = FACTS if place == "approval" else ()
    record = read_record(paper(*before, *FIELDS[place], *kept, *after))
    assert "Orrin" not in json.dumps(record.model_dump(mode="json"))
    held = " ".join(one.withheld_text.get_secret_value() for one in record.withheld_passages)
    assert all(words.removeprefix("*") in held for words in kept)
    assert {one.check for one in find(record)} & {"unplaced-text", "part2-content-in-part1", "form-unknown"}


@pytest.mark.parametrize("place", FIELDS)
def test_the_fields_of_a_private_place_are_read(place: str) -> None:
    before = (*OPEN, *FACTS) if place != "approval" else OPEN
    record = read_record(paper(*before, *FIELDS[place], *(FACTS if place == "approval" else ())))
    assert record.withheld_passages == ()
    assert {name.partition(".")[0] for name in record.evidence} & {"approval", "part2", "deferral", "chief_executive"}


LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*\.?|\(?(?:[a-z]{1,4}|[A-Z])[.)]|[•▪o–-])?")


@pytest.mark.parametrize("name", READABLE)
def test_no_word_of_part_1_is_lost(name: str) -> None:
    """What is printed in the public places is in the record, in order; all that is left over are labels."""
    document = read(SAMPLES / f"{name}.pdf")
    form, record = segment(document), read_record(document)
    for part in form.holding("passages", "sections"):
        lines = list(lines_of(part.flow[part.heading :]))  # without the heading that opens the place
        stream = "".join(word.text for line in lines for word in line.words if word.note is None)
        at = 0
        for text in texts_in(record, part.place.name):
            bare = re.sub(r"\s", "", text)
            found = stream.find(bare, at)
            assert found >= 0, f"{text[:60]!r} is not printed where the record has it"
            assert LABEL.fullmatch(stream[at:found]), f"{stream[at:found]!r} is lost before {text[:40]!r}"
            at = found + len(bare)
        assert at == len(stream)


def texts_in(record: DecisionRecord, place: str) -> list[str]:
    """The texts of one place of the form, in the paper's order."""
    if place == "summary":
        return [text.text for passage in record.executive_summary for text in texts_of(passage)]
    if place == "recommendations":
        lead = [record.recommendation_lead] if record.recommendation_lead else []
        return lead + [text.text for passage in record.recommendations for text in texts_of(passage)]
    return [
        text
        for section in record.sections
        for text in (section.heading, *(t.text for passage in section.passages for t in texts_of(passage)))
    ]
