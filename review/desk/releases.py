"""Releases at the desk: what the next one would change, making it, those that were made, and their certificates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from publish.body import body
from review import office
from review.acts import Event, Published
from review.approvals import given_in, since_change
from review.desk.pages import page
from review.desk.piles import TheLooker, TheStandings
from review.desk.signed import Signed, SignedIn, TheRegister, allowed, signed_in
from review.dossier import read_dossiers
from review.errors import NotFound
from review.register import Register
from review.releases import Released
from review.releasing import SAYS, Releasing, certificate_of, changes
from review.why_here import title_for

router = APIRouter()
ON_A_PAGE = 50
Publishing = Annotated[Signed, allowed("publish")]


@dataclass(frozen=True, slots=True)
class Line:
    """One version in a release, and who approved it: by name at the desk, by role on the public copy."""

    name: str
    title: str | None
    number: int
    note: str
    digest: str
    approvals: tuple[tuple[str, str, datetime], ...]


def the_releasing(request: Request, register: TheRegister) -> Releasing:
    """What makes the releases of this desk."""
    if not hasattr(request.app.state, "releasing"):
        request.app.state.releasing = Releasing(register)
    releasing: Releasing = request.app.state.releasing
    return releasing


TheReleasing = Annotated[Releasing, Depends(the_releasing)]


@router.get("/releases")
def overview(
    request: Request,
    signed: SignedIn,
    register: TheRegister,
    standings: TheStandings,
    looker: TheLooker,
    releasing: TheReleasing,
) -> Response:
    """What would change publicly, how far a release is, and all that were made."""
    every = standings.of(office.today())
    would = [(change, title_for(change.standing, looker)) for change in changes(register.home, every)]
    made = tuple(reversed(register.releases()))
    return page(
        request, "releases.html", signed, nav="release", would=would[:ON_A_PAGE], count=len(would), says=SAYS,
        releases=made[:ON_A_PAGE], made=len(made), attempt=releasing.latest, at_work=releasing.at_work,
    )  # fmt: skip


@router.post("/releases")
def release(signed: Publishing, releasing: TheReleasing) -> Response:
    """Make a release; the page tells how it goes, and leaving it is safe."""
    releasing.start(signed.person.name)
    return RedirectResponse("/releases", 303)


@router.get("/releases/{number}")
def certificate(
    number: int,
    request: Request,
    signed: SignedIn,
    register: TheRegister,
    standings: TheStandings,
    looker: TheLooker,
    copy: str = "desk",
) -> Response:
    """The certificate of a release, to print; its public copy names roles and no people."""
    released, place = _released(register, number)
    every = {standing.sha256: standing for standing in standings.of(office.today())}
    with register.reading() as connection:
        dossiers = read_dossiers(connection, {sha for sha, _ in released.versions})
    history = {dossier.paper.sha256: dossier.history for dossier in dossiers}
    lines = []
    for sha, version in released.versions:
        standing = every[sha]
        title = standing.public_title if copy == "public" else title_for(standing, looker)
        approvals = tuple(_approvals(history[sha], version.digest))
        lines.append(Line(standing.name, title, version.number, version.note, version.digest, approvals))
    return page(
        request, "certificate.html", signed, nav="release", released=released, place=place, lines=lines, body=body(),
        certificate=certificate_of(register.home, released.certificate_digest), public=copy == "public",
    )  # fmt: skip


@router.get("/releases/{number}/certificate.json", dependencies=[Depends(signed_in)])
def certificate_as_data(number: int, register: TheRegister) -> Response:
    """The certificate as it lies on the public site."""
    released, _ = _released(register, number)
    found = certificate_of(register.home, released.certificate_digest)
    if found is None:
        raise NotFound("The files of that release are not kept any more; its digest is in the register.")
    return JSONResponse(found.model_dump(mode="json", by_alias=True))


def _approvals(history: Sequence[Event], digest: str) -> Iterator[tuple[str, str, datetime]]:
    """Who approved a version before it went out."""
    out = next(at for at, event in enumerate(history) if isinstance(event, Published) and event.digest == digest)
    for event in given_in(since_change(history[:out])):
        if event.digest == digest:
            yield event.by, event.role, event.at


def _released(register: Register, number: int) -> tuple[Released, int]:
    """The release of that number in the log, and the how manieth it is."""
    for place, released in enumerate(register.releases(), 1):
        if released.n == number:
            return released, place
    raise NotFound(f"There is no release {number}.")
