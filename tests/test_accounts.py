"""Who can sign in, how, and for how long; and that the log finds what was put in behind its back. On both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from review import accounts, attempts, passwords, people, sessions
from review.acts import Approve
from review.attempts import BY_NAME, BY_SOURCE, WINDOW, failed, must_wait, succeeded
from review.errors import Conflict, NotAllowed, RegisterError, UnknownPerson
from review.passwords import PoorPassword
from review.register import Register
from review.sessions import Limits
from review.tables import accounts as accounts_table
from review.tables import sessions as sessions_table
from tests.registers import a_paper, approval, sha_of

pytest_plugins = ["tests.postgres"]

PASSWORD, OTHER = "purple otter lantern", "seven grey herons"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ISSUER = "https://login.example.org"


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = Register.open(tmp_path / "home", database_url)
    people.add(register, "Ida Thorne", "administrator")
    people.add(register, "Ada Lovell", "reviewer", by="Ida Thorne")
    yield register
    register.close()


def logged(register: Register) -> list[tuple[str, str | None]]:
    return [(entry.what, entry.by) for entry in register.log()[2:]]


def test_a_word_sets_a_password_once(register: Register) -> None:
    word = accounts.invite(register, "ada lovell", by="Ida Thorne")
    assert accounts.check(register, "Ada Lovell", word) is None  # it is no password
    assert accounts.use_word(register, "Ada Lovell", "AAAA-BBBB-CCCC-DDDD-EEEE", PASSWORD) is None
    assert accounts.use_word(register, "Ida Thorne", word, PASSWORD) is None  # it is Ada's
    assert accounts.use_word(register, "Nobody", word, PASSWORD) is None
    with pytest.raises(PoorPassword):
        accounts.use_word(register, "Ada Lovell", word, "short")
    person = accounts.use_word(register, "ADA  Lovell", f" {word.lower().replace('-', '')} ", PASSWORD)
    assert person
    assert person.name == "Ada Lovell"
    assert accounts.use_word(register, "Ada Lovell", word, OTHER) is None  # it is used up
    assert accounts.check(register, "ada lovell", PASSWORD) == person
    assert accounts.check(register, "Ada Lovell", OTHER) is None
    assert logged(register) == [("invited", "Ida Thorne"), ("password-set", "Ada Lovell")]
    assert register.verify_log() == ()


def test_a_word_is_good_for_three_days(register: Register) -> None:
    word = accounts.invite(register, "Ada Lovell", at=NOW)
    late = NOW + timedelta(days=3, seconds=1)
    assert accounts.use_word(register, "Ada Lovell", word, PASSWORD, at=late) is None
    assert accounts.use_word(register, "Ada Lovell", word, PASSWORD, at=NOW + timedelta(days=2)) is not None


def test_a_new_word_ends_the_old_password_the_old_word_and_the_sessions(register: Register) -> None:
    accounts.set_password(register, "Ada Lovell", PASSWORD)
    token = sessions.begin(register, "Ada Lovell")
    old = accounts.invite(register, "Ada Lovell")
    new = accounts.invite(register, "Ada Lovell")
    assert sessions.who(register, token) is None
    assert accounts.check(register, "Ada Lovell", PASSWORD) is None
    assert accounts.use_word(register, "Ada Lovell", old, OTHER) is None
    assert accounts.use_word(register, "Ada Lovell", new, OTHER) is not None


def test_neither_password_nor_word_lies_in_the_database(register: Register) -> None:
    word = accounts.invite(register, "Ada Lovell")
    accounts.set_password(register, "Ida Thorne", PASSWORD)
    token = sessions.begin(register, "Ida Thorne")
    with register.reading() as connection:
        held = str([connection.execute(select(table)).all() for table in (accounts_table, sessions_table)])
        held += str(connection.execute(text("SELECT * FROM log")).all())
    for secret in (word, word.replace("-", ""), PASSWORD, token):
        assert secret not in held


def test_a_hash_of_less_work_is_kept_anew_at_the_next_sign_in(
    register: Register, hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", hasher)
    accounts.set_password(register, "Ada Lovell", PASSWORD)
    weak = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    with register.writing() as connection:
        person, _ = accounts._look_up(connection, "Ada Lovell")
        assert person
        accounts._write(connection, person, "password-set", None, password=weak)
    assert accounts.check(register, "Ada Lovell", OTHER) is None
    assert logged(register)[-1] == ("password-set", None)
    assert accounts.check(register, "Ada Lovell", PASSWORD) is not None
    assert logged(register)[-1] == ("password-kept-anew", "Ada Lovell")
    assert accounts.check(register, "Ada Lovell", PASSWORD) is not None
    assert len(logged(register)) == 3
    assert register.verify_log() == ()


# Who is asked for, and with what: the hash of a password is worked out exactly once, whatever the answer.
@pytest.mark.parametrize("name", ["Ada Lovell", "Ida Thorne", "Nobody", "", "Cy Closed"])
@pytest.mark.parametrize("password", [PASSWORD, OTHER, ""])
def test_a_sign_in_takes_the_same_work_whether_there_is_such_a_name(
    register: Register, monkeypatch: pytest.MonkeyPatch, name: str, password: str
) -> None:
    people.add(register, "Cy Closed", "clerk")
    for known in ("Ada Lovell", "Cy Closed"):
        accounts.set_password(register, known, PASSWORD)
    people.close(register, "Cy Closed")
    worked: list[str] = []
    hasher = passwords.HASHER

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            worked.append("verified")
            return hasher.verify(kept, password)

        def check_needs_rehash(self, kept: str) -> bool:
            return hasher.check_needs_rehash(kept)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    found = accounts.check(register, name, password)
    assert worked == ["verified"]
    assert (found is not None) is (name == "Ada Lovell" and password == PASSWORD)


LIMITS = Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
# When somebody looks in, in minutes after signing in, and whether the last look still finds them.
SESSIONS: list[tuple[list[int], bool]] = [
    ([0], True),
    ([29], True),
    ([31], False),
    ([29, 58, 87], True),
    ([29, 60], False),
    ([*range(25, 720, 25)], True),
    ([*range(25, 720, 25), 721], False),
]


@pytest.mark.parametrize(("looks", "lasts"), SESSIONS)
def test_how_long_a_session_lasts(register: Register, looks: list[int], lasts: bool) -> None:
    token = sessions.begin(register, "Ada Lovell", LIMITS, at=NOW)
    found = [sessions.who(register, token, LIMITS, at=NOW + timedelta(minutes=minutes)) for minutes in looks]
    assert (found[-1] is not None) is lasts


def test_sessions_that_are_over_are_cleared_away(register: Register) -> None:
    sessions.begin(register, "Ada Lovell", LIMITS, at=NOW)
    sessions.begin(register, "Ada Lovell", LIMITS, at=NOW + timedelta(hours=13))
    with register.reading() as connection:
        assert len(connection.execute(select(sessions_table)).all()) == 1


def test_a_token_that_is_not_ours_is_nobody(register: Register) -> None:
    token = sessions.begin(register, "Ada Lovell")
    with register.reading() as connection:
        digest = connection.execute(select(sessions_table.c.digest)).scalar_one()
    for wrong in ("", token[:-1], token + "x", digest, "\udcff", "x" * 100_000):
        assert sessions.who(register, wrong) is None
    sessions.end(register, token)
    assert sessions.who(register, token) is None


ENDINGS: dict[str, Callable[[Register], object]] = {
    "another role": lambda register: people.change(register, "Ada Lovell", "releaser", by="Ida Thorne"),
    "closed": lambda register: people.close(register, "Ada Lovell", by="Ida Thorne"),
    "another password": lambda register: accounts.set_password(register, "Ada Lovell", OTHER),
    "invited anew": lambda register: accounts.invite(register, "Ada Lovell"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_session_ends_when_what_it_rests_on_changes(register: Register, ending: str) -> None:
    hers, his = sessions.begin(register, "Ada Lovell"), sessions.begin(register, "Ida Thorne")
    ENDINGS[ending](register)
    assert sessions.who(register, hers) is None
    assert sessions.who(register, his) is not None
    assert register.verify_log() == ()


def test_roles_change_and_accounts_close_and_open_again(register: Register) -> None:
    accounts.set_password(register, "Ada Lovell", PASSWORD)
    assert people.change(register, "ada lovell", "releaser", by="Ida Thorne").role == "releaser"
    assert people.close(register, "Ada Lovell", by="Ida Thorne").closed_at is not None
    assert accounts.check(register, "Ada Lovell", PASSWORD) is None
    with register.reading() as connection, pytest.raises(NotAllowed, match="account of Ada Lovell is closed"):
        people.permitted(connection, "Ada Lovell", "approve")
    refusals: list[Callable[[], object]] = [
        lambda: people.close(register, "Ada Lovell"),
        lambda: people.change(register, "Ada Lovell", "clerk"),
        lambda: accounts.invite(register, "Ada Lovell"),
        lambda: accounts.set_password(register, "Ada Lovell", OTHER),
        lambda: people.add(register, "ADA LOVELL", "clerk"),  # the name stays hers
    ]
    for refused in refusals:
        with pytest.raises(Conflict):
            refused()
    reopened = people.reopen(register, "Ada Lovell", by="Ida Thorne")
    assert (reopened.role, reopened.closed_at) == ("releaser", None)
    assert accounts.check(register, "Ada Lovell", PASSWORD) is not None
    assert logged(register) == [
        ("password-set", None), ("person-changed", "Ida Thorne"), ("person-closed", "Ida Thorne"),
        ("person-reopened", "Ida Thorne"),
    ]  # fmt: skip
    assert register.verify_log() == ()


def test_the_last_administrator_stays(register: Register) -> None:
    refusals: list[Callable[[], object]] = [
        lambda: people.close(register, "Ida Thorne"),
        lambda: people.change(register, "Ida Thorne", "clerk"),
    ]
    for refused in refusals:
        with pytest.raises(Conflict, match="the only administrator"):
            refused()
    people.add(register, "Jo Marr", "administrator")
    people.change(register, "Ida Thorne", "clerk")
    with pytest.raises(Conflict, match="the only administrator"):
        people.close(register, "Jo Marr")
    with pytest.raises(UnknownPerson):
        people.close(register, "Nobody")
    with pytest.raises(RegisterError, match="no role"):
        people.change(register, "Jo Marr", "chief")


def test_an_approval_keeps_the_role_it_was_given_in(register: Register, tmp_path: Path) -> None:
    paper = a_paper(tmp_path)
    sha = register.enter(paper).paper.sha256
    register.add_claim(sha, approval("Ada Lovell", sha_of("one")), 1)
    people.change(register, "Ada Lovell", "clerk")
    people.close(register, "Ada Lovell")
    (given,) = [claim for claim in register.claims(sha) if isinstance(claim, Approve)]
    assert given.role == "reviewer"
    assert register.verify_log() == ()


# What somebody with the file could do to it, and what the log then says.
BEHIND: list[tuple[str, str]] = [
    ("UPDATE people SET role = 'releaser' WHERE key = 'ada lovell'", "name or role of Ada Lovell was changed"),
    ("UPDATE people SET closed_at = NULL WHERE key = 'cy closed'", "name or role of Cy Closed was changed"),
    ("UPDATE people SET closed_at = '2026-01-01' WHERE key = 'ada lovell'", "name or role of Ada Lovell was changed"),
    ("INSERT INTO people VALUES ('eve', 'Eve', 'releaser', '2026-01-01', NULL)", "the log never saw them added"),
    (
        "UPDATE accounts SET password = '$argon2id$other' WHERE person = 'ada lovell'",
        "How ada lovell signs in was changed",
    ),
    ("UPDATE accounts SET word = 'a', word_until = '2999' WHERE person = 'ada lovell'", "How ada lovell signs in"),
    ("UPDATE accounts SET subject = 'a' WHERE person = 'ada lovell'", "How ada lovell signs in was changed"),
    ("INSERT INTO accounts (person, password, changed_at) VALUES ('ida thorne', 'x', '2026')", "behind the log's back"),
    ("DELETE FROM accounts WHERE person = 'ada lovell'", "The account of entry"),
]


@pytest.mark.parametrize(("statement", "told"), BEHIND)
def test_what_is_done_behind_the_logs_back_is_found(register: Register, statement: str, told: str) -> None:
    accounts.set_password(register, "Ada Lovell", PASSWORD)
    people.add(register, "Cy Closed", "clerk")
    people.close(register, "Cy Closed")
    assert register.verify_log() == ()
    with register.writing() as connection:
        connection.execute(text(statement))
    (problem,) = register.verify_log()
    assert told in str(problem)


def test_a_subject_is_one_person(register: Register) -> None:
    assert accounts.of_subject(register, ISSUER, "s1") is None
    accounts.bind(register, "Ada Lovell", ISSUER, "s1", by="Ida Thorne")
    accounts.bind(register, "Ada Lovell", ISSUER, "s1", by="Ida Thorne")  # as it is already: nothing to write
    found = accounts.of_subject(register, ISSUER, "s1")
    assert found
    assert (found.name, found.role) == ("Ada Lovell", "reviewer")
    assert accounts.of_subject(register, "https://other.example.org", "s1") is None
    with pytest.raises(Conflict, match="already somebody else"):
        accounts.bind(register, "Ida Thorne", ISSUER, "s1")
    with pytest.raises(Conflict, match="already another subject"):
        accounts.bind(register, "Ada Lovell", ISSUER, "s2", first_only=True)
    accounts.bind(register, "Ada Lovell", ISSUER, "s2", by="Ida Thorne")
    assert accounts.of_subject(register, ISSUER, "s1") is None
    people.close(register, "Ada Lovell")
    assert accounts.of_subject(register, ISSUER, "s2") is None
    assert logged(register) == [("subject-bound", "Ida Thorne")] * 2 + [("person-closed", None)]
    assert register.verify_log() == ()


def test_guessing_is_slow_by_name_and_by_address_and_over_in_a_while(register: Register) -> None:
    for n in range(BY_NAME):
        assert not must_wait(register, "Ada Lovell", "192.0.2.1", at=NOW)
        failed(register, "ADA  lovell", f"192.0.2.{n}", at=NOW)
    assert must_wait(register, "Ada Lovell", "198.51.100.1", at=NOW)
    assert not must_wait(register, "Ida Thorne", "198.51.100.1", at=NOW)
    assert not must_wait(register, "Ada Lovell", "198.51.100.1", at=NOW + WINDOW + timedelta(seconds=1))
    for n in range(BY_SOURCE):
        assert not must_wait(register, "Ida Thorne", "203.0.113.9", at=NOW)
        failed(register, f"name {n}", "203.0.113.9", at=NOW)
    assert must_wait(register, "Ida Thorne", "203.0.113.9", at=NOW)
    assert not must_wait(register, "Ida Thorne", "203.0.113.10", at=NOW)
    succeeded(register, "Ada Lovell")
    assert not must_wait(register, "Ada Lovell", "198.51.100.1", at=NOW)


def test_failures_hold_over_a_restart_and_keep_no_name(register: Register, database_url: str | None) -> None:
    for _ in range(BY_NAME):
        failed(register, "hunter2 typed as a name", "192.0.2.1", at=NOW)
    again = Register.open(register.home, database_url)
    assert must_wait(again, "Hunter2 typed as a name", "192.0.2.2", at=NOW)
    with again.reading() as connection:
        assert "hunter2" not in str(connection.execute(text("SELECT * FROM attempts")).all())
    failed(again, "x", "192.0.2.9", at=NOW + 3 * attempts.WINDOW)  # what is long past goes
    with again.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM attempts")).scalar_one() == 2
    again.close()
