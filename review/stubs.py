"""What the public is told of a decision whose text it may not read: deferred, withdrawn, or withheld whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from extract.exemptions import load as load_exemptions
from publish.body import body
from publish.history import stub_of, text_of, texts_of
from publish.part1 import Deferral, Part1, Stub, digest, slug
from review.acts import Event, Withdraw, WithholdWhole
from review.case import (
    Facts,
    agreed_stub,
    agreements,
    ever_withheld_whole,
    existence_withheld,
    standing,
    withheld_whole,
)
from review.statements import LONDON

ADDRESS = ("reference", "decision_maker", "signed_on")
"""What even a stub must say: which decision it is, whose, and of what day."""


def address(told: Part1 | Stub | Withdraw | WithholdWhole | None) -> dict[str, Any]:
    """What is told of a decision that may not be read; nothing where not all of it is there."""
    said = {name: getattr(told, name, None) for name in ADDRESS}
    return said if all(said.values()) else {}


def standing_address(home: Path, reference: str | None, facts: Facts, history: Sequence[Event]) -> dict[str, Any]:
    """What the public reads of a decision now and may go on reading where it is withdrawn.

    As two people approved it, by the digest they signed; as they withheld it; or as an earlier withdrawal left it.
    Never what stands in the paper now: of that nobody may have approved a word.
    """
    if existence_withheld(withheld_whole(facts, history)):
        return {}
    public, name = standing(history), slug(reference or "")
    stub, given = agreed_stub(facts, history)
    told: Part1 | Stub | Withdraw | None = None
    if public:
        told = text_of(home, name, public.digest) or texts_of(home, {public.digest}).get(public.digest)
    elif stub:
        told = stub_of(home, name, {stub, *(each.bare for each in given if each.bare)})
    before = next((event for event in reversed(history) if isinstance(event, Withdraw)), None)
    return address(told) or address(standing_whole(home, facts, history)[0]) or address(before)


def standing_whole(home: Path, facts: Facts, history: Sequence[Event]) -> tuple[Stub | None, tuple[WithholdWhole, ...]]:
    """What the public reads in place of a text that two people withheld, and who they were; it outlasts their word."""
    for both in agreements(ever_withheld_whole(facts, history)):
        stub = withheld(both)
        if stub and stub_of(home, stub.slug, {digest(stub)}):
            return stub, both
    return None, ()


def deferred(part1: Part1) -> Stub:
    """That it exists, when it was signed, and until when it waits."""
    return Stub(
        body=part1.body,
        body_name=part1.body_name,
        reference=part1.reference or "",
        public_title=part1.public_title,
        decision_maker=part1.decision_maker or "",
        signed_on=part1.signed_on or date.max,
        deferral=part1.deferral,
    )


def bare(stub: Stub) -> Stub:
    """A deferred stub without what may be in doubt: its title, and the reason to wait."""
    deferral = stub.deferral.model_copy(update={"reason": None})
    return stub.model_copy(update={"public_title": None, "deferral": deferral})


def withheld(both: Sequence[WithholdWhole]) -> Stub | None:
    """That it exists, when it was signed, and on what ground it cannot be read, as both saw it.

    None where they did not see which decision it is; without a ground where each named another.
    """
    told, latest = address(both[-1]), both[-1]
    if not told or existence_withheld(both):
        return None
    return Stub(
        body=body().short_name,
        body_name=body().name,
        **told,
        public_title=None,
        deferral=Deferral(answer="no"),
        why="withheld",
        since=latest.at.astimezone(LONDON).date(),
        ground=load_exemptions().ground(latest.exemption) if len({each.exemption for each in both}) == 1 else None,
    )


def withdrawn(said: Withdraw) -> Stub | None:
    """That it was public and is not; None where the withdrawal does not say under which reference it was."""
    if said.reference is None or said.signed_on is None:
        return None
    return Stub(
        body=body().short_name,
        body_name=body().name,
        reference=said.reference,
        public_title=None,
        decision_maker=said.decision_maker or "",
        signed_on=said.signed_on,
        deferral=Deferral(answer="no"),
        why="withdrawn",
        since=said.at.astimezone(LONDON).date(),
    )
