"""Whatever stands where a decision may not be read was let out by two people, and an address once public answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from review import office, people
from review.acts import WithholdWhole
from review.register import Register
from tests.test_addresses import ADA, BO, DEE, FREE, GIL, deferred, stub_at, whole
from tests.test_moves import STAFF, out, put_in, release


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(tmp_path / "home")
    for name, role in STAFF.items():
        people.add(register, name, role)
    yield register
    assert register.verify_log(read_originals=False) == ()
    register.close()


def claims_of(desk: Register, sha: str) -> list[WithholdWhole]:
    return [claim for claim in office.look(desk, sha).dossier.claims if isinstance(claim, WithholdWhole)]


@pytest.mark.parametrize("went_out", [False, True], ids=["withheld after it was public", "withheld as a stub"])
def test_what_is_told_of_a_public_decision_is_what_was_approved(desk: Register, went_out: bool) -> None:
    """One person corrects the maker between and after the two who withhold: neither word is told."""
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, sha)
    office.withhold_whole(desk, sha, "FOIA s.24", BO, "An operation.")
    if not went_out:
        office.amend(desk, sha, "approval.decision_maker", FREE, ADA, "Reads so.")
    office.withhold_whole(desk, sha, "FOIA s.24", GIL, "An operation.")
    before = stub_at(desk)
    assert before is not None
    assert FREE not in before.model_dump_json()
    if went_out:
        office.amend(desk, sha, "approval.decision_maker", FREE, ADA, "Reads so.")
    assert stub_at(desk) == before
    office.withdraw(desk, sha, DEE, "A name in it.")
    gone = stub_at(desk)
    assert gone is not None
    assert (gone.why, gone.decision_maker) == ("withdrawn", before.decision_maker)


def test_a_decision_withheld_whole_keeps_its_address_when_one_of_the_two_is_released(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, sha)
    whole(desk, sha)
    before = stub_at(desk)
    office.release(desk, sha, claims_of(desk, sha)[0].id, ADA, "It has ended.")
    for _ in range(2):
        assert stub_at(desk) == before
    office.withdraw(desk, sha, DEE, "A name in it.")
    for _ in range(2):
        assert stub_at(desk), "a notice of what two people told"


def test_of_two_grounds_neither_is_told_alone(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, sha)
    office.withhold_whole(desk, sha, "FOIA s.24", BO, "An operation.")
    office.withhold_whole(desk, sha, "FOIA s.43(2)", GIL, "A price.")
    told = stub_at(desk)
    assert told is not None
    assert told.ground is None


def test_what_two_withheld_and_no_release_ever_told_leaves_no_notice(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    whole(desk, sha)
    office.withdraw(desk, sha, ADA, "Never mind.")
    assert stub_at(desk) is None


def test_a_stub_that_is_withheld_whole_by_two_who_say_unlike_keeps_no_title(desk: Register) -> None:
    sha = deferred(desk)
    out(desk, sha)
    assert stub_at(desk).public_title  # type: ignore[union-attr]  # it is there
    whole(desk, sha)
    told = stub_at(desk)
    assert told is not None
    assert (told.why, told.public_title) == ("withheld", None)


def test_a_correction_under_another_reference_waits_alone(desk: Register) -> None:
    """It stops no release: what is withdrawn beside it goes at once."""
    old = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, old)
    new = put_in(desk, b"%PDF-1.7 second", "Cy Pratt")
    office.correct(desk, old, new, ADA, "The annex was another.")
    office.amend(desk, new, "reference", "PCD 9777", ADA, "Misread.")
    view = office.look(desk, new)
    assert view.state.name == "held"
    assert "It corrects PCD 9001, but bears another reference." in view.state.reasons
    assert release(desk, office.today()).keys() == {"pcd-9001"}
    office.withdraw(desk, old, ADA, "A leak.")
    gone = stub_at(desk)
    assert gone is not None
    assert gone.why == "withdrawn"


def test_of_two_papers_at_one_address_the_later_waits_and_the_rest_goes_out(desk: Register) -> None:
    first = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, first)
    again = put_in(desk, b"%PDF-1.7 second", "Cy Pratt")  # the same decision, put in twice
    whole(desk, again)
    why = office.look(desk, again).state.reasons
    assert any("Another paper has the same reference and is public" in each for each in why)
    (shown,) = release(desk, office.today()).values()
    assert shown.paper == first, "what is public stays"
    office.withdraw(desk, first, ADA, "The wrong one.")
    told = stub_at(desk)
    assert told is not None
    assert told.why == "withheld"
