"""What the public is told of a decision whose text it may not read: deferred, withdrawn, or withheld whole."""

from __future__ import annotations

from datetime import date

from extract.exemptions import load as load_exemptions
from publish.part1 import Deferral, Part1, Stub
from review.acts import Withdraw, WithholdWhole
from review.statements import LONDON


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


def withheld(part1: Part1, said: WithholdWhole) -> Stub:
    """That it exists, when it was signed, and on what ground it cannot be read."""
    return deferred(part1).model_copy(
        update={
            "public_title": None,
            "deferral": Deferral(answer="no"),
            "why": "withheld",
            "since": said.at.astimezone(LONDON).date(),
            "ground": load_exemptions().ground(said.exemption),
        }
    )


def withdrawn(body: str, body_name: str, said: Withdraw) -> Stub | None:
    """That it was public and is not; None where the withdrawal does not say under which reference it was."""
    if said.reference is None or said.signed_on is None:
        return None
    return Stub(
        body=body,
        body_name=body_name,
        reference=said.reference,
        public_title=None,
        decision_maker=said.decision_maker or "",
        signed_on=said.signed_on,
        deferral=Deferral(answer="no"),
        why="withdrawn",
        since=said.at.astimezone(LONDON).date(),
    )
