"""Lines of print as one text, and where in it the marks of footnotes stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.document import Word, spell

HYPHENED = re.compile(r"\w-$")


def marks_in(rows: Sequence[Sequence[Word]]) -> tuple[tuple[int, int], ...]:
    """The marks of notes in some lines: which note each leads to, and how much of the joined text is before it."""
    return tuple(
        (word.note, len(join([*map(spell, rows[:n]), spell(row[:at])])))
        for n, row in enumerate(rows)
        for at, word in enumerate(row)
        if word.note is not None
    )


def join(texts: Iterable[str]) -> str:
    """Lines as one text: a hyphen at the end of a line is a real hyphen, and nothing is put after it."""
    parts: list[str] = []
    for text in texts:
        if parts and parts[-1][-1] == "-" and text[:1].isalnum() and HYPHENED.search(parts[-1]):
            parts[-1] += text
        elif printed := text.strip():
            parts.append(printed)
    return " ".join(" ".join(parts).split())
