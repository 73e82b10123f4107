"""Commands about people and about the log of what they did."""

from __future__ import annotations

from typing import Annotated

import typer

from review.commands.options import DONE, HOME, NOT_PROVEN, AsJson, Home, opened


def add_to(app: typer.Typer) -> None:
    """Give the command line the commands about people and the log."""
    people = typer.Typer(no_args_is_help=True, help="The people the register knows, and what each may do.")
    people.command("add")(add)
    people.command("list")(list_people)
    app.add_typer(people, name="people")
    log = typer.Typer(no_args_is_help=True, help="The log of who did what, each entry chained to the one before.")
    log.command("show")(show_log)
    log.command("verify")(verify_log)
    app.add_typer(log, name="log")


def add(
    name: Annotated[str, typer.Argument(help="Their name, as they sign.", show_default=False)],
    role: Annotated[str, typer.Option(help="clerk, reviewer or releaser.", show_default=False)],
    home: Home = HOME,
) -> None:
    """Make a person known."""
    from review import console, people

    with opened(home, new=True) as register:
        person = people.add(register, name, role)
    console.say(f"{person.name} is now known, as {person.role}.")


def list_people(home: Home = HOME, as_json: AsJson = False) -> None:
    """List the people and their roles."""
    from review import console, people

    with opened(home) as register:
        known = people.people(register)
    if as_json:
        console.print_json({"people": [{"name": person.name, "role": person.role} for person in known]})
    else:
        console.print_rows(("Name", "Role"), [(person.name, person.role) for person in known])


def show_log(home: Home = HOME, as_json: AsJson = False) -> None:
    """Show who did what and when; no text of a paper is in the log."""
    from review import console, rows

    with opened(home) as register:
        entries = register.log()
    if as_json:
        console.print_json({"log": [rows.entry_row(entry) for entry in entries]})
    else:
        lines = [(str(e.n), str(e.at)[:16], e.by or "", e.what, (e.paper or "")[:12]) for e in entries]
        console.print_rows(("No.", "When (UTC)", "Who", "What", "Paper"), lines)


def verify_log(home: Home = HOME, as_json: AsJson = False) -> None:
    """Check that the log is whole: nothing was changed, left out or put in."""
    from review import console

    with opened(home) as register:
        entries, problems = register.log(), register.verify_log()
    if as_json:
        console.print_json({"entries": len(entries), "problems": [problem.message for problem in problems]})
    elif problems:
        for problem in problems:
            console.say(problem.message)
    else:
        console.say(f"The log is whole: {len(entries)} entries.")
    raise typer.Exit(NOT_PROVEN if problems else DONE)
