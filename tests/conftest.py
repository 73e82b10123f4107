"""What every test may ask for: components that must be there, the shared papers, and golden files."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.components import COMPONENTS, IN_CI, missing

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from playwright.sync_api import Browser

    from ingest.document import Document

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"

# In CI the same examples every time, so that a red run is always somebody's change and never luck. On a laptop few
# examples, and new ones each time. `pytest --hypothesis-profile thorough` searches for as long as a night allows.
settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None, print_blob=True)
settings.register_profile("laptop", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile("ci" if IN_CI else "laptop")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="write the golden files again instead of comparing with them"
    )


def pytest_configure(config: pytest.Config) -> None:
    if IN_CI and config.getoption("--golden"):
        raise pytest.UsageError("--golden would make every comparison pass: it is for a laptop, not for CI.")


DEAREST = (
    "test_desk_day", "test_verify", "test_ocr", "test_command_line", "test_site_in_browser", "test_desk_paper_browser",
    "test_evidence", "test_watch", "test_fuzz", "test_officers_at_once", "test_non_interference", "test_backup",
    "test_cluster", "test_desk_piles", "test_many_papers",
)  # fmt: skip
"""Files that take half a minute and more of two quiet cores, longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: one that came last would keep one worker busy while the others wait."""
    place = {name: n for n, name in enumerate(DEAREST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose component is missing, or fail it in CI: there a skip would be a hole nobody sees."""
    for mark in item.iter_markers("needs"):
        reason = missing(mark.args[0])
        if reason and IN_CI:
            pytest.fail(f"{reason} Under CI=true a missing component fails the test.", pytrace=False)
        if reason:
            pytest.skip(reason)


@pytest.fixture
def component_path(request: pytest.FixtureRequest) -> Path:
    """The program of the one component the test is marked with: `@needs("chromium")`."""
    mark = request.node.get_closest_marker("needs")
    path = COMPONENTS[mark.args[0]].path() if mark else None
    assert path, "component_path is for a test marked with one @needs(...)"
    return path


@pytest.fixture(scope="session", autouse=True)
def hasher() -> Iterator[PasswordHasher]:
    """What keeps a real password; meanwhile those of the tests are kept with hardly any work, hundreds of them."""
    from argon2 import PasswordHasher

    from review import passwords

    real = passwords.HASHER, passwords.NOBODYS
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords.NOBODYS = passwords.HASHER.hash("nobody's")
    yield real[0]
    passwords.HASHER, passwords.NOBODYS = real


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, one a module and not one a run: while it is open, the main thread has no event loop but its."""
    from tests.browsing import quiet_browser  # here: most runs open none

    with quiet_browser() as running:
        yield running


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The sample scan as an engine reads it: once a run for all workers, since nothing else takes so long."""
    from ingest.limits import Limits
    from ingest.reader import read

    own = tmp_path_factory.getbasetemp()
    kept = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "scan.pickle"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            patient = Limits(seconds=1200)  # what is tested is reading, not the speed of a busy machine
            kept.write_bytes(pickle.dumps(read(ROOT / "tests" / "papers" / "scan.pdf", patient)))
    document: Document = pickle.loads(kept.read_bytes())  # noqa: S301  # written above, into a folder of ours
    return document


@pytest.fixture(scope="session")
def shared_papers() -> Path:
    """Real papers kept beside the repository, never in it. A clone of its own has none, in CI too: skipped."""
    papers = ROOT.parent / "shared" / "papers"
    if not papers.is_dir():
        pytest.skip("../shared/papers is not beside this repository: the papers in it are not ours to copy here.")
    return papers


@pytest.fixture(scope="session")
def shared_leaks() -> Path:
    """Papers that hide a word, each in one way, kept beside the repository; tests/test_hidden.py plants more."""
    leaks = ROOT.parent / "shared" / "leaks"
    if not leaks.is_dir():
        pytest.skip("../shared/leaks is not beside this repository: the tests plant the same ways themselves.")
    return leaks


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden: `golden("plain.json", text)`.

    `pytest --golden` writes the files instead; then the difference in git is what a person reads and agrees to.
    """

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        assert path.exists(), f"{path.relative_to(ROOT)} is not there: run 'pytest --golden' and read what it wrote."
        said = f"{path.relative_to(ROOT)} differs. If the new text is right: 'pytest --golden', then read the git diff."
        assert text == path.read_text(encoding="utf-8"), said

    return compare
