"""The commands about people: what each prints, who may say so, and that no password is ever one of its words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from review import accounts
from review.register import Register
from tests.command_line import Ran, partone

PASSWORD = "purple otter lantern"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    for name, role in (("Ida Thorne", "administrator"), ("Ada Lovell", "reviewer")):
        assert partone("people", "add", name, "--role", role, home=home).code == 0
    return home


def told(home: Path, *words: object) -> Ran:
    return partone("people", *words, home=home)


def test_people_change_close_and_open_again(home: Path) -> None:
    by = ("--by", "ida thorne")
    assert "Ada Lovell is now known as releaser." in told(home, "change", "ada lovell", "--role", "releaser", *by).err
    assert told(home, "close", "Ada Lovell", *by).code == 0
    assert told(home, "list", "--json").json["people"] == [
        {"name": "Ada Lovell", "role": "releaser", "closed": True},
        {"name": "Ida Thorne", "role": "administrator", "closed": False},
    ]
    assert "closed on 20" in told(home, "list").out
    assert told(home, "reopen", "Ada Lovell", *by).code == 0
    said = partone("log", "show", "--json", home=home).json["log"]
    assert [(entry["what"], entry["by"]) for entry in said[2:]] == [
        (what, "Ida Thorne") for what in ("person-changed", "person-closed", "person-reopened")
    ]
    assert partone("log", "verify", home=home).code == 0


# What is refused, and what is said to it.
REFUSED = [
    (("change", "Ada Lovell", "--role", "chief"), "There is no role"),
    (("change", "Ada Lovell", "--role", "reviewer"), "is already a reviewer"),
    (("change", "Ada Lovell", "--role", "clerk", "--by", "Ada Lovell"), "to administer takes an administrator"),
    (("close", "Ida Thorne"), "the only administrator"),
    (("close", "Nobody"), "does not know"),
    (("reopen", "Ada Lovell"), "is open"),
    (("invite", "Ada Lovell", "--by", "Nobody"), "does not know"),
    (("bind", "Ada Lovell", "--subject", "s"), "names no OpenID provider"),
    (("password", "Ada Lovell", PASSWORD), ""),  # never as a word of the command, where all can see it
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_is_refused(home: Path, words: tuple[str, ...], said: str) -> None:
    ran = told(home, *words)
    assert ran.code == 2
    assert said in ran.err


def test_a_word_is_printed_once_and_alone(home: Path) -> None:
    ran = told(home, "invite", "Ada Lovell")
    register = Register.open(home)
    person = accounts.use_word(register, "Ada Lovell", ran.out.strip(), PASSWORD)
    register.close()
    assert person is not None
    assert "three days" in ran.err


def test_a_password_comes_from_standard_input(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for line, code in (("short\n", 2), (f"{PASSWORD}\r\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(line))
        ran = told(home, "password", "Ada Lovell", "--by", "Ida Thorne")
        assert ran.code == code
        assert line.strip() not in ran.out + ran.err
    register = Register.open(home)
    assert accounts.check(register, "Ada Lovell", PASSWORD) is not None
    register.close()


def test_a_subject_is_bound_where_a_provider_is_set_up(home: Path) -> None:
    (home / "secret").write_text("s")
    provider = 'issuer = "https://login.example.org"\nclient_id = "x"\nclient_secret_file = "secret"\n'
    (home / "desk.toml").write_text(f"[oidc]\n{provider}")
    assert told(home, "bind", "Ada Lovell", "--subject", "s-ada", "--by", "Ida Thorne").code == 0
    register = Register.open(home)
    found = accounts.of_subject(register, "https://login.example.org", "s-ada")
    register.close()
    assert found is not None
    assert found.name == "Ada Lovell"
