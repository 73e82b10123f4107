"""The whole way through the command line, on real files, as staff and officers go it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest

from tests.command_line import answer_all, every_byte, partone, partone_apart, staffed, state
from tests.components import needs

PAPERS = Path(__file__).parent / "papers"


def test_pcd1572_goes_the_whole_way(shared_papers: Path, tmp_path: Path) -> None:
    """Held for its open deferral, answered by one person, approved by two others, published, verified."""
    home = staffed(tmp_path / "home")
    taken = partone_apart("ingest", shared_papers / "PCD1572.pdf", "--json", home=home)
    assert taken.code == 1
    assert [paper["state"] for paper in taken.json["papers"]] == ["held"]
    assert "deferred" in taken.json["papers"][0]["reason"]
    assert partone("approve", "PCD1572", "--by", "Ben Reviewer", home=home).code == 2  # not before it is answered

    answer_all(home, "PCD1572", "Ann Reviewer")
    assert partone("check", "pcd-1572", home=home).code == 0
    assert state(home, "PCD 1572") == "in-review"
    assert partone("publish", home=home).code == 0  # nothing is approved: a site without the paper
    assert not (home / "public" / "decisions" / "pcd-1572").exists()

    assert partone("approve", "PCD1572", "--by", "Ben Reviewer", home=home).code == 0
    assert partone("approve", "PCD1572", "--by", "ben  reviewer", home=home).code == 2  # the same person
    assert partone("approve", "PCD1572", "--by", "Cleo Clerk", home=home).code == 2
    assert partone("approve", "PCD1572", "--by", "Nobody Known", home=home).code == 2
    assert state(home, "PCD1572") == "in-review"
    assert partone("approve", "PCD1572", "--by", "Rae Releaser", home=home).code == 0

    published = partone_apart("publish", "--by", "Rae Releaser", "--json", home=home)
    assert published.code == 0, published.err
    assert published.json["site"] == str(home / "public")
    assert published.json["pages"] > 4
    page = home / "public" / "decisions" / "pcd-1572"
    public = json.loads((page / "index.json").read_text(encoding="utf-8"))
    assert public["reference"] == "PCD 1572"
    assert public["deferral"]["answer"] == "no"
    assert [award["supplier"] for award in public["awards"]].count("Ernst & Young LLP") == 3
    html = (page / "index.html").read_text(encoding="utf-8")
    assert "CONNECT" in html
    assert state(home, "PCD1572") == "published"
    assert partone_apart("verify", home / "public", home=home).code == 0
    assert partone("log", "verify", home=home).code == 0

    site = every_byte(home / "public").decode("utf-8", errors="replace")
    for never in (
        "Okuonghae",
        "Manakucherd",
        "Strategic Finance and Resource Management Team",
        "Asked the officer",
        "Ann Reviewer",
        "PCD1572.pdf",
    ):
        assert never not in site, never


def test_a_paper_with_part_2_in_the_file_publishes_none_of_it(shared_papers: Path, tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    combined = shared_papers / "variants" / "PCD1572-with-part2.pdf"
    part2 = (shared_papers / "variants" / "part2.txt").read_text(encoding="utf-8")
    part1 = " ".join((shared_papers / "PCD1572.txt").read_text(encoding="utf-8").split())
    sentences = [
        s for line in part2.splitlines() for s in re.split(r"(?<=[.;:])\s+(?=[A-Z])", line) if len(s.split()) > 3
    ]
    secrets = [s.strip() for s in sentences if " ".join(s.split()) not in part1]
    secrets += re.findall(r"£[\d.,]*\d\w*|\d+(?:\.\d+)?%", part2)
    secrets = [s for s in secrets if s not in part1] + ["Okonjo", "Zawadzki", "Brackenridge", "Thornwick", "CONN/HR"]
    assert len(secrets) > 25

    shown = partone("read", combined, "--part1")
    assert shown.code == 0
    assert shown.json["title"].startswith("CONNECT")
    partone("ingest", combined, home=home)
    answer_all(home, "PCD1572", "Ann Reviewer")
    for name in ("Ben Reviewer", "Rae Releaser"):
        assert partone("approve", "PCD1572", "--by", name, home=home).code == 0
    assert partone("publish", home=home).code == 0
    site = every_byte(home / "public").decode("utf-8", errors="replace")
    assert "pcd-1572" in site
    for output in (
        shown.out,
        shown.err,
        site,
        partone("read", combined, "--json").out,
        partone("list", home=home).out,
        partone("show", "PCD1572", "--json", home=home).out,
        partone("log", "show", "--json", home=home).out,
    ):
        flat = " ".join(output.split())
        assert [s for s in secrets if s in flat] == []


def test_a_badly_redacted_paper_is_quarantined_for_good(shared_papers: Path, tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    paper = shared_papers / "variants" / "PCD1572-badly-redacted.pdf"
    seen = partone("inspect", paper, "--json")
    assert seen.code == 1
    assert seen.json["verdict"] == "hidden-content"
    assert {found["text"] for found in seen.json["findings"]} == {"£49.927m", "£249k"}
    shown = partone("read", paper, "--part1")
    assert shown.code == 1
    assert shown.json["state"] == "held"
    assert "49.927" not in shown.out
    assert partone("ingest", paper, "--json", home=home).json["papers"][0]["state"] == "quarantined"
    answer_all(home, "PCD1572", "Ann Reviewer")
    assert state(home, "PCD1572") != "in-review"  # no answer makes a file with hidden text publishable
    assert partone("approve", "PCD1572", "--by", "Ben Reviewer", home=home).code == 2


def test_a_change_voids_approvals_and_a_mark_stands_in_its_place(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    assert partone("ingest", PAPERS / "plain.pdf", "--by", "Cleo Clerk", home=home).code == 1
    answer_all(home, "PCD9001", "Ann Reviewer")
    for name in ("Ann Reviewer", "Ben Reviewer"):
        assert partone("approve", "PCD9001", "--by", name, home=home).code == 0
    assert state(home, "PCD9001") == "approved"
    record = partone("show", "PCD9001", "--json", home=home).json
    passage = record["sections"][0]["passages"][0]
    words = "injured, unwell, pregnant"  # rare words, which the rest of the paper does not have
    assert words in passage["text"]
    because = ("--because", "It would help those who harm people.")
    quoting = partone(
        "withhold",
        "PCD9001",
        passage["id"],
        "--exemption",
        "FOIA s.31(1)(a)",
        "--by",
        "Ann Reviewer",
        "--words",
        words,
        "--because",
        f"It says {words}.",
        home=home,
    )
    assert quoting.code == 2  # the reason is published, so it must not quote
    for wrong in (("9/9.9", "FOIA s.43(2)"), (passage["id"], "FOIA s.999"), (passage["id"], "Order art.2(2)(a)")):
        assert (
            partone(
                "withhold", "PCD9001", wrong[0], "--exemption", wrong[1], "--by", "Ann Reviewer", *because, home=home
            ).code
            == 2
        )
    assert (
        partone(
            "withhold",
            "PCD9001",
            passage["id"],
            "--exemption",
            "FOIA s.31(1)(a)",
            "--by",
            "Ann Reviewer",
            "--words",
            words,
            *because,
            home=home,
        ).code
        == 0
    )
    shown = partone("show", "PCD9001", "--json", home=home).json
    assert shown["state"] == "in-review"
    assert any("earlier version" in reason for reason in shown["reasons"])
    for name in ("Ann Reviewer", "Ben Reviewer"):
        assert partone("approve", "PCD9001", "--by", name, home=home).code == 0
    assert partone("publish", home=home).code == 0
    page = (home / "public" / "decisions" / "pcd-9001" / "index.html").read_text(encoding="utf-8")
    assert words not in " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Withheld: law enforcement" in page
    claim = shown["withheld"][0]["claims"][0]
    assert (
        partone(
            "release", "PCD9001", claim, "--by", "Ben Reviewer", "--because", "It is known already.", home=home
        ).code
        == 0
    )
    assert state(home, "PCD9001") == "in-review"  # what is shown again needs two people again


def test_who_put_a_paper_in_cannot_approve_it(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    partone("ingest", PAPERS / "plain.pdf", "--by", "Ann Reviewer", home=home)
    answer_all(home, "PCD9001", "Ann Reviewer")
    refused = partone("approve", "PCD9001", "--by", "Ann Reviewer", home=home)
    assert refused.code == 2
    assert "Ann Reviewer" in refused.err


def test_a_deferred_paper_is_a_stub_and_a_held_one_is_absent(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    partone("ingest", PAPERS / "deferred-until-date.pdf", PAPERS / "deferral-left-open.pdf", home=home)
    answer_all(home, "PCD9004", "Ann Reviewer")
    for name in ("Ben Reviewer", "Rae Releaser"):
        assert partone("approve", "PCD9004", "--by", name, home=home).code == 0
    assert partone("publish", home=home).code == 0
    assert state(home, "PCD9004") == "deferred"
    stub = json.loads((home / "public/decisions/pcd-9004/index.json").read_text(encoding="utf-8"))
    assert stub["deferral"]["until"] == "2027-09-30"
    text = partone("show", "PCD9004", "--json", home=home).json["sections"][0]["passages"][0]["text"]
    assert text[:40].encode() not in every_byte(home / "public")
    assert not (home / "public/decisions/pcd-9005").exists()
    assert partone("hold", "PCD9004", "--by", "Ann Reviewer", "--because", "A question came in.", home=home).code == 0
    assert state(home, "PCD9004") == "held"
    assert partone("lift", "PCD9004", "--by", "Ann Reviewer", "--because", "Settled.", home=home).code == 0
    assert state(home, "PCD9004") == "deferred"


def test_a_withdrawn_paper_is_gone_with_the_next_release(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    partone("ingest", PAPERS / "plain.pdf", home=home)
    answer_all(home, "PCD9001", "Ann Reviewer")
    for name in ("Ann Reviewer", "Ben Reviewer"):
        partone("approve", "PCD9001", "--by", name, home=home)
    assert partone("publish", home=home).code == 0
    assert b"Healthcare in Police Custody" in every_byte(home / "public")
    assert partone("publish", "--json", home=home).json["changed"] is False
    assert partone("withdraw", "PCD9001", "--by", "Ann Reviewer", "--because", "A mistake.", home=home).code == 0
    assert partone("publish", home=home).code == 0
    assert b"Healthcare in Police Custody" not in every_byte(home / "public")
    notice = (home / "public" / "decisions" / "pcd-9001" / "index.html").read_text(encoding="utf-8")
    assert "withdrawn" in notice.casefold()  # the address that once led to it says so


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that are no papers, and one that is."""
    folder = tmp_path_factory.mktemp("drop")
    plain = (PAPERS / "plain.pdf").read_bytes()
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "not-a-pdf.pdf").write_text("Dear all, please find attached.")
    (folder / "cut-short.pdf").write_bytes(plain[: len(plain) // 3])
    (folder / "plain.pdf").write_bytes(plain)
    with pikepdf.open(PAPERS / "plain.pdf") as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    with pikepdf.new() as pdf:
        for _ in range(500):
            pdf.add_blank_page()
        pdf.save(folder / "huge.pdf")
    with pikepdf.new() as pdf:
        pdf.save(folder / "no-pages.pdf")
    return folder


def test_files_that_cannot_be_read_are_named_and_the_rest_is_done(unreadable: Path, tmp_path: Path) -> None:
    taken = partone("ingest", unreadable, unreadable / "missing.pdf", "--json", home=tmp_path / "home")
    assert taken.code == 3
    by_name = {Path(paper["file"]).name: paper for paper in taken.json["papers"]}
    assert by_name["plain.pdf"]["state"] == "held"
    for name, word in (
        ("empty.pdf", "empty"),
        ("not-a-pdf.pdf", "not a PDF"),
        ("locked.pdf", "password"),
        ("huge.pdf", "500 pages"),
        ("missing.pdf", "no such file"),
    ):
        assert by_name[name]["state"] == "refused", name
        assert word in by_name[name]["reason"], name
    for name in ("cut-short.pdf", "no-pages.pdf"):
        assert by_name[name]["state"] in ("refused", "held"), name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("plain.pdf", 0),  # read, whatever a person must still answer
        ("deferral-left-open.pdf", 0),  # undetermined is a value
        ("older-form.pdf", 0),
        ("no-part1-heading.pdf", 0),  # a person is asked where Part 1 begins
        ("part2-form.pdf", 1),  # a Part 2 form by itself
        ("letter.pdf", 1),  # a form we do not know
        ("badly-redacted.pdf", 1),  # hidden content
        pytest.param("scan.pdf", 0, marks=needs("tesseract")),  # pictures of text are read too
    ],
)
def test_read_says_by_its_exit_code_whether_the_paper_would_be_held(name: str, code: int) -> None:
    ran = partone("read", PAPERS / name, "--part1")
    assert ran.code == code
    assert ("state" in ran.json) == (code == 1)


def test_a_scan_that_nothing_can_read_is_held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes((PAPERS / "scan.pdf").read_bytes())
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    ran = partone_apart("read", scan, "--part1")  # a process of its own, which finds no engine
    assert ran.code == 1
    assert ran.json["state"] == "held"


def test_read_and_inspect_of_what_cannot_be_read_exit_3(unreadable: Path) -> None:
    for command in ("read", "inspect"):
        ran = partone(command, unreadable / "locked.pdf", "--json")
        assert ran.code == 3
        assert "locked.pdf" in ran.err + ran.out
        assert "Traceback" not in ran.err


# What is given for a home, and what is said of it.
NO_HOMES = [
    ("nowhere", "There is no folder"),  # mistyped: an empty register would say that everything is lost
    ("a-file", "cannot hold a register"),
]


@pytest.mark.parametrize(("name", "told"), NO_HOMES)
def test_a_home_that_is_none_is_named_and_not_made(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    seen = partone("list", home=tmp_path / name)
    assert seen.code == 2
    assert told in seen.err
    assert str(tmp_path / name) in " ".join(seen.err.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-file"]


def test_the_same_file_twice_is_one_paper(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = partone("ingest", PAPERS / "plain.pdf", "--json", home=home).json
    again = partone("ingest", PAPERS / "plain.pdf", PAPERS / "plain.pdf", "--json", home=home).json
    assert {paper["sha256"] for paper in again["papers"]} == {first["papers"][0]["sha256"]}
    listed = partone("list", "--json", home=home).json["papers"]
    assert len(listed) == 1
    assert set(listed[0]) >= {"sha256", "file_name", "reference", "title", "state", "reasons"}


def test_a_folder_is_summed_up_and_no_file_name_steers_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a\nb.pdf", "c\x1b[31md.pdf"):
        (folder / name).write_bytes((PAPERS / "plain.pdf").read_bytes())
    (folder / "notes.txt").write_text("no paper")
    seen = partone("ingest", folder, home=tmp_path / "home")
    assert "\x1b" not in seen.out + seen.err
    assert "a\\nb.pdf" in seen.out
    assert seen.out.count("Known already") == 1  # the second file is the same paper
    assert "2 files: 2 held." in seen.err
    assert "does not end in .pdf: 1 file." in seen.err
    misspelt = partone("ingest", folder, "--by", "Nobody", home=tmp_path / "home")
    assert misspelt.code == 2
    assert "does not know" in misspelt.err


def test_the_demonstration_publishes_what_it_may_and_says_why_the_rest_is_held(tmp_path: Path) -> None:
    ran = partone_apart("demo", "--no-serve", "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    states = {paper["reference"]: paper["state"] for paper in ran.json["papers"]}
    assert states["PCD 9001"] == "published"
    assert states["PCD 9004"] == "deferred"
    assert states["PCD 9005"] == "held"
    assert states["PCD 9006"] == "quarantined"
    assert partone("verify", tmp_path / "build" / "public").code == 0
    site = every_byte((tmp_path / "build" / "public").resolve()).decode("utf-8", errors="ignore")
    for name in ("part2-in-same-file", "identifiers", "badly-redacted"):
        expected = json.loads((PAPERS / f"{name}.expected.json").read_text(encoding="utf-8"))
        for secret in (*expected.get("withheld", {}).get("texts", ()), *planted(expected)):
            assert secret not in site, name


def planted(expected: dict[str, dict[str, list[dict[str, str]]]]) -> list[str]:
    """The words that a sample paper hides or that identify somebody."""
    return [row["text"] for row in expected["sample"].get("planted", []) if "text" in row]
