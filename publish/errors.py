"""What can go wrong on the way out, each with its exit code. A message names a place and a remedy, never a text.

`publish` imports nothing of ours but itself, so it has its own base; the command line reads `exit_code` from either.
"""

from __future__ import annotations


class PublishError(Exception):
    """Base of every failure of publishing that a person is told about; `exit_code` is the contract's."""

    exit_code = 2


class ShelfError(PublishError):
    """Something on the shelf is not an approved public version. Nothing is released while it lies there."""

    exit_code = 4


class Stopped(PublishError):
    """Something stopped a release half-way, a full disk for one; the public site is still the old one."""

    exit_code = 4


class BusyError(PublishError):
    """Another publisher holds the lock."""

    exit_code = 1


class Leak(PublishError):
    """The built site could not be proven clean. Nothing was released; `problems` says where, not what."""

    exit_code = 4

    def __init__(self, problems: tuple[object, ...]) -> None:
        listed = "\n".join(f"  {problem}" for problem in problems[:20])
        more = f"\n  and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(f"Not released. The public site is unchanged.\n{listed}{more}")
        self.problems = problems
