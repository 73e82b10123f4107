"""Commands that say who has a paper, correct it, keep it back for a while or whole, and take it out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from review.commands.options import HOME, UNREADABLE, WRONG_USAGE, Because, By, Home, Ref, opened


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


def confirm(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """Say, as a second person, that a withdrawal was right."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.confirm(register, ref, by, because))


def correct(
    ref: Ref,
    file: Annotated[Path, typer.Argument(help="The corrected paper, a PDF.", show_default=False)],
    by: By,
    because: Because,
    home: Home = HOME,
) -> None:
    """Put in a corrected paper of a decision that was public: approved by two people, it becomes its next version."""
    from review import console, inbox, office

    with opened(home) as register:
        old = office.look(register, ref).dossier.paper.sha256
        with inbox.readers(1) as (executor, at_once):
            (taken,) = inbox.ingest(register, [file], executor, at_once, by)
        if taken.sha256 is None or taken.state == "refused":
            console.say(" ".join(taken.reasons))
            raise typer.Exit(UNREADABLE)
        console.print_state(office.correct(register, old, taken.sha256, by, because))
        console.say("What is public now stays public until two people have approved this one and it is published.")


def extend(
    ref: Ref,
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The new day.", show_default=False)],
    by: By,
    because: Because,
    home: Home = HOME,
) -> None:
    """Defer publication until another day; a new decision, which two people approve."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.extend(register, ref, until.date(), by, because))


def end_deferral(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """Say that a deferral whose day has come is over, so that the paper is published with the next release."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.end_deferral(register, ref, by, because))


def withhold_whole(
    ref: Ref,
    exemption: Annotated[str, typer.Option(help="The ground, such as “FOIA s.24”.", show_default=False)],
    by: By,
    because: Because,
    existence: Annotated[
        bool, typer.Option("--existence", help="Not even that there is a decision may be known; both must say so.")
    ] = False,
    home: Home = HOME,
) -> None:
    """Say that all of Part 1 is withheld; it takes two releasers, and the public reads that it exists."""
    from review import console, office

    with opened(home) as register:
        console.print_state(office.withhold_whole(register, ref, exemption, by, because, existence=existence))
