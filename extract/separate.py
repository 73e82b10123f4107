"""The only birthplace of Part 1 and Part 2: where what the paper says meets what rules and people say of it.

The laws, each held by a property test: nothing is lost and nothing is on both sides; a text is public only if it lies
in a recognised Part 1 place of a recognised form; adding a rule never publishes more, even after people have reviewed,
because people overrule markings one by one, by id; the order of claims does not matter; a review of another record or
of other rules counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import SecretStr

from extract.awards import awards_of
from extract.bodies import stranger
from extract.claims import Markings, Review
from extract.exemptions import load as load_exemptions
from extract.facts import Private
from extract.form import editions
from extract.notices import deferral, notice
from extract.record import Block, DecisionRecord, Passage, TablePassage, WithheldPassage, digest
from extract.redaction import Claim, Redacted, grounds_of, redact
from extract.texts import heading_place, place_words, public_texts, whole_words
from publish import part1 as public
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
    texts = {
        text.place: redact(text, [claim for claim in claims if _covers(claim, text.place)], labels)
        for text in public_texts(record)
    }
    part2 = Part2(spans=tuple(_spans(texts.values())), withheld_passages=record.withheld_passages)
    held = tuple(_reasons(record, markings, review, claims, texts))
    return Disclosure(part1=None if held else _part1(record, review, texts), part2=part2, held=held)


def _standing(markings: Markings, review: Review) -> tuple[Claim, ...]:
    """The claims to withhold that nobody overruled."""
    overruled = {release.overrules for release in review.releases}
    claims: tuple[Claim, ...] = (*markings.claims, *review.withholds)
    return tuple(claim for claim in claims if claim.id not in overruled)


def _covers(claim: Claim, place: str) -> bool:
    """A claim on a section covers its passages and leaves its heading; a claim on a table covers its cells."""
    named = claim.place.passage
    return place == named or (place.startswith(f"{named}/") and not place.endswith("/heading"))


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


def _part1(record: DecisionRecord, review: Review, texts: dict[str, Redacted]) -> Part1:
    edition = next(edition for edition in editions() if edition.id == record.form)
    withheld, entries = _withholdings(texts, review)
    maker = texts.get("approval.decision_maker")
    title = texts.get("title")
    lead = texts.get("recommendation_lead")
    recommendations = tuple(_block(block, texts, entries) for block in record.recommendations)
    return Part1(
        body=record.body or edition.body,
        body_name=edition.body_name if record.body == edition.body else record.body or edition.body_name,
        reference=record.reference,
        reference_as_printed=record.reference_as_printed,
        public_title=title.public_text if title else None,
        title_marks=_marks("title", texts, entries),
        decision_maker=maker.public_text if maker else None,
        outcome="approved" if record.approval.approved else "undetermined",
        signed_on=record.approval.signed_on,
        executive_summary=tuple(_block(block, texts, entries) for block in record.executive_summary),
        recommendation_lead=lead.public_text if lead else None,
        recommendations=recommendations,
        sections=tuple(
            public.PublicSection(
                number=section.number,
                public_heading=texts[heading_place(order, section)].public_text,
                marks=_marks(heading_place(order, section), texts, entries),
                passages=tuple(_block(block, texts, entries) for block in section.passages),
            )
            for order, section in enumerate(record.sections, 1)
        ),
        # Read from the public text, so that no award can say what a mark hides.
        awards=tuple(
            public.PublicAward(**award.model_dump())
            for award in awards_of(
                (block.id, block.level, block.public_text)
                for block in recommendations
                if isinstance(block, public.PublicPassage)
            )
        ),
        part2=notice(record, review, texts),
        deferral=deferral(record, review, texts),
        withheld=withheld,
    )


def _withholdings(
    texts: dict[str, Redacted], review: Review
) -> tuple[tuple[public.Withholding, ...], dict[tuple[str, int], int]]:
    """Each withheld place with its ground, in the paper's order, and the entry that each mark points to.

    A section or a table that one claim withholds whole is one place: how many paragraphs it has is nobody's business.
    """
    table = load_exemptions()
    reviews = {claim.id: claim.next_review for claim in review.withholds}
    lines: list[public.Withholding] = []
    entries: dict[tuple[str, int], int] = {}
    whole: dict[frozenset[str], int] = {}
    for text in texts.values():
        for n, stretch in enumerate(text.cuts):
            container = next((c.place.passage for c in stretch.claims if c.place.passage != text.text.place), None)
            same = frozenset(claim.id for claim in stretch.claims)
            if container and same in whole:
                entries[text.text.place, n] = whole[same]
                continue
            entries[text.text.place, n] = whole[same] = len(lines) + 1
            for key in grounds_of(stretch):
                of_key = [claim for claim in stretch.claims if claim.exemption == key]
                reasons = sorted({claim.because for claim in of_key})
                dates = [when for claim in of_key if (when := reviews.get(claim.id))]
                lines.append(
                    public.Withholding(
                        place=whole_words(container) if container else place_words(text.text.place),
                        exemption=table.ground(key or ""),
                        because=" ".join(reasons),
                        next_review=min(dates, default=None),
                    )
                )
    return tuple(lines), entries


def _marks(place: str, texts: dict[str, Redacted], entries: dict[tuple[str, int], int]) -> tuple[public.Mark, ...]:
    if place not in texts:
        return ()
    return tuple(
        public.Mark(start=start, end=end, entry=entries[place, n]) for n, (start, end) in enumerate(texts[place].marks)
    )


def _block(block: Block, texts: dict[str, Redacted], entries: dict[tuple[str, int], int]) -> public.Block:
    if isinstance(block, Passage):
        return public.PublicPassage(
            id=block.id,
            number=block.number,
            level=block.level,
            public_text=texts[block.id].public_text,
            marks=_marks(block.id, texts, entries),
        )
    return _table(block, texts, entries)


def _table(table: TablePassage, texts: dict[str, Redacted], entries: dict[tuple[str, int], int]) -> public.PublicTable:
    places = [
        [f"{table.id}/r{row}/c{column}" for column in range(len(cells))]
        for row, cells in enumerate((table.header, *table.rows))
    ]
    rows = [tuple(texts[place].public_text for place in row) for row in places]
    marks = tuple(
        public.CellMark(start=mark.start, end=mark.end, entry=mark.entry, row=r, column=c)
        for r, row in enumerate(places)
        for c, place in enumerate(row)
        for mark in _marks(place, texts, entries)
    )
    caption = texts.get(f"{table.id}/caption")
    return public.PublicTable(
        id=table.id,
        caption=caption.public_text if caption else None,
        public_header=rows[0],
        public_rows=tuple(rows[1:]),
        marks=marks,
    )
