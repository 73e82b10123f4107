"""Does a withheld figure follow from figures that are published?

A total less its other items, the new value less the old, a share of a printed whole: a mark over one figure hides
nothing where the rest of its relation is public (disclosure by differencing). What a person decides about it is an
answer to a finding. The finding names public figures and the place of the withheld one, and never its value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from itertools import islice

from extract.checks.places import at_field, at_passage, spoken
from extract.claims import Finding
from extract.record import DecisionRecord
from extract.relations import BARE, Figure, Way, ways_to
from extract.separate import Disclosure
from extract.sums import sums
from extract.texts import Text, public_texts

CHECK = "withheld-figure-follows"
NAMED = 3  # ways that are told for one withheld figure


def follows(record: DecisionRecord, disclosure: Disclosure) -> tuple[Finding, ...]:
    """A finding for each way in which a withheld figure of a paper can be worked out from public ones."""
    cut = {span.place for span in disclosure.part2.spans}
    withholding = [text for text in public_texts(record) if text.place in cut]
    if not any(figure.withheld for figure in _figures(withholding, disclosure)):
        return ()  # nearly always: the other texts need not be searched for sums
    figures = tuple(_figures(public_texts(record), disclosure))
    public = tuple(figure for figure in figures if not figure.withheld)
    printed = {figure.value for figure in public}
    secret = [figure for figure in figures if figure.withheld and figure.value not in printed]
    if not secret or not public:
        return ()
    shown = _shown(record, disclosure)
    found: dict[str, Finding] = {}
    for figure in secret:
        for way in islice(ways_to(record, figure, figures, shown), NAMED):
            finding = _finding(record, way)
            found.setdefault(finding.id, finding)
    return tuple(found.values())


def _figures(texts: Iterable[Text], disclosure: Disclosure) -> Iterator[Figure]:
    """Every sum of these texts, and of what stands in no text of Part 1: that has the place `part2`."""
    cuts = defaultdict(list)
    for span in disclosure.part2.spans:
        cuts[span.place].append((span.start, span.end))
    for text in texts:
        cell = "/r" in text.place
        for start, end, printed, value, half in _sums(text.text, cell):
            hidden = any(first < end and start < last for first, last in cuts[text.place])
            yield Figure(text.place, printed, value, half, hidden)
    for passage in disclosure.part2.withheld_passages:
        for _, _, printed, value, half in _sums(passage.withheld_text.get_secret_value(), cell=False):
            yield Figure("part2", printed, value, half, withheld=True)


def _sums(text: str, cell: bool) -> Iterator[tuple[int, int, str, Decimal, Decimal]]:
    for money in sums(text):
        yield money.start, money.end, text[money.start : money.end], money.value, money.precision
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


def _finding(record: DecisionRecord, way: Way) -> Finding:
    places = tuple(dict.fromkeys(one.place for one in way.known))
    names = _listed(
        f"{_listed([one.printed for one in way.known if spoken(record, one.place) == name])} in {name}"
        for name in dict.fromkeys(spoken(record, place) for place in places)
    )
    where = "of Part 2" if way.figure.place == "part2" else f"in {spoken(record, way.figure.place)}"
    too = "one of these" if len(way.known) > 1 else "that"
    message = (
        f"A withheld figure {where} can be worked out from what is published: {names} ({way.how}). Withhold {too} too, "
        "or say why it does no harm."
    )
    # An answer is given to one way: where another opens, because a figure was released, it is asked anew.
    detail = f"{'+'.join(places)}.{sha256(message.encode()).hexdigest()[:8]}"
    if way.figure.place == "part2":
        return at_field(record, CHECK, "blocks", message, "part2", detail=detail)
    return at_passage(record, CHECK, "blocks", message, (way.figure.place, *places), detail=detail)


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
