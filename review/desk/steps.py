"""The steps that ask something first, each a page of its own that a script may also show in a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from extract.amend import fields, reading
from extract.checks import personal_names
from ingest.apart import Refused, read_apart
from review import office
from review.case import Case
from review.desk import aims, grounds
from review.desk.asked import ALL_KEYS, STEPS
from review.desk.pages import page as shown
from review.desk.panels import anchor, field_name
from review.desk.pictures import must_read_withheld
from review.desk.places import Where, name_in_addresses, short
from review.desk.signed import Signed, SignedIn, TheRegister, allowed
from review.errors import NotFound
from review.office import View
from review.register import Register

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed so far in a step; shown again where it could not be done."""

    because: str = ""
    value: str = ""
    until: str = ""
    also: str = ""
    words: str = ""
    name: str = ""
    exemption: str = ""
    other: str = ""
    review_on: str = ""
    claim: str = ""
    spans: tuple[str, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What a step's page is told: who asks, what they typed, where they came from, and what went wrong."""

    request: Request
    signed: Signed
    view: View
    typed: Typed = field(default_factory=Typed)
    back: str = ""
    message: str = ""
    status: int = 200

    def page(self, template: str, **more: object) -> HTMLResponse:
        where = Where(name_in_addresses(self.view.dossier))
        told: dict[str, Any] = {
            "paper": self.view.dossier.paper, "view": self.view, "where": where, "typed": self.typed,
            "back": self.back or where.address, "message": self.message, "nav": "papers",
            "lapses": lapsing(self.view), "all_grounds": all_grounds,
        }  # fmt: skip
        return shown(self.request, template, self.signed, self.status, **(told | more))


def lapsing(view: View) -> str:
    """Whose approvals of this version a change would end."""
    dossier = view.dossier
    case = Case(dossier.facts, dossier.findings, dossier.history, view.candidate, office.today(), view.obstacles)
    return aims.lapses(case.approvers)


def all_grounds() -> tuple[tuple[str, tuple[grounds.Choice, ...]], ...]:
    """Every ground, for lists to choose one from."""
    return (("Most often", grounds.common()), *grounds.others())


def saying(told: Told, deed: str) -> HTMLResponse:
    """The page of a step that asks for a reason."""
    step = STEPS[deed]
    return told.page("paper-say.html", step=step)


def withholding_page(told: Told, aim: aims.Aim, missing: tuple[grounds.Need, ...] = ()) -> HTMLResponse:
    """The page that asks on which ground."""
    return told.page(
        "paper-withhold.html", aim=aim, common=grounds.common(), others=grounds.others(), needs=grounds.NEEDS,
        missing=missing,
    )  # fmt: skip


def answering(told: Told, finding_id: str) -> HTMLResponse:
    """The page of one finding and its answer."""
    asked = {finding.id: finding for finding in told.view.dossier.findings}.get(finding_id)
    if asked is None:
        raise NotFound("The paper has no such finding any more.")
    names = bool(personal_names.names_asked(told.view.record, finding_id))
    return told.page("paper-answer.html", finding=asked, anchor=anchor("finding", finding_id), names=names)


def amending(told: Told, path: str) -> HTMLResponse:
    """The page on which a field or a passage is corrected."""
    if path not in fields(told.view.record):
        raise NotFound("That cannot be corrected: it is not read from the paper.")
    before = {each.field: each.was for each in told.view.amendments}
    read = before[path] if path in before else reading(told.view.record, path)
    name = field_name(path) if field_name(path) != path else short(path)
    return told.page("paper-amend.html", field=path, called=name, read=read)


def aim_of(register: Register, view: View, asked: Mapping[str, str], spans: tuple[str, ...] = ()) -> aims.Aim:
    """What is to be withheld, as the address or the form says."""
    if asked.get("box"):
        return aims.in_box(register, view, int(asked.get("page") or 1), asked["box"])
    if asked.get("finding") or asked.get("name"):
        return aims.of_name(view, asked.get("finding", ""))
    if spans:
        return aims.at_words(view, spans)
    return aims.at_place(view, asked.get("place", ""))


@router.get("/papers/{ref}/withhold")
def withhold(
    request: Request,
    ref: str,
    signed: Annotated[Signed, allowed("withhold")],
    register: TheRegister,
    place: str = "",
    span: str = "",
    box: str = "",
    page: int = 1,
    finding: str = "",
    name: str = "",
    back: str = "",
) -> HTMLResponse:
    """On which ground a passage, some words or a name is withheld."""
    view = office.look(register, ref)
    asked = {"place": place, "box": box, "page": str(page), "finding": finding, "name": name}
    aim = aim_of(register, view, asked, tuple(filter(None, span.split("|"))))
    return withholding_page(Told(request, signed, view, back=back), aim)


@router.get("/papers/{ref}/amend")
def amend(
    request: Request, ref: str, field: str, signed: Annotated[Signed, allowed("amend")], register: TheRegister,
    back: str = "",
) -> HTMLResponse:  # fmt: skip
    """A correction of what was read."""
    view = office.look(register, ref)
    read = reading(view.record, field) if field in fields(view.record) else None
    return amending(Told(request, signed, view, Typed(value=read or ""), back), field)


@router.get("/papers/{ref}/answer")
def answer(
    request: Request, ref: str, finding: str, signed: Annotated[Signed, allowed("answer")], register: TheRegister
) -> HTMLResponse:
    """One finding with its answer, on a page of its own."""
    return answering(Told(request, signed, office.look(register, ref)), finding)


@router.get("/keys")
def keys(request: Request, signed: SignedIn) -> HTMLResponse:
    """Every key there is, and how to switch them off."""
    return shown(request, "paper-keys.html", signed, all_keys=ALL_KEYS)


@router.get("/papers/{ref}/state")
def state(request: Request, ref: str, signed: SignedIn, register: TheRegister) -> HTMLResponse:
    """Where a paper stands, with every reason."""
    must_read_withheld(signed.person)
    view = office.look(register, ref)
    return Told(request, signed, view).page("paper-state.html", reasons=view.state.reasons)


@router.get("/papers/{ref}/hidden")
def hidden(request: Request, ref: str, signed: SignedIn, register: TheRegister) -> HTMLResponse:
    """What is hidden in the file, with the text that was found; for those alone who may read withheld text."""
    must_read_withheld(signed.person)
    view = office.look(register, ref)
    document = read_apart(register.original(view.dossier.paper.sha256))
    refused = f"{document.reason} {document.remedy}" if isinstance(document, Refused) else ""
    found = () if isinstance(document, Refused) else document.hidden
    return Told(request, signed, view).page("paper-hidden.html", hidden=found, problem=refused)


@router.get("/papers/{ref}/{deed}")
def step(
    request: Request, ref: str, deed: str, signed: SignedIn, register: TheRegister, claim: str = "", back: str = ""
) -> HTMLResponse:
    """A step that asks for a reason."""
    if deed not in STEPS:
        raise NotFound("There is no such page here.")
    must_read_withheld(signed.person)
    return saying(Told(request, signed, office.look(register, ref), Typed(claim=claim), back), deed)
