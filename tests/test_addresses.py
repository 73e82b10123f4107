"""What stays at an address when a decision may not be read: only what two people let out, whatever is said later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from publish.part1 import Stub
from review import office, people, withholding
from review.errors import Conflict
from review.register import Register
from tests.test_moves import STAFF, out, put_in, release

pytest_plugins = ["tests.postgres"]

ADA, BO, CY, DEE, GIL = STAFF
FREE = "The informant is Zebedee Quillfeather"


@pytest.fixture
def desk(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = Register.open(tmp_path / "home", database_url)
    for name, role in STAFF.items():
        people.add(register, name, role)
    yield register
    assert register.verify_log(read_originals=False) == ()
    register.close()


def stub_at(desk: Register, slug: str = "pcd-9001") -> Stub | None:
    shown = release(desk, office.today()).get(slug)
    if shown is None:
        return None
    assert isinstance(shown.entry.decision, Stub)
    return shown.entry.decision


def deferred(desk: Register) -> str:
    sha = put_in(desk, b"%PDF-1.7 first", CY)
    office.extend(desk, sha, office.today() + timedelta(20), ADA, "Not signed yet.")
    for finding in office.look(desk, sha).dossier.findings:
        if finding.severity != "note" and not finding.answered_by:
            office.answer(desk, sha, finding.id, ADA, "Asked.")
    return sha


def whole(desk: Register, sha: str, *, existence: bool = False) -> None:
    for by in (BO, GIL):
        office.withhold_whole(desk, sha, "FOIA s.24", by, "An operation.", existence=existence)


def test_a_withdrawal_tells_what_two_people_let_out_and_not_what_was_corrected_since(desk: Register) -> None:
    sha = deferred(desk)
    out(desk, sha)
    maker = stub_at(desk).decision_maker  # type: ignore[union-attr]  # it is there
    office.amend(desk, sha, "approval.decision_maker", FREE, BO, "Reads so.")
    assert stub_at(desk).decision_maker == maker  # type: ignore[union-attr]  # likewise
    assert stub_at(desk).public_title is None, "held since"  # type: ignore[union-attr]  # likewise, and again
    office.withdraw(desk, sha, BO, "A name in it.")
    gone = stub_at(desk)
    assert gone is not None
    assert (gone.why, gone.decision_maker) == ("withdrawn", maker)


def test_what_two_people_never_agreed_on_leaves_no_notice(desk: Register) -> None:
    sha = deferred(desk)
    office.approve(desk, sha, ADA)
    withholding.withhold(desk, sha, "2/2.1", "FOIA s.43(2)", BO, "Harm.")
    office.approve(desk, sha, DEE)
    office.withdraw(desk, sha, ADA, "Never mind.")
    assert stub_at(desk) is None


def test_what_was_approved_and_never_went_out_leaves_no_notice(desk: Register) -> None:
    sha = deferred(desk)
    office.approve(desk, sha, ADA)
    office.approve(desk, sha, DEE)
    office.withdraw(desk, sha, ADA, "Never mind.")
    assert stub_at(desk) is None


@pytest.mark.parametrize("went_out", [False, True])
def test_one_person_does_not_tell_of_what_two_neither_confirm_nor_deny(desk: Register, went_out: bool) -> None:
    sha = deferred(desk)
    office.approve(desk, sha, ADA)
    office.approve(desk, sha, DEE)
    if went_out:
        assert stub_at(desk)
    whole(desk, sha, existence=True)
    office.withdraw(desk, sha, ADA, "A name in it.")
    assert stub_at(desk) is None
    office.reinstate(desk, sha, ADA, "It is clean.")
    office.withdraw(desk, sha, ADA, "A name in it.")
    assert stub_at(desk) is None


def test_a_notice_stays_when_a_paper_is_withdrawn_again(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", CY)
    out(desk, sha)
    for _ in range(2):
        office.withdraw(desk, sha, ADA, "A name in it.")
        assert stub_at(desk)
        office.reinstate(desk, sha, ADA, "It is clean.")
        assert stub_at(desk)
    office.amend(desk, sha, "approval.decision_maker", FREE, BO, "Reads so.")
    office.withdraw(desk, sha, BO, "A name in it.")
    assert FREE not in stub_at(desk).model_dump_json()  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("field", ["approval.decision_maker", "reference"])
def test_a_decision_withheld_whole_is_told_as_both_saw_it(desk: Register, field: str) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", CY)
    whole(desk, sha)
    before = stub_at(desk)
    assert before is not None
    office.amend(desk, sha, field, {"reference": "PCD 9002"}.get(field, FREE), ADA, "Reads so.")
    assert stub_at(desk) == before
    office.withdraw(desk, sha, ADA, "A name in it.")
    gone = stub_at(desk)
    assert gone is not None
    assert (gone.why, gone.decision_maker) == ("withdrawn", before.decision_maker)


def test_of_two_who_saw_different_words_neither_is_told(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", CY)
    office.withhold_whole(desk, sha, "FOIA s.24", BO, "An operation.")
    office.amend(desk, sha, "approval.decision_maker", FREE, BO, "Reads so.")
    office.withhold_whole(desk, sha, "FOIA s.24", GIL, "An operation.")
    assert office.look(desk, sha).state.name == "withheld"
    assert stub_at(desk) is None


def test_a_deferral_is_over_only_where_the_paper_waits_for_its_day(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", CY)
    office.extend(desk, sha, office.today(), ADA, "Not signed yet.")
    with pytest.raises(Conflict, match="is held"):
        office.end_deferral(desk, sha, ADA, "Over.")
