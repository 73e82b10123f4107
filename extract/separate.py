"""The only birthplace of Part 1 and Part 2: where what the paper says meets what rules and people say of it.

The laws, each held by a property test: nothing is lost and nothing is on both sides; a text is public only if it lies
in a recognised Part 1 place of a recognised form; adding a rule never publishes more, even after people have reviewed,
because people overrule markings one by one, by id; the order of claims does not matter; a review of another record or
of other rules counts for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from pydantic import SecretStr

from extract.bodies import stranger
from extract.claims import Markings, Review, Span
from extract.editions import find_edition
from extract.exemptions import load as load_exemptions
from extract.facts import Private
from extract.public import part1_of
from extract.record import DecisionRecord, WithheldPassage, digest
from extract.redaction import Claim, Redacted, redact
from extract.texts import leading, public_texts
from publish.part1 import Part1


class WithheldSpan(Private):
    """Characters `start` to `end` of a text of the record, kept back, and the claims that keep them back."""

    place: str
    start: int
    end: int
    withheld_text: SecretStr
    claims: tuple[str, ...]


class Part2(Private):
    """All that is not public of one paper. It shares no base and no field name with Part 1."""

    spans: tuple[WithheldSpan, ...] = ()
    withheld_passages: tuple[WithheldPassage, ...] = ()


class Disclosure(Private):
    """A paper in two parts. `part1` is None where the paper is held, and `held` says why, a sentence each."""

    part1: Part1 | None
    part2: Part2
    held: tuple[str, ...] = ()


def separate(record: DecisionRecord, markings: Markings, review: Review | None = None) -> Disclosure:
    """Split a record into what is public and what is not. Whatever is in doubt is held, never published."""
    review = review or Review(record_digest=digest(record), rules_digest=markings.rules_digest)
    claims = _standing(markings, review)
    labels = {key: load_exemptions().label(key) for claim in claims if (key := claim.exemption)}
    texts: dict[str, Redacted] = {}
    led = leading(record)
    for text in public_texts(record):  # footnotes come after all that leads to them
        hosts = [(texts[host], at) for host, at in led.get(text.place, ())]
        covering = [claim for claim in claims if _covers(claim, text.place)]
        texts[text.place] = redact(text, [*covering, *_inherited(hosts)], labels)
    part2 = Part2(spans=tuple(_spans(texts.values())), withheld_passages=record.withheld_passages)
    held = tuple(_reasons(record, markings, review, claims, texts))
    return Disclosure(part1=None if held else part1_of(record, review, texts), part2=part2, held=held)


def _standing(markings: Markings, review: Review) -> tuple[Claim, ...]:
    """The claims to withhold that nobody overruled."""
    overruled = {release.overrules for release in review.releases}
    claims: tuple[Claim, ...] = (*markings.claims, *review.withholds)
    return tuple(claim for claim in claims if claim.id not in overruled)


def _covers(claim: Claim, place: str) -> bool:
    """A claim on a section covers its passages and leaves its heading; a claim on a table covers its cells."""
    return _lies_in(place, claim.place.passage)


def _lies_in(place: str, named: str) -> bool:
    return place == named or (place.startswith(f"{named}/") and not place.endswith("/heading"))


def wording(record: DecisionRecord, named: str) -> str | None:
    """The digest of all the print that a claim on a place speaks of; None where the paper has no such place.

    The footnotes that hang from it belong to it, and where their marks stand: they are kept back with their marks.
    """
    led = leading(record)
    told: dict[str, tuple[str, list[tuple[str, int]]]] = {}
    for text in public_texts(record):  # footnotes come after all that leads to them
        marks = [(host, at) for host, at in led.get(text.place, ()) if host in told]
        if marks or _lies_in(text.place, named):
            told[text.place] = text.text, marks
    return sha256(json.dumps(told).encode()).hexdigest() if told else None


def _inherited(hosts: Iterable[tuple[Redacted, int]]) -> Iterable[Claim]:
    """The claims that keep a footnote back because they keep back what leads to it: a mark in or beside a cut."""
    for host, at in hosts:
        for claim in (claim for cut in host.cuts if cut.start <= at <= cut.end for claim in cut.claims):
            yield claim.model_copy(update={"place": Span(passage=claim.place.passage)})


def _spans(texts: Iterable[Redacted]) -> Iterable[WithheldSpan]:
    for text in texts:
        for stretch in text.cuts:
            yield WithheldSpan(
                place=text.text.place,
                start=stretch.start,
                end=stretch.end,
                withheld_text=SecretStr(text.text.text[stretch.start : stretch.end]),
                claims=tuple(claim.id for claim in stretch.claims),
            )


def _reasons(
    record: DecisionRecord, markings: Markings, review: Review, claims: tuple[Claim, ...], texts: dict[str, Redacted]
) -> Iterable[str]:
    if whose := stranger(record):
        yield whose
    if len(record.source.unread_pages) == record.source.pages:
        yield "No text could be read in this file, so everything in it stays withheld."
    elif record.form is None:
        yield "The form is not one we know, so everything in it stays withheld."
    elif (edition := find_edition(record.form)) and not edition.public:
        yield "This is a Part 2 form by itself, so everything in it stays withheld."
    elif not record.recommendations and not record.sections:
        yield "No text of a Part 1 was found, so everything in the file stays withheld."
    if record.hidden:
        yield "Something is hidden in the file. Ask for a clean copy: this file is never published."
    if (review.record_digest, review.rules_digest) != (digest(record), markings.rules_digest):
        yield "The reading of the paper or the rules changed after people reviewed it. Review it again."
    for claim in claims:
        if not any(_covers(claim, place) for place in texts):
            yield "Something is marked as withheld in a place that this paper does not have."
        if claim.exemption is None or load_exemptions().get(claim.exemption) is None:
            yield f"Say on what ground {claim.place.passage} is withheld, or release it."
