"""What may lie on the shelf, and what is refused without a word of it being repeated."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from publish.errors import ShelfError
from publish.part1 import canonical_json, digest
from publish.shelf import Approval, Entry, lay, put, remove, take
from tests.sample_decisions import DEFERRED, LONG, SAMPLES, TWO_MARKS
from tests.shelved import approved

SECRET = "Zephyrine"


def test_what_is_put_is_what_is_taken_in_order(tmp_path: Path) -> None:
    for decision in reversed(SAMPLES):
        put(tmp_path, approved(decision))
    taken = take(tmp_path)
    assert [entry.slug for entry in taken] == sorted(decision.slug for decision in SAMPLES)
    assert {entry.decision for entry in taken} == set(SAMPLES)


def test_an_entry_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    put(tmp_path, approved(LONG))
    put(tmp_path, approved(LONG.model_copy(update={"public_title": "Corrected"})))
    assert [entry.decision.public_title for entry in take(tmp_path)] == ["Corrected"]
    assert [file.name for file in tmp_path.iterdir()] == ["pcd-9004.json"]


def test_a_shelf_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert take(tmp_path / "shelf") == ()


def test_what_is_removed_is_gone(tmp_path: Path) -> None:
    put(tmp_path, approved(LONG))
    assert remove(tmp_path, "pcd-9004")
    assert not remove(tmp_path, "pcd-9004")
    assert not remove(tmp_path, "../shelf/pcd-9004")
    assert take(tmp_path) == ()


def test_only_its_owner_can_read_the_shelf(tmp_path: Path) -> None:
    file = put(tmp_path / "shelf", approved(LONG))
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_what_a_killed_process_left_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, approved(LONG))
    (tmp_path / ".pcd-9007.4711.new").write_text('{"schema": ')
    assert [entry.slug for entry in take(tmp_path)] == ["pcd-9004"]


def test_an_approval_has_no_field_for_a_name() -> None:
    assert set(Approval.model_fields) == {"role", "on"}
    with pytest.raises(ValidationError):
        Approval.model_validate({"role": "Martin Hughes", "on": "2026-11-19"})


def test_one_approval_is_not_enough() -> None:
    with pytest.raises(ValidationError):
        Entry(decision=LONG, approvals=(Approval(role="reviewer", on=date(2026, 11, 19)),), digest=digest(LONG))


@pytest.mark.parametrize(
    ("part", "undetermined"),
    [("signed_on", None), ("reference", None), ("public_title", None), ("outcome", "undetermined")],
)
def test_an_unsettled_decision_is_not_taken(part: str, undetermined: object) -> None:
    with pytest.raises(ValidationError):
        approved(LONG.model_copy(update={part: undetermined}))


def entry(**changes: Any) -> dict[str, Any]:
    """An approved entry as JSON, changed."""
    return {**json.loads(canonical_json(approved(LONG))), **changes}


def decision(**changes: Any) -> dict[str, Any]:
    return {**entry()["decision"], **changes}


REFUSED = {
    "a word changed after approval": entry(decision=decision(title=SECRET)),
    "another digest": entry(digest="0" * 64),
    "a field nobody knows": entry(**{SECRET: SECRET}),
    "a field of the decision nobody knows": entry(decision=decision(**{SECRET: SECRET})),
    "a name for a role": entry(approvals=[{"role": SECRET, "on": "2026-11-19"}] * 2),
    "a clerk's approval": entry(approvals=[{"role": "clerk", "on": "2026-11-19"}] * 2),
    "a note of one's own": entry(
        decision=decision(versions=[{"number": 1, "published_on": "2026-11-19", "note": SECRET, "digest": "0" * 64}])
    ),
    "no approval": entry(approvals=[]),
    "another schema": entry(schema=SECRET),
    "a decision of another kind": entry(decision=decision(schema="partone/private-record/1", withheld_text=SECRET)),
    "no JSON": SECRET,
}


@pytest.mark.parametrize("held", REFUSED.values(), ids=REFUSED)
def test_what_is_no_approved_version_is_refused_and_not_quoted(tmp_path: Path, held: object) -> None:
    (tmp_path / "pcd-9004.json").write_text(json.dumps(held))
    with pytest.raises(ShelfError) as refused:
        take(tmp_path)
    assert refused.value.exit_code == 4
    assert "pcd-9004.json" in str(refused.value)
    assert SECRET not in str(refused.value)
    assert refused.value.__suppress_context__, "pydantic's own error may quote what it refused"


def test_a_decision_under_another_name_is_refused(tmp_path: Path) -> None:
    put(tmp_path, approved(TWO_MARKS)).rename(tmp_path / "pcd-9004.json")
    with pytest.raises(ShelfError, match="another decision"):
        take(tmp_path)


@pytest.mark.parametrize("name", ["Zephyrine.json", "pcd-9004.txt", "zephyrine", ".hidden", ".DS_Store"])
def test_a_file_that_bears_no_decisions_name_is_never_read(tmp_path: Path, name: str) -> None:
    put(tmp_path, approved(DEFERRED))
    (tmp_path / name).write_text("{}")
    assert [entry.slug for entry in take(tmp_path)] == [DEFERRED.slug]


def test_a_shelf_is_made_to_be_these_entries_and_no_others(tmp_path: Path) -> None:
    put(tmp_path, approved(LONG.model_copy(update={"public_title": SECRET})))
    put(tmp_path, approved(DEFERRED))
    (tmp_path / "pcd-9999.json").write_text(SECRET)
    (tmp_path / "pcd-9011.json").symlink_to(tmp_path / "pcd-9999.json")
    (tmp_path / ".DS_Store").write_text("")
    lay(tmp_path, [approved(LONG), approved(TWO_MARKS)])
    assert sorted(entry.slug for entry in take(tmp_path)) == sorted((LONG.slug, TWO_MARKS.slug))
    assert set(take(tmp_path)) == {approved(LONG), approved(TWO_MARKS)}
    lay(tmp_path, [])
    assert take(tmp_path) == ()
    assert [file.name for file in tmp_path.iterdir()] == [".DS_Store"]
    lay(tmp_path / "none", [])


def test_a_link_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", approved(LONG))
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "pcd-9004.json").symlink_to(tmp_path / "elsewhere" / "pcd-9004.json")
    with pytest.raises(ShelfError):
        take(tmp_path / "shelf")
