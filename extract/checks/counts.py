"""Is a stated number of things the number of things listed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from extract.checks.places import at_passage, capital, spoken
from extract.checks.sentences import NUMBER, number, sentences
from extract.claims import Finding
from extract.record import Block, DecisionRecord, Passage

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
    r"\b(?:this (?:paper|report|decision)|the (?:deputy )?mayor|the commissioner|DMPC|PCC)\b"
    rf"[^.]*?(?<![\w.,£])({NUMBER})\s+recommendations\b"
    rf"|\bthe\s+({NUMBER})\s+recommendations\s+(?:above|below|set out (?:above|below)|in this (?:paper|report))",
    re.I,
)


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Three kinds of count can be checked against the paper itself: suppliers, recommendations, and announced lists."""
    blocks = record.passages()
    for index, passage in enumerate(blocks):
        if isinstance(passage, Passage):
            yield from _suppliers(record, passage)
            yield from _recommendations(record, passage)
            yield from _list(record, passage, _until_table(passage, blocks[index + 1 :]))


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
            f"{capital(spoken(record, passage.id))} says “{stated[0]}”, but the recommendations name {len(named)}: "
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
            f"{capital(spoken(record, passage.id))} speaks of {stated[1] or stated[2]} recommendations; the paper "
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
    stated = announced[-1]
    listed = _listed(passage, following, number(stated[1]))
    if listed:
        yield at_passage(
            record,
            "stated-count-differs",
            "needs-person",
            f"{capital(spoken(record, passage.id))} announces “{stated[0]}”, and {len(listed)} are listed after it. "
            "Which is right?",
            (passage.id, *(p.id for p in listed)),
            detail=stated[3].casefold(),
        )


def _until_table(passage: Passage, later: Sequence[Block]) -> list[Passage]:
    """The passages after this one in its own block, up to a table: what a table lists is not counted."""
    block = passage.id.partition("/")[0]
    alike = takewhile(lambda p: isinstance(p, Passage) and p.id.partition("/")[0] == block, later)
    return [p for p in alike if isinstance(p, Passage)]


def _listed(passage: Passage, following: list[Passage], stated: int) -> list[Passage]:
    """What is listed after an announcement, where that is not the number stated; nothing where it agrees or is unclear.

    One level down a list is whole: its items are those with a lead-in, or all. On the same level, bullets and the
    paragraphs after them look alike, so that only too few of them tell something.
    """
    below = list(takewhile(lambda p: p.level > passage.level, following))
    if below:
        items = [p for p in below if p.level == min(q.level for q in below)]
        led = [p for p in items if p.lead_in]
        if len(items) < 2 or stated in (len(items), len(led)):
            return []
        return led if len(led) > 1 else items
    bullets = list(takewhile(lambda p: p.number is None, following))
    return bullets if 1 < len(bullets) < stated else []
