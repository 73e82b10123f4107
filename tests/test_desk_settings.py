"""How the desk is set up, and what it refuses; and a real desk behind a program that passes requests on."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from review import accounts, people
from review.attempts import BY_SOURCE
from review.desk.settings import read_settings
from review.errors import RegisterError
from review.register import Register
from tests.command_line import ROOT
from tests.desks import ADMINISTRATOR, PASSWORD

TLS = 'tls = "in front"\npublic_name = "desk.example.org"\n'
OIDC = '[oidc]\nissuer = "https://login.example.org"\nclient_id = "x"\n'
# What desk.toml says, and the words that it is refused with.
REFUSED = [
    ('host = "0.0.0.0"', "does not listen on 0.0.0.0 without TLS"),
    ('host = "::"', "without TLS"),
    ('host = "desk.example.org"', "without TLS"),
    ('tls = "in front"', "public_name"),
    ('tls = "yes"', "tls: Input should be"),
    ("port = 70000", "port: "),
    ('proxies = ["everywhere"]', "does not appear to be an IPv4 or IPv6 address"),
    ("idle_minutes = 0", "idle_minutes: "),
    ('metrics_token = "short"', "16 characters"),
    ("colour = 1", "colour: Extra inputs"),
    ("port = ", "cannot be read as TOML"),
    ('[oidc]\nissuer = "http://login.example.org"\nclient_id = "x"\nclient_secret = "s"', "must begin with https://"),
    (OIDC, "needs client_secret_file"),
    (OIDC + 'client_secret_file = "gone"', "gone cannot be read"),
    (OIDC + 'client_secret = "s"\nperson = "name"', "oidc.person"),
    ("[clock]\nworking_days = -1", "working_days"),
]


@pytest.mark.parametrize(("written", "told"), REFUSED)
def test_what_cannot_be_safe_is_refused_in_plain_words(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "desk.toml").write_text(written)
    with pytest.raises(RegisterError, match=told) as refusal:
        read_settings(tmp_path)
    assert refusal.value.exit_code == 2


def test_without_a_file_the_desk_is_on_this_machine_alone(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert (settings.host, settings.port, settings.secure, settings.origin) == ("127.0.0.1", 8571, False, None)
    assert (settings.idle_minutes, settings.absolute_hours) == (30, 12)
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]  # that it cannot be is what is tried


def test_the_environment_goes_over_the_file_and_the_command_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    written = TLS + f'host = "0.0.0.0"\nport = 1\n[clock]\nworking_days = 3\n{OIDC}client_secret_file = "secret"\n'
    (tmp_path / "desk.toml").write_text(written)
    monkeypatch.setenv("PARTONE_DESK_PORT", "2")
    monkeypatch.setenv("PARTONE_DESK_PROXIES", "10.0.0.1,::1")
    monkeypatch.setenv("PARTONE_DESK_OIDC__CLIENT_ID", "from the environment")
    settings = read_settings(tmp_path)
    assert (settings.port, settings.proxies, settings.clock.working_days) == (2, ("10.0.0.1", "::1"), 3)
    assert settings.oidc is not None
    assert (settings.oidc.client_id, settings.oidc.secret()) == ("from the environment", "from the file")
    assert settings.origin == "https://desk.example.org"
    assert read_settings(tmp_path, port=3, host=None).port == 3


def test_no_setting_prints_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTONE_DESK_METRICS_TOKEN", "hunter2-hunter2-hunter2")
    assert "hunter2" not in repr(read_settings(tmp_path))
    monkeypatch.setenv("PARTONE_DESK_METRICS_TOKEN", "hunter2")
    with pytest.raises(RegisterError) as refusal:
        read_settings(tmp_path)
    assert "hunter2" not in str(refusal.value)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("desk") / "home"
    register = Register.open(home)
    people.add(register, ADMINISTRATOR, "administrator")
    accounts.set_password(register, ADMINISTRATOR, PASSWORD)
    register.close()
    return home


@pytest.fixture(scope="module")
def desk_behind_tls(home: Path) -> Iterator[tuple[str, Path]]:
    """`partone review` as it is run, told to trust a program on this machine that speaks TLS for it."""
    (home / "desk.toml").write_text(TLS + 'proxies = ["127.0.0.1"]\n')
    lines = home / "lines"
    port = _free_port()
    command = [sys.executable, "partone.py", "review", "--home", str(home), "--port", str(port)]
    with lines.open("wb") as written, subprocess.Popen(command, cwd=ROOT, stdout=written, stderr=written) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    httpx.get(f"{address}/healthz")
                    break
                except httpx.HTTPError:
                    assert process.poll() is None, lines.read_text()
                    time.sleep(0.1)
            yield address, lines
        finally:
            process.terminate()
            assert process.wait(timeout=30) in {0, -15}


def test_forwarded_words_are_believed_of_the_program_in_front_alone(desk_behind_tls: tuple[str, Path]) -> None:
    address, lines = desk_behind_tls
    host = {"Host": "desk.example.org", "X-Forwarded-Proto": "https"}
    with httpx.Client(base_url=address, headers=host) as client:
        page = client.get("/sign-in", headers={"X-Forwarded-For": "203.0.113.7"})
        assert page.status_code == 200
        assert "; Secure" in page.headers["set-cookie"]
        assert "server" not in page.headers
        assert client.get("/healthz").text == "ok\n"
        assert client.get("/metrics").status_code == 403
        token = page.text.partition('name="csrf" value="')[2][:64]
        cookie = page.headers["set-cookie"].partition(";")[0]
        # So many failures from one address that whoever else comes from there waits, and nobody from another.
        for nth in range(BY_SOURCE + 1):
            form = {"csrf": token, "name": f"nobody {nth}", "password": "x"}
            words = {"Cookie": cookie, "X-Forwarded-For": "203.0.113.7"}
            last = client.post("/sign-in", data=form, headers=words)
        assert last.status_code == 429
        words["X-Forwarded-For"] = "203.0.113.8"
        form = {"csrf": token, "name": ADMINISTRATOR, "password": PASSWORD}
        assert client.post("/sign-in", data=form, headers=words).status_code == 303
    written = lines.read_text()
    assert '"route": "/sign-in"' in written
    assert PASSWORD not in written
    assert "203.0.113" not in written


def test_an_address_the_desk_may_not_listen_on_ends_the_command(home: Path) -> None:
    (home / "desk.toml").unlink(missing_ok=True)
    command = [sys.executable, "partone.py", "review", "--home", str(home), "--host", "0.0.0.0"]  # noqa: S104 (refused)
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "does not listen on 0.0.0.0 without TLS" in ended.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
