"""What a decision's PDF says, as data for the typst template: what its page shows, nested as its lists are.

The template gets strings, integers and lists of them, and nothing that it could run. Everything is a fact of one
`Part1`; where the page says it, `publish.view` and `publish.words` have made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from publish import words
from publish.approved import strings
from publish.body import body
from publish.lettering import is_whole, printable
from publish.part1 import Ground, Part1, PublicAward
from publish.shown import Footnote, Grid, Paragraph, Part, Piece, Withheld
from publish.view import reading

LICENCE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_LETTERS: Final = 85  # of a table's size, side by side on a line

Said = list[dict[str, Any]]


def paper(decision: Part1) -> dict[str, Any]:
    """All that the template prints, in its order."""
    shown = reading(decision)
    title = decision.public_title or ""
    whole = words.total(decision.awards)
    first = words.published(decision)
    later = decision.versions[-1].published_on if len(decision.versions) > 1 else None
    until = decision.deferral.until if decision.deferral.answer == "yes" else None
    addresses = {"page": f"{body().site_address}decisions/{decision.slug}/", "licence": LICENCE}
    addresses |= {"mail": f"mailto:{body().request_email}", "regulator": body().regulator_address}
    says = {
        "body": {**body().model_dump(), "the_recommendations": body().the_recommendations},
        "reference": decision.reference,
        "title": _said(shown.title),
        "title_plain": title,
        "outcome": words.OUTCOMES[decision.outcome],
        "places": len(decision.withheld),
        "kept": words.something_withheld(decision),
        "decision_maker": decision.decision_maker,
        "signed_on": words.day(decision.signed_on) if decision.signed_on else None,
        "sum": words.money(whole) if whole is not None else None,
        "published": words.day(first) if first else None,
        "corrected": words.day(later) if later else None,
        "deferred_until": words.day(until) if until else None,
        "suppliers": words.suppliers(decision),
        "summary": _part(shown.summary) if shown.summary else None,
        "recommendations": _part(shown.recommendations) if shown.recommendations else None,
        "lead": decision.recommendation_lead,
        "awards": [_award(award, number) for award, (number, _) in zip(decision.awards, shown.contracts, strict=True)],
        "sections": [_part(part) for part in shown.sections],
        "notes": [_note(note) for note in shown.footnotes],
        "withheld": [
            {
                "place": line.place,
                "ground": _ground(line.exemption),
                "because": line.because,
                "next_review": words.day(line.next_review) if line.next_review else None,
                "target": shown.targets.get(number),
            }
            for number, line in enumerate(decision.withheld, start=1)
        ],
        "part2": _part2(decision) if decision.part2.exists == "yes" else None,
        "versions": [
            {"number": version.number, "on": words.day(version.published_on), "note": version.note}
            for version in reversed(decision.versions)
        ],
        "digest": words.digest_in_groups(decision),
        "replaced": not all(map(is_whole, strings(decision.model_dump(mode="json")))),
    }
    return {"leads_to": addresses} | {name: _printable(value) for name, value in says.items()}


def spoken() -> Iterator[str]:
    """What typst itself says of a link, for whoever hears the page; `{}` is a number."""
    yield "page {}"
    yield f"Email {body().request_email}"


def _printable(value: Any) -> Any:
    """The same value, every string in it as the typeface can print it; a table's cells see to their own long words."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: _printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_printable(inner) for inner in value]
    return value


def _said(pieces: Sequence[Piece], longest: int = 60) -> Said:
    return [{**piece._asdict(), "words": printable(piece.words, longest)} for piece in pieces]


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "label": ground.label,
        "law": ground.law or ground.key,
        "means": ground.means,
        "as_printed": ground.as_printed,
        "unconfirmed": ground.key is None,
    }


def _part2(decision: Part1) -> dict[str, Any]:
    notice = decision.part2
    return {
        "grounds": [_ground(ground) for ground in notice.grounds],
        "ceases_when": notice.ceases_when,
        "next_review": words.day(notice.next_review) if notice.next_review else None,
        "marking": notice.marking,
    }


def _award(award: PublicAward, number: str) -> dict[str, Any]:
    return {
        "number": number,
        "supplier": award.supplier,
        "purpose": award.purpose,
        "kind": words.kind(award),
        "framework": award.framework,
        "term": award.term,
        "extension_options": award.extension_options,
        "value": words.award_value(award),
        "total_after": words.award_total_after(award),
    }


def _note(note: Footnote) -> dict[str, Any]:
    return {"id": note.id, "mark": note.mark, "pieces": _said(note.pieces)}


def _part(part: Part) -> dict[str, Any]:
    return {
        "number": part.number,
        "heading": _said(part.heading),
        "headed": bool(part.number or printable(_plain(part.heading)).strip()),
        "whole": _whole(part.whole) if part.whole else None,
        "blocks": list(_blocks(part.passages)),
    }


def _whole(withheld: Withheld) -> dict[str, Any]:
    return {
        "entry": withheld.entry,
        "target": withheld.target,
        "number": withheld.number,
        "grounds": [_ground(ground) for ground in withheld.grounds],
        "next_review": words.day(withheld.next_review) if withheld.next_review else None,
    }


def _blocks(passages: Sequence[Paragraph | Grid]) -> Iterator[dict[str, Any]]:
    """Paragraphs, tables and lists in order. A list goes on below one of its paragraphs while it is deeper."""
    at = 0
    while at < len(passages):
        first = passages[at]
        if isinstance(first, Grid):
            yield _grid(first)
            at += 1
        elif first.number is None and not first.bulleted:
            yield {"kind": "paragraph", "pieces": _said(first.pieces)}
            at += 1
        else:
            end = at
            while end < len(passages) and _goes_on(first, passages[end]):
                end += 1
            yield _list(first, [p for p in passages[at:end] if isinstance(p, Paragraph)])
            at = end


def _goes_on(first: Paragraph, later: Paragraph | Grid) -> bool:
    """Whether what comes later stands in the same list, or below one of its paragraphs."""
    if isinstance(later, Grid) or later.depth < first.depth:
        return False
    return later.depth > first.depth or (later.bulleted == first.bulleted and bool(later.number or later.bulleted))


def _list(first: Paragraph, passages: Sequence[Paragraph]) -> dict[str, Any]:
    own = [at for at, passage in enumerate(passages) if passage.depth == first.depth]
    ends = [*own[1:], len(passages)]
    return {
        "kind": "bullets" if first.bulleted else "numbers",
        "indented": first.depth > 0,
        "entries": [
            {
                "number": _dotted(passages[start]),
                "pieces": _said(passages[start].pieces),
                "inner": list(_blocks(passages[start + 1 : end])),
            }
            for start, end in zip(own, ends, strict=True)
        ],
    }


def _dotted(passage: Paragraph) -> str:
    """The number as the page shows it: a letter below a paragraph has a point behind it."""
    number = passage.number or ""
    return f"{number}." if passage.depth and number.isalnum() else number


def _grid(grid: Grid) -> dict[str, Any]:
    """A table with the share of the width that each column gets: by its longest word, and somewhat by its text."""
    rows = [row for row in (grid.header, *grid.rows, *([grid.total] if grid.total else [])) if row]
    columns = max(map(len, rows), default=1)
    texts = [[_plain(row[n]) for row in rows if n < len(row)] for n in range(columns)]
    weights = [_weight(cells) for cells in texts]
    shares = [weight / sum(weights) for weight in weights]

    def filled(row: Sequence[tuple[Piece, ...]]) -> list[Said]:
        fit = [max(4, int(share * _LETTERS) - 2) for share in shares]
        return [_said(row[n] if n < len(row) else (), fit[n]) for n in range(columns)]

    return {
        "kind": "grid",
        "caption": _said(grid.caption),
        "header": filled(grid.header) if grid.header else [],
        "rows": [filled(row) for row in grid.rows],
        "total": filled(grid.total) if grid.total else None,
        "figures": list(grid.figures),
        "shares": shares,
    }


def _plain(pieces: Sequence[Piece]) -> str:
    return "".join(piece.words for piece in pieces)


def _weight(cells: Sequence[str]) -> float:
    word = max((len(word) for cell in cells for word in cell.split()), default=1)
    return max(4, min(word, 16)) + min(max(map(len, cells), default=1), 80) / 4
