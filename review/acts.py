"""What a person does with a paper as a whole, beside what `extract.claims` lets them say of its passages.

All of it is claims: kept in order, never edited, and a paper's state is read off them each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from extract.claims import Amend, Answer, Keep, PersonsClaim, Release, Withhold
from publish.part1 import Sha256
from review.moves import AT_ONCE, ENDS_APPROVALS, LOOKED_AT_ANEW, Role
from review.part2_acts import FoiRequest, Occurred, Part2Claim, Part2Released, PartRelease, ReExempt, SetCondition


class Take(PersonsClaim):
    """Say who has the paper on their desk, so that others leave it to them; `back`: nobody has it any more.

    It changes nothing that the public reads, and keeps nobody from anything.
    """

    back: bool = False


class Hold(PersonsClaim):
    """Keep the paper back until somebody lifts the hold. `because` is shown to officers as the reason."""


class Lift(PersonsClaim):
    """End every hold laid on the paper so far."""


class Approve(PersonsClaim):
    """Approve one exact public version, named by its digest, in the role the person had that day."""

    digest: Sha256
    role: Role
    stub: Sha256 | None = None  # what stands in its place until the day comes, where publication is deferred
    bare: Sha256 | None = None  # and that without its title and reason, for the time that something of it is in doubt


class RetractAnswer(PersonsClaim):
    """Take back one's own answer to a finding, which is open again. `of` is its number in the log; both are kept."""

    of: int
    finding: str


class RetractApproval(PersonsClaim):
    """Take back one's own approval of a version that is not public yet; what others approved stands."""

    of: int
    digest: Sha256


class Extend(PersonsClaim):
    """Defer publication until another day: a new decision, with a reason of its own, which officers alone read."""

    until: date


class EndDeferral(PersonsClaim):
    """Say that the deferral that ends on this day is over: a day that comes publishes nothing by itself."""

    until: date


class WithholdWhole(PersonsClaim):
    """Withhold all of Part 1; it takes two people. Only that the decision exists is public, with the ground.

    Where both say so, not even that (`existence`): neither confirmed nor denied. The rest is what they saw the public
    would read of it: nothing else is told, whatever is corrected since.
    """

    id: str
    exemption: str
    existence: bool = False
    role: Role
    reference: str | None = None
    decision_maker: str | None = None
    signed_on: date | None = None


class Correct(PersonsClaim):
    """Say that this paper is the corrected one of a decision that has been public: it becomes its next version."""

    replaces: Sha256


class Withdraw(PersonsClaim):
    """Take the paper out of the public site; one person may, at once. Every approval given so far ends.

    The rest is what was public of it and stays so at its address, which never disappears; of what never was, nothing.
    """

    reference: str | None = None
    decision_maker: str | None = None
    signed_on: date | None = None


class ConfirmWithdrawal(PersonsClaim):
    """A second person says that the withdrawal was right."""


class Reinstate(PersonsClaim):
    """Bring a withdrawn paper back to review, where it needs two approvals as if it were new."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release made this version public."""

    digest: str
    number: int
    published_on: date
    note: str


Kind = Literal[
    "take", "answer", "amend", "withhold", "release", "hold", "lift", "approve", "withdraw", "reinstate",
    "extend", "end-deferral", "withhold-whole", "correct", "confirm", "retract-answer", "retract-approval",
    "keep", "condition", "occurred", "foi", "re-exempt", "part-release", "part2-released",
]  # fmt: skip
Claim = (
    Take | Answer | Amend | Withhold | Release | Hold | Lift | Approve | Extend | EndDeferral | WithholdWhole | Correct
    | RetractAnswer | RetractApproval | Withdraw | ConfirmWithdrawal | Reinstate | Keep | Part2Claim
)  # fmt: skip
Event = Claim | Published

KINDS: dict[Kind, type[Claim]] = {
    "take": Take, "answer": Answer, "amend": Amend, "withhold": Withhold, "release": Release, "hold": Hold,
    "lift": Lift, "approve": Approve, "extend": Extend, "end-deferral": EndDeferral, "withhold-whole": WithholdWhole,
    "correct": Correct, "withdraw": Withdraw, "confirm": ConfirmWithdrawal, "reinstate": Reinstate,
    "retract-answer": RetractAnswer, "retract-approval": RetractApproval,
    "keep": Keep, "condition": SetCondition, "occurred": Occurred, "foi": FoiRequest, "re-exempt": ReExempt,
    "part-release": PartRelease, "part2-released": Part2Released,
}  # fmt: skip

# These can change what the public would read, and end the approvals of it.
CHANGE_PUBLIC: frozenset[Kind] = frozenset(kind for kind in KINDS if kind in ENDS_APPROVALS)
# Each of these raises the paper's revision: whoever saw an earlier one must look again.
RAISE: frozenset[Kind] = frozenset(kind for kind in KINDS if kind in LOOKED_AT_ANEW)
# These only ever keep something back, or change nothing at all, so they never wait for a fresh look at the paper.
NEVER_STALE: frozenset[Kind] = frozenset(kind for kind in KINDS if kind in AT_ONCE)


def kind_of(claim: Claim) -> Kind:
    """The word a claim is stored and logged under."""
    return next(kind for kind, shape in KINDS.items() if type(claim) is shape)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as the register keeps it: its place in the log, and the reading of the paper it was said of."""

    n: int
    claim: Claim
    record_digest: str
    rules_digest: str
