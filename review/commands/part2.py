"""Commands about Part 2 as a whole: when it is looked at again, what happened since, and what came of looking.

They know what is around Part 2, never a word in it. `partone part2 REF` shows where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from review.commands.options import DONE, HOME, NEEDS_A_PERSON, AsJson, Because, By, Home, Ref, opened

if TYPE_CHECKING:
    from review.part2_acts import Condition
    from review.register import Register
    from review.sunset import Part2View


class PaperFirst(TyperGroup):
    """Lets the paper come before the act: `part2 REF occurred …` is `part2 occurred REF …`; `part2 REF` shows it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            act = args[1] if len(args) > 1 and args[1] in self.commands else None
            args = [act, args[0], *args[2:]] if act else ["show", *args]
        return super().parse_args(ctx, args)


part2_app = typer.Typer(
    cls=PaperFirst,
    no_args_is_help=True,
    subcommand_metavar="REF [ACT …]",
    help="Part 2 of a paper: when it is looked at again, and what came of it. Never a word of it.",
)
DAY = ["%Y-%m-%d"]
On = Annotated[datetime | None, typer.Option("--on", help="The day on which it ceases to be exempt.", formats=DAY)]
Backstop = Annotated[
    datetime | None,
    typer.Option("--backstop", help="The day on which somebody looks whatever has happened.", formats=DAY),
]
Events = Annotated[
    list[str] | None, typer.Option("--event", help="Something that is awaited; may be given more than once.")
]
All = Annotated[bool, typer.Option("--all", help="All of these must come about; else any of them is enough.")]
Grounds = Annotated[
    list[str], typer.Option("--exemption", help="The ground on which it stays exempt; may be given more than once.")
]
ReviewOn = Annotated[datetime, typer.Option("--review-on", help="When it is looked at next.", formats=DAY)]


@part2_app.command()
def show(ref: Ref, home: Home = HOME, as_json: AsJson = False) -> None:
    """Show where the Part 2 of a paper stands, when it is looked at again, and what its words suggest."""
    from review import console
    from review.timetable import part2_row, print_part2

    with _at(ref, home) as (_, at):
        console.print_json(part2_row(at)) if as_json else print_part2(at)
    raise typer.Exit(NEEDS_A_PERSON if at.state.name == "review-due" else DONE)


@part2_app.command()
def condition(
    ref: Ref,
    by: By,
    because: Because,
    on: On = None,
    event: Events = None,
    every: All = False,
    backstop: Backstop = None,
    award_notice: Annotated[
        datetime | None,
        typer.Option(help="The day of the award notice: somebody looks 30 days after it.", formats=DAY),
    ] = None,
    home: Home = HOME,
) -> None:
    """Confirm what the paper's words suggest, or say instead when Part 2 is looked at again."""
    from review import sunset

    with _at(ref, home, _date(award_notice)) as (register, at):
        said = _condition(at, _date(on), event or [], every, _date(backstop))
        sunset.set_condition(register, at, said, by, because)
        _print(register, at)


@part2_app.command()
def occurred(
    ref: Ref,
    event: Annotated[str, typer.Argument(help="The event, as `partone part2 REF` names it: event-1.")],
    by: By,
    because: Because,
    evidence: Annotated[str, typer.Option(help="What shows that it happened.")],
    on: Annotated[datetime, typer.Option(help="The day on which it happened.", formats=DAY)],
    home: Home = HOME,
) -> None:
    """Confirm that an awaited event has happened. It makes a review due, and releases nothing."""
    from review import sunset

    with _at(ref, home) as (register, at):
        sunset.occurred(register, at, event, on.date(), evidence, by, because)
        _print(register, at)


@part2_app.command()
def foi(
    ref: Ref,
    by: By,
    because: Because,
    received: Annotated[datetime, typer.Option(help="The day on which the request was received.", formats=DAY)],
    home: Home = HOME,
) -> None:
    """Write down that somebody asked for Part 2 under the Freedom of Information Act: a review is due."""
    from review import sunset

    with _at(ref, home) as (register, at):
        sunset.foi_request(register, at, received.date(), by, because)
        _print(register, at)


@part2_app.command("re-exempt")
def re_exempt(
    ref: Ref,
    by: By,
    because: Because,
    exemption: Grounds,
    review_on: ReviewOn,
    event: Events = None,
    every: All = False,
    home: Home = HOME,
) -> None:
    """Looked at: all of Part 2 stays exempt, for new reasons and until a later day."""
    from review import sunset

    with _at(ref, home) as (register, at):
        said = _until(review_on.date(), event or [], every)
        sunset.re_exempt(register, at, exemption, said, by, because)
        _print(register, at)


@part2_app.command("part-release")
def part_release(
    ref: Ref,
    by: By,
    because: Because,
    exemption: Grounds,
    review_on: ReviewOn,
    event: Events = None,
    every: All = False,
    home: Home = HOME,
) -> None:
    """Looked at: some of Part 2 is released, the rest stays exempt. What is released comes in as a paper of its own."""
    from review import sunset

    with _at(ref, home) as (register, at):
        said = _until(review_on.date(), event or [], every)
        sunset.part_release(register, at, exemption, said, by, because)
        _print(register, at)


@part2_app.command()
def released(ref: Ref, by: By, because: Because, home: Home = HOME) -> None:
    """Looked at: nothing of Part 2 is exempt any more. This makes nothing public by itself."""
    from review import sunset

    with _at(ref, home) as (register, at):
        sunset.released(register, at, by, because)
        _print(register, at)


@contextmanager
def _at(ref: str, home: Path, award_notice: date | None = None) -> Iterator[tuple[Register, Part2View]]:
    """The register, and the Part 2 of a paper in it."""
    from review import sunset
    from review.clock import read_clock

    with opened(home) as register:
        yield register, sunset.part2_of(register, ref, read_clock(home), award_notice)


def _print(register: Register, at: Part2View) -> None:
    from review import sunset
    from review.clock import read_clock
    from review.timetable import print_part2

    print_part2(sunset.part2_of(register, at.view.dossier.paper.sha256, read_clock(register.home)))


def _condition(at: Part2View, on: date | None, events: list[str], every: bool, backstop: date | None) -> Condition:
    """What a person says, or where they say no term, what the paper's words suggest."""
    from review.conditions import of_terms

    if on is None and not events:
        return at.proposal.model_copy(update={"backstop": backstop or at.proposal.backstop})
    return of_terms(
        on, events, every=every, backstop=backstop or at.proposal.backstop, as_printed=at.proposal.as_printed
    )


def _until(day: date, events: list[str], every: bool) -> Condition:
    from review.conditions import of_terms

    return of_terms(None if events else day, events, every=every, backstop=day)


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
