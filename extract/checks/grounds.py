"""What the grounds of a Part 2 amount to: the exemptions they claim or may mean, and which of them are qualified."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.exemptions import load
from extract.record import Citation

FOIA = re.compile(r"(?:FOIA\s*)?s\.?\s?(?P<section>\d{2}[A-Z]?)(?P<limbs>(?:\(\w+\))*)$", re.I)


def keys(ground: Citation) -> tuple[str, ...]:
    """The exemptions a ground claims, or those its proposed reading names, as keys ("FOIA s.43(2)")."""
    given = (ground.key,) if ground.key else ground.reading.proposed_keys if ground.reading else ()
    return tuple(f"FOIA s.{found['section']}{found['limbs']}" if (found := FOIA.match(key)) else key for key in given)


def claimed_sections(grounds: Iterable[Citation]) -> frozenset[str]:
    """The sections of the Freedom of Information Act that the grounds claim or may mean."""
    return frozenset(found["section"] for ground in grounds for key in keys(ground) if (found := FOIA.match(key)))


def qualified(ground: Citation) -> tuple[str, ...]:
    """The exemptions of this ground that hold only after a public interest test."""
    table = load()
    return tuple(key for key in keys(ground) if (row := table.get(key)) and row.requires_public_interest_test)
