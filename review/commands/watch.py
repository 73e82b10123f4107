"""The command that watches a drop folder."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from review.commands.options import DONE, HOME, NEEDS_A_PERSON, UNREADABLE, WRONG_USAGE, By, Home, opened


def add_to(app: typer.Typer) -> None:
    """Give the command line the drop folder."""
    app.command("watch")(watch)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that papers are dropped into.")],
    by: By,
    home: Home = HOME,
    every: Annotated[float, typer.Option(help="Seconds between two looks.", min=0.05)] = 10,
    once: Annotated[bool, typer.Option("--once", help="End when every file there was dealt with.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the files where they are.")] = False,
    subfolders: Annotated[bool, typer.Option("--subfolders", help="Also what lies in folders in it.")] = False,
    workers: Annotated[int | None, typer.Option(help="How many papers are read at once.", min=1)] = None,
) -> None:
    """Take in what is dropped into a folder, for as long as it runs; each step is one line of JSON.

    What was taken in is moved to DIR/done, what could not be read to DIR/refused with a note that says why.
    """
    from review import console
    from review.dropping import DropFolder
    from review.watching import Watch

    if not folder.is_dir():
        console.say(f"There is no folder {folder}. Make it, and let those who drop papers write to it.")
        raise typer.Exit(WRONG_USAGE)
    stop = Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    with opened(home) as register:
        watching = Watch(register, DropFolder(folder, subfolders), by, keep, workers)
        watching.run(stop, every, once=once)
    if once:
        raise typer.Exit(UNREADABLE if watching.refused else NEEDS_A_PERSON if watching.held else DONE)
