"""Do the printed numbers run on without a gap?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.checks.places import at_field, at_passage, capital, spoken
from extract.claims import Finding
from extract.record import Block, DecisionRecord, Passage

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A gap in a list may be a paragraph that was lost. Each list counts in its own scope, whatever stands between."""
    yield from _block(record, record.executive_summary)
    yield from _block(record, record.recommendations)
    previous = 0
    for index, section in enumerate(record.sections):
        number = int(section.number) if section.number and section.number.isdigit() else None
        if number is not None and number != previous + 1:
            twice = f"Two sections are numbered {number}. Is the numbering right, or is one of them left over?"
            gap = f"Section {number} follows {f'section {previous}' if previous else 'nothing'}. Is a section missing?"
            yield at_field(
                record, "numbering-gap", "note", twice if number == previous else gap, f"sections[{index}].number"
            )
        previous = number if number is not None else previous
        yield from _block(record, section.passages)


def _block(record: DecisionRecord, passages: Iterable[Block]) -> Iterator[Finding]:
    above: list[Passage] = []
    printed: set[str] = set()
    lists: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        if not isinstance(passage, Passage) or passage.number is None:
            continue
        above = [p for p in above if p.level < passage.level]
        message = _gap(passage, lists.setdefault(_scope(passage, above), []))
        above.append(passage)
        parent = (passage.number or "").rpartition(".")[0]
        if message is None and parent.count(".") and parent not in printed:
            message = f"stands below {parent}, and there is no {parent}. Is a paragraph missing?"
        printed.add(passage.number or "")
        if message:
            name = spoken(record, passage.id)
            yield at_passage(record, "numbering-gap", "note", f"{capital(name)} {message}", (passage.id,))


def _scope(passage: Passage, above: list[Passage]) -> tuple[str, ...]:
    """The list a passage belongs to: "2.2" for 2.2.1; for a letter or a lone number, the passage it hangs below."""
    parts = tuple((passage.number or "").split("."))
    return parts[:-1] if len(parts) > 1 else ("below", above[-1].id if above else "")


def _gap(passage: Passage, open_lists: list[Passage]) -> str | None:
    """What is wrong with the number of a passage, given the last of each list that is still open in its scope."""
    place = _ordinals(passage.number or "")
    for depth, last in reversed(list(enumerate(open_lists))):
        if any(one - other == 1 for one in place for other in _ordinals(last.number or "")):
            open_lists[depth:] = [passage]
            return None
    before = open_lists[-1] if open_lists else None
    whole = passage.level == 1 and passage.id.partition("/")[0] in ("summary", "recommendation")
    if 1 in place and (before is None or (not whole and "." not in (passage.number or ""))):
        open_lists.append(passage)  # a list inside a list: a, i, ii, b
        return None
    open_lists[-1:] = [passage]
    if before is None:
        return "is the first of its list. Is one missing before it?"
    if passage.number == before.number:
        return f"has the number of the one before it, {before.number}. Is the numbering right?"
    return f"follows {before.number}. Is something missing between them?"


def _ordinals(label: str) -> set[int]:
    """What the last part of a number may count as: i is the first Roman numeral and the ninth letter."""
    label = label.rpartition(".")[2]
    if label.isdigit():
        return {int(label)}
    lower = label.casefold()
    found = {ROMAN.index(lower) + 1} if lower in ROMAN else set()
    if re.fullmatch(r"[a-z]", lower):
        found.add(ord(lower) - ord("a") + 1)
    return found or {1}
