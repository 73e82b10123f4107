"""The proof: a built site is read again, every byte of it, and nothing in it may be unaccounted for.

Three proofs, none of which trusts another. *The seal*: the certificate names the manifest, the manifest every file.
*The closed world*: every text of every file comes from an approved decision or from the site's own sources. *The
rebuilding*: the installed sources make the same bytes of the same decisions. What cannot be read fails.

A problem names a file, a place in it and a kind. It never quotes: the text it found is a `SecretStr` for the caller.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pydantic import SecretStr, TypeAdapter, ValidationError

from publish.body import SITE
from publish.build import gather
from publish.certificate import CERTIFICATE, MANIFEST, Certificate, Certified, Counts, Manifest, read_back, sha256
from publish.literals import runs
from publish.part1 import Part1, Stub, canonical_json, digest, slug, unsettled
from publish.reading import Unreadable, markup, read
from publish.shell import build_shell, shipped
from publish.vocabulary import Vocabulary

Decision = Part1 | Stub
_DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be proven. `place` is a line, in JSON the n-th text; `found` is for the caller alone."""

    file: str
    place: int | None
    kind: str
    found: SecretStr | None = None

    def __str__(self) -> str:
        return f"{self.file}{f', place {self.place}' if self.place else ''}: {self.kind}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was wrong, and how much was looked at. A site is proven where `problems` is empty."""

    problems: tuple[Problem, ...]
    counts: Counts

    @property
    def clean(self) -> bool:
        return not self.problems


def verify(site: Path, *, shell: Path | None = None, certified: Sequence[Certified] | None = None) -> Verdict:
    """Proves a built site from its bytes alone; the shell is built afresh unless a trusted one is given.

    Where the shelf is at hand, `certified` says what it holds, and the certificate must say the same: that also finds
    a site that was wholly and consistently made of something nobody approved.
    """
    problems, certificate = seal(site)
    decisions: tuple[Decision, ...] = ()
    if certificate is not None:
        if certified is not None and tuple(certified) != certificate.decisions:
            problems += (Problem(CERTIFICATE, None, "not what lies on the shelf"),)
        wrong, decisions = _approved(site, certificate)
        problems += wrong
    with ExitStack() as stack:
        if shell is None:
            shell = Path(stack.enter_context(TemporaryDirectory())) / "shell"
            build_shell(shell)
        verdict = prove(site, decisions, shell)
    if certificate is not None and certificate.counts != verdict.counts:
        problems += (Problem(CERTIFICATE, None, "other counts than were found"),)
    return Verdict(problems + verdict.problems, verdict.counts)


def seal(site: Path) -> tuple[tuple[Problem, ...], Certificate | None]:
    """Whether certificate and manifest are whole, and every file is on the manifest with its digest and size."""
    certificate = read_back(Certificate, _content(site / CERTIFICATE))
    manifest = read_back(Manifest, _content(site / MANIFEST))
    problems = []
    if certificate is None:
        problems.append(Problem(CERTIFICATE, None, "missing, or not a certificate"))
    if manifest is None:
        problems.append(Problem(MANIFEST, None, "missing, or not a manifest"))
        return tuple(problems), certificate
    if certificate is not None and certificate.manifest != sha256(_content(site / MANIFEST)):
        problems.append(Problem(MANIFEST, None, "not the manifest that the certificate names"))
    files = dict(_walk(site).files)
    for path in sorted(manifest.files.keys() - files.keys()):
        problems.append(Problem(_named(path, files), None, "on the manifest and not in the site"))
    for path, file in files.items():
        if path in (CERTIFICATE, MANIFEST):
            continue
        filed = manifest.files.get(path)
        if filed is None:
            problems.append(Problem(_named(path, manifest.files), None, "not on the manifest", SecretStr(path)))
        elif (filed.sha256, filed.size) != (sha256(content := _content(file)), len(content)):
            problems.append(Problem(path, None, "another digest than on the manifest"))
    return tuple(problems), certificate


def prove(site: Path, decisions: Sequence[Decision], shell: Path) -> Verdict:
    """The closed world and the rebuilding: whether the site says these decisions in its own words, and no more."""
    walk = _walk(site)
    ours = frozenset(shipped(shell))
    made = {path: sha256(content) for path, content in gather(decisions, shell)}
    vocabulary = _vocabulary(decisions, shell, made)
    problems = list(walk.problems)
    for path in sorted(made.keys() - walk.files.keys()):
        problems.append(Problem(path, None, "missing"))
    texts = size = 0
    for path, file in walk.files.items():
        if path in (CERTIFICATE, MANIFEST):
            continue
        content = _content(file)
        size += len(content)
        if path not in made:
            problems.append(Problem(_named(path, made), None, "not a file of this site", SecretStr(path)))
        elif made[path] != sha256(content):
            problems.append(Problem(path, None, "not what the sources make of the approved text"))
        elif path in ours:
            continue
        try:
            for text in read(path, content):
                texts += 1
                fault = vocabulary.fault(text, path)
                if fault:
                    problems.append(Problem(_named(path, made), text.place, fault, SecretStr(text.value)))
        except Unreadable as unreadable:
            problems.append(Problem(_named(path, made), unreadable.place, "cannot be read"))
    counts = Counts(
        files=len(walk.files.keys() - {CERTIFICATE, MANIFEST}), size=size, texts=texts, decisions=len(decisions)
    )
    return Verdict(tuple(problems), counts)


def _vocabulary(decisions: Sequence[Decision], shell: Path, paths: Mapping[str, str]) -> Vocabulary:
    """The closed world of these decisions: theirs, the templates' and the shell's, read from installed sources."""
    vocabulary = Vocabulary()
    vocabulary.learn_paths(paths)
    vocabulary.learn_decisions(decisions)
    for template in sorted((SITE / "templates").iterdir()):
        for run in runs(template.read_text(encoding="utf-8")):
            vocabulary.learn_texts(markup(run))
    for page in sorted(shell.rglob("*.html")):
        vocabulary.learn_texts(markup(page.read_text(encoding="utf-8")))
    return vocabulary


def _approved(site: Path, certificate: Certificate) -> tuple[tuple[Problem, ...], tuple[Decision, ...]]:
    """The decisions that the certificate names, each from its own data file; one that differs is not believed."""
    problems, decisions = [], []
    slugs = [slug(named.reference) for named in certificate.decisions]
    if slugs != sorted(set(slugs)):
        problems.append(Problem(CERTIFICATE, None, "decisions named twice or out of order"))
    for place, (named, folder) in enumerate(zip(certificate.decisions, slugs, strict=True), start=1):
        try:
            decision = _DECISION.validate_json(_content(site / "decisions" / folder / "index.json"))
        except ValidationError:
            problems.append(Problem(CERTIFICATE, place, "names a decision that is not in the site"))
            continue
        if (
            (isinstance(decision, Part1) and unsettled(decision))
            or named.digest != digest(decision)
            or named.public != sha256(canonical_json(decision))
            or named.reference != decision.reference
            or named.state != ("published" if isinstance(decision, Part1) else "deferred")
        ):
            problems.append(Problem(f"decisions/{folder}/index.json", None, "not the version that was approved"))
            continue
        decisions.append(decision)
    return tuple(problems), tuple(decisions)


@dataclass(slots=True)
class _Walk:
    """What lies in a directory: regular files by path, in order, and what has no place in a site."""

    files: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def _walk(site: Path) -> _Walk:
    found = _Walk()
    _enter(site, "", found)
    found.files = dict(sorted(found.files.items()))
    return found


def _enter(folder: Path, path: str, found: _Walk) -> None:
    with os.scandir(folder) as entries:
        inside = sorted(entries, key=lambda entry: entry.name)
    if not inside:
        found.problems.append(Problem(str(PurePosixPath(path).parent), None, "an empty folder", SecretStr(path)))
    for entry in inside:
        inner = f"{path}{entry.name}"
        if entry.is_symlink():
            found.problems.append(Problem(path or ".", None, "a symbolic link", SecretStr(inner)))
        elif entry.is_dir():
            _enter(Path(entry.path), f"{inner}/", found)
        elif entry.is_file():
            found.files[inner] = Path(entry.path)
        else:
            found.problems.append(Problem(path or ".", None, "neither a file nor a folder", SecretStr(inner)))


def _content(file: Path) -> bytes:
    try:
        return b"" if file.is_symlink() else file.read_bytes()
    except OSError:
        return b""


def _named(path: str, known: Mapping[str, object]) -> str:
    """A path that may be shown: the name of a file we do not know is itself a text that nobody approved."""
    if path in known:
        return path
    folders = {str(folder) for each in known for folder in PurePosixPath(each).parents}
    nearest = next((str(folder) for folder in PurePosixPath(path).parents if str(folder) in folders), ".")
    return f"{nearest}/(a file we do not name)"
