"""The difference between what the paper says and what the public would read, or reads now, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.texts import public_texts
from publish.history import text_of
from publish.part1 import Part1, PublicTable, slug
from review.case import standing
from review.desk.places import short
from review.desk.withheld import Piece, Why, by_place, claims_of, pieces_of
from review.office import View


@dataclass(frozen=True, slots=True)
class Row:
    """One passage: what stands there, what the public reads instead, and why. `left_out`: why all of it stays out."""

    place: str
    name: str
    original: tuple[Piece, ...]
    public: tuple[Piece, ...]
    why: tuple[Why, ...] = ()
    left_out: str = ""
    same: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that follow on one another and are all the same, or one that differs, which has a number."""

    rows: tuple[Row, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A text that differs from what is public now: what the public reads, and what it would read."""

    name: str
    before: str | None
    after: str | None


def difference(view: View) -> tuple[Row, ...]:
    """Every text of the paper beside what the public would read of it, in the paper's order."""
    return (*_texts(view), *_never_public(view))


def _texts(view: View) -> Iterator[Row]:
    spans, claims = by_place(view), claims_of(view)
    for text in public_texts(view.record):
        original = pieces_of(text.text, spans.get(text.place, ()), claims)
        why = tuple(dict.fromkeys(each for piece in original for each in piece.why))
        yield Row(text.place, short(text.place), original, original, why, same=not why)


def _never_public(view: View) -> Iterator[Row]:
    """What a form prints that no public version has a place for."""
    record = view.record
    if record.approval.interests_text:
        yield _left_out("approval.interests", "Interests", record.approval.interests_text, "Interests are private.")
    for n, declaration in enumerate(record.declarations):
        told = "Declarations name junior staff."
        yield _left_out(f"declarations[{n}]", f"Declaration {n + 1}", declaration.statement, told)
    if record.chief_executive.statement:
        told = "The chief executive’s statement is for the decision maker."
        yield _left_out("chief_executive.statement", "Chief executive", record.chief_executive.statement, told)
    for kept in record.withheld_passages:
        told = "It is Part 2." if kept.why == "part2" else "It stands in no place of the form that is public."
        yield _left_out(kept.id, f"Page {kept.page}", kept.withheld_text.get_secret_value(), told)


def _left_out(place: str, name: str, words: str, why: str) -> Row:
    return Row(place, name, (Piece(words),), (), left_out=why)


def runs(rows: Sequence[Row]) -> tuple[Run, ...]:
    """The rows, those that are the same folded together where they follow on one another."""
    folded: list[Run] = []
    number = 0
    for row in rows:
        if not row.same:
            number += 1
            folded.append(Run((row,), number))
        elif folded and folded[-1].number is None:
            folded[-1] = Run((*folded[-1].rows, row))
        else:
            folded.append(Run((row,)))
    return tuple(folded)


def public_now(home: Path, view: View) -> Part1 | None:
    """The text that is public now, proven by the digest on record; None where none is, or it is nowhere to be found."""
    now, reference = standing(view.dossier.history), view.dossier.paper.reference
    return text_of(home, slug(reference), now.digest) if now and reference else None


def changes(now: Part1, then: Part1) -> tuple[Change, ...]:
    """The texts that differ between two public versions, in the order of the later one, then what is gone."""
    before, after = dict(_public_texts(now)), dict(_public_texts(then))
    names = dict.fromkeys((*after, *before))
    return tuple(
        Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def _public_texts(part1: Part1) -> Iterator[tuple[str, str]]:
    facts = {
        "Title": part1.public_title,
        "Decided by": part1.decision_maker,
        "Signed on": part1.signed_on.isoformat() if part1.signed_on else None,
        "Deferral": f"{part1.deferral.answer} {part1.deferral.until or ''} {part1.deferral.reason or ''}".strip(),
        "Part 2": f"{part1.part2.exists} {part1.part2.ceases_when or ''} {part1.part2.next_review or ''}".strip(),
        "Grounds": ", ".join(ground.key or ground.label for ground in part1.part2.grounds) or None,
        "Recommended": part1.recommendation_lead,
    }
    yield from ((name, said) for name, said in facts.items() if said)
    sections = [block for section in part1.sections for block in section.passages]
    for order, section in enumerate(part1.sections, 1):
        yield f"Heading {section.number or order}", section.public_heading
    for block in (*part1.executive_summary, *part1.recommendations, *sections):
        if isinstance(block, PublicTable):
            cells = " | ".join(cell for row in (block.public_header, *block.public_rows) for cell in row)
            yield short(block.id), f"{block.caption or ''} {cells}".strip()
        else:
            yield short(block.id), block.public_text
    for note in part1.footnotes:
        yield short(note.id), note.public_text
    for number, award in enumerate(part1.awards, 1):
        told = (award.supplier, award.purpose, award.framework, award.value_as_printed, award.term)
        yield f"Contract {number}", ", ".join(filter(None, told))
    for number, line in enumerate(part1.withheld, 1):
        yield (
            f"Reason {number}",
            f"{line.place}: {line.exemption.label}. {line.because} {line.next_review or ''}".strip(),
        )
