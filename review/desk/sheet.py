"""What lies over the picture of a page: a box, with its word, round each thing that is withheld, asked or chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.claims import Finding
from extract.facts import Place
from extract.pointed import places_of_span
from extract.separate import WithheldSpan
from ingest.document import Document
from review.desk.places import Where, place_of, places_of, round_each_page, short
from review.office import View

Kind = Literal["withheld", "blocks", "needs-person", "note", "answered", "selected"]
WORDS: Mapping[Kind, str] = {
    "withheld": "withheld", "blocks": "blocks", "needs-person": "asked", "note": "note", "answered": "answered",
    "selected": "selected",
}  # fmt: skip
AROUND = 2.0  # points between the words and the line round them
LETTER, TAB = 5.2, 14.0  # points: a letter of a label, and how high the label is


@dataclass(frozen=True, slots=True)
class Box:
    """A box on the page in points, and the word on its label with the place of that."""

    kind: Kind
    x: float
    y: float
    width: float
    height: float
    label: str
    tab_x: float
    tab_y: float

    @property
    def tab_width(self) -> float:
        return _long(self.label)


@dataclass(frozen=True, slots=True)
class Area:
    """A passage on the page: pressing it chooses the passage."""

    x: float
    y: float
    width: float
    height: float
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in points, what is marked on it, and the passages that can be pressed."""

    page: int
    of: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    areas: tuple[Area, ...]
    withheld: int
    open: int
    answered: int


def sheet_of(view: View, where: Where, size: tuple[float, float], document: Document | None) -> Sheet:
    """A page with its boxes. Without the `document` words that are withheld are marked by their whole passage."""
    places = places_of(view.record)
    page, width = where.page, size[0]
    spans = [(span, *_of_span(view, span, document, places)) for span in view.disclosure.part2.spans]
    private = [(kept.boxes or ()) for kept in view.record.withheld_passages]
    here = [(f, at) for f in view.dossier.findings if (at := _on(page, finding_places(f, places)))]
    chosen = _on(page, selected_places(view, where.select, places))
    boxes = [
        *(_box("withheld", place, width, words) for _, found, words in spans for place in _on(page, found)),
        *(_box("withheld", place, width) for found in private for place in _on(page, round_each_page(found))),
        *(
            _box("answered" if f.answered_by else f.severity, place, width)
            for f, found in here
            if where.select != f"finding:{f.id}"
            for place in found
        ),
        *(_box("selected", place, width) for place in chosen),
    ]
    return Sheet(
        page=page,
        of=view.record.source.pages,
        width=size[0],
        height=size[1],
        boxes=tuple(_apart(boxes, width)),
        areas=tuple(_areas(view, where)),
        withheld=sum(bool(_on(page, found)) for _, found, _ in spans)
        + sum(bool(_on(page, found)) for found in private),
        open=sum(f.answered_by is None and f.severity != "note" for f, _ in here),
        answered=sum(f.answered_by is not None for f, _ in here),
    )


def finding_places(finding: Finding, places: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """Where a finding stands on paper: its own box, or the place it speaks of."""
    if finding.page and finding.box:
        return (Place(page=finding.page, box=finding.box),)
    return round_each_page(place_of(finding.passage or finding.field or "", places))


def selected_places(view: View, select: str, places: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """The boxes of the passage, field or finding that is chosen."""
    kind, _, name = select.partition(":")
    if kind == "finding":
        found = [finding_places(f, places) for f in view.dossier.findings if f.id == name]
        return found[0] if found else ()
    return (places.get(name, ()) if kind == "field" else round_each_page(place_of(name, places))) if kind else ()


def _of_span(
    view: View, span: WithheldSpan, document: Document | None, places: Mapping[str, tuple[Place, ...]]
) -> tuple[tuple[Place, ...], bool]:
    """The boxes of what is withheld, and whether they are those of words in a line that goes on beside them."""
    whole = round_each_page(place_of(span.place, places))
    if document is None:
        return whole, False
    words = places_of_span(view.record, document, span.place, span.start, span.end)
    return (words, True) if words else (whole, False)


def _on(page: int, places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.page == page)


def _long(label: str) -> float:
    return len(label) * LETTER + 10


def _box(kind: Kind, place: Place, width: float, words: bool = False) -> Box:
    """A box, its label beside it; of words inside a line in the margin, so that no print is covered."""
    x0, top, x1, bottom = place.box
    x0, x1 = max(1.0, x0 - AROUND), min(width - 1, x1 + AROUND)
    label = WORDS[kind]
    tab_x = max(x1, width - _long(label) - 2) if words else x1
    return _labelled(Box(kind, x0, top - AROUND, x1 - x0, bottom - top + 2 * AROUND, label, tab_x, top - AROUND), width)


def _labelled(box: Box, width: float) -> Box:
    """The box with its label above it where there is no room for that on its right."""
    if box.tab_x + box.tab_width <= width - 1:
        return box
    return replace(box, tab_x=max(1.0, box.x + box.width - box.tab_width), tab_y=box.y - TAB)


def _apart(boxes: Sequence[Box], width: float) -> Iterator[Box]:
    """Things that stand in one box share it, with all their words on one label, as far as they differ."""
    together: dict[tuple[float, float, float, float], list[Box]] = {}
    for box in boxes:
        together.setdefault((box.x, box.y, box.width, box.height), []).append(box)
    for found in together.values():
        label = ", ".join(dict.fromkeys(box.label for box in found))
        yield _labelled(replace(found[-1], label=label), width)


def _areas(view: View, where: Where) -> Iterator[Area]:
    for passage in view.record.passages():
        for place in _on(where.page, round_each_page(passage.boxes)):
            x0, top, x1, bottom = place.box
            href = where.selecting(f"passage:{passage.id}", tab="passages")
            yield Area(x0, top, x1 - x0, bottom - top, short(passage.id), href)
