"""What the commands share: exit codes, options, and how the register is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from review.register import Register

DONE, NEEDS_A_PERSON, WRONG_USAGE, UNREADABLE, NOT_PROVEN = range(5)

Home = Annotated[Path, typer.Option("--home", envvar="PARTONE_HOME", help="The folder that holds all that is private.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Ref = Annotated[str, typer.Argument(help="A reference in any spelling, or the start of a SHA-256.", show_default=False)]
By = Annotated[str, typer.Option("--by", help="Who says so: a name the register knows.", show_default=False)]
Because = Annotated[str, typer.Option("--because", help="Why.", show_default=False)]
HOME = Path("var")


@contextmanager
def opened(home: Path) -> Iterator[Register]:
    """The register of a home, closed again at the end."""
    from review.register import Register

    register = Register.open(home)
    try:
        yield register
    finally:
        register.close()
