"""The one room of argon2: what a password may be, how it is kept, and whether one that is typed is right."""

from __future__ import annotations

import re
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from review.errors import RegisterError
from review.roles import fold

LEAST, MOST = 12, 256
OBVIOUS = frozenset({
    "123456789012", "1234567890123", "12345678901234", "123456123456", "111111111111", "000000000000", "qwertyuiop12",
    "qwertyuiopas", "password1234", "password12345", "passwordpassword", "adminadminadmin", "administrator",
    "letmeinletmein", "welcome12345", "changeme1234", "changemechangeme", "iloveyou1234", "abcdefghijkl",
    "abc123abc123", "1q2w3e4r5t6y", "correcthorsebatterystaple", "officersdesk", "partonepartone", "policepolice",
})  # fmt: skip
"""What is tried first. Short of these a long password of any letters is good: no rules about figures and signs."""

HASHER = PasswordHasher()
NOBODYS = HASHER.hash("nobody's")
"""What a password is held against where nobody has that name, so that the answer takes as long."""

TURNS = BoundedSemaphore(2)
"""How many are worked out at once: each takes 64 MiB on purpose, and many at once could fill the machine."""


class PoorPassword(RegisterError):
    """A password that is too easily guessed, or none."""


def fit(password: str, name: str) -> str:
    """The password as it is kept; raises where it is too short, obvious, or little but the person's own name."""
    if len(password) < LEAST:
        raise PoorPassword(f"A password needs {LEAST} characters or more. Three random words are good.")
    if len(password) > MOST:
        raise PoorPassword(f"A password has at most {MOST} characters.")
    bare = re.sub(r"\W+", "", fold(password))
    if bare in OBVIOUS or len(set(bare)) < 4 or any(bare == word * (len(bare) // len(word)) for word in OBVIOUS):
        raise PoorPassword("That password is one of the first that anybody would try. Three random words are good.")
    own = {re.sub(r"\W+", "", part) for part in (fold(name), *fold(name).split())}
    if any(len(part) > 2 and len(bare.replace(part, "")) < LEAST // 2 for part in own):
        raise PoorPassword("That password is little more than your own name. Three random words are good.")
    return password


def hash_of(password: str) -> str:
    """What is kept of a password, with its own salt."""
    with TURNS:
        return HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; where none was, the same work is done and the answer is no."""
    with TURNS:
        try:
            HASHER.verify(kept or NOBODYS, password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a password was kept with less work than is asked for today."""
    return HASHER.check_needs_rehash(kept)
