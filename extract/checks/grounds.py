"""What the grounds of a Part 2 amount to: the exemptions they claim, or may mean where they cannot be read."""

from __future__ import annotations

from extract.exemptions import Exemption, load
from extract.facts import Citation


def exemptions_of(ground: Citation) -> tuple[Exemption, ...]:
    """The exemption a ground claims, or those its proposed reading names; what is no exemption is left out."""
    keys = (ground.key,) if ground.key else ground.reading.proposed_keys if ground.reading else ()
    return tuple(row for key in keys if (row := load().get(key)))
