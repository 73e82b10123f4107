"""The room of Authlib and httpx: signing in by an OpenID provider, which says who somebody is and nothing more.

The code flow with PKCE, state and nonce; all three come from one random token in a cookie of this browser, so that
nothing has to be kept of a flow that nobody finishes. A subject that is nobody here stays nobody: roles are given in
the register alone.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated, Any
from urllib.parse import quote, unquote
from warnings import catch_warnings, simplefilter

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning
from authlib.oidc.core import CodeIDToken
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from review import accounts
from review.desk.doors import door, local, welcome
from review.desk.gate import cookie, cookie_name
from review.desk.settings import Oidc, Settings
from review.desk.signed import TheRegister
from review.errors import NotFound, RegisterError
from review.register import Register
from review.roles import Person
from review.sessions import new_token

with catch_warnings():
    # Authlib would rather have httpx's successor, and says so on every start; what we use of it works with either.
    simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import OAuth2Client

router = APIRouter()
SIGNED_BY = ["RS256", "PS256", "ES256", "EdDSA"]  # by a key that only the provider has
SECONDS, LEEWAY = 10, 60
FLOW_SECONDS = 600
FAILED = "Signing in there did not work. Start again; if it fails again, use your password or ask an administrator."
NOBODY = "We do not know that account here. Ask an administrator to say whose it is."
Word = Annotated[str, Query(max_length=2000)]


class ProviderFailed(RegisterError):
    """The provider cannot be reached, or what it says does not hold."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One way to the provider and back."""

    token: str

    @property
    def state(self) -> str:
        return self._drawn("state")

    @property
    def nonce(self) -> str:
        return self._drawn("nonce")

    @property
    def verifier(self) -> str:
        return self._drawn("verifier")

    def _drawn(self, what: str) -> str:
        return urlsafe_b64encode(sha256(f"{what}\n{self.token}".encode(errors="replace")).digest()).decode().rstrip("=")


@router.get("/oidc/start")
def start(request: Request, next: Word = "/") -> Response:  # noqa: A002 (the form's own word)
    """Send the browser to the provider."""
    oidc, flow = _provider(request), Flow(new_token())
    try:
        with _client(request, oidc) as client:
            where = endpoint(_configuration(client, oidc), "authorization_endpoint", oidc)
            address, _ = client.create_authorization_url(
                where, state=flow.state, nonce=flow.nonce, code_verifier=flow.verifier
            )
    except (ProviderFailed, AuthlibBaseError, KeyError):
        return door(request, "sign-in.html", 502, next=local(next), message=FAILED)
    answer = RedirectResponse(address, 303)
    _put(request, answer, f"{flow.token}.{quote(local(next), safe='')}", FLOW_SECONDS)
    return answer


@router.get("/oidc/back")
def back(request: Request, register: TheRegister, state: Word = "", code: Word = "") -> Response:
    """Where the provider sends the browser back to, with a code that only we can turn into who it is."""
    oidc = _provider(request)
    token, _, onward = (cookie(request.headers, _cookie(request)) or "").partition(".")
    flow = Flow(token)
    message = FAILED
    if token and code and compare_digest(state.encode(), flow.state.encode()):
        try:
            claims = _claims(request, oidc, flow, code)
            person = whose(register, oidc, claims)
        except ProviderFailed:
            pass
        else:
            if person is not None:
                answer = welcome(request, person, local(unquote(onward)))
                _put(request, answer, "", 0)
                return answer
            message = NOBODY
    request.scope["note"] = "sign-in-failed"
    answer = door(request, "sign-in.html", 401, message=message)
    _put(request, answer, "", 0)
    return answer


def whose(register: Register, oidc: Oidc, claims: Mapping[str, Any]) -> Person | None:
    """Whose a subject is; by a verified e-mail address only where the settings say whose that is, and then for good."""
    subject = str(claims["sub"])
    person = accounts.of_subject(register, oidc.issuer, subject)
    if person or oidc.person != "email" or claims.get("email_verified") is not True:
        return person
    address = str(claims.get("email", "")).casefold()
    name = {key.casefold(): name for key, name in oidc.emails.items()}.get(address)
    if name is None:
        return None
    try:
        accounts.bind(register, name, oidc.issuer, subject, first_only=True)
    except RegisterError:
        return None
    return accounts.of_subject(register, oidc.issuer, subject)


def _claims(request: Request, oidc: Oidc, flow: Flow, code: str) -> Mapping[str, Any]:
    """What the provider says of whoever signed in there, held against its keys, our name, the nonce and the clock."""
    try:
        with _client(request, oidc) as client:
            told = _configuration(client, oidc)
            token = client.fetch_token(
                endpoint(told, "token_endpoint", oidc),
                grant_type="authorization_code",
                code=code,
                code_verifier=flow.verifier,
            )
            published: Any = _json(client, endpoint(told, "jwks_uri", oidc))
            keys = KeySet.import_key_set(published)
            decoded = jwt.decode(str(token["id_token"]), keys, algorithms=SIGNED_BY)
            options = {"iss": {"values": [oidc.issuer]}, "aud": {"values": [oidc.client_id]}}
            said = CodeIDToken(
                decoded.claims, decoded.header, options, {"nonce": flow.nonce, "client_id": oidc.client_id}
            )
            said.validate(leeway=LEEWAY)
            claims: dict[str, Any] = dict(decoded.claims)
            if oidc.person == "email" and "email" not in claims and "userinfo_endpoint" in told:
                more = _json(client, endpoint(told, "userinfo_endpoint", oidc), signed=True)
                if more.get("sub") == claims["sub"]:
                    claims = {**more, **claims}
            return claims
    except (AuthlibBaseError, JoseError, httpx.HTTPError, KeyError, ValueError) as fault:
        raise ProviderFailed(f"{oidc.issuer} did not say who that is ({type(fault).__name__}).") from None


def _configuration(client: OAuth2Client, oidc: Oidc) -> Mapping[str, Any]:
    try:
        told = _json(client, f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
    except (httpx.HTTPError, ValueError) as fault:
        raise ProviderFailed(f"{oidc.issuer} could not be asked ({type(fault).__name__}).") from None
    if told.get("issuer") != oidc.issuer:
        raise ProviderFailed(f"{oidc.issuer} calls itself something else.")
    return told


def endpoint(told: Mapping[str, Any], what: str, oidc: Oidc) -> str:
    """Where the provider does something: over TLS, unless it is a program on this machine."""
    address = str(told[what])
    if not address.startswith(("https://", f"{oidc.issuer.rstrip('/')}/")):
        raise ProviderFailed(f"{oidc.issuer} would have us go to a place without TLS.")
    return address


def _json(client: OAuth2Client, address: str, *, signed: bool = False) -> Mapping[str, Any]:
    answer = client.request("GET", address, withhold_token=not signed)
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ProviderFailed(f"{address} does not answer with one JSON object.")
    return told


def _client(request: Request, oidc: Oidc) -> OAuth2Client:
    settings: Settings = request.app.state.settings
    origin = settings.origin or f"http://{request.headers['host']}"
    return OAuth2Client(
        oidc.client_id, oidc.secret(), scope="openid email" if oidc.person == "email" else "openid",
        redirect_uri=f"{origin}/oidc/back", code_challenge_method="S256", timeout=SECONDS,
    )  # fmt: skip


def _provider(request: Request) -> Oidc:
    oidc: Oidc | None = request.app.state.settings.oidc
    if oidc is None:
        raise NotFound("This desk has no such way in.")
    return oidc


def _cookie(request: Request) -> str:
    return f"{cookie_name(request.app.state.settings)}-way"


def _put(request: Request, answer: Response, value: str, seconds: int) -> None:
    secure = request.app.state.settings.secure
    answer.set_cookie(_cookie(request), value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")
