"""A second look at what is withheld of one paper, on the screen: its places in Part 1, and Part 2 as a whole.

A page of its own, so that a review is one step from the list of what is due. Not a word of Part 2 is on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from extract.exemptions import load as load_exemptions
from review import office, part2, sunset
from review.clock import read_clock
from review.conditions import months_after, of_terms
from review.desk.pages import page
from review.desk.signed import Signed, TheRegister, allowed
from review.errors import Conflict, RegisterError
from review.part2_acts import Condition
from review.register import Register
from review.sunset import Part2View

router = APIRouter()
Reviewing = Annotated[Signed, allowed("keep")]
Because = Annotated[str, Form(max_length=2000)]
Seen = Annotated[int, Form()]
Act = Callable[[Part2View], object]


@router.get("/due/{name}")
def reviews(name: str, request: Request, signed: Reviewing, register: TheRegister) -> Response:
    """What is withheld of one paper, when it is looked at again, and what can be said of it now."""
    at = _at(register, name)
    today = office.today()
    days = Counter(at.dates.reviews)
    return page(
        request, "reviews.html", signed, nav="due", at=at, known=at.dates.part2, paper=at.view.dossier.paper,
        acts={row.act for row in part2.TABLE if at.state.name in row.from_},
        places=sorted(day for day in days if day is not None), days=days, unset=days[None],
        today=today, tomorrow=today + timedelta(days=1),
        later=months_after(today, read_clock(register.home).backstop_months),
        exemptions=[row for row in load_exemptions().rows if not row.unavailable and not row.key.startswith("Order")],
        happened={each.event: each.on for each in at.dates.part2.happened},
        withdrawn=at.dates.withdrawn_on is not None,
    )  # fmt: skip


@router.post("/due/{name}/keep")
def keep(
    name: str, signed: Reviewing, register: TheRegister, seen: Seen, because: Because,
    review_on: Annotated[date, Form()],
) -> Response:  # fmt: skip
    """Everything that is withheld in Part 1 stays so, until a later day."""
    sunset.keep(register, name, review_on, signed.person.name, because, seen=seen)
    return _back(name)


@router.post("/due/{name}/condition")
def condition(
    name: str, signed: Reviewing, register: TheRegister, seen: Seen, because: Because,
    backstop: Annotated[date, Form()], on: Annotated[str, Form()] = "",
    events: Annotated[str, Form(max_length=4000)] = "", combinator: Annotated[Literal["any", "all"], Form()] = "any",
) -> Response:  # fmt: skip
    """When Part 2 is looked at again: the proposal as it was confirmed, or what was written over it."""
    at = _at(register, name, seen)
    said = _terms(on, events, combinator, backstop, at.proposal.as_printed)
    sunset.set_condition(register, at, said, signed.person.name, because)
    return _back(name)


@router.post("/due/{name}/occurred")
def occurred(
    name: str, signed: Reviewing, register: TheRegister, seen: Seen, because: Because,
    event: Annotated[str, Form(max_length=100)], on: Annotated[date, Form()],
    evidence: Annotated[str, Form(max_length=2000)],
) -> Response:  # fmt: skip
    """An awaited event has happened, and what shows it."""
    sunset.occurred(register, _at(register, name, seen), event, on, evidence, signed.person.name, because)
    return _back(name)


@router.post("/due/{name}/foi")
def foi(
    name: str, signed: Reviewing, register: TheRegister, seen: Seen, because: Because,
    received_on: Annotated[date, Form()],
) -> Response:  # fmt: skip
    """Somebody has asked for Part 2."""
    sunset.foi_request(register, _at(register, name, seen), received_on, signed.person.name, because)
    return _back(name)


@router.post("/due/{name}/outcome")
def outcome(
    name: str, signed: Reviewing, register: TheRegister, seen: Seen, because: Because,
    comes_to: Annotated[Literal["re-exempt", "part-release", "part2-released"], Form()],
    exemption: Annotated[list[str], Form()] = [],  # noqa: B006  # the framework copies it; None would not be repeatable
    review_on: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """What came of looking at Part 2."""
    at, by = _at(register, name, seen), signed.person.name
    if comes_to == "part2-released":
        sunset.released(register, at, by, because)
        return _back(name)
    day = _day(review_on)
    if day is None:
        raise RegisterError("Say when what stays exempt is looked at next.")
    said = of_terms(day, (), every=False, backstop=day)
    verb = sunset.re_exempt if comes_to == "re-exempt" else sunset.part_release
    verb(register, at, [key for key in exemption if key], said, by, because)
    return _back(name)


def _at(register: Register, name: str, seen: int | None = None) -> Part2View:
    """Part 2 of the paper as it stands; refused where it is not the revision that the form was made from."""
    view = office.look(register, name)
    if seen is not None and seen != view.dossier.paper.revision:
        raise Conflict(
            f"{view.dossier.paper.name} was changed since you looked at it. Nothing was written; look again."
        )
    return sunset.seen(view, read_clock(register.home))


def _terms(on: str, events: str, combinator: str, backstop: date, as_printed: str | None) -> Condition:
    """A condition as the form says it: one event a line; without any term, the backstop is the day."""
    awaits = [" ".join(line.split()) for line in events.splitlines() if line.strip()]
    day = _day(on) if on.strip() else None
    if day is None and not awaits:
        day = backstop
    return of_terms(day, awaits, every=combinator == "all", backstop=backstop, as_printed=as_printed)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _back(name: str) -> Response:
    return RedirectResponse(f"/due/{quote(name, safe='')}", 303)
