"""What the commands share: exit codes, options, and how the register is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from review.register import Register

DONE, NEEDS_A_PERSON, WRONG_USAGE, UNREADABLE, NOT_PROVEN = range(5)

Home = Annotated[Path, typer.Option("--home", envvar="PARTONE_HOME", help="The folder that holds all that is private.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Ref = Annotated[
    str,
    typer.Argument(
        help="A reference in any spelling, in quotes where it has a space; or 6 characters or more of a SHA-256.",
        show_default=False,
    ),
]
By = Annotated[str, typer.Option("--by", help="Who says so: a name the register knows.", show_default=False)]
Because = Annotated[str, typer.Option("--because", help="Why.", show_default=False)]
HOME = Path("var")
RegisterUrl = Annotated[
    str | None,
    typer.Option(
        "--register",
        envvar="PARTONE_REGISTER",
        metavar="URL",
        help="Where the register lies: postgresql://USER@HOST/DATABASE. Without it, where the home says.",
        show_default=False,
    ),
]
asked_for: ContextVar[str | None] = ContextVar("asked_for", default=None)
"""The address of the register that this command was given, if any."""


@contextmanager
def opened(home: Path, *, new: bool = False) -> Iterator[Register]:
    """The register of a home, closed again at the end; `new`: made where there is none yet.

    Only what writes the first entry makes one: to whom a home is mistyped, an empty register says that nothing is lost.
    """
    from review.errors import NotFound, RegisterError
    from review.register import Register

    if not new and not home.exists():
        raise NotFound(
            f"There is no folder {home}. Name the register's home with --home or PARTONE_HOME; "
            "`partone people add` and `partone ingest` make a new one."
        )
    try:
        register = Register.open(home, asked_for.get())
    except OSError as error:
        message = f"{home} cannot hold a register ({error.strerror}). Name a folder that you may write to."
        raise RegisterError(message) from None
    try:
        yield register
    finally:
        register.close()
