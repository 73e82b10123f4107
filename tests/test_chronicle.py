"""The log as people read it names papers by their references and people by their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from review.chronicle import chronicle
from review.register import Register
from tests.command_line import partone
from tests.registers import a_paper, hold, staffed

pytest_plugins = ["tests.postgres"]


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home", database_url))
    sha = register.enter(a_paper(tmp_path, entered_by="Cy Pratt")).paper.sha256
    register.enter(a_paper(tmp_path, None, content=b"%PDF-1.7 two"))
    register.add_claim(sha, hold("Ada Lovell"), 1)
    yield register
    register.close()


def test_each_entry_names_what_it_is_about(register: Register) -> None:
    told = chronicle(register)
    assert [each.entry for each in told] == list(register.log())
    assert [each.person for each in told[:5]] == ["Ada Lovell", "Bo Marsh", "Cy Pratt", "Dee Hollis", "Ed Fenwick"]
    nameless = register.papers()[1].sha256[:12]
    assert [each.reference for each in told[5:]] == ["PCD 1572", nameless, "PCD 1572"]


def test_the_command_shows_the_names(tmp_path: Path) -> None:
    home = tmp_path / "home"
    register = staffed(Register.open(home))
    register.enter(a_paper(tmp_path))
    register.close()
    shown = partone("log", "show", home=home).out
    assert "Ada Lovell" in shown
    assert "PCD 1572" in shown
    rows = partone("log", "show", "--json", home=home).json["log"]
    assert (rows[0]["person"], rows[-1]["reference"]) == ("Ada Lovell", "PCD 1572")
    verified = partone("log", "verify", "--json", home=home)
    assert (verified.code, verified.json) == (0, {"entries": 6, "problems": []})


def test_a_body_that_was_tampered_with_names_nobody(tmp_path: Path) -> None:
    register = staffed(Register.open(tmp_path / "home"))
    with register.writing() as connection:
        connection.execute(text("DROP TRIGGER log_no_update"))
        connection.execute(text("UPDATE log SET body = 'no body' WHERE n = 1"))
        connection.execute(text("UPDATE log SET body = '[]' WHERE n = 2"))
    assert [each.person for each in chronicle(register)][:3] == [None, None, "Cy Pratt"]
    register.close()
