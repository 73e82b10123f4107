"""The version history that the public sees: each approved text once, with the day it was first published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from publish.certificate import Certificate, sha256
from publish.part1 import Part1, Version, canonical_json
from publish.shelf import Entry

FIRST, CORRECTED = "First published.", "Corrected."


def versioned(entry: Entry, public: Path, certificate: Certificate | None, today: date) -> Entry:
    """The entry with the longer of the shelf's and the public history, and a version of today where its text is new."""
    decision = entry.decision
    if not isinstance(decision, Part1):
        return entry
    public_history = _public_history(decision.slug, public, certificate)
    history = max(public_history, decision.versions, key=len)
    if not history or history[-1].digest != entry.digest:
        note = CORRECTED if history else FIRST
        number = history[-1].number + 1 if history else 1
        history += (Version(number=number, published_on=today, note=note, digest=entry.digest),)
    return entry.model_copy(update={"decision": decision.model_copy(update={"versions": history})})


def _public_history(slug: str, public: Path, certificate: Certificate | None) -> tuple[Version, ...]:
    """The history as published, if it is still what the certificate of that release says."""
    try:
        before = Part1.model_validate_json((public / "decisions" / slug / "index.json").read_bytes())
    except (OSError, ValidationError):
        return ()
    named = {decision.public for decision in certificate.decisions} if certificate else set()
    return before.versions if sha256(canonical_json(before)) in named else ()
