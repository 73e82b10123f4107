"""The version history that the public sees: each approved text once, with the day it was first published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from publish.certificate import Certificate, sha256
from publish.part1 import Note, Part1, Stub, Version, canonical_json, digest
from publish.shelf import Entry

FIRST: Final[Note] = "First published."
CORRECTED: Final[Note] = "Corrected."
REPLACED: Final[Note] = "Corrected by a new paper."
AGAIN: Final[Note] = "Published again."


def versioned(entry: Entry, public: Path, certificate: Certificate | None, today: date) -> Entry:
    """The entry with its whole history, and a version of today where its text is new.

    A history that ends in this very text is whole and stands as it is: the register made it. Otherwise it is the longer
    of the shelf's and the public one.
    """
    decision = entry.decision
    if not isinstance(decision, Part1) or (decision.versions and decision.versions[-1].digest == entry.digest):
        return entry
    public_history = _public_history(decision.slug, public, certificate)
    history = max(public_history, decision.versions, key=len)
    if not history or history[-1].digest != entry.digest:
        note = CORRECTED if history else FIRST
        number = history[-1].number + 1 if history else 1
        history += (Version(number=number, published_on=today, note=note, digest=entry.digest),)
    return entry.model_copy(update={"decision": decision.model_copy(update={"versions": history})})


def texts_of(home: Path, digests: Collection[str]) -> dict[str, Part1]:
    """The texts that have these digests, from the public site or the shelf, whichever still has them.

    Neither is trusted: the digest, which the register has on record, proves each word. The history is not under it and
    is left out.
    """
    places = (*(home / "public").glob("decisions/*/index.json"), *(home / "shelf").glob("*.json"))
    texts = {digest(text): text for place in places if (text := _text(place))}
    return {name: text for name, text in texts.items() if name in digests}


def text_of(home: Path, slug: str, wanted: str) -> Part1 | None:
    """The same for the text of one decision alone."""
    places = (home / "public" / "decisions" / slug / "index.json", home / "shelf" / f"{slug}.json")
    return next((text for place in places if (text := _text(place)) and digest(text) == wanted), None)


def stub_of(home: Path, slug: str, wanted: Collection[str]) -> Stub | None:
    """The stub of one decision that has one of these digests, likewise."""
    for place in (home / "public" / "decisions" / slug / "index.json", home / "shelf" / f"{slug}.json"):
        try:
            content = place.read_bytes()
            stub = Entry.model_validate_json(content).decision if place.parent.name == "shelf" else None
            stub = stub or Stub.model_validate_json(content)
        except (OSError, ValidationError):
            continue
        if isinstance(stub, Stub) and digest(stub) in wanted:
            return stub
    return None


def _text(place: Path) -> Part1 | None:
    try:
        content = place.read_bytes()
        text = Entry.model_validate_json(content).decision if place.parent.name == "shelf" else None
        text = text or Part1.model_validate_json(content)
    except (OSError, ValidationError):
        return None
    return text.model_copy(update={"versions": ()}) if isinstance(text, Part1) else None


def _public_history(slug: str, public: Path, certificate: Certificate | None) -> tuple[Version, ...]:
    """The history as published, if it is still what the certificate of that release says."""
    try:
        before = Part1.model_validate_json((public / "decisions" / slug / "index.json").read_bytes())
    except (OSError, ValidationError):
        return ()
    named = {decision.public for decision in certificate.decisions} if certificate else set()
    return before.versions if sha256(canonical_json(before)) in named else ()
