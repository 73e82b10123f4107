"""A name that a person withholds is withheld everywhere; each place keeps its ground, person, time and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command_line import ROOT, answer_all, partone, staffed

REF = "PCD 9010"
ANN = ("--by", "Ann Reviewer")
JUNIOR = ("--because", "A junior officer, who does not act in public.")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A register with the paper of identifiers, and what it asks about names."""
    home = staffed(tmp_path_factory.mktemp("home"))
    assert partone("ingest", ROOT / "tests" / "papers" / "identifiers.pdf", "--by", "Cleo Clerk", home=home).code == 1
    findings = partone("check", REF, "--json", home=home).json["findings"]
    return home, [finding for finding in findings if finding["check"] == "personal-name"]


def withheld(home: Path) -> list[dict[str, Any]]:
    claims = partone("show", REF, "--json", home=home).json["claims"]
    return [claim for claim in claims if claim["kind"] == "withhold"]


def test_a_question_about_a_name_is_answered_by_withholding_it(asked: tuple[Path, list[dict[str, Any]]]) -> None:
    home, findings = asked
    question = next(finding["id"] for finding in findings if "Leighton Varga" in finding["message"])
    assert "Varga" in partone("show", REF, "--public", home=home).out
    ran = partone("answer", REF, question, "--value", "withhold", *ANN, *JUNIOR, home=home)
    assert ran.code == 0, ran.err
    public = partone("show", REF, "--public", home=home).out
    assert "Varga" not in public
    assert "varga" not in public.casefold()
    (claim,) = [each for each in withheld(home) if each["place"]["passage"] == "2/2.4"]
    assert (claim["exemption"], claim["by"], claim["because"]) == ("FOIA s.40(2)", "Ann Reviewer", JUNIOR[1])
    assert claim["at"]
    again = partone("check", REF, "--json", home=home).json["findings"]
    assert next(finding["answered_by"] for finding in again if finding["id"] == question) == "Ann Reviewer"


def test_a_name_is_withheld_once_however_often_it_is_said(asked: tuple[Path, list[dict[str, Any]]]) -> None:
    home, _ = asked
    for _ in range(2):
        ran = partone(
            "withhold", REF, "--name", "Odalys Brathwaite-Quince", *ANN, "--because", "A private person.", home=home
        )
        assert ran.code == 0, ran.err
        assert len([claim for claim in withheld(home) if claim["place"]["passage"] == "1/1.2"]) == 1
    assert "Quince" not in partone("show", REF, "--public", home=home).out


REFUSED = [  # what is said, and a word of the answer
    (("--name", "Nobody There"), "No word of that name"),
    (("--name", "Odalys Brathwaite-Quince", "--words", "x"), "--name alone"),
    (("2/2.4", "--name", "Leighton Varga"), "--name alone"),
    (("2/2.4",), "--exemption"),
    ((), "--exemption"),
    (("--name", "Leighton", "--exemption", "FOIA s.999"), "no exemption"),
]


@pytest.mark.parametrize(("words", "told"), REFUSED)
def test_what_cannot_be_done_is_refused(
    words: tuple[str, ...], told: str, asked: tuple[Path, list[dict[str, Any]]]
) -> None:
    ran = partone("withhold", REF, *words, *ANN, "--because", "A private person.", home=asked[0])
    assert (ran.code, told in ran.err) == (2, True), ran.err


def test_a_reason_that_tells_the_name_is_refused(tmp_path: Path) -> None:
    home = staffed(tmp_path)
    partone("ingest", ROOT / "tests" / "papers" / "identifiers.pdf", home=home)
    ran = partone("withhold", REF, "--name", "Leighton Varga", *ANN, "--because", "Varga is junior.", home=home)
    assert ran.code == 2
    assert withheld(home) == []


def test_only_a_question_about_names_is_answered_so(asked: tuple[Path, list[dict[str, Any]]]) -> None:
    paper = ROOT / "tests" / "papers" / "deferral-left-open.pdf"
    (entered,) = partone("ingest", paper, "--json", home=asked[0]).json["papers"]
    ref = entered["sha256"][:12]
    other = partone("check", ref, "--json", home=asked[0]).json["findings"]
    deferral = next(finding["id"] for finding in other if finding["check"] != "personal-name")
    for finding, complaint in ((deferral, "asks about no name"), ("deferral-undetermined:x", "has no finding")):
        ran = partone("answer", ref, finding, "--value", "withhold", *ANN, *JUNIOR, home=asked[0])
        assert ran.code == 2
        assert complaint in " ".join(ran.err.split())


def test_hints_stand_beside_the_findings_and_change_none() -> None:
    paper = ROOT / "tests" / "papers" / "identifiers.pdf"
    plain = partone("check", paper, "--json").json
    hinted = partone("check", paper, "--json", "--hints").json
    assert plain["findings"] == hinted["findings"]
    assert set(hinted) - set(plain) == {"hints"}


def test_nobody_approves_what_they_did_not_see(tmp_path: Path) -> None:
    """What another officer withholds between the look and the approval is another version."""
    home = staffed(tmp_path / "home")
    (entered,) = partone("ingest", ROOT / "tests" / "papers" / "plain.pdf", "--json", home=home).json["papers"]
    ref = entered["sha256"][:12]
    answer_all(home, ref, "Ann Reviewer")
    looked = partone("show", ref, "--public", home=home)
    version = looked.out.split("Public version: ")[1].split()[0]
    assert f"--version {version}" in looked.err.replace("\n", " ")
    ground = ("--exemption", "FOIA s.43(2)", "--by", "Ann Reviewer", "--because", "It would harm a bidder.")
    assert partone("withhold", ref, "2/2.4", *ground, home=home).code == 0
    refused = partone("approve", ref, "--by", "Ben Reviewer", "--version", version, home=home)
    assert refused.code == 2
    assert "Nothing was approved" in " ".join(refused.err.split())
    assert partone("approve", ref, "--by", "Ben Reviewer", "--version", version[:1], home=home).code == 2
    seen = partone("show", ref, "--public", home=home).out.split("Public version: ")[1].split()[0]
    assert seen != version
    assert partone("approve", ref, "--by", "Ben Reviewer", "--version", seen, home=home).code in (0, 1)
