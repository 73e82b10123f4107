"""In and out: signing in, the first password, one's own password, signing out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review import accounts, attempts, sessions
from review.desk.gate import cookie_name
from review.desk.pages import page
from review.desk.settings import Settings
from review.desk.signed import Signed, SignedIn, TheRegister, csrf_of
from review.errors import RegisterError
from review.roles import Person

router = APIRouter()
WRONG = "That name and password do not go together. Check both; after five wrong tries you wait 15 minutes."
WRONG_WORD = "That name and word do not go together, or the word is used or too old. Ask an administrator for another."
WAIT = "There were too many wrong tries. Wait 15 minutes, then try again. Nothing else has changed."
Name = Annotated[str, Form(max_length=200)]
Secret = Annotated[str, Form(max_length=1000)]


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """The page to sign in on; whoever is signed in already goes on."""
    if request.scope["signed"]:
        return RedirectResponse(local(request.query_params.get("next")), 303)
    return door(request, "sign-in.html", next=local(request.query_params.get("next")))


@router.post("/sign-in")
def sign_in(request: Request, register: TheRegister, name: Name, password: Secret, next: Name = "/") -> Response:  # noqa: A002 (the form's own word)
    """Sign in by name and password. The answer never tells whether there is such a name."""
    source = _source(request)
    if attempts.must_wait(register, name, source):
        return door(request, "sign-in.html", 429, next=local(next), name=name, message=WAIT)
    person = accounts.check(register, name, password)
    if person is None:
        attempts.failed(register, name, source)
        request.scope["note"] = "sign-in-failed"
        return door(request, "sign-in.html", 401, next=local(next), name=name, message=WRONG)
    return welcome(request, person, local(next))


@router.get("/first")
def first_page(request: Request) -> Response:
    """The page on which a one-time word becomes a password."""
    return door(request, "first.html")


@router.post("/first")
def first(
    request: Request, register: TheRegister, name: Name, word: Secret, password: Secret, again: Secret
) -> Response:
    """Set the first password by the one-time word, and sign in."""
    source = _source(request)
    if attempts.must_wait(register, name, source):
        return door(request, "first.html", 429, name=name, message=WAIT)
    if password != again:
        return door(request, "first.html", 422, name=name, message="The two passwords are not the same.")
    try:
        person = accounts.use_word(register, name, word, password)
    except RegisterError as refused:
        return door(request, "first.html", 422, name=name, message=str(refused))
    if person is None:
        attempts.failed(register, name, source)
        request.scope["note"] = "sign-in-failed"
        return door(request, "first.html", 401, name=name, message=WRONG_WORD)
    return welcome(request, person, "/")


@router.post("/sign-out")
def sign_out(request: Request, register: TheRegister) -> Response:
    """End the session here and in the browser."""
    sessions.end(register, request.scope["visitor"])
    answer = RedirectResponse("/sign-in", 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    _put_cookie(request, answer, sessions.new_token())
    return answer


@router.get("/password")
def password_page(request: Request, signed: SignedIn) -> Response:
    """The page to change one's own password on."""
    return page(request, "password.html", signed, message=None)


@router.post("/password")
def password(
    request: Request, register: TheRegister, signed: SignedIn, old: Secret, password: Secret, again: Secret
) -> Response:
    """Change one's own password; all one's sessions end, and this one begins anew."""
    name, source = signed.person.name, _source(request)
    if attempts.must_wait(register, name, source):
        return page(request, "password.html", signed, 429, message=WAIT)
    if password != again:
        return page(request, "password.html", signed, 422, message="The two new passwords are not the same.")
    if accounts.check(register, name, old) is None:
        attempts.failed(register, name, source)
        return page(request, "password.html", signed, 422, message="Your present password is another.")
    try:
        accounts.set_password(register, name, password, by=name)
    except RegisterError as refused:
        return page(request, "password.html", signed, 422, message=str(refused))
    return welcome(request, signed.person, "/")


def welcome(request: Request, person: Person, onward: str) -> Response:
    """Begin a session under a new token, whatever token the browser came with, and go on."""
    register, settings = request.app.state.register, _settings(request)
    attempts.succeeded(register, person.name)
    if request.scope["visitor"]:
        sessions.end(register, request.scope["visitor"])
    token = sessions.begin(register, person.name, settings.limits)
    request.scope["signed"], request.scope["note"] = Signed(person, csrf_of(token)), "signed-in"
    answer = RedirectResponse(onward, 303)
    _put_cookie(request, answer, token)
    return answer


def local(address: str | None) -> str:
    """The address if it leads to a page of the desk, else the first page: nobody is sent elsewhere after signing in."""
    if not address or not address.startswith("/") or address.startswith("//") or not address.isprintable():
        return "/"
    parts = urlsplit(address)
    return "/" if parts.scheme or parts.netloc or "\\" in address or parts.path == "/sign-in" else parts.path


def door(request: Request, template: str, /, status: int = 200, **values: object) -> Response:
    """A page for those who are not signed in; its form is bound to this browser by a cookie that says nothing."""
    token = request.scope["visitor"] or sessions.new_token()
    told: dict[str, object] = {"name": "", "message": None, "next": "/", **values, "csrf": csrf_of(token)}
    told["provider"] = oidc.name if (oidc := _settings(request).oidc) else None
    answer = page(request, template, None, status, **told)
    if request.scope["visitor"] is None:
        _put_cookie(request, answer, token)
    return answer


def _put_cookie(request: Request, answer: Response, token: str) -> None:
    settings = _settings(request)
    answer.set_cookie(
        cookie_name(settings), token, path="/", secure=settings.secure, httponly=True, samesite="lax"
    )  # it goes when the browser does; how long it is worth anything, the server knows


def _source(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings
