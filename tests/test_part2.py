"""Part 2's metadata: every row of its table, and the laws that no sequence of acts breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extract.claims import Part2Review, PersonsClaim, Review
from extract.notices import notice
from review import part2
from review.part2 import TABLE, Part2State, metadata, review_said, state_of
from review.part2_acts import (
    Condition,
    FoiRequest,
    Occurred,
    Part2Released,
    PartRelease,
    ReExempt,
    SetCondition,
    SunsetEvent,
)
from review.roles import MAY
from tests.registers import AWAITED, TODAY, UNTIL_2028, a_record, at

DEFAULT = date(2026, 8, 27)
ON_1_MAY = Condition(kind="date", on=date(2026, 5, 1), backstop=date(2026, 8, 27))
GROUNDS = ("FOIA s.43(2)",)


def two(combinator: str, on: date | None = None) -> Condition:
    events = tuple(SunsetEvent(id=f"event-{n}", what=f"what {n}", evidence="a paper") for n in (1, 2))
    kind = "both" if on else "event"
    return Condition.model_validate(
        {"kind": kind, "on": on, "events": events, "combinator": combinator, "backstop": date(2027, 2, 1)}
    )


def sets(condition: Condition) -> SetCondition:
    return SetCondition(by="Ada Lovell", at=at(), because="As it is printed.", condition=condition)


def happened(event: str = "event-1", on: date = date(2026, 2, 1)) -> Occurred:
    return Occurred(by="Ada Lovell", at=at(), because="Seen.", event=event, on=on, evidence="Notice 2026/S 1.")


def asked(on: date = date(2026, 2, 20)) -> FoiRequest:
    return FoiRequest(by="Ada Lovell", at=at(), because="Request 17.", received_on=on)


def exempt_again(condition: Condition = UNTIL_2028) -> ReExempt:
    return ReExempt(by="Bo Marsh", at=at(), because="Bids are still open.", exemptions=GROUNDS, condition=condition)


def partly(condition: Condition = UNTIL_2028) -> PartRelease:
    return PartRelease(by="Bo Marsh", at=at(), because="The prices alone.", exemptions=GROUNDS, condition=condition)


RELEASED = Part2Released(by="Bo Marsh", at=at(), because="All contracts have ended.")


def state(*claims: PersonsClaim, exists: str = "yes", today: date = TODAY, answered: date | None = None,
          printed: date | None = None) -> Part2State:  # fmt: skip
    known = metadata(claims, exists, answered, printed)  # type: ignore[arg-type]  # one of its three words
    return state_of(known, today, DEFAULT)


CASES: list[tuple[str, Part2State, str, str, date | None]] = [
    ("there is none", state(exists="no"), "none", "There is no Part 2.", None),
    ("not settled", state(exists="undetermined"), "held", "It is not settled whether there is a Part 2.", None),
    ("nobody said", state(), "held", "Nobody has set a day for its review; it is due on 27 August 2026.", None),
    ("nobody said, too late", state(today=DEFAULT), "review-due", "Nobody has set a day for its review.", DEFAULT),
    ("a printed day alone", state(printed=date(2026, 2, 1)), "review-due", "Nobody has set a day", date(2026, 2, 1)),
    ("an answer to the question", state(answered=date(2027, 1, 4)), "held", "on 4 January 2027 at the latest", None),
    ("the answered day", state(answered=TODAY), "review-due", "The day of its review has come.", TODAY),
    ("a day ahead", state(sets(ON_1_MAY)), "held", "It is looked at again on 1 May 2026 at the latest.", None),
    ("the day", state(sets(ON_1_MAY), today=date(2026, 5, 1)), "review-due", "Its condition is met.", date(2026, 5, 1)),
    ("a condition beats the answer", state(sets(ON_1_MAY), answered=TODAY), "held", "1 May 2026", None),
    ("an event awaited", state(sets(AWAITED)), "held", "It is looked at again on 1 February 2027", None),
    ("the event", state(sets(AWAITED), happened()), "review-due", "Its condition is met.", date(2026, 2, 1)),
    ("one of two, all", state(sets(two("all")), happened()), "held", "1 February 2027", None),
    (
        "both of two, all: since the last",
        state(sets(two("all")), happened(), happened("event-2", date(2026, 2, 9))),
        "review-due",
        "Its condition is met.",
        date(2026, 2, 9),
    ),
    ("one of two, any", state(sets(two("any")), happened("event-2")), "review-due", "met", date(2026, 2, 1)),
    ("all with a day ahead", state(sets(two("all", date(2026, 6, 1))), happened(), happened("event-2")), "held",
     "on 1 February 2027 at the latest", None),
    ("any with a day that has come", state(sets(two("any", date(2026, 3, 1)))), "review-due", "met", date(2026, 3, 1)),
    ("the backstop", state(sets(AWAITED), today=date(2027, 2, 1)), "review-due", "The day of its review has come.",
     date(2027, 2, 1)),
    ("asked for", state(sets(AWAITED), asked()), "review-due", "Somebody asked for it on 20 February 2026.",
     date(2026, 2, 20)),
    ("kept exempt", state(sets(AWAITED), happened(), exempt_again()), "re-exempted", "3 January 2028", None),
    ("kept exempt after a request", state(asked(), exempt_again()), "re-exempted", "3 January 2028", None),
    ("kept exempt, and due again", state(exempt_again(), today=date(2028, 1, 3)), "review-due", "met",
     date(2028, 1, 3)),
    ("kept exempt, and asked for again", state(exempt_again(), asked()), "review-due", "asked for it",
     date(2026, 2, 20)),
    ("released in part", state(sets(AWAITED), happened(), partly()), "partly-released", "3 January 2028", None),
    ("released in part, due again", state(partly(), today=date(2029, 1, 1)), "review-due", "met", date(2028, 1, 3)),
    ("released", state(sets(AWAITED), happened(), RELEASED), "released", "Nothing of Part 2 is exempt any more.", None),
    ("released, and no day is due", state(RELEASED, today=date(2040, 1, 1)), "released", "Nothing of Part 2", None),
    ("released by mistake", state(RELEASED, sets(AWAITED)), "held", "1 February 2027", None),
    ("set anew in the same words", state(sets(two("all")), happened(), sets(two("any"))), "review-due", "met",
     date(2026, 2, 1)),
    ("set anew in other words", state(sets(AWAITED), happened(), sets(two("any"))), "held", "1 February 2027", None),
]  # fmt: skip


@pytest.mark.parametrize(("now", "name", "words", "since"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_where_a_part_2_stands(now: Part2State, name: str, words: str, since: date | None) -> None:
    assert now.name == name
    assert any(words in reason for reason in now.reasons), now.reasons
    assert now.since == since


def test_every_state_is_reached() -> None:
    assert {row[1].name for row in CASES} == {
        "none", "held", "review-due", "re-exempted", "partly-released", "released"
    }  # fmt: skip


def test_each_row_leads_where_it_says() -> None:
    acts: dict[str, PersonsClaim] = {
        "condition": sets(ON_1_MAY), "occurred": happened(), "foi": asked(), "re-exempt": exempt_again(),
        "part-release": partly(), "part2-released": RELEASED,
    }  # fmt: skip
    assert set(acts) == {row.act for row in TABLE}
    for row in TABLE:
        after = state(sets(AWAITED), acts[row.act])
        assert after.name == (row.to or "held"), row
        assert row.evidence


def test_only_reviewers_and_releasers_may() -> None:
    for row in TABLE:
        assert {role for role, acts in MAY.items() if row.act in acts} == {"reviewer", "releaser"}


def test_nothing_is_open_where_there_is_no_part_2() -> None:
    assert not any("none" in row.from_ for row in TABLE)
    assert [row.act for row in TABLE if "released" in row.from_] == ["condition"], "a mistake is put right"


NOT_CONDITIONS = [
    ({"kind": "date", "backstop": TODAY}, "a day is missing"),
    ({"kind": "event", "on": TODAY, "backstop": TODAY}, "an event that is a day"),
    ({"kind": "both", "on": TODAY, "backstop": TODAY}, "both without an event"),
    ({"kind": "date", "on": TODAY}, "no backstop: there always is one"),
    (
        {"kind": "event", "events": [{"id": "a", "what": "x", "evidence": "y"}] * 2, "backstop": TODAY},
        "two events under one id",
    ),
]


@pytest.mark.parametrize("said", [row[0] for row in NOT_CONDITIONS], ids=[row[1] for row in NOT_CONDITIONS])
def test_what_is_no_condition_cannot_be_said(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(said)


# What the public is told


def public(*claims: PersonsClaim) -> tuple[date | None, tuple[str | None, ...]]:
    record = a_record(b"%PDF", "a.pdf", "PCD 1572")
    review = Review(record_digest="", rules_digest="", part2_review=review_said(claims))
    told = notice(record, review, {})
    return told.next_review, tuple(ground.key for ground in told.grounds)


PUBLIC = [
    ((), None, (), "nothing said"),
    ((sets(AWAITED),), date(2027, 2, 1), (), "a condition: its backstop, which is kept whatever happens"),
    ((sets(ON_1_MAY),), date(2026, 5, 1), (), "a day sooner than the backstop"),
    ((sets(two("all", date(2026, 4, 1))),), date(2027, 2, 1), (), "a day that by itself is not enough"),
    ((sets(AWAITED), happened(), asked()), date(2027, 2, 1), (), "what happened, and a request, change nothing"),
    ((sets(AWAITED), exempt_again()), date(2028, 1, 3), GROUNDS, "kept exempt: the new day and the new grounds"),
    ((partly(),), date(2028, 1, 3), GROUNDS, "released in part: the grounds of the rest"),
    ((exempt_again(), sets(ON_1_MAY)), date(2026, 5, 1), GROUNDS, "brought forward: on the same grounds"),
    ((exempt_again(), RELEASED), None, (), "nothing is looked at again"),
]


@pytest.mark.parametrize(("claims", "day", "grounds"), [row[:3] for row in PUBLIC], ids=[row[3] for row in PUBLIC])
def test_what_the_public_is_told(claims: tuple[PersonsClaim, ...], day: date | None, grounds: tuple[str, ...]) -> None:
    assert public(*claims) == (day, grounds)


# Laws, over whatever people may say in whatever order

days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
conditions = st.sampled_from((AWAITED, ON_1_MAY, UNTIL_2028, two("all"), two("any"), two("all", date(2027, 1, 1))))
only_due = st.one_of(
    st.builds(happened, st.sampled_from(("event-1", "event-2", "event-3")), days), st.builds(asked, days)
)
acts = st.one_of(
    only_due,
    st.builds(sets, conditions),
    st.builds(exempt_again, conditions),
    st.builds(partly, conditions),
    st.just(RELEASED),
)
histories = st.lists(acts, max_size=8)


@given(histories, days)
def test_nothing_is_released_but_by_a_person_who_says_so(claims: list[PersonsClaim], today: date) -> None:
    outcomes = [claim for claim in claims if not isinstance(claim, Occurred | FoiRequest)]
    now = state(*claims, today=today)
    assert (now.name == "released") == bool(outcomes and outcomes[-1] == RELEASED)
    if now.name == "partly-released":
        assert any(isinstance(claim, PartRelease) for claim in claims)


@given(histories, st.lists(only_due, max_size=4), st.integers(0, 8))
def test_a_condition_that_is_met_never_changes_what_is_public(
    claims: list[PersonsClaim], more: list[PersonsClaim], place: int
) -> None:
    assert public(*claims[:place], *more, *claims[place:]) == public(*claims)


@given(histories, days, days)
def test_what_is_due_stays_due_until_somebody_looks(claims: list[PersonsClaim], one: date, other: date) -> None:
    sooner, later = state(*claims, today=min(one, other)), state(*claims, today=max(one, other))
    if sooner.name == "review-due":
        assert later.name == "review-due"
        assert sooner.since is not None
        assert later.since is not None
        assert later.since <= sooner.since <= min(one, other)


@given(histories, days)
def test_where_it_is_exempt_and_known_of_there_is_always_a_day_on_which_it_is_due(
    claims: list[PersonsClaim], today: date
) -> None:
    now = state(*claims, today=today)
    if now.name != "released":
        assert state(*claims, today=today + timedelta(days=3000)).name == "review-due"


@given(histories)
def test_people_hear_the_same_day_as_the_clock_goes_by(claims: list[PersonsClaim]) -> None:
    told, known = review_said(claims), metadata(claims, "yes")
    assert (told or Part2Review(on=None)).on == known.review_on


@given(histories, st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_an_answer_to_a_question_counts_only_where_no_condition_is_set(
    claims: list[PersonsClaim], answered: date
) -> None:
    known = metadata(claims, "yes")
    if known.condition or known.outcome == "released":
        assert replace(known, answered_on=answered).review_on == known.review_on


def test_no_claim_of_part_2_has_a_field_for_a_word_of_it() -> None:
    fields = {name for row in part2.TABLE for name in _shape(row.act).model_fields}
    assert fields == {"by", "at", "because", "condition", "event", "on", "evidence", "received_on", "exemptions"}


def _shape(act: str) -> type[PersonsClaim]:
    from review.acts import KINDS

    return KINDS[act]  # type: ignore[index]  # every act of the table is a kind of claim
