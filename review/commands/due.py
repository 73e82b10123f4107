"""Commands about time: what is due, as a list, a calendar or a mail; and the second look at what is withheld."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from review.commands.options import DONE, HOME, NEEDS_A_PERSON, AsJson, Because, By, Home, Ref, opened
from review.commands.part2 import part2_app

Day = typer.Option(formats=["%Y-%m-%d"], show_default=False)
MAIL_DAYS = 7  # a mail tells of what is due within so many days, where nothing else is said


def add_to(app: typer.Typer) -> None:
    """Give the command line the commands about time."""
    app.command("due")(due)
    app.command("keep")(keep)
    app.add_typer(part2_app, name="part2")


def due(
    home: Home = HOME,
    as_json: AsJson = False,
    within: Annotated[
        int | None, typer.Option(help="Only what is due within so many days, and what is overdue.", min=0)
    ] = None,
    ical: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as a calendar too.", show_default=False)
    ] = None,
    mail: Annotated[bool, typer.Option("--mail", help="Send it to whoever is set in desk.toml, once a day.")] = False,
    again: Annotated[bool, typer.Option("--again", help="With --mail: also where it was sent today already.")] = False,
) -> None:
    """Say what is due: publication, ends of deferrals, reviews. Exit code 1 says that something is overdue."""
    from review import agenda, console, office
    from review.calendar import calendar
    from review.clock import read_clock
    from review.timetable import print_posted, print_tasks, task_row

    today = office.today()
    clock = read_clock(home)
    failed = False
    with opened(home) as register:
        tasks = agenda.of_the_register(register, today, clock, MAIL_DAYS if mail and within is None else within)
        if ical is not None:
            ical.write_bytes(calendar(tasks, clock))
            console.say(f"The calendar lies in {ical}.")
        if mail:
            from review.mail import send_digest

            posted = send_digest(register, tasks, clock, today, again=again)
            print_posted(posted)
            failed = any(each.failed for each in posted)
    if as_json:
        console.print_json({"today": today.isoformat(), "due": [task_row(task) for task in tasks]})
    elif not mail:
        print_tasks(tasks, today)
    late = any(task.due.overdue for task in tasks)
    raise typer.Exit(NEEDS_A_PERSON if failed or (late and not mail) else DONE)


def keep(
    ref: Ref,
    by: By,
    because: Because,
    review_on: Annotated[datetime, typer.Option(help="When to look at it once more.", formats=["%Y-%m-%d"])],
    claims: Annotated[
        list[str] | None,
        typer.Argument(help="Only what these ids keep back, as `show` lists them; else all of it.", show_default=False),
    ] = None,
    home: Home = HOME,
) -> None:
    """Look again at what is withheld in Part 1 and keep it back, until a later day. The public is told the day."""
    from review import console, sunset

    with opened(home) as register:
        console.print_state(sunset.keep(register, ref, review_on.date(), by, because, claims or ()))
