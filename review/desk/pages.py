"""The room of Jinja2 at the desk: a template and values in, a page out. Everything is escaped; a gap is an error."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from review.desk.signed import Signed
from review.roles import MAY_READ_WITHHELD, Act, may

LONDON = ZoneInfo("Europe/London")
HERE = Path(__file__).parent
STATIC = HERE / "static"


def page(
    request: Request, template: str, /, signed: Signed | None = None, status: int = 200, **values: object
) -> HTMLResponse:
    """The page of that template, for whoever is signed in."""
    told = {"request": request, "signed": signed, "csrf": signed.csrf if signed else "", "nav": None, **values}
    return HTMLResponse(_templates().get_template(template).render(told), status)


def static(name: str) -> str:
    """The address of one of our own style sheets and scripts."""
    return f"/static/{name}"


def day(moment: date | datetime | str) -> str:
    """A date as people write it: 21 December 2023."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON)
    return f"{moment.day} {moment:%B %Y}"


def moment(at: datetime | str) -> str:
    """A moment as the clock on the wall showed it: 20 November 2026, 10:42."""
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(LONDON)
    return f"{day(at)}, {at:%H:%M}"


def words(count: int, one: str, several: str | None = None) -> str:
    """A number with its noun: 1 place, 3 places, 1,669 papers."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def can(signed: Signed | None, act: Act) -> bool:
    """Whether whoever is signed in has a role that carries an act."""
    return signed is not None and may(signed.person.role, act)


def sees_withheld(signed: Signed | None) -> bool:
    """Whether whoever is signed in may see text that is withheld."""
    return signed is not None and signed.person.role in MAY_READ_WITHHELD


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"day": day, "moment": moment, "words": words}
    environment.globals |= {"static": static, "can": can, "sees_withheld": sees_withheld}
    return environment
