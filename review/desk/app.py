"""The officers' desk, put together: the gate, the doors, and the rooms behind them."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from review.desk import (
    deeds,
    doors,
    due,
    exports,
    health,
    lettering,
    log,
    oidc,
    paper,
    people,
    pictures,
    piles,
    releases,
    reviews,
    steps,
    upload,
)
from review.desk.gate import Gate
from review.desk.pages import STATIC
from review.desk.problems import tell_problems
from review.desk.settings import Settings
from review.desk.signed import from_our_own_page
from review.register import Register
from review.standings import Standings

ROUTERS = (
    doors.router,
    oidc.router,
    people.router,
    health.router,
    exports.router,
    pictures.router,
    paper.router,
    steps.router,
    deeds.router,
    due.router,
    reviews.router,
    lettering.router,
    piles.router,
    upload.router,
    releases.router,
    log.router,
)


def desk(register: Register, settings: Settings) -> FastAPI:
    """The desk over one register, which is opened once; FastAPI's own pages about the routes are off."""
    app = FastAPI(
        title="Officers’ desk", docs_url=None, redoc_url=None, openapi_url=None,
        dependencies=[Depends(from_our_own_page)],
    )  # fmt: skip
    app.state.register, app.state.settings, app.state.measures = register, settings, health.Measures()
    app.state.standings = Standings(register)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    tell_problems(app)
    app.add_middleware(Gate, register=register, settings=settings)
    app.add_middleware(health.Witness, measures=app.state.measures)
    return app
