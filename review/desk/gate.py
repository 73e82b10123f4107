"""What every request passes before a route sees it, and every answer on the way back, whatever came of it.

Asked for by a name of ours, from a page of ours, of a size and at a pace that we can bear, by somebody who is signed
in; else nothing of it is read. Answers carry the same headers whether they are pages, pictures, refusals or faults.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from urllib.parse import quote, urlsplit

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review import sessions
from review.desk.problems import SAID, problem_page
from review.desk.settings import LOOPBACK, Settings
from review.desk.signed import SAFE, Signed, csrf_of
from review.register import Register

OPEN = frozenset({"/sign-in", "/first", "/healthz", "/metrics", "/oidc/start", "/oidc/back", "/due.ics"})
"""What may be asked for without being signed in, each with a lock of its own; and our style sheets and scripts."""
OPEN_FOLDER = "/static/"
MIB = 1 << 20
PAUSE, PLAIN_SECONDS, UPLOAD_SECONDS = 20, 60, 1800  # the longest silence in a body, and the longest body

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
HSTS = "max-age=31536000"


class Gate:
    """The desk behind its gate."""

    def __init__(self, app: ASGIApp, register: Register, settings: Settings) -> None:
        self.app, self.register, self.settings = app, register, settings
        own = {"Strict-Transport-Security": HSTS} if settings.secure else {}
        self.headers = HEADERS | own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
            await send(message)

        request = Request(scope)
        try:
            refusal = await self._refusal(scope)
            if refusal is None:
                await self.app(scope, self._measured(scope, receive), with_headers)
                return
        except Exception as fault:
            scope["fault"] = type(fault).__name__  # for the log of requests: its kind, never its words
            if begun:
                raise
            sorry = "Something went wrong on our side. What was saved before is safe; try again, then tell us."
            refusal = problem_page(request, sorry, 500)
        if not begun:
            await refusal(scope, receive, with_headers)

    async def _refusal(self, scope: Scope) -> Response | None:
        """Why a request goes no further, or None; who is signed in is noted for those behind."""
        headers, request = Headers(scope=scope), Request(scope)
        if not self._our_name(headers.getlist("host")):
            return problem_page(request, "The desk is not reached by that name.", 400)
        if scope["method"] not in SAFE and not self._our_page(headers):
            return problem_page(request, "That was sent from a page that is not the desk’s. Nothing was changed.", 403)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > self._most(headers):
            return problem_page(request, SAID[413], 413)
        await self._note_who(scope, headers)
        path = scope["path"]
        if scope["signed"] is None and path not in OPEN and not path.startswith(OPEN_FOLDER):
            return _to_the_door(request)
        if scope["signed"] is None and "multipart/" in headers.get("content-type", ""):
            return problem_page(request, "Sign in first.", 401)
        return None

    async def _note_who(self, scope: MutableMapping[str, object], headers: Headers) -> None:
        token = cookie(headers, cookie_name(self.settings))
        person = await run_in_threadpool(sessions.who, self.register, token, self.settings.limits) if token else None
        scope["visitor"] = token
        scope["signed"] = Signed(person, csrf_of(token)) if person and token else None

    def _our_name(self, hosts: list[str]) -> bool:
        """Whether the one Host header names the desk: a foreign name that leads here is somebody's trick."""
        if len(hosts) != 1:
            return False
        try:
            name = urlsplit(f"//{hosts[0]}").hostname
        except ValueError:
            return False
        return name in LOOPBACK or name == (self.settings.public_name or "").lower().partition(":")[0]

    def _our_page(self, headers: Headers) -> bool:
        """Whether a browser says that what it sends comes from our own page; what no browser sends needs the token."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site != "same-origin":
            return False
        if origin is None or (origin == "null" and site is not None):  # “null” where no referrer is sent, as we ask
            return True
        return origin == (self.settings.origin or f"http://{headers['host']}")

    def _most(self, headers: Headers) -> int:
        uploads = headers.get("content-type", "").startswith("multipart/form-data")
        return self.settings.largest_upload_mib * MIB if uploads else MIB

    def _measured(self, scope: Scope, receive: Receive) -> Receive:
        """The body as it comes in, ended where it goes on for too long in bytes or in seconds."""
        most, had = self._most(Headers(scope=scope)), 0
        latest = asyncio.get_running_loop().time() + (PLAIN_SECONDS if most == MIB else UPLOAD_SECONDS)
        ended = False

        async def measured() -> Message:
            nonlocal had, ended
            if ended:
                return await receive()  # what comes now is only that the browser has gone
            try:
                left = latest - asyncio.get_running_loop().time()
                message = await asyncio.wait_for(receive(), min(PAUSE, max(left, 0)))
            except TimeoutError:
                raise HTTPException(408) from None
            had += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if had > most:
                raise HTTPException(413)
            return message

        return measured


def cookie_name(settings: Settings) -> str:
    """Behind TLS a name that no other host and no plain page can set."""
    return "__Host-desk" if settings.secure else "desk"


def cookie(headers: Headers, name: str) -> str | None:
    """The value of a cookie; none where two are sent, of which one is not ours."""
    found = []
    for line in headers.getlist("cookie"):
        for part in line.split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                found.append(value)
    return found[0] if len(found) == 1 and found[0] else None


def _to_the_door(request: Request) -> Response:
    if request.method not in ("GET", "HEAD") or "application/json" in request.headers.get("accept", ""):
        return problem_page(request, "Sign in first. What you wrote is still on your page.", 401)
    return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
