"""The presses: several at once, slow, killed or astray, and a PDF is whole or it is not there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from publish import pdf as pdf_module
from publish.errors import BusyError
from publish.pdf import PRESS, NotPrinted, kept_pdfs, pdfs
from publish.release import Published, publish
from publish.shelf import put
from publish.verify import verify
from tests.sample_decisions import SAMPLES, parts
from tests.shelved import TODAY, approved

PAPERS = parts(SAMPLES)
LAST = PAPERS[-1]
BEFORE = f"""
import os, signal, subprocess, sys, time
asked = sys.stdin.buffer.read()
done = subprocess.run([sys.executable, "-I", {str(PRESS)!r}], input=asked, capture_output=True, check=True).stdout
out = sys.stdout.buffer
"""
SLOW = """
wait = len(asked) % 7 / 2000  # each at a pace of its own, so that they end in no order
for at in range(0, len(done), 4000):
    out.write(done[at : at + 4000])
    out.flush()
    time.sleep(wait)
"""
KILLED = """
out.write(done[:-{short}])
out.flush()
os.kill(os.getpid(), signal.{signal})
"""


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {one.slug: pdf for one, pdf in zip(PAPERS, pdfs(PAPERS), strict=True)}


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A press of ours in the place of the real one, which it works with; it prints one paper and then is gone."""
    place = tmp_path / "press.py"
    monkeypatch.setattr(pdf_module, "PRESS", place)
    monkeypatch.setattr(pdf_module, "TOGETHER", 1)
    return place


def whole(copies: Path) -> bool:
    """Whether every PDF that lies there is the one that its name says."""
    return all(
        file.stem.rpartition("-")[2] == sha256(file.read_bytes()).hexdigest()[:32] for file in copies.glob("*.pdf")
    )


def test_slow_presses_side_by_side_give_each_paper_its_own_pdf(press: Path, made: dict[str, bytes]) -> None:
    press.write_text(BEFORE + SLOW, encoding="utf-8")
    assert {one.slug: pdf for one, pdf in zip(PAPERS, pdfs(PAPERS), strict=True)} == made


ENDS = {  # how a press ends over the last paper, when the others are printed
    "killed within a PDF": (KILLED.format(short=1000, signal="SIGKILL"), "stopped"),
    "killed a byte before the end": (KILLED.format(short=1, signal="SIGKILL"), "stopped"),
    "killed within the length": ("out.write(done[:3])", "stopped"),
    "ended by a signal whose number could be taken for ours": (KILLED.format(short=9, signal="SIGHUP"), "stopped"),
    "whole, and then it fails": ("out.write(done); out.flush(); sys.exit(1)", "stopped"),
    "one byte more": ("out.write(done + b'x')", "stopped"),
    "two PDFs where one was asked for": ("out.write(done + done)", "stopped"),
    "an empty one": ("out.write(bytes(8))", "stopped"),
    "something else of the same length": ("out.write(done[:8] + b' ' * len(done[8:]))", "stopped"),
    "a word before it": ("out.write(b'warning' + done)", "stopped"),
    "whole, and then it hangs": ("out.write(done); out.flush(); time.sleep(60)", "took too long"),
}


@pytest.mark.parametrize("how", ENDS)
def test_a_press_that_ends_badly_leaves_nothing_but_whole_pdfs(
    how: str, press: Path, made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, why = ENDS[how]
    over = f"if b{LAST.reference!r} not in asked: out.write(done)\nelse:\n    "
    press.write_text(BEFORE + over + ending.strip().replace("\n", "\n    "), encoding="utf-8")
    asked = PAPERS
    if why == "took too long":
        monkeypatch.setattr(pdf_module, "SECONDS", 2)
        asked = (LAST,)  # others could be late themselves on a busy machine
    with pytest.raises(NotPrinted, match=f"{LAST.reference}.*typst {why}"):
        kept_pdfs(asked, tmp_path / "copies")
    assert whole(tmp_path / "copies")
    monkeypatch.setattr(pdf_module, "PRESS", PRESS)
    kept = kept_pdfs(PAPERS, tmp_path / "copies")
    assert {slug: file.read_bytes() for slug, file in kept.items()} == made


def test_whoever_reads_while_others_publish_finds_whole_pdfs(press: Path, tmp_path: Path) -> None:
    """Three publishers of one home, three of homes of their own, a reader of all the while; presses that dribble."""
    press.write_text(BEFORE + SLOW, encoding="utf-8")
    homes = [tmp_path / name for name in ("one", "one", "one", "two", "three", "four")]
    for home in set(homes):
        for one in PAPERS:
            put(home / "shelf", approved(one))
    over, broken, seen = threading.Event(), [], []

    def reads() -> None:
        while not over.is_set():
            for home in set(homes):
                for file in sorted(home.glob("copies/*.pdf")):
                    seen.append(file)
                    if file.stem.rpartition("-")[2] != sha256(file.read_bytes()).hexdigest()[:32]:
                        broken.append(file)

    def publishes(home: Path) -> Published | None:
        try:
            return publish(home, today=TODAY)
        except BusyError:
            return None

    with ThreadPoolExecutor(len(homes) + 1) as at_once:
        reader = at_once.submit(reads)
        try:
            released = list(at_once.map(publishes, homes))
        finally:
            over.set()
        reader.result()
    assert broken == []
    assert seen
    assert all(any(done and done.site.parent == home for done in released) for home in homes)
    certified = {done.certificate.manifest for done in released if done}
    assert len(certified) == 1, "and all are the same site"
    assert verify(homes[0] / "public").clean
