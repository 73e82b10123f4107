"""The one room of typst: an approved decision as an accessible PDF (tagged, PDF/UA-1), the same bytes on every machine.

The template is ours and never changes with a paper. What a paper says comes in as JSON and is printed as text values,
so no word of it can be a command. No font of the machine is used, no date and no random name is written in.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import typst

from publish.body import SITE
from publish.fonts import FILES
from publish.paper import paper
from publish.part1 import Part1

TEMPLATE = SITE / "templates" / "decision.typ"
MAKERS = ("typst", "fontpkg-atkinson-hyperlegible")


def pdf(decision: Part1) -> bytes:
    """The PDF of one decision."""
    return _printed(json.dumps(paper(decision), ensure_ascii=False))


def kept_pdf(decision: Part1, cache: Path) -> Path:
    """The PDF of one decision as a file under `cache`, made only if what it says was not printed before.

    The name says what it was made of and what was made: a file that was touched since is not used again. That saves
    time and proves nothing; who wants a proof reads it, or prints it afresh.
    """
    said = json.dumps(paper(decision), ensure_ascii=False)
    state = sha256(f"{_edition()}\n{said}".encode()).hexdigest()[:32]
    for kept in cache.glob(f"{state}-*.pdf"):
        if kept.name == _name(state, kept.read_bytes()):
            return kept
    made = _printed(said)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = cache / _name(state, made)
    aside = place.with_suffix(".new")
    aside.write_bytes(made)
    aside.replace(place)
    return place


def forget(cache: Path, but: Collection[Path]) -> None:
    """Deletes what is kept and no longer public, a corrected text for one."""
    for kept in cache.glob("*") if cache.is_dir() else ():
        if kept not in but:
            kept.unlink()


def _name(state: str, made: bytes) -> str:
    return f"{state}-{sha256(made).hexdigest()[:32]}.pdf"


@cache
def _edition() -> str:
    """What else the bytes of a PDF depend on: the template, and the version of everything that makes it."""
    return " ".join((sha256(TEMPLATE.read_bytes()).hexdigest(), *(metadata.version(maker) for maker in MAKERS)))


def _printed(said: str) -> bytes:
    compiler, template = _press()
    made = compiler.compile(input=template, format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": said})
    if not isinstance(made, bytes):
        raise TypeError("typst made something else than one file")
    return made


@cache
def _press() -> tuple[typst.Compiler, bytes]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FILES)])
    return typst.Compiler(font_paths=fonts), TEMPLATE.read_bytes()
