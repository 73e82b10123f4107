"""Tables that officers take away: the register, the redaction schedule, statistics of exemptions, and what is public.

No withheld text is in any of them: a place is named, never quoted, and a title is shown without what is withheld in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Literal, get_args

from pydantic import ValidationError

from extract.claims import Marking, Span, Withhold
from extract.exemptions import load as load_exemptions
from publish.part1 import Part1, Stub
from review.acts import Published
from review.dossier import Dossier
from review.office import LONDON, View, today, view_of
from review.register import Register
from review.roles import who_entered
from review.sheets import Cell, Sheet
from review.standings import Standing, Standings

What = Literal["register", "schedule", "statistics", "public"]
WHATS: tuple[What, ...] = get_args(What)

REGISTER = (
    "Reference", "SHA-256", "Title", "State", "Why", "Signed", "First published", "Public version", "Deferred until",
    "Came in", "Entered by", "Approved by",
)  # fmt: skip
SCHEDULE = (
    "Paper", "Place", "How much", "Exemption", "Rule or person", "When", "Why", "Next review", "Released",
    "Released by", "Why released",
)  # fmt: skip
STATISTICS = ("Measure", "Year", "Month", "Exemption", "In plain words", "Kind", "Value")
KINDS = {True: "absolute", False: "qualified", None: "not known"}
PUBLIC = (
    "Reference", "Title", "Decision maker", "Outcome", "Signed", "First published", "Version", "Part 2", "Grounds",
    "Deferred until", "Places withheld", "Awards",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Withheld:
    """One place that is or was withheld: on what ground, by whom, when, and when somebody let it go."""

    paper: str
    place: str
    how_much: str
    exemption: str | None
    by: str
    on: date | None
    because: str
    next_review: date | None
    released_on: date | None = None
    released_by: str | None = None
    released_because: str | None = None


def sheet_of(register: Register, what: What, standings: Standings | None = None) -> Sheet:
    """One of the tables, as of now."""
    match what:
        case "register":
            return _register(register, (standings or Standings(register)).of(today()))
        case "schedule":
            rows = (
                (w.paper, w.place, w.how_much, w.exemption, w.by, w.on, w.because, w.next_review, w.released_on,
                 w.released_by, w.released_because)
                for view in _views(register) for w in schedule(view)
            )  # fmt: skip
            return Sheet("schedule", SCHEDULE, tuple(rows))
        case "statistics":
            return Sheet("statistics", STATISTICS, tuple(_statistics(_views(register))))
        case "public":
            return Sheet("public", PUBLIC, tuple(_public_row(one) for one in public(register.home)))


def _views(register: Register) -> Iterator[View]:
    """Every paper in turn: of many papers only one is in memory."""
    return (view_of(register, dossier) for dossier in register.dossiers())


def _register(register: Register, standings: Iterable[Standing]) -> Sheet:
    dossiers = {dossier.paper.sha256: dossier for dossier in register.dossiers()}
    rows: list[tuple[Cell, ...]] = []
    for each in standings:
        out = _published(dossiers[each.sha256]) if each.sha256 in dossiers else ()
        rows.append((
            each.reference, each.sha256, each.public_title, each.state.in_words, " ".join(each.state.reasons),
            each.dates.signed_on, out[0].published_on if out else None, out[-1].number if out else None,
            each.dates.deferred_until, _day(each.entered_at), ", ".join(who_entered(each.entered_by)) or None,
            ", ".join(each.approvers) or None,
        ))  # fmt: skip
    return Sheet("register", REGISTER, tuple(rows))


def schedule(view: View) -> Iterator[Withheld]:
    """Every place of a paper that is or was withheld, its Part 2 first."""
    paper, review = view.dossier.paper, view.dossier.review
    notice = view.record.part2
    if notice.exists == "yes":
        grounds = "; ".join(each.key or each.as_printed for each in notice.exemptions) or None
        then = review.part2_review.on if review.part2_review else None
        yield Withheld(paper.name, "Part 2", "all", grounds, "the paper", view.record.approval.signed_on, "", then)
    released = {claim.overrules: claim for claim in review.releases}
    kept = {name: keep.next_review for keep in review.keeps for name in keep.keeps}
    claims: tuple[Marking | Withhold, ...] = (*view.markings.claims, *review.withholds)
    for claim in claims:
        gone = released.get(claim.id)
        review_on = claim.next_review if isinstance(claim, Withhold) else None
        yield Withheld(
            paper=paper.name,
            place=claim.place.passage,
            how_much=_how_much(claim.place),
            exemption=claim.exemption,
            by=claim.by if isinstance(claim, Withhold) else f"rule {claim.rule}",
            on=claim.at.astimezone(LONDON).date() if isinstance(claim, Withhold) else _day(paper.entered_at),
            because=claim.because,
            next_review=kept.get(claim.id, review_on),
            released_on=gone.at.astimezone(LONDON).date() if gone else None,
            released_by=gone.by if gone else None,
            released_because=gone.because if gone else None,
        )


def _how_much(place: Span) -> str:
    return "all" if place.start is None else "some words"


def _statistics(views: Iterable[View]) -> Iterator[tuple[Cell, ...]]:
    """Uses of each exemption by month, the share of each kind, and the median of the days to publication by year."""
    uses: Counter[tuple[int, int, str]] = Counter()
    days: dict[int, list[int]] = {}
    for view in views:
        for each in schedule(view):
            if each.on and each.released_on is None:
                for key in (each.exemption or "not confirmed").split("; "):
                    uses[each.on.year, each.on.month, key] += 1
        signed, out = view.record.approval.signed_on, _published(view.dossier)
        if signed and out:
            days.setdefault(out[0].published_on.year, []).append((out[0].published_on - signed).days)
    table = {row.key: row for row in load_exemptions().rows}
    kinds: Counter[str] = Counter()
    for (year, month, key), count in sorted(uses.items()):
        kind = KINDS[table[key].absolute if key in table else None]
        kinds[kind] += count
        yield "uses of an exemption", year, month, key, table[key].label if key in table else None, kind, count
    for kind, count in sorted(kinds.items()):
        yield "share of all uses, in per cent", None, None, None, None, kind, round(100 * count / kinds.total(), 1)
    for year, spans in sorted(days.items()):
        yield "papers first published", year, None, None, None, None, len(spans)
        yield "median days from signing to publication", year, None, None, None, None, median(spans)


def public(home: Path) -> Iterator[Part1 | Stub]:
    """Every decision on the public site, by its own file there."""
    for place in sorted((home / "public" / "decisions").glob("*/index.json")):
        content = place.read_bytes()
        try:
            yield Part1.model_validate_json(content)
        except ValidationError:
            yield Stub.model_validate_json(content)


def _public_row(one: Part1 | Stub) -> tuple[Cell, ...]:
    plain = (one.reference, one.public_title, one.decision_maker)
    if isinstance(one, Stub):
        return (*plain, one.why, one.signed_on, None, None, None, None, one.deferral.until, None, None)
    grounds = "; ".join(each.key or each.label for each in one.part2.grounds) or None
    first = one.versions[0].published_on if one.versions else None
    number = one.versions[-1].number if one.versions else None
    return (
        *plain, one.outcome, one.signed_on, first, number, one.part2.exists, grounds, one.deferral.until,
        len(one.withheld), len(one.awards),
    )  # fmt: skip


def _published(dossier: Dossier) -> tuple[Published, ...]:
    return tuple(event for event in dossier.history if isinstance(event, Published))


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(LONDON).date()
