"""Does anything stand behind the background papers, with which Part 1 ends?

Nothing of the form comes between their list and its own tail. What was put there, with whatever number and heading, is
read as a part of that section, or as one more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from extract.checks.background_papers import HEADING, NONE
from extract.checks.places import at_passage, spoken
from extract.claims import Finding
from extract.record import Block, DecisionRecord, Passage, Section
from extract.texts import heading_place


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Asked of the first thing behind a "None", and of the first section behind the papers."""
    order = {id(section): n for n, section in enumerate(record.sections, 1)}
    last = list(dropwhile(lambda section: not HEADING.search(section.heading), record.sections))
    if not last:
        return
    places = [] if (odd := behind_none(last[0])) is None else [odd.id]
    places += [heading_place(order[id(section)], section) for section in last[1:2]]
    for place in places:
        yield at_passage(
            record,
            "behind-background-papers",
            "needs-person",
            f"Part 1 usually ends with its background papers, and {spoken(record, place)} stands behind them. Does it "
            "belong to Part 1 of this paper?",
            (place,),
        )


def behind_none(section: Section) -> Block | None:
    """What follows where a section says that there are no papers."""
    if not HEADING.search(section.heading):
        return None
    there = list(section.passages)
    none = next((n for n, one in enumerate(there) if isinstance(one, Passage) and NONE.match(one.text)), None)
    return None if none is None else next(iter(there[none + 1 :]), None)
