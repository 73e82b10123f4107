"""Does Part 1 say something word for word that the Part 2 in the same file says too?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_field, at_passage, spoken
from extract.claims import Finding
from extract.money import find_amounts
from extract.record import DecisionRecord
from extract.texts import public_texts
from publish.canonical import words

RUN = 8  # words in a row: fewer are phrases that any two texts about one thing share
LEAST = 1000  # pounds: a smaller sum is a rate or a fee that says nothing by itself

# The form's own sentences, and what Part 1 is there to say of Part 2: these stand in both by design.
OF_THE_FORM = re.compile(r"title|recommendation_lead|approval\.|part2\.")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Nothing after this asks: what two people approved is let through, and once public it cannot be called back.

    The message never says which words, because it is read more widely than Part 2.
    """
    kept = [p.withheld_text.get_secret_value() for p in record.withheld_passages if p.why == "part2"]
    runs = {run for text in kept for run in _runs(text)}
    sums = {sum_ for text in kept for sum_ in _sums(text)}
    for place, text in public_texts(record):
        if OF_THE_FORM.match(place):
            continue
        both = ["a run of words"] * (not runs.isdisjoint(_runs(text)))
        both += ["a sum of money"] * (not sums.isdisjoint(_sums(text)))
        if not both:
            continue
        where = spoken(record, place)
        message = (
            f"{where[0].upper()}{where[1:]} has {' and '.join(both)} that the Part 2 in this file has too. "
            "Withhold it here if it is exempt, or say why it may be public."
        )
        if place == "deferral.reason":
            yield at_field(record, "withheld-text-in-part1", "needs-person", message, place)
        else:
            yield at_passage(record, "withheld-text-in-part1", "needs-person", message, (place,))


def _runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {said[at : at + RUN] for at in range(len(said) - RUN + 1)}


def _sums(text: str) -> set[str]:
    """Every sum of a thousand pounds or more, as printed, without spaces and "about"."""
    return {
        re.sub(r"^[^£\d]*|\s", "", found.as_printed).lower()
        for found in find_amounts(text)
        if found.value is not None and found.value >= LEAST
    }
