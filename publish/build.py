"""The staged site: the shell as it ships, a folder for each approved decision, and the manifest of both.

Everything is gathered first; only then is anything written. The same entries give the same bytes, wherever and
whenever they are built, which is what lets the proof build the site again and compare.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.body import SITE, body_file
from publish.certificate import MANIFEST, Manifest, manifest_of, written
from publish.pages import render_site
from publish.part1 import Part1, Stub
from publish.pdf import printing
from publish.shell import CONFIG, build_shell, shipped

# What else the bytes of a shell depend on, beside our own sources.
_MAKERS = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "fonttools", "brotli", "fontpkg-atkinson-hyperlegible")


def build(decisions: Sequence[Part1 | Stub], stage: Path, shell: Path, copies: Path | None = None) -> Manifest:
    """Writes the whole site of these decisions into `stage`, which must not exist yet, and returns its manifest."""
    manifest = manifest_of(_written(stage, gather(decisions, shell, copies)))
    _write(stage / MANIFEST, written(manifest))
    return manifest


def _written(stage: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for path, content in files:
        _write(stage / path, content)
        yield path, content


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def gather(decisions: Sequence[Part1 | Stub], shell: Path, copies: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, path and content. One that cannot be made stops all of them, before the first is given.

    PDFs are printed afresh, one by one into a folder that is gone afterwards; where `copies` is given, those that are
    kept there are taken from it, the others are added, and what is no longer public is deleted.
    """
    with printing(papers(decisions), copies) as printed:
        yield from files(decisions, shell, printed())


def papers(decisions: Sequence[Part1 | Stub]) -> list[Part1]:
    """The decisions of which there is a PDF: all but what is only a stub."""
    return [decision for decision in decisions if isinstance(decision, Part1)]


def files(decisions: Sequence[Part1 | Stub], shell: Path, printed: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, with the PDFs that were printed of its decisions."""
    pages = render_site(shell, decisions, {slug: file.stat().st_size for slug, file in printed.items()})
    yield from ((path, (shell / path).read_bytes()) for path in shipped(shell) if path not in pages)
    yield from pages.items()
    yield from ((f"decisions/{slug}/{slug}.pdf", file.read_bytes()) for slug, file in printed.items())


def shell_of(cache: Path) -> Path:
    """The shell that the installed sources make, built once for each state of them and kept under `cache`.

    Its folder is named for the sources and for what they made: a shell that was touched since is not used again. Built
    aside and moved in whole, so that a build that was stopped leaves none that could be taken for finished.
    """
    state = _state()
    for kept in cache.glob(f"{state}-*"):
        if kept.name == f"{state}-{_made(kept)}":
            return kept
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache, prefix=".") as aside:
        built = Path(aside) / "shell"
        build_shell(built)
        place = cache / f"{state}-{_made(built)}"
        for outdated in cache.glob("[0-9a-f]*"):
            shutil.rmtree(outdated)
        built.rename(place)
    return place


def _made(shell: Path) -> str:
    files = sorted(path for path in shell.rglob("*") if path.is_file())
    manifest = manifest_of((path.relative_to(shell).as_posix(), path.read_bytes()) for path in files)
    return sha256(written(manifest)).hexdigest()[:32]


def _state() -> str:
    """One digest over every source of the shell and the version of everything that makes it."""
    state = sha256()
    for source in (CONFIG, *sorted(path for path in SITE.rglob("*") if path.is_file())):
        content = source.read_bytes()
        state.update(f"{source.relative_to(SITE.parent).as_posix()} {len(content)}\n".encode() + content)
    state.update(body_file().read_bytes())
    for maker in _MAKERS:
        state.update(f"{maker} {metadata.version(maker)}\n".encode())
    return state.hexdigest()[:32]
