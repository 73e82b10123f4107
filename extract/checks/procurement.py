"""Does every award say by which route it was procured?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, find_passage, texts
from extract.claims import Finding
from extract.facts import Award
from extract.record import DecisionRecord, Passage
from publish.body import body

ROUTE = re.compile(
    r"\b(frameworks?|dynamic purchasing system|DPS|dynamic market|tender(?:s|ed|ing)?|competition|competitive|"
    r"call[- ]off|open procedure|restricted procedure|negotiated procedure|contract notice|find a tender|"
    r"single[- ]tender|waiver|contract regulations|regulation 32|regulation 72|Procurement Act|section 41|"
    r"Crown Commercial Service|CCS|G-Cloud|Bluelight Commercial|inter-authority agreement|section 22A)\b",
    re.I,
)
CONTRACTS = ("award", "direct-award", "extension")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A contract without a framework or a competition needs its lawful route on the record."""
    for place in dict.fromkeys(award.recommendation for award in record.awards):
        awards = [award for award in record.awards if award.recommendation == place and award.kind in CONTRACTS]
        passage = find_passage(record, place)
        words = passage.text if isinstance(passage, Passage) else ""
        told = ROUTE.search(words) is not None
        bare = [
            a for a in awards if _is_made(a) and not a.framework and not told and not _elsewhere(record, a.supplier)
        ]
        if not bare:
            continue
        kind = {"extension": "an extension", "direct-award": "a direct award"}.get(bare[0].kind, "an award")
        suppliers = " and ".join(dict.fromkeys(award.supplier or "a supplier not named" for award in bare))
        yield at_passage(
            record,
            "award-without-route",
            "needs-person",
            f"{body().recommendation} {place.partition('/')[2]} approves {kind} ({suppliers}) and names no framework "
            "or other procurement route. Say which route was used and whether it is to be printed.",
            (place,),
        )


def _is_made(award: Award) -> bool:
    """Whether the recommendation makes the award itself: power to make one later names no supplier and no sum."""
    return bool(award.supplier or award.value or award.value_as_printed)


def _elsewhere(record: DecisionRecord, supplier: str | None) -> bool:
    """Whether a paragraph outside the recommendations names both this supplier and a route."""
    if not supplier:
        return False
    return any(
        supplier.casefold() in passage.text.casefold() and ROUTE.search(passage.text)
        for passage in texts(record)
        if passage not in record.recommendations
    )
