"""The one span between reading and publishing: the only place where Part 1 and Part 2 meet."""

from __future__ import annotations

from extract.record import DecisionRecord
from ingest.document import Document


def read_record(document: Document) -> DecisionRecord:
    """A document as a decision record: sorted into the places of its form, then read field by field."""
    from extract.build import build
    from extract.form import segment
    from extract.located import located

    record = build(document, segment(document))
    return record.model_copy(update={"evidence": record.evidence | located(record, document)})
