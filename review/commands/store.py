"""Commands that keep the whole home in one file, and bring it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.commands.options import DONE, HOME, NEEDS_A_PERSON, NOT_PROVEN, AsJson, Home, asked_for, opened


def add_to(app: typer.Typer) -> None:
    """Give the command line the commands about backups."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; there must be none.", show_default=False)],
    home: Home = HOME,
    as_json: AsJson = False,
    secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Also the keys and passwords of the settings.")
    ] = False,
) -> None:
    """Keep the whole home in one file, while officers work: register, original PDFs, shelf, public site, settings."""
    from review import console
    from review.backup import back_up

    with opened(home) as register:
        done = back_up(register, file, secrets=secrets)
    if as_json:
        row = {"file": str(file), "papers": done.papers, "entries": done.entries, "bytes": done.bytes}
        console.print_json(row | {"wrong": list(done.wrong)})
    else:
        papers = "1 paper" if done.papers == 1 else f"{done.papers} papers"
        console.say(f"Kept in {file}: {papers}, a log of {done.entries} entries, {done.bytes / 1e6:.1f} MB.")
        console.say("It holds withheld text: keep it as safe as the home itself.")
        for sha in done.wrong:
            console.say(f"The original PDF of paper {sha[:12]} is gone or was changed, and is so in the backup too.")
    raise typer.Exit(NEEDS_A_PERSON if done.wrong else DONE)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", show_default=False)],
    home: Home = HOME,
    as_json: AsJson = False,
) -> None:
    """Make an empty home what a backup says, its register in SQLite or where --register says; then read the log."""
    from review import console
    from review.restoring import restore as restore_home

    done = restore_home(file, home, asked_for.get())
    if as_json:
        row = {"home": str(home), "papers": done.papers, "entries": done.entries, "made_at": done.made_at}
        console.print_json(row | {"problems": [problem.message for problem in done.problems]})
    else:
        papers = "1 paper" if done.papers == 1 else f"{done.papers} papers"
        console.say(f"Restored to {home}, as it was on {done.made_at[:16].replace('T', ' at ')} UTC: {papers}.")
        for problem in done.problems:
            console.say(problem.message)
        if not done.problems:
            console.say(f"The log is whole: {done.entries} entries.")
    raise typer.Exit(NOT_PROVEN if done.problems else DONE)
