"""The grounds an officer picks from, and what each asks to be said before words may be withheld on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.exemptions import Exemption as Exemption  # read through here
from extract.exemptions import ExemptionTable, load

# Most often used, each with its key on the keyboard; `O` leads to the list of the others.
COMMON: tuple[tuple[str, str], ...] = (
    ("C", "FOIA s.43(2)"), ("L", "FOIA s.42"), ("P", "FOIA s.40(2)"), ("E", "FOIA s.31(1)(a)"),
)  # fmt: skip
OTHER = "other"
LONGEST = 4000  # characters of one answer


@dataclass(frozen=True, slots=True)
class Need:
    """Something a ground asks for: how the form calls it, and what is said where it is missing."""

    key: str
    question: str
    hint: str
    missing: str


NEEDS: tuple[Need, ...] = (
    Need("harm", "Whose interests, and what harm?", "Would it happen, or would it be likely to?",
         "Say whose interests would be harmed, and how. This ground needs it."),
    Need("basis", "What does this ground rest on?", "",
         "Say what this ground rests on."),
    Need("qualified-person", "The qualified person’s opinion", "Who gave it, and on which day.",
         "Say who the qualified person is, and when they gave their opinion. This ground needs it."),
    Need("public-interest-test", "Why does keeping it outweigh telling it?", "The public interest test.",
         "Say why the public interest in keeping it back is the greater. This ground needs the test."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A ground to pick: its key, plain words, the law it stands in, its letter, and what it asks for."""

    key: str
    label: str
    law: str
    instrument: str
    letter: str
    needs: tuple[str, ...]
    hint: str
    review: bool


def needs_of(row: Exemption) -> tuple[str, ...]:
    """What must be said for a ground: the harm, what it rests on, whose opinion, and the test of public interest."""
    asked = {
        "harm": row.requires_harm and not row.requires_qualified_person,
        "basis": bool(row.extra_evidence_required) and not (row.requires_harm or row.requires_qualified_person),
        "qualified-person": row.requires_qualified_person,
        "public-interest-test": row.requires_public_interest_test,
    }
    return tuple(key for key, needed in asked.items() if needed)


def common() -> tuple[Choice, ...]:
    """The few grounds that have a key of their own."""
    return tuple(_choice(row, letter) for letter, key in COMMON if (row := load().get(key)))


def others(table: ExemptionTable | None = None) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """All others that this body can use, by the law they stand in."""
    taken = {key for _, key in COMMON}
    groups: dict[str, list[Choice]] = {}
    for row in (table or load()).rows:
        if row.key not in taken and not row.unavailable and not row.key.startswith("Order"):
            groups.setdefault(row.instrument, []).append(_choice(row, ""))
    return tuple((instrument, tuple(found)) for instrument, found in groups.items())


def _choice(row: Exemption, letter: str) -> Choice:
    hint = row.extra_evidence_required[:1].upper() + row.extra_evidence_required[1:]
    lasting = row.requires_public_interest_test
    return Choice(row.key, row.label, row.provision, row.instrument, letter, needs_of(row), hint, lasting)


def missing(key: str, evidence: Mapping[str, str]) -> tuple[Need, ...]:
    """What a ground asks for that has not been said."""
    row = load().get(key)
    asked = needs_of(row) if row else ()
    return tuple(need for need in NEEDS if need.key in asked and not evidence.get(need.key, "").strip())
