"""Papers that differ only in what is withheld make the same site, from the PDF to every byte of the release."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from tests.command_line import answer_all, every_byte, partone, staffed
from tests.papers.make_papers import print_form
from tests.papers.paper import Toml, load


def site_of(paper: Toml, folder: Path, secret: str) -> bytes:
    """The released site of one paper in which the same officers withhold the same place, as all its bytes."""
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(print_form(paper))
    home = staffed(folder / "home")
    (entered,) = partone("ingest", folder / "paper.pdf", "--json", home=home).json["papers"]
    ref = entered["sha256"][:12]
    kept = partone(
        "withhold", ref, "2/2.1", "--words", secret, "--exemption", "FOIA s.43(2)", "--by", "Ann Reviewer",
        "--because", "It would harm a bidder.", home=home,
    )  # fmt: skip
    assert kept.code in (0, 1), kept.err
    answer_all(home, ref, "Ann Reviewer")
    for name in ("Ben Reviewer", "Rae Releaser"):
        assert partone("approve", ref, "--by", name, home=home).code == 0
    released = partone("publish", home=home)
    assert released.code == 0, released.err
    site = every_byte(home / "public")
    assert b"It would harm a bidder." in site
    assert secret.encode() not in site
    return site


def test_what_is_withheld_leaves_no_byte_in_the_site(tmp_path: Path) -> None:
    """Another Part 2, another name under a mark, another author and officer: nobody can tell the two sites apart."""
    one = load("part2-in-same-file")
    one["sections"][1]["passages"][0][1] += " The lowest bid was that of Orrin Zephyr Limited."
    other = deepcopy(one)
    other["sections"][1]["passages"][0][1] = one["sections"][1]["passages"][0][1].replace("Orrin Zephyr", "Quill")
    for passage in other["confidential"]["passages"][1:]:
        passage[1] = f"{passage[1][::-1]} And £7.777m."
    other["officer"] = "Ada Quimby"
    first = site_of(one, tmp_path / "one", "Orrin Zephyr Limited")
    second = site_of(other, tmp_path / "other", "Quill Limited")
    assert first == second
