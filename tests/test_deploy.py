"""What deploy/ and the guide tell a server to do can be done: units that systemd takes, and commands that there are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from review.desk.settings import Settings, read_settings
from tests.command_line import ROOT, partone
from tests.components import needs

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")))
SERVICES = [name for name in UNITS if name.endswith(".service")]
MOST_EXPOSED = 2.0  # of 10, as systemd counts what a service may do that it need not
COMMAND = r"(?:bin/partone|as-partone) ([a-z]+(?: (?:add|password|verify|list|show)\b)?)"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as on a server, but for the place of the program and of the guide."""
    program = shutil.which("partone") or str(Path(sys.executable).with_name("partone"))
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        text = text.replace("/usr/local/lib/partone/.venv/bin/partone", program).replace(
            "/usr/local/lib/partone/", f"{ROOT}/"
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@needs("systemd")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_a_unit_without_a_word(component_path: Path, units: Path, name: str) -> None:
    ran = subprocess.run([component_path, "verify", units / name], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@needs("systemd")
@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_little_on_its_machine(component_path: Path, units: Path, name: str) -> None:
    words: list[str | Path] = [
        component_path,
        "security",
        "--offline=true",
        f"--threshold={int(MOST_EXPOSED * 10)}",
        units / name,
    ]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-500:]


def test_every_unit_has_its_timer_or_is_wanted() -> None:
    for name in SERVICES:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert "[Install]" in text or name.replace(".service", ".timer") in UNITS
        for line in ("User=partone", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077"):
            assert line in text.splitlines(), (name, line)


def commands() -> list[str]:
    """Every command of partone that the units and the guide name, without its arguments."""
    told = [path.read_text(encoding="utf-8") for path in (*DEPLOY.glob("*.service"), ROOT / "docs/installation.md")]
    found = re.findall(COMMAND, "\n".join(told))
    return sorted(set(found))


@pytest.mark.parametrize("words", commands())
def test_every_command_that_is_named_there_is(words: str) -> None:
    assert partone(*words.split(), "--help").code == 0


def test_the_settings_for_tls_in_front_are_taken_and_the_ports_agree(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "desk.toml", tmp_path)
    settings = read_settings(tmp_path)
    assert settings.origin == "https://desk.example.org"
    for name in ("nginx.conf", "Caddyfile", "Containerfile"):
        assert str(Settings().port) in (DEPLOY / name).read_text(encoding="utf-8"), name
    assert f"{Settings().largest_upload_mib}m" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


def test_the_container_is_made_by_hashes_and_run_by_nobody_in_particular() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001"]
    copied = {
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    }
    assert all((ROOT / word).exists() for word in copied)
    houses = {"ingest", "extract", "publish", "review", "partone.py", "pyproject.toml", "requirements.lock"}
    assert houses <= copied
