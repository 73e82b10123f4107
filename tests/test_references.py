"""One paper, one spelling of its reference."""

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import references
from extract.references import normalise, same

CASES = [
    # (text, as printed, reference)
    ("DMPC Decision – PCD1572", "PCD1572", "PCD 1572"),
    ("DMPC Decision - PCD 1748", "PCD 1748", "PCD 1748"),
    ("PCD-1572", "PCD-1572", "PCD 1572"),
    ("pcd-1572", "pcd-1572", "PCD 1572"),  # as a person types it
    ("PCD – 1572", "PCD – 1572", "PCD 1572"),
    ("PCD No. 1572", "PCD No. 1572", "PCD 1572"),
    ("Reference: PCD\n1572", "PCD\n1572", "PCD 1572"),  # over a line break
    ("PCD 0890", "PCD 0890", "PCD 890"),
    ("PCD1572_signed.pdf", "PCD1572", "PCD 1572"),
    ("PCD 1572 Part 1", "PCD 1572", "PCD 1572"),
    ("PCD 1572, 21 December 2023", "PCD 1572", "PCD 1572"),  # a date, not a second number
    ("PCD 1572 and 21 December", "PCD 1572", "PCD 1572"),
    ("PCD1572a", "PCD1572a", "PCD 1572A"),
    ("DMPC Decision – PCD 890 and 1561", "PCD 890 and 1561", "PCD 890 and 1561"),
    ("PCD 890 & PCD 1561", "PCD 890 & PCD 1561", "PCD 890 and 1561"),
    ("PCD 890, 891 and 1561", "PCD 890, 891 and 1561", "PCD 890 and 891 and 1561"),
    ("PCD 890 and 15 other decisions", "PCD 890", "PCD 890"),
    ("DMPCD 2015 129", "DMPCD 2015 129", "DMPCD 2015 129"),
    ("DMPCD2015/129", "DMPCD2015/129", "DMPCD 2015 129"),
    ("Mayoral decision MD 1234", "MD 1234", "MD 1234"),
]


@pytest.mark.parametrize(("text", "as_printed", "reference"), CASES, ids=[case[0] for case in CASES])
def test_a_reference_is_read_in_any_spelling(text: str, as_printed: str, reference: str) -> None:
    read = normalise(text)
    assert read is not None
    assert (read.as_printed, read.reference) == (as_printed, reference)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PCD",
        "PCD 1572/2",
        "PCD 15-72",
        "PCD1572.5",
        "PCD 12/../3",
        "PCD 12//3",
        "DMPCD 2015/129/2",
        "add 20 officers",
        "XPCD1572",
        "0c6c3dbc2c44",
    ],
)
def test_what_is_no_whole_reference_is_none(text: str) -> None:
    assert normalise(text) is None


def test_a_row_of_the_vocabulary_that_fails_its_examples_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = resources.files("extract").joinpath("references.toml").read_text(encoding="utf-8")
    (tmp_path / "references.toml").write_text(source.replace("PCD 1572/2", "PCD 1572"), encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    with pytest.raises(ValueError, match="PCD"):
        references._rows.__wrapped__()


def test_a_paper_with_several_numbers_has_each() -> None:
    read = normalise("PCD 890, 891 and 1561")
    assert read is not None
    assert read.references == ("PCD 890", "PCD 891", "PCD 1561")


def test_spellings_of_one_paper_are_the_same() -> None:
    assert same("PCD1572", "pcd-1572")
    assert same("PCD 890 and 1561", "PCD 1561 & 890")
    assert not same("PCD 1572", "PCD 1573")
    assert not same("PCD 890", "PCD 890 and 1561")
    assert not same("nothing", "nothing")


@given(
    st.integers(1, 99_999),
    st.sampled_from(["PCD", "pcd", "Pcd"]),
    st.sampled_from(["", " ", "-", "–", "_", " No. ", ": "]),
)
def test_every_spelling_comes_to_one(number: int, prefix: str, separator: str) -> None:
    read = normalise(f"{prefix}{separator}{number}")
    assert read is not None
    assert read.reference == f"PCD {number}"
    assert normalise(read.reference) == read.__class__(read.reference, read.reference, read.references)


@given(st.text() | st.text(alphabet="PCDpcdM 0129,&and-–/\n", max_size=25))
def test_any_text_is_read_without_an_error_and_fits_the_public_form(text: str) -> None:
    read = normalise(text)
    if read is not None:
        assert re.fullmatch(r"[A-Z]{2,6} [0-9][0-9A-Za-z ]*", read.reference)
