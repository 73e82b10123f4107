"""The public vocabulary: everything that may be said about a decision, and nothing else.

`Part1` is an allow-list. It has no field for a signature, a source file, a finding or a word of Part 2, so a
publisher cannot show one. Only `extract.separate` makes a `Part1`; `publish` owns the type and imports nothing
of ours but itself. Field names begin `public_` where text could be mistaken for the private record's.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from publish.passages import Block as Block  # these are read through here
from publish.passages import CellMark as CellMark
from publish.passages import CellNote as CellNote
from publish.passages import Mark as Mark
from publish.passages import NoteMark as NoteMark
from publish.passages import Public as Public
from publish.passages import PublicFootnote as PublicFootnote
from publish.passages import PublicPassage as PublicPassage
from publish.passages import PublicSection as PublicSection
from publish.passages import PublicTable as PublicTable

SCHEMA: Final = "partone/part1/1"

Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6} [0-9][0-9A-Za-z ]*$", max_length=60)]
Answer = Literal["yes", "no", "undetermined"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Note = Literal["First published.", "Corrected.", "Corrected by a new paper.", "Published again."]
DecimalText = Annotated[str, StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]


class Ground(Public):
    """Why something is withheld, as far as a person has confirmed it.

    `key` ("FOIA s.43(2)") is None where the paper's citation could not be resolved; then only `as_printed` speaks.
    `label` is the ground in plain words ("commercial interests"); `law` and `means` are None unless the row of the
    exemption table was verified, so that nothing unverified is shown as law.
    """

    key: str | None
    label: str
    law: str | None = None
    means: str | None = None
    as_printed: str | None = None


class PublicAward(Public):
    """A contract this decision awards, extends or grants, read from the public text only.

    `value` is pounds as a decimal string, None where the paper gives a range, a ceiling or nothing readable;
    `value_as_printed` keeps the paper's own way of writing it.
    """

    recommendation: str
    kind: Literal["award", "direct-award", "extension", "grant", "other"]
    supplier: str | None
    purpose: str | None
    framework: str | None
    value: DecimalText | None
    value_as_printed: str | None
    currency: Literal["GBP", "EUR", "USD"] | None = "GBP"
    term: str | None
    extension_options: str | None
    total_after: DecimalText | None
    total_after_as_printed: str | None = None


class Withholding(Public):
    """One line of "What is withheld here, and why"."""

    place: str
    exemption: Ground
    because: str
    next_review: date | None = None


class Part2Notice(Public):
    """That a Part 2 exists, on what grounds, and when it is looked at again; never a word of it."""

    exists: Answer
    marking: str | None = None
    grounds: tuple[Ground, ...] = ()
    ceases_when: str | None = None
    next_review: date | None = None


class Deferral(Public):
    """Whether publication was deferred, why, and until when (ISO 8601)."""

    answer: Answer
    reason: str | None = None
    until: date | None = None


class Version(Public):
    """One public version of a decision: `number` counts from 1, `digest` is as approved.

    `note` is one of our own sentences: approvals leave the history out, so no words of anybody's may fit into it.
    """

    number: int = Field(ge=1)
    published_on: date
    note: Note
    digest: Sha256


class Part1(Public):
    """All that the public may read of one decision.

    People approve `digest(part1)`, which leaves `versions` out: the date of publication is not known when they do.
    """

    schema_: Literal["partone/part1/1"] = Field(SCHEMA, alias="schema")
    body: str
    body_name: str
    reference: Reference | None
    reference_as_printed: str | None
    public_title: str | None = Field(alias="title")
    title_marks: tuple[Mark, ...] = ()
    decision_maker: str | None
    outcome: Literal["approved", "undetermined"]
    signed_on: date | None
    executive_summary: tuple[Block, ...]
    recommendation_lead: str | None = None
    recommendations: tuple[Block, ...]
    sections: tuple[PublicSection, ...]
    footnotes: tuple[PublicFootnote, ...] = ()
    awards: tuple[PublicAward, ...]
    part2: Part2Notice
    deferral: Deferral
    withheld: tuple[Withholding, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def slug(self) -> str:
        return slug(self.reference or "")


def unsettled(part1: Part1) -> tuple[str, ...]:
    """Why this Part 1 may not be published yet, a sentence each; none where every question of the form is settled.

    Undetermined is a value of a Part 1 that officers look at; the shelf takes none that has one.
    """
    return tuple(
        sentence
        for open_, sentence in (
            (part1.reference is None, "The paper has no reference."),
            (part1.public_title is None, "The paper has no title."),
            (part1.decision_maker is None, "The paper does not say who decided."),
            (part1.outcome != "approved", "The paper does not show that the decision was approved and signed."),
            (part1.signed_on is None, "The paper does not say when it was signed."),
            (part1.deferral.answer == "undetermined", "It is not settled whether publication is deferred."),
            (_without_end(part1.deferral), "Publication is deferred, but no date is given until when."),
            (part1.part2.exists == "undetermined", "It is not settled whether there is a Part 2."),
        )
        if open_
    )


def _without_end(deferral: Deferral) -> bool:
    return deferral.answer == "yes" and deferral.until is None


class Stub(Public):
    """A decision that exists but may not be read: deferred until a date, withdrawn, or withheld whole on a ground.

    It is named and dated, without its text; of what was withdrawn or is withheld not even the title is told.
    """

    schema_: Literal["partone/stub/1"] = Field("partone/stub/1", alias="schema")
    body: str
    body_name: str
    reference: Reference
    public_title: str | None = Field(alias="title")
    decision_maker: str
    signed_on: date
    deferral: Deferral
    why: Literal["deferred", "withdrawn", "withheld"] = "deferred"
    since: date | None = None
    ground: Ground | None = None

    @property
    def slug(self) -> str:
        return slug(self.reference)


def slug(reference: str) -> str:
    """The permanent folder of a decision: `PCD 1572` is `pcd-1572`, in every release."""
    return re.sub(r"[^a-z0-9]+", "-", reference.lower()).strip("-")


def canonical_json(value: Public) -> bytes:
    """The one byte form of a public value, which approvals are given on: UTF-8, sorted keys, no spare white space."""
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Part1 | Stub) -> str:
    """SHA-256, in hexadecimal, of the `canonical_json` of one public version, its version history left out."""
    bare = value.model_copy(update={"versions": ()}) if isinstance(value, Part1) else value
    return hashlib.sha256(canonical_json(bare)).hexdigest()
