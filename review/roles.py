"""Who may do what, as rows: a role and the acts it carries. Also how two spellings of one name are told to be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import get_args

from review.moves import Act as Act  # these are read through here
from review.moves import Role as Role
from review.moves import carried_by

ROLES: tuple[Role, ...] = get_args(Role)
MAY: dict[Role, frozenset[Act]] = {role: carried_by(role) for role in ROLES}
"""The acts that each role carries, as the rows of `review.moves` say."""
MAY_READ_WITHHELD: frozenset[Role] = frozenset({"reviewer", "releaser"})
"""Who may see text that is withheld. Whoever looks after the accounts has no need to, and decides on no paper."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the register knows by name."""

    name: str
    role: Role
    added_at: str
    closed_at: str | None = None


def may(role: Role, act: Act) -> bool:
    """Whether a role carries an act."""
    return act in MAY[role]


def who_may(act: Act) -> str:
    """The roles that carry an act, for a sentence: "reviewer or releaser"."""
    return " or ".join(role for role in ROLES if act in MAY[role])


def a(role: str) -> str:
    """A role with its article, for a sentence: "a clerk", "an administrator"."""
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def tidy_name(name: str) -> str:
    """A name as it is kept: composed characters, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip()


def fold(name: str) -> str:
    """The key two spellings of one name share: case and white space do not tell people apart."""
    return unicodedata.normalize("NFKC", tidy_name(name).casefold())


APOSTROPHES = "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`"


def as_typed(name: str) -> str:
    """The key of a name as a keyboard types it: one apostrophe is as good as another, and tells nobody apart."""
    return fold(name.translate(dict.fromkeys(map(ord, APOSTROPHES), "'")))


TITLES = re.compile(r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|cllr)\b\.?\s*)+")
LONG = 6  # letters of a word of a name that is sought whatever stands between them: "MbekiLowe" in "Mbeki-Lowe"


def who_entered(entered_by: str | None) -> tuple[str, ...]:
    """Everybody who put a paper in, as the register keeps them: a line each, which no name holds."""
    return tuple(entered_by.split("\n")) if entered_by else ()


def names_person(statement: str, name: str) -> bool:
    """Whether every word of a name stands in a statement, in any order, accents, hyphens and titles aside.

    Wide on purpose: it decides who may not approve, and "Okafor, José" in a paper is José Okafor, Mr J Okafor too.
    """
    words, said = _bare_words(TITLES.sub("", _plain(name))), _bare_words(statement)
    runs = "".join(re.findall(r"[^\W_]+", _plain(statement)))
    return any(len(word) > 1 for word in words) and all(
        word in said or (len(word) >= LONG and word in runs) or (len(word) == 1 and any(s[0] == word for s in said))
        for word in words
    )


def _bare_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _plain(text)))


def _plain(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
