"""What a paper's form asks for at all: what it never asked cannot have been left open."""

from __future__ import annotations

from extract.editions import find_edition
from extract.record import DecisionRecord


def form_has(record: DecisionRecord, *names: str) -> bool:
    """Whether the paper's form has one of these labels or places; of a form that is not known anything is asked."""
    edition = find_edition(record.form)
    if edition is None:
        return True
    return not edition.labels.keys().isdisjoint(names) or any(place.name in names for place in edition.places)
