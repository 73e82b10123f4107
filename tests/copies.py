"""Many papers out of one: each with other bytes, and not a word changed."""

from __future__ import annotations

import re
from pathlib import Path

PAPERS = Path(__file__).parent / "papers"
SHORT = PAPERS / "letter.pdf"
IDENTITY = re.compile(rb"(?<=/ID\[\()[^)]{8}")


def copies(folder: Path, count: int, paper: Path = SHORT) -> list[Path]:
    """So many papers in a folder; each has an identity of its own, which nobody reads, and so a SHA-256 of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = paper.read_bytes()
    assert len(IDENTITY.findall(printed)) == 1
    made = []
    for number in range(count):
        made.append(folder / f"{paper.stem}-{number:04}.pdf")
        made[-1].write_bytes(IDENTITY.sub(f"{number:08}".encode(), printed))
    return made
