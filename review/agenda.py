"""What is due over the whole register, in the order in which officers see to it: overdue first, then by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from review.clock import Clock
from review.due import Dates, Due, due
from review.register import Register
from review.standings import Standings


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is due of one paper."""

    sha256: str
    name: str
    due: Due

    @property
    def address(self) -> str:
        """Where the paper lies at the desk; a reference that two papers bear would lead to neither."""
        return f"/papers/{quote(self.sha256[:12])}"

    def link(self, clock: Clock) -> str | None:
        """The same as a link that works outside the desk, if it is set where the desk is reached."""
        return f"{clock.address}{self.address}" if clock.address else None


def agenda(every: Iterable[Dates], today: date, clock: Clock, within: int | None = None) -> tuple[Task, ...]:
    """All that is due of these papers, soonest first; `within` so many days from today where that is said."""
    tasks = (Task(dates.sha256, dates.name, each) for dates in every for each in due(dates, today, clock))
    latest = None if within is None else today + timedelta(days=within)
    kept = (task for task in tasks if latest is None or task.due.on <= latest)
    return tuple(sorted(kept, key=lambda task: (task.due.on, task.name, task.due.what, task.sha256)))


def of_the_register(register: Register, today: date, clock: Clock, within: int | None = None) -> tuple[Task, ...]:
    """The same of every paper there is."""
    return agenda((standing.dates for standing in Standings(register).of(today)), today, clock, within)
