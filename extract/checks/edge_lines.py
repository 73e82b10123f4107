"""Does a lone line at the head, the foot or the side of a page stand among the text?

A header or a footer is known by its standing on page after page. One that stands on a single page is read as text, and
so is a note in the margin; whatever it says, of a draft, of a person or of a Part 2, would be published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.checks.places import at_passage, spoken
from extract.claims import Finding
from extract.facts import Place
from extract.record import DecisionRecord, Passage

HEAD, FOOT = 72.0, 728.0  # points from the top: above and below is no text, on A4 and on a shorter sheet
ABOVE, BELOW = 30.0, 20.0  # points: no text stands so far below a line at the head, or above one at the foot
BROKEN = 16.0  # points: nor do two lines of one sentence
ONE_LINE = 24.0  # points: nothing of two lines is so low
SIDE = 0.6  # of the width that text fills on a page: so far right begins no paragraph, and no short line amid the page


class Stretch(NamedTuple):
    """What a passage, or the heading of a section, fills of a page; `goes_on`, `open_end`: as a part of a sentence."""

    place: str
    goes_on: bool
    open_end: bool
    left: float
    top: float
    right: float
    bottom: float


def check(record: DecisionRecord) -> Iterator[Finding]:
    """The last line of a text stands right below the others; a footer stands far from all else on its page."""
    pages: dict[int, list[Stretch]] = {}
    for place, text, boxes in _public(record):
        for where in boxes:
            ends = _is_open(text) and where is boxes[-1]
            begins = text[:1].islower() and where is boxes[0]
            pages.setdefault(where.page, []).append(Stretch(place, begins, ends, *where.box))
    for page, stretches in sorted(pages.items()):
        found = dict((*_ends(stretches), *_beside(stretches)))
        for lone, edge in found.items():
            yield at_passage(
                record,
                "edge-line-in-text",
                "needs-person",
                f"A line that stands alone at the {edge} of page {page} is read as text, in "
                f"{spoken(record, lone.place)}. Is it text of Part 1?",
                (lone.place,),
                detail=f"page-{page}",
            )


def _ends(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, str]]:
    for lone in min(stretches, key=lambda one: one.top), max(stretches, key=lambda one: one.bottom):
        edge = "head" if lone.bottom < HEAD else "foot" if lone.top > FOOT else None
        alone = not any(other is not lone and _near(lone, other) for other in stretches)
        if edge and alone and lone.bottom - lone.top < ONE_LINE:
            yield lone, edge


def _beside(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, str]]:
    left, right = min(one.left for one in stretches), max(one.right for one in stretches)
    return ((one, "side") for one in stretches if one.left > left + SIDE * (right - left))


def _near(lone: Stretch, other: Stretch) -> bool:
    above = BROKEN if lone.open_end and other.goes_on else ABOVE
    return other.top - lone.bottom < above and lone.top - other.bottom < BELOW


def _is_open(text: str) -> bool:
    """Whether a text does not end as a sentence or a part of a list does."""
    return not text.endswith((".", ":", ";", "?", "!", ",", ")"))


def _public(record: DecisionRecord) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    for passage in record.passages():
        if not passage.id.startswith("footnote/"):  # notes stand at the foot
            yield passage.id, passage.text if isinstance(passage, Passage) else "", passage.boxes
    for section in record.sections:
        if section.boxes and section.passages:
            yield f"{section.passages[0].id.partition('/')[0]}/heading", section.heading, section.boxes
