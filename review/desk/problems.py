"""What went wrong, told to a person in a page or to a script in a line: what happened and that nothing else did."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from ingest.errors import PartOneError
from review.desk.pages import page
from review.desk.signed import ForeignForm, NobodySigned
from review.errors import Conflict, NotAllowed, NotFound, SeveralPapers, UnknownPerson

# The kind of refusal and its status, the narrower first.
STATUS: tuple[tuple[type[PartOneError], int], ...] = (
    (NobodySigned, 401),
    (ForeignForm, 403),
    (NotAllowed, 403),
    (Conflict, 409),
    (NotFound, 404),
    (UnknownPerson, 404),
    (SeveralPapers, 409),
    (PartOneError, 422),
)
TITLES = {
    400: "Not understood", 401: "Sign in first", 403: "Not allowed", 404: "Not here", 405: "Not that way",
    408: "It did not arrive", 409: "Somebody was faster", 413: "Too large", 422: "That cannot be done",
    429: "Wait a while", 500: "Our fault",
}  # fmt: skip
SAID = {
    404: "There is no such page here.",
    405: "That page does not take what was sent.",
    408: "The rest of what was sent did not come. Nothing of it was kept.",
    413: "That is larger than the desk takes. Nothing of it was kept.",
}


def problem_page(request: Request, message: str, status: int) -> Response:
    """One problem, in the form that was asked for."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"problem": message}, status)
    title = TITLES.get(status, "That did not work")
    return page(request, "problem.html", request.scope.get("signed"), status, title=title, message=message)


def tell_problems(app: FastAPI) -> None:
    """Let whatever a route raises be told in plain words, and nothing be repeated of what was sent."""
    app.add_exception_handler(PartOneError, _refused)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(RequestValidationError, _not_understood)


def _refused(request: Request, error: Exception) -> Response:
    asked = request.path_params.get("ref")
    if isinstance(error, SeveralPapers) and asked and request.method == "GET":
        return RedirectResponse(f"/find/{quote(asked, safe='')}", 303)  # where each of them is a line
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    return problem_page(request, str(error), status)


def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    answer = problem_page(request, SAID.get(status, "The desk could not make out what was sent."), status)
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})
    return answer


def _not_understood(request: Request, error: Exception) -> Response:
    fields = [str(one["loc"][-1]) for one in error.errors()] if isinstance(error, RequestValidationError) else []
    named = ", ".join(dict.fromkeys(field for field in fields if field.isidentifier()))
    where = f" Look at: {named}." if named else ""
    return problem_page(request, f"Something is missing or not as it should be. Nothing was changed.{where}", 422)
