"""Rules as rows: each names a pattern, the exemption it stands for, and the sentences it was tried on.

A rule may only withhold. `propose` makes its claims; whether they stand, people may say, one by one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extract.claims import Marking, Markings, Span
from extract.exemptions import load as load_exemptions
from extract.record import DecisionRecord
from extract.texts import public_texts


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
        """The characters of `text` that this rule withholds."""
        for found in self.pattern.finditer(text):
            if self.confirm is None or CONFIRM[self.confirm](found[0]):
                yield (0, len(text)) if self.whole else found.span()


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
    claims = {
        marking.id: marking
        for place, text in public_texts(record)
        for rule in (load() if rules is None else rules)
        if not rule.whole or "/" in place
        for start, end in rule.spans(text)
        for marking in (_claim(rule, place, start, end),)
    }
    return Markings(rules_digest=digest(), claims=tuple(claims[key] for key in sorted(claims)))


def _claim(rule: Rule, place: str, start: int, end: int) -> Marking:
    return Marking(
        id=f"{rule.id}:{place}:{start}-{end}",
        place=Span(passage=place, start=start, end=end),
        exemption=rule.exemption,
        rule=rule.id,
        because=rule.because,
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _nhs_checksum(text: str) -> bool:
    digits = [int(d) for d in _digits(text)]
    check = (11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11) % 11
    return len(digits) == 10 and check == digits[9]


def _uk_telephone(text: str) -> bool:
    digits = re.sub(r"^(?:44|0044)0?", "0", _digits(text.lower().split("ext")[0].split("x")[0]))
    return len(digits) in (10, 11) and digits[0] == "0" and digits[1] in "1235789"


def _sort_code(text: str) -> bool:
    """A sort code rather than a short date: dates with hyphens have a day and a month that could be one."""
    parts = [int(part) for part in re.findall(r"\d{2}", text)[:3]]
    return len(_digits(text)) == 8 or not (1 <= parts[0] <= 31 and 1 <= parts[1] <= 12) or len(_digits(text)) > 8


@cache
def _public_postcodes() -> frozenset[str]:
    return frozenset(value.replace(" ", "") for value in tomllib.loads(_source())["public_postcodes"]["values"])


def _private_postcode(text: str) -> bool:
    return re.sub(r"\s", "", text).upper() not in _public_postcodes()


CONFIRM: dict[str, Callable[[str], bool]] = {
    "nhs-checksum": _nhs_checksum,
    "uk-telephone": _uk_telephone,
    "sort-code": _sort_code,
    "private-postcode": _private_postcode,
}
