"""The pictures of a paper's pages: whole pages, so only for who may read withheld text, and kept by no browser."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ingest.apart import Refused
from review.desk import drawings
from review.desk.signed import SignedIn, TheRegister
from review.errors import NotAllowed, NotFound
from review.roles import MAY_READ_WITHHELD, Person

PRIVATE = {"Cache-Control": "private, no-store"}

router = APIRouter()


@router.get("/papers/{ref}/pages/{number}.png")
def picture(ref: str, number: int, signed: SignedIn, register: TheRegister) -> Response:
    """One page as its reader sees it."""
    must_read_withheld(signed.person)
    sha = register.find(ref).sha256
    source = register.record(sha).source
    if not 0 < number <= source.pages:
        raise NotFound(f"This paper has no page {number}.")
    drawn = drawings.picture_of(register.home, sha, number, source.turned.get(number, 0.0)).result()
    if isinstance(drawn, Refused):
        raise NotFound(f"Page {number} could not be drawn. {drawn.reason} {drawn.remedy}")
    return Response(drawn.png, media_type="image/png", headers=PRIVATE)


def must_read_withheld(person: Person) -> None:
    """Raise where a person's role has no need of withheld text."""
    if person.role not in MAY_READ_WITHHELD:
        raise NotAllowed((f"You are signed in as {person.role}: the text of papers is for those who review them.",))
