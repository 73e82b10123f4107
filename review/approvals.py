"""Which approvals of a paper still count, by what was said and done since: read off its history alone."""

from __future__ import annotations

from collections.abc import Sequence

from review.acts import CHANGE_PUBLIC, Approve, Event, Published, RetractApproval, Withdraw, kind_of
from review.roles import fold


def given_in(history: Sequence[Event]) -> tuple[Approve, ...]:
    """The approvals in a stretch of a history that their own giver did not take back after, in order.

    A taking back reaches only what the same person approved before it: whoever it names, no other approval falls.
    """
    back: set[tuple[str, str]] = set()
    kept: list[Approve] = []
    for event in reversed(history):
        if isinstance(event, RetractApproval):
            back.add((fold(event.by), event.digest))
        elif isinstance(event, Approve) and (fold(event.by), event.digest) not in back:
            kept.append(event)
    return tuple(reversed(kept))


def since_withdrawal(history: Sequence[Event]) -> Sequence[Event]:
    """The part of a history that still counts: a withdrawal ends every approval and every publication."""
    last = max((at for at, event in enumerate(history) if isinstance(event, Withdraw)), default=-1)
    return history[last + 1 :]


def since_change(history: Sequence[Event]) -> Sequence[Event]:
    """The part of a history in which approvals count: what anybody says of the text ends those given before.

    Even where the same words come back: what one person withheld, one person alone must not be able to show again.
    """
    left = since_withdrawal(history)
    last = max((at for at, event in enumerate(left) if changes_public(event)), default=-1)
    return left[last + 1 :]


def changes_public(event: Event) -> bool:
    """Whether it can change what the public would read."""
    return not isinstance(event, Published) and kind_of(event) in CHANGE_PUBLIC
