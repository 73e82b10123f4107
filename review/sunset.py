"""What officers do about reviews, one verb each: of Part 2 as a whole, and of what is withheld in Part 1.

Each verb looks at one moment of the paper and writes one claim, or two that belong together. What an act needs is a row
of `review.part2.TABLE`; here it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from extract.claims import Answer, Keep
from extract.exemptions import load as load_exemptions
from publish.body import body
from review import conditions, part2
from review.clock import Clock
from review.due import CEASES, Dates, dates_of
from review.errors import Conflict, NotFound, RegisterError
from review.office import View, look, now, reason_given, today, write
from review.part2 import Part2Act, Part2State
from review.part2_acts import Condition, FoiRequest, Occurred, Part2Released, PartRelease, ReExempt, SetCondition
from review.register import Register


@dataclass(frozen=True, slots=True)
class Part2View:
    """Part 2's metadata at one moment: the paper, its dates, where Part 2 stands, and what its words suggest."""

    view: View
    dates: Dates
    state: Part2State
    proposal: Condition


def part2_of(register: Register, ref: str, clock: Clock, award_notice: date | None = None) -> Part2View:
    """Where the Part 2 of a paper stands, and the condition that would be proposed."""
    return seen(look(register, ref), clock, award_notice)


def seen(view: View, clock: Clock, award_notice: date | None = None) -> Part2View:
    """The same of a paper that has been looked at already."""
    dates, day = dates_of(view), today()
    default = conditions.months_after(dates.signed_on or dates.entered_on, clock.backstop_months)
    state = part2.state_of(dates.part2, day, default)
    sentence = view.record.part2.ceases_when
    proposal = conditions.proposed(sentence, dates.signed_on, day, clock.backstop_months, award_notice)
    return Part2View(view, dates, state, proposal)


def set_condition(register: Register, at: Part2View, condition: Condition, by: str, because: str) -> View:
    """A person says when Part 2 is looked at again, and answers the question about it where the paper has one."""
    _open(at, "condition")
    _ahead(condition)
    before = at.dates.part2.condition
    if before and condition.review_on > before.review_on:
        raise Conflict(
            f"Part 2 is to be looked at on {_day(before.review_on)}. A condition set anew does not put that off: look "
            "at Part 2, and keep it exempt with new reasons."
        )
    said = SetCondition(by=by, at=now(), because=reason_given(because), condition=condition)
    asked = [finding for finding in at.view.dossier.findings if finding.id == CEASES]
    value = condition.review_on.isoformat()
    answers = [Answer(by=by, at=now(), because=said.because, finding=each.id, value=value) for each in asked]
    return write(register, at.view, said, *answers)


def occurred(register: Register, at: Part2View, event: str, on: date, evidence: str, by: str, because: str) -> View:
    """A person confirms that an awaited event has happened, and what shows it. It makes a review due, and no more."""
    _open(at, "occurred")
    known = at.dates.part2
    if event not in known.awaited:
        awaited = ", ".join(known.awaited) or "none"
        raise NotFound(f"Part 2 does not wait for “{event}”. It waits for: {awaited}. `partone part2 REF` shows them.")
    if on > today():
        raise RegisterError(f"{_day(on)} has not come. Say so when it has happened.")
    if not evidence.strip():
        raise RegisterError("Say what shows it: --evidence needs words.")
    said = Occurred(
        by=by, at=now(), because=reason_given(because), event=event, on=on, evidence=evidence.strip()
    )  # fmt: skip
    return write(register, at.view, said)


def foi_request(register: Register, at: Part2View, received_on: date, by: str, because: str) -> View:
    """Somebody has asked for Part 2: it is looked at now, whatever day is set."""
    _open(at, "foi")
    if received_on > today():
        raise RegisterError(f"{_day(received_on)} has not come. Give the day on which the request was received.")
    return write(register, at.view, FoiRequest(by=by, at=now(), because=reason_given(because), received_on=received_on))


def re_exempt(
    register: Register, at: Part2View, exemptions: Sequence[str], condition: Condition, by: str, because: str
) -> View:
    """Looked at: all of it stays exempt, on these grounds, until a later day."""
    return _looked_at(register, at, "re-exempt", exemptions, condition, by, because)


def part_release(
    register: Register, at: Part2View, exemptions: Sequence[str], condition: Condition, by: str, because: str
) -> View:
    """Looked at: some of it is no longer exempt. What is released comes in as a paper, or as a correction."""
    return _looked_at(register, at, "part-release", exemptions, condition, by, because)


def released(register: Register, at: Part2View, by: str, because: str) -> View:
    """Looked at: nothing of it is exempt any more. This writes it down, and makes nothing public."""
    _open(at, "part2-released")
    return write(register, at.view, Part2Released(by=by, at=now(), because=reason_given(because)))


def keep(
    register: Register, ref: str, next_review: date, by: str, because: str, ids: Sequence[str] = (), seen: int = 0
) -> View:
    """Looked at again: what is withheld in Part 1 stays so until a later day; all of it, or what these ids keep back.

    `seen` is the revision that the person looked at, where they did so before now.
    """
    view = look(register, ref)
    if seen and seen != view.dossier.paper.revision:
        raise Conflict(
            f"{view.dossier.paper.name} was changed since you looked at it. Nothing was written; look again."
        )
    if next_review <= today():
        raise RegisterError("The next review must lie ahead: give a day to come with --review-on.")
    there = dict.fromkeys(claim for span in view.disclosure.part2.spans for claim in span.claims)
    if missing := [each for each in ids if each not in there]:
        raise NotFound(f"{view.dossier.paper.name} has nothing withheld under “{missing[0]}”. `partone show` lists it.")
    if not there:
        raise Conflict(f"Nothing is withheld in Part 1 of {view.dossier.paper.name}.")
    said = Keep(by=by, at=now(), because=reason_given(because), keeps=tuple(ids or there), next_review=next_review)
    return write(register, view, said)


def _looked_at(
    register: Register,
    at: Part2View,
    act: Part2Act,
    exemptions: Sequence[str],
    condition: Condition,
    by: str,
    because: str,
) -> View:
    _open(at, act)
    _ahead(condition)
    said: dict[str, Any] = {"by": by, "at": now(), "because": reason_given(because), "condition": condition}
    said["exemptions"] = tuple(dict.fromkeys(_ground(each) for each in exemptions))
    if not said["exemptions"]:
        raise RegisterError("Name the ground on which it stays exempt: --exemption 'FOIA s.43(2)'.")
    return write(register, at.view, ReExempt(**said) if act == "re-exempt" else PartRelease(**said))


def _open(at: Part2View, act: Part2Act) -> None:
    """Refuse an act that is not open in the state Part 2 is in; the state's own words say why."""
    if at.state.name not in part2.row_of(act).from_:
        name = at.view.dossier.paper.name
        raise Conflict(f"Part 2 of {name} is {at.state.name}. {' '.join(at.state.reasons)} Nothing was written.")


def _ahead(condition: Condition) -> None:
    if condition.review_on <= today():
        raise RegisterError(
            f"Part 2 would have to be looked at on {_day(condition.review_on)}, which is not ahead. Give a later day."
        )


def _ground(key: str) -> str:
    row = load_exemptions().get(key)
    if row is None or row.unavailable:
        fault = "There is no exemption" if row is None else f"{body().short_name} cannot withhold under"
        raise RegisterError(f"{fault} “{key}”. `partone exemptions` lists those there are.")
    if row.key.startswith("Order"):
        raise RegisterError("The Order is no ground by itself. Name the exemption it leads to, such as FOIA s.43(2).")
    return row.key


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
