"""What a proof says: where something could not be proven, never what it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import SecretStr

from publish.certificate import Counts


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be proven: a file, a line in it, a kind. `found` is for the caller's eyes alone."""

    file: str
    line: int | None
    kind: str
    found: SecretStr | None = None

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.kind}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was wrong, and how much was looked at. A site is proven where `problems` is empty."""

    problems: tuple[Problem, ...]
    counts: Counts

    @property
    def clean(self) -> bool:
        return not self.problems


def named(path: str, known: Collection[str]) -> str:
    """A path that may be shown: the name of a file we do not know is itself a text that nobody approved."""
    if path in known:
        return path
    folders = {folder for each in known for folder in PurePosixPath(each).parents}
    nearest = next((folder for folder in PurePosixPath(path).parents if folder in folders), PurePosixPath())
    return str(nearest / "(a file that is not ours to name)")
