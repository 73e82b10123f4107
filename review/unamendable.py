"""Corrections that are refused though they fit their field: of an address that is public, or by what Part 2 says."""

from __future__ import annotations

from pathlib import Path

from extract.texts import public_texts
from publish.part1 import slug
from review.acts import Approve, Published, WithholdWhole
from review.errors import Conflict, RegisterError
from review.reasons import tells_part2
from review.view import View


def refuse_unamendable(home: Path, view: View, field: str, value: str | None) -> None:
    """Raise, with why, where a field may not become this value, by a correction or by one that is overruled."""
    if field == "reference":
        _refuse_another_address(home, view)
    if field == "deferral.reason" and value is not None:
        _refuse_part2(view, value)


def _refuse_another_address(home: Path, view: View) -> None:
    """A decision that is public stays at its address: its reference is no longer corrected in place."""
    told = (Published, WithholdWhole)
    been = any(isinstance(event, told) or (isinstance(event, Approve) and event.stub) for event in view.dossier.history)
    if been and (home / "public" / "decisions" / slug(view.dossier.paper.reference or "none")).is_dir():
        raise Conflict(
            f"{view.dossier.paper.name} is public under this reference, and an address never disappears. Withdraw it, "
            "and put the paper in anew as it should be."
        )


def _refuse_part2(view: View, reason: str) -> None:
    """Why publication waits is told to the public before the rest: it must not say what stands in Part 2."""
    texts = [text.text for text in public_texts(view.record)]
    if tells_part2([reason], view.disclosure.part2.withheld_passages, texts):
        raise RegisterError(
            "Why publication waits is public before the rest is, and these words say what stands in Part 2. Correct it "
            "to what Part 1 says."
        )
