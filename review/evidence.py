"""`draw_evidence`: page pictures of one paper with everything marked that was read, kept back or asked, to look at.

The pictures show whole pages, Part 2 too. So they lie in a folder of their own that only its owner may open, never
where the public site or anything else of the home lies, and no name in it says more than the paper's reference.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.apart import Refused
from ingest.drawn import draw_apart
from review import originals
from review.comparison import Sheet, comparison
from review.errors import RegisterError
from review.marks import marks_of
from review.office import View
from review.pictures import LEGEND, picture

INDEX = "index.html"
OURS = re.compile(r"index\.html|page-\d+\.png")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was written: the folder, its page to open, the picture of each page, and the pages that failed, with why."""

    folder: Path
    index: Path
    pictures: tuple[tuple[int, Path], ...]
    failed: tuple[tuple[int, str], ...]


def draw_evidence(home: Path, view: View, folder: Path | None = None, step: Callable[[], None] | None = None) -> Drawn:
    """Draw every page of a paper into `folder`, by default `HOME/evidence/<reference>`; what lay there is replaced."""
    paper = view.dossier.paper
    target = _checked(home, folder or home / "evidence" / _name(view))
    if not originals.whole(home, paper.sha256):
        raise RegisterError(f"The PDF of {paper.name} is no longer the file that was read. Restore it from a backup.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))  # made with mode 0700
    try:
        sheets, failed = _draw(originals.path_of(home, paper.sha256), view, aside, step)
        _swap(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    pictures = tuple((sheet.page, target / sheet.file) for sheet in sheets)
    return Drawn(target, target / INDEX, pictures, failed)


def _draw(
    source: Path, view: View, folder: Path, step: Callable[[], None] | None
) -> tuple[list[Sheet], tuple[tuple[int, str], ...]]:
    marks, told = marks_of(view), view.record.source
    sheets: list[Sheet] = []
    failed: list[tuple[int, str]] = []
    for page in range(1, told.pages + 1):
        drawing = draw_apart(source, page, told.turned.get(page, 0.0))
        if isinstance(drawing, Refused):
            failed.append((page, drawing.reason))
        else:
            shown, left, width = picture(page, drawing, marks)
            sheet = Sheet(page, f"page-{page}.png", width, drawing.height + LEGEND, left, drawing.scale)
            _write(folder / sheet.file, shown)
            sheets.append(sheet)
        if step:
            step()
    _write(folder / INDEX, comparison(view, sheets, marks).encode())
    return sheets, tuple(failed)


def _name(view: View) -> str:
    """The folder of a paper: its reference; the beginning of its SHA-256 where it has none or shares it."""
    paper, rivals = view.dossier.paper, view.dossier.facts.rivals
    reference = re.sub(r"[^a-z0-9]+", "-", (paper.reference or "").lower()).strip("-")
    return paper.sha256[:12] if rivals or not reference else reference


def _checked(home: Path, folder: Path) -> Path:
    """The folder, if whole pages may lie there."""
    target, whole = folder.absolute(), home.resolve()
    real = target.resolve()
    kept = whole / "evidence"
    public = (whole / "public").resolve()
    if public in (real, *real.parents) or (whole in (real, *real.parents) and kept not in real.parents):
        raise RegisterError(f"Pictures of whole pages may not lie in {target}. Name a folder outside {home}.")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise RegisterError(f"{target} is not a folder. Name another.")
    if target.is_dir() and any(not OURS.fullmatch(each.name) for each in target.iterdir()):
        raise RegisterError(f"{target} holds other files, which would be lost. Name an empty folder or a new one.")
    return target


def _swap(aside: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    aside.replace(target)


def _write(file: Path, data: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
