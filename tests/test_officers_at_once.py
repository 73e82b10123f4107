"""Ten officers at once lose no decision, publish nothing that two of them did not approve, and meet only refusals.

Ten seconds each here; `python -m benchmarks.officers --seconds 60` goes on for as long as one likes.
"""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

from benchmarks.officers import begin, name_of, prepare, settle
from review.publication import publish
from review.register import Register
from tests.components import needs

pytest_plugins = ["tests.postgres"]

OFFICERS, SECONDS = 10, 10


def test_ten_officers_at_once_lose_nothing(tmp_path: Path, database_url: str | None) -> None:
    home = tmp_path / "home"
    prepare(home, database_url, OFFICERS)
    told = settle(home, database_url, begin(home, database_url, OFFICERS, SECONDS))
    assert told.faults == ()
    assert set(told.refused) <= {"Conflict", "NotAllowed", "BusyError"}
    assert told.acts.total() > OFFICERS
    # When they have gone home, what they approved goes out.
    register = Register.open(home, database_url)
    publish(register, by=name_of(1))
    register.close()
    after = settle(home, database_url, [])
    assert after.faults == ()
    assert after.published >= told.published
    # The simulation would see a lost decision: one that nobody made is missed.
    row = {"by": name_of(0), "kind": "hold", "paper": "0" * 64, "token": "never said", "came": "done"}
    (home / "officer-99.jsonl").write_text(json.dumps(row) + "\n")
    assert [fault.split(":")[0] for fault in settle(home, database_url, []).faults] == ["Lost"]


def test_officers_who_are_killed_lose_nothing_that_was_acknowledged(tmp_path: Path, database_url: str | None) -> None:
    home = tmp_path / "home"
    prepare(home, database_url, OFFICERS)
    officers = begin(home, database_url, OFFICERS, 6)
    for number, officer in enumerate(officers[:4]):
        time.sleep(0.7 + number / 3)
        officer.kill()
    told = settle(home, database_url, officers, killed=4)
    assert told.faults == ()
    assert [officer.exitcode for officer in officers[:4]] == [-signal.SIGKILL] * 4


@needs("postgresql")
def test_a_database_that_is_killed_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Killed twice in mid-work, the whole server at once; the officers go on when it is there again."""
    from tests.postgres import running

    with running() as server:
        home, url = tmp_path / "home", server.server.new_database()
        prepare(home, url, OFFICERS)
        officers = begin(home, url, OFFICERS, 12, through=True)
        for _ in range(2):
            time.sleep(2)
            server.stop(signal.SIGKILL)
            time.sleep(0.5)
            server.start()
        told = settle(home, url, officers, killed=2 * OFFICERS)
        assert told.faults == ()
        assert told.refused["Away"] > 0
        assert told.acts.total() > OFFICERS
