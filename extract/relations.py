"""How figures hang together: the ways in which one follows from others that are printed beside it or elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from extract.number_words import written_numbers
from extract.record import DecisionRecord, TablePassage

TELLING = 3  # digits that count: a rounder figure is the difference of two others by chance
MOST_IN_ONE_TEXT = 30  # figures: a text with more is a table that lost its rules
PERCENT = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)")
TIMES = re.compile(r"(?<![\w.,£])([2-9]|[1-9]\d{1,2})(?![\w,%]|\.\d|\s?(?:per ?cent|%))")
PARTS = (("half", 2), ("halve", 2), ("twice", 2), ("double", 2), ("third", 3), ("treble", 3), ("quarter", 4))
MEAN = re.compile(r"\b(?:average|mean|mid-?point)\b", re.IGNORECASE)
VAT = Decimal("1.2")  # with the tax that everybody knows
TO_THE_POUND = 100_000  # times half of its last unit: so exactly a round figure is not printed for a guess
CLOSE = 50  # times: a relation rounded more coarsely than this part of a figure gives no figure away
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
    def digits(self) -> int:
        """How many digits count: a round figure has few."""
        return len(self.value.normalize().as_tuple().digits)

    @property
    def telling(self) -> bool:
        """Whether chance makes no such figure of two others: £249k, or £1,900,000 to the pound."""
        return self.digits >= TELLING or (self.digits == 2 and self.half * TO_THE_POUND <= self.value)

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


def ways_to(
    record: DecisionRecord, figure: Figure, figures: Sequence[Figure], shown: Mapping[str, str]
) -> Iterator[Way]:
    """Every way that is known, the plainest first; `shown` are the texts by place, what is withheld left blank."""
    public = tuple(one for one in figures if not one.withheld)
    yield from _in_tables(record, figure, figures)
    yield from _beside(figure, public, shown)
    yield from _over_texts(figure, public)
    yield from _scaled(figure, public, shown)
    yield from _anywhere(figure, public)
    yield from _rounder(figure, public)


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


def _beside(figure: Figure, public: Sequence[Figure], shown: Mapping[str, str]) -> Iterator[Way]:
    """From the public figures of the same text: a sum, a difference, what is left, the middle of two."""
    known = [one for one in public if one.place == figure.place][:MOST_IN_ONE_TEXT]
    between = MEAN.search(shown.get(figure.place, ""))
    for one, other in combinations(known, 2):
        if _adds_up([one, other], figure):
            yield Way(figure, (one, other), "they add up to it")
        elif _adds_up([figure, other], one) or _adds_up([figure, one], other):
            yield Way(figure, (one, other), "it is the difference between them")
        elif between and abs((one.value + other.value) / 2 - figure.value) <= max(one.half, other.half, figure.half):
            yield Way(figure, (one, other), "it is the middle of them")
    if len(known) > 2:
        largest = max(known, key=lambda one: one.value)
        rest = [one for one in known if one is not largest]
        if _adds_up([*rest, figure], largest):
            yield Way(figure, tuple(known), "it is what is left of the largest")
        elif _adds_up(known, figure):
            yield Way(figure, tuple(known), "they add up to it")


def _over_texts(figure: Figure, public: Sequence[Figure]) -> Iterator[Way]:
    """Parts that are printed in one text, the rest of them or their total in another."""
    texts = defaultdict(list)
    for one in public:
        if not one.bare:
            texts[one.place].append(one)
    own = texts.pop(figure.place, [])[:MOST_IN_ONE_TEXT]
    for there in texts.values():
        for whole in there[:MOST_IN_ONE_TEXT]:
            rest = [one for one in there if one is not whole]
            for parts in ([*own], [*own, *rest]):
                if len(parts) > 1 and _makes([*parts, figure], whole, figure):
                    yield Way(figure, (*parts, whole), "they leave it of the total")
        for whole in own:
            parts = [*(one for one in own if one is not whole), *there]
            if len(parts) > 1 and _makes([*parts, figure], whole, figure):
                yield Way(figure, (*parts, whole), "they leave it of the total")


def _makes(parts: Sequence[Figure], whole: Figure, figure: Figure) -> bool:
    """Whether parts make a whole so exactly that one of them follows from the rest."""
    return max(one.half for one in (*parts, whole)) * CLOSE <= figure.value and _adds_up(parts, whole)


def _scaled(figure: Figure, public: Sequence[Figure], shown: Mapping[str, str]) -> Iterator[Way]:
    """A share of a public figure, so many times one, or one with the tax: as the text of either of them says."""
    for one in public:
        said = [shown.get(place, "") for place in dict.fromkeys((figure.place, one.place))]
        for factor, half, words in (scale for text in said for scale in _scales(text)):
            if one.place != figure.place and not figure.telling and factor != VAT:
                continue
            for larger, smaller in ((figure, one), (one, figure)):
                off = abs(factor * larger.value - smaller.value)
                slack = half * larger.value + smaller.half + factor * larger.half
                if not off or (half and slack * CLOSE <= figure.value and off <= slack):
                    yield Way(figure, (one,), words)


def _scales(text: str) -> Iterator[tuple[Decimal, Decimal, str]]:
    """What a text says one figure may be of another: the factor, half a unit of its print, and words for it."""
    for percent in PERCENT.finditer(text):
        share, half = Decimal(percent[1]) / 100, Decimal(5).scaleb(-len(percent[1].partition(".")[2]) - 3)
        added = share / (1 + share)  # "£249k, 50% of the original: the new value is £748k"
        for factor, words in ((share, "of it"), (1 - share, "less"), (1 + share, "more"), (added, "added to make it")):
            if factor > 0:
                yield factor, half, f"{percent[0]} {words}"
    times = {int(found[1]) for found in TIMES.finditer(text)}
    times |= {int(found.value) for found in written_numbers(text) if 2 <= found.value <= 999}
    times |= {number for word, number in PARTS if word in text.casefold()}
    for number in sorted(times):
        yield Decimal(number), Decimal(0), f"{number} times"
    if "VAT" in text:
        yield VAT, Decimal(0), "with VAT"


def _anywhere(figure: Figure, public: Sequence[Figure]) -> Iterator[Way]:
    """The exact sum or difference of two public figures anywhere in the paper, such as a new value and the old."""
    if figure.bare or not figure.telling:
        return
    by_value = {one.value: one for one in reversed(public) if not one.bare}
    for value, one in by_value.items():
        other = by_value.get(figure.value + value)
        if other and value > 0:
            yield Way(figure, (one, other), "it is the difference between them")
        other = by_value.get(figure.value - value)
        if other and 0 < value <= figure.value - value:
            yield Way(figure, (one, other), "they add up to it")


def _rounder(figure: Figure, public: Sequence[Figure]) -> Iterator[Way]:
    """The same figure, printed less exactly or more so: "£3.337m" and "about £3.3m"."""
    for one in public:
        coarser = max(one.half, figure.half)
        rounded = min(one.digits, figure.digits) > 1 and one.half != figure.half
        if rounded and abs(one.value - figure.value) <= coarser:
            yield Way(figure, (one,), "it says the same, rounded")
