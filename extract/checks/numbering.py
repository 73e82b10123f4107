"""Do the printed numbers run on without a gap?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.checks.places import at_field, at_passage, spoken
from extract.claims import Finding
from extract.record import DecisionRecord, Passage, TablePassage

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A gap in a list may be a paragraph that was lost. Each list counts in its own scope, whatever stands between."""
    yield from _block(record, record.executive_summary)
    yield from _block(record, record.recommendations)
    previous = 0
    for index, section in enumerate(record.sections):
        number = int(section.number) if section.number and section.number.isdigit() else None
        if number is not None and number != previous + 1:
            yield at_field(
                record,
                "numbering-gap",
                "note",
                f"Section {number} follows {f'section {previous}' if previous else 'nothing'}. Is a section missing?",
                f"sections[{index}].number",
            )
        previous = number if number is not None else previous
        yield from _block(record, section.passages)


def _block(record: DecisionRecord, passages: Iterable[Passage | TablePassage]) -> Iterator[Finding]:
    last: dict[tuple[str, ...], Passage] = {}
    above: list[Passage] = []
    for passage in passages:
        if not isinstance(passage, Passage) or passage.number is None:
            continue
        above = [p for p in above if p.level < passage.level]
        scope, own = _scope(passage, above)
        before = last.get(scope)
        above.append(passage)
        last[scope] = passage
        last = {key: p for key, p in last.items() if not _inside(key, passage, scope)}
        message = _gap(passage, before, own)
        if message:
            name = spoken(record, passage.id)
            yield at_passage(record, "numbering-gap", "note", f"{name[:1].upper()}{name[1:]} {message}", (passage.id,))


def _scope(passage: Passage, above: list[Passage]) -> tuple[tuple[str, ...], str]:
    """The list a passage belongs to, and its own number or letter in it."""
    parts = tuple((passage.number or "").split("."))
    if len(parts) > 1:
        return parts[:-1], parts[-1]
    kind = "number" if parts[0].isdigit() else "letter"
    return (above[-1].id if above else "", kind), parts[0]


def _inside(key: tuple[str, ...], passage: Passage, scope: tuple[str, ...]) -> bool:
    """Whether a list hung below an earlier passage: with a new passage above it, that list is over."""
    return key != scope and bool(key) and key[0] == passage.id


def _gap(passage: Passage, before: Passage | None, own: str) -> str | None:
    place = _ordinals(own)
    if before is None:
        return None if 1 in place else "is the first of its list. Is one missing before it?"
    previous = _ordinals((before.number or "").split(".")[-1])
    if any(one - other == 1 for one in place for other in previous):
        return None
    if 1 in place and passage.level > 1 and "." not in (passage.number or ""):
        return None  # a second list under the same paragraph
    if place == previous:
        return f"has the number of the one before it, {before.number}. Is the numbering right?"
    return f"follows {before.number}. Is something missing between them?"


def _ordinals(label: str) -> set[int]:
    """What a label may count as: i is the first Roman numeral and the ninth letter."""
    if label.isdigit():
        return {int(label)}
    lower = label.casefold()
    found = {ROMAN.index(lower) + 1} if lower in ROMAN else set()
    if re.fullmatch(r"[a-z]", lower):
        found.add(ord(lower) - ord("a") + 1)
    return found or {1}
