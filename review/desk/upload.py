"""Papers come in at the desk: dropped or chosen, kept at once, read in the background, and told of in counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, FastAPI, File, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from review.desk.pages import page
from review.desk.signed import Signed, SignedIn, allowed
from review.incoming import Incoming, Sent
from review.reader import Reader
from review.roles import MAY_READ_WITHHELD, Person, fold

Entering = Annotated[Signed, allowed("enter")]


@dataclass(frozen=True, slots=True)
class ReadingNow:
    """How far the reading is, and what could not be read: to whoever may not read everything, of their own files."""

    waiting: int
    ready: int
    person: int
    known: int
    refused: int
    refusals: tuple[Sent, ...]

    @property
    def done(self) -> int:
        return self.ready + self.person + self.known + self.refused

    @property
    def total(self) -> int:
        return self.done + self.waiting


@asynccontextmanager
async def open_for_papers(app: FastAPI) -> AsyncIterator[None]:
    """Read what was sent as long as the desk is open, and first what an earlier desk left unread."""
    with the_reader(app).at_work():
        yield


router = APIRouter(lifespan=open_for_papers)


def the_reader(app: FastAPI) -> Reader:
    """The one reader of this desk; it works as long as the desk is open."""
    if not hasattr(app.state, "reader"):
        app.state.reader = Reader(app.state.register, Incoming(app.state.register.home))
    reader: Reader = app.state.reader
    return reader


def reading_now(request: Request, person: Person) -> ReadingNow:
    """How far the reading is, for the page of a pile."""
    reader = the_reader(request.app)
    counted = reader.count
    everything = person.role in MAY_READ_WITHHELD
    refusals = tuple(s for s in reader.incoming.refused() if everything or fold(s.by) == fold(person.name))
    return ReadingNow(
        len(reader.incoming.waiting()), counted["ready"], counted["person"], counted["known"], counted["refused"],
        refusals,
    )  # fmt: skip


@router.post("/incoming")
def send(request: Request, signed: Entering, files: Annotated[list[UploadFile], File()]) -> Response:
    """Keep the files that are sent; when this answers they are on the disk, whatever becomes of the desk."""
    reader = the_reader(request.app)
    reader.begin()
    for file in files:
        if file.filename and reader.incoming.keep(file.filename, file.file, signed.person.name).refused:
            reader.count["refused"] += 1
    reader.wake()
    return RedirectResponse("/incoming" if _in_part(request) else "/piles/new", 303)


@router.get("/incoming")
def how_far(request: Request, signed: SignedIn) -> Response:
    """The part of a page that says how far the reading is."""
    template = "incoming.html" if _in_part(request) else "incoming-page.html"
    return page(request, template, signed, nav="papers", incoming=reading_now(request, signed.person))


@router.post("/incoming/{name}/dismiss")
def dismiss(name: str, request: Request, signed: Entering) -> Response:
    """Forget a file that could not be read, once somebody has seen to it."""
    reader = the_reader(request.app)
    everything = signed.person.role in MAY_READ_WITHHELD
    reader.incoming.dismiss(name, None if everything else signed.person.name)
    return RedirectResponse("/incoming" if _in_part(request) else "/", 303)


def _in_part(request: Request) -> bool:
    """Whether the script asks, which puts the answer into the page that is there."""
    return request.headers.get("x-part") == "incoming"
