"""The log is one chain that only grows: whatever is changed in it, or in what hangs from it, is seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from publish.part1 import Version
from review import audit
from review.errors import NotWhole
from review.publication import publish
from review.register import Register
from review.tables import APPEND_ONLY
from tests.officers import PROCESSES, append_some
from tests.registers import (
    PUBLIC,
    TODAY,
    WITHHELD,
    a_paper,
    answer,
    approval,
    asks_deferral,
    sha_of,
    staffed,
    withhold,
)

pytest_plugins = ["tests.postgres"]

ONE = sha_of("version one")
REASON = "Because Quillfeather would lose the bicycles tender."


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    """A register in which every kind of entry has been made."""
    register = staffed(Register.open(tmp_path / "home", database_url))
    sha = register.enter(a_paper(tmp_path, findings=(asks_deferral(),))).paper.sha256
    register.add_claim(sha, answer("Ada Lovell", "deferral-undetermined/1", "no", REASON), 1)
    register.add_claim(sha, withhold("Ada Lovell", "withheld/1", REASON), 2)
    for name in ("Ada Lovell", "Bo Marsh"):
        register.add_claim(sha, approval(name, ONE), 3)
    version = Version(number=1, published_on=TODAY, note="First published.", digest=ONE)
    register.record_release(sha_of("certificate"), [(sha, version)])
    yield register
    register.close()


def test_each_entry_is_bound_to_the_one_before(register: Register) -> None:
    log = register.log()
    assert [entry.n for entry in log] == list(range(1, len(log) + 1))
    assert [entry.previous for entry in log] == [audit.BEGINNING, *(entry.digest for entry in log[:-1])]
    assert [entry.what for entry in log[5:]] == ["entered", "answer", "withhold", "approve", "approve", "released"]
    assert [entry.by for entry in log[6:]] == ["Ada Lovell", "Ada Lovell", "Ada Lovell", "Bo Marsh", None]
    assert register.verify_log() == ()


def test_the_log_quotes_no_decision_text(register: Register) -> None:
    with register.reading() as connection:
        written = " ".join(str(row) for row in connection.execute(text("SELECT * FROM log")))
    assert "claim_digest" in written
    for words in (PUBLIC, WITHHELD, REASON, "Quillfeather", "Bicycles", "bicycles"):
        assert words not in written


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_itself_refuses_to_change_what_was_said(register: Register, table: str) -> None:
    column = {"log": "at", "claims": "because", "releases": "at", "versions": "note"}[table]
    for statement in (f"UPDATE {table} SET {column} = 'never'", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match=f"{table} is append-only"), register.writing() as connection:
            connection.execute(text(statement))
    with register.reading() as connection:
        dialect = connection.dialect.name
    again = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"TRUNCATE {table} CASCADE",
    }[dialect]
    with pytest.raises(DBAPIError, match="is append-only"), register.writing() as connection:
        connection.execute(text(again))
    assert register.verify_log() == ()


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_another_program_cannot_replace_a_row_either(tmp_path: Path, table: str) -> None:
    """SQLite's `INSERT OR REPLACE` deletes without asking the triggers on DELETE, unless a connection says it shall."""
    register = staffed(Register.open(tmp_path / "home"))
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    for name in ("Ada Lovell", "Bo Marsh"):
        register.add_claim(sha, approval(name, ONE), 1)
    version = Version(number=1, published_on=TODAY, note="First published.", digest=ONE)
    register.record_release(sha_of("certificate"), [(sha, version)])
    register.close()
    with (
        closing(sqlite3.connect(tmp_path / "home" / "register.db")) as other,
        pytest.raises(sqlite3.IntegrityError, match="is append-only"),
    ):
        other.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


TAMPERED = [
    ("UPDATE log SET \"by\" = 'Dee Hollis' WHERE n = 7", 7, "Entry 7 was changed"),
    ("UPDATE log SET at = '2020-01-01T00:00:00.000000+00:00' WHERE n = 3", 3, "Entry 3 was changed"),
    ("UPDATE log SET body = '{}' WHERE n = 2", 2, "The body of entry 2 was changed"),
    (f"UPDATE log SET digest = '{'f' * 64}' WHERE n = 4", 5, "Entry 5 does not follow"),
    ("DELETE FROM log WHERE n = 2", 3, "Entry 2 should stand here"),
    ("UPDATE claims SET because = 'No reason.' WHERE n = 8", 8, "The claim of entry 8 was changed"),
    ("UPDATE claims SET \"by\" = 'Dee Hollis' WHERE n = 9", 9, "The claim of entry 9 was changed"),
    ("UPDATE claims SET body = '{}' WHERE n = 10", 10, "The claim of entry 10 was changed"),
    ("DELETE FROM claims WHERE n = 8", 8, "The claim of entry 8 is gone"),
    (
        'INSERT INTO claims SELECT 1, paper, kind, "by", at, because, body, record_digest, rules_digest '
        "FROM claims WHERE n = 9",
        1,
        "the log has no claim there",
    ),
    ("UPDATE papers SET record = '{}'", 6, "was changed after entry 6"),
    ("UPDATE papers SET findings = '[]'", 6, "was changed after entry 6"),
    ("UPDATE papers SET rules_digest = 'none'", 6, "was changed after entry 6"),
    ("UPDATE versions SET number = 7", 11, "The release of entry 11 was changed"),
    ("UPDATE releases SET certificate_digest = 'none'", 11, "The release of entry 11 was changed"),
    ("DELETE FROM versions", 11, "The release of entry 11 was changed"),
    ("DELETE FROM releases", 11, "The release of entry 11 is gone"),
    ("DELETE FROM papers", 6, "which came in with entry 6, is gone"),
    ("UPDATE papers SET entered_by = 'Bo Marsh'", 6, "What is kept of paper"),
    ("UPDATE papers SET entered_at = '2020'", 6, "What is kept of paper"),
    ("UPDATE papers SET drafting = '[]'", 6, "What is kept of paper"),
    ("UPDATE papers SET reference = 'PCD 1'", 6, "What is kept of paper"),
    ("UPDATE papers SET title = 'Buses'", 6, "What is kept of paper"),
    ("UPDATE papers SET file_name = 'x'", 6, "What is kept of paper"),
    ("UPDATE papers SET form = NULL", 6, "What is kept of paper"),
    ("DELETE FROM paper_references", 6, "What is kept of paper"),
    ("UPDATE paper_references SET key = 'PCD1'", 6, "What is kept of paper"),
    ("UPDATE papers SET revision = 1", 6, "The revision of paper"),
    ("UPDATE people SET role = 'releaser' WHERE name = 'Cy Pratt'", 3, "The name or role of Cy Pratt"),
    ("UPDATE people SET name = 'Cy Prat' WHERE name = 'Cy Pratt'", 3, "The name or role of Cy Prat"),
    ("DELETE FROM people WHERE name = 'Cy Pratt'", 3, "The person who was added or changed with entry 3 is gone"),
    ("INSERT INTO people VALUES ('eve', 'Eve', 'releaser', 'x', NULL)", None, "the log never saw them added"),
    ("UPDATE releases SET \"by\" = 'Ada Lovell'", 11, "The release of entry 11 was changed"),
    (
        "INSERT INTO papers SELECT 'abc', file_name, reference, title, form, entered_by, entered_at, revision, record,"
        " record_digest, rules_digest, findings, drafting FROM papers",
        None,
        "the log never saw it come in",
    ),
]


@pytest.mark.parametrize(("change", "n", "words"), TAMPERED, ids=[change[:44] for change, _, _ in TAMPERED])
def test_whoever_gets_round_the_triggers_is_seen(register: Register, change: str, n: int | None, words: str) -> None:
    with register.writing() as connection:
        _disarm(connection)
        connection.execute(text(change))
    found = [problem for problem in register.verify_log() if words in problem.message]
    assert found, register.verify_log()
    assert found[0].n == n


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = 'replica'"))
        return
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.execute(text(f"DROP TRIGGER {name}"))
    # Keys are kept by our own connections only; whoever edits the file with another program keeps none.
    connection.execute(text("COMMIT"))
    connection.execute(text("PRAGMA foreign_keys = OFF"))
    connection.execute(text("BEGIN IMMEDIATE"))


def test_processes_that_write_at_once_make_one_chain(tmp_path: Path, database_url: str | None) -> None:
    register = Register.open(tmp_path / "home", database_url)
    with PROCESSES.Pool(4) as pool:
        pool.starmap(append_some, [(tmp_path / "home", database_url, writer) for writer in range(4)], chunksize=1)
    log = register.log()
    assert [entry.n for entry in log] == list(range(1, 101))
    assert [entry.previous for entry in log[1:]] == [entry.digest for entry in log[:-1]]
    assert {entry.by for entry in log} == {"writer 0", "writer 1", "writer 2", "writer 3"}
    assert register.verify_log() == ()
    register.close()


def test_an_entry_of_a_transaction_that_failed_was_never_there(tmp_path: Path, database_url: str | None) -> None:
    register = Register.open(tmp_path / "home", database_url)

    def fail_after_appending() -> None:
        with register.writing() as connection:
            audit.append(connection, "tried", {})
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fail_after_appending()
    assert register.log() == ()
    with register.writing() as connection:
        assert audit.append(connection, "tried", {}).n == 1
    register.close()


def test_a_reading_anew_is_held_against_its_own_entry(register: Register, tmp_path: Path) -> None:
    register.enter(a_paper(tmp_path, entered_by="Cy Pratt"))
    assert register.log()[-1].what == "read-again"
    assert register.verify_log() == ()


def test_triggers_that_are_gone_are_missed(register: Register) -> None:
    with register.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE claims DISABLE TRIGGER claims_no_change"))
        else:
            connection.execute(text("DROP TRIGGER claims_no_replace"))
    assert [str(problem) for problem in register.verify_log()] == [
        "The database no longer refuses to change claims: its triggers are gone."
    ]


def test_an_original_that_is_gone_or_overwritten_is_missed(register: Register) -> None:
    (paper,) = register.papers()
    original = register.original(paper.sha256)
    original.write_bytes(b"%PDF-1.7 another")
    told = f"The original PDF of paper {paper.sha256[:12]} is gone or was changed."
    assert [str(problem) for problem in register.verify_log()] == [told]
    assert register.verify_log(read_originals=False) == ()
    original.unlink()
    assert [str(problem) for problem in register.verify_log(read_originals=False)] == [told]


def test_an_entry_of_an_earlier_version_that_says_less_is_believed(register: Register) -> None:
    with register.reading() as connection:
        row = connection.execute(text("SELECT * FROM papers")).mappings().one()
        less = {key: value for key, value in audit.reading_body(dict(row), ()).items() if key != "about_digest"}
    with register.writing() as connection:
        audit.append(connection, "read-again", less, paper=row["sha256"])
        connection.execute(text("UPDATE papers SET revision = revision + 1"))
    assert register.verify_log() == ()


def test_nothing_is_published_while_the_register_is_not_as_it_was_written(register: Register) -> None:
    with register.writing() as connection:
        connection.execute(text("UPDATE people SET role = 'releaser' WHERE name = 'Ada Lovell'"))
    with pytest.raises(NotWhole, match=r"not as it was written\. The name or role of Ada") as refusal:
        publish(register, by="Ada Lovell")
    assert refusal.value.exit_code == 4
    assert not (register.home / "public").exists()
