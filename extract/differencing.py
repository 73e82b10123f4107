"""Does a withheld figure follow from figures that are published?

A total less its other items, the new value less the old, a share of a printed whole: a mark over one figure hides
nothing where the rest of its relation is public (disclosure by differencing). What a person decides about it is an
answer to a finding. The finding names public figures and the place of the withheld one, and never its value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from extract.checks.places import at_field, at_passage, spoken
from extract.claims import Finding
from extract.money import find_amounts
from extract.record import DecisionRecord, TablePassage
from extract.separate import Disclosure
from extract.texts import public_texts

CHECK = "withheld-figure-follows"
TELLING = 3  # digits that count: a rounder figure is the difference of two others by chance
MOST_IN_ONE_TEXT = 30  # figures: a text with more is a table that lost its rules
NAMED = 3  # ways that are told for one withheld figure
PERCENT = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)")
TIMES = re.compile(r"(?<![\w.,£])([2-9]|[1-9]\d{1,2})(?![\w.,%]|\s?(?:per ?cent|%))")
BARE = re.compile(r"\(?-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?|\(?-?\d+(?:\.\d+)?\)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum at a place of the record, as printed, right to within `half` of its last printed unit."""

    place: str
    printed: str
    value: Decimal
    half: Decimal
    withheld: bool

    @property
    def telling(self) -> bool:
        return len(self.value.normalize().as_tuple().digits) >= TELLING

    @property
    def bare(self) -> bool:
        """Whether it is a number in a cell, whose unit stands elsewhere."""
        return BARE.fullmatch(self.printed) is not None


@dataclass(frozen=True, slots=True)
class Way:
    """How a withheld figure is found: the public figures it follows from, and what is done with them in words."""

    figure: Figure
    known: tuple[Figure, ...]
    how: str


def follows(record: DecisionRecord, disclosure: Disclosure) -> tuple[Finding, ...]:
    """A finding for each way in which a withheld figure of a paper can be worked out from public ones."""
    figures = tuple(_figures(record, disclosure))
    public = tuple(figure for figure in figures if not figure.withheld)
    printed = {figure.value for figure in public}
    secret = [figure for figure in figures if figure.withheld and figure.value not in printed]
    if not secret or not public:
        return ()
    shown = _shown(record, disclosure)
    found: dict[str, Finding] = {}
    for figure in secret:
        ways = (*_in_tables(record, figure, figures), *_beside(figure, figures, shown), *_anywhere(figure, public))
        for way in ways[:NAMED]:
            finding = _finding(record, way)
            found.setdefault(finding.id, finding)
    return tuple(found.values())


def _figures(record: DecisionRecord, disclosure: Disclosure) -> Iterator[Figure]:
    """Every sum of the paper; those in a Part 2 have the place `part2`."""
    cuts = defaultdict(list)
    for span in disclosure.part2.spans:
        cuts[span.place].append((span.start, span.end))
    for text in public_texts(record):
        cell = "/r" in text.place
        for start, end, printed, value, half in _sums(text.text, cell):
            hidden = any(first < end and start < last for first, last in cuts[text.place])
            yield Figure(text.place, printed, value, half, hidden)
    for passage in disclosure.part2.withheld_passages:
        for _, _, printed, value, half in _sums(passage.withheld_text.get_secret_value(), cell=False):
            yield Figure("part2", printed, value, half, withheld=True)


def _sums(text: str, cell: bool) -> Iterator[tuple[int, int, str, Decimal, Decimal]]:
    for money in find_amounts(text):
        if money.value is not None:
            yield money.start, money.end, money.as_printed, money.value, money.precision
    bare = text.strip()
    if cell and BARE.fullmatch(bare):  # a figure whose unit stands in the heading
        digits = bare.strip("()-").replace(",", "")
        sign = -1 if bare[0] in "(-" else 1
        yield 0, len(text), bare, sign * Decimal(digits), Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1)


def _shown(record: DecisionRecord, disclosure: Disclosure) -> Mapping[str, str]:
    """The texts of the paper by place, what is withheld in them left blank."""
    shown = {text.place: text.text for text in public_texts(record)}
    for span in disclosure.part2.spans:
        text = shown[span.place]
        shown[span.place] = f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
    return shown


def _in_tables(record: DecisionRecord, figure: Figure, figures: Sequence[Figure]) -> Iterator[Way]:
    """The one withheld figure of a column or a row whose last figure is the sum of the others."""
    table = next((p for p in record.passages() if figure.place.startswith(f"{p.id}/r")), None)
    if not isinstance(table, TablePassage):
        return
    cells = {one.place: one for one in figures if one.place.startswith(f"{table.id}/r")}
    row, column = figure.place.removeprefix(f"{table.id}/r").split("/c")
    width = max(len(cells_of) for cells_of in (table.header, *table.rows))
    lines = (
        ("column", [f"{table.id}/r{r}/c{column}" for r in range(1, len(table.rows) + 1)]),
        ("row", [f"{table.id}/r{row}/c{c}" for c in range(1, width)]),  # what leads a row is no item
    )
    for name, places in lines:
        known = [cells[place] for place in places if place in cells]
        if len(known) > 2 and [one for one in known if one.withheld] == [figure] and _adds_up(known[:-1], known[-1]):
            yield Way(
                figure, tuple(one for one in known if one is not figure), f"the {name} adds up to its last figure"
            )


def _adds_up(parts: Sequence[Figure], whole: Figure) -> bool:
    slack = max(one.half for one in (*parts, whole))
    return abs(sum(part.value for part in parts) - whole.value) <= slack


def _beside(figure: Figure, figures: Sequence[Figure], shown: Mapping[str, str]) -> Iterator[Way]:
    """From the public figures of the same text: a sum, a difference, a share, so many times a figure."""
    known = [one for one in figures if one.place == figure.place and not one.withheld][:MOST_IN_ONE_TEXT]
    text = shown.get(figure.place, "")
    for one, other in combinations(known, 2):
        if _adds_up([one, other], figure):
            yield Way(figure, (one, other), "they add up to it")
        elif _adds_up([figure, other], one) or _adds_up([figure, one], other):
            yield Way(figure, (one, other), "it is what lies between them")
    if len(known) > 2:
        largest = max(known, key=lambda one: one.value)
        rest = [one for one in known if one is not largest]
        if _adds_up([*rest, figure], largest):
            yield Way(figure, tuple(known), "it is what is left of the largest")
        elif _adds_up(known, figure):
            yield Way(figure, tuple(known), "they add up to it")
    for percent in PERCENT.finditer(text):
        share, half = Decimal(percent[1]) / 100, Decimal(5).scaleb(-len(percent[1].partition(".")[2]) - 3)
        for one in known:
            if share and abs(share * one.value - figure.value) <= half * one.value + figure.half + share * one.half:
                yield Way(figure, (one,), f"it is {percent[0]} of it")
            elif (
                share and abs(share * figure.value - one.value) <= half * figure.value + one.half + share * figure.half
            ):
                yield Way(figure, (one,), f"that is {percent[0]} of it")
    for times in TIMES.finditer(text):
        for one in known:
            if figure.telling and int(times[1]) * one.value == figure.value:
                yield Way(figure, (one,), f"it is {times[1]} times that")
            elif figure.telling and int(times[1]) * figure.value == one.value:
                yield Way(figure, (one,), f"that is {times[1]} times as much")


def _anywhere(figure: Figure, public: Sequence[Figure]) -> Iterator[Way]:
    """The exact sum or difference of two public figures anywhere in the paper, such as a new value and the old."""
    if figure.bare or not figure.telling:
        return
    by_value = {one.value: one for one in reversed(public) if one.place != figure.place and not one.bare}
    for value, one in by_value.items():
        other = by_value.get(figure.value + value)
        if other and value > 0:
            yield Way(figure, (one, other), "it is what lies between them")
        other = by_value.get(figure.value - value)
        if other and 0 < value <= figure.value - value:
            yield Way(figure, (one, other), "they add up to it")


def _finding(record: DecisionRecord, way: Way) -> Finding:
    places = tuple(dict.fromkeys(one.place for one in way.known))
    names = _listed(
        f"{_listed([one.printed for one in way.known if spoken(record, one.place) == name])} in {name}"
        for name in dict.fromkeys(spoken(record, place) for place in places)
    )
    where = "of Part 2" if way.figure.place == "part2" else f"in {spoken(record, way.figure.place)}"
    message = (
        f"A withheld figure {where} can be worked out from what is published: {names} ({way.how}). Withhold one of "
        "these too, or say why it does no harm."
    )
    if way.figure.place == "part2":
        return at_field(record, CHECK, "blocks", message, "part2", detail="+".join(places))
    return at_passage(record, CHECK, "blocks", message, (way.figure.place, *places), detail="+".join(places))


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
