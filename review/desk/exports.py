"""Tables to take away: the register, the redaction schedule and statistics, for those who review papers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from review.desk.pages import page
from review.desk.signed import Signed, TheRegister, allowed
from review.errors import NotFound
from review.exports import WHATS, sheet_of
from review.office import today
from review.sheets import FORMATS, MEDIA, written

router = APIRouter()
Reviews = Annotated[Signed, allowed("approve")]
"""Titles and reasons of papers that are not public are in the tables: for those who see them anyway."""

TOLD = {
    "register": ("The register", "Every paper: where it stands and why, its dates, who entered and who approved it."),
    "schedule": (
        "The redaction schedule",
        "Every place that is or was withheld: on what ground, by whom, when it is looked at again. No withheld text.",
    ),
    "statistics": ("Statistics", "How often each exemption is used, by month, and how long publication takes."),
    "public": ("What is public", "Every decision on the public site, as open data."),
}


@router.get("/exports")
def exports(request: Request, signed: Reviews) -> HTMLResponse:
    """The page that offers them."""
    return page(request, "exports.html", signed, nav="papers", told=TOLD, formats=FORMATS)


@router.get("/exports/{what}.{how}", dependencies=[allowed("approve")])
def export(request: Request, what: str, how: str, register: TheRegister) -> Response:
    """One table as a file."""
    table = next((one for one in WHATS if one == what), None)
    form = next((one for one in FORMATS if one == how), None)
    if table is None or form is None:
        raise NotFound("There is no such table. The page of tables shows those there are.")
    # The mark is for spreadsheets, which is where a file from the desk goes.
    content = written(sheet_of(register, table, request.app.state.standings), form, bom=True)
    name = f"{table}-{today().isoformat()}.{form}"
    return Response(content, media_type=MEDIA[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})
