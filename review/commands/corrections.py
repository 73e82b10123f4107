"""Commands that say who has a paper, correct what was read of it, and keep it back or take it out."""

from __future__ import annotations

from typing import Annotated

import typer

from review.commands.options import HOME, WRONG_USAGE, Because, By, Home, Ref, opened


def take(
    ref: Ref,
    by: By,
    back: Annotated[bool, typer.Option("--back", help="Put it back: nobody has it.")] = False,
    home: Home = HOME,
) -> None:
    """Say that you have a paper on your desk, so that others leave it to you; it changes nothing else."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.take(register, ref, by, back=back))


def amend(
    ref: Ref,
    field: Annotated[
        str,
        typer.Argument(
            help="What was misread: reference, title, approval.signed_on, awards[0].value … or a passage, as `show` "
            "names it.",
            show_default=False,
        ),
    ],
    by: By,
    because: Because,
    value: Annotated[str | None, typer.Option(help="What the paper says there.", show_default=False)] = None,
    empty: Annotated[bool, typer.Option("--empty", help="The paper says nothing there.")] = False,
    home: Home = HOME,
) -> None:
    """Correct what was read where the paper says otherwise; the machine's reading is kept beside it."""
    from review import console, office

    if (value is None) != empty:
        console.say("Say what the paper says there with --value, or that it says nothing with --empty.")
        raise typer.Exit(WRONG_USAGE)
    with opened(home) as register:
        console.print_state(office.amend(register, ref, field, value, by, because))


def hold(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """Keep a paper back until the hold is lifted."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.hold(register, ref, by, because))


def lift(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """End every hold on a paper."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.lift(register, ref, by, because))


def withdraw(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """Take a paper off the public site with the next release; one person may, at once."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.withdraw(register, ref, by, because))
        console.say("It stays on the public site until you publish. Do it now: partone publish")


def reinstate(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """Bring a withdrawn paper back to review; it needs two approvals, as if it were new."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.reinstate(register, ref, by, because))
