"""How much of the machine one paper may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine one paper may take; more than this is no decision paper but an accident or an attack."""

    pages: int = 400
    megabytes: int = 100
    seconds: int = 120
    memory_megabytes: int = 1500
    objects: int = 500_000
    answer_megabytes: int = 200


DEFAULT = Limits()
