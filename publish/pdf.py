"""An approved decision as an accessible PDF (tagged, PDF/UA-1), the same bytes on every machine.

The template is ours and never changes with a paper. What a paper says comes in as JSON and is printed as text values,
so no word of it can be a command. No font of the machine is used, no date and no random name is written in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.errors import PublishError
from publish.fonts import FILES
from publish.paper import paper
from publish.part1 import Part1
from publish.pdf_identity import TEMPLATE, Identity, identified, identity

PRESS = Path(__file__).with_name("press.py")
TOGETHER = 50  # papers that one process prints
SECONDS = 20  # for each paper; the longest that we know takes less than one


class NotPrinted(PublishError):
    """A decision of which no PDF could be made; nothing is released without it."""

    exit_code = 4


def pdfs(decisions: Sequence[Part1]) -> Iterator[bytes]:
    """The PDF of each decision, in order. Raises `NotPrinted` at the first that cannot be made.

    Many are printed by several presses side by side, of which each warms up once.
    """
    runs = [decisions[at : at + TOGETHER] for at in range(0, len(decisions), TOGETHER)]
    presses = ThreadPoolExecutor(os.cpu_count())  # a thread only waits for its press
    try:
        for some, (out, wrong) in zip(runs, presses.map(_pressed, runs), strict=True):
            yield from _taken_apart(some, out, wrong)
    finally:
        presses.shutdown(cancel_futures=True)


@contextmanager
def printing(decisions: Sequence[Part1], cache: Path | None = None) -> Iterator[Callable[[], Mapping[str, Path]]]:
    """Prints beside whatever is done meanwhile; what it gives waits for the PDFs as files, by slug, and may raise.

    Without a cache each is printed afresh into a folder that is gone afterwards.
    """
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as beside:
        made = beside.submit(kept_pdfs, decisions, cache) if cache else beside.submit(_fresh, decisions, Path(folder))
        yield made.result


def _fresh(decisions: Sequence[Part1], folder: Path) -> dict[str, Path]:
    files = {}
    for decision, made in zip(decisions, pdfs(decisions), strict=True):
        files[decision.slug] = folder / f"{decision.slug}.pdf"
        files[decision.slug].write_bytes(made)
    return files


def kept_pdfs(decisions: Sequence[Part1], cache: Path) -> dict[str, Path]:
    """The PDFs as files under `cache`, by slug; only what was not printed before is printed.

    A name says what the file was made of and what was made: one that was touched since is not used again. Keeping
    saves time and proves nothing; who wants a proof reads the file, or prints it afresh. What is no longer asked for,
    a corrected text for one, is deleted.
    """
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    lying = {file.name.partition("-")[0]: file for file in cache.glob("*-*.pdf")}
    states = {decision.slug: _state(identity(decision), _said(decision)) for decision in decisions}
    found = {
        slug: lying[state]
        for slug, state in states.items()
        if state in lying and lying[state].name == _name(state, lying[state].read_bytes())
    }
    missing = [decision for decision in decisions if decision.slug not in found]
    for decision, made in zip(missing, pdfs(missing), strict=True):
        place = cache / _name(states[decision.slug], made)
        aside = place.with_suffix(".new")
        aside.write_bytes(made)
        found[decision.slug] = aside.replace(place)
    for file in set(cache.iterdir()) - set(found.values()):
        file.unlink()
    return found


def _said(decision: Part1) -> str:
    return json.dumps(paper(decision), ensure_ascii=False)


def _pressed(decisions: Sequence[Part1]) -> tuple[bytes, str]:
    """What one press gives out for these decisions, and what went wrong with it, if anything."""
    papers = [_said(decision) for decision in decisions]
    asked = {"template": TEMPLATE.read_text(encoding="utf-8"), "fonts": str(FILES), "papers": papers}
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PRESS)],
            input=json.dumps(asked).encode(),
            capture_output=True,  # typst quotes a paper where it complains
            timeout=SECONDS * len(papers),
            check=False,
        )
        return done.stdout, "stopped" if done.returncode else ""
    except subprocess.TimeoutExpired as late:
        return late.stdout or b"", "took too long"


def _taken_apart(decisions: Sequence[Part1], out: bytes, wrong: str) -> Iterator[bytes]:
    """The PDFs in what a press gave out, each of them whole. Nothing may be left over or have gone wrong."""
    at = 0
    for left, decision in zip(range(len(decisions))[::-1], decisions, strict=True):
        begin = at + 8
        at = begin + int.from_bytes(out[at:begin])
        made = out[begin:at]
        whole = len(out) >= at and made.startswith(b"%PDF-") and made.endswith(b"%%EOF")
        given = identified(made, identity(decision)) if whole else None
        if given is None or (left == 0 and (wrong or len(out) > at)):
            said = f"{decision.reference}: no PDF could be made of it: typst {wrong or 'stopped'}."
            raise NotPrinted(f"{said} Nothing was released.")
        yield given


def _state(ids: Identity, said: str) -> str:
    return sha256(f"{ids.document} {ids.instance}\n{said}".encode()).hexdigest()[:32]


def _name(state: str, made: bytes) -> str:
    return f"{state}-{sha256(made).hexdigest()[:32]}.pdf"
