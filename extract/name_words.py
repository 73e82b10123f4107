"""What a capitalised word is, as far as that can be told without a list of names: a title, a post, a thing, a place.

A word that is in no list may be part of a name, whatever language it comes from; that is the point. What explains a
word is either a row of `name_words.toml`, its ending, or the paper itself, where it prints the same word small.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any


class Kind(Enum):
    """What a word tells of the capitals beside it."""

    TITLE = "before a name"
    POST = "whose name it is"
    THING = "the head of what is no person"
    FIRM = "the end of a firm's name"
    LEAD = "the beginning of a thing's name"
    PLACE = "the end of a place's name"
    TOWN = "a place or a time, also within a name"
    KNOWN = "a firm, a system, an abbreviation"
    ORDINARY = "a word like any other"
    SMALL = "what stands small within a name"
    INITIAL = "one letter"
    NAME = "may be a name"


LISTS = {  # in the order in which they decide; a later list never takes a word from an earlier one
    "posts": Kind.POST,
    "things": Kind.THING,
    "firms": Kind.FIRM,
    "leads": Kind.LEAD,
    "places": Kind.PLACE,
    "known": Kind.KNOWN,
    "ordinary": Kind.ORDINARY,
    "towns": Kind.TOWN,
    "small": Kind.SMALL,
    "also_names": Kind.NAME,
}
LEAST_ENDED = 7  # letters: a shorter word with such an ending may be a name
# What ends so is an ordinary word; names that do so too are in `also_names`.
ENDED = re.compile(
    r"(?:[ts]ion|ment|olog|ilit|ivit|nom|graph|metr|log|tor)(?:s|y|ies)$"
    r"|(?:[ts]ion|ment|ness|ship|ware|ism|ance|ence|ity|ities|ings?|ional|ical|cial|tial|tive|ics|able|ible|wide|based|led"
    r"|ated|ised|ized|ified|ected|olved|ained|ented|ished|ally|ently|antly|ively|ously|arity|ability)$"
)
PREFIXES = frozenset({"pan", "non", "pre", "post", "multi", "cross", "anti", "inter", "intra"})  # "Pan-London"
VOWEL = re.compile(r"[AEIOUYØÆŒ]")
# Two syllables of Chinese in Latin letters: "Xiaoming" is no gerund.
PINYIN = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:[iu]?a(?:ng?|o|i)?|e(?:ng?|i)?|i(?:ng?|e|u)?|o(?:ng|u)?|iong|u(?:e|i|n|o)?)"
    r"(?:[mpljyxnbqdt])ing"
)
CAMEL = re.compile(r"[a-zà-ÿ][A-Z]")  # "ThoughtSpot"
MC = re.compile(r"(?:Mc|Mac|Fitz|De|Del|Di|Da|Du|La|Le|Van|Von|O|Ó|Ap|Al|El|Ul|Abu|Ibn)[A-ZÀ-Þ][^A-Z]+(?:-.*)?$")
POSSESSIVE = re.compile(r"[’'‘ʼ´`](?:s|S)?$")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists, each word by its kind, and the words that are names of people too."""

    kinds: dict[str, Kind]
    also_names: frozenset[str]
    small: frozenset[str]
    labels: frozenset[str]
    matters: frozenset[str]
    strict: frozenset[str]


@cache
def rows() -> dict[str, Any]:
    """The file as it is written."""
    return tomllib.loads(resources.files("extract").joinpath("name_words.toml").read_text(encoding="utf-8"))


@cache
def words() -> Words:
    """The lists of the file, read once."""
    lists = {name: frozenset(rows()[name]["words"].split()) for name in (*LISTS, "labels", "matters")}
    kinds = {word: kind for name, kind in reversed(LISTS.items()) for word in lists[name]}
    titles = {word.casefold(): row.get("strict", False) for row in rows()["title"] for word in row["words"]}
    return Words(
        kinds=kinds | dict.fromkeys(titles, Kind.TITLE),
        also_names=lists["also_names"],
        small=lists["small"],
        labels=lists["labels"],
        matters=lists["matters"],
        strict=frozenset(word for word, strict in titles.items() if strict),
    )


def bare(word: str) -> str:
    """A word without its possessive ending."""
    return POSSESSIVE.sub("", word)


def kind_of(word: str, printed_small: frozenset[str] = frozenset()) -> Kind:
    """What a capitalised word is; `printed_small` are the words that the paper prints without a capital."""
    known = words()
    plain = bare(word).casefold()
    if len(plain) == 1:
        return Kind.INITIAL
    if plain in known.kinds:
        return known.kinds[plain]
    if "-" in plain:
        return _compound(plain, known)
    if any(character.isdigit() for character in plain):
        return Kind.KNOWN
    if word.isupper() and len(word) > 2 and not VOWEL.search(unicodedata.normalize("NFD", word)):
        return Kind.KNOWN
    if CAMEL.search(word):
        return Kind.NAME if MC.match(bare(word)) else Kind.THING
    if plain in printed_small or _ended(plain):
        return Kind.ORDINARY
    if plain.endswith("s") and known.kinds.get(plain[:-1]) is Kind.THING:
        return Kind.THING
    return Kind.NAME


def _ended(plain: str) -> bool:
    """Whether the ending of a word says that it is an ordinary one."""
    named = plain.startswith("mc") or PINYIN.fullmatch(plain)
    return len(plain) >= LEAST_ENDED and ENDED.search(plain) is not None and not named


def _compound(plain: str, known: Words) -> Kind:
    """Of words with a hyphen: "Body-Worn" and "MPS-led" are ordinary, "Adeyemi-Black" may be a name."""
    kinds = [known.kinds.get(part, Kind.NAME) for part in plain.split("-") if len(part) > 1]
    ordinary = {Kind.POST, Kind.THING, Kind.FIRM, Kind.LEAD, Kind.KNOWN, Kind.ORDINARY, Kind.TITLE}
    plainly = (
        plain.split("-")[0] in PREFIXES
        or any(kind in ordinary for kind in kinds)
        or any(_ended(part) and part not in known.also_names for part in plain.split("-"))
    )
    return Kind.ORDINARY if plainly else Kind.NAME
