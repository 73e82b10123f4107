"""The JSON that commands print, as the contract names its keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.apart import Refused
from publish.part1 import Part1, digest

if TYPE_CHECKING:  # a command loads what it uses and no more
    from ingest.document import Document
    from publish.verdict import Verdict
    from review.audit import Entry
    from review.inbox import Taken
    from review.office import View
    from review.publication import Outcome
    from review.standings import Standing

Row = dict[str, Any]


def public_view(public: Part1 | None, held: tuple[str, ...]) -> Row:
    """What the public would see of a paper; of a paper that is held, why, and no text."""
    if public is None:
        return {"state": "held", "reasons": list(held)}
    return public.model_dump(mode="json")


def inspection(file: Path, found: Document | Refused) -> Row:
    """What a file hides."""
    if isinstance(found, Refused):
        reason = f"{found.reason} {found.remedy}"
        return {"file": file.name, "sha256": None, "verdict": "unreadable", "findings": [], "reason": reason}
    findings = [
        {"kind": h.kind, "page": h.page, "box": list(h.box) if h.box else None, "text": h.text, "detail": h.detail}
        for h in found.hidden
    ]
    verdict = "hidden-content" if findings else "clean"
    return {"file": file.name, "sha256": found.sha256, "verdict": verdict, "findings": findings}


def verdict_row(folder: Path, verdict: Verdict) -> Row:
    """Whether a site is proven, and what was looked at."""
    return {
        "site": str(folder),
        "verdict": "proven" if verdict.clean else "not-proven",
        "counts": verdict.counts.model_dump(mode="json"),
        "problems": [str(problem) for problem in verdict.problems],
    }


def taken_row(taken: Taken) -> Row:
    """What came of a file that was put in."""
    return {
        "file": str(taken.file),
        "sha256": taken.sha256,
        "reference": taken.reference,
        "state": taken.state,
        "reason": " ".join(taken.reasons) or None,
    }


def paper_row(paper: Standing) -> Row:
    """One line of the list of papers."""
    return {
        "sha256": paper.sha256,
        "file_name": paper.file_name,
        "reference": paper.reference,
        "title": paper.title,
        "state": paper.state.name,
        "reasons": list(paper.state.reasons),
        "with": paper.taken_by,
    }


def view_row(view: View) -> Row:
    """One paper whole: its record, where it stands, what people said, and what is withheld, without withheld text."""
    claims = [
        {"kind": type(claim).__name__.lower(), **claim.model_dump(mode="json", exclude={"wording"})}
        for claim in view.dossier.claims
    ]
    spans = [span.model_dump(mode="json", exclude={"withheld_text"}) for span in view.disclosure.part2.spans]
    part1 = view.disclosure.part1
    return {
        **view.record.model_dump(mode="json"),
        "state": view.state.name,
        "reasons": list(view.state.reasons),
        "public_digest": digest(part1) if part1 else None,
        "claims": claims,
        "amendments": [amendment.model_dump(mode="json") for amendment in view.amendments],
        "withheld": spans,
    }


def entry_row(entry: Entry) -> Row:
    """One entry of the log."""
    return {
        "n": entry.n,
        "at": str(entry.at),
        "by": entry.by,
        "what": entry.what,
        "paper": entry.paper,
        "digest": entry.digest,
    }


def outcome_row(outcome: Outcome) -> Row:
    """What a release brought."""
    return {
        "site": str(outcome.site),
        "pages": outcome.pages,
        "changed": outcome.changed,
        "certificate": outcome.certificate.model_dump(mode="json"),
    }
