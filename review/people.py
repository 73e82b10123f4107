"""The people the register knows: a name and a role each. A name no one added can sign nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, replace
from difflib import get_close_matches

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from review import audit, sessions
from review.database import Database
from review.errors import Conflict, NotAllowed, RegisterError, UnknownPerson
from review.roles import APOSTROPHES, ROLES, Act, Person, a, as_typed, fold, may, tidy_name, who_may
from review.tables import feeds
from review.tables import people as people_table

# Cyrillic, then Greek, each under the Latin letter it is drawn like.
LOOK_ALIKE = str.maketrans(
    "АВЕЗКМНОРСТУХаеорсухЅІЈѕіјһԁԛԝӀӏҮүԌԍ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνικυγαϲϳ",
    "ABE3KMHOPCTYXaeopcyxSIJsijhdqwIlYyGg" + "ABEZHIKMNOPTYXopvikuyacj",
)

# Small capitals, and letters of phonetics; then what is drawn like l and O once its script is put aside.
LOOK_ALIKE |= str.maketrans("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡɩı", "abcdeghijklmnoprstuvwyzagii")
ONE_STROKE = str.maketrans("I1|0", "lllO")

# What is drawn as a space, or as the hyphen of the keyboard.
BLANK = dict.fromkeys(map(ord, "\u3164\u115f\u1160\uffa0\u2800"), " ")
HYPHEN = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
UNSEEN = ("Cf", "Mn", "Me")  # once letters and their accents are one character
SCRIPT = re.compile(r"[A-Z]+")


def add(register: Database, name: str, role: str, by: str | None = None) -> Person:
    """Make a person known. Two spellings that differ in case or white space are one name and refused."""
    tidy = tidy_name(name)
    if not tidy or len(tidy) > 100 or not tidy.isprintable():
        raise RegisterError("A person needs a name of up to 100 printable characters.")
    if role not in ROLES:
        raise RegisterError(f"There is no role “{role}”. The roles are {', '.join(ROLES)}.")
    person = Person(tidy, role, audit.now())
    with register.writing() as connection:
        known = _look_up(connection, tidy)
        if known:
            raise Conflict(f"{known.name} is already known, as {known.role}.")
        for other in connection.execute(select(people_table.c.name)).scalars():
            if skeleton(other) == skeleton(tidy):
                raise Conflict(f"“{tidy}” looks the same as {other}, who is already known, but is written otherwise.")
        if len(_scripts(tidy)) > 1:
            raise RegisterError("A name is written in the letters of one script: of two, somebody could look alike.")
        row = {"key": fold(tidy), "name": tidy, "role": role, "added_at": person.added_at}
        connection.execute(insert(people_table).values(**row))
        audit.append(connection, "person-added", audit.person_body(row), by=by)
    return person


def change(register: Database, name: str, role: str, by: str | None = None) -> Person:
    """Give a person another role. What they approved before stays as the role approved it that they had then."""
    if role not in ROLES:
        raise RegisterError(f"There is no role “{role}”. The roles are {', '.join(ROLES)}.")
    with register.writing() as connection:
        person = known(connection, name)
        if person.closed_at is not None:
            raise Conflict(f"The account of {person.name} is closed.")
        if person.role == role:
            raise Conflict(f"{person.name} is already {a(role)}.")
        return _change(connection, replace(person, role=role), "person-changed", by)


def close(register: Database, name: str, by: str | None = None) -> Person:
    """Close a person's account: they sign in no more and sign nothing more; what they signed stands."""
    with register.writing() as connection:
        person = known(connection, name)
        if person.closed_at is not None:
            raise Conflict(f"The account of {person.name} is closed already.")
        return _change(connection, replace(person, closed_at=audit.now()), "person-closed", by)


def reopen(register: Database, name: str, by: str | None = None) -> Person:
    """Open a closed account again, in the role it had."""
    with register.writing() as connection:
        person = known(connection, name)
        if person.closed_at is None:
            raise Conflict(f"The account of {person.name} is open.")
        return _change(connection, replace(person, closed_at=None), "person-reopened", by)


def _change(connection: Connection, person: Person, what: str, by: str | None) -> Person:
    """Write a changed person down, log it, and end their sessions, all in one: a new role begins with a new sign-in.

    The key of a calendar ends for good with the account.
    """
    row = {**asdict(person), "key": fold(person.name)}
    before = known(connection, person.name)
    others = select(func.count()).where(
        people_table.c.role == "administrator", people_table.c.closed_at.is_(None), people_table.c.key != row["key"]
    )
    leaves = before.role == "administrator" and before.closed_at is None
    if leaves and not connection.execute(others).scalar_one():
        raise Conflict(f"{person.name} is the only administrator. Make somebody else one first.")
    connection.execute(update(people_table).where(people_table.c.key == row["key"]).values(**row))
    sessions.end_all(connection, person.name)
    if person.closed_at != before.closed_at:  # who was handed its address must not read on when it is open again
        connection.execute(delete(feeds).where(feeds.c.person == row["key"]))
    audit.append(connection, what, audit.person_body(row), by=by)
    return person


def skeleton(name: str) -> str:
    """What a name looks like: letters that are drawn as Latin ones count as these, so that nobody can pass for two.

    What nobody sees counts for nothing.
    """
    seen = tidy_name(name.translate(BLANK | HYPHEN)).translate(LOOK_ALIKE).translate(BLANK | HYPHEN)
    return fold("".join(sign for sign in seen.translate(ONE_STROKE) if unicodedata.category(sign) not in UNSEEN))


def _scripts(name: str) -> set[str]:
    """The scripts of a name's letters, by what the letters are called: LATIN, CYRILLIC, CHEROKEE."""
    called = (unicodedata.name(sign, "") for sign in name if sign.isalpha())
    return {found[0] for each in called if (found := SCRIPT.match(each)) and found[0] != "MODIFIER"}


def find(register: Database, name: str) -> Person:
    """The person of that name in any case and spacing; `UnknownPerson` says how to add one."""
    with register.reading() as connection:
        return known(connection, name)


def people(register: Database) -> tuple[Person, ...]:
    """Everybody the register knows, by name."""
    with register.reading() as connection:
        rows = connection.execute(select(people_table).order_by(people_table.c.key))
        return tuple(Person(row.name, row.role, row.added_at, row.closed_at) for row in rows)


def known(connection: Connection, name: str) -> Person:
    """The same as `find`, inside a transaction that goes on."""
    person = _look_up(connection, name)
    if person is None:
        tidy = tidy_name(name)
        names = connection.execute(select(people_table.c.name)).scalars().all()
        near = get_close_matches(tidy, names, n=1)
        remedy = f"Is {near[0]} meant?" if near else "`partone people list` says whom it knows, `people add` adds one."
        raise UnknownPerson(f"The register does not know “{tidy}”. {remedy}")
    return person


def permitted(connection: Connection, name: str, act: Act) -> Person:
    """The person of that name, if their account is open and their role carries the act; `NotAllowed` says why not."""
    person = known(connection, name)
    if person.closed_at is not None:
        raise NotAllowed((f"The account of {person.name} is closed.",))
    if not may(person.role, act):
        raise NotAllowed((f"{person.name} is {a(person.role)}; to {act} takes {a(who_may(act))}.",))
    return person


def _look_up(connection: Connection, name: str) -> Person | None:
    exact = people_table.c.key == fold(name)
    row = connection.execute(select(people_table).where(exact | named(name)).order_by(exact.desc())).first()
    return Person(row.name, row.role, row.added_at, row.closed_at) if row else None


def named(name: str) -> ColumnElement[bool]:
    """Whose key a name is when its apostrophe is typed as the keyboard has it, or as it is printed."""
    key: ColumnElement[str] = people_table.c.key
    for sign in APOSTROPHES:
        key = func.replace(key, sign, "'")
    return key == as_typed(name)
