"""The shelf: the one place that a publisher without the register is given. On it lies what two people approved.

Each entry is one file, `HOME/shelf/<slug>.json`: a public version, who approved it by role and date, and its digest.
An entry is checked again on arrival, because another process, and perhaps another person, put it there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from publish.errors import ShelfError
from publish.part1 import Part1, Public, Sha256, Stub, canonical_json, digest, unsettled

Role = Literal["reviewer", "releaser"]  # a clerk approves nothing


class Approval(Public):
    """One approval: the role of the person and the day. Names stay in the register."""

    role: Role
    on: date


class Entry(Public):
    """One approved public version. `digest` is the one people approved: it must be that of `decision`."""

    schema_: Literal["partone/shelf/1"] = Field("partone/shelf/1", alias="schema")
    decision: Annotated[Part1 | Stub, Field(discriminator="schema_")]
    approvals: tuple[Approval, ...] = Field(min_length=2)
    digest: Sha256

    @model_validator(mode="after")
    def _settled_and_as_approved(self) -> Self:
        if isinstance(self.decision, Part1) and unsettled(self.decision):
            raise ValueError("a question of the form is not settled.")
        if self.digest != digest(self.decision):
            raise ValueError("the digest is not that of the decision.")
        return self

    @property
    def slug(self) -> str:
        return self.decision.slug


def put(shelf: Path, entry: Entry) -> Path:
    """Lay one entry on the shelf, in place of an earlier one of the same decision; returns its file.

    Written aside and moved in, so that a reader sees the old entry or the new one, never half of either.
    """
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = shelf / f"{entry.slug}.json"
    aside = shelf / f".{entry.slug}.{os.getpid()}.new"
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(canonical_json(entry))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _settle(shelf)
    return place


def take(shelf: Path) -> tuple[Entry, ...]:
    """Every entry on the shelf, in order of reference. Raises `ShelfError` at the first that is not what it should be.

    A shelf that is not there is empty: nothing was approved yet. A file that bears no decision's name (a file
    browser's, one begun and never finished) is passed over: it is not read, so it is not published.
    """
    if not shelf.is_dir():
        return ()
    entries = [_read(file) for file in sorted(shelf.iterdir()) if _NAME.fullmatch(file.name)]
    return tuple(sorted(entries, key=lambda entry: entry.slug))


def lay(shelf: Path, entries: Sequence[Entry]) -> None:
    """Make the shelf these entries and no others: what lay there before, whoever put it there, is gone."""
    names = {f"{entry.slug}.json" for entry in entries}
    for entry in entries:
        place = shelf / f"{entry.slug}.json"
        if place.is_symlink() or not place.is_file() or place.read_bytes() != canonical_json(entry):
            put(shelf, entry)
    for file in sorted(shelf.iterdir()) if shelf.is_dir() else ():
        if _NAME.fullmatch(file.name) and file.name not in names:
            file.unlink()
    if shelf.is_dir():
        _settle(shelf)


def remove(shelf: Path, slug: str) -> bool:
    """Take one decision off the shelf, so that the next release is without it; false where it was not there."""
    place = shelf / f"{slug}.json"
    if not _NAME.fullmatch(place.name) or not place.exists():
        return False
    place.unlink()
    _settle(shelf)
    return True


_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.json")


def _read(file: Path) -> Entry:
    if file.is_symlink() or not file.is_file():
        raise ShelfError(f"shelf/{file.name}: this is not a file of its own. Remove it, then publish again.")
    remedy = "Approve the decision again, then publish again."
    try:
        entry = Entry.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise ShelfError(f"shelf/{file.name}: {_fault(error)} {remedy}") from None
    if f"{entry.slug}.json" != file.name:
        raise ShelfError(f"shelf/{file.name}: this is another decision than the file's name says. {remedy}")
    return entry


def _fault(error: ValidationError) -> str:
    """What is wrong, from our own words alone: pydantic's message may quote, and an unknown field's name is a text."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    if first["type"] == "value_error":
        return first["msg"].removeprefix("Value error, ")
    field = first["loc"][0] if first["loc"] else None
    return f"not an approved public version{f' (see {field})' if field in Entry.model_fields else ''}."


def _settle(folder: Path) -> None:
    """Make sure that the folder itself is on the disk, not only the file in it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
