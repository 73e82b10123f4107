"""What machines and people say about a record: a rule may only withhold, a person may also release. All of it is kept.

A claim never edits the record; `separate` weighs record and claims together, so an overruled claim stays visible.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field, model_validator

from extract.facts import BoxOnPage, Private

Severity = Literal["blocks", "needs-person", "note"]


class Finding(Private):
    """Something about a paper that a person should know (`note`), answer (`needs-person`) or settle first (`blocks`).

    `id` is unique in the paper and stable over runs. `passages` are all the places it speaks of, `passage` the first;
    `field` is the field path it concerns; `asks` names the value an answer must bring (`Answer.value`), if any.
    """

    id: str
    check: str
    severity: Severity
    message: str
    passage: str | None = None
    passages: tuple[str, ...] = ()
    field: str | None = None
    page: int | None = None
    box: BoxOnPage | None = None
    asks: Literal["yes-no", "exemption", "date"] | None = None
    answered_by: str | None = None


class Span(Private):
    """A passage, or characters `start` to `end` of its text. Titles and headings count (`title`, `2/heading`).

    A cell of a table is a passage with the id `2/t1/r0/c1`: row 0 is the header.
    """

    passage: str
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _whole_or_both(self) -> Span:
        if (self.start is None) != (self.end is None) or (
            self.start is not None and self.end is not None and self.start >= self.end
        ):
            raise ValueError("a span has both ends, the first before the second, or neither")
        return self


class Marking(Private):
    """A rule's claim that a place is exempt: which exemption (a key such as "FOIA s.40(2)"), which rule, and why.

    `exemption` is None where a rule knows that the place must be kept back and a person must say on what ground.
    """

    id: str
    place: Span
    exemption: str | None
    rule: str
    because: str


class Markings(Private):
    """All that the rules claim of one record, and the digest of the rules they come from."""

    rules_digest: str
    claims: tuple[Marking, ...] = ()


class PersonsClaim(Private):
    """Base of what a person says: who, when (UTC), and the reason in their words."""

    by: str
    at: datetime
    because: str


class Answer(PersonsClaim):
    """A person's answer to a finding; `value` where the finding asks for one."""

    finding: str
    value: str | None = None


class Withhold(PersonsClaim):
    """A person withholds a place. `because` is printed beside the mark, so it must not say what is withheld.

    `evidence` is what the ground asks for, by what it is (harm, public-interest-test, qualified-person …): private.
    `wording` is the digest of what stood there when it was said (`extract.separate.wording`): of another text nobody
    knows which characters were meant. Whoever guesses well could tell the text by it, so it is private too.
    """

    id: str
    place: Span
    exemption: str
    next_review: date | None = None
    evidence: dict[str, str] = Field(default_factory=dict)
    wording: str | None = None


class Release(PersonsClaim):
    """A person overrules one marking or one withholding, by its id."""

    overrules: str


class Keep(PersonsClaim):
    """A person has looked again at what these ids keep back: it stays withheld, until it is looked at again."""

    keeps: tuple[str, ...] = Field(min_length=1)
    next_review: date


class Part2Review(Private):
    """When people look at Part 2 again, as they settled it last: None where nothing of it is exempt any more.

    `exemptions` are the grounds on which it stays exempt, where people named them anew.
    """

    on: date | None
    exemptions: tuple[str, ...] = ()


class Amend(PersonsClaim):
    """A person corrects what was read: a field by its path, or the text of a passage by its place.

    `was` is the machine's reading that the person saw; of another reading the correction says nothing. A `value` of
    None says that the paper has no such thing. A `Release` of its `id`, or a later correction, overrules it.
    """

    id: str
    field: str
    value: str | None
    was: str | None


class Review(Private):
    """All that people have said of one record, and the digests of the record and the rules they said it of."""

    record_digest: str
    rules_digest: str
    answers: tuple[Answer, ...] = ()
    withholds: tuple[Withhold, ...] = ()
    releases: tuple[Release, ...] = ()
    keeps: tuple[Keep, ...] = ()
    part2_review: Part2Review | None = None
