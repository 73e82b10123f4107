"""Only people the register knows can sign, under one name each, and only for what their role carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from review import accounts, attempts, feeds, people
from review.case import Facts, barred
from review.errors import Conflict, RegisterError, UnknownPerson
from review.register import Register
from review.roles import MAY, MAY_READ_WITHHELD, ROLES, Act, Role, fold, may, names_person, who_may

pytest_plugins = ["tests.postgres"]


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = Register.open(tmp_path / "home", database_url)
    yield register
    register.close()


def test_a_person_is_known_by_name_in_any_case_and_spacing(register: Register) -> None:
    added = people.add(register, "  Siân  O\N{RIGHT SINGLE QUOTATION MARK}Dowd ", "reviewer")
    assert added.name == "Siân O\N{RIGHT SINGLE QUOTATION MARK}Dowd"
    for spelling in ("siân o’dowd", "SIÂN\tO’DOWD", "Sia\N{COMBINING CIRCUMFLEX ACCENT}n O’Dowd"):
        assert people.find(register, spelling) == added
    assert [entry.what for entry in register.log()] == ["person-added"]


@pytest.mark.parametrize("again", ["Ada Lovell", "ADA LOVELL", "Ada \N{NO-BREAK SPACE} Lovell", "\uff21da Lovell"])
def test_two_spellings_of_a_name_are_one_person(register: Register, again: str) -> None:
    people.add(register, "Ada Lovell", "reviewer")
    with pytest.raises(Conflict, match="Ada Lovell is already known, as reviewer"):
        people.add(register, again, "releaser")
    assert [(person.name, person.role) for person in people.people(register)] == [("Ada Lovell", "reviewer")]


@pytest.mark.parametrize(
    "drawn",
    [
        "\u0410da Lovell",
        "Ad\u0430 Lovell",
        "\u0391da L\u03bfvell",
        "ad\u0430  LOVELL",
        "Ada\u3164Lovell",
        "Ada Lovell\u034f",
        "Ada Lovell\ufe0f",
        "Ada\u115fLovell",
        "Ada Love\u0406l",  # I of Ukraine
        "Ada LoveI1",  # a capital I and the figure one
        "\u1d00da Lovell",  # a small capital
        "\u0251da Lovell",  # the a of phonetics
    ],
)
def test_a_name_that_only_looks_like_another_is_refused(register: Register, drawn: str) -> None:
    people.add(register, "Ada Lovell", "reviewer")
    with pytest.raises(Conflict, match="looks the same as Ada Lovell"):
        people.add(register, drawn, "releaser")
    people.add(register, "Ada Lowell", "reviewer")
    people.add(register, "\u0410\u043d\u043d\u0430 \u0428\u0443\u0431\u0438\u043d\u0430", "reviewer")
    assert len(people.people(register)) == 3


def test_a_name_of_two_hyphens_or_two_scripts_is_no_second_person(register: Register) -> None:
    people.add(register, "Ada Mbeki-Lowe", "reviewer")
    for sign in "\u2010\u2011\u2013\uff0d\ufe63":
        with pytest.raises(Conflict):
            people.add(register, f"Ada Mbeki{sign}Lowe", "releaser")
    with pytest.raises(RegisterError, match="one script"):
        people.add(register, "\u13aada Mbeki-Lowe", "releaser")  # its first letter is Cherokee
    assert len(people.people(register)) == 1


def test_either_apostrophe_names_the_same_person(register: Register) -> None:
    printed, typed = "Zo\u00eb O\u2019Dowd", "zo\u00eb o'dowd"
    people.add(register, printed, "reviewer")
    assert people.find(register, typed).name == printed
    with pytest.raises(Conflict, match="already known"):
        people.add(register, typed, "releaser")
    accounts.set_password(register, typed, "purple otter lantern")
    for spelling in (printed, typed, "Zo\u00eb O\u02bcDowd"):
        assert accounts.check(register, spelling, "purple otter lantern") == people.find(register, printed)
    for _ in range(attempts.BY_NAME):
        attempts.failed(register, printed, "127.0.0.1")
    assert attempts.must_wait(register, typed, "127.0.0.2"), "another apostrophe is no further try"
    assert barred(Facts(None, entered_by=typed), printed, "reviewer")


# A name that nobody bears, and what is said to who gives it: a misspelt name is no second person.
UNKNOWN = [("Ann  Othr", "Is Ann Other meant?"), ("Zed", "`people add` adds one")]


@pytest.mark.parametrize(("name", "told"), UNKNOWN)
def test_an_unknown_name_is_told_what_to_do(register: Register, name: str, told: str) -> None:
    people.add(register, "Ann Other", "reviewer")
    with pytest.raises(UnknownPerson) as refusal:
        people.find(register, name)
    assert told in str(refusal.value)
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "Ada\x1b[31m Lovell", "Ada\0Lovell"])
def test_a_name_that_is_none_is_refused(register: Register, name: str) -> None:
    with pytest.raises(RegisterError, match="printable characters"):
        people.add(register, name, "reviewer")


def test_a_role_that_is_none_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError, match="The roles are clerk, reviewer, releaser, administrator"):
        people.add(register, "Ada Lovell", "chief")


def test_people_are_listed_by_name(register: Register) -> None:
    for name in ("Cy Pratt", "ada Lovell", "Bo Marsh"):
        people.add(register, name, "clerk")
    assert [person.name for person in people.people(register)] == ["ada Lovell", "Bo Marsh", "Cy Pratt"]


RIGHTS: list[tuple[Role, Act, bool]] = [
    ("clerk", "enter", True),
    ("clerk", "answer", False),
    ("clerk", "approve", False),
    ("clerk", "publish", False),
    ("reviewer", "enter", True),
    ("reviewer", "answer", True),
    ("reviewer", "withhold", True),
    ("reviewer", "release", True),
    ("reviewer", "hold", True),
    ("reviewer", "approve", True),
    ("reviewer", "withdraw", True),
    ("reviewer", "publish", False),
    ("releaser", "approve", True),
    ("releaser", "publish", True),
    ("administrator", "administer", True),
    *((role, "administer", False) for role in ("clerk", "reviewer", "releaser")),
    *(("administrator", act, False) for act in ("enter", "answer", "withhold", "approve", "withdraw", "publish")),
]


@pytest.mark.parametrize(("role", "act", "allowed"), RIGHTS)
def test_the_table_of_rights(role: Role, act: Act, allowed: bool) -> None:
    assert may(role, act) is allowed
    assert (role in who_may(act).split(" or ")) is allowed


def test_the_key_of_a_calendar_ends_with_the_account(register: Register) -> None:
    people.add(register, "Ada Lovell", "reviewer")
    key = feeds.make(register, "Ada Lovell")
    assert feeds.whose(register, key) is not None
    people.close(register, "Ada Lovell")
    people.reopen(register, "Ada Lovell")
    assert (feeds.whose(register, key), feeds.made_at(register, "Ada Lovell")) == (None, None)
    again = feeds.make(register, "Ada Lovell")
    people.change(register, "Ada Lovell", "releaser")
    assert feeds.whose(register, again) is not None, "another role is no other account"


def test_every_role_can_do_what_the_one_before_it_can_but_the_administrator_no_papers() -> None:
    assert tuple(MAY) == ROLES
    assert MAY["clerk"] < MAY["reviewer"] < MAY["releaser"]
    assert MAY["administrator"].isdisjoint(MAY["releaser"])
    assert frozenset({"reviewer", "releaser"}) == MAY_READ_WITHHELD


@pytest.mark.parametrize(
    ("statement", "name", "named"),
    [
        ("Drafting Officer: Ed Fenwick has drafted this report.", "Ed Fenwick", True),
        ("Drafting Officer: FENWICK, Ed", "ed  fenwick", True),
        ("Drafting Officer: José Ó Briain has drafted it.", "Jose O Briain", True),
        ("Drafting Officer: Siân O’Dowd", "Sian O'Dowd", True),
        ("Drafting Officer: Ed Fenwick-Lowe has drafted it.", "Mr Ed Fenwick-Lowe", True),
        ("Drafting Officer: Ed Fenwick-Lowe has drafted it.", "E Fenwick-Lowe", True),
        ("Drafting Officer: Ed Fenwick-Lowe has drafted it.", "Ed FenwickLowe", True),
        ("Drafting Officer: Ed Fenwick-Lowe has drafted it.", "Ada Lord", False),  # a title only where it comes first
        ("Drafting Officer: Ed Fenwick has drafted this report.", "Z Fenwick", False),
        ("Drafting Officer: Ed Fenwick has drafted this report.", "Mr", False),
        ("Drafting Officer: Ed Fenwick has drafted this report.", "Eda Fenwick", False),
        ("Drafting Officer: Ed Fenwick has drafted this report.", "Ada Lovell", False),
        ("Drafting Officer: ", "", False),
    ],
)
def test_whom_a_statement_names(statement: str, name: str, named: bool) -> None:
    assert names_person(statement, name) is named


def test_folding_is_stable() -> None:
    for name in ("Straße", "İlknur Ak", "\ufb01nn Ó Briain", "Ada  Lovell"):
        assert fold(fold(name)) == fold(name)
