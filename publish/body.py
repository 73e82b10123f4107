"""Whose decisions these are: the body's words about itself that every page prints, and the forms it publishes.

All of it is the body's own, so a body changes it without touching a template: in `site/body.toml`, or in a file of its
own that `PARTONE_BODY` names.
"""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from publish.errors import PublishError
from publish.part1 import Public

SITE = Path(__file__).resolve().parent.parent / "site"
NAMED_BY = "PARTONE_BODY"
REMEDY = "See docs/other-bodies.md."


class UnknownBody(PublishError):
    """The file that says whose decisions these are is not there, or does not say all that is needed."""


class Body(Public):
    """The public details of the body; `demonstration` is printed in the footer while they are made up.

    `forms` are the ids of the form editions that this register publishes, with `*` for any ending: never printed.
    `recommendations` heads the part of a paper that is decided on, `recommendation` names one of its paragraphs.
    """

    name: str
    short_name: str
    register_name: str
    decides: str
    reference_prefix: str
    reference_example: str
    recommendations: str = "Recommendations"
    recommendation: str = "Recommendation"
    recommendation_short: str = "Rec."
    forms: tuple[str, ...] = Field(exclude=True)
    site_address: str
    request_email: str
    access_email: str
    telephone: str
    post: str
    regulator: str
    regulator_address: str
    demonstration: str = ""

    @property
    def the_recommendations(self) -> str:
        """The part that is decided on, inside a sentence: "the recommendations"."""
        return f"the {self.recommendations[:1].lower()}{self.recommendations[1:]}"

    def is_named(self, name: str | None) -> bool:
        """Whether a paper that names its body so is this body's."""
        return name is not None and _folded(name) in (_folded(self.name), _folded(self.short_name))


def _folded(name: str) -> str:
    """A body's name as everybody spells it alike: no case, no "the Office of", "and" for "&"."""
    plain = re.sub(r"[^\w&]+", " ", name.casefold().replace("’", "'").replace("'", "")).replace("&", " and ")
    return re.sub(r"^(?:the )?(?:office of )?(?:the )?", "", re.sub(r"\s+", " ", plain).strip())


def body_file() -> Path:
    """The file that says whose decisions these are."""
    return Path(os.environ.get(NAMED_BY) or SITE / "body.toml")


@cache
def body() -> Body:
    """The body of this site, read once."""
    file = body_file()
    try:
        return Body.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError:
        raise UnknownBody(f"{file}, which says whose decisions these are, is not there. {REMEDY}") from None
    except tomllib.TOMLDecodeError as problem:
        raise UnknownBody(f"{file} is not TOML: {problem}. {REMEDY}") from None
    except ValidationError as problem:
        lines = sorted({str(one["loc"][0]) for one in problem.errors(include_input=False, include_url=False)})
        raise UnknownBody(f"{file} is wrong in: {', '.join(lines)}. {REMEDY}") from None
