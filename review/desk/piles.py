"""The piles on the screen: what waits, why, how long and with whom; a reference that is typed opens its paper."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from review import office
from review.desk.pages import page
from review.desk.signed import Signed, SignedIn, TheRegister, allowed
from review.desk.upload import reading_now
from review.errors import NotFound, SeveralPapers
from review.piles import Looker, Pile, counts, lying_in, pile, piles_for
from review.register import Register
from review.standings import Standing, Standings
from review.why_here import ANY, line, matching

router = APIRouter()
ON_A_PAGE = 50
LANDING = "needs-a-person"
Taking = Annotated[Signed, allowed("take")]


def the_standings(request: Request) -> Standings:
    """The one quick list of this desk."""
    standings: Standings = request.app.state.standings
    return standings


def the_looker(request: Request, signed: SignedIn) -> Looker:
    """Whoever is signed in, today, by the clock that was read when the desk opened."""
    return Looker(signed.person, office.today(), request.app.state.settings.clock)


TheStandings = Annotated[Standings, Depends(the_standings)]
TheLooker = Annotated[Looker, Depends(the_looker)]


@router.get("/")
def landing(request: Request, signed: SignedIn, standings: TheStandings, looker: TheLooker) -> Response:
    """The first pile somebody looks at: for a clerk what came in, for an officer what needs a person."""
    first = LANDING if looker.reads_withheld else "new"
    return _pile_page(request, signed, standings, looker, pile(first), None, 1)


@router.get("/piles/{key}")
def one_pile(
    key: str,
    request: Request,
    signed: SignedIn,
    standings: TheStandings,
    looker: TheLooker,
    order: str | None = None,
    at: int = 1,
) -> Response:
    """One pile, so many papers to a page."""
    return _pile_page(request, signed, standings, looker, pile(key), order, at)


@router.post("/find")
def find(
    request: Request, signed: SignedIn, register: TheRegister, standings: TheStandings, looker: TheLooker,
    q: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """A reference opens its paper at once; other words are looked for in references and titles.

    They may be withheld words, so they come as a form: no address, history or log of a proxy holds them.
    """
    if paper := _named(register, q):
        return RedirectResponse(f"/papers/{quote(paper)}", 303)
    return _found(request, signed, standings, looker, q)


@router.get("/find")
def find_nothing() -> Response:
    """Where somebody comes back to a search that only its form knew."""
    return RedirectResponse("/", 303)


@router.get("/find/{reference:path}")
def find_several(
    reference: str, request: Request, signed: SignedIn, standings: TheStandings, looker: TheLooker
) -> Response:
    """The papers that bear one reference, which is no secret, each a line."""
    return _found(request, signed, standings, looker, reference)


@router.post("/take")
def take(
    signed: Taking,
    register: TheRegister,
    paper: Annotated[str, Form()],
    back: Annotated[bool, Form()] = False,
    lay_in: Annotated[str, Form()] = LANDING,
) -> Response:
    """Put a paper on one's own desk, or back; the list it was taken from is shown again."""
    view = office.take(register, paper, signed.person.name, back=back)
    where = f"/piles/{pile(lay_in).key}"
    return RedirectResponse(f"{where}#p-{view.dossier.paper.sha256[:12]}", 303)


def _pile_page(
    request: Request, signed: Signed, standings: Standings, looker: Looker, of: Pile, order: str | None, at: int
) -> Response:
    every = standings.of(looker.today)
    newest = of.newest_first if order is None else order == "newest"
    lying = lying_in(of, every, looker, newest_first=newest)
    pages = max(1, -(-len(lying) // ON_A_PAGE))
    at = min(max(at, 1), pages)
    shown = lying[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]

    def address(number: int, newest_first: bool = newest) -> str:
        asked = {"order": "newest" if newest_first else "longest"} if newest_first != of.newest_first else {}
        asked |= {"at": str(number)} if number > 1 else {}
        return f"/piles/{of.key}{'?' if asked else ''}{urlencode(asked)}"

    return page(
        request, "piles.html", signed, nav="papers", pile=of, sought="", newest=newest, at=at, pages=pages,
        lines=[line(of, standing, looker) for standing in shown], count=len(lying), address=address,
        beside=_beside(looker, every), incoming=reading_now(request, signed.person),
    )  # fmt: skip


def _found(request: Request, signed: Signed, standings: Standings, looker: Looker, words: str) -> Response:
    every = standings.of(looker.today)
    found = matching(every, words, looker)
    return page(
        request, "piles.html", signed, nav="papers", pile=None, sought=words.strip(),
        lines=[line(ANY, standing, looker) for standing in found[:ON_A_PAGE]], count=len(found),
        beside=_beside(looker, every), incoming=reading_now(request, signed.person),
    )  # fmt: skip


def _beside(looker: Looker, every: tuple[Standing, ...]) -> dict[str, list[tuple[Pile, int]]]:
    """What stands beside every list: the piles by group, each with its count."""
    counted = counts(every, looker)
    groups: dict[str, list[tuple[Pile, int]]] = {}
    for each in piles_for(looker.person):
        groups.setdefault(each.group, []).append((each, counted[each.key]))
    return groups


def _named(register: Register, words: str) -> str | None:
    """How the paper that goes by these words is called in addresses, if there is one and only one."""
    try:
        return register.find(words).sha256[:12] if words.strip() else None
    except (NotFound, SeveralPapers):
        return None
