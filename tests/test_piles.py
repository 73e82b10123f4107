"""Each paper lies in the piles that ask for it, says why in one sentence, and keeps its words from some."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from extract.claims import Finding
from review.case import Facts
from review.clock import Clock
from review.due import Dates
from review.errors import NotFound
from review.lifecycle import State, StateName
from review.part2 import Part2Metadata
from review.piles import PILES, Looker, counts, lying_in, pile, piles_for
from review.roles import Person, Role
from review.standings import Standing
from review.why_here import ANY, line, matching

TODAY = date(2026, 3, 2)
NAME = Finding(
    id="personal-name/1", check="personal-name", severity="needs-person", page=3,
    message="“Odalys Quince” in paragraph 1.2 looks like a person's name. Withhold it.",
)  # fmt: skip


def looker(name: str = "Ada Lovell", role: Role = "reviewer") -> Looker:
    return Looker(Person(name, role, "2026-01-01"), TODAY, Clock())


def a_standing(state: StateName = "held", *reasons: str, number: int = 1, **more: object) -> Standing:
    dates = Dates(f"{number:064x}", f"PCD {number}", TODAY, date(2026, 2, 27), None, (), Part2Metadata("no"))
    usual = Standing(
        sha256=f"{number:064x}", name=f"PCD {number}", file_name="paper.pdf", reference=f"PCD {number}",
        title="Bicycles for Odalys Quince", public_title="Bicycles for [withheld]", state=State(state, reasons),
        revision=1, entered_at="2026-02-20T09:00:00+00:00", entered_by="Cy Pratt", waiting_since=TODAY, untouched=False,
        taken_by=None, open_findings=(), approvers=(), held_by=(), facts=Facts("dmpc-2023"), dates=dates,
    )  # fmt: skip
    return replace(usual, **more)  # type: ignore[arg-type]  # the cases name fields


def dated(**more: object) -> Dates:
    return replace(a_standing().dates, **more)  # type: ignore[arg-type]  # the cases name fields


# Where a paper stands → the piles it lies in, for a reviewer called Ada Lovell.
CASES = {
    "came in just now": (a_standing("held", untouched=True), {"new", "needs-a-person"}),
    "came in just now and nothing is wrong with it": (a_standing("in-review", untouched=True), {"new", "ready"}),
    "somebody looked at it": (a_standing("held"), {"needs-a-person"}),
    "somebody holds it": (a_standing("held", held_by=("Bo Marsh",)), {"held"}),
    "it hides something": (a_standing("quarantined", untouched=True), {"quarantined"}),
    "I approved it": (a_standing("in-review", approvers=("Ada Lovell",)), {"ready"}),
    "somebody else approved it": (a_standing("in-review", approvers=("Bo Marsh",)), {"ready", "my-second"}),
    "and I entered it": (
        a_standing("in-review", approvers=("Bo Marsh",), facts=Facts("dmpc-2023", entered_by="ada lovell")), {"ready"},
    ),
    "and I drafted it": (
        a_standing("in-review", approvers=("Bo Marsh",), facts=Facts("f", drafting=("Ada Lovell has drafted it",))),
        {"ready"},
    ),
    "I have it": (a_standing("held", taken_by="Ada Lovell"), {"needs-a-person", "mine"}),
    "somebody else has it": (a_standing("held", taken_by="Bo Marsh"), {"needs-a-person"}),
    "two approved it": (a_standing("approved"), {"approved"}),
    "signed three weeks ago": (
        a_standing("approved", dates=dated(signed_on=date(2026, 2, 9))), {"approved", "publication-late"},
    ),
    "its deferral ended yesterday": (
        a_standing("approved", dates=dated(deferred_until=date(2026, 3, 1))), {"approved", "deferrals-ending"},
    ),
    "its deferral ends in a month": (
        a_standing("deferred", dates=dated(deferred_until=TODAY + timedelta(30))), {"deferred", "deferrals-ending"},
    ),
    "its deferral ends later": (
        a_standing("deferred", dates=dated(deferred_until=TODAY + timedelta(31))), {"deferred"},
    ),
    "public, and a place is to be looked at": (
        a_standing("published", dates=dated(published_on=TODAY, reviews=(TODAY + timedelta(30),))),
        {"published", "reviews-soon"},
    ),
    "public, and a place was to be looked at": (
        a_standing("published", dates=dated(published_on=TODAY, reviews=(date(2026, 3, 1),))),
        {"published", "reviews-overdue"},
    ),
    "withdrawn": (a_standing("withdrawn", dates=dated(withdrawn_on=TODAY)), {"withdrawn", "withdrawals"}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_paper_lies_in_the_piles_that_ask_for_it(case: str) -> None:
    standing, piles = CASES[case]
    counted = counts([standing], looker())
    assert {key for key, number in counted.items() if number} == piles
    for key in piles:
        assert lying_in(pile(key), [standing], looker()) == (standing,)


def test_each_pile_says_what_is_true_when_it_is_empty() -> None:
    assert all(each.empty.endswith(".") for each in PILES)
    assert len({each.key for each in PILES}) == len(PILES)
    with pytest.raises(NotFound):
        pile("none")


def test_who_cannot_approve_waits_for_no_second_approval() -> None:
    assert "my-second" not in {each.key for each in piles_for(looker("Cy Pratt", "clerk").person)}


def test_the_longest_wait_comes_first_or_the_newest_where_somebody_asks() -> None:
    since = {1: TODAY, 2: TODAY - timedelta(9), 3: TODAY - timedelta(1)}
    every = [a_standing("held", number=number, waiting_since=day) for number, day in since.items()]
    assert [s.name for s in lying_in(pile("needs-a-person"), every, looker())] == ["PCD 2", "PCD 3", "PCD 1"]
    newest = lying_in(pile("needs-a-person"), every, looker(), newest_first=True)
    assert [s.name for s in newest] == ["PCD 1", "PCD 3", "PCD 2"]


def test_a_line_says_why_in_one_sentence_with_its_page() -> None:
    standing = a_standing("held", NAME.message, "Two papers.", open_findings=(NAME,), waiting_since=date(2026, 2, 21))
    shown = line(pile("needs-a-person"), standing, looker())
    assert shown.why == "“Odalys Quince” in paragraph 1.2 looks like a person's name (page 3)."
    assert (shown.tone, shown.word, shown.more, shown.waiting) == ("wait", "Needs an answer", 1, "9 days")
    assert shown.title == "Bicycles for Odalys Quince"


def test_a_clerk_is_told_what_kind_of_thing_it_is_and_none_of_its_words() -> None:
    """What findings quote, what officers write and what is withheld in a title is not for everybody."""
    clerk = looker("Cy Pratt", "clerk")
    reasons = (NAME.message, "Held by Bo Marsh: Odalys Quince has been asked.", "The form was not recognised.")
    standing = a_standing("held", *reasons, open_findings=(NAME,), held_by=("Bo Marsh",))
    shown = line(pile("held"), standing, clerk)
    assert (shown.why, shown.more, shown.title) == ("Held by Bo Marsh.", 2, "Bicycles for [withheld]")
    bare = replace(standing, held_by=(), state=State("held", (NAME.message,)))
    assert line(pile("needs-a-person"), bare, clerk).why == "Personal name (page 3)."
    gone = a_standing("withdrawn", "Withdrawn by Bo Marsh: It names Odalys Quince.")
    assert line(pile("withdrawn"), gone, clerk).why == "Withdrawn by Bo Marsh."
    whole = a_standing("withheld", "All of Part 1 is withheld by Bo Marsh and Gil Rowe, FOIA s.24: Odalys Quince.")
    assert line(pile("withdrawn"), whole, clerk).why == "All of Part 1 is withheld by Bo Marsh and Gil Rowe, FOIA s.24."
    assert matching([standing], "quince", clerk) == ()
    assert matching([standing], "quince", looker()) == (standing,)


def test_a_line_of_what_is_due_says_when() -> None:
    late = a_standing("approved", dates=dated(signed_on=date(2026, 2, 9)))
    shown = line(pile("publication-late"), late, looker())
    assert (shown.tone, shown.word, shown.waiting) == ("stop", "Overdue", "14 days late")
    assert "should have been public by 16 February 2026" in shown.why


# What is typed → whether PCD 1, Bicycles for Odalys Quince’s Café, is found by it.
SOUGHT = {
    "bicycles": True, "BICYC": True, "quince bicycles": True, "pcd 1": True, "PCD1": True, "cars": False,
    "bicycles cars": False, "": False, "  ": False, "quince's": True, "Quince’s cafe": True, "pcd-1": True, "’": False,
}  # fmt: skip


@pytest.mark.parametrize("words", SOUGHT)
def test_words_are_looked_for_in_reference_and_title(words: str) -> None:
    standing = replace(a_standing(), title="Bicycles for Odalys Quince’s Café")
    assert matching([standing], words, looker()) == ((standing,) if SOUGHT[words] else ())
    assert line(ANY, standing, looker()).standing is standing
