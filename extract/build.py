"""`build(document, form) -> DecisionRecord`: everything a paper says, each field with the place it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import SecretStr

from extract import bodies, fields, footnotes, passages, signatures, ticks
from extract.amounts import amounts_of
from extract.awards import awards_of
from extract.closing import marking_in
from extract.columns import beside
from extract.editions import plain
from extract.evidence import evidence_of, lines_of
from extract.facts import DocumentMarking, Source
from extract.form import Flow, Form
from extract.furniture import furniture, running_of_part2, shown, unplaced
from extract.marks import marks_of
from extract.paragraphs import Paragraph, Setting, gather, join
from extract.pictures import unread_pictures
from extract.record import Block, DecisionRecord, Passage, WithheldPassage
from extract.references import normalise
from extract.struck import struck_words
from extract.unsure import unsure_words
from ingest.document import Document


def build(document: Document, form: Form) -> DecisionRecord:
    """The private record of one paper. Of a form that is not known it says only where its text lies."""
    setting = form.setting
    form, noted = footnotes.settle(document, form)
    marks = marks_of(document)
    approval, seen, signing = signatures.read_approval(form, setting, marks)
    deferral, more, on_deferral = fields.read_deferral(form, setting, marks)
    part2, of_part2, on_part2 = fields.read_part2(form, setting, marks)
    declared = ticks.read_declarations(form, setting, marks)
    chief, of_chief, consulting = signatures.read_chief_executive(form, marks)
    evidence = {**seen, **more, **of_part2, **dict(declared.evidence), **of_chief}
    reference = normalise(join(line.text for line in form.lines("reference")))
    title = form.value("title")
    for name, place in (("reference", "reference"), ("title", "title"), ("body", bodies.LETTERHEAD)):
        if lines := form.lines(place):
            evidence[name] = evidence_of(lines)
    summary = passages.passages("summary", gather(form.content("summary"), setting))
    lead, recommended = _recommendations(form, setting)
    if lead:
        evidence["recommendation_lead"] = evidence_of(lead.lines)
    sections = passages.sections(gather(form.content("part1"), setting))
    printed = (*summary, *recommended, *(passage for section in sections for passage in section.passages))
    notes = footnotes.read(document, noted, printed, sections)
    public = (*printed, *(note for note in notes if note.passage))
    left = unplaced(form, setting)
    return DecisionRecord(
        source=_source(document),
        body=bodies.body_of(form),
        form=form.edition.id if form.edition else None,
        reference=reference.reference if reference else None,
        reference_as_printed=reference.as_printed if reference else None,
        references=reference.references if reference else (),
        title=title or None,
        executive_summary=summary,
        recommendation_lead=lead.text if lead else None,
        recommendations=recommended,
        approval=approval,
        sections=sections,
        footnotes=notes,
        part2=part2,
        deferral=deferral,
        declarations=declared.rows,
        chief_executive=chief,
        awards=awards_of((p.id, p.level, p.text) for p in recommended if isinstance(p, Passage)),
        amounts=amounts_of(public),
        markings=tuple(DocumentMarking(as_printed=marking_in(line.text), page=line.page) for line in form.marked),
        hidden=tuple(f"{found.kind}, page {found.page}" if found.page else found.kind for found in document.hidden),
        evidence=evidence,
        remarks={**signing, **on_deferral, **on_part2, **dict(declared.remarks), **consulting, **beside(form, printed)},
        struck=struck_words(document, form, public, evidence),
        unsure=unsure_words(document, form, public, evidence),
        pictures=unread_pictures(document, form, marks),
        unheaded=tuple(part.place.name for part in form.unheaded if part.flow),
        furniture=shown(furniture(document, form, left)),
        withheld_passages=_withheld(document, form, setting, left),
    )


def _source(document: Document) -> Source:
    """The file; a page without text and without anything drawn on it is blank, and nothing is unread there."""
    return Source(
        sha256=document.sha256,
        file_name=document.file_name,
        pages=len(document.pages),
        ocr_pages=tuple(page.number for page in document.pages if page.ocr),
        turned={page.number: round(page.turned, 3) for page in document.pages if page.turned},
        unread_pages=tuple(
            page.number
            for page in document.pages
            if page.scanned and (page.pictures or page.fills or page.rules or page.marks)
        ),
    )


def _recommendations(form: Form, setting: Setting) -> tuple[Paragraph | None, tuple[Block, ...]]:
    """The sentence that leads into the recommendations, and the recommendations."""
    things = gather(form.content("recommendations"), setting)
    lead = things[0] if things else None
    if isinstance(lead, Paragraph) and lead.label is None and form.labels["lead"].search(plain(lead.text)):
        return lead, passages.passages("recommendation", things[1:])
    return None, passages.passages("recommendation", things)


def _withheld(document: Document, form: Form, setting: Setting, left: Iterable[Flow]) -> tuple[WithheldPassage, ...]:
    """The text of Part 2, and all text that stands in no recognised place."""
    exempt = [thing for part in form.holding("part2") for thing in part.flow]
    running = _kept("part2", running_of_part2(document, form), setting, len(exempt))
    return (*_kept("part2", exempt, setting), *running, *_kept("unplaced", left, setting))


def _kept(
    why: Literal["part2", "unplaced"], flow: Iterable[Flow], setting: Setting, after: int = 0
) -> Iterator[WithheldPassage]:
    for order, thing in enumerate(gather(flow, setting), after + 1):
        lines = list(lines_of(thing.lines if isinstance(thing, Paragraph) else [thing]))
        if lines:
            text = join(map(footnotes.printed, lines))
            yield WithheldPassage(
                id=f"{why}/p{order}",
                withheld_text=SecretStr(text),
                page=lines[0].page,
                boxes=evidence_of(lines).places,
                why=why,
            )
