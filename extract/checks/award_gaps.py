"""Is every award read whole: who gets it, and for how much?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_passage, capital, spoken
from extract.claims import Finding
from extract.facts import Award
from extract.record import DecisionRecord

KINDS = {"award": "a contract", "direct-award": "a contract", "extension": "an extension", "grant": "a grant"}


def check(record: DecisionRecord) -> Iterator[Finding]:
    """What a recommendation does not plainly say stays empty in the list of contracts, and an officer may fill it."""
    for place in dict.fromkeys(award.recommendation for award in record.awards):
        awards = [award for award in record.awards if award.recommendation == place and award.kind in KINDS]
        missing = list(dict.fromkeys(name for award in awards for name in _missing(award)))
        if missing:
            where = spoken(record, place)
            yield at_passage(
                record,
                "award-incomplete",
                "note",
                f"{capital(where)} approves {KINDS[awards[0].kind]}, and {' and '.join(missing)} can be "
                "read in it. It is left open in the list of contracts. See whether the paper names it elsewhere, or "
                "withholds it.",
                (place,),
            )


def _missing(award: Award) -> Iterator[str]:
    if not award.supplier:
        yield "no supplier"
    if not (award.value or award.value_as_printed or award.total_after_as_printed):
        yield "no sum"
