"""Has every part of the paper its heading, and something in it?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field, at_passage
from extract.claims import Finding
from extract.editions import find_edition
from extract.record import Block, DecisionRecord, Passage
from extract.texts import heading_place

NAMED = {
    "summary": "the executive summary",
    "recommendations": "the recommendations",
    "part1": "Part 1, with the facts and advice that are not confidential,",
}
FIELD_OF = {"summary": "executive_summary", "part1": "sections"}


def _first(record: DecisionRecord, name: str) -> tuple[Block, ...]:
    """What stands in a place whose heading is missing."""
    if name == "part1":
        return tuple(passage for section in record.sections for passage in section.passages)
    return record.executive_summary if name == "summary" else record.recommendations


def check(record: DecisionRecord) -> Iterator[Finding]:
    """An empty section is a paper not finished, or text that was not read; a part without a heading was inferred."""
    for name in record.unheaded:
        yield at_field(
            record,
            "heading-missing",
            "needs-person",
            f"No heading of {NAMED.get(name, name)} is printed: where it begins was told from what stands around it. "
            "See whether all of it belongs to Part 1.",
            FIELD_OF.get(name, name),
            page=next((passage.page for passage in _first(record, name)), None),
        )
    for index, section in enumerate(record.sections, start=1):
        if not any(not isinstance(p, Passage) or any(map(str.isalnum, p.text)) for p in section.passages):
            name = " ".join(part for part in (section.number, section.heading) if part)
            yield at_passage(
                record,
                "section-empty",
                "needs-person",
                f"Section {name} has no text. Ask whether something is missing, or whether it has nothing to say.",
                (heading_place(index, section),),
                field=f"sections[{index - 1}]",
            )
    yield from _missing(record)
    if record.form is not None and not record.recommendations:
        yield at_field(
            record,
            "section-empty",
            "blocks",
            "No recommendation can be read on this paper, so there is no decision to publish. Check the paper.",
            "recommendations",
        )


def _missing(record: DecisionRecord) -> Iterator[Finding]:
    """The sections that a paper on this form usually has. With fewer than half, it is set out in its own way."""
    edition = find_edition(record.form)
    headings = [section.heading for section in record.sections]
    usual = edition.usual_sections if edition else {}
    missing = [name for name, words in usual.items() if not any(words.search(heading) for heading in headings)]
    for name in missing if 2 * len(missing) <= len(usual) else ():
        yield at_field(
            record,
            "section-missing",
            "note",
            f"No section on “{name}” is in Part 1, as papers on this form usually have. See whether it is left out.",
            "sections",
            detail=name.split()[0].casefold(),
        )
