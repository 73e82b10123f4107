"""The life of Part 1 as one table: every act, from which states to which, who may do it, and on what evidence.

Who may do what (`review.roles`), in which states an act is open, which acts end approvals and which never wait for a
fresh look are read off these rows; docs/officers.md prints them, and a test holds that every step that is ever seen is
one of them. Why it is as it is: docs/decisions/0014.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["clerk", "reviewer", "releaser", "administrator"]
Act = Literal[
    "enter", "correct", "take", "answer", "amend", "withhold", "release", "hold", "lift", "approve", "extend",
    "end-deferral", "withhold-whole", "publish", "withdraw", "confirm", "reinstate",
    "retract-answer", "retract-approval",
    "keep", "condition", "occurred", "foi", "re-exempt", "part-release", "part2-released",
    "administer",
]  # fmt: skip
Event = Literal["read again", "a day comes", "another paper"]  # what the house does, or time
StateName = Literal[
    "quarantined", "held", "in-review", "approved", "deferred", "published", "corrected", "withdrawn", "withheld"
]

BEING_LOOKED_AT: frozenset[StateName] = frozenset({"quarantined", "held", "in-review"})
PRESENT: frozenset[StateName] = BEING_LOOKED_AT | {"approved", "deferred", "published", "withheld"}
ALL: frozenset[StateName] = PRESENT | {"corrected", "withdrawn"}
OFFICERS: frozenset[Role] = frozenset({"reviewer", "releaser"})
STAFF: frozenset[Role] = OFFICERS | {"clerk"}


@dataclass(frozen=True, slots=True)
class Move:
    """One row: who may take a paper from these states to those, and what it takes.

    `before` is empty where the paper is not in the register yet, `by` where the house does it by itself. What
    `ends_approvals` can change what the public would read. What is done `at_once` only keeps something back, or changes
    nothing, and so never waits for a fresh look at the paper.
    """

    act: Act | Event
    before: frozenset[StateName]
    after: frozenset[StateName]
    by: frozenset[Role]
    people: int
    evidence: str
    ends_approvals: bool = False
    at_once: bool = False


def _said(act: Act, evidence: str) -> Move:
    """A row of something that is said of the text or its grounds: approvals end, and the paper is looked at again."""
    return Move(act, PRESENT, BEING_LOOKED_AT, OFFICERS, 1, evidence, ends_approvals=True)


def _noted(act: Act, before: frozenset[StateName], by: frozenset[Role], evidence: str, *, at_once: bool) -> Move:
    """A row of something that leaves the paper where it stands."""
    return Move(act, before, before, by, 1, evidence, at_once=at_once)


SETTLED: frozenset[StateName] = frozenset({"in-review", "approved", "deferred", "published"})

MOVES: tuple[Move, ...] = (
    Move("enter", frozenset(), BEING_LOOKED_AT, STAFF, 1, "the PDF, its SHA-256, who put it in and when"),
    Move("correct", BEING_LOOKED_AT, BEING_LOOKED_AT, STAFF, 1,
         "a new PDF of a decision that has been public, and why", ends_approvals=True),
    _noted("take", ALL, STAFF, "nothing: it says who has the paper", at_once=True),
    _said("answer", "a reason, and a value where the finding asks for one"),
    _said("retract-answer", "one’s own answer, by its number in the log; the finding is open again"),
    _said("amend", "what the paper says; the machine’s reading is kept beside it"),
    _said("withhold", "a place, a ground of the table, and a reason that may be published"),
    _said("release", "the id of what is overruled, and a reason"),
    _said("extend", "the new day and a new reason; beyond three months it is a finding, beyond twelve it blocks"),
    _said("keep", "what is kept back, looked at again, and the day of the next look"),
    _said("condition", "when Part 2 is looked at again"),
    _said("re-exempt", "Part 2 looked at: the grounds, and the next look"),
    _said("part-release", "Part 2 looked at: what is no longer exempt"),
    _said("part2-released", "Part 2 looked at: nothing is exempt any more"),
    _noted("occurred", PRESENT, OFFICERS, "what shows that an awaited event has happened", at_once=False),
    _noted("foi", PRESENT, OFFICERS, "the day of the request", at_once=False),
    Move("hold", PRESENT, frozenset({"quarantined", "held"}), OFFICERS, 1, "a reason", at_once=True),
    Move("lift", PRESENT, PRESENT, OFFICERS, 1, "a reason"),
    Move("approve", frozenset({"in-review"}), SETTLED, OFFICERS, 2,
         "the digest of the public version; two people, neither of whom entered or drafted the paper"),
    Move("retract-approval", BEING_LOOKED_AT | {"approved", "deferred"}, BEING_LOOKED_AT, OFFICERS, 1,
         "one’s own approval, by its number in the log, of a version that is not public"),
    Move("end-deferral", frozenset({"deferred"}), frozenset({"approved"}), OFFICERS, 1,
         "the day has come, and a person says that it is over"),
    Move("withhold-whole", PRESENT, frozenset({"quarantined", "held", "withheld"}), frozenset({"releaser"}), 2,
         "a ground and a reason; whether even its existence is withheld", ends_approvals=True),
    Move("publish", frozenset({"approved"}), frozenset({"published"}), frozenset({"releaser"}), 1,
         "the built site proven, on the digest that was approved"),
    Move("withdraw", PRESENT, frozenset({"withdrawn"}), OFFICERS, 1, "a reason, which is the incident’s", at_once=True),
    _noted("confirm", frozenset({"withdrawn"}), OFFICERS, "a second person, within one working day", at_once=False),
    Move("reinstate", frozenset({"withdrawn"}), BEING_LOOKED_AT | {"corrected"}, OFFICERS, 1, "a reason"),
    Move("read again", ALL, ALL, frozenset(), 0, "the same PDF, read by a later edition of the house"),
    Move("a day comes", PRESENT, PRESENT, frozenset(), 0, "the calendar; nothing is published by it"),
    Move("another paper", PRESENT, PRESENT | {"corrected"}, frozenset(), 0,
         "one with the same reference came, went, or was published as its correction"),
)  # fmt: skip
"""In this order docs/officers.md prints them. `administer`, which concerns people and no paper, is no row."""


ACTS: tuple[Act, ...] = get_args(Act)
OPEN_TO: dict[Act, frozenset[StateName]] = {act: move.before for move in MOVES for act in ACTS if move.act == act}
"""In which states an act is open at all."""
ENDS_APPROVALS: frozenset[str] = frozenset(move.act for move in MOVES if move.ends_approvals)
LOOKED_AT_ANEW: frozenset[str] = ENDS_APPROVALS | {
    "hold", "lift", "withdraw", "reinstate", "retract-approval",
}  # fmt: skip
"""The acts after which what somebody saw before no longer stands: nobody lifts a hold that they have not seen."""
AT_ONCE: frozenset[str] = frozenset(move.act for move in MOVES if move.at_once)


def is_a_move(act: str, before: StateName | None, after: StateName) -> bool:
    """Whether the table knows this step; what is said of a paper may always leave it where it stands."""
    rows = [move for move in MOVES if move.act == act]
    if before == after and act in get_args(Event):
        return True
    if before is None:
        return any(not move.before and after in move.after for move in rows)
    return any(before in move.before and (after in move.after or after == before) for move in rows)


def carried_by(role: Role) -> frozenset[Act]:
    """The acts that a role carries; an administrator looks after people, which is no row."""
    if role == "administrator":
        return frozenset({"administer"})
    acts = {move.act for move in MOVES if role in move.by}
    return frozenset(act for act in ACTS if act in acts)
