"""What is ticked and what is deleted: YES/NO, and the originating officer's declarations.

A YES/NO is answered by what is struck out. Where nothing is struck, or everything, the answer is `undetermined`: an
unanswered question is not NO.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.evidence import evidence_of, evidence_of_cell
from extract.facts import Answer, Declaration, Evidence
from extract.form import Form
from extract.paragraphs import join
from ingest.document import Cell, Line, Table, Word, spell

YES_NO = re.compile(r"(?i)\b(?:yes|no)\b")
TICK = re.compile(r"[✓✔☑√]|^(?:x|y|yes)$", re.IGNORECASE)


def yes_or_no(words: Iterable[Word]) -> Answer:
    """What is left of YES/NO when the struck words are taken away."""
    left = {token.upper() for word in words if not word.struck for token in YES_NO.findall(word.text)}
    return "undetermined" if len(left) != 1 else "yes" if left == {"YES"} else "no"


def read_declarations(form: Form) -> tuple[tuple[Declaration, ...], dict[str, Evidence]]:
    """The originating officer's table; the tick in its heading belongs to no declaration."""
    rows = [row for thing in form.flow("declarations") if isinstance(thing, Table) for row in thing.rows]
    result: list[Declaration] = []
    seen: dict[str, Evidence] = {}
    for row in rows:
        if len(row) < 2 or not row[0].lines or (form.parts and _opens(form, row[0].lines[0])):
            continue
        words = [word for line in row[0].lines for word in line.words]
        bold = next((i for i, word in enumerate(words) if not word.bold), len(words))
        topic, colon, rest = spell(words[:bold]), ":", join([spell(words[bold:])])
        if not bold or bold == len(words):
            topic, colon, rest = row[0].text.partition(":")
        if not colon:
            continue
        path = f"declarations[{len(result)}]"
        seen[f"{path}.topic"] = seen[f"{path}.statement"] = evidence_of([row[0]])
        seen[f"{path}.ticked"] = evidence_of_cell(row[-1], row[0].lines[0].page)
        result.append(
            Declaration(
                topic=topic.rstrip(" :"),
                statement=_statement(row[0], topic) or rest,
                ticked=bool(TICK.search(row[-1].text.strip())),
            )
        )
    return tuple(result), seen


def _statement(cell: Cell, topic: str) -> str:
    whole = join(line.text for line in cell.lines)
    return whole[len(topic) :].lstrip(" :") if whole.startswith(topic) else ""


def _opens(form: Form, line: Line) -> bool:
    return any(part.place.name == "declarations" and part.place.begins(line) for part in form.parts)
