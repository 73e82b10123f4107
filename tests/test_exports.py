"""Tables come back from a spreadsheet as they went in, do nothing in it, and hold nothing that is withheld."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.exports import WHATS, sheet_of
from review.register import Register
from review.sheets import BOM, FORMATS, RISKY, Sheet, harmless, written
from tests.command_line import ROOT, answer_all, every_byte, partone, staffed

PAPERS = ROOT / "tests" / "papers"
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''", "=HYPERLINK(\"http://example.org\")",
    "\N{FULLWIDTH EQUALS SIGN}1+1", "a\r\nb", 'a "b", c', "https://example.org", "_x0041_", "ünï", "",
]  # fmt: skip
# What a spreadsheet's file can hold as it is: no control characters, no lone halves, lines that end as XML has them.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)


def in_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def a_sheet(*texts: str) -> Sheet:
    return Sheet("papers", ("Text", "Day", "Number"), tuple((text, date(2026, 3, 2), 3) for text in texts))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_and_each_comes_back(text: str) -> None:
    read_in_csv = in_csv(written(a_sheet(text), "csv").decode())[1]
    assert not read_in_csv[0].startswith(tuple(set(RISKY) - {"'"}))
    assert read_in_csv[0].removeprefix("'") == text if text.startswith(RISKY) else read_in_csv[0] == text
    assert read_in_csv[1:] == ["2026-03-02", "3"]
    assert json.loads(written(a_sheet(text), "json"))["papers"] == [{"text": text, "day": "2026-03-02", "number": 3}]


@given(st.lists(TEXT | st.sampled_from(FORMULAS), max_size=5))
def test_every_text_comes_back_from_csv(texts: list[str]) -> None:
    rows = in_csv(written(a_sheet(*texts), "csv").decode())
    assert [row[0] for row in rows[1:]] == [harmless(text) for text in texts]
    assert [row[0].removeprefix("'") if row[0].startswith("'") else row[0] for row in rows[1:]] == texts


@given(st.lists(TEXT.filter(str.strip), max_size=5))
def test_every_text_comes_back_from_a_spreadsheet_as_text(texts: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(a_sheet(*texts), "xlsx")))
    page = book["papers"]
    assert [cell.value for cell in page["A"]][1:] == texts
    assert {cell.data_type for cell in page["A"]} == {"s"}


def test_a_spreadsheet_has_dates_as_dates_and_its_heads_stay_in_sight() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(a_sheet(*(t for t in FORMULAS if t)), "xlsx")))
    page = book["papers"]
    assert page.freeze_panes == "A2"
    assert page["B2"].is_date
    assert page["B2"].value.date() == date(2026, 3, 2)
    assert page["C2"].value == 3
    assert [cell.data_type for cell in page["A"]] == ["s"] * len(FORMULAS), "no formula, no link"


def test_a_text_longer_than_a_cell_is_cut_and_not_dropped() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written(a_sheet("x" * 40_000), "xlsx")))["papers"]
    assert str(page["A2"].value).endswith("x …")


def test_the_mark_for_older_spreadsheets_is_there_only_where_it_is_asked_for() -> None:
    assert written(a_sheet("a"), "csv", bom=True).decode() == BOM + written(a_sheet("a"), "csv").decode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One paper published with words withheld by a rule, by a person, and let go again; one quarantined."""
    home = staffed(tmp_path_factory.mktemp("exports") / "home")
    files = [PAPERS / f"{name}.pdf" for name in ("plain", "badly-redacted", "deferred-until-date", "markup-in-text")]
    partone("ingest", *files, "--by", "Cleo Clerk", home=home)
    partone("withhold", "PCD 9001", "summary/1", "--exemption", "FOIA s.43(2)", "--by", "Ann Reviewer",
            "--because", "=It would harm the bidders.", "--review-on", "2027-05-01", home=home)  # fmt: skip
    partone("withhold", "PCD 9001", "recommendation/1", "--exemption", "FOIA s.40(2)", "--by", "Ann Reviewer",
            "--because", "A name.", home=home)  # fmt: skip
    shown = partone("show", "PCD 9001", "--json", home=home).json
    claim = [each["id"] for each in shown["claims"] if each["kind"] == "withhold"][-1]
    assert partone("release", "PCD 9001", claim, "--by", "Ben Reviewer", "--because", "None.", home=home).code == 0
    answer_all(home, "PCD 9001", "Ann Reviewer")
    for who in ("Ben Reviewer", "Rae Releaser"):
        ran = partone("approve", "PCD 9001", "--by", who, home=home)
        assert ran.code == 0, ran.err
    assert partone("publish", "--by", "Rae Releaser", home=home).code == 0
    return home


def test_the_register_says_of_each_paper_where_it_stands_and_why(home: Path) -> None:
    rows = {
        row["reference"]: row
        for row in partone("export", "--what", "register", "--format", "json", home=home).json["register"]
    }
    published, quarantined = rows["PCD 9001"], rows["PCD 9006"]
    assert (published["state"], published["public_version"]) == ("published", 1)
    assert (published["entered_by"], published["approved_by"]) == ("Cleo Clerk", "Ben Reviewer, Rae Releaser")
    assert (quarantined["state"], quarantined["first_published"]) == ("quarantined", None)
    assert quarantined["why"]


def test_the_schedule_says_of_each_place_who_withheld_it_and_who_let_it_go(home: Path) -> None:
    rows = partone("export", "--what", "schedule", "--format", "json", home=home).json["schedule"]
    mine = {row["place"]: row for row in rows if row["rule_or_person"] == "Ann Reviewer"}
    kept, gone = mine["summary/1"], mine["recommendation/1"]
    assert (kept["exemption"], kept["next_review"], kept["released"]) == ("FOIA s.43(2)", "2027-05-01", None)
    assert (gone["released_by"], gone["why_released"]) == ("Ben Reviewer", "None.")
    in_table = in_csv(partone("export", "--what", "schedule", home=home).out)
    assert "'=It would harm the bidders." in {cell for row in in_table for cell in row}


def test_statistics_count_each_use_and_the_days_to_publication(home: Path) -> None:
    rows = partone("export", "--what", "statistics", "--format", "json", home=home).json["statistics"]
    used = {row["exemption"]: row for row in rows if row["measure"] == "uses of an exemption"}
    assert used["FOIA s.43(2)"]["kind"] == "qualified"
    assert used["FOIA s.43(2)"]["value"] >= 1
    shares = [row["value"] for row in rows if row["measure"].startswith("share")]
    assert sum(shares) == pytest.approx(100, abs=0.3)
    (days,) = [row["value"] for row in rows if row["measure"].startswith("median")]
    assert days > 0


def test_what_is_public_is_what_the_site_says(home: Path) -> None:
    (row,) = partone("export", "--format", "json", home=home).json["public"]
    assert (row["reference"], row["version"]) == ("PCD 9001", 1)
    assert row["title"] == json.loads((home / "public/decisions/pcd-9001/index.json").read_text())["title"]


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("how", FORMATS)
def test_every_table_is_written_in_every_format_for_nobody_else_to_read(
    home: Path, what: str, how: str, tmp_path: Path
) -> None:
    ran = partone("export", "--what", what, "--format", how, "--to", tmp_path / f"out.{how}", home=home)
    assert ran.code == 0, ran.err
    assert stat.S_IMODE((tmp_path / f"out.{how}").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [f"out.{how}"]


def test_no_table_holds_what_is_withheld(home: Path, tmp_path: Path) -> None:
    register = Register.open(home)
    from review.office import views

    secrets = [
        span.withheld_text.get_secret_value() for view in views(register) for span in view.disclosure.part2.spans
    ]
    assert len([secret for secret in secrets if len(secret) > 4]) > 0
    for what in WHATS:
        (tmp_path / what).write_bytes(written(sheet_of(register, what), "json"))
    register.close()
    everything = every_byte(tmp_path).decode()
    assert [secret for secret in secrets if len(secret) > 12 and secret in everything] == []


@pytest.mark.parametrize("words", [("--what", "papers"), ("--format", "ods")])
def test_a_table_or_a_format_that_there_is_not_is_said(home: Path, words: tuple[str, str]) -> None:
    ran = partone("export", *words, home=home)
    assert (ran.code, "takes" in ran.err) == (2, True)
