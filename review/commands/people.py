"""Commands about people and about the log of what they did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from review.commands.options import DONE, HOME, NOT_PROVEN, AsJson, Home, opened

if TYPE_CHECKING:
    from review.register import Register

Name = Annotated[str, typer.Argument(help="Their name, as they sign.", show_default=False)]
RoleOption = Annotated[
    str, typer.Option("--role", help="clerk, reviewer, releaser or administrator.", show_default=False)
]
ByWhom = Annotated[
    str | None, typer.Option("--by", help="Which administrator says so, for the log.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Give the command line the commands about people and the log."""
    people = typer.Typer(no_args_is_help=True, help="The people the register knows, and what each may do.")
    for command in (add, change, close, reopen, invite, password, bind):
        people.command(command.__name__)(command)
    people.command("list")(list_people)
    app.add_typer(people, name="people")
    log = typer.Typer(no_args_is_help=True, help="The log of who did what, each entry chained to the one before.")
    log.command("show")(show_log)
    log.command("verify")(verify_log)
    app.add_typer(log, name="log")


def add(name: Name, role: RoleOption, home: Home = HOME, by: ByWhom = None) -> None:
    """Make a person known."""
    from review import console, people

    with opened(home, new=True) as register:
        person = people.add(register, name, role, administrator(register, by))
    console.say(f"{person.name} is now known, as {person.role}.")


def change(name: Name, role: RoleOption, home: Home = HOME, by: ByWhom = None) -> None:
    """Give a person another role; they sign in anew, and what they approved stands."""
    from review import console, people

    with opened(home) as register:
        person = people.change(register, name, role, administrator(register, by))
    console.say(f"{person.name} is now known as {person.role}.")


def close(name: Name, home: Home = HOME, by: ByWhom = None) -> None:
    """Close a person's account: they sign in and sign no more; what they signed stands."""
    from review import console, people

    with opened(home) as register:
        person = people.close(register, name, administrator(register, by))
    console.say(f"The account of {person.name} is closed.")


def reopen(name: Name, home: Home = HOME, by: ByWhom = None) -> None:
    """Open a closed account again, in the role it had."""
    from review import console, people

    with opened(home) as register:
        person = people.reopen(register, name, administrator(register, by))
    console.say(f"The account of {person.name} is open again, as {person.role}.")


def invite(name: Name, home: Home = HOME, by: ByWhom = None) -> None:
    """Make a one-time word with which a person sets a new password at the desk, and print it once."""
    from review import accounts, console

    with opened(home) as register:
        word = accounts.invite(register, name, administrator(register, by))
    console.say("Give them this word. It works once, for three days, at the desk under “Set your password”.")
    typer.echo(word)


def password(name: Name, home: Home = HOME, by: ByWhom = None) -> None:
    """Give a person a password, from a prompt or from standard input; never from the command's own words."""
    from review import accounts, console

    with opened(home) as register:
        if sys.stdin.isatty():
            told = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
        else:
            told = sys.stdin.readline().rstrip("\r\n")
        person = accounts.set_password(register, name, told, administrator(register, by))
    console.say(f"{person.name} now signs in with that password.")


def bind(
    name: Name,
    subject: Annotated[str, typer.Option(help="The claim `sub` that the provider gives them.", show_default=False)],
    home: Home = HOME,
    by: ByWhom = None,
) -> None:
    """Let a person sign in as that subject of the OpenID provider which HOME/desk.toml names."""
    from review import accounts, console
    from review.desk.settings import read_settings
    from review.errors import RegisterError

    oidc = read_settings(home).oidc
    if oidc is None:
        raise RegisterError(f"{home}/desk.toml names no OpenID provider. Give it a table [oidc] first.")
    with opened(home) as register:
        person = accounts.bind(register, name, oidc.issuer, subject, administrator(register, by))
    console.say(f"{person.name} now signs in as that subject of {oidc.issuer}.")


def administrator(register: Register, by: str | None) -> str | None:
    """Whoever says so, if they may; without a name the log says that nobody gave one."""
    from review.people import permitted

    if by is None:
        return None
    with register.reading() as connection:
        return permitted(connection, by, "administer").name


def list_people(home: Home = HOME, as_json: AsJson = False) -> None:
    """List the people and their roles."""
    from review import console, people

    with opened(home) as register:
        known = people.people(register)
    if as_json:
        told = [{"name": p.name, "role": p.role, "closed": p.closed_at is not None} for p in known]
        console.print_json({"people": told})
    else:
        rows = [(p.name, p.role, f"closed on {p.closed_at[:10]}" if p.closed_at else "") for p in known]
        console.print_rows(("Name", "Role", ""), rows)


def show_log(home: Home = HOME, as_json: AsJson = False) -> None:
    """Show who did what and when; no text of a paper is in the log."""
    from review import console, rows
    from review.chronicle import chronicle

    with opened(home) as register:
        told = chronicle(register)
    if as_json:
        named = [{"reference": each.reference, "person": each.person} for each in told]
        console.print_json({"log": [rows.entry_row(t.entry) | more for t, more in zip(told, named, strict=True)]})
    else:
        lines = [
            (str(t.entry.n), str(t.entry.at)[:16], t.entry.by or "", t.entry.what, t.reference or t.person or "")
            for t in told
        ]
        console.print_rows(("No.", "When (UTC)", "Who", "What", "Of"), lines)


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
