"""The single facts a decision paper states, as frozen values: who approved, what is said of Part 2, awards, sums.

A value the paper leaves open is `undetermined`, `not-stated` or None, never a guess.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Signature = Literal["image", "digital", "text", "absent"]
Answer = Literal["yes", "no", "undetermined"]
Currency = Literal["GBP", "EUR", "USD"]


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)


BoxOnPage = Annotated[tuple[float, float, float, float], AfterValidator(_rounded)]


class Private(BaseModel):
    """Base of private values: frozen, closed, and silent about refused input."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, serialize_by_alias=True, validate_by_name=True
    )


class Place(Private):
    """Where on paper: page from 1, box in points from the top left."""

    page: int
    box: BoxOnPage


class Evidence(Place):
    """The printed words a field was read from; `boxes` are all their places where `box` alone would not hold them."""

    text: str
    boxes: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every stretch of print it was read from."""
        return self.boxes or (Place(page=self.page, box=self.box),)


class Source(Private):
    """The file the record was read from. `unread_pages` are pictures of text: a person must see to them.

    `turned` are the pages of a scan that did not lie straight, and by how many degrees (clockwise, about their middle)
    they were turned: all boxes on them are places on the page so turned.
    """

    sha256: str
    file_name: str
    pages: int
    ocr_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    turned: dict[int, float] = Field(default_factory=dict)


class Approval(Private):
    """What the decision maker signed. `approved` is true only where the printed approval stands and is signed."""

    decision_maker: str | None
    interests: Literal["stated", "none", "not-stated"]
    interests_text: str | None
    approved: bool
    signature: Signature
    signed_on: date | None


class Reading(Private):
    """A proposal how to read a citation that could not be resolved. For a person; never a value of the record."""

    label_as_printed: str
    proposed_keys: tuple[str, ...]
    proposed_instrument: str
    why: str


class Citation(Private):
    """One printed ground for a Part 2. `key` ("FOIA s.43(2)") only where resolved."""

    as_printed: str
    instrument: str | None
    provision: str | None
    key: str | None
    status: Literal["resolved", "unresolved"]
    reading: Reading | None = None


class Withheld(Private):
    """Where Part 2 text lies in the file and how much of it there is."""

    pages: tuple[int, ...] = ()
    words: int = 0


class Part2Facts(Private):
    """What Part 1 says of Part 2, and where Part 2 text was found in the file."""

    exists: Answer
    marking: str | None
    ceases_when: str | None
    exemptions: tuple[Citation, ...]
    withheld: Withheld = Withheld()


class DeferralFacts(Private):
    """Whether publication of Part 1 is deferred; `undetermined` where neither word of YES/NO was struck out."""

    answer: Answer
    reason: str | None
    until: date | None


class Declaration(Private):
    """One row of the originating officer's table."""

    topic: str
    statement: str
    ticked: bool


class ChiefExecutive(Private):
    """The chief executive's statement."""

    statement: str | None
    signature: Signature
    signed_on: date | None


class Award(Private):
    """A contract that a recommendation awards, extends or grants. `value` in pounds; an extension's is what it adds.

    Of a sum in another currency there is only the print; the currency is None where its sign is that of several.
    """

    recommendation: str
    kind: Literal["award", "direct-award", "extension", "grant", "other"]
    supplier: str | None
    purpose: str | None
    framework: str | None
    value: str | None
    value_as_printed: str | None
    currency: Currency | None = "GBP"
    term: str | None
    extension_options: str | None
    total_after: str | None
    total_after_as_printed: str | None = None


class Amount(Private):
    """A sum of money as printed. `value` is None where the print gives no single exact figure (a range, a slip)."""

    as_printed: str
    value: str | None
    currency: Currency | None = "GBP"
    approximate: bool
    passage: str


class DocumentMarking(Private):
    """A protective marking that the paper bears itself, as printed, and where."""

    as_printed: str
    page: int
