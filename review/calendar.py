"""What is due as an iCalendar feed: the one room of `icalendar`.

A calendar program keeps and shows what it is sent far from the desk, so an entry has the reference, what is due and a
link, and nothing that any paper says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from review.agenda import Task
from review.clock import Clock
from review.due import WORDS, What

PRODUCT = "-//partone//What is due//EN"
SEVERAL: frozenset[What] = frozenset({"review", "part-2-request"})  # of these a paper may have one on each of many days


def calendar(tasks: Iterable[Task], clock: Clock, name: str = "Decision papers: what is due") -> bytes:
    """The feed, byte for byte the same where nothing changed. Each task lasts the day on which it is due."""
    feed = Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    feed.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for task in tasks:
        feed.add_component(_event(task, clock))
    written: bytes = feed.to_ical()
    return written


def _event(task: Task, clock: Clock) -> Event:
    """One task. Its id stays while its day is moved; the stamp is that day, so that a feed has no moment of its own."""
    event, link = Event(), task.link(clock)
    due = task.due
    event.add("uid", f"{task.sha256}.{due.what}{f'.{due.on:%Y%m%d}' if due.what in SEVERAL else ''}@partone")
    event.add("dtstamp", datetime.combine(due.on, time(), UTC))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", f"{task.name}: {WORDS[due.what]}")
    event.add("description", f"{due.why}\n{link}" if link else due.why)
    event.add("transp", "TRANSPARENT")
    if link:
        event.add("url", link)
    return event


def read(feed: bytes) -> tuple[tuple[str, date, str], ...]:
    """The id, day and summary of every entry of a feed: how a calendar program would read it."""
    events = Calendar.from_ical(feed).walk("VEVENT")
    return tuple((str(each["uid"]), each.decoded("dtstart"), str(each["summary"])) for each in events)
