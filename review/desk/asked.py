"""The steps that ask for a reason, as rows, and the keys there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ALL_KEYS = (
    ("J K", "next, previous"), ("Enter", "open"), ("1 2 3", "original, public, difference"),
    ("[ ]", "previous page, next page"), ("W", "withhold what is selected"),
    ("C L P E O", "in withholding: commercial, legal, personal, enforcement, other"), ("H", "hold"), ("T", "take it"),
    ("Ctrl Enter", "save and next, while typing too"), ("/", "find a reference"), ("?", "this list"),
    ("→ ←", "in a passage: the next word, the word before; with Shift more words"), ("Esc", "close, or let go"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A step that asks for a reason: what it says, what it asks, and who reads the answer."""

    deed: str
    title: str
    button: str
    asks: str = "Why"
    who_reads: str = "private, kept in the log"
    lines: tuple[str, ...] = ()
    warning: str = ""
    twice: str = ""
    dated: str = ""
    grounded: bool = False


STEPS: Mapping[str, Step] = {
    "hold": Step("hold", "Hold this paper", "Hold it", lines=("It does not go out until somebody lifts the hold.",)),
    "lift": Step("lift", "Lift the hold", "Lift every hold", lines=("This ends every hold on the paper.",)),
    "withdraw": Step(
        "withdraw", "Withdraw this paper", "Withdraw it",
        lines=("The next release takes it off the public site, and its page says that it was withdrawn.",),
        warning="Every approval ends. To bring it back it must be reinstated and approved by two people again.",
        twice="Yes, I mean this paper: take it off.",
    ),
    "reinstate": Step(
        "reinstate", "Reinstate this paper", "Reinstate it",
        lines=("It goes back to review and needs two approvals as if it were new.",),
    ),
    "confirm": Step(
        "confirm", "Confirm the withdrawal", "Confirm it",
        lines=("Somebody else withdrew it. A second person says within a working day that this was right.",),
    ),
    "extend": Step(
        "extend", "Defer publication until another day", "Defer it", dated="Deferred until",
        warning="This makes a new public version. Two people must approve it.",
    ),
    "end-deferral": Step(
        "end-deferral", "End the deferral", "End it",
        lines=("The day has come, or it need not wait any longer. It goes out with the next release.",),
    ),
    "withhold-whole": Step(
        "withhold-whole", "Withhold the whole paper", "Withhold all of it", who_reads="it may be read by the public",
        lines=("Only where no part of it can go out. Two people must say so.",), grounded=True,
        twice="Yes, all of Part 1 is exempt.",
    ),
    "release": Step("release", "Release what is withheld", "Release it", warning="This makes a new public version."),
}  # fmt: skip
