"""A home knows where its register lies: no command opens another by mistake, and no password is shown or written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from review import address
from review.errors import RegisterError
from review.register import Register
from tests.command_line import partone, staffed
from tests.components import needs

if TYPE_CHECKING:
    from tests.postgres import Server

pytest_plugins = ["tests.postgres"]


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    server: Server = request.getfixturevalue("postgres_server")
    return server.new_database()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("postgresql://officer:hush@db.example/register", "postgresql+psycopg://officer@db.example/register"),
        ("postgres://officer@db.example/register", "postgresql+psycopg://officer@db.example/register"),
        # A password may stand in the query, and a certificate's passphrase too.
        ("postgresql://db.example/register?user=officer&password=hush", "postgresql+psycopg://db.example/register?"),
        ("postgresql://db.example/r?sslmode=require&sslpassword=hush", "postgresql+psycopg://db.example/r?sslmode="),
    ],
)
def test_an_address_is_shown_without_its_password(tmp_path: Path, written: str, shown: str) -> None:
    found = address.address(written)
    assert address.in_words(found).startswith(shown)
    assert "hush" not in address.in_words(found)
    address.remember(tmp_path, found)
    note = (tmp_path / address.NOTE).read_text()
    assert "hush" not in note
    assert address.of(tmp_path) == address.bare(found)
    assert (tmp_path / address.NOTE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wrong", ["no address", "mysql://officer@host/db", "postgresql://officer:hu@sh@host/db"])
def test_what_is_no_address_is_refused_without_its_password(wrong: str) -> None:
    with pytest.raises(RegisterError) as refusal:
        address.address(wrong)
    assert "sh@" not in str(refusal.value)


def test_a_password_is_taken_from_the_environment_only_for_the_register_that_the_home_remembers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address.remember(tmp_path, address.address("postgresql://officer:hush@db.example/register"))
    monkeypatch.setenv(address.VARIABLE, "postgresql://officer:hush@db.example/register")
    assert (found := address.of(tmp_path))
    assert found.password == "hush"
    monkeypatch.setenv(address.VARIABLE, "postgresql://officer:hush@db.example/another")
    assert (found := address.of(tmp_path))
    assert (found.password, found.database) == (None, "register")


def test_a_home_with_a_register_of_its_own_takes_no_other(tmp_path: Path) -> None:
    staffed(tmp_path / "home")
    ran = partone("--register", "postgresql://officer:hush@127.0.0.1:1/register", "list", home=tmp_path / "home")
    assert (ran.code, "already has a register" in ran.err, "hush" in ran.err) == (2, True, False)


@needs("postgresql")
def test_every_command_uses_the_register_of_the_home(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("PGPASSWORD", url.split(":")[2].split("@")[0])
    assert partone("--register", url, "people", "add", "Ann Reviewer", "--role", "reviewer", home=home).code == 0
    assert not (home / "register.db").exists()
    # Named once, remembered from then on; the password comes from where PostgreSQL's own programs take it.
    listed = partone("people", "list", "--json", home=home).json
    assert [person["name"] for person in listed["people"]] == ["Ann Reviewer"]
    assert partone("publish", "--dry-run", home=home).code == 0
    assert partone("log", "verify", home=home).code == 0
    ran = partone("doctor", "--json", home=home)
    (register,) = [part for part in ran.json["parts"] if part["name"] == "register"]
    assert register["version"].startswith("postgresql+psycopg://officer@127.0.0.1:")
    assert url.split(":")[2].split("@")[0] not in ran.out + (home / address.NOTE).read_text()


@needs("postgresql")
def test_another_register_than_the_homes_is_refused(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> None:
    Register.open(tmp_path / "home", url).close()
    other: Server = request.getfixturevalue("postgres_server")
    with pytest.raises(RegisterError, match="not at"):
        Register.open(tmp_path / "home", other.new_database())
    assert partone("--register", url.replace("officer:", "officer:wrong"), "doctor", home=tmp_path / "home").code == 1
