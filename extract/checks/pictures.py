"""Does a picture in Part 1 show what words should say?"""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord


def check(record: DecisionRecord) -> Iterator[Finding]:
    """No picture is read or published: a marking in one would be passed over, and a chart would be lost in silence.

    One that stands in the same place on several pages is asked about once.
    """
    on_page: dict[int, list[tuple[float, ...]]] = {}
    for picture in record.pictures:
        on_page.setdefault(picture.page, []).append(picture.box)
    alike: dict[tuple[tuple[float, ...], ...], list[int]] = {}
    for page, boxes in on_page.items():
        alike.setdefault(tuple(boxes), []).append(page)
    for places, pages in alike.items():
        one = len(places) == 1
        what, shows = ("A picture", "it shows") if one else (f"{len(places)} pictures", "they show")
        first = next(picture for picture in record.pictures if picture.page == pages[0])
        yield at_field(
            record,
            "picture-unread",
            "needs-person",
            f"{what} on {_spoken(pages)} {'is' if one else 'are'} not read: "
            f"what {shows} will not be on the public page. See that {'it is no' if one else 'none is a'} marking, and "
            f"say in words what {shows} if the decision needs it.",
            "pictures",
            detail=f"page-{pages[0]}",
            page=pages[0],
            box=first.box,
        )


def _spoken(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"
