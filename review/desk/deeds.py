"""What officers do with one paper, one form each: a verb of the office, and back to where they were.

Each form bears the revision it was made from. Where somebody was faster, or something is missing, nothing is written
and the same form comes back with every word that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from ingest.errors import PartOneError
from review import office, withholding
from review.desk import grounds, steps
from review.desk.aims import span_of
from review.desk.panels import finding_rows
from review.desk.places import Where, name_in_addresses
from review.desk.problems import STATUS
from review.desk.signed import Signed, TheRegister, allowed
from review.desk.steps import Told, Typed
from review.desk.undo import undo as undo_act
from review.errors import Conflict, RegisterError
from review.office import View
from review.register import Register

SAID = 303  # see other: the answer to a form is the page it came from
AGAIN = " What you typed is kept. Look at the paper as it is now, then send it again if it still holds."

router = APIRouter()
Text = Annotated[str, Form()]
Seen = Annotated[int, Form()]


def status_of(error: PartOneError) -> int:
    """The status that a refusal is told under."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def message_of(error: PartOneError) -> str:
    """A refusal in words, and what becomes of the typed ones."""
    return f"{error}{AGAIN}" if isinstance(error, Conflict) else str(error)


def back_to(view: View, back: str, done: str) -> Response:
    """To where the person was on this paper; nowhere else, whatever the form says."""
    own = Where(name_in_addresses(view.dossier)).path
    place = back if back == own or back.startswith(f"{own}?") else own
    address, _, anchor = place.partition("#")
    address += f"{'&' if '?' in address else '?'}done={done}"
    return RedirectResponse(f"{address}#{anchor}" if anchor else address, SAID)


def try_to(
    told: Callable[[View, str, int], Response], register: Register, ref: str, act: Callable[[], View], done: str,
    back: str,
) -> Response:  # fmt: skip
    """Do it and go back; where it is refused, `told` shows the form again with why."""
    try:
        return back_to(act(), back, done)
    except PartOneError as error:
        return told(office.look(register, ref), message_of(error), status_of(error))


@router.post("/papers/{ref}/answer")
def answer(
    request: Request, ref: str, signed: Annotated[Signed, allowed("answer")], register: TheRegister,
    seen: Seen, finding: Text, because: Text = "", value: Text = "", until: Text = "", also: Text = "",
    back: Text = "",
) -> Response:  # fmt: skip
    """Answer a finding, and go on to the next that is open."""
    given = " ".join(filter(None, (value, until if value == "yes" else ""))) if value else ""
    given = " and ".join(filter(None, (given, also))) or ""
    try:
        view = office.answer(register, ref, finding, signed.person.name, because, given or None, seen=seen)
    except PartOneError as error:
        typed = Typed(because=because, value=value, until=until, also=also)
        told = Told(request, signed, office.look(register, ref), typed, back, message_of(error), status_of(error))
        return steps.answering(told, finding)
    rows = finding_rows(view, Where(name_in_addresses(view.dossier)))
    after = next((row for row in rows if row.open and row.finding.severity != "note"), None)
    return back_to(view, f"{after.href}#{after.anchor}" if after else back, "answered")


@router.post("/papers/{ref}/withhold")
async def withhold(request: Request, ref: str, signed: Annotated[Signed, allowed("withhold")]) -> Response:
    """Withhold a passage, exact words, or a name everywhere, on a ground with what it asks for."""
    form = await request.form()
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    spans = tuple(value for value in form.getlist("span") if isinstance(value, str))
    return await run_in_threadpool(_withhold, request, ref, signed, fields, spans)


def _withhold(request: Request, ref: str, signed: Signed, fields: dict[str, str], spans: tuple[str, ...]) -> Response:
    register: Register = request.app.state.register
    evidence = {need.key: fields.get(f"evidence-{need.key}", "").strip() for need in grounds.NEEDS}
    typed = Typed(
        because=fields.get("because", ""), words=fields.get("words", ""), name=fields.get("name", ""),
        exemption=fields.get("exemption", ""), other=fields.get("other", ""), review_on=fields.get("review_on", ""),
        spans=spans, evidence=evidence,
    )  # fmt: skip
    back, key = fields.get("back", ""), typed.other if typed.exemption == grounds.OTHER else typed.exemption
    lacking = grounds.missing(key, evidence) if not fields.get("finding") else ()

    def told(view: View, message: str, status: int) -> Response:
        asked = {name: fields.get(name, "") for name in ("place", "finding", "name")}
        if "name" in fields:
            asked["name"] = "1"
        aim = steps.aim_of(register, view, asked, spans)
        return steps.withholding_page(Told(request, signed, view, typed, back, message, status), aim, lacking)

    def act() -> View:
        if not key:
            raise RegisterError("Choose the ground on which it is withheld.")
        if lacking:
            raise RegisterError("This ground asks for more before words may be withheld on it.")
        who, because = signed.person.name, typed.because
        more: dict[str, Any] = {"evidence": evidence, "seen": int(fields.get("seen") or 0)}
        if fields.get("finding"):
            return withholding.withhold_asked(register, ref, fields["finding"], who, because, **more)
        more["next_review"] = _day(typed.review_on)
        if "name" in fields:
            return withholding.withhold_name(register, ref, typed.name, who, because, key, **more)
        if fields.get("place"):
            words = typed.words.strip() or None
            return withholding.withhold(register, ref, fields["place"], key, who, because, words, **more)
        chosen = [span_of(span) for span in spans]
        return withholding.withhold_spans(register, ref, chosen, key, who, because, **more)

    return try_to(told, register, ref, act, "withheld", back)


@router.post("/papers/{ref}/amend")
def amend(
    request: Request, ref: str, signed: Annotated[Signed, allowed("amend")], register: TheRegister,
    seen: Seen, field: Text, value: Text = "", because: Text = "", back: Text = "",
) -> Response:  # fmt: skip
    """Correct what was read; the machine's reading is kept beside it."""

    def told(view: View, message: str, status: int) -> Response:
        typed = Typed(because=because, value=value)
        return steps.amending(Told(request, signed, view, typed, back, message, status), field)

    said = value.replace("\r\n", " ").strip() or None
    return try_to(
        told, register, ref,
        lambda: office.amend(register, ref, field, said, signed.person.name, because, seen=seen), "amended", back,
    )  # fmt: skip


@router.post("/papers/{ref}/take")
def take(
    ref: str, signed: Annotated[Signed, allowed("take")], register: TheRegister, put: Text = "", back: Text = ""
) -> Response:
    """Say who has the paper on their desk, or nobody."""
    view = office.take(register, ref, signed.person.name, back=put == "back")
    return back_to(view, back, "put-back" if put == "back" else "taken")


@router.post("/papers/{ref}/approve")
def approve(
    ref: str, signed: Annotated[Signed, allowed("approve")], register: TheRegister,
    seen: Seen, version: Text, back: Text = "",
) -> Response:  # fmt: skip
    """Approve the one version that the page showed, by its digest."""
    return back_to(office.approve(register, ref, signed.person.name, version, seen=seen), back, "approved")


@router.post("/papers/{ref}/undo")
def undo(
    ref: str, signed: Annotated[Signed, allowed("answer")], register: TheRegister,
    seen: Seen, takes: Seen, back: Text = "",
) -> Response:  # fmt: skip
    """Take back one's own act that the page named, by a claim that overrules it."""
    done = undo_act(register, ref, signed.person.name, seen, takes)
    return back_to(office.look(register, ref), back, done)


@router.post("/papers/{ref}/{deed}")
def say(
    request: Request, ref: str, deed: str, signed: Annotated[Signed, allowed("hold")], register: TheRegister,
    seen: Seen, because: Text = "", claim: Text = "", sure: Text = "", until: Text = "", exemption: Text = "",
    back: Text = "",
) -> Response:  # fmt: skip
    """Hold, lift, withdraw, reinstate or release, each with its reason."""
    who = signed.person.name
    acts: dict[str, tuple[Callable[[], View], str]] = {
        "hold": (lambda: office.hold(register, ref, who, because, seen=seen), "held"),
        "lift": (lambda: office.lift(register, ref, who, because, seen=seen), "lifted"),
        "withdraw": (lambda: _surely_withdraw(register, ref, who, because, sure), "withdrawn"),
        "reinstate": (lambda: office.reinstate(register, ref, who, because, seen=seen), "reinstated"),
        "confirm": (lambda: office.confirm(register, ref, who, because, seen=seen), "confirmed"),
        "extend": (lambda: _extend(register, ref, until, who, because, seen), "extended"),
        "end-deferral": (lambda: office.end_deferral(register, ref, who, because, seen=seen), "ended"),
        "withhold-whole": (lambda: _whole(register, ref, exemption, who, because, sure, seen), "withheld-whole"),
        "release": (lambda: office.release(register, ref, claim, who, because, seen=seen), "released"),
    }
    if deed not in acts:
        raise RegisterError("There is no such step.")
    act, done = acts[deed]

    def told(view: View, message: str, status: int) -> Response:
        typed = Typed(because=because, claim=claim, until=until, exemption=exemption)
        return steps.saying(Told(request, signed, view, typed, back, message, status), deed)

    return try_to(told, register, ref, act, done, back)


def _surely_withdraw(register: Register, ref: str, who: str, because: str, sure: str) -> View:
    if sure != "yes":
        raise RegisterError("Say that you are sure: withdrawing ends every approval.")
    return office.withdraw(register, ref, who, because)


def _extend(register: Register, ref: str, until: str, who: str, because: str, seen: int) -> View:
    day = _day(until)
    if day is None:
        raise RegisterError("Say until which day.")
    return office.extend(register, ref, day, who, because, seen=seen)


def _whole(register: Register, ref: str, exemption: str, who: str, because: str, sure: str, seen: int) -> View:
    if sure != "yes":
        raise RegisterError("Say that all of it is exempt.")
    return office.withhold_whole(register, ref, exemption, who, because, seen=seen)


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise RegisterError("That is no day. Give it as 2027-02-01.") from None
