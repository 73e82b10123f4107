"""Part 1 as the public reads it, made of the texts of a record that are cut already: the last step of `separate`."""

from __future__ import annotations

from collections.abc import Iterable

from extract.awards import awards_of
from extract.claims import Review
from extract.exemptions import load as load_exemptions
from extract.facts import Award
from extract.form import editions
from extract.notices import deferral, notice
from extract.record import Block, DecisionRecord, NoteMark, Passage, TablePassage
from extract.redaction import Redacted, grounds_of
from extract.texts import heading_place, leading, note_place, place_words, unnumbered_blocks, whole_words
from publish import part1 as public
from publish.part1 import Part1


def part1_of(record: DecisionRecord, review: Review, texts: dict[str, Redacted]) -> Part1:
    """Part 1 of a record whose texts are cut already. Nothing but `extract.separate` calls it."""
    edition = next(edition for edition in editions() if edition.id == record.form)
    notes = _shown_notes(record, texts)
    kept = {note.id for note in record.footnotes} - notes
    unnumbered = unnumbered_blocks(record)
    withheld, entries = _withholdings(
        {place: text for place, text in texts.items() if place not in kept}, review, unnumbered
    )
    maker = texts.get("approval.decision_maker")
    title = texts.get("title")
    lead = texts.get("recommendation_lead")
    recommendations = tuple(_block(block, texts, entries, notes) for block in record.recommendations)
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
        executive_summary=tuple(_block(block, texts, entries, notes) for block in record.executive_summary),
        recommendation_lead=lead.public_text if lead else None,
        recommendations=recommendations,
        sections=tuple(
            public.PublicSection(
                number=section.number,
                public_heading=texts[heading_place(order, section)].public_text,
                marks=_marks(heading_place(order, section), texts, entries),
                notes=_notes(section.notes, texts[heading_place(order, section)], notes),
                passages=tuple(_block(block, texts, entries, notes) for block in section.passages),
            )
            for order, section in enumerate(record.sections, 1)
        ),
        footnotes=tuple(
            public.PublicFootnote(
                id=note.id,
                mark=note.mark,
                passage=note.passage or "",
                public_text=texts[note.id].public_text,
                marks=_marks(note.id, texts, entries),
            )
            for note in record.footnotes
            if note.id in notes
        ),
        awards=tuple(public.PublicAward(**award.model_dump()) for award in _awards(record, recommendations, texts)),
        part2=notice(record, review, texts),
        deferral=deferral(record, review, texts),
        withheld=withheld,
    )


def _awards(
    record: DecisionRecord, recommendations: tuple[public.Block, ...], texts: dict[str, Redacted]
) -> tuple[Award, ...]:
    """The contracts as the public text tells them, so that none can say what a mark hides.

    Where it tells one as the whole text does, what a person corrected of it is told too, unless that is withheld.
    """
    told = awards_of((b.id, b.level, b.public_text) for b in recommendations if isinstance(b, public.PublicPassage))
    if not record.amended:
        return told
    read = _by_recommendation(
        awards_of((b.id, b.level, b.text) for b in record.recommendations if isinstance(b, Passage))
    )
    corrected = _by_recommendation(_without_withheld(record, texts))
    return tuple(
        award
        for place, awards in _by_recommendation(told).items()
        for award in (corrected[place] if awards == read.get(place) else awards)
    )


def _by_recommendation(awards: Iterable[Award]) -> dict[str, list[Award]]:
    grouped: dict[str, list[Award]] = {}
    for award in awards:
        grouped.setdefault(award.recommendation, []).append(award)
    return grouped


def _without_withheld(record: DecisionRecord, texts: dict[str, Redacted]) -> Iterable[Award]:
    """The contracts as corrected, without what is withheld of a correction."""
    for n, award in enumerate(record.awards):
        cut = [
            fact.partition("].")[2] for fact in record.amended if fact.startswith(f"awards[{n}].") and texts[fact].cuts
        ]
        kept_back = {name: None for name in Award.model_fields if name.removesuffix("_as_printed") in cut}
        yield award.model_copy(update=kept_back)


def _shown_notes(record: DecisionRecord, texts: dict[str, Redacted]) -> set[str]:
    """The footnotes that are shown: one that is kept back with what leads to it is no place of its own.

    How many notes something withheld has is nobody's business.
    """
    led = leading(record)
    return {
        note.id
        for note in record.notes_of_passages()
        if not any(_is_cut(texts[place], at) for place, at in led.get(note.id, ()))
    }


def _is_cut(text: Redacted, at: int) -> bool:
    return any(cut.start <= at <= cut.end for cut in text.cuts)


def _withholdings(
    texts: dict[str, Redacted], review: Review, unnumbered: dict[str, int]
) -> tuple[tuple[public.Withholding, ...], dict[tuple[str, int], int]]:
    """Each withheld place with its ground, in the paper's order, and the entry that each mark points to.

    A section or a table that one claim withholds whole is one place: how many paragraphs it has is nobody's business.
    """
    table = load_exemptions()
    reviews = {claim.id: claim.next_review for claim in review.withholds}
    reviews |= {
        kept: keep.next_review
        for keep in sorted(review.keeps, key=lambda k: (k.at, k.next_review))
        for kept in keep.keeps
    }
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
                        place=whole_words(container, unnumbered)
                        if container
                        else place_words(text.text.place, unnumbered),
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


def _block(
    block: Block, texts: dict[str, Redacted], entries: dict[tuple[str, int], int], notes: set[str]
) -> public.Block:
    if isinstance(block, Passage):
        return public.PublicPassage(
            id=block.id,
            number=block.number,
            level=block.level,
            bulleted=block.number is None and block.label is not None,
            public_text=texts[block.id].public_text,
            marks=_marks(block.id, texts, entries),
            notes=_notes(block.notes, texts[block.id], notes),
        )
    return _table(block, texts, entries, notes)


def _notes(marks: Iterable[NoteMark], text: Redacted, shown: set[str]) -> tuple[public.NoteMark, ...]:
    """The marks of the footnotes that are shown, where they stand in the public text."""
    return tuple(
        public.NoteMark(footnote=mark.footnote, at=_in_public(text, mark.at))
        for mark in marks
        if mark.footnote in shown
    )


def _in_public(text: Redacted, at: int) -> int:
    """A place in a text as a place in its public text; none that a mark hides is asked for."""
    moved = 0
    for cut, (start, end) in zip(text.cuts, text.marks, strict=True):
        if cut.end <= at:
            moved += (end - start) - (cut.end - cut.start)
    return at + moved


def _table(
    table: TablePassage, texts: dict[str, Redacted], entries: dict[tuple[str, int], int], notes: set[str]
) -> public.PublicTable:
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
        totals=table.totals,
        marks=marks,
        notes=tuple(
            public.CellNote(footnote=note.footnote, at=shown.at, row=note.row, column=note.column)
            for note in table.notes
            for shown in _notes([note], texts[note_place(table, note)], notes)
        ),
    )
