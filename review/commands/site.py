"""Commands that publish, show the whole way on sample papers, and say what is installed."""

from __future__ import annotations

from typing import Annotated

import typer

from review.commands.options import DONE, HOME, NEEDS_A_PERSON, AsJson, Home, asked_for, opened


def add_to(app: typer.Typer) -> None:
    """Give the command line the commands about the site."""
    for name, command in (("publish", publish), ("demo", demo), ("doctor", doctor), ("exemptions", exemptions)):
        app.command(name)(command)


def publish(
    home: Home = HOME,
    as_json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Build and verify, and stop before the swap.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who publishes: a releaser.", show_default=False)] = None,
) -> None:
    """Build the site of all approved papers, prove it, and swap it in; nothing is released on any failure."""
    from review import console
    from review.publication import publish as publish_approved

    with opened(home) as register:
        outcome = publish_approved(register, by=by, dry_run=dry_run)
    console.print_outcome(outcome, as_json, dry_run)


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the site on 127.0.0.1 at the end.")] = True,
    port: Annotated[int, typer.Option(help="The port to serve on; 0 takes a free one.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Go the whole way with the sample papers in a throw-away home, and show what was published and what was held."""
    from review.demonstration import demonstrate

    demonstrate(serve, port, as_json)


def doctor(home: Home = HOME, as_json: AsJson = False) -> None:
    """Say what is installed, what is missing, and what that switches off."""
    from review import console
    from review.doctor import examine

    found = examine(home, asked_for.get())
    if as_json:
        console.print_json({"parts": [part._asdict() for part in found]})
    else:
        rows = [
            (part.name, part.version or "missing", part.needed_for if part.version is None else "") for part in found
        ]
        console.print_rows(("Part", "Found", "Without it"), rows)
    raise typer.Exit(NEEDS_A_PERSON if any(part.version is None and part.required for part in found) else DONE)


def exemptions(as_json: AsJson = False) -> None:
    """List the exemptions that something can be withheld under."""
    from extract.exemptions import load
    from review import console

    table = load()
    if as_json:
        console.print_json(
            {
                "exemptions": [
                    {"key": row.key, "label": row.label, "verified_by": row.verified_by or None} for row in table.rows
                ]
            }
        )
    else:
        console.print_rows(
            ("Key", "In plain words", "Checked by"),
            [(row.key, row.label, row.verified_by or "not yet checked") for row in table.rows],
        )
