"""The seal of a release: the certificate names the manifest, the manifest every file, and nothing else is there."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from publish.certificate import CERTIFICATE, MANIFEST, Certificate, Manifest, read_back, sha256
from publish.verdict import Problem, named


def seal(site: Path) -> tuple[tuple[Problem, ...], Certificate | None]:
    """Whether certificate and manifest are whole and every file has its digest and size; and the certificate itself."""
    files = walk(site)
    problems = list(files.problems)
    certificate = read_back(Certificate, content(site / CERTIFICATE))
    manifest = read_back(Manifest, content(site / MANIFEST))
    if certificate is None:
        problems.append(Problem(CERTIFICATE, None, "missing, or not a certificate"))
    if manifest is None:
        problems.append(Problem(MANIFEST, None, "missing, or not a manifest"))
        return tuple(problems), certificate
    if certificate is not None and certificate.manifest != sha256(content(site / MANIFEST)):
        problems.append(Problem(MANIFEST, None, "not the manifest that the certificate names"))
    for path in sorted(manifest.files.keys() - files.paths.keys()):
        problems.append(Problem(named(path, files.paths), None, "on the manifest and not in the site"))
    for path, file in files.paths.items():
        filed = manifest.files.get(path)
        if filed is None:
            problems.append(Problem(named(path, manifest.files), None, "not on the manifest", SecretStr(path)))
        elif (filed.sha256, filed.size) != (sha256(held := content(file)), len(held)):
            problems.append(Problem(path, None, "another digest than on the manifest"))
    return tuple(problems), certificate


@dataclass(slots=True)
class Walk:
    """What lies in a directory: regular files by path, in order, and what has no place in a site.

    The certificate and the manifest are not among the paths: they cannot name themselves.
    """

    paths: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def walk(site: Path) -> Walk:
    """Everything under a directory. Symbolic links are not followed, except where the site itself is one."""
    found = Walk()
    if site.is_dir():
        _enter(site, "", found)
    else:
        found.problems.append(Problem(".", None, "not a folder"))
    found.paths = {path: found.paths[path] for path in sorted(found.paths) if path not in (CERTIFICATE, MANIFEST)}
    return found


def _enter(folder: Path, path: str, found: Walk) -> None:
    with os.scandir(folder) as entries:
        inside = sorted(entries, key=lambda entry: entry.name)
    if not inside:
        found.problems.append(Problem(".", None, "an empty folder", SecretStr(path)))
    for entry in inside:
        inner = f"{path}{entry.name}"
        if entry.is_symlink():
            found.problems.append(Problem(".", None, "a symbolic link", SecretStr(inner)))
        elif entry.is_dir():
            _enter(Path(entry.path), f"{inner}/", found)
        elif entry.is_file():
            found.paths[inner] = Path(entry.path)
        else:
            found.problems.append(Problem(".", None, "neither a file nor a folder", SecretStr(inner)))


def content(file: Path) -> bytes:
    """The bytes of a file of the site, none where it is missing: then every check of them fails by itself."""
    try:
        return file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    except OSError:
        return b""
