"""The corrections of what was read that are in force, and what a paper is called by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from extract.claims import Amend, Release
from extract.references import normalise
from review.acts import Said


def in_force(said: Iterable[Said]) -> tuple[Amend, ...]:
    """The corrections that nobody has overruled, the latest of each field, in the order they were made."""
    latest: dict[str, Amend] = {}
    for claim in (each.claim for each in said):
        if isinstance(claim, Amend):
            latest.pop(claim.field, None)
            latest[claim.field] = claim
        elif isinstance(claim, Release):
            latest = {name: amendment for name, amendment in latest.items() if amendment.id != claim.overrules}
    return tuple(latest.values())


def said_of(said: Iterable[Said], field: str, read: str | None) -> str | None:
    """What a field is by the correction in force, if there is one of this very reading; else what was read."""
    corrected = next((amendment for amendment in in_force(said) if amendment.field == field), None)
    return corrected.value if corrected is not None and corrected.was == read else read


def names_in(reference: str | None) -> tuple[str, ...]:
    """Everything that a paper of this reference is called: the whole, and each number where it bears several."""
    found = normalise(reference or "")
    return (*([reference] if reference else []), *(found.references if found else ()))


def reference_key(reference: str) -> str:
    """What all spellings of a reference share: "PCD 1572", "pcd-1572" and "PCD1572" are `PCD1572`."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", reference)).upper()
