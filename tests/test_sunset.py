"""What officers say of reviews is written as claims, refused where it cannot be, and told to the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from extract.claims import Finding
from publish.part1 import slug
from review import office, part2, sunset
from review.clock import Clock
from review.conditions import of_terms
from review.due import CEASES
from review.errors import Conflict, NotAllowed, NotFound, RegisterError
from review.register import Register
from review.sunset import Part2View
from tests.command_line import answer_all, partone, staffed
from tests.conftest import ROOT
from tests.registers import a_paper, withhold
from tests.registers import staffed as with_staff

pytest_plugins = ["tests.postgres"]

DAY = date(2026, 11, 23)
CLOCK = Clock()
ASKS = Finding(
    id=CEASES, check="cease-condition-without-date", severity="needs-person", message="On what day?", asks="date"
)
WHO = ("Ada Lovell", "I have looked.")
ADA = {"by": WHO[0], "because": WHO[1]}
AWAITED = of_terms(None, ["the contract is signed", "the bidders are told"], every=True, backstop=date(2027, 2, 1))
NEXT_YEAR = of_terms(date(2027, 11, 1), (), every=False, backstop=date(2027, 11, 1))


@pytest.fixture
def register(tmp_path: Path, database_url: str | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    for module in (office, sunset):
        monkeypatch.setattr(module, "today", lambda: DAY)
    register = with_staff(Register.open(tmp_path / "home", database_url))
    register.enter(a_paper(tmp_path, findings=(ASKS,)))
    yield register
    register.close()


def now(register: Register) -> Part2View:
    return sunset.part2_of(register, "PCD 1572", CLOCK)


def review_told(register: Register) -> date | None:
    """The day that the public version says, by whatever way it got there."""
    return part2.review_said(register.claims(now(register).view.dossier.paper.sha256)).on  # type: ignore[union-attr]  # it was said


def test_a_condition_is_set_and_answers_the_question_about_it(register: Register) -> None:
    sunset.set_condition(register, now(register), AWAITED, **ADA)
    after = now(register)
    assert after.state.name == "held"
    assert after.dates.part2.review_on == date(2027, 2, 1)
    assert [finding.answered_by for finding in after.view.dossier.findings if finding.id == CEASES] == ["Ada Lovell"]


def test_the_whole_way_from_a_condition_to_a_release(register: Register) -> None:
    sunset.set_condition(register, now(register), AWAITED, **ADA)
    sunset.occurred(register, now(register), "event-1", date(2026, 11, 2), "Notice 2026/S 1.", **ADA)
    assert now(register).state.name == "held", "all of them, and one has happened"
    told = review_told(register)
    sunset.occurred(register, now(register), "event-2", date(2026, 11, 20), "The letters of that day.", **ADA)
    assert now(register).state.name == "review-due"
    assert now(register).state.since == date(2026, 11, 20)
    assert review_told(register) == told, "what happened changes nothing that is public"
    sunset.part_release(register, now(register), ["s43(2)"], NEXT_YEAR, **ADA)
    assert now(register).state.name == "partly-released"
    assert review_told(register) == date(2027, 11, 1)
    sunset.foi_request(register, now(register), date(2026, 11, 21), **ADA)
    assert now(register).state.name == "review-due"
    sunset.re_exempt(register, now(register), ["FOIA s.43(2)", "s42", "section 42"], NEXT_YEAR, **ADA)
    after = now(register)
    assert after.state.name == "re-exempted"
    assert getattr(after.view.dossier.claims[-1], "exemptions", None) == ("FOIA s.43(2)", "FOIA s.42")
    sunset.released(register, now(register), **ADA)
    assert now(register).state.name == "released"
    assert review_told(register) is None
    assert register.verify_log() == ()


def test_a_condition_set_anew_brings_the_review_forward_and_never_puts_it_off(register: Register) -> None:
    sunset.set_condition(register, now(register), AWAITED, **ADA)
    sooner = of_terms(date(2027, 1, 4), (), every=False, backstop=date(2027, 1, 4))
    sunset.set_condition(register, now(register), sooner, **ADA)
    with pytest.raises(Conflict, match="does not put that off"):
        sunset.set_condition(register, now(register), AWAITED, **ADA)
    assert now(register).dates.part2.review_on == date(2027, 1, 4)


def test_what_is_refused_and_writes_nothing(register: Register) -> None:
    past = of_terms(DAY, (), every=False, backstop=DAY)
    sunset.set_condition(register, now(register), AWAITED, **ADA)
    at, before = now(register), register.log()
    with pytest.raises(RegisterError, match=r"not ahead\. Give a later day"):
        sunset.re_exempt(register, at, ["FOIA s.43(2)"], past, **ADA)
    with pytest.raises(RegisterError, match=r"There is no exemption “s\.999”"):
        sunset.re_exempt(register, at, ["s.999"], NEXT_YEAR, **ADA)
    with pytest.raises(RegisterError, match="Name the ground"):
        sunset.part_release(register, at, [], NEXT_YEAR, **ADA)
    with pytest.raises(NotFound, match="waits for: event-1, event-2"):
        sunset.occurred(register, at, "event-3", DAY, "A notice.", **ADA)
    with pytest.raises(RegisterError, match="24 November 2026 has not come"):
        sunset.occurred(register, at, "event-1", date(2026, 11, 24), "A notice.", **ADA)
    with pytest.raises(RegisterError, match="--evidence needs words"):
        sunset.occurred(register, at, "event-1", DAY, "  ", **ADA)
    with pytest.raises(RegisterError, match="has not come"):
        sunset.foi_request(register, at, date(2026, 11, 24), **ADA)
    with pytest.raises(RegisterError, match="needs a reason"):
        sunset.released(register, at, "Ada Lovell", " ")
    with pytest.raises(NotAllowed, match="Cy Pratt is a clerk"):
        sunset.released(register, at, "Cy Pratt", "I would like to.")
    assert register.log() == before


def test_two_officers_at_once_the_second_is_told(register: Register) -> None:
    first, second = now(register), now(register)
    sunset.re_exempt(register, first, ["FOIA s.43(2)"], NEXT_YEAR, **ADA)
    with pytest.raises(Conflict, match="changed PCD 1572 since you looked at it"):
        sunset.released(register, second, "Bo Marsh", "All has ended.")
    assert now(register).state.name == "re-exempted"


def test_after_a_release_nothing_is_open_but_putting_a_mistake_right(register: Register) -> None:
    sunset.released(register, now(register), **ADA)
    for act in (sunset.re_exempt, sunset.part_release):
        with pytest.raises(Conflict, match="Nothing of Part 2 is exempt any more"):
            act(register, now(register), ["FOIA s.43(2)"], NEXT_YEAR, **ADA)
    with pytest.raises(Conflict, match="is released"):
        sunset.foi_request(register, now(register), DAY, **ADA)
    sunset.set_condition(register, now(register), AWAITED, **ADA)
    assert now(register).state.name == "held"


def test_places_are_kept_until_a_later_day(register: Register) -> None:
    sha = register.find("PCD 1572").sha256
    with pytest.raises(Conflict, match="Nothing is withheld in Part 1"):
        sunset.keep(register, sha, date(2027, 6, 1), *WHO)
    register.add_claim(sha, withhold("Ada Lovell", "withheld/1"), 1)
    with pytest.raises(RegisterError, match="must lie ahead"):
        sunset.keep(register, sha, DAY, *WHO)
    with pytest.raises(NotFound, match="nothing withheld under “other”"):
        sunset.keep(register, sha, date(2027, 6, 1), *WHO, ids=["other"])
    with pytest.raises(Conflict, match="changed since you looked"):
        sunset.keep(register, sha, date(2027, 6, 1), *WHO, seen=1)
    sunset.keep(register, sha, date(2027, 6, 1), *WHO, seen=2)
    assert register.dossier(sha).review.keeps[0].keeps == ("withheld/1",)


# On the command line, with a real paper, to the public page


def paper(home: Path) -> Path:
    staffed(home)
    assert partone("ingest", ROOT / "tests/papers/settled-award.pdf", "--by", "Cleo Clerk", home=home).code in (0, 1)
    return home


@time_machine.travel("2026-11-23 09:00:00+00:00")
def test_the_commands_from_the_papers_words_to_the_public_page(tmp_path: Path) -> None:
    home = paper(tmp_path / "home")
    (listed,) = partone("list", "--json", home=home).json["papers"]
    ref, ann = listed["reference"], ("--by", "Ann Reviewer", "--because", "Looked at.")
    shown = partone("part2", ref, "--json", home=home).json
    assert shown["state"] in ("held", "review-due")
    assert shown["proposed"]["on"] == "2029-04-01"
    assert shown["proposed"]["kind"] == "both"
    confirmed = partone("part2", ref, "condition", "--backstop", "2028-05-01", *ann, home=home)
    assert confirmed.code == 0, confirmed.err
    assert "is held" in confirmed.err
    answer_all(home, ref, "Ann Reviewer")
    told = partone("show", ref, "--public", "--json", home=home).json["part2"]
    assert told["next_review"] == "2028-05-01"
    for who in ("Ann Reviewer", "Ben Reviewer"):
        assert partone("approve", ref, "--by", who, home=home).code == 0
    assert partone("publish", "--by", "Rae Releaser", home=home).code == 0
    page = (home / "public" / "decisions" / slug(ref) / "index.html").read_text(encoding="utf-8")
    assert "1 May 2028" in page
    happened = ("occurred", "event-1", "--on", "2026-02-02", "--evidence", "The notice.", *ann)
    assert "review-due" in partone("part2", ref, *happened, home=home).err
    after = partone("list", "--json", home=home).json["papers"][0]
    assert after["state"] == "published", "what happened changes nothing that is public"
    due = partone("due", "--json", home=home)
    assert due.code == 1
    assert [each["what"] for each in due.json["due"] if each["overdue"]] == ["part-2"]
    again = ("re-exempt", "--exemption", "FOIA s.43(2)", "--review-on", "2029-01-15", *ann)
    assert "re-exempted" in partone("part2", ref, *again, home=home).err
    after = partone("list", "--json", home=home).json["papers"][0]
    assert after["state"] == "in-review", "the new day is a new public version, which two people approve"
    assert partone("due", home=home).code == 0
    assert partone("log", "verify", home=home).code == 0


def test_the_list_may_be_empty_and_may_be_a_calendar(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    ran = partone("due", home=home)
    assert (ran.code, ran.err.strip()) == (0, "Nothing is due.")
    assert partone("due", "--ical", tmp_path / "due.ics", "--json", home=home).json["due"] == []
    assert (tmp_path / "due.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_paper_may_come_before_the_act_or_after_it(tmp_path: Path) -> None:
    home = paper(tmp_path / "home")
    (listed,) = partone("list", "--json", home=home).json["papers"]
    ref, words = listed["reference"], ("--received", "2026-02-02", "--by", "Ann Reviewer", "--because", "Request 1.")
    assert partone("part2", ref, "foi", *words, home=home).code == 0
    assert partone("part2", "foi", ref, *words, home=home).code == 0
    assert len(partone("part2", "show", ref, "--json", home=home).json["asked_on"]) == 2
    assert partone("part2", home=home).code == 2
