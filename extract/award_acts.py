"""What a recommendation approves: each act in it, told apart from what it delegates, notes or plans.

An act counts only where its clause opens with it ("To approve the award of …"). What stands further in may be somebody
else's to do, or part of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extract import award_phrases as phrases

Kind = Literal["award", "direct-award", "extension", "grant", "other"]
_AWARDED: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\bgrants?\b"), "grant"),
    (re.compile(r"\bextensions?\b"), "extension"),
    (re.compile(r"\bvariations?\b"), "other"),
)


@dataclass(frozen=True)
class Act:
    """One thing that is approved: what stands before and after its word ("award", "extension").

    `several` where it names more than one supplier and does not say whose the sums are.
    """

    kind: Kind
    word: str
    before: str
    after: str
    several: bool = False


def acts(text: str) -> Iterator[Act]:
    """Every act of a recommendation, in order; none after a clause that leaves the rest to somebody else."""
    for sentence in phrases.SENTENCE_END.split(text):
        for clause in phrases.NEXT_ACT.split(sentence):
            act = _act(clause.strip().removesuffix("."))
            if act is not None:
                yield from _one_to_each(act)
            elif phrases.FOR_ANOTHER_TO_DO.search(clause):
                break  # what follows "to delegate …, and" is delegated too


def _one_to_each(act: Act) -> Iterator[Act]:
    """An act that names each supplier with its own purpose or lot is as many acts: "to X for A at £1m and to Y for B".

    Where fewer sums than suppliers are printed, nobody can tell whose they are: that is one act to `several`.
    """
    for another, one in (
        (phrases.AND_TO_ANOTHER, phrases.TO_ONE_FOR_ONE_THING),
        (phrases.AND_A_LOT, phrases.LOT_TO_ONE),
    ):
        each = another.split(act.after)
        if len(each) > 1 and all(one.match(part) for part in each):
            priced = sum(re.search(phrases.SUM, part) is not None for part in each)
            if priced not in (0, len(each)):
                yield replace(act, several=True)
            else:
                yield from (replace(act, after=part) for part in each)
            return
    yield act


def _act(clause: str) -> Act | None:
    """The act of a clause, if the clause opens with it: anything else may be a delegation, a note or a plan."""
    found = phrases.ACT.search(clause) if len(clause) <= phrases.LONGEST_CLAUSE else None
    if not found or ("delegated" in clause and phrases.DELEGATED.search(clause)):
        return None
    if not phrases.CONTRACT.search(clause) and not phrases.FUNDING.search(clause):
        return None
    before, after = clause[: found.start()], clause[found.end() :]
    if not (phrases.OPENING.fullmatch(before) or phrases.NAMED_CONTRACT.fullmatch(before)):
        return None
    if found[0].lower().startswith("contract") and phrases.HIDDEN in before:
        return None  # the word that says what is done with the contract may be withheld
    if found["grant"] and phrases.NOT_A_GRANT.match(after):
        return None
    if not phrases.APPROVAL.search(before) and before.strip() and phrases.STATEMENT.search(after):
        return None  # "The award of the contract was made in 2019"
    return Act(_kind(found, clause, after), found[0].lower(), before, after)


def _kind(found: re.Match[str], clause: str, after: str) -> Kind:
    if found["extension"]:
        return "extension"
    if found["grant"]:
        return "grant"
    if found["other"]:
        return "other"
    awarded = phrases.UNTIL_A_PREPOSITION.match(after)
    for pattern, kind in _AWARDED:
        if awarded and pattern.search(awarded[0]):
            return kind
    if phrases.FUNDING.search(clause):
        return "grant"
    if re.search(r"\bbe extended\b", after):
        return "extension"
    return "direct-award" if phrases.DIRECTLY.search(clause) else "award"


def delegates(text: str) -> bool:
    """Whether a recommendation ends in a delegation or a note, so that the items under it are not acts."""
    if not any(word in text.lower() for word in phrases.WORDS_OF_ANOTHER):  # as most recommendations
        return False
    last = phrases.NEXT_ACT.split(phrases.SENTENCE_END.split(text)[-1])[-1]
    return phrases.FOR_ANOTHER_TO_DO.search(last) is not None
