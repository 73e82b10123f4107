"""What can go wrong with a file, each with its exit code, the file's name and what to do next."""

from __future__ import annotations

import os
from pathlib import Path


class PartOneError(Exception):
    """Base of every failure a person is told about; `exit_code` is the contract's."""

    exit_code = 2


class UnreadableError(PartOneError):
    """A file that could not be read. `reason` says what happened, `remedy` what to do; neither quotes its text."""

    exit_code = 3

    def __init__(self, file_name: str, reason: str, remedy: str) -> None:
        super().__init__(f"{file_name}: {reason} {remedy}")
        self.file_name, self.reason, self.remedy = file_name, reason, remedy


def shown(path: Path) -> str:
    """A file's name as text that can be written anywhere.

    A name in no known encoding keeps what can be read of it; what would steer a terminal is written out.
    """
    name = os.fsencode(path.name).decode("utf-8", errors="replace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
