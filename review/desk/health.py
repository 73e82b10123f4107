"""Whether the desk is well, for the machines that watch it; and one line for each request. Neither holds a word.

What is counted and written down is the route as we wrote it (`/papers/{ref}`), never the address that was asked for.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections import Counter as Tally
from datetime import UTC, datetime
from hmac import compare_digest
from time import perf_counter

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.desk.settings import LOOPBACK, Settings
from review.desk.signed import TheRegister
from review.office import today
from review.register import Register
from review.roles import fold

router = APIRouter()
REQUESTS = logging.getLogger("partone.desk.requests")


class Measures:
    """What is counted of the desk's work since it was opened."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        about = ("method", "route")
        self.answers = Counter("partone_desk_answers", "Answers.", (*about, "status"), registry=self.registry)
        self.seconds = Histogram("partone_desk_seconds", "Seconds to an answer.", about, registry=self.registry)
        self.refused = Counter("partone_desk_sign_ins_refused", "Sign-ins that failed.", registry=self.registry)
        self.papers = Gauge("partone_papers", "Papers by state.", ("state",), registry=self.registry)


class Witness:
    """Writes down each request when it is answered: when, what kind, how it ended, how long it took, and for whom."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self.app, self.measures = app, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            self._note(scope, status, perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST"} else "other"
        route, signed = route_of(scope), scope.get("signed")
        self.measures.answers.labels(method, route, str(status)).inc()
        self.measures.seconds.labels(method, route).observe(seconds)
        if scope.get("note") == "sign-in-failed":
            self.measures.refused.inc()
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "person": fold(signed.person.name) if signed else None,
            **{key: scope[key] for key in ("note", "fault") if key in scope},
        }
        REQUESTS.info(json.dumps(line, ensure_ascii=False))


def route_of(scope: Scope) -> str:
    """The route that answered, as it is written in our code; a dash where none did."""
    path = getattr(scope.get("route"), "path", None)
    if isinstance(path, str):
        return path
    return "/static" if scope["path"].startswith("/static/") else "-"


@router.get("/healthz")
def healthz(register: TheRegister) -> Response:
    """Whether the database answers and the home can be written to: ok or not, and nothing else."""
    well = _well(register)
    return PlainTextResponse("ok\n" if well else "not ok\n", 200 if well else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """What is counted, for this machine alone, or for whoever has the token."""
    if not _may_measure(request, request.app.state.settings):
        return PlainTextResponse("not for you\n", 403)
    measures: Measures = request.app.state.measures
    states = Tally(standing.state.name for standing in request.app.state.standings.of(today()))
    measures.papers.clear()
    for state, count in states.items():
        measures.papers.labels(state).set(count)
    return Response(generate_latest(measures.registry), media_type=CONTENT_TYPE_LATEST)


def _may_measure(request: Request, settings: Settings) -> bool:
    """By the token where there is one. Without, from this machine, but not where all comes through a program on it."""
    if settings.metrics_token is not None:
        told = request.headers.get("authorization", "")
        return compare_digest(told.encode(), f"Bearer {settings.metrics_token.get_secret_value()}".encode())
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))
    here = request.client is not None and request.client.host in LOOPBACK
    return here and not passed_on and not settings.secure


def _well(register: Register) -> bool:
    try:
        with register.reading() as connection:
            connection.execute(text("SELECT 1"))
        with tempfile.TemporaryFile(dir=register.home) as trial:
            trial.write(b"ok")
    except (SQLAlchemyError, OSError):
        return False
    return True
