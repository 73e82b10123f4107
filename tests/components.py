"""The programs from outside Python that tests need: which they are, whether they are here, and how to get them.

A test that lacks one is skipped with the reason on a laptop and fails under `CI=true`, so that nothing goes unchecked
unseen. `python -m tests.components` installs what is missing where the user may, and says plainly what it could not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import pytest

IN_CI = os.environ.get("CI", "").lower() == "true"


@dataclass(frozen=True, slots=True)
class Component:
    """A program, the Debian package that brings it, and what goes untested without it. `places` are beyond PATH."""

    program: str
    package: str
    switches_off: str
    places: str = ""

    def path(self) -> Path | None:
        """Where the program lies, or None; the highest version first where several are installed."""
        on_path = shutil.which(self.program)
        found = [on_path] if on_path else sorted(glob(self.places), reverse=True)  # noqa: PTH207 (absolute patterns)
        return Path(found[0]) if found else None


COMPONENTS = {
    "chromium": Component("chromium", "chromium", "the tests that open the built pages in a browser"),
    "tesseract": Component("tesseract", "tesseract-ocr", "the tests that read scans"),
    "poppler": Component("pdftotext", "poppler-utils", "the tests that read our PDFs with a second reader"),
    "postgresql": Component(
        "pg_ctl", "postgresql", "the tests of the register on PostgreSQL", "/usr/lib/postgresql/*/bin/pg_ctl"
    ),
    "systemd": Component("systemd-analyze", "systemd", "the tests of the units in deploy/"),
    "git": Component("git", "git", "the laws about what is in the repository"),
}


def needs(name: str) -> pytest.MarkDecorator:
    """Mark a test that needs a component: `@needs("chromium")`. The fixture `component_path` gives the program."""
    if name not in COMPONENTS:
        raise KeyError(f"{name} is no component: add it to COMPONENTS in tests/components.py")
    return pytest.mark.needs(name)


def missing(name: str) -> str | None:
    """Why a test that needs this component cannot run, in one sentence, or None where it is here."""
    component = COMPONENTS[name]
    if component.path():
        return None
    return f"{component.program} is not installed: run 'make system', or install the package {component.package}."


def _may_install() -> list[str] | None:
    """The prefix of a command as root: none for root, sudo where it asks for no password, None where neither is so."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    without_asking = ["sudo", "-n"]
    if (
        shutil.which("sudo")
        and not subprocess.run([*without_asking, "true"], capture_output=True, check=False).returncode
    ):
        return without_asking
    return None


def _absent() -> list[Component]:
    return [component for component in COMPONENTS.values() if not component.path()]


def install() -> int:
    """Install what is missing where the user may. Returns 1 only in CI and only where something is still missing."""
    wanted = _absent()
    as_root = _may_install()
    if wanted and as_root is not None:
        packages = [component.package for component in wanted]
        print("Installing", ", ".join(packages), flush=True)
        quietly = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run([*quietly, *step], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            if done.returncode:
                print(done.stdout.decode(errors="replace"), file=sys.stderr)
                break
    for component in (still := _absent()):
        print(f"Missing: {component.package}. Without it {component.switches_off} are skipped.", file=sys.stderr)
    if still:
        packages = [component.package for component in still]
        print("An administrator can add what is missing: apt-get install", *packages, file=sys.stderr)
    return 1 if still and IN_CI else 0


if __name__ == "__main__":
    sys.exit(install())
