"""Rules as rows: each names a pattern, the exemption it stands for, and the sentences it was tried on.

A rule may only withhold. `propose` makes its claims; whether they stand, people may say, one by one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extract import formats
from extract.claims import Marking, Markings, Span
from extract.exemptions import load as load_exemptions
from extract.formats import Legible, legible
from extract.record import DecisionRecord
from extract.texts import public_texts

CELL = re.compile(r"(.+/t\d+)/r(\d+)/c(\d+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of rules.toml. `whole` withholds the passage in which the pattern is found, and looks at passages only:
    a field such as the marking of Part 2 is printed to name a marking, not to bear one.
    """

    id: str
    exemption: str | None
    because: str
    pattern: re.Pattern[str]
    confirm: str | None
    whole: bool
    catches: tuple[str, ...]
    passes: tuple[str, ...]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The characters of `text` that this rule withholds, in order."""
        reached = 0
        for start, end in sorted({span for copy in legible(text) for span in self._spans(copy)}):
            if self.whole:
                yield 0, len(text)
                return
            if end > reached:
                yield max(start, reached), end
                reached = end

    def _spans(self, copy: Legible) -> Iterator[tuple[int, int]]:
        """What is in the group `it`, if the pattern has one, is withheld; what stands before it only leads to it."""
        group = "it" if "it" in self.pattern.groupindex else 0
        found = self.pattern.search(copy.text)
        while found:
            start, end = found.span(group)
            confirmed = start < end and (self.confirm is None or CONFIRM[self.confirm](found[group]))
            if confirmed:
                yield copy.span(start, end)
            # What was no identifier may hide the beginning of one, and one may lead to the next.
            leads = confirmed and start == found.start()
            found = self.pattern.search(copy.text, end if leads else max(start if confirmed else 0, found.start() + 1))


class RuleError(ValueError):
    """A row that does not keep to its own examples."""


@cache
def load() -> tuple[Rule, ...]:
    """All rules, each tried on its own examples; raises RuleError naming the rule and the sentence's place."""
    return parse(_source())


def parse(source: str) -> tuple[Rule, ...]:
    """Rules from their TOML; raises RuleError for a row without examples or one that fails them."""
    rows = tomllib.loads(source)["rule"]
    rules = tuple(
        Rule(
            row["id"],
            row.get("exemption"),
            row["because"],
            re.compile(row["pattern"]),
            row.get("confirm"),
            row.get("whole", False),
            tuple(row.get("catches", ())),
            tuple(row.get("passes", ())),
        )
        for row in rows
    )
    known = load_exemptions()
    for rule in rules:
        if not rule.catches or not rule.passes:
            raise RuleError(f"The rule {rule.id} needs a sentence that it catches and one that it passes.")
        if rule.exemption is not None and known.get(rule.exemption) is None:
            raise RuleError(f"The rule {rule.id} names an exemption that is not in the table.")
        for number, example in enumerate(rule.catches, 1):
            if _marked(rule, re.sub("<<|>>", "", example)) != example:
                raise RuleError(f"The rule {rule.id} does not withhold what its sentence {number} says.")
        for number, example in enumerate(rule.passes, 1):
            if any(rule.spans(example)):
                raise RuleError(f"The rule {rule.id} withholds something in sentence {number} that it must pass.")
    if len({rule.id for rule in rules}) != len(rules):
        raise RuleError("Two rules have the same id.")
    return rules


def _marked(rule: Rule, text: str) -> str:
    for start, end in sorted(rule.spans(text), reverse=True):
        text = f"{text[:start]}<<{text[start:end]}>>{text[end:]}"
    return text


def _source() -> str:
    return resources.files("extract").joinpath("rules.toml").read_text(encoding="utf-8")


@cache
def digest() -> str:
    """SHA-256 over the rules and the exemptions; a review names it and is stale when it changes."""
    return hashlib.sha256(f"{_source()}\n{load_exemptions().digest}".encode()).hexdigest()


def propose(record: DecisionRecord, rules: Sequence[Rule] | None = None) -> Markings:
    """Every place of a record that a rule withholds. The order of rules changes nothing."""
    texts = {text.place: text.text for text in public_texts(record)}
    claims = {
        marking.id: marking
        for place, text in texts.items()
        for rule in (load() if rules is None else rules)
        if not rule.whole or "/" in place
        for start, end in (*rule.spans(text), *(() if rule.whole else _spans_in_cell(rule, place, texts)))
        for marking in (_claim(rule, place, start, end),)
    }
    return Markings(rules_digest=digest(), claims=tuple(claims[key] for key in sorted(claims)))


def identifies(text: str) -> str | None:
    """Why a text that is to be published says too much, in the words of the rule that finds so."""
    return next((rule.because for rule in load() if not rule.whole and any(rule.spans(text))), None)


def _spans_in_cell(rule: Rule, place: str, texts: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """What a rule withholds of a cell because of what it stands under or beside: "Account number" over 31926819."""
    cell = CELL.fullmatch(place)
    if cell is None:
        return
    table, row, column = cell[1], int(cell[2]), int(cell[3])
    near = {f"{table}/r0/c{column}", f"{table}/r{row - 1}/c{column}", f"{table}/r{row}/c{column - 1}"} - {place}
    for label in sorted({texts.get(other, "").strip() for other in near} - {""}):
        before = f"{label.rstrip(':')}: "
        for start, end in rule.spans(before + texts[place]):
            if end > len(before):
                yield max(start - len(before), 0), end - len(before)


def _claim(rule: Rule, place: str, start: int, end: int) -> Marking:
    return Marking(
        id=f"{rule.id}:{place}:{start}-{end}",
        place=Span(passage=place, start=start, end=end),
        exemption=rule.exemption,
        rule=rule.id,
        because=rule.because,
    )


@cache
def _public_postcodes() -> frozenset[str]:
    return frozenset(value.replace(" ", "") for value in tomllib.loads(_source())["public_postcodes"]["values"])


def _private_postcode(text: str) -> bool:
    return re.sub(r"[\s-]", "", text).upper() not in _public_postcodes()


CONFIRM = formats.CONFIRM | {"private-postcode": _private_postcode}
