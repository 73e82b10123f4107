"""What is due, on the screen: overdue first, then by week, each with the paper that it is of; and a feed of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from review import feeds, office
from review.agenda import Task, agenda
from review.calendar import calendar
from review.clock import Clock
from review.desk.pages import day as in_words
from review.desk.pages import page
from review.desk.settings import Settings
from review.desk.signed import Signed, SignedIn, TheRegister
from review.due import WORDS
from review.errors import NotFound
from review.standings import Standing

router = APIRouter()
SPANS = {30: "30 days", 90: "90 days", 366: "a year"}
AT_ONCE = 100  # lines of one week, or of what is overdue: more make no list that a person reads
FEED_DAYS = 366
MOST_OF_A_KEY = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what is due of which paper, by when in words, and the title as the public may read it."""

    task: Task
    what: str
    when: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday, or all that is overdue; `more` are the lines that are not shown."""

    heading: str
    entries: tuple[Entry, ...]
    more: int
    overdue: bool = False


@router.get("/due")
def due(
    request: Request, signed: SignedIn, register: TheRegister, within: Literal["30", "90", "366"] = "30"
) -> Response:
    """What is due, and within how many days."""
    return _page(request, signed, feeds.made_at(register, signed.person.name), int(within))


@router.post("/due/feed")
def make_feed(request: Request, signed: SignedIn, register: TheRegister) -> Response:
    """A new address for the calendar program of whoever is signed in, shown this once; the one before ends."""
    key = feeds.make(register, signed.person.name)
    address = f"{_clock(request).address}/due.ics?key={quote(key)}"
    return _page(request, signed, feeds.made_at(register, signed.person.name), 30, address)


@router.post("/due/feed/end")
def end_feed(signed: SignedIn, register: TheRegister) -> Response:
    """End the address: it leads nowhere from now on."""
    feeds.end(register, signed.person.name)
    return RedirectResponse("/due#calendar", 303)


@router.get("/due.ics")
def feed(
    request: Request, register: TheRegister, key: Annotated[str, Query(max_length=MOST_OF_A_KEY)] = ""
) -> Response:
    """The feed that a calendar program asks for; a key that is nobody's gets what a wrong address gets."""
    if not key or feeds.whose(register, key) is None:
        raise NotFound("There is no such page here.")
    tasks = _tasks(_standings(request), _clock(request), FEED_DAYS)
    headers = {"Content-Disposition": 'inline; filename="due.ics"'}
    return Response(calendar(tasks, _clock(request)), media_type="text/calendar; charset=utf-8", headers=headers)


def _page(
    request: Request, signed: Signed, feed_made_at: str | None, within: int, address: str | None = None
) -> Response:
    standings, today = _standings(request), office.today()
    tasks = _tasks(standings, _clock(request), within)
    titles = {standing.sha256: standing.public_title for standing in standings}
    return page(
        request, "due.html", signed, nav="due", weeks=weeks(tasks, titles, today), today=today, within=within,
        spans=SPANS, late=sum(task.due.overdue for task in tasks), count=len(tasks),
        feed_made_at=feed_made_at, address=address,
    )  # fmt: skip


def weeks(tasks: Sequence[Task], titles: dict[str, str | None], today: date) -> tuple[Week, ...]:
    """What is overdue, then week by week; tasks come soonest first."""
    late = [task for task in tasks if task.due.overdue]
    rest = [task for task in tasks if not task.due.overdue]
    found = [_week("Overdue", late, titles, today, overdue=True)] if late else []
    this = _monday(today)
    for monday, these in groupby(rest, key=lambda task: _monday(task.due.on)):
        ahead = (monday - this).days // 7
        heading = {0: "This week", 1: "Next week"}.get(ahead, f"Week of {in_words(monday)}")
        found.append(_week(heading, list(these), titles, today))
    return tuple(found)


def _week(
    heading: str, tasks: Sequence[Task], titles: dict[str, str | None], today: date, *, overdue: bool = False
) -> Week:
    entries = tuple(
        Entry(task, _capital(WORDS[task.due.what]), _when(task.due.on, today), titles.get(task.sha256))
        for task in tasks[:AT_ONCE]
    )
    return Week(heading, entries, max(len(tasks) - AT_ONCE, 0), overdue)


def _when(on: date, today: date) -> str:
    """How far away a day is: "3 days ago", "today", "in 12 days"."""
    away = (on - today).days
    if abs(away) <= 1:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[away]
    return f"{-away:,} days ago" if away < 0 else f"in {away:,} days"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _standings(request: Request) -> tuple[Standing, ...]:
    found: tuple[Standing, ...] = request.app.state.standings.of(office.today())
    return found


def _tasks(standings: Sequence[Standing], clock: Clock, within: int) -> tuple[Task, ...]:
    return agenda((standing.dates for standing in standings), office.today(), clock, within)


def _clock(request: Request) -> Clock:
    """What the clock is set to, with the address at which the desk is reached where none is set."""
    settings: Settings = request.app.state.settings
    address = settings.clock.address or settings.origin or str(request.base_url).rstrip("/")
    return settings.clock.model_copy(update={"address": address})
