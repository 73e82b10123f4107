"""Is it settled whether publication of Part 1 is deferred, why, and until when?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from extract.checks.asked import form_has
from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord

LONG = timedelta(days=93)
VERY_LONG = timedelta(days=366)
OPEN = "The form asks whether publication of Part 1 is deferred, and {seen}."
NOT_ASKED = "The form does not ask whether publication is deferred."


def check(record: DecisionRecord) -> Iterator[Finding]:
    """An open question is not a NO, and a deferral needs a reason and a date that are the shortest strictly needed."""
    deferral, signed_on = record.deferral, record.approval.signed_on
    if deferral.answer == "undetermined":
        seen = record.remarks.get("deferral.answer", "its answer cannot be read")
        yield at_field(
            record,
            "deferral-undetermined",
            "blocks",
            f"{OPEN.format(seen=seen) if form_has(record, 'deferral_question') else NOT_ASKED} "
            "An open question is not a NO: ask the originating officer, then answer no, or yes and until when.",
            "deferral.answer",
            asks="yes-no",
        )
    if deferral.answer == "no" and (deferral.reason or deferral.until):
        yield at_field(
            record,
            "deferral-conflict",
            "needs-person",
            "Publication is said not to be deferred, yet the form gives a reason or a date for a deferral. "
            "Ask the originating officer which of them stands.",
            "deferral.answer",
        )
    if deferral.answer != "yes":
        return
    if not deferral.reason:
        yield at_field(
            record,
            "deferral-incomplete",
            "blocks",
            "Publication is deferred and no reason is given. A deferral is lawful only for a reason: get one.",
            "deferral.reason",
        )
    if not deferral.until:
        yield at_field(
            record,
            "deferral-incomplete",
            "blocks",
            "Publication is deferred and no date is given that can be read. A deferral ends on a specific date: "
            "get one.",
            "deferral.until",
            asks="date",
        )
    elif signed_on and deferral.until <= signed_on:
        yield at_field(
            record,
            "deferral-incomplete",
            "blocks",
            f"Publication is deferred until {deferral.until:%-d %B %Y}, which is not after the decision was signed on "
            f"{signed_on:%-d %B %Y}. Get the right date.",
            "deferral.until",
            asks="date",
        )
    elif signed_on and deferral.until - signed_on > LONG:
        very_long = deferral.until - signed_on > VERY_LONG
        yield at_field(
            record,
            "deferral-long",
            "blocks" if very_long else "needs-person",
            f"Publication is deferred for {(deferral.until - signed_on).days} days after signing, until "
            f"{deferral.until:%-d %B %Y}. A deferral is kept to the shortest time strictly necessary: "
            "confirm the date.",
            "deferral.until",
        )
