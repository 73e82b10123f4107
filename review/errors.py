"""What the register refuses, each in plain words with what to do next. All are wrong usage: exit code 2."""

from __future__ import annotations

from ingest.errors import PartOneError


class RegisterError(PartOneError):
    """Base of what the register refuses."""


class NotFound(RegisterError):
    """No paper goes by that name."""


class SeveralPapers(RegisterError):
    """More than one paper goes by that name."""


class Conflict(RegisterError):
    """Somebody else was faster: what the caller looked at is no longer what the register holds."""


class Away(RegisterError):
    """The register's database does not answer. What was acknowledged before is kept."""


class UnknownPerson(RegisterError):
    """A name the register does not know."""


class NotAllowed(RegisterError):
    """A person may not do this; `reasons` says why, one sentence each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NotWhole(RegisterError):
    """The register is not as it was written, so nothing that rests on it may go out."""

    exit_code = 4


class Damaged(RegisterError):
    """A backup that cannot be read, or is not as it was written."""

    exit_code = 3
