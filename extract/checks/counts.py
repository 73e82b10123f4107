"""Is a stated number of things the number of things listed?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, spoken, texts
from extract.checks.sentences import NUMBER, number, sentences
from extract.claims import Finding
from extract.record import DecisionRecord, Passage

# Things that a paper lists. Months, officers and pounds are counted too, but never followed by a list of each.
LISTED = (
    "actions|activities|aims|amendments|areas|aspects|awards|benefits|bids|categories|causes|challenges|changes|"
    "components|conditions|considerations|contracts|criteria|decisions|deliverables|drivers|elements|events|factors|"
    "features|functions|goals|initiatives|issues|items|lots|matters|measures|objectives|options|outcomes|outputs|"
    "packages|parts|phases|pillars|points|principles|priorities|projects|proposals|purposes|questions|reasons|"
    "recommendations|requirements|risks|services|stages|steps|strands|streams|suppliers|systems|tests|themes|types|"
    "variations|ways|workstreams"
)
STATED_LIST = re.compile(rf"(?<![\w.,£])({NUMBER})\s+((?:[\w'’-]+\s+){{0,3}}?)({LISTED})\b", re.I)
COMPOUND = re.compile(r"\b(and|to|of|or|in|for|with|from|by|at)\b", re.I)
SUPPLIERS = re.compile(
    rf"(?<![\w.,£])({NUMBER})\s+(?:[\w'’-]+\s+){{0,2}}?(suppliers|contractors|providers|vendors)\b", re.I
)
AWARDING = re.compile(r"\b(award\w*|contracts?|extend\w*|extensions?)\b", re.I)
COMPETING = re.compile(
    r"\b(bid\w*|tender\w*|invited|respon\w+|quotes?|quotations|shortlist\w*|evaluat\w+|market|framework has|"
    r"incumbent|current(?:ly)?|existing|previous(?:ly)?|former\w*|capable|compet\w+|in total across)\b",
    re.I,
)
OWN_RECOMMENDATIONS = re.compile(
    rf"\b(?:this (?:paper|report|decision)|the deputy mayor|DMPC)\b[^.]*?(?<![\w.,£])({NUMBER})\s+recommendations\b"
    rf"|\bthe\s+({NUMBER})\s+recommendations\s+(?:above|below|set out (?:above|below)|in this (?:paper|report))",
    re.I,
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Three kinds of count can be checked against the paper itself: suppliers, recommendations, and announced lists."""
    passages = list(texts(record))
    for index, passage in enumerate(passages):
        yield from _suppliers(record, passage)
        yield from _recommendations(record, passage)
        yield from _list(record, passage, passages[index + 1 :])


def _suppliers(record: DecisionRecord, passage: Passage) -> Iterator[Finding]:
    named: dict[str, str] = {}
    for award in record.awards:
        if award.supplier:
            named.setdefault(re.sub(r"\W+", " ", award.supplier).strip().casefold(), award.supplier)
    for sentence in sentences(passage.text):
        stated = SUPPLIERS.search(sentence)
        if not stated or not named or not AWARDING.search(sentence) or COMPETING.search(sentence):
            continue
        if number(stated[1]) == len(named) or passage.id in {award.recommendation for award in record.awards}:
            continue
        places = dict.fromkeys(award.recommendation for award in record.awards if award.supplier)
        yield at_passage(
            record,
            "stated-count-differs",
            "needs-person",
            f"{_capital(spoken(record, passage.id))} says “{stated[0]}”, but the recommendations name {len(named)}: "
            f"{'; '.join(named.values())}. Which is right?",
            (passage.id, *places),
            detail="suppliers",
        )
        return


def _recommendations(record: DecisionRecord, passage: Passage) -> Iterator[Finding]:
    made = sum(
        1 for block in record.recommendations if isinstance(block, Passage) and block.level == 1 and block.number
    )
    stated = OWN_RECOMMENDATIONS.search(passage.text)
    if stated and made and number(stated[1] or stated[2]) != made:
        yield at_passage(
            record,
            "stated-count-differs",
            "needs-person",
            f"{_capital(spoken(record, passage.id))} speaks of {stated[1] or stated[2]} recommendations; the paper "
            f"makes {made}. Which is right?",
            (passage.id,),
            detail="recommendations",
        )


def _list(record: DecisionRecord, passage: Passage, following: list[Passage]) -> Iterator[Finding]:
    """A paragraph that ends with a colon announces a list; the last count before the colon says how long it is."""
    if not passage.text.rstrip().endswith(":"):
        return
    announced = [
        found for found in STATED_LIST.finditer(sentences(passage.text.rstrip())[-1]) if not COMPOUND.search(found[2])
    ]
    if not announced:
        return
    listed = _listed(passage, following)
    stated = announced[-1]
    if len(listed) < 2 or len(listed) == number(stated[1]):
        return
    yield at_passage(
        record,
        "stated-count-differs",
        "needs-person",
        f"{_capital(spoken(record, passage.id))} announces “{stated[0]}”, and {len(listed)} are listed after it. "
        "Which is right?",
        (passage.id, *(p.id for p in listed)),
        detail=stated[3].casefold(),
    )


def _listed(passage: Passage, following: list[Passage]) -> list[Passage]:
    """The passages that list what was announced: those with a lead-in where any has one, else all one level down."""
    below: list[Passage] = []
    for later in following:
        if later.id.partition("/")[0] != passage.id.partition("/")[0] or later.level <= passage.level:
            break
        below.append(later)
    if not below:  # an unnumbered announcement stands on the level of its list
        below = _siblings(passage, following)
    children = [p for p in below if p.level == min((q.level for q in below), default=0)]
    led = [p for p in children if p.lead_in]
    return led if len(led) > 1 else children


def _siblings(passage: Passage, following: list[Passage]) -> list[Passage]:
    """After an unnumbered announcement, the run of passages in the same block that are alike."""
    run: list[Passage] = []
    for later in following:
        same_block = later.id.partition("/")[0] == passage.id.partition("/")[0]
        if passage.number is not None or not same_block or later.level != passage.level:
            break
        if run and (later.number is None) != (run[0].number is None):
            break
        run.append(later)
    return run


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
