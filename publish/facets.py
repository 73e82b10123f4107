"""The register narrowed by one thing at a time: each facet is a plain page with a permanent address, and a feed.

A facet is worked out from public values alone, so a name that is withheld makes none. A stub, which says no more than
that a paper exists, is found by its date only. The years have pages of their own. A new kind of facet is one more row
in `KINDS`; its pages lie two folders deep, as the frame of the shell does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from publish import words
from publish.listing import signed
from publish.part1 import Part1, PublicAward, Stub, slug

Decision = Part1 | Stub


class Facet(NamedTuple):
    """One value of one kind, and the decisions that have it in the order they were given; `path` ends with a slash."""

    kind: str
    label: str
    path: str
    decisions: tuple[Decision, ...]

    @property
    def total(self) -> Decimal | None:
        """Of a supplier: our sum of its contracts, or None where one of them has no single value."""
        return words.contracts_total(award for _, award in self.contracts)

    @property
    def contracts(self) -> tuple[tuple[Part1, PublicAward], ...]:
        """Of a supplier: what it was awarded, decision by decision."""
        return tuple(
            (decision, award)
            for decision in self.decisions
            if isinstance(decision, Part1)
            for award in decision.awards
            if self.path == f"suppliers/{words.supplier_address(award.supplier or '')}/"
        )


class Kind(NamedTuple):
    """A way to narrow the register: `values` says the label and the path of each value that a decision has."""

    name: str
    values: Callable[[Decision], Iterable[tuple[str, str]]]


def _year(decision: Decision) -> Iterable[tuple[str, str]]:
    year = signed(decision).year
    yield str(year), f"decisions/{year}/"


def _month(decision: Decision) -> Iterable[tuple[str, str]]:
    day = signed(decision)
    yield words.month(day), f"decisions/{day:%Y-%m}/"


def _supplier(decision: Decision) -> Iterable[tuple[str, str]]:
    if isinstance(decision, Part1):
        addresses = ((name, words.supplier_address(name)) for name in words.suppliers(decision))
        yield from ((name, f"suppliers/{address}/") for name, address in addresses if address)


def _ground(decision: Decision) -> Iterable[tuple[str, str]]:
    if isinstance(decision, Part1):
        grounds = (*(line.exemption for line in decision.withheld), *decision.part2.grounds)
        yield from ((ground.label, f"withheld/for-{slug(ground.label)}/") for ground in grounds if ground.key)


KINDS: Final = (Kind("year", _year), Kind("month", _month), Kind("supplier", _supplier), Kind("ground", _ground))


def facets(ordered: Sequence[Decision]) -> tuple[Facet, ...]:
    """Every facet of these decisions, kind by kind in the order of `KINDS`, within a kind by address.

    Two spellings of one name share an address; the page bears the one met first.
    """
    found: dict[tuple[str, str], tuple[str, dict[str, Decision]]] = {}
    for decision in ordered:
        for kind in KINDS:
            for label, path in kind.values(decision):
                found.setdefault((kind.name, path), (label, {}))[1][decision.slug] = decision
    rank = {kind.name: place for place, kind in enumerate(KINDS)}
    return tuple(
        Facet(kind, label, path, tuple(under.values()))
        for (kind, path), (label, under) in sorted(found.items(), key=lambda one: (rank[one[0][0]], one[0][1]))
    )
