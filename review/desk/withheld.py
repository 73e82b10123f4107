"""What keeps words back, by whom, on which ground and why: each claim in words, and each text cut where it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from extract.claims import Marking, Withhold
from extract.exemptions import load as load_exemptions
from extract.redaction import mark_words
from extract.separate import WithheldSpan
from review.office import View

Claim = Marking | Withhold


@dataclass(frozen=True, slots=True)
class Why:
    """One claim that keeps something back. `by` is None where a rule says so."""

    claim: str
    ground: str
    law: str
    by: str | None
    at: datetime | None
    because: str
    next_review: date | None
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: as they are, or withheld with why, and the words that stand there instead."""

    words: str
    why: tuple[Why, ...] = ()
    mark: str = ""


def claims_of(view: View) -> dict[str, Claim]:
    """Every claim to withhold, by its id."""
    markings = {claim.id: claim for claim in view.markings.claims}
    return {**markings, **{claim.id: claim for claim in view.dossier.review.withholds}}


def why(claim: Claim) -> Why:
    """A claim in words."""
    row = load_exemptions().get(claim.exemption) if claim.exemption else None
    ground = row.label if row else "ground to be confirmed"
    law = row.provision if row else ""
    if isinstance(claim, Withhold):
        told = tuple(claim.evidence.items())
        return Why(claim.id, ground, law, claim.by, claim.at, claim.because, claim.next_review, told)
    return Why(claim.id, ground, law, None, None, claim.because, None)


def pieces_of(text: str, spans: Sequence[WithheldSpan], claims: Mapping[str, Claim]) -> tuple[Piece, ...]:
    """A text cut at its withheld stretches; the pieces' words together are the text."""
    pieces, at = [], 0
    for span in sorted(spans, key=lambda each: each.start):
        pieces.append(Piece(text[at : span.start]))
        found = [claims[name] for name in span.claims if name in claims]
        pieces.append(Piece(text[span.start : span.end], tuple(map(why, found)), mark(found)))
        at = span.end
    pieces.append(Piece(text[at:]))
    return tuple(piece for piece in pieces if piece.words)


def mark(claims: Sequence[Claim]) -> str:
    """The words of the mark that the public reads instead, which the split itself writes."""
    grounds = tuple(sorted({claim.exemption for claim in claims}, key=lambda key: key or ""))
    labels = {key: load_exemptions().label(key) for key in grounds if key}
    return mark_words(grounds, labels).strip("[]")


def by_place(view: View) -> dict[str, list[WithheldSpan]]:
    """What is withheld, by the text it stands in."""
    found: dict[str, list[WithheldSpan]] = {}
    for span in view.disclosure.part2.spans:
        found.setdefault(span.place, []).append(span)
    return found
