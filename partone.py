"""Part One: decision papers in, a proven public register out. This is the whole way, on one screen.

    PDF ──read──▶ Document ──segment, build──▶ DecisionRecord ──propose──▶ Markings (a rule: this place, this exemption)
                                                    │    ◀── Review (people: answers, withholdings, releases, by name)
                                                 separate                the only place where Part 1 and Part 2 meet
                                               Disclosure
                                         ┌──────────┴──────────┐
                                  Part 1 (the shelf)    Part 2 (the private register)
                                         │
                      two people approve its digest ──▶ pages ──▶ staged site ──verify──▶ certificate ──swap──▶ public

Whatever is in doubt is held for a person. Nothing is released that cannot be proven.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.commands import desk, due, export, options, papers, people, site, store, watch

if TYPE_CHECKING:  # loaded where they are needed, so that `partone --help` answers at once
    from extract.reading import Reading
    from publish.verdict import Verdict


def read_paper(file: Path) -> Reading:
    """What a PDF says, what the checks found, and what would be public by the rules alone; people's word of it is kept
    in the register (`review.office`). Done in a process of its own, step by step in `extract.reading.read_whole`;
    raises UnreadableError, which says what to do.
    """
    from extract.reading import read_file

    return read_file(file)


def prove(folder: Path, *, print_again: bool = False) -> Verdict:
    """Whether every byte of a built site comes from an approved Part 1 or from the site's own pages.

    PDFs are read whole, and printed again for comparison only where that is asked for, as it takes twice as long.
    Where the register lies beside it, the site must also be the release that is on record there.
    """
    from dataclasses import replace

    from publish.verify import verify

    verdict = verify(folder, print_again=print_again)
    if any(folder.absolute().parent.glob("register*")):  # or no database need be loaded, which takes half a second
        from review.publication import unrecorded

        verdict = replace(verdict, problems=verdict.problems + unrecorded(folder))
    return verdict


# The command line: the steps above for one file or one folder; what needs the register is in `review.commands`.

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads decision papers, separates Part 1 from Part 2, publishes Part 1 and proves it. Exit codes: 0 done; "
    "1 done, and something needs a person; 2 wrong usage; 3 a file could not be read; 4 not proven, nothing released.",
)
File = Annotated[Path, typer.Argument(help="A PDF.", show_default=False)]


@app.callback()
def whose_register(register: options.RegisterUrl = None) -> None:
    """Before every command: whose decisions these are must be known, or no paper of any body is looked at."""
    from publish.body import body

    options.asked_for.set(register)
    body()


@app.command("read")
def read_command(
    file: File,
    as_json: options.AsJson = False,
    part1: Annotated[bool, typer.Option("--part1", help="Print only what would be public.")] = False,
) -> None:
    """Read one PDF into a record, without the register."""
    from review import console, rows, show

    reading = read_paper(file)
    if part1:
        console.print_json(rows.public_view(reading.public, reading.held))
    elif as_json:
        console.print_json(reading.record.model_dump(mode="json"))
    else:
        show.print_record(reading.record)
    for reason in reading.held:
        console.say(f"Held: {reason}")
    raise typer.Exit(options.NEEDS_A_PERSON if reading.held else options.DONE)


@app.command("inspect")
def inspect_command(file: File, as_json: options.AsJson = False) -> None:
    """Show what is in a PDF that a reader cannot see or was not meant to see."""
    from ingest.apart import read_apart
    from review import console

    raise typer.Exit(console.print_inspection(file, read_apart(file), as_json))


@app.command("verify")
def verify_command(
    folder: Annotated[Path, typer.Argument(help="A built site.", show_default=False)],
    print_again: Annotated[
        bool, typer.Option("--print-again", help="Also print every PDF afresh and compare the bytes; slower.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Check a built site again, from its bytes alone."""
    from review import console

    if not (folder / "manifest.json").is_file():
        console.say(f"{folder} is not a built site: it has no manifest. Name the folder to check: HOME/public.")
        raise typer.Exit(options.WRONG_USAGE if not folder.is_dir() else options.NOT_PROVEN)
    raise typer.Exit(console.print_verdict(folder, prove(folder, print_again=print_again), as_json))


papers.add_to(app)
site.add_to(app)
people.add_to(app)
desk.add_to(app)
due.add_to(app)
store.add_to(app)
watch.add_to(app)
export.add_to(app)


def main() -> None:
    """Run the command line; a failure that a person is told about ends with its own exit code and no traceback."""
    try:
        app()
    except Exception as error:
        code = getattr(error, "exit_code", None)
        if code is None:
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(code)


if __name__ == "__main__":
    main()
