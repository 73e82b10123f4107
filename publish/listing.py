"""What the lists show: the register by year, and every withheld place of all decisions, from public values alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from publish.errors import PublishError
from publish.part1 import Ground, Part1, Stub
from publish.view import ground_anchor
from publish.words import something_withheld


class Place(NamedTuple):
    """One withheld place of the whole register; `where` is None for a Part 2."""

    decision: Part1
    entry: int | None
    where: str | None
    ground: Ground | None
    next_review: date | None


class Tally(NamedTuple):
    """How often one ground is used; None counts the Part 2 forms whose paper gives no ground."""

    ground: Ground | None
    places: int
    decisions: int


def places(decisions: Sequence[Part1 | Stub]) -> tuple[Place, ...]:
    """Every withheld place, the one we look at again first on top; those without a date come last."""
    found = [
        place
        for decision in decisions
        if isinstance(decision, Part1)
        for place in (
            *(
                Place(decision, entry, line.place, line.exemption, line.next_review)
                for entry, line in enumerate(decision.withheld, start=1)
            ),
            *(Place(decision, None, None, ground, decision.part2.next_review) for ground in _grounds(decision)),
        )
    ]
    return tuple(sorted(found, key=lambda p: (p.next_review or date.max, p.decision.slug, p.entry or 0)))


def _grounds(decision: Part1) -> tuple[Ground | None, ...]:
    """The grounds of a Part 2, each a place of its own; one without any is a place all the same."""
    return (decision.part2.grounds or (None,)) if decision.part2.exists == "yes" else ()


def tallies(found: Sequence[Place]) -> tuple[Tally, ...]:
    """The grounds by how many places they keep back, the most used first."""
    by_label: dict[str, list[Place]] = {}
    for place in found:
        by_label.setdefault(place.ground.label if place.ground else "", []).append(place)
    ordered = sorted(by_label.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Tally(ps[0].ground, len(ps), len({p.decision.slug for p in ps})) for _, ps in ordered)


class Use(NamedTuple):
    """One ground that is in use, the law it is found in, and the decisions that rely on it, newest first."""

    ground: Ground
    places: int
    decisions: tuple[Part1, ...]

    @property
    def anchor(self) -> str:
        return ground_anchor(self.ground)


def uses(found: Sequence[Place]) -> tuple[Use, ...]:
    """Each ground once, whatever words the papers cite it with, by its name; what nobody has confirmed comes last."""
    by_anchor: dict[str, list[tuple[Ground, Part1]]] = {}
    for place in found:
        if place.ground:
            by_anchor.setdefault(ground_anchor(place.ground), []).append((place.ground, place.decision))
    used = []
    for pairs in by_anchor.values():
        decisions = {decision.slug: decision for _, decision in pairs}
        ordered = sorted(decisions.values(), key=lambda d: (signed(d), d.slug), reverse=True)
        used.append(Use(pairs[0][0], len(pairs), tuple(ordered)))
    return tuple(sorted(used, key=lambda use: (use.ground.key is None, use.ground.label, use.ground.key or "")))


class Year(NamedTuple):
    """The decisions signed in one year, newest first, and how many of them keep something back or wait."""

    year: int
    decisions: tuple[Part1 | Stub, ...]
    withheld: int


class NotSettled(PublishError):
    """A decision that leaves a question of its form open was given to be published; nothing is."""

    exit_code = 4


class NotOurs(PublishError):
    """A decision of another body was given to be published; nothing is."""

    exit_code = 4


def signed(decision: Part1 | Stub) -> date:
    """The day of signing, which every decision that may be published has."""
    if decision.signed_on is None:
        raise NotSettled(f"{decision.reference}: the paper does not say when it was signed.")
    return decision.signed_on


def newest_first(decisions: Sequence[Part1 | Stub]) -> tuple[Part1 | Stub, ...]:
    """By the day they were signed; on one day the higher reference first."""
    return tuple(sorted(decisions, key=lambda d: (signed(d), _by_number(d.slug)), reverse=True))


def _by_number(slug: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in slug.split("-"))


def years(ordered: Sequence[Part1 | Stub]) -> tuple[Year, ...]:
    """The register by year, the newest first."""
    by_year: dict[int, list[Part1 | Stub]] = {}
    for decision in ordered:
        by_year.setdefault(signed(decision).year, []).append(decision)
    return tuple(
        Year(year, tuple(ds), sum(isinstance(d, Stub) or something_withheld(d) for d in ds))
        for year, ds in by_year.items()
    )
