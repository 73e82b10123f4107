"""The command that writes tables for officers, and open data of what is public."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from review.commands.options import HOME, WRONG_USAGE, Home, opened


def add_to(app: typer.Typer) -> None:
    """Give the command line the exports."""
    app.command("export")(export)


def export(
    what: Annotated[
        str,
        typer.Option(help="public: what the site shows; for officers alone: register, schedule (of what is withheld), "
                     "statistics (of exemptions used)."),
    ] = "public",
    how: Annotated[str, typer.Option("--format", help="csv, json or xlsx.")] = "csv",
    to: Annotated[Path | None, typer.Option(help="The file to write.", show_default="standard output")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a mark that older spreadsheets need.")] = False,
    home: Home = HOME,
) -> None:  # fmt: skip
    """Write a table: the register, the redaction schedule, statistics of exemptions, or what is public."""
    from review import console
    from review.exports import WHATS, sheet_of
    from review.sheets import FORMATS, written

    table = next((one for one in WHATS if one == what), None)
    form = next((one for one in FORMATS if one == how), None)
    if table is None or form is None:
        console.say(f"--what takes {', '.join(WHATS)}; --format takes {', '.join(FORMATS)}.")
        raise typer.Exit(WRONG_USAGE)
    if to is None and form == "xlsx" and sys.stdout.isatty():
        console.say("A spreadsheet is not for the screen. Name a file with --to.")
        raise typer.Exit(WRONG_USAGE)
    with opened(home) as register:
        content = written(sheet_of(register, table), form, bom=bom)
    if to is None:
        if form == "xlsx":
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content.decode())
        return
    handle, aside = tempfile.mkstemp(dir=to.parent, prefix=".", suffix=".part")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).replace(to)
    finally:
        Path(aside).unlink(missing_ok=True)
    console.say(f"Written to {to}.")
