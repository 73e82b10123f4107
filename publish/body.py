"""Whose decisions these are: the name and public contact details every page prints, from `site/body.toml`.

They are the body's own words about itself, so a body changes them without touching a template.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from publish.part1 import Public

SITE = Path(__file__).resolve().parent.parent / "site"


class Body(Public):
    """The public details of the body; `demonstration` is printed in the footer while they are made up."""

    name: str
    short_name: str
    register_name: str
    decides: str
    reference_prefix: str
    site_address: str
    request_email: str
    access_email: str
    telephone: str
    post: str
    regulator: str
    regulator_address: str
    demonstration: str = ""


@cache
def body() -> Body:
    """The body of this site, read once."""
    return Body.model_validate(tomllib.loads((SITE / "body.toml").read_text(encoding="utf-8")))
