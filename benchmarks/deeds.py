"""What an officer may do with a paper, each deed by how often it is done; for `benchmarks.officers`."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date

from extract.texts import public_texts
from review import office, withholding
from review.office import View
from review.publication import publish
from review.register import Register

VALUES = {"yes-no": "no", "date": "2027-03-31", "exemption": "FOIA s.43(2)"}

Deed = Callable[[Register, View, str, str, random.Random], object]


def _answer(register: Register, view: View, by: str, token: str, chance: random.Random) -> object:
    asked = [finding for finding in view.dossier.findings if finding.severity != "note" and not finding.answered_by]
    if not asked:
        return None
    finding = chance.choice(asked)
    value = VALUES.get(finding.asks or "")
    return office.answer(register, view.dossier.paper.sha256, finding.id, by, token, value)


def _withhold(register: Register, view: View, by: str, token: str, chance: random.Random) -> object:
    places = [text.place for text in public_texts(view.record) if text.place.startswith("summary/")]
    if not places:
        return None
    sha, day = view.dossier.paper.sha256, date(2027, 5, 1)
    return withholding.withhold(register, sha, chance.choice(places), "FOIA s.43(2)", by, token, next_review=day)


def _release(register: Register, view: View, by: str, token: str, chance: random.Random) -> object:
    gone = {claim.overrules for claim in view.dossier.review.releases}
    left = [claim.id for claim in view.dossier.review.withholds if claim.id not in gone]
    return office.release(register, view.dossier.paper.sha256, chance.choice(left), by, token) if left else None


def _approve(register: Register, view: View, by: str, _token: str, _chance: random.Random) -> object:
    return office.approve(register, view.dossier.paper.sha256, by) if view.state.name == "in-review" else None


def _hold(register: Register, view: View, by: str, token: str, _chance: random.Random) -> object:
    return office.hold(register, view.dossier.paper.sha256, by, token)


def _lift(register: Register, view: View, by: str, token: str, _chance: random.Random) -> object:
    return office.lift(register, view.dossier.paper.sha256, by, token)


def _withdraw(register: Register, view: View, by: str, token: str, _chance: random.Random) -> object:
    gone = view.state.name == "withdrawn"
    return (office.reinstate if gone else office.withdraw)(register, view.dossier.paper.sha256, by, token)


def _publish(register: Register, _view: View, by: str, _token: str, _chance: random.Random) -> object:
    done = publish(register, by=by)
    return done if done.changed else None


DEEDS: Mapping[str, tuple[int, Deed]] = {
    "answer": (4, _answer), "withhold": (3, _withhold), "release": (3, _release), "approve": (3, _approve),
    "hold": (1, _hold), "lift": (1, _lift), "withdraw": (1, _withdraw), "publish": (2, _publish),
}  # fmt: skip
"""Each kind of act with how often it is done."""


def needed(view: View) -> str | None:
    """What would bring a paper further."""
    if view.state.name == "withdrawn":
        return "withdraw"
    if any(finding.severity != "note" and not finding.answered_by for finding in view.dossier.findings):
        return "answer"
    return {"held": "lift", "in-review": "approve", "approved": "publish"}.get(view.state.name)
