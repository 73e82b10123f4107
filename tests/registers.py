"""Papers, people and claims for the tests of the register; every name in them is invented."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from extract.claims import Amend, Answer, Finding, Keep, Span, Withhold
from extract.facts import Approval, ChiefExecutive, Declaration, DeferralFacts, Part2Facts, Place, Source
from extract.record import DecisionRecord, Passage, WithheldPassage
from review import people
from review.acts import Approve, Claim, Hold
from review.intake import NewPaper
from review.part2_acts import (
    Condition,
    FoiRequest,
    Occurred,
    Part2Released,
    PartRelease,
    ReExempt,
    SetCondition,
    SunsetEvent,
)
from review.register import Register

RULES = hashlib.sha256(b"rules").hexdigest()
WITHHELD = "The supplier named in confidence is Quillfeather Systems."
PUBLIC = "The Deputy Mayor is asked to approve the purchase of bicycles."
TODAY = date(2026, 3, 2)

STAFF = {
    "Ada Lovell": "reviewer",
    "Bo Marsh": "releaser",
    "Cy Pratt": "clerk",
    "Dee Hollis": "reviewer",
    "Ed Fenwick": "reviewer",
}


def sha_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def at(minute: int = 0) -> datetime:
    return datetime(2026, 3, 2, 9, minute, tzinfo=UTC)


def a_record(content: bytes, file_name: str, reference: str | None, *more: str) -> DecisionRecord:
    return DecisionRecord(
        source=Source(sha256=hashlib.sha256(content).hexdigest(), file_name=file_name, pages=2),
        body="MOPAC",
        form="dmpc-2023",
        reference=reference,
        reference_as_printed=reference,
        references=((reference, *more) if reference else more),
        title="Bicycles – purchase \N{POUND SIGN}249k",
        executive_summary=(
            Passage(id="summary/1", number="1", level=1, text=PUBLIC, page=1, boxes=(Place(page=1, box=(1, 2, 3, 4)),)),
        ),
        approval=Approval(
            decision_maker="Deputy Mayor for Policing and Crime",
            interests="none",
            interests_text=None,
            approved=True,
            signature="image",
            signed_on=date(2026, 2, 27),
        ),
        part2=Part2Facts(exists="yes", marking=None, ceases_when=None, exemptions=()),
        deferral=DeferralFacts(answer="undetermined", reason=None, until=None),
        declarations=(
            Declaration(topic="Drafting Officer", statement="Ed Fenwick has drafted this report.", ticked=True),
        ),
        chief_executive=ChiefExecutive(statement=None, signature="image", signed_on=None),
        withheld_passages=(WithheldPassage(id="part2/1", withheld_text=SecretStr(WITHHELD), page=2, why="part2"),),
    )


def a_paper(
    folder: Path,
    reference: str | None = "PCD 1572",
    *,
    content: bytes = b"%PDF-1.7 one",
    more: tuple[str, ...] = (),
    findings: tuple[Finding, ...] = (),
    quarantined: tuple[str, ...] = (),
    entered_by: str | None = None,
) -> NewPaper:
    """A new paper whose PDF lies in `folder`. Its content decides its SHA-256."""
    file = folder / f"{reference or 'unnamed'}-{hashlib.sha256(content).hexdigest()[:4]}.pdf"
    file.write_bytes(content)
    record = a_record(content, file.name, reference, *more)
    return NewPaper(file, record, RULES, findings, quarantined, entered_by)


def staffed(register: Register) -> Register:
    for name, role in STAFF.items():
        people.add(register, name, role)
    return register


def asks_deferral() -> Finding:
    return Finding(
        id="deferral-undetermined/1",
        check="deferral-undetermined",
        severity="blocks",
        message="Neither YES nor NO is struck out.",
        asks="yes-no",
    )


def approval(by: str, version: str, minute: int = 0) -> Approve:
    return Approve(by=by, at=at(minute), because="", digest=version, role="reviewer")


def answer(by: str, finding: str, value: str | None = None, because: str = "I asked the drafter.") -> Answer:
    return Answer(by=by, at=at(), because=because, finding=finding, value=value)


def withhold(by: str, name: str, because: str = "It would harm the supplier.") -> Withhold:
    return Withhold(
        by=by,
        at=at(),
        because=because,
        id=name,
        place=Span(passage="summary/1", start=0, end=4),
        exemption="FOIA s.43(2)",
        next_review=date(2027, 1, 1),
    )


def amendment(by: str, field: str, value: str | None, was: str | None) -> Amend:
    """A correction of what was read."""
    return Amend(by=by, at=at(), because="Misread.", id=f"amend:{field}:{value}", field=field, value=value, was=was)


def hold(by: str, because: str = "The supplier has been asked.") -> Hold:
    return Hold(by=by, at=at(), because=because)


AWAITED = Condition(
    kind="event",
    events=(SunsetEvent(id="event-1", what="the contract is signed", evidence="the contract award notice"),),
    backstop=date(2027, 2, 1),
    as_printed="It ceases to be exempt when the contract is signed.",
)
UNTIL_2028 = Condition(kind="date", on=date(2028, 1, 3), backstop=date(2028, 1, 3))


def said_of_reviews(by: str, keeps: str = "withheld/1") -> dict[str, Claim]:
    """One claim of every kind about what is looked at again, and when."""
    words: dict[str, Any] = {"by": by, "at": at(), "because": "Looked at with the commercial team."}
    grounds = ("FOIA s.43(2)",)
    return {
        "keep": Keep(**words, keeps=(keeps,), next_review=date(2027, 6, 1)),
        "condition": SetCondition(**words, condition=AWAITED),
        "occurred": Occurred(**words, event="event-1", on=date(2026, 3, 1), evidence="Notice 2026/S 000-123456."),
        "foi": FoiRequest(**words, received_on=date(2026, 3, 1)),
        "re-exempt": ReExempt(**words, exemptions=grounds, condition=UNTIL_2028),
        "part-release": PartRelease(**words, exemptions=grounds, condition=UNTIL_2028),
        "part2-released": Part2Released(**words),
    }
