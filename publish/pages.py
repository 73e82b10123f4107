"""The one room of Jinja2: approved values into the pages of the register, as bytes, ready to be checked and released.

The same values give the same bytes: no clock, no random name, every list sorted by what it says. The shell's frames
are read once and templates are compiled once, so that ten thousand pages cost a few seconds.

The convention that `verify` relies on, held by the templates in `site/templates`:

1. Every expression that prints a value stands alone in its own element; its text has no literal words beside it. In a
   title, a description, an attribute or an e-mail's subject, values and words are set apart by " · ".
2. The exception is an integer, which may stand inside literal words: "3 places withheld", "reason 1 of 3".
3. A value is a string of the decision's JSON, a piece of one between two marks, or one of `publish.words.forms`;
   for the register as a whole, one of `publish.words.site_forms`. Templates do not put values into other words.
4. Everything is escaped, so no value can be a comment, and the comment that divides a page is always ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from publish import words
from publish.body import SITE, body
from publish.facets import Facet, facets
from publish.listing import NotOurs, NotSettled, Year, newest_first, places, tallies, uses, years
from publish.part1 import Part1, Stub, unsettled
from publish.view import anchor, ground_anchor, reading

__all__ = ["anchor", "render_site"]

HEAD = "<!--partone:head-->"
MAIN = "<!--partone:main-->"
LATEST = 8
LISTED = 200
PLACES = 200
CHARTED = 8
HANDFUL = 5
NAMED = 5  # decisions that are named below a ground; the list of places has all


class Frame(NamedTuple):
    """One page of the shell, cut at the two places that are ours to write."""

    top: str
    middle: str
    bottom: str


def frame(shell: Path, page: str) -> Frame:
    """Reads and cuts one frame of the shell; `page` is its path there."""
    top, _, rest = (shell / page).read_text(encoding="utf-8").partition(HEAD)
    middle, _, bottom = rest.partition(MAIN)
    if not bottom:
        raise ValueError(f"{page} of the shell is no frame: {HEAD} and {MAIN} must stand in it. Build the shell again.")
    return Frame(top, middle, bottom)


@cache
def templates() -> Environment:
    """The templates with their filters; everything a value says is escaped, and a misspelt name stops the build."""
    environment = Environment(
        loader=FileSystemLoader(SITE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {"day": words.day, "money": words.money, "count": words.count, "kilobytes": words.kilobytes}
    environment.filters["address"] = words.supplier_address
    environment.globals |= {"words": words, "anchor": anchor, "ground_anchor": ground_anchor, "body": body()}
    return environment


def render_site(
    shell: Path, decisions: Sequence[Part1 | Stub], copies: Mapping[str, int] = MappingProxyType({})
) -> dict[str, bytes]:
    """Every page that is not the shell's own, by its path in the site, for these approved decisions.

    A decision that leaves a question open, or is another body's, is refused, whoever approved it: the shelf should
    never have held it. `copies` says how many bytes the PDF of a decision has, by the decision's slug.
    """
    for decision in decisions:
        if not body().is_named(decision.body):
            raise NotOurs(f"{decision.reference or 'A paper'} is no decision of {body().short_name}. Take it back.")
        if isinstance(decision, Part1) and (open_ := unsettled(decision)):
            raise NotSettled(f"{decision.reference or 'A paper'} may not be published. {' '.join(open_)}")
    ordered = newest_first(decisions)
    by_year = years(ordered)
    one = frame(shell, "decisions/frame/index.html")
    pages: dict[str, bytes] = {}
    for decision in ordered:
        pages |= render_decision(one, decision, copies.get(decision.slug))
    narrowed = facets(ordered)
    months = [facet for facet in narrowed if facet.kind == "month"]
    for year in by_year:
        within = [month for month in months if month.path.startswith(f"decisions/{year.year}-")]
        pages |= _page("year.html", one, f"decisions/{year.year}/", year=year, years=by_year, months=within)
    suppliers = tuple(facet for facet in narrowed if facet.kind == "supplier")
    grounds = tuple(facet for facet in narrowed if facet.kind == "ground")
    listed = {"decisions": ordered[:LISTED], "total": len(ordered), "years": by_year, "grounds": grounds}
    listed |= {"suppliers": bool(suppliers)}
    pages |= _page("list.html", frame(shell, "decisions/index.html"), "decisions/", **listed)
    further = frame(shell, "withheld/frame/index.html")
    pages |= _narrowed(one, (*months, *suppliers)) | _narrowed(further, grounds)
    if suppliers:
        pages |= _suppliers(frame(shell, "decisions/index.html"), suppliers)
    pages |= _withheld(frame(shell, "withheld/index.html"), further, ordered)
    pages |= _home(frame(shell, "index.html"), ordered, by_year)
    pages["sitemap.xml"] = _sitemap(pages, ordered)
    return dict(sorted(pages.items()))


def _narrowed(frame: Frame, found: Sequence[Facet]) -> dict[str, bytes]:
    """A page for each facet."""
    pages: dict[str, bytes] = {}
    for facet in found:
        pages |= _page("facet.html", frame, facet.path, facet=facet)
    return pages


def _suppliers(frame: Frame, found: Sequence[Facet]) -> dict[str, bytes]:
    """Every supplier by name."""
    by_name = sorted(found, key=lambda facet: facet.label.casefold())
    return _page("suppliers.html", frame, "suppliers/", suppliers=by_name)


def render_decision(frame: Frame, decision: Part1 | Stub, copy: int | None = None) -> dict[str, bytes]:
    """One decision's folder: the page and its data; the page leads to the PDF where there is one, of `copy` bytes."""
    folder = f"decisions/{decision.slug}/"
    if isinstance(decision, Stub):
        page = _page("stub.html", frame, folder, decision=decision)
    else:
        page = _page("decision.html", frame, folder, decision=decision, reading=reading(decision), copy=copy)
    return page | {f"{folder}index.json": f"{decision.model_dump_json(indent=2)}\n".encode()}


def _page(template: str, frame: Frame, path: str, **shown: Any) -> dict[str, bytes]:
    root = "../" * path.count("/")
    head, _, main = templates().get_template(template).render(path=path, root=root, **shown).partition(MAIN)
    return {f"{path}index.html": f"{frame.top}{head}{frame.middle}{main}{frame.bottom}".encode()}


def _home(frame: Frame, ordered: Sequence[Part1 | Stub], by_year: Sequence[Year]) -> dict[str, bytes]:
    charted = by_year[:CHARTED] if len(ordered) > HANDFUL and len(by_year) > 1 else ()
    return _page(
        "home.html",
        frame,
        "",
        decisions=ordered[:LATEST],
        total=len(ordered),
        approved=words.register_total(ordered),
        withheld=sum(map(words.something_withheld, ordered)),
        years=by_year,
        charted=tuple(reversed(charted)),
        tallest=max((len(year.decisions) for year in charted), default=1),
        since=by_year[-1].year if by_year else None,
    )


def _withheld(first: Frame, further: Frame, ordered: Sequence[Part1 | Stub]) -> dict[str, bytes]:
    """The grounds with counts, every place, `PLACES` to a page (`withheld/`, `withheld/2/`), and what grounds mean."""
    found = places(ordered)
    counted, explained = tallies(found), uses(found)
    pages: dict[str, bytes] = {}
    for number, start in enumerate(range(0, max(len(found), 1), PLACES), start=1):
        pages |= _page(
            "withheld.html",
            first if number == 1 else further,
            "withheld/" if number == 1 else f"withheld/{number}/",
            places=found[start : start + PLACES],
            start=start + 1,
            number=number,
            total=len(found),
            tallies=counted,
            explained=explained,
            kept_back=len({place.decision.slug for place in found}),
            most=counted[0].places if counted else 1,
            deferred=[d for d in ordered if isinstance(d, Stub) and d.why == "deferred"],
        )
    if explained:  # where every Part 2 is without a ground, no page explains any
        pages |= _page("grounds.html", further, "withheld/grounds/", uses=explained, named=NAMED)
    return pages


def _sitemap(pages: Iterable[str], ordered: Sequence[Part1 | Stub]) -> bytes:
    """Every page, the two hand-written ones too, with the day it last changed where that is known."""
    changed = {f"decisions/{decision.slug}/": _changed(decision) for decision in ordered}
    written = {page.removesuffix("index.html") for page in pages if page.endswith("index.html")}
    listed = tuple((path, changed.get(path)) for path in sorted(written | {"about/", "accessibility/"}))
    return templates().get_template("sitemap.xml").render(pages=listed).encode()


def _changed(decision: Part1 | Stub) -> str | None:
    """The day of the latest version, ISO 8601."""
    if isinstance(decision, Stub) or not decision.versions:
        return None
    return decision.versions[-1].published_on.isoformat()
