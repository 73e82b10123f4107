"""The log as a person reads it: who did what to which paper, and when; no text of a paper is in it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from sqlalchemy import func, select

from review.desk.pages import page
from review.desk.piles import TheLooker, TheStandings
from review.desk.signed import SignedIn, TheRegister
from review.errors import NotFound, SeveralPapers
from review.register import Register
from review.tables import log

router = APIRouter()
ON_A_PAGE = 100
IN_WORDS = {
    "entered": "Put it in",
    "put-in-again": "Put it in again",
    "read-again": "Read it again",
    "take": "Took it, or put it back",
    "answer": "Answered a finding",
    "withhold": "Withheld something",
    "release": "Released what was withheld or corrected",
    "retract-answer": "Took back their answer",
    "retract-approval": "Took back their approval",
    "amend": "Corrected what was read",
    "hold": "Held it back",
    "lift": "Lifted the holds",
    "approve": "Approved a public version",
    "withdraw": "Withdrew it",
    "confirm": "Confirmed the withdrawal",
    "reinstate": "Brought it back to review",
    "extend": "Deferred it for longer",
    "end-deferral": "Ended its deferral",
    "withhold-whole": "Withheld all of Part 1",
    "correct": "Said which paper it corrects",
    "keep": "Kept it withheld for longer",
    "condition": "Said when Part 2 ceases to be exempt",
    "occurred": "Noted what happened to Part 2",
    "foi": "Noted a request for Part 2",
    "re-exempt": "Kept Part 2 exempt",
    "part-release": "Released part of Part 2",
    "part2-released": "Released Part 2",
    "released": "Published a release",
    "person-added": "Added a person",
    "feed-made": "Made a calendar feed",
    "feed-ended": "Ended a calendar feed",
}


@router.get("/log")
def entries(
    request: Request,
    signed: SignedIn,
    register: TheRegister,
    standings: TheStandings,
    looker: TheLooker,
    paper: str = "",
    person: str = "",
    at: int = 1,
) -> Response:
    """The newest first, a page at a time, of all or of one paper or person."""
    return _log_page(request, signed, register, standings, looker, paper=paper, person=person, at=at)


@router.post("/log/verify")
def verify(
    request: Request,
    signed: SignedIn,
    register: TheRegister,
    standings: TheStandings,
    looker: TheLooker,
    paper: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
) -> Response:
    """Whether all is as it was written, every original read again."""
    problems = tuple(str(problem) for problem in register.verify_log())
    return _log_page(request, signed, register, standings, looker, paper=paper, person=person, at=1, problems=problems)


def _log_page(
    request: Request,
    signed: SignedIn,
    register: Register,
    standings: TheStandings,
    looker: TheLooker,
    *,
    paper: str,
    person: str,
    at: int,
    problems: tuple[str, ...] | None = None,
) -> Response:
    sha, message = _meant(register, paper)
    asked = [log.c.paper == sha] if sha else []
    if person:
        asked.append(log.c.by == person)
    names = {standing.sha256: standing.name for standing in standings.of(looker.today)}
    columns = (log.c.n, log.c.at, log.c.by, log.c.what, log.c.paper)
    with register.reading() as connection:
        every = connection.execute(select(func.count()).select_from(log)).scalar() or 0
        count = connection.execute(select(func.count()).select_from(log).where(*asked)).scalar() or 0
        people = connection.execute(select(log.c.by).where(log.c.by.is_not(None)).distinct().order_by(log.c.by))
        known = tuple(people.scalars())
        pages = max(1, -(-count // ON_A_PAGE))
        at = min(max(at, 1), pages)
        query = select(*columns).where(*asked).order_by(log.c.n.desc()).limit(ON_A_PAGE).offset((at - 1) * ON_A_PAGE)
        lines = [
            {"n": row.n, "at": row.at, "by": row.by, "paper": row.paper, "name": names.get(row.paper or ""),
             "what": IN_WORDS.get(row.what, row.what.replace("-", " ").capitalize())}
            for row in connection.execute(query)
        ]  # fmt: skip
    kept = {name: value for name, value in (("paper", paper), ("person", person)) if value}
    return page(
        request, "log.html", signed, nav="log", lines=lines, count=count, every=every, at=at, pages=pages, paper=paper,
        person=person, people=known, problems=problems, message=message,
        address=lambda number: f"/log?{urlencode(kept | {'at': number})}",
    )  # fmt: skip


def _meant(register: Register, paper: str) -> tuple[str | None, str]:
    """The paper that is meant by what was typed, or why none is."""
    if not paper.strip():
        return None, ""
    try:
        return register.find(paper).sha256, ""
    except SeveralPapers:
        return "several", f"Several papers are called “{paper.strip()}”. Write how the SHA-256 of one begins."
    except NotFound:
        return "none", f"No paper here is called “{paper.strip()}”."
