"""The house holds its laws, and each law is shown to fall where it is broken."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest

from tests import house
from tests.components import needs
from tests.conftest import ROOT

INSIDE = (*house.PACKAGES, "partone", "benchmarks")
OURS = house.our_modules(ROOT, *INSIDE)
ALL = (*OURS, *house.our_modules(ROOT, "tests"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def holds(complaints: list[str]) -> None:
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def test_imports_point_down() -> None:
    holds(house.imports_point_down(ALL))


def test_no_import_circles() -> None:
    holds(house.no_import_circles(ALL))


def test_imports_are_absolute() -> None:
    holds(house.imports_are_absolute(ALL))


def test_each_library_keeps_to_its_room() -> None:
    holds(house.libraries_keep_to_their_rooms(tuple(module for module in OURS if module.house != "benchmarks")))


def test_modules_are_short() -> None:
    holds(house.modules_are_short(OURS))


def test_an_exception_for_length_is_still_needed() -> None:
    long = {module.name for module in OURS if module.lines > house.LONGEST}
    holds([f"{name} is short again: take it out of LONGER in tests/house.py." for name in house.LONGER.keys() - long])


def test_names_have_meaning() -> None:
    holds(house.names_have_meaning(ALL))


# Each law with the smallest house that breaks it: path and source of its modules, and a word of the complaint.
BROKEN = [
    (house.imports_point_down, {"publish/pages.py": "from extract.record import DecisionRecord"}, "publish may not"),
    (house.imports_point_down, {"publish/pages.py": "import ingest.document"}, "publish may not"),
    (house.imports_point_down, {"publish/data.py": "def f():\n    from review import register"}, "publish may not"),
    (house.imports_point_down, {"publish/data.py": "import_module('extract.record')"}, "publish may not"),
    (house.imports_point_down, {"ingest/pdf.py": "from publish.part1 import Part1"}, "ingest may not"),
    (house.imports_point_down, {"extract/form.py": "import review.register"}, "extract may not"),
    (house.imports_point_down, {"review/register.py": "import partone"}, "review may not"),
    (house.no_import_circles, {"extract/a.py": "import extract.b", "extract/b.py": "from extract import a"}, "circle"),
    (house.imports_are_absolute, {"extract/a.py": "from . import b"}, "relative"),
    (house.libraries_keep_to_their_rooms, {"extract/form.py": "import pypdfium2.raw as raw"}, "lives in ingest.pdf"),
    (house.libraries_keep_to_their_rooms, {"publish/data.py": "from jinja2 import Template"}, "publish.pages"),
    (house.libraries_keep_to_their_rooms, {"ingest/pdf.py": "import fitz"}, "has no room"),
    (house.modules_are_short, {"extract/a.py": "x = 1\n" * 251}, "251 lines"),
    (house.names_have_meaning, {"extract/utils.py": ""}, "says nothing"),
]


@pytest.mark.parametrize(("law", "sources", "word"), BROKEN)
def test_a_broken_law_falls(law: house.Law, sources: dict[str, str], word: str) -> None:
    complaints = law(tuple(house.parse(path, source) for path, source in sources.items()))
    assert len(complaints) == 1, complaints
    assert word in complaints[0]


def loaded_by(statement: str) -> set[str]:
    """The top names that a fresh Python has loaded after this statement."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"'{statement}' does not run: {done.stderr.strip().splitlines()[-1]}", pytrace=False)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        pytest.param(
            "; ".join(f"import {module.name}" for module in OURS if module.house == "publish"),
            {"extract", "ingest", "review", "spacy", "pdfplumber", "pypdfium2"},
            id="publish knows nothing of private papers",
        ),
        pytest.param(
            "import partone",
            {"spacy", "pdfplumber", "mkdocs", "sqlalchemy"},
            id="the command line starts without the heavy libraries",
        ),
    ],
)
def test_loading_stays_light(statement: str, unwanted: set[str]) -> None:
    too_much = loaded_by(statement) & unwanted
    assert not too_much, f"'{statement}' loads {sorted(too_much)}. Import it inside the function that uses it."


def test_the_packages_listed_by_hand_are_those_on_disk() -> None:
    listed = set(PYPROJECT["tool"]["setuptools"]["packages"])
    on_disk = {module.name for module in OURS if module.path.endswith("__init__.py") and module.house in house.PACKAGES}
    holds(
        [f"pyproject.toml lists the package {name}, which does not exist: take it out." for name in listed - on_disk]
        + [f"pyproject.toml does not list {name}: an installed copy would lack it." for name in on_disk - listed]
    )


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {Path(module.path).parent for module in OURS if module.house in house.PACKAGES}
    bare = [folder for folder in folders if not (ROOT / folder / "__init__.py").exists()]
    holds([f"{folder} has modules and no __init__.py: add an empty one." for folder in bare])


def test_nothing_installed_is_under_the_agpl() -> None:
    """Public bodies pass this software on; a network copyleft would bind every one of them."""
    complaints = []
    for installed in metadata.distributions():
        facts = installed.metadata
        keys = ("License-Expression", "License", "Classifier")
        terms = [term[:300] for key in keys for term in facts.get_all(key) or ()]
        named = _canonical(facts["Name"]) in {"pymupdf", "x-ray"}
        if named or re.search(r"\bAGPL|\bAffero", " ".join(terms)):
            complaints.append(f"{facts['Name']} is under the AGPL, or needs what is: find another library.")
    holds(complaints)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirement(line: str) -> str:
    """The name in a requirement: `psycopg[binary]>=3.2` asks for psycopg."""
    return _canonical(re.split(r"[\[<>=!~; ]", line)[0])


LOCKED = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]


def test_the_lock_has_a_hash_for_everything_and_an_address_for_nothing() -> None:
    unhashed = [entry.split()[0] for entry in LOCKED if "--hash=sha256:" not in entry]
    places = re.findall(r"^.*(?:://|--\S*url|--find-links).*$", LOCK, re.MULTILINE)
    holds(
        [f"requirements.lock: {name} has no hash: 'make lock'." for name in unhashed]
        + [f"requirements.lock: '{line}' is an address: 'make lock'." for line in places]
    )


def test_the_lock_has_everything_that_pyproject_asks_for() -> None:
    locked = {_canonical(entry.partition("==")[0]) for entry in LOCKED}
    project = PYPROJECT["project"]
    # setuptools is in it because the project itself is installed without asking a registry for its build.
    asked = ["setuptools", *project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {_requirement(line) for line in asked}
    holds([f"{name} is in pyproject.toml and not in requirements.lock: 'make lock'." for name in names - locked])


def test_every_library_that_is_imported_is_asked_for_by_name() -> None:
    """A library that came along with another one may leave with it."""
    project = PYPROJECT["project"]
    extras = chain.from_iterable(project["optional-dependencies"].values())
    asked = {_requirement(line) for line in (*project["dependencies"], *extras)}
    brought_by = metadata.packages_distributions()
    missing = {
        (found.top, name)
        for module in ALL
        for found in module.imports
        for name in [_canonical(brought_by.get(found.top, [found.top])[0])]
        if not found.relative and found.top not in {*sys.stdlib_module_names, *house.MAY_IMPORT} and name not in asked
    }
    holds(
        [f"{top} is imported and {name} is not in pyproject.toml: add it, then 'make lock'." for top, name in missing]
    )


def git_ls_files(*options: str) -> list[str]:
    """What git tracks, or a skip where this is no checkout (a source archive)."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing is tracked")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


# Addresses of package registries by what is in their host's name, and paths that exist on one machine only.
PLACES = re.compile(
    rb"--(?:extra-)?index-url[ =]|--find-links[ =]|https?://[^/\s\"']*(?:pypi|pythonhosted|npmjs|deb\.debian)[^\s\"']*"
    rb"|(?<![\w./-])/(?:work|root|home/[a-z]\w*|Users/\w+|opt)/[\w.-]+"
)


@needs("git")
def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    holds(
        [
            f"{name}: '{found.group().decode()}' is true of one machine or one registry only: take it out."
            for name in git_ls_files()
            for found in [PLACES.search((ROOT / name).read_bytes())]
            if found
        ]
    )


@needs("git")
def test_nothing_generated_is_tracked() -> None:
    """What can be made again is not kept: two copies would sooner or later differ."""
    made = {"__pycache__", ".venv", "build", "var", "node_modules", ".mypy_cache", ".ruff_cache", ".hypothesis"}
    holds(
        [
            f"{name} is generated: 'git rm --cached {name}', and see that .gitignore names it."
            for name in {*git_ls_files("--cached", "--ignored", "--exclude-standard"), *git_ls_files()}
            if made & set(Path(name).parts) or name.endswith((".pyc", ".egg-info"))
        ]
    )


TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
PAGES = [path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md")))]


@pytest.mark.parametrize("page", PAGES)
def test_what_the_documents_tell_people_to_make_can_be_made(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    asked = set(re.findall(r"(?:^|`|\$ )make ([a-z]+)", text, re.MULTILINE))
    holds([f"{page} says 'make {name}', and the Makefile has no such target." for name in sorted(asked - TARGETS)])


@pytest.mark.parametrize("page", PAGES)
def test_what_the_documents_link_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    gone = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
    holds([f"{page} links to {link}, which is not there." for link in gone])


@pytest.fixture(scope="session")
def partone_help() -> str:
    """What `partone --help` prints, in one wide plain column."""
    code = "import sys, partone; sys.argv = ['partone', '--help']; partone.main()"
    plain = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=plain, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"partone --help: {done.stderr}"
    return done.stdout


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_that_the_documents_show_exist(page: str, partone_help: str) -> None:
    asked = set(
        re.findall(r"(?:^|`|\$ )partone ([a-z][a-z0-9-]*)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    )
    gone = [name for name in sorted(asked) if not re.search(rf"^\W*{name}\b", partone_help, re.MULTILINE)]
    holds([f"{page} shows 'partone {name}', which 'partone --help' does not list." for name in gone])
