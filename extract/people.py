"""Who is named in a paper, and in which places: each person once, with every mention of every word of the name.

What is sure (a title, a post, a verb of people) is a person; what is only two capitals that nothing explains is
possible, and a single one is a bare word that nobody here knows. Names in what is never public, such as the drafting
officer's, are looked for in what would be public too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.drafting import drafters
from extract.formats import legible
from extract.name_runs import BEGINS, SURE, Candidate, Kinds, Rule, candidates
from extract.name_spelling import AT, again, plain_letters
from extract.name_words import Kind, kind_of, words
from extract.record import DecisionRecord
from extract.texts import public_texts

CELL = re.compile(r"(.+/t\d+)/r(\d+)/c(\d+)")
FIRM = re.compile(r"\b(?:Ltd|Limited|LLP|plc|PLC|Inc|GmbH|CIC|Corporation)\b")
SURNAME_FIRST = re.compile(r"\s*([^\W\d_][\w’'‐‑-]+),\s*([^\W\d_][\w’'.‐‑ -]*)")
DEFINED = re.compile(r"\(([A-Z][A-Za-z&]{2,9})\)")
DRAFTER: Rule = "drafter"
UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff\uff00-\uffef]")


class Mention(NamedTuple):
    """Characters `start` to `end` of a text of the record, by its place."""

    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named, or may be: the longest form of the name, the rule that found it, and all its mentions."""

    name: str
    rule: Rule
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The people of a paper: those who are surely named, those who may be, and words with a capital nobody knows."""

    people: tuple[Person, ...]
    possible: tuple[Person, ...]
    unknown: tuple[Person, ...]


Found = list[tuple[str, Candidate]]


def named_in(record: DecisionRecord) -> Named:
    """Everybody named in what would be public of a paper, each once."""
    texts = {text.place: text.text for text in public_texts(record)}
    whole = "\n".join(texts.values())
    small = frozenset(word for word in set(whole.split()) if word.islower() and word.isalpha()) - words().also_names
    kinds: Kinds = {}
    found = [(place, name) for place, text in texts.items() for name in _candidates(place, text, texts, small, kinds)]
    sources = dict.fromkeys(name.name for _, name in found if name.sure)
    sources |= dict.fromkeys(_elsewhere(record, small, kinds))
    rules: dict[str, Rule] = {}
    for _, name in found:
        rules.setdefault(name.name, name.rule)
    people = tuple(_people(texts, _distinct(sources), rules, found))
    taken = [mention for person in people for mention in person.mentions]
    explained = _explained(record, whole, found)
    rest = [
        (place, name) for place, name in found
        if not name.sure and plain_letters(name.name) not in explained and not _within(taken, place, name)
    ]  # fmt: skip
    unknown = (each for each in rest if each[1].rule == "alone" and _in_a_sentence(texts[each[0]], *each))
    return Named(
        people=people,
        possible=_grouped(each for each in rest if each[1].rule in ("capitals", "surname-first")),
        unknown=_grouped(unknown),
    )


def mentions_of(record: DecisionRecord, name: str) -> tuple[Mention, ...]:
    """Every place where a name, or a telling word of it, stands in what would be public, in order."""
    texts = {text.place: text.text for text in public_texts(record)}
    return tuple(Mention(place, *spot) for _, place, spot in again(texts, [name]))


def _candidates(
    place: str, text: str, texts: Mapping[str, str], small: frozenset[str], kinds: Kinds
) -> Iterator[Candidate]:
    if UNSEEN.search(text):
        copy = legible(text)[0]
        for name in candidates(copy.text, small, kinds):
            start, end = copy.span(name.start, name.end)
            yield Candidate(name.name, start, end, name.rule)
        return
    cell = CELL.fullmatch(place)
    if cell is None:
        yield from candidates(text, small, kinds)
        return
    labelled = _labelled(cell, texts)
    if _turned(text, small):
        yield Candidate(text.strip(), 0, len(text), "label" if labelled else "surname-first")
        return
    for name in candidates(text, small, kinds):
        yield Candidate(name.name, name.start, name.end, "label") if labelled and name.rule != "place" else name


def _turned(text: str, small: frozenset[str]) -> bool:
    """Whether a cell is "Okafor, Amara"."""
    turned = SURNAME_FIRST.fullmatch(text)
    if turned is None or len(turned[2].split()) > 3 or not turned[2][0].isupper():
        return False
    given = kind_of(turned[2].split()[0], small)
    return kind_of(turned[1], small) is Kind.NAME and given in (Kind.NAME, Kind.INITIAL, Kind.TOWN)


def _labelled(cell: re.Match[str], texts: Mapping[str, str]) -> bool:
    """Whether a cell stands under or beside a word such as "Lead" or "Author", and nothing more than that."""
    table, row, column = cell[1], int(cell[2]), int(cell[3])
    heads = [texts.get(f"{table}/r0/c{column}", "")] if row else []
    heads += [texts.get(f"{table}/r{row}/c{column - 1}", "")] if column else []
    return any(
        (last := re.findall(r"\w+", head)) and len(last) < 5 and last[-1].casefold() in words().labels for head in heads
    )


def _elsewhere(record: DecisionRecord, small: frozenset[str], kinds: Kinds) -> Iterator[str]:
    """Names in what is never public: who drafted the paper, who is named in its declarations and under Part 2."""
    yield from (who for _, who in drafters(record))
    for row in record.declarations:
        yield from (name.name for name in candidates(row.statement, small, kinds) if name.sure)
    for passage in record.withheld_passages:
        text = passage.withheld_text.get_secret_value()
        yield from (name.name for name in candidates(text, small, kinds) if name.sure)


def _distinct(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Names that share all their words with a longer one are that one; the longest form comes first."""
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda name: -len(name.split())):
        own = {plain_letters(word).strip(".,") for word in name.split()}
        for group in groups:
            if own <= {plain_letters(word).strip(".,") for word in group[0].split()}:
                group.append(name)
                break
        else:
            groups.append([name])
    return [tuple(group) for group in groups]


def _people(
    texts: Mapping[str, str], groups: Sequence[tuple[str, ...]], rules: Mapping[str, Rule], found: Found
) -> Iterator[Person]:
    order = {place: n for n, place in enumerate(texts)}
    spots: dict[str, set[Mention]] = {}
    for name, place, (start, end) in again(texts, [group[0] for group in groups]):
        spots.setdefault(name, set()).add(Mention(place, start, end))
    for group in groups:
        mentions = {m for m in spots.get(group[0], set()) if not _of_another(m, group[0], found)}
        own = [Mention(place, name.start, name.end) for place, name in found if name.sure and name.name in group]
        mentions |= {m for m in own if not any(_overlap(m, other) for other in mentions)}
        if mentions:
            rule = next((rules[name] for name in group if rules.get(name) in SURE), DRAFTER)
            # Where the longest form stands under Part 2 alone, it is no form to quote.
            printed = [" ".join(texts[m.place][m.start : m.end].split()) for m in mentions]
            name = group[0] if group[0] in rules or group[0] in printed else max(sorted(printed), key=len)
            yield Person(name, rule, tuple(sorted(mentions, key=lambda m: (order[m.place], m.start))))


def _of_another(mention: Mention, name: str, found: Found) -> bool:
    """Whether a word of a name stands within the name of somebody else: the David of David Holley is no other David."""
    own = {plain_letters(word).strip(".,") for word in name.split()}
    return any(
        place == mention.place
        and other.start <= mention.start
        and mention.end <= other.end
        and other.end - other.start > mention.end - mention.start
        and not {plain_letters(word).strip(".,") for word in other.name.split()} <= own
        for place, other in found
        if other.rule != "place"
    )


def _overlap(one: Mention, other: Mention) -> bool:
    return one.place == other.place and one.start < other.end and other.start < one.end


def _within(taken: Sequence[Mention], place: str, name: Candidate) -> bool:
    return any(m.place == place and m.start <= name.start and name.end <= m.end for m in taken)


def _grouped(found: Iterable[tuple[str, Candidate]]) -> tuple[Person, ...]:
    groups: dict[str, list[tuple[str, Candidate]]] = {}
    for place, name in found:
        groups.setdefault(plain_letters(name.name), []).append((place, name))
    return tuple(
        Person(group[0][1].name, group[0][1].rule, tuple(Mention(place, name.start, name.end) for place, name in group))
        for group in groups.values()
    )


def _in_a_sentence(text: str, place: str, name: Candidate) -> bool:
    """Whether a word by itself has a capital though nothing around it asks for one, and is no abbreviation."""
    headed = place in ("title", "approval.decision_maker") or place.startswith("part2.")
    headed |= place.endswith(("/heading", "/caption")) or "/r0/" in place
    before = text[: name.start]
    return not (headed or sum(map(str.isupper, name.name)) > 1 or BEGINS.search(before) or AT.search(before))


def _explained(record: DecisionRecord, whole: str, found: Found) -> frozenset[str]:
    """Runs of capitals that the paper explains in another place: firms, places, terms with their abbreviation."""
    told = {plain_letters(name.name) for _, name in found if name.rule == "place"}
    firms = [_before(whole, match.start()) for match in FIRM.finditer(whole)] + [
        award.supplier for award in record.awards if award.supplier
    ]
    for firm in firms:
        each = plain_letters(firm).split()
        told |= {" ".join(each[m:n]) for m in range(len(each)) for n in range(m + 1, len(each) + 1)}
    for match in DEFINED.finditer(whole):
        letters = match[1].upper()
        before = re.findall(r"[^\W\d_][\w’'-]*", whole[max(0, match.start() - 90) : match.start()])
        capitals = [word for word in before if word[0].isupper()][-len(letters) :]
        if "".join(word[0] for word in capitals).upper() == letters:
            told |= {plain_letters(" ".join(capitals)), *(plain_letters(word) for word in capitals)}
    return frozenset(told)


def _before(whole: str, at: int) -> str:
    """The run of capitals right before a place: the name of a firm, whose ending stands there."""
    taken: list[str] = []
    for word in reversed(whole[max(0, at - 70) : at].split()):
        if not (word[0].isupper() or word in ("&", "and", "of")) or word[-1] in ".;:":
            break
        taken.append(word.strip(",()"))
    return " ".join(reversed(taken))
