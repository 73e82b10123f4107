"""What is due of a paper, and when: a table of cases, and the laws that hold whatever the days are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from review import agenda, office
from review.acts import ConfirmWithdrawal, Published, Withdraw
from review.clock import Clock
from review.due import ANSWERED_BY, WORDS, Dates, Due, dates_of, due, renewed
from review.part2 import Happened, Part2Metadata
from review.part2_acts import Condition
from review.register import Register
from review.roles import may
from tests.registers import AWAITED, PUBLIC, TODAY, WITHHELD, a_paper, at, said_of_reviews, staffed, withhold

CLOCK = Clock()
NONE = Part2Metadata("no")
HELD = Part2Metadata("yes")
PAPER = Dates("0" * 64, "PCD 1572", date(2026, 3, 1), date(2026, 2, 27), None, (), NONE)
PUBLIC_PAPER = replace(PAPER, published_on=date(2026, 3, 2))


def told(dates: Dates, today: date = TODAY, clock: Clock = CLOCK) -> list[tuple[str, str, bool]]:
    return [(each.what, each.on.isoformat(), each.overdue) for each in due(dates, today, clock)]


def day(written: str) -> date:
    return date.fromisoformat(written)


CASES: list[tuple[str, list[tuple[str, str, bool]], list[tuple[str, str, bool]]]] = [
    ("signed on a Friday: five working days", told(PAPER), [("publication", "2026-03-06", False)]),
    ("on the last of them", told(PAPER, day("2026-03-06")), [("publication", "2026-03-06", False)]),
    ("the day after", told(PAPER, day("2026-03-07")), [("publication", "2026-03-06", True)]),
    ("as the authority counts", told(PAPER, clock=Clock(working_days=1)), [("publication", "2026-03-02", False)]),
    (
        "on a day on which it is closed",
        told(PAPER, clock=Clock(working_days=1, closed_days=frozenset({day("2026-03-02")}))),
        [("publication", "2026-03-03", False)],
    ),
    ("before Christmas", told(replace(PAPER, signed_on=day("2023-12-21"))), [("publication", "2024-01-02", True)]),
    ("not known when it was signed", told(replace(PAPER, signed_on=None)), []),
    ("public", told(PUBLIC_PAPER), []),
    ("deferred", told(replace(PAPER, deferred_until=day("2026-06-01"))), [("deferral", "2026-06-01", False)]),
    ("the deferral's day", told(replace(PAPER, deferred_until=TODAY)), [("deferral", "2026-03-02", False)]),
    ("the deferral has ended", told(replace(PAPER, deferred_until=day("2026-03-01"))),
     [("deferral", "2026-03-01", True)]),
    (
        "the deferral has ended, and a person says so",
        told(replace(PAPER, deferred_until=day("2026-03-01"), deferral_over=True)),
        [("deferral", "2026-03-01", True)],
    ),
    ("deferred and public since", told(replace(PUBLIC_PAPER, deferred_until=day("2026-03-01"))), []),
    (
        "withheld places, each day once",
        told(replace(PUBLIC_PAPER, reviews=(day("2027-01-01"), day("2026-03-01"), day("2027-01-01")))),
        [("review", "2026-03-01", True), ("review", "2027-01-01", False)],
    ),
    ("withheld by rule: six months after signing", told(replace(PUBLIC_PAPER, reviews=(None, None))),
     [("review", "2026-08-27", False)]),
    (
        "as the authority sets it",
        told(replace(PUBLIC_PAPER, reviews=(None,)), clock=Clock(backstop_months=12)),
        [("review", "2027-02-27", False)],
    ),
    ("not known when it was signed: since it came in", told(replace(PUBLIC_PAPER, signed_on=None, reviews=(None,))),
     [("review", "2026-09-01", False)]),
    ("Part 2, and nobody said", told(replace(PUBLIC_PAPER, part2=HELD)), [("part-2", "2026-08-27", False)]),
    (
        "Part 2, and a day is printed",
        told(replace(PUBLIC_PAPER, part2=replace(HELD, proposed_on=day("2026-04-01")))),
        [("part-2", "2026-04-01", False)],
    ),
    (
        "Part 2, and a later day is printed than the backstop",
        told(replace(PUBLIC_PAPER, part2=replace(HELD, proposed_on=day("2031-04-01")))),
        [("part-2", "2026-08-27", False)],
    ),
    (
        "Part 2, and an answer says when",
        told(replace(PUBLIC_PAPER, part2=replace(HELD, answered_on=day("2027-02-01")))),
        [("part-2", "2027-02-01", False)],
    ),
    (
        "Part 2 waits for an event: somebody sees a month before the review",
        told(replace(PUBLIC_PAPER, part2=replace(HELD, condition=AWAITED))),
        [("part-2-event", "2027-01-02", False), ("part-2", "2027-02-01", False)],
    ),
    (
        "the event has happened: the review is due since then",
        told(replace(PUBLIC_PAPER, part2=replace(HELD, condition=AWAITED,
                                                 happened=(Happened("event-1", day("2026-02-20")),)))),
        [("part-2", "2026-02-20", True)],
    ),
    (
        "Part 2 was asked for: twenty working days, over Easter",
        told(replace(PUBLIC_PAPER, part2=replace(HELD, answered_on=day("2027-02-01"), asked_on=(day("2026-03-20"),)))),
        [("part-2-request", "2026-04-21", False), ("part-2", "2027-02-01", False)],
    ),
    ("Part 2 is released", told(replace(PUBLIC_PAPER, part2=replace(HELD, outcome="released"))), []),
    ("not settled whether there is one", told(replace(PUBLIC_PAPER, part2=Part2Metadata("undetermined"))), []),
    (
        "withdrawn: the second person, by the next working day, and nothing else",
        told(replace(PAPER, part2=HELD, reviews=(None,), withdrawn_on=day("2026-02-27"))),
        [("withdrawal", "2026-03-02", False)],
    ),
    ("withdrawn, and a second person has confirmed it", told(replace(PAPER, withdrawn_on=TODAY, settled=True)), []),
    ("all of Part 1 is withheld by two people", told(replace(PAPER, kept_whole=True)), []),
    (
        "withdrawn, and the next working day has gone",
        told(replace(PAPER, withdrawn_on=day("2026-02-26"))),
        [("withdrawal", "2026-02-27", True)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("found", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_is_due(found: list[tuple[str, str, bool]], expected: list[tuple[str, str, bool]]) -> None:
    assert found == expected


def test_every_kind_is_tried_and_says_who_and_what() -> None:
    tried = {what for _, found, _ in CASES for what, _, _ in found}
    assert tried == set(WORDS) == set(ANSWERED_BY)
    for act in ANSWERED_BY.values():
        assert may("releaser", act), act


# What a paper says and what people wrote never gets into what is due


def test_the_dates_of_a_paper_hold_no_word_of_it(tmp_path: Path) -> None:
    register = staffed(Register.open(tmp_path / "home"))
    paper = register.enter(a_paper(tmp_path)).paper
    for claim in said_of_reviews("Ada Lovell").values():
        register.add_claim(paper.sha256, claim, register.find("PCD 1572").revision)
    dates = dates_of(office.look(register, "PCD 1572"))
    tasks = agenda.of_the_register(register, TODAY, CLOCK)
    register.close()
    said = str([task.due for task in tasks]) + str([task.name for task in tasks])
    for words in (PUBLIC, WITHHELD, "Bicycles", "commercial team", "Notice 2026", "contract is signed", "Lovell"):
        assert words not in said
    assert dates.part2.outcome == "released"


def test_dates_go_through_json_and_back(tmp_path: Path) -> None:
    whole = replace(PAPER, reviews=(None, TODAY), withdrawn_on=TODAY, part2=Part2Metadata(
        "yes", "re-exempted", AWAITED, TODAY, None, (Happened("event-1", TODAY),), (TODAY,)))  # fmt: skip
    kept = TypeAdapter(Dates)
    assert kept.validate_json(kept.dump_json(whole)) == whole


def test_claims_and_releases_are_put_in_anew_without_another_look(tmp_path: Path) -> None:
    register = staffed(Register.open(tmp_path / "home"))
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    first = dates_of(office.look(register, sha))
    claims = said_of_reviews("Ada Lovell")
    register.add_claim(sha, claims["condition"], 1)
    register.add_claim(sha, claims["occurred"], 2)
    register.add_claim(sha, claims["foi"], 2)
    register.add_claim(sha, withhold("Ada Lovell", "withheld/1"), 2)
    dossier = register.dossier(sha)
    now = renewed(first, dossier)
    assert now.part2 == dates_of(office.look(register, sha)).part2
    published = Published("1" * 64, 1, date(2026, 3, 5), "")
    assert renewed(first, replace(dossier, history=(*dossier.history, published))).published_on == date(2026, 3, 5)
    night = Withdraw(by="Ada Lovell", at=datetime(2026, 6, 1, 23, 30, tzinfo=UTC), because="A name in it.")
    withdrawn = replace(dossier, history=(*dossier.history, published, night))
    gone = renewed(first, withdrawn)
    assert gone.withdrawn_on == date(2026, 6, 2), "in London it was after midnight"
    assert gone.published_on is None
    seconded = replace(
        withdrawn, history=(*withdrawn.history, ConfirmWithdrawal(by="Bo Marsh", at=at(), because="Yes."))
    )
    assert (gone.settled, renewed(first, seconded).settled) == (False, True)
    register.close()


# Laws

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
maybe = st.none() | days
conditions = st.sampled_from((AWAITED, Condition(kind="date", on=date(2026, 5, 1), backstop=date(2026, 8, 27))))
part2s = st.builds(
    Part2Metadata,
    st.sampled_from(("yes", "no", "undetermined")),
    st.sampled_from(("held", "re-exempted", "partly-released", "released")),
    st.none() | conditions,
    maybe,
    maybe,
    st.lists(st.builds(Happened, st.sampled_from(("event-1", "event-9")), days), max_size=2).map(tuple),
    st.lists(days, max_size=2).map(tuple),
)
papers = st.builds(
    replace,
    st.just(PAPER),
    signed_on=maybe,
    deferred_until=maybe,
    reviews=st.lists(maybe, max_size=4).map(tuple),
    part2=part2s,
    published_on=maybe,
    withdrawn_on=maybe,
)


@given(papers, days, st.integers(0, 400))
def test_what_is_overdue_stays_overdue_until_somebody_sees_to_it(dates: Dates, today: date, later: int) -> None:
    def overdue(on: date) -> list[str]:
        return [each.what for each in due(dates, on, CLOCK) if each.overdue]

    before, after = overdue(today), overdue(today + timedelta(days=later))
    assert all(after.count(what) >= before.count(what) for what in before)


@given(papers, days)
def test_each_is_a_sentence_with_its_day_and_overdue_after_it(dates: Dates, today: date) -> None:
    found = due(dates, today, CLOCK)
    assert list(found) == sorted(found, key=lambda each: (each.on, each.what))
    for each in found:
        assert each.overdue == (each.on < today)
        assert each.why.endswith(".")
        assert "None" not in each.why
        assert "  " not in each.why


@given(st.lists(papers, max_size=5), days, st.none() | st.integers(0, 60))
def test_the_agenda_is_all_of_it_in_order(every: list[Dates], today: date, within: int | None) -> None:
    tasks = agenda.agenda(every, today, CLOCK, within)
    assert [task.due.on for task in tasks] == sorted(task.due.on for task in tasks)
    every_due: list[Due] = [each for dates in every for each in due(dates, today, CLOCK)]
    wanted = [each for each in every_due if within is None or (each.on - today).days <= within]
    assert sorted(map(str, wanted)) == sorted(str(task.due) for task in tasks)


@given(papers, days)
def test_nothing_of_part_2_is_due_once_a_person_released_it(dates: Dates, today: date) -> None:
    after = replace(dates, part2=replace(dates.part2, outcome="released", condition=None, happened=(), asked_on=()))
    assert not any(each.what.startswith("part-2") for each in due(after, today, CLOCK))
