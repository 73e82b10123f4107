"""The page of one paper: its page pictures on one side, findings, fields and passages on the other, its version below.

Everything is drawn by the server from the address alone, so that links keep the place and no script is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extract.amend import fields
from extract.texts import public_texts
from ingest.document import Document
from publish.view import reading
from review import office
from review.desk import differing, drawings, panels
from review.desk.bar import bar_of
from review.desk.pages import page as shown
from review.desk.places import Look, Tab, Where, name_in_addresses
from review.desk.sheet import sheet_of
from review.desk.signed import SignedIn, TheRegister
from review.desk.steps import Typed, all_grounds
from review.desk.undo import DONE as UNDONE
from review.desk.undo import undo_of, undo_of_approval
from review.office import View
from review.register import Register
from review.roles import MAY_READ_WITHHELD
from review.told_to_clerks import told_to_clerks

A4 = (595.32, 841.92)  # points
SOON = 0.25  # seconds that a page waits for its picture and its words; then it opens without
DONE = {
    "answered": "Your answer is saved.", "withheld": "Withheld. The public version has changed.",
    "released": "Released. The public version has changed.", "held": "The paper is held until somebody lifts the hold.",
    "lifted": "The hold is lifted.", "taken": "The paper is with you.", "put-back": "The paper is nobody’s again.",
    "approved": "You have approved this version.", "withdrawn": "Withdrawn: the next release takes it off the site.",
    "reinstated": "Back in review: it needs two approvals as if it were new.", "amended": "Your correction is saved.",
    "confirmed": "The withdrawal is confirmed.", "extended": "Deferred until the new day.",
    "ended": "The deferral is over.", "withheld-whole": "You have said that the whole paper is withheld.",
    **UNDONE,
}  # fmt: skip

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the keys lead: the one before, the next, and the pages beside this one. Empty where there is none."""

    before: str = ""
    after: str = ""
    page_before: str = ""
    page_after: str = ""


@router.get("/papers/{ref}")
def paper(
    request: Request,
    ref: str,
    signed: SignedIn,
    register: TheRegister,
    page: str = "",
    view: str = "",
    tab: str = "",
    select: str = "",
    done: str = "",
) -> HTMLResponse:
    """One paper as it stands; a clerk sees where it stands and why, and none of its text."""
    seen = office.look(register, ref)
    where = place_asked(seen, page, view, tab, select)
    told: dict[str, Any] = {
        "paper": seen.dossier.paper,
        "view": seen,
        "where": where,
        "done": DONE.get(done, ""),
        "nav": "papers",
        "taken_by": seen.dossier.taken_by,
    }
    if signed.person.role not in MAY_READ_WITHHELD:
        return shown(request, "paper-state.html", signed, reasons=bare_reasons(seen), title=seen.public_title, **told)
    told |= {"bar": bar_of(seen, signed.person, office.today()), "undo": undo_of(seen, signed.person.name)}
    told |= {"approval_undo": undo_of_approval(seen, signed.person.name)}
    told |= {"amendable": fields(seen.record)}
    told |= {"all_grounds": all_grounds, "typed": Typed(), "findings": panels.finding_rows(seen, where)}
    looks = {"original": _original, "public": _public, "difference": _difference}
    return shown(request, "paper.html", signed, **(told | looks[where.look](register, seen, where)))


def _original(register: Register, view: View, where: Where) -> dict[str, Any]:
    sha, source = view.dossier.paper.sha256, view.record.source
    laid = drawings.laid_out(register.home, sha)
    drawn = drawings.picture_of(register.home, sha, where.page, source.turned.get(where.page, 0.0))
    if where.page < source.pages:  # so that the next page is there when it is asked for
        after = where.page + 1
        drawings.picture_of(register.home, sha, after, source.turned.get(after, 0.0))
    picture = drawings.soon(drawn, SOON)
    document = drawings.soon(laid, SOON)
    rows: dict[str, Any] = {"groups": (), "passages": ()}
    anchors = [row.href for row in panels.finding_rows(view, where)]
    if where.tab == "fields":
        rows["groups"] = groups = panels.field_groups(view, where)
        anchors = [row.href for _, found in groups for row in found]
    if where.tab == "passages":
        rows["passages"] = passages = panels.passage_rows(view, where)
        anchors = [row.href for row in passages]
    size = (picture.width, picture.height) if picture else _size(document, where.page)
    return {
        **rows,
        "sheet": sheet_of(view, where, size, document),
        "failed": drawn.done() and picture is None,
        "fields": len(view.record.evidence),
        "texts": sum(1 for _ in public_texts(view.record)),
        "aimed": _aimed(view, where),
        "steps": _steps(anchors, where, source.pages),
    }


def _aimed(view: View, where: Where) -> str:
    """What pressing W withholds where no words are selected: the chosen passage, or the one a chosen finding names."""
    kind, _, name = where.select.partition(":")
    if kind == "finding":
        name = next((f.passage or "" for f in view.dossier.findings if f.id == name), "")
    return f"?{urlencode({'place': name})}" if kind in ("passage", "finding") and name else ""


def _public(_: Register, view: View, where: Where) -> dict[str, Any]:
    part1 = view.disclosure.part1
    return {
        "part1": part1,
        "reading": reading(part1) if part1 else None,
        "steps": _steps((), where, view.record.source.pages),
    }


def _difference(register: Register, view: View, where: Where) -> dict[str, Any]:
    rows = differing.difference(view)
    now, then = differing.public_now(register.home, view), view.disclosure.part1
    differ = [row for row in rows if not row.same]
    anchors = [where.selecting(f"passage:{row.place}") for row in differ]
    return {
        "rows": rows,
        "runs": differing.runs(rows),
        "differ": len(differ),
        "changes": differing.changes(now, then) if now and then else None,
        "now": now,
        "steps": _steps(anchors, where, view.record.source.pages),
    }


def _steps(anchors: Sequence[str], where: Where, pages: int) -> Steps:
    at = anchors.index(where.address) if where.address in anchors else None
    return Steps(
        before=anchors[at - 1] if at else "",
        after=anchors[0 if at is None else at + 1] if anchors and (at is None or at + 1 < len(anchors)) else "",
        page_before=where.on(where.page - 1) if where.page > 1 else "",
        page_after=where.on(where.page + 1) if where.page < pages else "",
    )


def place_asked(view: View, page: str, look: str, tab: str, select: str) -> Where:
    """What the address asks for, as far as this paper has it."""
    pages = max(view.record.source.pages, 1)
    number = min(max(int(page), 1), pages) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    looks: dict[str, Look] = {name: name for name in get_args(Look)}
    tabs: dict[str, Tab] = {name: name for name in get_args(Tab)}
    where = Where(name_in_addresses(view.dossier), looks.get(look, "original"), number, tabs.get(tab, "findings"))
    return replace(where, select=select[:300])


def bare_reasons(view: View) -> tuple[str, ...]:
    """Why a paper stands where it does, with its pages, for who may not read it: no less than its line in a list."""
    findings = [f for f in view.dossier.findings if f.severity != "note" and not f.answered_by]
    told = told_to_clerks(findings, view.state.reasons)
    return tuple(f"{why.removesuffix('.')} (page {page})." if page else why for why, page in told)


def _size(document: Document | None, page: int) -> tuple[float, float]:
    if document is None or len(document.pages) < page:
        return A4
    return document.pages[page - 1].width, document.pages[page - 1].height
