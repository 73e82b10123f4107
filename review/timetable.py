"""What is due, and where a Part 2 stands, as the terminal and JSON tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from review import part2
from review.agenda import Task
from review.console import print_rows, say
from review.mail import Posted
from review.part2_acts import Condition
from review.sunset import Part2View


def task_row(task: Task) -> dict[str, Any]:
    """One thing that is due, for `--json`."""
    due = task.due
    return {
        "reference": task.name,
        "sha256": task.sha256,
        "what": due.what,
        "on": due.on.isoformat(),
        "overdue": due.overdue,
        "why": due.why,
    }


def print_tasks(tasks: Sequence[Task], today: date) -> None:
    """What is due, overdue first."""
    if not tasks:
        say("Nothing is due.")
        return
    rows = ((_when(task, today), task.name, task.due.why) for task in tasks)
    print_rows(("When", "Reference", "What to do"), rows)
    late = sum(task.due.overdue for task in tasks)
    say(f"{late} overdue, {len(tasks) - late} to come.")


def _when(task: Task, today: date) -> str:
    on = task.due.on
    if on == today:
        return "today"
    return f"{'since ' if task.due.overdue else ''}{on.day} {on:%b %Y}"


def print_posted(posted: Iterable[Posted]) -> None:
    """What came of each address."""
    for each in posted:
        say(f"{each.to}: {'sent' if each.sent else 'not sent'}. {each.why}")


def part2_row(at: Part2View) -> dict[str, Any]:
    """Where a Part 2 stands, for `--json`."""
    known, state = at.dates.part2, at.state
    return {
        "reference": at.view.dossier.paper.name,
        "state": state.name,
        "since": state.since.isoformat() if state.since else None,
        "reasons": list(state.reasons),
        "next_review": known.review_on.isoformat() if known.review_on else None,
        "condition": known.condition.model_dump(mode="json") if known.condition else None,
        "occurred": {each.event: each.on.isoformat() for each in known.happened},
        "asked_on": [asked.isoformat() for asked in known.asked_on],
        "proposed": at.proposal.model_dump(mode="json"),
        "acts": [row.act for row in part2.TABLE if state.name in row.from_],
    }


def print_part2(at: Part2View) -> None:
    """Where a Part 2 stands, what it waits for, and what the paper's words suggest where nobody has said."""
    name, known = at.view.dossier.paper.name, at.dates.part2
    say(f"Part 2 of {name} is {at.state.name}.")
    for reason in at.state.reasons:
        say(f"  {reason}")
    if known.condition:
        seen = {each.event: each.on for each in known.happened}
        _print_condition(known.condition, seen)
    elif at.state.name not in ("none", "released"):
        say("Its words suggest, for you to confirm or to change:")
        _print_condition(at.proposal, {})
        say(f'  partone part2 "{name}" condition --by NAME --because WHY')


def _print_condition(condition: Condition, seen: dict[str, date]) -> None:
    terms = len(condition.events) + (condition.on is not None)
    if terms > 1:
        say(f"  {'all' if condition.combinator == 'all' else 'any'} of these:")
    if condition.on:
        say(f"  on {_day(condition.on)}")
    for event in condition.events:
        happened = f" Happened on {_day(seen[event.id])}." if event.id in seen else f" To be shown by {event.evidence}."
        say(f"  {event.id}: {event.what}.{happened}")
    if condition.on != condition.backstop:
        say(f"  and on {_day(condition.backstop)} whatever has happened by then")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
