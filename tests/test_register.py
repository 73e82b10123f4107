"""The register keeps every paper once and every word said of it, refuses the stale and the unfit, and loses nothing."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import review
from extract.claims import Release
from publish.part1 import Version
from review.acts import (
    KINDS,
    RAISE,
    Claim,
    ConfirmWithdrawal,
    EndDeferral,
    Extend,
    Lift,
    Reinstate,
    RetractAnswer,
    RetractApproval,
    Take,
    Withdraw,
    WithholdWhole,
    kind_of,
)
from review.case import Candidate
from review.errors import Conflict, NotAllowed, NotFound, RegisterError, SeveralPapers, UnknownPerson
from review.register import Register
from review.register import review as review_of
from review.tables import HEAD, metadata
from tests.officers import PROCESSES, open_and_count, try_to_withhold
from tests.registers import (
    PUBLIC,
    RULES,
    TODAY,
    WITHHELD,
    a_paper,
    amendment,
    answer,
    approval,
    asks_deferral,
    at,
    hold,
    said_of_reviews,
    sha_of,
    staffed,
    withhold,
)

pytest_plugins = ["tests.postgres"]

ONE = sha_of("version one")
TWO = sha_of("version two")
CERTIFICATE = sha_of("certificate")


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home", database_url))
    yield register
    assert register.verify_log() == ()
    register.close()


# Opening


def test_a_new_home_is_nobody_elses(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with_paper = Register.open(home)
    entered = with_paper.enter(a_paper(tmp_path)).paper
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "papers").stat().st_mode) == 0o700
    assert stat.S_IMODE(with_paper.original(entered.sha256).stat().st_mode) == 0o600
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.glob("register.db*")} == {0o600}
    with_paper.close()


def test_the_migrations_make_the_tables_the_code_is_written_for(register: Register) -> None:
    with register.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    newest = ScriptDirectory(str(Path(review.__file__ or "").with_name("migrations"))).get_current_head()
    assert newest == HEAD


def test_a_register_of_a_later_version_is_left_alone(tmp_path: Path, database_url: str | None) -> None:
    later = Register.open(tmp_path / "home", database_url)
    with later.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    later.close()
    with pytest.raises(RegisterError, match="later version of partone"):
        Register.open(tmp_path / "home", database_url)


def test_processes_that_open_a_new_home_together_all_find_it_made(tmp_path: Path, database_url: str | None) -> None:
    with PROCESSES.Pool(4) as pool:
        assert pool.starmap(open_and_count, [(tmp_path / "home", database_url)] * 8) == [0] * 8


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no address", "address is not one"),
        ("mysql://officer@127.0.0.1/register", "cannot live in mysql"),
        ("postgresql://officer:hush@127.0.0.1:1/register", "could not be opened"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(RegisterError, match=words) as refusal:
        Register.open(tmp_path, url)
    assert "hush" not in str(refusal.value)
    assert refusal.value.exit_code == 2


# Papers


def test_the_same_file_twice_is_one_paper(register: Register, tmp_path: Path) -> None:
    first = register.enter(a_paper(tmp_path, entered_by="CY  pratt"))
    again = register.enter(a_paper(tmp_path, entered_by="Ada Lovell"))
    assert (first.how, again.how) == ("new", "known")
    assert first.paper.entered_by == "Cy Pratt"
    assert again.paper == register.papers()[0] == replace(first.paper, entered_by="Cy Pratt\nAda Lovell")
    assert len(register.papers()) == 1
    assert register.original(first.paper.sha256).read_bytes() == b"%PDF-1.7 one"


def test_the_record_comes_back_as_it_went_in_and_hides_what_is_withheld(register: Register, tmp_path: Path) -> None:
    paper = a_paper(tmp_path)
    sha = register.enter(paper).paper.sha256
    back = register.record(sha)
    assert back == paper.record
    assert back.withheld_passages[0].withheld_text.get_secret_value() == WITHHELD
    shown = f"{back!r} {back!s} {register.dossier(sha)!r}"
    assert WITHHELD not in shown


def test_a_paper_read_anew_is_a_new_revision_of_the_same_paper(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    anew = register.enter(a_paper(tmp_path, findings=(asks_deferral(),)))
    assert anew.how == "read-again"
    assert anew.paper.revision == 2
    assert register.dossier(sha).findings == (asks_deferral(),)
    assert [entry.what for entry in register.log(sha)] == ["entered", "read-again"]


def test_a_file_that_changed_while_it_was_read_is_refused_and_leaves_nothing(
    register: Register, tmp_path: Path
) -> None:
    paper = a_paper(tmp_path)
    paper.file.write_bytes(b"something else")
    with pytest.raises(Conflict, match="changed while it was being read"):
        register.enter(paper)
    assert register.papers() == ()
    assert list((register.home / "papers").iterdir()) == []


def test_what_no_reader_sees_becomes_findings_that_quarantine(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path, quarantined=("White words on page 1.",))).paper.sha256
    dossier = register.dossier(sha)
    assert dossier.state(None, TODAY).name == "quarantined"
    assert dossier.state(None, TODAY).reasons == ("White words on page 1.",)


@pytest.mark.parametrize(
    "ref", ["PCD 1572", "PCD1572", "pcd-1572", "pcd_1572", " Pcd \N{NO-BREAK SPACE}1572 ", "PCD‑1572"]
)
def test_a_reference_is_found_in_any_spelling(register: Register, tmp_path: Path, ref: str) -> None:
    entered = register.enter(a_paper(tmp_path)).paper
    register.enter(a_paper(tmp_path, "PCD 157", content=b"%PDF-1.7 two"))
    assert register.find(ref) == entered


def test_a_paper_with_two_references_is_found_by_either(register: Register, tmp_path: Path) -> None:
    entered = register.enter(a_paper(tmp_path, "PCD 890 and 1561", more=("PCD 890", "PCD 1561"))).paper
    assert register.find("pcd890") == register.find("PCD-1561") == register.find("PCD 890 and 1561") == entered


def test_a_paper_without_a_reference_is_found_by_its_sha256(register: Register, tmp_path: Path) -> None:
    entered = register.enter(a_paper(tmp_path, None)).paper
    assert entered.name == entered.sha256[:12]
    for length in (6, 12, 64):
        assert register.find(entered.sha256[:length].upper()) == entered
    with pytest.raises(NotFound, match="partone list"):
        register.find(entered.sha256[:5])


def test_papers_that_share_a_reference_are_told_apart(register: Register, tmp_path: Path) -> None:
    first = register.enter(a_paper(tmp_path)).paper
    second = register.enter(a_paper(tmp_path, content=b"%PDF-1.7 two")).paper
    with pytest.raises(SeveralPapers) as refusal:
        register.find("PCD1572")
    assert first.sha256[:12] in str(refusal.value)
    assert second.sha256[:12] in str(refusal.value)
    assert refusal.value.exit_code == 2
    assert register.find(second.sha256[:12]) == second


def test_two_papers_with_one_reference_hold_each_other_until_one_is_withdrawn(
    register: Register, tmp_path: Path
) -> None:
    first = register.enter(a_paper(tmp_path)).paper.sha256
    second = register.enter(a_paper(tmp_path, content=b"%PDF-1.7 two")).paper.sha256
    states = [dossier.state(Candidate(ONE), TODAY) for dossier in register.dossiers()]
    assert [state.name for state in states] == ["held", "held"]
    assert second[:12] in states[0].reasons[0]
    assert first[:12] in states[1].reasons[0]
    register.add_claim(second, Withdraw(by="Ada Lovell", at=at(), because="A draft."), 1)
    assert register.dossier(first).state(Candidate(ONE), TODAY).name == "in-review"
    assert register.dossier(second).state(Candidate(ONE), TODAY).name == "withdrawn"


def test_of_two_papers_with_one_reference_the_published_one_stays(register: Register, tmp_path: Path) -> None:
    first = _approved(register, tmp_path)
    register.record_release(CERTIFICATE, [(first, _version(1))])
    second = register.enter(a_paper(tmp_path, content=b"%PDF-1.7 two")).paper.sha256
    assert register.dossier(first).state(Candidate(ONE), TODAY).name == "published"
    held = register.dossier(second).state(Candidate(TWO), TODAY)
    assert held.name == "held"
    assert "is public" in held.reasons[0]


# Claims


def _claims() -> list[Claim]:
    return [
        Take(by="Bo Marsh", at=at(), because="Taken."),
        answer("Ada Lovell", "deferral-undetermined/1", "no"),
        amendment("Ada Lovell", "title", "Bicycles", "Bicycles – purchase \N{POUND SIGN}249k"),
        withhold("Ada Lovell", "withheld/1"),
        Release(by="Bo Marsh", at=at(1), because="It is printed in the notice.", overrules="withheld/1"),
        hold("Bo Marsh"),
        Lift(by="Bo Marsh", at=at(2), because="They agreed."),
        approval("Dee Hollis", ONE),
        Extend(by="Ada Lovell", at=at(2), because="Not signed yet.", until=date(2026, 3, 2)),
        EndDeferral(by="Ada Lovell", at=at(2), because="Signed.", until=date(2026, 3, 2)),
        WithholdWhole(
            by="Bo Marsh", at=at(2), because="An operation.", id="whole/1", exemption="FOIA s.24", role="releaser"
        ),
        Withdraw(by="Dee Hollis", at=at(3), because="A wrong annex."),
        ConfirmWithdrawal(by="Ada Lovell", at=at(3), because="It was wrong."),
        Reinstate(by="Ada Lovell", at=at(4), because="It was the right annex."),
        *said_of_reviews("Ada Lovell").values(),
    ]


def test_every_kind_of_claim_comes_back_as_it_was_said(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path, findings=(asks_deferral(),))).paper.sha256
    elsewhere = {"correct", "retract-answer", "retract-approval"}  # they speak of what is there, and have their tests
    assert {kind_of(claim) for claim in _claims()} | elsewhere == set(KINDS)
    for claim in _claims():
        register.add_claim(sha, claim, register.find("PCD 1572").revision)
    assert register.claims(sha) == tuple(_claims())
    changed = sum(kind_of(claim) in RAISE for claim in _claims())
    assert register.find("PCD 1572").revision == 1 + changed, "what can change what is public raises it"


def test_a_person_signs_under_the_name_and_role_the_register_knows(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    register.add_claim(sha, approval("  bo   MARSH ", ONE), 1)
    (claim,) = register.claims(sha)
    assert claim == approval("Bo Marsh", ONE).model_copy(update={"role": "releaser"})


def test_a_stale_look_is_a_conflict_and_writes_nothing(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    assert register.add_claim(sha, withhold("Ada Lovell", "withheld/1"), 1).revision == 2
    before = register.log()
    with pytest.raises(Conflict, match=r"changed PCD 1572 since you looked at it \(you saw revision 1, it is at 2\)"):
        register.add_claim(sha, approval("Bo Marsh", ONE), 1)
    assert register.log() == before
    assert len(register.claims(sha)) == 1


def test_holding_and_withdrawing_need_no_fresh_look(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    register.add_claim(sha, withhold("Ada Lovell", "withheld/1"), 1)
    register.add_claim(sha, hold("Bo Marsh"), 1)
    register.add_claim(sha, Withdraw(by="Bo Marsh", at=at(), because="Wrong paper."), 1)
    assert register.dossier(sha).state(None, TODAY).reasons[0] == "Withdrawn by Bo Marsh: Wrong paper."


def test_of_many_officers_at_once_one_is_first_and_the_others_are_told(
    tmp_path: Path, database_url: str | None
) -> None:
    register = staffed(Register.open(tmp_path / "home", database_url))
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    with PROCESSES.Pool(4) as pool:
        tries = [(tmp_path / "home", database_url, sha, number) for number in range(12)]
        told = pool.starmap(try_to_withhold, tries)
    assert sorted(told) == ["conflict"] * 11 + ["written"]
    assert len(register.claims(sha)) == 1
    assert register.find("PCD 1572").revision == 2
    assert register.verify_log() == ()
    register.close()


@pytest.mark.parametrize(
    ("claim", "error", "words"),
    [
        (hold("Nobody Known"), UnknownPerson, "does not know “Nobody Known”"),
        (hold("Cy Pratt"), NotAllowed, "Cy Pratt is a clerk; to hold takes a reviewer or releaser."),
        (approval("Cy Pratt", ONE), NotAllowed, "Cy Pratt is a clerk"),
        (approval("Ed Fenwick", ONE), NotAllowed, "names Ed Fenwick as having drafted it"),
        (approval("Dee Hollis", ONE), NotAllowed, "Dee Hollis entered the paper"),
        (answer("Ada Lovell", "no-such-finding"), NotFound, "partone check"),
        (answer("Ada Lovell", "deferral-undetermined/1"), RegisterError, "--value no, or --value yes"),
        (answer("Ada Lovell", "deferral-undetermined/1", "perhaps"), RegisterError, "--value no, or --value yes"),
        (Reinstate(by="Ada Lovell", at=at(), because="It was right."), Conflict, "is not withdrawn"),
    ],
)
def test_what_is_unfit_is_refused_with_its_reason(
    register: Register, tmp_path: Path, claim: Claim, error: type[RegisterError], words: str
) -> None:
    sha = register.enter(a_paper(tmp_path, findings=(asks_deferral(),), entered_by="Dee Hollis")).paper.sha256
    before = register.log()
    with pytest.raises(error) as refusal:
        register.add_claim(sha, claim, 1)
    assert words in str(refusal.value)
    assert refusal.value.exit_code == 2
    assert register.log() == before
    assert register.claims(sha) == ()


def test_nobody_approves_one_version_twice(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    register.add_claim(sha, approval("Ada Lovell", ONE), 1)
    with pytest.raises(NotAllowed, match="already approved this version"):
        register.add_claim(sha, approval("ADA  LOVELL", ONE), 1)
    register.add_claim(sha, approval("Ada Lovell", TWO), 1)
    register.add_claim(sha, withhold("Bo Marsh", "withheld/1"), 1)
    register.add_claim(sha, approval("Ada Lovell", ONE), 2)


def test_a_withdrawn_paper_takes_no_more_claims_until_it_is_reinstated(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    register.add_claim(sha, Withdraw(by="Ada Lovell", at=at(), because="Wrong paper."), 1)
    with pytest.raises(Conflict, match="Reinstate it first"):
        register.add_claim(sha, approval("Ada Lovell", ONE), 1)
    register.add_claim(sha, Reinstate(by="Bo Marsh", at=at(), because="It was right."), 2)
    register.add_claim(sha, approval("Ada Lovell", ONE), 3)


# What somebody prepared before something happened, and what happened: what they saw no longer stands.
PREPARED = [
    (("hold",), "lift"),  # another's hold, which they never saw
    (("hold", "lift"), "approve"),  # nobody holds it any more, but they should know that somebody did
    (("withdraw", "reinstate", "withdraw"), "confirm"),  # a confirmation of another withdrawal
    (("withdraw", "reinstate", "withdraw"), "reinstate"),
]


@pytest.mark.parametrize(("happened", "prepared"), PREPARED)
def test_nobody_ends_what_they_have_not_seen(
    register: Register, tmp_path: Path, happened: tuple[str, ...], prepared: str
) -> None:
    acts: dict[str, Claim] = {
        "hold": hold("Bo Marsh"),
        "lift": Lift(by="Bo Marsh", at=at(), because="It is over."),
        "withdraw": Withdraw(by="Bo Marsh", at=at(), because="Wrong paper."),
        "reinstate": Reinstate(by="Bo Marsh", at=at(), because="It was right."),
        "confirm": ConfirmWithdrawal(by="Ada Lovell", at=at(), because="Seen."),
        "approve": approval("Ada Lovell", ONE),
    }
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    for number, act in enumerate(happened):
        register.add_claim(sha, acts[act], number + 1)
    with pytest.raises(Conflict, match="since you looked"):
        register.add_claim(sha, acts[prepared], len(happened))
    assert register.verify_log() == ()


# What is taken back, by whom, and why it is refused. Ada Lovell has answered and then approved; both count still.
NOT_TAKEN_BACK = [
    ("answer", "Bo Marsh", {}, NotAllowed, "Ada Lovell did that, so only Ada Lovell can take it back."),
    ("approve", "Bo Marsh", {}, NotAllowed, "Ada Lovell did that"),
    ("approve", "Cy Pratt", {}, NotAllowed, "to retract-approval takes a reviewer or releaser"),
    ("answer", "Ada Lovell", {"of": 9999}, Conflict, "does not count any more"),  # no such number
    ("approve", "Ada Lovell", {"of": 9999}, Conflict, "does not count any more"),
    ("approve", "Ada Lovell", {"digest": TWO}, Conflict, "does not count any more"),  # another version than was meant
    ("answer", "Ada Lovell", {"finding": "another/1"}, Conflict, "does not count any more"),
]


def answered_and_approved(register: Register, folder: Path) -> tuple[str, dict[str, int]]:
    """A paper, and the numbers in the log of what Ada Lovell said of it."""
    sha = register.enter(a_paper(folder, findings=(asks_deferral(),))).paper.sha256
    register.add_claim(sha, answer("Ada Lovell", "deferral-undetermined/1", "no"), 1)
    register.add_claim(sha, approval("Ada Lovell", ONE), 2)
    return sha, {kind_of(said.claim): said.n for said in register.dossier(sha).said}


def taking_back(what: str, by: str, of: int) -> RetractAnswer | RetractApproval:
    if what == "answer":
        return RetractAnswer(by=by, at=at(), because="Undone.", of=of, finding="deferral-undetermined/1")
    return RetractApproval(by=by, at=at(), because="Undone.", of=of, digest=ONE)


@pytest.mark.parametrize(("what", "by", "other", "error", "words"), NOT_TAKEN_BACK)
def test_only_what_one_said_oneself_and_what_still_counts_is_taken_back(
    register: Register, tmp_path: Path, what: str, by: str, other: dict[str, Any], error: type[Exception], words: str
) -> None:
    sha, numbers = answered_and_approved(register, tmp_path)
    before = register.log()
    with pytest.raises(error, match=words):
        register.add_claim(sha, taking_back(what, by, numbers[what]).model_copy(update=other), 2)
    assert register.log() == before


def test_what_is_taken_back_is_kept_and_is_taken_back_once(register: Register, tmp_path: Path) -> None:
    sha, numbers = answered_and_approved(register, tmp_path)
    back = taking_back("approve", "ada  lovell", numbers["approve"])
    register.add_claim(sha, back, 2)
    with pytest.raises(Conflict, match="since you looked"):  # who saw it approved looks again before they approve
        register.add_claim(sha, approval("Bo Marsh", ONE), 2)
    with pytest.raises(Conflict, match="does not count any more"):
        register.add_claim(sha, back, 3)
    register.add_claim(sha, taking_back("answer", "Ada Lovell", numbers["answer"]), 3)
    with pytest.raises(Conflict, match="does not count any more"):
        register.add_claim(sha, taking_back("answer", "Ada Lovell", numbers["answer"]), 4)
    assert register.dossier(sha).findings[0].answered_by is None
    assert register.claims(sha)[2:] == tuple(taking_back(w, "Ada Lovell", numbers[w]) for w in ("approve", "answer"))
    assert [(kind_of(claim), claim.by) for claim in register.claims(sha)] == [
        (kind, "Ada Lovell") for kind in ("answer", "approve", "retract-approval", "retract-answer")
    ]


def test_an_approval_of_what_is_public_is_not_taken_back(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    for name in ("Ada Lovell", "Bo Marsh"):
        register.add_claim(sha, approval(name, ONE), 1)
    number = register.dossier(sha).said[0].n
    register.record_release(
        CERTIFICATE, [(sha, Version(number=1, published_on=TODAY, note="First published.", digest=ONE))]
    )
    with pytest.raises(Conflict, match="That version is public"):
        register.add_claim(sha, taking_back("approve", "Ada Lovell", number), 1)


def test_a_release_stops_where_an_approval_was_taken_back_meanwhile(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    for name in ("Ada Lovell", "Bo Marsh"):
        register.add_claim(sha, approval(name, ONE), 1)
    register.add_claim(sha, taking_back("approve", "Ada Lovell", register.dossier(sha).said[0].n), 1)
    version = Version(number=1, published_on=TODAY, note="First published.", digest=ONE)
    with pytest.raises(Conflict, match="A second person is needed"):
        register.record_release(CERTIFICATE, [(sha, version)])
    register.add_claim(sha, approval("Dee Hollis", ONE), 2)
    register.record_release(CERTIFICATE, [(sha, version)])


def test_words_that_no_database_can_hold_are_kept_as_near_as_can_be(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path, findings=(asks_deferral(),))).paper.sha256
    said = "It \0 came from a file called \udce9t\udce9."
    register.add_claim(sha, answer("Ada Lovell", "deferral-undetermined/1", "no", said), 1)
    assert register.claims(sha)[0].because == "It \N{REPLACEMENT CHARACTER} came from a file called ?t?."


def test_a_look_sees_one_moment_whatever_is_written_meanwhile(register: Register, tmp_path: Path) -> None:
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    counted = text("SELECT count(*) FROM claims")
    with register.reading() as connection:
        before = connection.execute(counted).scalar()
        register.add_claim(sha, hold("Ada Lovell"), 1)
        assert connection.execute(counted).scalar() == before == 0
    assert len(register.claims(sha)) == 1


# The review that `separate` weighs


def test_the_review_takes_the_latest_answer_and_the_register_keeps_the_earlier(
    register: Register, tmp_path: Path
) -> None:
    sha = register.enter(a_paper(tmp_path, findings=(asks_deferral(),))).paper.sha256
    first, second = (
        answer(by, "deferral-undetermined/1", value) for by, value in (("Ada Lovell", "yes"), ("Bo Marsh", "no"))
    )
    register.add_claim(sha, first, 1)
    register.add_claim(sha, second, 2)
    folded = review_of(register, sha)
    assert folded.answers == (second,)
    assert register.claims(sha) == (first, second)
    assert (folded.record_digest, folded.rules_digest) == (register.find(sha).record_digest, RULES)
    assert register.dossier(sha).findings[0].answered_by == "Bo Marsh"


def test_answers_and_releases_end_when_the_reading_changes_but_withholdings_never_lapse(
    register: Register, tmp_path: Path
) -> None:
    paper = a_paper(tmp_path, findings=(asks_deferral(),))
    sha = register.enter(paper).paper.sha256
    register.add_claim(sha, answer("Ada Lovell", "deferral-undetermined/1", "no"), 1)
    register.add_claim(sha, withhold("Ada Lovell", "withheld/1"), 2)
    register.add_claim(sha, Release(by="Bo Marsh", at=at(), because="Public.", overrules="rule/1"), 3)
    changed = paper.record.model_copy(update={"title": "Bicycles"})
    register.enter(type(paper)(paper.file, changed, RULES, paper.findings))
    folded = review_of(register, sha)
    assert (folded.answers, folded.releases) == ((), ())
    assert [withheld.id for withheld in folded.withholds] == ["withheld/1"]
    assert register.dossier(sha).state(Candidate(ONE), TODAY).name == "held"
    assert len(register.claims(sha)) == 3


# Releases


def _approved(register: Register, folder: Path) -> str:
    sha = register.enter(a_paper(folder)).paper.sha256
    for name in ("Ada Lovell", "Bo Marsh"):
        register.add_claim(sha, approval(name, ONE), 1)
    return sha


def _version(number: int, digest: str = ONE) -> Version:
    return Version(number=number, published_on=TODAY, note="First published.", digest=digest)


def test_a_release_is_remembered_with_its_versions_and_its_certificate(register: Register, tmp_path: Path) -> None:
    sha = _approved(register, tmp_path)
    assert register.dossier(sha).state(Candidate(ONE), TODAY).name == "approved"
    released = register.record_release(CERTIFICATE, [(sha, _version(1))], by="bo marsh")
    assert register.releases() == (released,)
    assert (released.by, released.certificate_digest) == ("Bo Marsh", CERTIFICATE)
    assert register.versions(sha) == (_version(1),)
    assert register.dossier(sha).state(Candidate(ONE), TODAY).name == "published"
    again = register.record_release(sha_of("next"), [(sha, _version(1))])
    assert again.versions == ()
    assert register.versions(sha) == (_version(1),)


def test_a_change_after_publication_needs_two_approvals_and_is_version_two(register: Register, tmp_path: Path) -> None:
    sha = _approved(register, tmp_path)
    register.record_release(CERTIFICATE, [(sha, _version(1))])
    state = register.dossier(sha).state(Candidate(TWO), date(2026, 4, 1))
    assert state.name == "in-review"
    assert "An approval by Ada Lovell was given on an earlier version." in state.reasons
    assert "Version 1 of 2 March 2026 stays public until then." in state.reasons
    with pytest.raises(Conflict, match="It is in review"):
        register.record_release(CERTIFICATE, [(sha, _version(2, TWO))])
    for name in ("Ada Lovell", "Dee Hollis"):
        register.add_claim(sha, approval(name, TWO), 1)
    register.record_release(CERTIFICATE, [(sha, _version(2, TWO))])
    assert [version.number for version in register.versions(sha)] == [1, 2]


def _withdraw(register: Register, sha: str) -> None:
    register.add_claim(sha, Withdraw(by="Ada Lovell", at=at(), because="A name in it."), 1)


def _hold(register: Register, sha: str) -> None:
    register.add_claim(sha, hold("Ada Lovell"), 1)


@pytest.mark.parametrize("late", [_withdraw, _hold])
def test_a_paper_pulled_while_the_site_was_built_stops_the_release_before_the_swap(
    register: Register, tmp_path: Path, late: Callable[[Register, str], None]
) -> None:
    sha = _approved(register, tmp_path)
    late(register, sha)
    swapped: list[bool] = []
    with pytest.raises(Conflict, match="nothing was released"):
        register.record_release(CERTIFICATE, [(sha, _version(1))], swap=lambda: swapped.append(True))
    assert swapped == []
    assert register.releases() == ()


def test_a_public_paper_that_was_withdrawn_is_not_released_again(register: Register, tmp_path: Path) -> None:
    sha = _approved(register, tmp_path)
    register.record_release(CERTIFICATE, [(sha, _version(1))])
    _withdraw(register, sha)
    with pytest.raises(Conflict, match="It was withdrawn by Ada Lovell"):
        register.record_release(CERTIFICATE, [(sha, _version(1))])
    register.record_release(CERTIFICATE, [])
    assert register.versions(sha) == (_version(1),), "what was public stays on record"


def test_a_swap_that_fails_leaves_no_release_behind(register: Register, tmp_path: Path) -> None:
    sha = _approved(register, tmp_path)

    def full_disk() -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        register.record_release(CERTIFICATE, [(sha, _version(1))], swap=full_disk)
    assert (register.releases(), register.versions(sha)) == ((), ())
    assert register.dossier(sha).state(Candidate(ONE), TODAY).name == "approved"


def test_version_numbers_have_no_gaps(register: Register, tmp_path: Path) -> None:
    sha = _approved(register, tmp_path)
    with pytest.raises(Conflict, match="number 2 is not the next"):
        register.record_release(CERTIFICATE, [(sha, _version(2))])


# Nothing acknowledged is lost

WRITER = """
import sys
from pathlib import Path
from review.register import Register
from tests.registers import hold
register = Register.open(Path(sys.argv[1]), sys.argv[3] if len(sys.argv) > 3 else None)
for number in range(100000):
    register.add_claim(sys.argv[2], hold("Ada Lovell", f"reason {number}"), 1)
    print(number, flush=True)
"""


def test_a_writer_that_is_killed_loses_nothing_it_acknowledged(tmp_path: Path, database_url: str | None) -> None:
    register = staffed(Register.open(tmp_path / "home", database_url))
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    words = [sys.executable, "-c", WRITER, str(tmp_path / "home"), sha, *([database_url] if database_url else [])]
    root = Path(__file__).parent.parent
    acknowledged = -1
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=root, env={**os.environ, "PYTHONPATH": "."}) as writer:
        assert writer.stdout
        for line in writer.stdout:
            acknowledged = int(line)
            if acknowledged == 25:
                writer.send_signal(signal.SIGKILL)
                break
        acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
    kept = [claim.because for claim in register.claims(sha)]
    assert kept[: acknowledged + 1] == [f"reason {number}" for number in range(acknowledged + 1)]
    assert len(kept) <= acknowledged + 2
    assert register.verify_log() == ()
    register.add_claim(sha, hold("Bo Marsh"), 1)
    register.close()


def test_the_text_of_a_paper_is_in_the_register_and_nowhere_else_in_the_home(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "home")
    register.enter(a_paper(tmp_path))
    register.close()
    holding = {
        file.name.removesuffix("-wal")
        for file in register.home.rglob("*")
        if file.is_file() and (PUBLIC.encode() in file.read_bytes() or WITHHELD.encode() in file.read_bytes())
    }
    assert holding == {"register.db"}


def test_a_whole_folder_with_one_reference_is_told_in_a_few_sentences(register: Register, tmp_path: Path) -> None:
    """Each paper of many names a few of the others, those that are public first, and no more is kept of the rest."""
    for number in range(9):
        register.enter(a_paper(tmp_path, content=f"%PDF-1.7 {number}".encode()))
    whole = register.dossiers()
    for dossier in whole:
        assert dossier == register.dossier(dossier.paper.sha256)
        assert len(dossier.facts.rivals) == 5
        assert dossier.facts.more_rivals
        assert dossier.paper.sha256 not in {rival.sha256 for rival in dossier.facts.rivals}
        assert len(dossier.state(None, TODAY).reasons) <= 8
    gone = [dossier.paper for dossier in whole[:4]]
    for paper in gone:
        register.add_claim(paper.sha256, Withdraw(by="Ada Lovell", at=at(), because="A copy."), paper.revision)
    for dossier in register.dossiers():
        left = {paper.sha256 for paper in register.papers()} - {paper.sha256 for paper in gone} - {dossier.paper.sha256}
        assert {rival.sha256 for rival in dossier.facts.rivals} == left
        assert not dossier.facts.more_rivals
