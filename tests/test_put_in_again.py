"""Whoever put a paper in cannot approve it: the first who did, and everybody who puts the same file in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from review import office
from review.errors import NotAllowed
from review.inbox import ingest, readers
from review.register import Register
from tests.registers import staffed
from tests.test_carried_over import settle

PLAIN = Path(__file__).parent / "papers" / "plain.pdf"
ADA, BO, CY, DEE = "Ada Lovell", "Bo Marsh", "Cy Pratt", "Dee Hollis"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home"))
    yield register
    register.close()


# Who put the file in, one after the other, None where nobody was named; who is barred.
PUT_IN = [
    ([None, BO], [BO]),
    ([CY, BO], [BO]),
    ([BO, CY, "  dee HOLLIS "], [BO, DEE]),
    ([BO, BO, None], [BO]),
    ([None, None], []),
]


@pytest.mark.parametrize(("people", "barred"), PUT_IN)
def test_everybody_who_put_a_file_in_is_barred(register: Register, people: list[str | None], barred: list[str]) -> None:
    with readers(1) as (executor, _):
        taken = [next(iter(ingest(register, [PLAIN], executor, by=by))) for by in people]
    sha = taken[0].sha256 or ""
    assert [each.known for each in taken] == [False, *(True for _ in people[1:])]
    settle(register, sha)
    for name in barred:
        with pytest.raises(NotAllowed, match=f"{name} entered the paper"):
            office.approve(register, sha, name)
    for name in [name for name in (ADA, BO, DEE) if name not in barred][:2]:
        office.approve(register, sha, name)
    assert register.verify_log() == ()
    again = [entry.by for entry in register.log(sha) if entry.what == "put-in-again"]
    assert len(again) == len({(name or "").strip().casefold() for name in people[1:] if name not in (None, people[0])})
