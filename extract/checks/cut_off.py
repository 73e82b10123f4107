"""Does a paragraph break off in the middle of a sentence?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_passage, capital, spoken
from extract.claims import Finding
from extract.record import DecisionRecord, Passage

# No sentence ends in one of these; but an item of a list may, after a semicolon.
DANGLING = re.compile(
    r"(?<![\w-])(?<![;,] )(?:the|an?|of|and|or|to|for|with|at|by|from|into|that|which|whose|their|its|this|these"
    r"|is|are|was|were|be|will|has|have|had|than|as|because|including)$",
    re.I,
)
LEADS_ON = 5  # words: "The board is to" may announce a list


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Words were lost: on the way into this file, or between two pages when it was read."""
    passages = record.passages()
    for index, passage in enumerate(passages):
        if not isinstance(passage, Passage) or not DANGLING.search(passage.text.rstrip()):
            continue
        following = passages[index + 1] if index + 1 < len(passages) else None
        if len(passage.text.split()) < LEADS_ON or _opens_a_list(passage, following):
            continue
        name = spoken(record, passage.id)
        yield at_passage(
            record,
            "text-cut-off",
            "needs-person",
            f"{capital(name)} ends in mid-sentence: “… {' '.join(passage.text.split()[-4:])}”. Look at "
            "the page, and ask for the whole text if it is cut off there too.",
            (passage.id,),
        )


def _opens_a_list(passage: Passage, following: object) -> bool:
    """Whether what follows carries the sentence on: a deeper level, a bullet, or a table."""
    if following is None or not isinstance(following, Passage):
        return following is not None
    return following.level > passage.level or (following.number is None and passage.number is not None)
