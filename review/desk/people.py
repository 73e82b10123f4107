"""The people of the register, for the administrator: who they are, what they may do, and how they sign in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review import accounts, people
from review.desk.pages import page
from review.desk.signed import Signed, TheRegister, allowed
from review.errors import NotAllowed, RegisterError
from review.register import Register
from review.roles import fold

router = APIRouter()
Administrator = Annotated[Signed, allowed("administer")]
Name = Annotated[str, Form(max_length=200)]

WHAT_ROLES_DO = {
    "clerk": "brings papers in, and sees no withheld text",
    "reviewer": "answers, withholds and approves",
    "releaser": "also publishes the site",
    "administrator": "looks after people, and sees no paper",
}


@router.get("/people")
def people_page(request: Request, register: TheRegister, signed: Administrator) -> Response:
    """Everybody, with what can be done about them."""
    return _page(request, register, signed)


@router.post("/people")
def add(request: Request, register: TheRegister, signed: Administrator, name: Name, role: Name) -> Response:
    """Make somebody known, and give them the word they set their password with."""
    try:
        person = people.add(register, name, role, by=signed.person.name)
    except RegisterError as refused:
        return _page(request, register, signed, 422, message=str(refused), name=name, role=role)
    word = accounts.invite(register, person.name, by=signed.person.name)
    return _page(request, register, signed, told=(person.name, word))


@router.post("/people/word")
def invite(request: Request, register: TheRegister, signed: Administrator, name: Name) -> Response:
    """Give somebody a new word, shown this once; their password, if they had one, is void."""
    person = people.find(register, name)
    return _page(request, register, signed, told=(person.name, accounts.invite(register, name, by=signed.person.name)))


@router.post("/people/role")
def change(register: TheRegister, signed: Administrator, name: Name, role: Name) -> Response:
    """Give somebody another role."""
    _not_oneself(signed, name)
    people.change(register, name, role, by=signed.person.name)
    return RedirectResponse("/people", 303)


@router.post("/people/close")
def close(register: TheRegister, signed: Administrator, name: Name) -> Response:
    """Close somebody's account."""
    _not_oneself(signed, name)
    people.close(register, name, by=signed.person.name)
    return RedirectResponse("/people", 303)


@router.post("/people/reopen")
def reopen(register: TheRegister, signed: Administrator, name: Name) -> Response:
    """Open a closed account again."""
    people.reopen(register, name, by=signed.person.name)
    return RedirectResponse("/people", 303)


@router.post("/people/subject")
def bind(
    request: Request, register: TheRegister, signed: Administrator, name: Name,
    subject: Annotated[str, Form(min_length=1, max_length=255)],
) -> Response:  # fmt: skip
    """Say which subject of the OpenID provider somebody is."""
    oidc = request.app.state.settings.oidc
    if oidc is None:
        raise RegisterError("This desk has no OpenID provider.")
    accounts.bind(register, name, oidc.issuer, subject.strip(), by=signed.person.name)
    return RedirectResponse("/people", 303)


def _not_oneself(signed: Signed, name: str) -> None:
    """What an administrator may do is another administrator's to change: nobody makes themselves a releaser."""
    if fold(name) == fold(signed.person.name):
        raise NotAllowed(("Your own role and account are another administrator’s to change.",))


def _page(
    request: Request, register: Register, signed: Signed, status: int = 200, *, message: str | None = None,
    told: tuple[str, str] | None = None, name: str = "", role: str = "clerk",
) -> Response:  # fmt: skip
    ways = accounts.ways(register)
    known = [(person, ways.get(fold(person.name), accounts.NO_WAY)) for person in people.people(register)]
    return page(
        request, "people.html", signed, status, nav="people", known=known, roles=WHAT_ROLES_DO, told=told,
        message=message, name=name, role=role, provider=request.app.state.settings.oidc is not None,
    )  # fmt: skip
