"""The names in some words, and where they stand again in whole or in part: a surname, or a firm without its "Ltd"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.name_runs import BEGINS, PLACED, Kinds, Token, runs
from extract.name_spelling import again, parts_of, squeezed
from extract.name_words import Kind, words
from publish.body import body

FEW = 2  # words beside a name: with more of them it is a phrase in which somebody is named
SUBJECT = re.compile(r"title$|.*/heading$")  # what a paper is about is public


@dataclass(frozen=True, slots=True)
class Told:
    """A name that some words hold: the words of it that tell it by themselves, and how sure it is that it is one."""

    name: str
    alone: frozenset[str]
    firm: bool  # of ordinary words, and so only with its capitals
    doubtful: bool  # its capital may be that of a sentence
    whole: bool  # hardly anything but the name is said


def printed_small(texts: Mapping[str, str]) -> frozenset[str]:
    """The words that a paper prints without a capital: they are words like any other."""
    every = {word.strip(".,;:()") for text in texts.values() for word in text.split()}
    return frozenset(word for word in every if word.islower() and word.isalpha()) - words().also_names


def names_told(said: str, small: frozenset[str]) -> tuple[Told, ...]:
    """The names of people and firms in some words, as far as capitals and what stands beside them tell."""
    kinds: Kinds = {}
    return tuple(told for run in runs(said, small | _own(), kinds) for told in _of_run(said, run))


def _own() -> frozenset[str]:
    """The words of the body's own names."""
    ours = body()
    return frozenset(re.findall(r"\w+", f"{ours.name} {ours.short_name} {ours.register_name}".casefold()))


def _of_run(said: str, run: Sequence[Token]) -> Iterator[Told]:
    firm = next((n for n, token in enumerate(run) if token.kind is Kind.FIRM), 0)
    rest = len(re.findall(r"[^\W_]+", said))
    if firm > 1 or (firm and _of_a_name(run[0])):
        yield _told(said, run[:firm], firm=True, whole=rest - firm <= FEW + 1)
    segment: list[Token] = []
    before: Token | None = None
    for token in (*run, None):
        if token is not None and _of_a_name(token):
            segment.append(token)
            continue
        titled = before is not None and before.kind is Kind.TITLE
        surely = titled or firm > 0
        whole = rest - len(segment) - (titled + (firm > 0)) <= FEW
        explained = len(run) > len(segment) and not (surely or whole or _called_after(run))
        if not explained and _names(said, segment, titled):
            yield _told(said, segment, whole=whole, sure=surely)
        segment, before = [], token


def _called_after(run: Sequence[Token]) -> bool:
    """Whether a thing is one that is called after a person: "the Okafor Inquest"."""
    return any(token.word.casefold() in words().matters for token in run)


def _of_a_name(token: Token) -> bool:
    return token.kind in (Kind.NAME, Kind.INITIAL, Kind.SMALL, Kind.TOWN) or (
        token.also and token.kind in (Kind.PLACE, Kind.ORDINARY)
    )


def _names(said: str, segment: Sequence[Token], titled: bool) -> bool:
    """Whether a run of capitals names somebody: by a word that is nothing else, a title, or two that may be names."""
    if not segment or (segment[-1].kind is Kind.PLACE and PLACED.search(said, 0, segment[0].start)):
        return False
    sure = any(token.kind is Kind.NAME and not token.also for token in segment)
    both = len(segment) > 1 and all(token.also for token in segment)
    return sure or titled or both


def _told(said: str, tokens: Sequence[Token], *, whole: bool, firm: bool = False, sure: bool = False) -> Told:
    telling = [token for token in tokens if token.kind is Kind.NAME and not token.also]
    if not telling or tokens[-1].also:
        telling.append(tokens[-1])  # of a name of ordinary words the last, which is the surname
    begins = len(tokens) == 1 and BEGINS.search(said[: tokens[0].start]) is not None
    return Told(
        name=said[tokens[0].start : tokens[-1].end],
        alone=frozenset(_letters(part) for token in telling for part in parts_of(token.word) if not firm),
        firm=firm,
        doubtful=begins and not (whole or sure or firm),
        whole=whole,
    )


def told_again(
    texts: Mapping[str, str], said: str, small: frozenset[str] | None = None
) -> Iterator[tuple[str, int, int]]:
    """Every place where a name in some words stands, whole or by a word that tells it, however it is spelt.

    Of a phrase that says more than a name, what the paper's title or a heading names is its subject, and no news.
    """
    for told in names_told(said, printed_small(texts) if small is None else small):
        every = [
            (place, start, end)
            for _, place, (start, end) in again(texts, [told.name])
            if _tells(told, texts[place], start, end)
        ]
        if told.whole or not any(SUBJECT.fullmatch(place) for place, _, _ in every):
            yield from every


def _tells(told: Told, text: str, start: int, end: int) -> bool:
    found = text[start:end]
    several = len(re.findall(r"[^\W_]+(?:['’`][^\W_]+)*", found)) > 1
    if not several and _letters(found) != _letters(told.name) and _letters(found) not in told.alone:
        return False
    if told.firm and found.islower() and several:
        return False
    return not told.doubtful or found.isupper() or BEGINS.search(text[:start]) is None


def _letters(text: str) -> str:
    return squeezed(text).replace("ss", "s")
