"""Who is at the desk: what a route asks for to know it, and what it refuses where nobody is or the role is another."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated, Any

from fastapi import Depends, Request

from review.errors import NotAllowed, RegisterError
from review.register import Register
from review.roles import Act, Person, a, may, who_may

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Signed:
    """A person at the desk, and the token that each of their forms bears."""

    person: Person
    csrf: str


class NobodySigned(RegisterError):
    """Nobody is signed in."""


class ForeignForm(RegisterError):
    """What was sent did not come from a page that the desk gave to this browser."""


def csrf_of(token: str) -> str:
    """The word that forms bear for the bearer of a cookie: whoever cannot read the cookie cannot make it."""
    return sha256(f"form\n{token}".encode(errors="replace")).hexdigest()


def the_register(request: Request) -> Register:
    """The one register, opened when the desk was."""
    register: Register = request.app.state.register
    return register


def signed_in(request: Request) -> Signed:
    """Whoever is signed in; where nobody is, the answer is the sign-in page, or 401."""
    signed: Signed | None = request.scope.get("signed")
    if signed is None:
        raise NobodySigned("Sign in first.")
    return signed


def allowed(act: Act) -> Any:
    """A dependency: whoever is signed in, if their role carries the act."""

    def permitted(signed: Annotated[Signed, Depends(signed_in)]) -> Signed:
        if not may(signed.person.role, act):
            raise NotAllowed((f"You are signed in as {signed.person.role}; to {act} takes {a(who_may(act))}.",))
        return signed

    return Depends(permitted)


async def from_our_own_page(request: Request) -> None:
    """Before every route: whatever is sent must bear the word of a page that this browser was given."""
    if request.method in SAFE:
        return
    told = request.headers.get("x-csrf-token")
    if told is None:
        field = (await request.form()).get("csrf")
        told = field if isinstance(field, str) else ""
    token = request.scope.get("visitor") or ""
    if not token or not compare_digest(told.encode(), csrf_of(token).encode()):
        raise ForeignForm("This page was too old, or not one of ours. Nothing was changed. Load it again and repeat.")


TheRegister = Annotated[Register, Depends(the_register)]
SignedIn = Annotated[Signed, Depends(signed_in)]
