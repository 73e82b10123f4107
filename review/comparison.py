"""One page for an officer to compare: each thing that was read beside the very place it was read from.

Local and still: no script, nothing from elsewhere. The places are cut from the page pictures by the browser, so that
nothing is drawn twice. Text of Part 2 is not repeated; it is only pointed at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from extract.facts import Place
from review.marks import MEANINGS, Mark, places_of

if TYPE_CHECKING:  # a command loads what it uses and no more
    from review.office import View

AROUND = 8  # points of the page shown around a place
TALLEST = 420  # pixels of a cut: more is looked at on the page itself


@dataclass(frozen=True, slots=True)
class Sheet:
    """The picture of a page: its file, its size in pixels, where the page begins in it, and pixels a point."""

    page: int
    file: str
    width: int
    height: int
    left: int
    scale: float


STYLE = """
body{font:1rem/1.5 "Atkinson Hyperlegible",system-ui,sans-serif;margin:1.5rem auto;max-width:80rem;padding:0 1rem;
color:#1a1a1a;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}nav a{margin-right:1rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #8a8a8a;padding:.4rem .6rem;text-align:left;
vertical-align:top;overflow-wrap:anywhere}thead th{background:#eee}tbody th{font-weight:600}table{table-layout:fixed}
.name{width:15rem}.where{width:6rem}
.cut{display:block;position:relative;overflow:hidden;max-width:100%;border:1px solid #bbb;margin-top:.4rem}
.cut img{position:absolute;max-width:none}figure{margin:1rem 0}figure img{max-width:100%;height:auto;
border:1px solid #8a8a8a}a{color:#0b4f9e}a:focus{outline:3px solid #0b4f9e;outline-offset:2px}
.wide{overflow-x:auto}.none{color:#555}
"""


def comparison(view: View, sheets: Sequence[Sheet], marks: Sequence[Mark]) -> str:
    """The whole page as HTML."""
    name = escape(view.dossier.paper.name)
    shown = {sheet.page: sheet for sheet in sheets}
    body = "\n".join((*_fields(view, shown), *_passages(view, shown), *_kept(view, shown, marks), *_pages(sheets)))
    pages = " ".join(f'<a href="#page-{sheet.page}">Page {sheet.page}</a>' for sheet in sheets)
    unseen = sorted(set(range(1, view.record.source.pages + 1)) - set(shown))
    missing = f"<p><strong>Not drawn: {', '.join(f'page {n}' for n in unseen)}.</strong></p>" if unseen else ""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Evidence: {name}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>Evidence: {name}</h1>
<p><strong>Private.</strong> The pictures show whole pages, whatever is withheld of them. Delete this folder when you
have compared. The paper is the file with the SHA-256 {view.dossier.paper.sha256[:12]}….</p>
<nav aria-label="On this page"><a href="#fields">Fields</a><a href="#passages">Passages</a><a href="#kept">Kept back and
asked</a>{pages}</nav>
{missing}
{body}
</body>
</html>
"""


def _fields(view: View, sheets: Mapping[int, Sheet]) -> Iterator[str]:
    facts = view.record.model_dump(mode="json")
    seen_in_order = sorted(view.record.evidence.items(), key=lambda named: (named[1].page, named[1].box[1]))
    rows = (
        (name, _shown(value_at(facts, name)), _where(seen.places), _cut(name, seen.places, sheets))
        for name, seen in seen_in_order
    )
    yield _table("fields", "Fields", ("Field", "Read as, and as it stands on the page", "Where"), rows)


def _passages(view: View, sheets: Mapping[int, Sheet]) -> Iterator[str]:
    rows = []
    for passage in view.record.passages():
        if passage.kind == "text":
            read = escape(passage.text)
        else:
            lines = (" | ".join(row) for row in (passage.header, *passage.rows))
            read = "<br>".join(escape(line) for line in lines)
        rows.append((passage.id, read, _where(passage.boxes), _cut(passage.id, passage.boxes, sheets)))
    yield _table("passages", "Passages", ("Passage", "Read as, and as it stands on the page", "Where"), rows)


def _kept(view: View, sheets: Mapping[int, Sheet], marks: Iterable[Mark]) -> Iterator[str]:
    """What is withheld, by whom; what is asked; and where text lies that is never public."""
    rows = [
        (mark.name, MEANINGS[mark.kind][1], _where(mark.places, mark.page), _cut(mark.name, mark.places, sheets))
        for mark in marks
        if (mark.kind in ("rule", "person", "private") and not mark.name.startswith("furniture"))
        or (mark.kind == "finding" and mark.name.startswith("read "))
    ]
    places = places_of(view.record)
    for finding in view.dossier.findings:
        own = (Place(page=finding.page, box=finding.box),) if finding.page and finding.box else ()
        at = own or places.get(finding.passage or finding.field or "", ())
        rows.append((finding.check, escape(finding.message), _where(at, finding.page), _cut(finding.check, at, sheets)))
    yield _table("kept", "Kept back and asked", ("What", "Why, and the place on the page", "Where"), rows)


def _pages(sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        about = (
            f"Page {sheet.page} with a box around each thing that was read, kept back or asked, and its name beside it"
        )
        yield (
            f'<h2 id="page-{sheet.page}">Page {sheet.page}</h2>\n<figure><a href="{sheet.file}">'
            f'<img src="{sheet.file}" width="{sheet.width}" height="{sheet.height}" alt="{about}"></a></figure>'
        )


def _table(anchor: str, title: str, heads: Sequence[str], rows: Iterable[tuple[str, str, str, str]]) -> str:
    """`rows` bring a name as plain text; what was read, where, and the place on the page as HTML."""
    lines = [
        f'<tr><th scope="row">{escape(name)}</th><td>{read}{cut}</td><td>{where}</td></tr>'
        for name, read, where, cut in rows
    ]
    kinds = ("name", "read", "where")
    head = "".join(f'<th scope="col" class="{kind}">{name}</th>' for kind, name in zip(kinds, heads, strict=True))
    inner = "\n".join(lines) or f'<tr><td colspan="{len(heads)}" class="none">Nothing.</td></tr>'
    return (
        f'<h2 id="{anchor}">{title}</h2>\n<div class="wide"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{inner}\n</tbody></table></div>"
    )


def value_at(facts: Mapping[str, Any], path: str) -> Any:
    """The value of a field by its path: `awards[0].supplier`."""
    found: Any = facts
    for part in path.replace("[", ".").replace("]", "").split("."):
        found = found[int(part)] if isinstance(found, list) else found.get(part)
    return found


def _shown(value: Any) -> str:
    """A value in words an officer reads; what the paper leaves open says so."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return '<span class="none">nothing</span>'
    if isinstance(value, dict) and "as_printed" in value:
        settled = value.get("key") or value.get("value")
        meant = f", which is {settled}" if settled else ", which is not settled"
        return escape(f"“{value['as_printed']}”{meant}")
    return escape(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _where(places: Sequence[Place], page: int | None = None) -> str:
    pages = dict.fromkeys([place.page for place in places] or ([page] if page else []))
    return " ".join(f'<a href="#page-{n}">page {n}</a>' for n in pages) or '<span class="none">the whole paper</span>'


def _cut(name: str, places: Sequence[Place], sheets: Mapping[int, Sheet]) -> str:
    """The part of each page picture that a thing was read from."""
    cuts = []
    for page in dict.fromkeys(place.page for place in places):
        sheet = sheets.get(page)
        if sheet is None:
            continue
        boxes = [place.box for place in places if place.page == page]
        x0, top = min(box[0] for box in boxes) - AROUND, min(box[1] for box in boxes) - AROUND
        x1, bottom = max(box[2] for box in boxes) + AROUND, max(box[3] for box in boxes) + AROUND
        left, above = round(sheet.left + x0 * sheet.scale), round(top * sheet.scale)
        wide, high = round((x1 - x0) * sheet.scale), min(TALLEST, round((bottom - top) * sheet.scale))
        about = escape(f"{name}, as printed on page {page}", quote=True)
        cuts.append(
            f'<span class="cut" style="width:{wide}px;height:{high}px"><img src="{sheet.file}" loading="lazy" '
            f'alt="{about}" style="left:{-left}px;top:{-above}px"></span>'
        )
    return "".join(cuts) or ' <span class="none">(no place on paper)</span>'
