"""Runs of capitals in a text, and which of them may be names of people, by what stands in them and beside them.

A rule is certain where a title, a post, an initial or a verb of people says that a name follows or went before; a run
of two capitalised words that nothing explains is only possible. Why rules and no model: docs/decisions/0010.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from extract.name_beside import ACTED, BY, HUMAN
from extract.name_scripts import other_alphabets
from extract.name_words import Kind, bare, kind_of, words

Rule = Literal[
    "title", "post", "initial", "verb", "by", "label", "drafter", "surname-first", "capitals", "alone", "place"
]
SURE: frozenset[Rule] = frozenset({"title", "post", "initial", "verb", "by", "label", "drafter"})

TELLING = frozenset({Kind.NAME, Kind.TITLE})
APOSTROPHES = "’'‘ʼ´`"
HYPHENS = "\\u2010\\u2011-"
LEADING = re.compile(rf"(?<!\w)(?:d|o|al|el|ul|an|as|ad|ap|ab|de|ibn|bin)[{APOSTROPHES}{HYPHENS}]$")  # "al-Masri"
CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+$")  # "TomSmith"
PLACED = re.compile(
    r"(?i)\b(?:in|at|near|off|around|between|outside|through|the|across|along)\s+$|\b\d{1,4}[A-Za-z]?,?\s+$"
    r"|\b(?:venue|address|location):\s*$"
    r"|\b(?:towns|villages|streets|roads|sites|stations|buildings|places|boroughs|wards|parks|estates)\b[^.;]{0,80}(?:,|\band)\s+$"
)
NUMBERED = re.compile(r"\s+\d{2,6}[A-Z]{0,3}\s+")
BEGINS = re.compile(r"(?:^|[.!?:;•–—]|[\"'“‘(\[])\s*$")


class Token(NamedTuple):
    """A capitalised word and where it stands."""

    word: str
    start: int
    end: int
    kind: Kind
    also: bool  # a word that means something else is a name of people too


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a name: characters `start` to `end` of a text, and the rule that says so."""

    name: str
    start: int
    end: int
    rule: Rule

    @property
    def sure(self) -> bool:
        return self.rule in SURE


@cache
def _capitals() -> re.Pattern[str]:
    """Words with a capital, of every alphabet of Latin letters."""
    upper = "".join(chr(n) for n in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(n).isupper())
    return re.compile(rf"[{upper}][\w\u0300-\u036f{APOSTROPHES}{HYPHENS}]*")


@cache
def _between() -> re.Pattern[str]:
    """What may stand between two words of one run: a space, small words of a name, a rank's number."""
    small = "|".join(sorted(words().small, key=len, reverse=True))
    return re.compile(rf"\s+(?:(?:{small})\s+){{0,2}}", re.I)


Kinds = dict[str, tuple[Kind, bool]]


def runs(text: str, printed_small: frozenset[str], kinds: Kinds) -> Iterator[list[Token]]:
    """The runs of capitals of a text; `kinds` keeps what is known of words that were looked up before."""
    run: list[Token] = []
    for found in _capitals().finditer(text):
        start, end = found.span()
        word = found[0]
        if start and not text[start - 1].isspace():
            if text[start - 1].isalnum():  # "eTendering" is a thing; the "B" of "4471B" is nothing
                start -= 1
                if text[start].isdigit() or (start and text[start - 1].isalnum()):
                    continue
                kinds[text[start] + word] = Kind.THING, False
                word = text[start] + word
            elif led := LEADING.search(text, max(0, start - 5), start):
                start, word = led.start(), led[0] + word
        known = kinds.get(word)
        if known is None:
            known = kinds[word] = kind_of(word, printed_small), bare(word).casefold() in words().also_names
        token = Token(word, start, end, *known)
        if run and not _joined(text, run[-1], token):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _joined(text: str, last: Token, token: Token) -> bool:
    start, end = last.end, token.start
    if end - start == 1:
        return text[start].isspace() or (text[start] == "." and last.kind is Kind.INITIAL)
    if text[start] == "." and last.kind in (Kind.INITIAL, Kind.TITLE):
        start += 1
    if last.kind is Kind.TITLE and NUMBERED.fullmatch(text, start, end):
        return True
    return _between().fullmatch(text, start, end) is not None


class Run:
    """One run as it is walked from left to right: the name gathered so far, and what stands before it."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.name: list[Token] = []
        self.before: Kind | None = None
        self.strict = False
        self.found: list[Candidate] = []

    def candidates(self) -> list[Candidate]:
        for index, token in enumerate(self.tokens):
            self._take(index, token)
        self._close()
        return self.found

    def _take(self, index: int, token: Token) -> None:
        kind = self._kind_here(index, token)
        match kind:
            case Kind.TITLE if bare(token.word) == token.word:  # "the Commissioner's Grant Scheme" names nobody
                self._close()
                self.before, self.strict = kind, token.word.casefold() in words().strict and token.word != "MS"
            case Kind.POST | Kind.TITLE:
                self._close()
                self.before, self.strict = Kind.POST, False
            case Kind.LEAD if index + 1 < len(self.tokens):
                self._close()
                self.before = kind
            case Kind.PLACE:
                if self.name:  # kept, so that the same words are known for a place where nothing says so
                    start, end = self.name[0].start, token.end
                    self.found.append(Candidate(" ".join(self.text[start:end].split()), start, end, "place"))
                self._close(explained=True)
                self.before = None
            case Kind.THING | Kind.FIRM | Kind.LEAD:
                posted = kind is Kind.THING and any(later.kind is Kind.POST for later in self.tokens[index:])
                self._close(explained=not posted and bare(token.word).casefold() not in words().matters)
                self.before = None
            case Kind.KNOWN | Kind.ORDINARY:
                self._close()
                self.before = None
            case _:
                self.name.append(token._replace(kind=kind))

    def _kind_here(self, index: int, token: Token) -> Kind:
        """What a word is in its place: "Good" may end a name and does not begin one, "May" may do both."""
        also = token.also
        if self.before is Kind.TITLE and not self.name and self.strict and token.kind is not Kind.POST:
            return Kind.NAME
        if token.kind is Kind.PLACE:
            first = self.name[0] if self.name else token
            placed = index + 1 == len(self.tokens) and bare(token.word) == token.word and self._placed(first.start)
            street = token.word == "Street" and len(self.name) == 1 and first.also  # "Hope Street"
            return Kind.PLACE if not also or ((placed or street) and self.before is not Kind.TITLE) else Kind.NAME
        if token.kind is Kind.ORDINARY and also:
            followed = any(later.kind is Kind.NAME or later.also for later in self.tokens[index + 1 : index + 2])
            alone = not self.text[: token.start].strip() and self.text[self.tokens[-1].end :].lstrip()[:1] in ("", ",")
            mid = alone or not BEGINS.search(self.text[: token.start])
            return Kind.NAME if self.name or (followed and mid) else Kind.ORDINARY
        if token.kind is Kind.TOWN and not (self.name or self.before is Kind.TITLE):
            ahead = self.tokens[index + 1 : index + 2]  # "April White", and not "in April"
            follows = any(later.kind in (Kind.NAME, Kind.TOWN) or later.also for later in ahead)
            return Kind.ORDINARY if not also else Kind.NAME if follows else token.kind
        return token.kind

    def _placed(self, start: int) -> bool:
        return PLACED.search(self.text[max(0, start - 110) : start]) is not None

    def _close(self, *, explained: bool = False) -> None:
        """End the name gathered so far; where what follows explains it, only a title before it makes it one."""
        name, before = self.name, self.before
        self.name = []
        while name and name[-1].kind is Kind.SMALL and len(name) > 2 and name[-1].word.islower():
            name.pop()
        whole = [token for token in name if token.kind is not Kind.INITIAL]
        likely = [token for token in whole if token.kind is Kind.NAME]
        titled = before is Kind.TITLE and bool(whole)
        sure = self.strict or len([token for token in whole if token.also]) > 1  # "Superintendent Chelsea York"
        if before is Kind.LEAD or (explained and not titled) or not (likely or (titled and sure)):
            return
        rule: Rule = "alone" if len(whole) == 1 else "capitals"
        if titled:
            rule = "title"
        elif len(name) > len(whole) and self._initialled(name):
            rule = "initial"
        elif before is Kind.POST and len(whole) > 1:
            rule = "post"
        start, end = name[0].start, name[-1].start + len(bare(name[-1].word))
        beside = any(token.kind is not Kind.ORDINARY for token in self.tokens if token not in name)
        if rule == "alone" and beside and before is not Kind.POST:
            return  # "City Hall": beside other capitals one word that is left over names nobody
        if rule in ("capitals", "alone"):
            rule = self._beside(rule, start, end)
        self.found.append(Candidate(" ".join(self.text[start:end].split()), start, end, rule))

    def _initialled(self, name: Sequence[Token]) -> bool:
        """Whether one letter is an initial: with a full stop or another initial, or small words and the like go on."""
        first = name[0]
        if first.kind is not Kind.INITIAL:
            return name[-1].kind is not Kind.INITIAL or len(name) > 1
        return self.text[first.end : first.end + 1] == "." or (first.word != "A" and len(name) > 1)

    def _beside(self, rule: Rule, start: int, end: int) -> Rule:
        if HUMAN.match(self.text, end):
            return "verb"
        before = self.text[max(0, start - 40) : start]
        if BY.search(before):
            return "by" if rule == "capitals" else "alone"
        label = re.search(r"([\w-]+)\s*[:–-]\s*$", before)
        return "label" if label and label[1].casefold() in words().labels else rule


def candidates(text: str, printed_small: frozenset[str], kinds: Kinds) -> Iterator[Candidate]:
    """Everything in a text that may be a name of a person, the least likely included (`alone`)."""
    for start, end in other_alphabets(text):
        yield Candidate(" ".join(text[start:end].split()), start, end, "capitals")
    for run in runs(text, printed_small, kinds):
        found: list[Candidate] = []
        if any(token.kind in TELLING or token.also for token in run):  # without them no run can be a name
            found = Run(text, run).candidates()
        yield from found
        last = run[-1]
        by_itself = not found and all(token.kind is Kind.ORDINARY for token in run[:-1])
        if by_itself and (last.kind is Kind.TOWN or CAMEL.match(last.word)) and ACTED.match(text, last.end):
            yield Candidate(last.word, last.start, last.end, "capitals")  # "Kent was interviewed"
