"""When Part 2 ceases to be exempt, read from sentences: a proposal, and never later than the backstop."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.conditions import Words, evidence_of, months_after, of_terms, proposed, proposed_backstop, read

TODAY = date(2026, 3, 2)
SIGNED = date(2026, 2, 27)

SENTENCES: list[tuple[str, Words, str]] = [
    ("The paper will cease to be exempt on 31 March 2027.", Words(date(2027, 3, 31), (), "any"), "a day"),
    ("1 May 2027", Words(date(2027, 5, 1), (), "any"), "a day and nothing else"),
    (
        "It will cease to be exempt on 29 January 2027, or when the lease is exchanged if that is sooner.",
        Words(date(2027, 1, 29), ("the lease is exchanged",), "any"),
        "a day or an event, whichever is sooner",
    ),
    (
        "It will cease to be exempt on 1 March 2027 or when the appeal ends, whichever is the later.",
        Words(date(2027, 3, 1), ("the appeal ends",), "all"),
        "a day and an event, since the later counts",
    ),
    (
        "Part 2 will cease to be exempt on 1 April 2029, when the contracts have ended.",
        Words(date(2029, 4, 1), ("the contracts have ended",), "any"),
        "a day, and what is expected by then: in doubt either counts",
    ),
    (
        "The paper will cease to be exempt when the decisions have been formally agreed and publicised in the press.",
        Words(None, ("the decisions have been formally agreed", "the decisions have been publicised in the press"),
              "all"),
        "one event of two halves",
    ),
    (
        "Part 2 will cease to be exempt once the contract is signed and when the bidders are told.",
        Words(None, ("the contract is signed", "the bidders are told"), "all"),
        "two events, both",
    ),
    (
        "It ceases once the contract is signed, or after the tender is abandoned.",
        Words(None, ("the contract is signed", "the tender is abandoned"), "any"),
        "two events, either",
    ),
    ("When the landlord has re-let the building.", Words(None, ("the landlord has re-let the building",), "any"),
     "an event and nothing else"),
    (
        "It will cease to be exempt after 1 June 2025 or after 1 June 2026.",
        Words(None, ("It will cease to be exempt after 1 June 2025 or after 1 June 2026.",), "any"),
        "two days: neither is taken, and a person reads the sentence",
    ),
    ("Not known.", Words(None, ("Not known",), "any"), "nothing that could be read"),
    ("", Words(None, ("",), "any"), "nothing at all"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "words"), [row[:2] for row in SENTENCES], ids=[row[2] for row in SENTENCES])
def test_what_a_sentence_says(sentence: str, words: Words) -> None:
    assert read(sentence) == words


BACKSTOPS = [
    (SIGNED, None, date(2026, 8, 27), "six months after signing"),
    (date(2025, 8, 31), None, date(2026, 9, 2), "long signed: six months from today, for that day has gone"),
    (date(2026, 2, 28), None, date(2026, 8, 28), "the end of February"),
    (SIGNED, date(2026, 2, 20), date(2026, 3, 22), "thirty days after the award notice, which is sooner"),
    (SIGNED, date(2026, 12, 1), date(2026, 8, 27), "six months after signing, which is sooner than the notice"),
    (SIGNED, date(2026, 1, 1), date(2026, 9, 2), "a notice so old that its thirty days have gone"),
    (None, None, date(2026, 9, 2), "not known when it was signed"),
]


@pytest.mark.parametrize(("signed", "notice", "day"), [row[:3] for row in BACKSTOPS], ids=[row[3] for row in BACKSTOPS])
def test_the_backstop_that_is_proposed(signed: date | None, notice: date | None, day: date) -> None:
    assert proposed_backstop(signed, TODAY, 6, notice) == day


def test_a_paper_that_says_nothing_is_looked_at_on_the_backstop() -> None:
    condition = proposed(None, SIGNED, TODAY, 6)
    assert (condition.kind, condition.on, condition.review_on) == ("date", date(2026, 8, 27), date(2026, 8, 27))


def test_a_day_that_is_printed_far_ahead_does_not_put_off_the_backstop() -> None:
    condition = proposed("It ceases to be exempt on 1 April 2031.", SIGNED, TODAY, 6)
    assert condition.on == date(2031, 4, 1)
    assert condition.review_on == date(2026, 8, 27)


def test_each_event_says_what_would_show_it() -> None:
    assert evidence_of("the contract has been awarded") == "the contract award notice, or the page with the signatures"
    assert evidence_of("it is published on the website") == "the address where it was published, and the day"
    assert evidence_of("the moon is full") == "a document that shows it, and its date"


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-08-31", 6, "2027-02-28"),  # no such day in that month
        ("2027-08-31", 6, "2028-02-29"),  # the end of a longer February
        ("2026-01-15", 12, "2027-01-15"),  # a year
        ("2026-06-30", 6, "2026-12-30"),  # within the year
        ("2026-07-01", 6, "2027-01-01"),  # over the year's end
    ],
)
def test_so_many_months_after(day: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(after)


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(st.text(max_size=200), days, days, st.integers(1, 24))
def test_whatever_is_printed_makes_a_proposal_with_a_backstop_ahead(
    sentence: str, signed: date, today: date, months: int
) -> None:
    condition = proposed(sentence, signed, today, months)
    assert condition.backstop > today
    assert condition.review_on <= condition.backstop


@given(st.none() | days, st.lists(st.text(min_size=1, max_size=9), max_size=4), st.booleans(), days, days)
def test_a_condition_that_is_met_stays_met(
    on: date | None, awaits: list[str], every: bool, one: date, other: date
) -> None:
    if on is None and not awaits:
        return
    condition = of_terms(on, awaits, every=every, backstop=date(2041, 1, 1))
    ids = [event.id for event in condition.events]
    for happened in (frozenset(ids[:1]), frozenset(ids)):
        assert condition.met(happened, max(one, other)) >= condition.met(happened, min(one, other))
        assert condition.met(frozenset(ids), one) >= condition.met(happened, one)
