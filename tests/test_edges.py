"""Running headers and footers: what repeats at the edge of pages, and what only seems to."""

from __future__ import annotations

import pytest

from extract.edges import find_furniture
from ingest.document import Line
from tests.pages import document, line

BODY = [line(f"A line of the text, number {n} of it.", 200 + 14 * n) for n in range(3)]


def pages(*edges: list[tuple[str, float]]) -> list[list[Line]]:
    """Pages with some text, and on each the lines at these heights."""
    return [
        sorted(
            [*(line(words, y, page=n) for words, y in edge), *(line(one.text, one.baseline, page=n) for one in BODY)],
            key=lambda one: one.baseline,
        )
        for n, edge in enumerate(edges, 1)
    ]


# What stands at the edges of each page (a page is 842 points high), and what of it is a header or a footer.
CASES = [
    ([[("PCD 1234", 40)]] * 3, ["PCD 1234"] * 3),  # the same on every page
    (
        [[("Page 1 of 3", 815)], [("Page 2 of 3", 815)], [("Page 3 of 3", 815)]],
        ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
    ),
    ([[("PCD 1234 | page 1", 40)], [("PCD 1234 | page 2", 40)]], ["PCD 1234 | page 1", "PCD 1234 | page 2"]),
    (  # odd and even pages have headers of their own
        [[("Radios", 40)], [("PCD 1234", 40)], [("Radios", 40)], [("PCD 1234", 40)], [("Radios", 40)]],
        ["Radios", "PCD 1234", "Radios", "PCD 1234", "Radios"],
    ),
    ([[], [("PCD 1234", 40)], [("PCD 1234", 40)], [("PCD 1234", 40)]], ["PCD 1234"] * 3),  # none on the first page
    ([[("- 1 -", 815)], [("- 2 -", 815)]], ["- 1 -", "- 2 -"]),
    ([[("1 | Page", 815)], [("2 | Page", 815)]], ["1 | Page", "2 | Page"]),
    ([[("The last words of a page.", 800)], []], []),  # once is no header
    ([[("The last words of a page.", 800)], [("Others on the next page.", 800)]], []),
    ([[("PCD 1234", 40)], [("PCD 1234", 55)]], []),  # at another height
    ([[("Metropolitan Police", 110)]] * 4, ["Metropolitan Police"] * 4),  # a tall header
    ([[("Metropolitan Police", 110)]] * 2, []),  # of two pages only where it is sure
    ([[("OFFICIAL-SENSITIVE", 110)]] * 4, []),  # a marking closes its pages, it is no header
    ([[("Costs", 110)], [("Costs", 110)], [("Risks", 110)], [("Law", 110)]], []),  # headings
]


@pytest.mark.parametrize(("edges", "furniture"), CASES)
def test_what_repeats_at_the_edge_is_furniture(edges: list[list[tuple[str, float]]], furniture: list[str]) -> None:
    assert [one.text for one in find_furniture(document(*pages(*edges)))] == furniture
