"""What the clock is set to: how many working days, how many months, which days are closed, and who is told by mail.

It is read from the tables `[clock]` and `[mail]` of `desk.toml` in the home; without that file everything has a default
and nobody is sent mail.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from review.errors import RegisterError

SETTINGS = "desk.toml"

OneLine = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]+$", strip_whitespace=True, max_length=200)]
Address = Annotated[
    str, StringConstraints(pattern=r"^[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=254)
]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$", max_length=300)]


class Set(BaseModel):
    """Base of what is set: frozen, and closed, so that a slip in a name is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)


class MailSettings(Set):
    """The server that takes the mail, who it is from, and who gets it: by role, or by a person's name.

    Without encryption it goes to this machine alone. The password stands in a file, or in PARTONE_MAIL_PASSWORD.
    """

    host: OneLine
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: OneLine | None = None
    password_file: Path | None = None
    authority_file: Path | None = None
    from_: Address = Field(alias="from")
    to: dict[OneLine, tuple[Address, ...]] = Field(min_length=1)


class Clock(Set):
    """The one value that every due day is worked out with.

    `working_days` is how many a signed paper has until it is public; `request_days` how many a request has, which the
    Freedom of Information Act says; `backstop_months` when what nobody set a day for is looked at again, after signing.
    `address` is where the desk is reached, for links in a calendar and in mail.
    """

    working_days: int = Field(default=5, ge=0, le=250)
    request_days: int = Field(default=20, ge=1, le=250)
    backstop_months: int = Field(default=6, ge=1, le=60)
    closed_days: frozenset[date] = frozenset()
    address: WebAddress | None = None
    mail: MailSettings | None = None

    @field_validator("address")
    @classmethod
    def _without_its_end(cls, address: str | None) -> str | None:
        return address.rstrip("/") if address else None


def read_clock(home: Path) -> Clock:
    """What is set in a home; raises with a sentence that names the line where something cannot be."""
    file = home / SETTINGS
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Clock()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise RegisterError(f"{SETTINGS} cannot be read ({fault}). Nothing was done.") from None
    said = {"mail": written["mail"]} if "mail" in written else {}
    try:
        return Clock.model_validate({**written.get("clock", {}), **said})
    except (ValidationError, TypeError) as fault:
        raise RegisterError(f"{SETTINGS} cannot be followed: {_first(fault)} Nothing was done.") from None


def _first(fault: ValidationError | TypeError) -> str:
    """The first fault as a sentence; no value is quoted, because it might be a password in the wrong place."""
    if isinstance(fault, TypeError):
        return "[clock] and [mail] are tables."
    first = fault.errors(include_input=False, include_url=False)[0]
    if first["type"] == "dict_type":
        return "[mail.to] is a table of its own: on each line a role or a person, then = and a list of addresses."
    named = [str(part) for part in first["loc"] if part != "[key]"]
    table = "mail" if named[:1] == ["mail"] else "clock"
    return f"in [{table}], {'.'.join(named[1:] if table == 'mail' else named) or 'the table'}: {first['msg']}."
