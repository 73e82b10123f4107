"""The pictures of Part 1: nobody reads them, so what they show is on no public page, a marking or a chart.

A signature is a picture too, and is known by its block; the picture of a whole page is a scan; a logo stands above the
reference. At the edge of a page with public text any other picture counts, since a marking would stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from extract.editions import PUBLIC
from extract.facts import Place
from extract.form import Flow, Form
from extract.marks import Marks
from extract.signatures import BLOCKS
from extract.signing import signed_in
from ingest.document import Box, Document, Page, Picture, Table

WIDE, HIGH = 12.0, 6.0  # points: what is smaller shows no word
EDGE = 60.0  # points: headers and footers stand no further from the edge of a page
TOUCH = 1.0  # point: pictures that are no further apart are one, which some programs cut into strips


def unread_pictures(document: Document, form: Form, marks: Marks) -> tuple[Place, ...]:
    """Where each picture of a public place stands that is no signature and no scan, in the paper's order."""
    signatures = [signed_in(form.flow(name), form, marks).mark for name in BLOCKS]
    flows: list[tuple[str, str, tuple[Flow, ...]]] = [("", "", form.unplaced)]
    flows += [(part.place.name, part.place.holds, part.flow) for part in form.parts]
    printed = {page.number: page for page in document.pages if not page.ocr and not page.scanned}

    @cache  # it is asked of few pages, and a page may have thousands of pictures
    def is_public(page: int) -> bool:
        return any(page in _pages(thing) for part in form.holding(*PUBLIC) for thing in part.flow)

    found: dict[int, list[Box]] = {}
    for name, holds, flow in flows:
        for thing in flow:
            if not isinstance(thing, Picture) or thing.page not in printed or thing in signatures:
                continue
            at_edge = _is_at_edge(thing.box, printed[thing.page], name) and is_public(thing.page)
            logo = thing.page == 1 and holds in ("", "furniture") and thing.box.top < printed[1].height / 2
            if holds in PUBLIC or (at_edge and not logo):
                found.setdefault(thing.page, []).append(thing.box)
    return tuple(
        Place(page=number, box=box)
        for number in sorted(found)
        for box in _whole(found[number])
        if _seen(box.x0, box.x1, printed[number].width) > WIDE
        and _seen(box.top, box.bottom, printed[number].height) > HIGH
    )


def _pages(thing: Flow) -> tuple[int, ...]:
    return thing.pages if isinstance(thing, Table) else (thing.page,)


def _is_at_edge(box: Box, page: Page, place: str) -> bool:
    """Whether a picture stands where headers and footers do, or above or below all print.

    Below the print of a signed block it may be a signature that was put there by hand.
    """
    top = min((line.box.top for line in page.lines), default=0.0)
    bottom = max((line.box.bottom for line in page.lines), default=page.height)
    foot = page.height - EDGE
    return box.bottom <= max(top, EDGE) or box.top >= (foot if place in BLOCKS else min(bottom, foot))


def _seen(start: float, end: float, edge: float) -> float:
    """How much of a stretch lies on the page."""
    return min(end, edge) - max(start, 0.0)


def _whole(boxes: Iterable[Box]) -> Iterator[Box]:
    """The same with those that touch put together."""
    left = sorted(boxes, key=lambda box: (box.top, box.x0))
    while left:
        whole = left.pop(0)
        while touching := [box for box in left if _touch(whole, box)]:
            for box in touching:
                left.remove(box)
                whole = whole.union(box)
        yield whole


def _touch(one: Box, other: Box) -> bool:
    return (
        max(one.x0, other.x0) - min(one.x1, other.x1) <= TOUCH
        and max(one.top, other.top) - min(one.bottom, other.bottom) <= TOUCH
    )
