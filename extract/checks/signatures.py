"""Is the decision approved, signed and dated, and in the right order?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract.checks.places import at_field
from extract.claims import Finding, Severity
from extract.facts import Signature
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """An unsigned paper is no decision, and the chief executive is consulted before it is taken, not after."""
    approval, chief = record.approval, record.chief_executive
    if not approval.approved and approval.signature != "absent":
        yield at_field(
            record,
            "approval-missing",
            "blocks",
            "The paper does not say that the request is approved. Check with the decision maker's office.",
            "approval.approved",
        )
    yield from _signature(record, "approval", "decision maker", approval.signature, "blocks")
    yield from _digital(record, "approval", approval.signature)
    yield from _date(record, "approval", "decision maker", approval.signed_on)
    if chief.statement is not None or chief.signature != "absent" or chief.signed_on is not None:
        yield from _signature(record, "chief_executive", "chief executive", chief.signature, "needs-person")
        yield from _digital(record, "chief_executive", chief.signature)
        yield from _date(record, "chief_executive", "chief executive", chief.signed_on)
    if approval.signed_on and chief.signed_on and chief.signed_on > approval.signed_on:
        yield at_field(
            record,
            "dates-out-of-order",
            "blocks",
            f"The chief executive signed on {_day(chief.signed_on)}, after the decision maker did on "
            f"{_day(approval.signed_on)}. The advice comes before the decision: check both dates.",
            "approval.signed_on",
        )


def _signature(record: DecisionRecord, block: str, who: str, found: Signature, severity: Severity) -> Iterator[Finding]:
    field = f"{block}.signature"
    if found == "absent":
        seen = f": {record.remarks[field]}" if field in record.remarks else ""
        yield at_field(
            record,
            "signature-absent",
            severity,
            f"There is no signature of the {who}{seen}. Ask for the signed paper.",
            field,
        )
    elif found == "text":
        yield at_field(
            record,
            "signature-absent",
            "needs-person",
            f"Where the {who} signs there are only typed words. Confirm that the paper was signed.",
            field,
        )


def _digital(record: DecisionRecord, block: str, found: Signature) -> Iterator[Finding]:
    """A digital signature must be of the file as it is; whom to trust is for a program that knows certificates."""
    field = f"{block}.signature"
    if found != "absent" and field in record.remarks:
        yield at_field(
            record,
            "signature-digital",
            "blocks",
            f"A digital signature is in question: {record.remarks[field]}. Open the paper in a program that checks "
            "signatures, and confirm who signed what.",
            field,
        )


def _date(record: DecisionRecord, block: str, who: str, found: date | None) -> Iterator[Finding]:
    if found is None:
        yield at_field(
            record,
            "signed-date-missing",
            "blocks",
            f"No date can be read beside the signature of the {who}. Get the date of signing.",
            f"{block}.signed_on",
        )


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
