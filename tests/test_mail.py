"""The daily mail goes out over a real server with TLS and sign-in, once a day, and has no word of any paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from review import people
from review.agenda import Task
from review.clock import Clock, MailSettings, read_clock
from review.due import Due
from review.errors import RegisterError
from review.mail import PASSWORD as PASSWORD_NAME
from review.mail import Posted, message, send_digest
from review.register import Register
from tests.command_line import partone
from tests.mailbox import PASSWORD, USER, Mailbox, Security, mail_server
from tests.registers import PUBLIC, TODAY, WITHHELD, a_paper, sha_of, staffed

pytest_plugins = ["tests.postgres"]

LATE = Due("part-2", date(2026, 2, 27), "Part 2 is to be looked at again.", overdue=True)
SOON = Due("publication", date(2026, 3, 6), "It is to be public by 6 March 2026.", overdue=False)
TASKS = (Task(sha_of("a"), "PCD 1572", LATE), Task(sha_of("b"), "PCD 1600", SOON))
TO: dict[str, list[str]] = {"reviewer": ["foi@example.org"]}


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = Register.open(tmp_path / "home", database_url)
    yield staffed(register)
    register.close()


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(tmp_path / "home")
    yield staffed(register)
    register.close()


def clock(box: Mailbox, security: Security = "starttls", to: dict[str, list[str]] | None = None, **more: Any) -> Clock:
    secret = box.authority.with_name("password")
    secret.write_text(f"{PASSWORD}\n")
    said = {"host": "127.0.0.1", "port": box.port, "security": security, "from": "desk@example.org", "to": to or TO}
    if security != "none":
        said |= {"user": USER, "password_file": secret, "authority_file": box.authority}
    settings = MailSettings.model_validate(said | more)
    return Clock(address="https://desk.example.org", mail=settings)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the connection is TLS from its beginning
@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_it_arrives(on_sqlite: Register, tmp_path: Path, security: Security) -> None:
    with mail_server(tmp_path, security) as box:
        assert send_digest(on_sqlite, TASKS, clock(box, security), TODAY) == (
            Posted("foi@example.org", sent=True, why="1 due."),
        )
    ((to, mail),) = box.taken
    assert to == ["foi@example.org"]
    assert mail["Subject"] == "Decision papers: 1 overdue, 0 due soon"
    assert mail["Auto-Submitted"] == "auto-generated"
    words = "\n".join(mail.get_content().splitlines())
    assert "OVERDUE  PCD 1572\n  Part 2 is to be looked at again.\n  https://desk.example.org/papers/" in words
    assert "PCD 1600" not in words, "a reviewer does not publish"


def test_it_is_sent_once_a_day_unless_it_is_asked_for_again(register: Register, tmp_path: Path) -> None:
    with mail_server(tmp_path, "starttls") as box:
        settings = clock(box)
        (first,) = send_digest(register, TASKS, settings, TODAY)
        (second,) = send_digest(register, TASKS, settings, TODAY)
        (third,) = send_digest(register, TASKS, settings, TODAY, again=True)
        (next_day,) = send_digest(register, TASKS, settings, TODAY + timedelta(days=1))
    assert [each.sent for each in (first, second, third, next_day)] == [True, False, True, True]
    assert not second.failed
    assert second.why == "It was sent today already; --again sends it once more."
    assert len(box.taken) == 3
    assert register.verify_log() == ()
    assert "example.org" not in str(register.log())


def test_each_gets_what_they_may_see_to_and_each_address_one_mail(on_sqlite: Register, tmp_path: Path) -> None:
    to = {"clerk": ["in@example.org"], "reviewer": ["foi@example.org", "foi@example.org"],
          "Bo Marsh": ["bo@example.org", "foi@example.org"]}  # fmt: skip
    with mail_server(tmp_path, "starttls") as box:
        posted = send_digest(on_sqlite, TASKS, clock(box, to=to), TODAY)
    assert {each.to: (each.sent, each.why) for each in posted} == {
        "in@example.org": (False, "Nothing is due for them."),
        "foi@example.org": (True, "2 due."),
        "bo@example.org": (True, "2 due."),
    }
    assert sorted(to[0] for to, _ in box.taken) == ["bo@example.org", "foi@example.org"]


def test_somebody_the_register_does_not_know_is_told_of_and_the_others_get_theirs(
    on_sqlite: Register, tmp_path: Path
) -> None:
    with mail_server(tmp_path, "starttls") as box:
        posted = send_digest(on_sqlite, TASKS, clock(box, to={"Nobody Known": ["x@example.org"], **TO}), TODAY)
    assert [(each.to, each.sent, each.failed) for each in posted] == [
        ("Nobody Known", False, True),
        ("foi@example.org", True, False),
    ]
    assert "does not know" in posted[0].why


FAILURES: list[tuple[str, dict[str, Any], str]] = [
    ("a wrong password", {"user": "somebody"}, "does not take the name and password"),
    ("a certificate nobody vouches for", {"authority_file": None}, "a certificate that this machine does not trust"),
    ("TLS where none is spoken", {"security": "tls"}, "speaks no TLS"),
    ("nobody there", {"port": 1}, "could not be reached on port 1 ("),
    ("no such machine", {"host": "no-such-machine.invalid"}, "could not be reached"),
    ("no such password file", {"password_file": Path("/nowhere/at/all")}, "cannot be read"),
    ("in the clear to another machine", {"security": "none", "host": "192.0.2.1"}, "goes to this machine alone"),
    ("in the clear to a server that wants TLS", {"security": "none"}, "127.0.0.1"),
]


@pytest.mark.parametrize(("changed", "words"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_what_goes_wrong_is_a_sentence_and_nothing_is_sent(
    on_sqlite: Register, tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    with mail_server(tmp_path, "starttls") as box:
        settings = clock(box)
        assert settings.mail is not None
        settings = settings.model_copy(update={"mail": settings.mail.model_copy(update=changed)})
        (posted,) = send_digest(on_sqlite, TASKS, settings, TODAY)
    assert posted.failed
    assert words in posted.why
    assert PASSWORD not in posted.why
    assert box.taken == []
    assert not any(entry.what == "mail-sent" for entry in on_sqlite.log()), "so it is tried again next time"


def test_one_address_that_is_refused_keeps_nobody_else_from_theirs(on_sqlite: Register, tmp_path: Path) -> None:
    with mail_server(tmp_path, "starttls") as box:
        box.refuses.add("gone@example.org")
        to = {"reviewer": ["gone@example.org", "foi@example.org"]}
        posted = send_digest(on_sqlite, TASKS, clock(box, to=to), TODAY)
    assert [(each.sent, each.failed) for each in posted] == [(False, True), (True, False)]
    assert "does not take mail for this address" in posted[0].why


def test_the_password_may_stand_in_the_environment(
    on_sqlite: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server(tmp_path, "starttls") as box:
        settings = clock(box, password_file=None)
        (posted,) = send_digest(on_sqlite, TASKS, settings, TODAY)
        assert PASSWORD_NAME in posted.why
        monkeypatch.setenv(PASSWORD_NAME, PASSWORD)
        (posted,) = send_digest(on_sqlite, TASKS, settings, TODAY)
    assert posted.sent


def test_without_a_server_it_says_what_to_set(on_sqlite: Register) -> None:
    with pytest.raises(RegisterError, match=r"desk.toml needs a table \[mail\]"):
        send_digest(on_sqlite, TASKS, Clock(), TODAY)


# No header of somebody's making

SENDER = MailSettings.model_validate({"host": "127.0.0.1", "from": "desk@example.org", "to": TO})


@given(st.text(max_size=80), st.text(max_size=200))
def test_whatever_a_paper_is_called_stays_in_the_body(name: str, why: str) -> None:
    due = Due("review", TODAY, why, overdue=True)
    mail = message(SENDER, "foi@example.org", [Task(sha_of("a"), name, due)], Clock(), TODAY)
    assert sorted(mail.keys()) == sorted(
        ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
         "MIME-Version")
    )  # fmt: skip
    assert mail["Subject"] == "Decision papers: 1 overdue, 0 due soon"
    head = mail.as_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    assert len([line for line in head.splitlines() if not line.startswith((b" ", b"\t"))]) == 9


@pytest.mark.parametrize(
    "address",
    [
        "foi@example.org\r\nBcc: all@example.org",  # a header of its own
        "foi@example.org, all@example.org",  # two addresses
        "FOI <foi@example.org>",  # a name, in which anything may stand
        "foi",  # none
        "",
    ],
)
def test_what_is_no_bare_address_is_refused(address: str) -> None:
    for said in ({"from": address, "to": TO}, {"from": "desk@example.org", "to": {"reviewer": [address]}}):
        with pytest.raises(ValidationError):
            MailSettings.model_validate({"host": "127.0.0.1", **said})


# From the command line

SETTINGS = """
[clock]
working_days = 5

[mail]
host = "127.0.0.1"
port = {port}
user = "partone"
password_file = "{password}"
authority_file = "{authority}"
from = "desk@example.org"

[mail.to]
releaser = ["release@example.org"]
"""


def test_the_command_sends_it_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    register = Register.open(home)
    people.add(register, "Bo Marsh", "releaser")
    register.enter(a_paper(tmp_path))
    register.close()
    with mail_server(tmp_path, "starttls") as box:
        password = tmp_path / "password"
        password.write_text(PASSWORD)
        written = SETTINGS.format(port=box.port, password=password, authority=box.authority)
        (home / "desk.toml").write_text(written)
        sent = partone("due", "--mail", home=home)
        again = partone("due", "--mail", home=home)
        box.refuses.add("release@example.org")
        refused = partone("due", "--mail", "--again", home=home)
    assert (sent.code, again.code, refused.code) == (0, 0, 1), sent.err + again.err + refused.err
    assert "release@example.org: sent." in sent.err
    assert "release@example.org: not sent. It was sent today already" in again.err
    assert "release@example.org: not sent. 127.0.0.1 does not take mail" in refused.err
    ((_, mail),) = box.taken
    words = mail.as_string()
    assert "PCD 1572" in words
    for secret in (PUBLIC, WITHHELD, "Bicycles", "Quillfeather", PASSWORD):
        assert secret not in words


WRONG = [
    ("[mail]\nhost = 'x'", "in [mail], from: Field required."),
    ("[mail]\nhost = 'x'\nfrom = 'a@b.c'\nto = {}\npassword = 'hunter-two'", "in [mail], to:"),
    ("mail = 5", "in [mail], the table:"),
    ("clock = 5", "[clock] and [mail] are tables."),
    ("[clock]\nworking_days = -1", "in [clock], working_days:"),
    ("[clock]\nworkingdays = 5", "in [clock], workingdays:"),
    ("[clock]\nclosed_days = [2026-12-24, 'soon']", "in [clock], closed_days"),
    ("[clock", "cannot be read"),
]


@pytest.mark.parametrize(("written", "words"), WRONG)
def test_settings_that_cannot_be_are_told_with_their_line_and_without_their_value(
    tmp_path: Path, written: str, words: str
) -> None:
    (tmp_path / "desk.toml").write_text(written)
    with pytest.raises(RegisterError) as told:
        read_clock(tmp_path)
    assert words in str(told.value)
    assert "hunter-two" not in str(told.value)


def test_settings_of_the_desk_beside_them_are_left_to_the_desk(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text("port = 9000\n[clock]\nworking_days = 3\nclosed_days = [2026-12-24]\n")
    assert read_clock(tmp_path) == Clock(working_days=3, closed_days=frozenset({date(2026, 12, 24)}))
