"""Does a cell, a paragraph or a heading of Part 1 say of itself that it is kept back?

A heading that says so ends Part 1, and a marking in bold closes its page. In plain type, or in a cell, the same words
may be no more than a word of the table; what stands beside or below them may be Part 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.markings import is_alone
from extract.checks.part2_presence import PART2_HEADING
from extract.checks.places import at_words, spoken
from extract.claims import Finding
from extract.closing import IN_PASSING, NAMES_PART2, folded, is_marking, letters, marking_in, may_close, titles_part2
from extract.record import DecisionRecord, TablePassage
from extract.texts import Text, public_texts

CELL = re.compile(r"(?P<table>.+)/r(?P<row>\d+)/c\d+$")
PART_2 = re.compile(r"\bPART 2[A-Z]?\b(?!\.\d)")
ALIKE = re.compile(  # what closes nothing, since no marking and no form says it so
    r"""
      ^\W*(?:PT|PARTIE)\W{0,3}(?:2|II|TWO|DEUX)\W*$
    | \b(?:DO\ NOT|NOT\ TO\ BE|MUST\ NOT\ BE)\ (?:PUBLISH|DISCLOSE|RELEASE|CIRCULATE|SHARE|DISTRIBUTE|COPY)(?:E?D)?\b
    | \bN(?:O|OT|ON)\W+DISCLOSABLE\b
    # for whom
    | \b(?:INTERNAL|MPS|MOPAC|GLA|DMPC|MAYOR|COMMISSIONER|BOARD|MEMBERS?|STAFF|POLICE|OFFICERS?)\W+
      (?:(?:USE|EYES|COPY)\W+)?ONLY\b | \bEYES\ ONLY\b
    | \b(?:LIMITED|RESTRICTED)\ (?:DISTRIBUTION|CIRCULATION)\b | \bOFF\ THE\ RECORD\b | ^IN\ (?:PRIVATE|CAMERA)\W*$
    | \b(?:PRIVATE|CLOSED|RESERVED)\ (?:BRIEFING|SESSION|BUSINESS)\b
    # by which ground
    | \b(?:FOIA?|EIR)\W+EXEMPT\b | \b(?:WITHHELD|EXEMPT)\W+UNDER\b | \bSECTION\ \d+\ (?:INFORMATION|MATERIAL)\b
    | ^S(?:ECTION)?\W*4[0-4](?:\W\d\W)?$
    # what
    | ^(?:SENSITIVE|CONFIDENTIAL|EXEMPT|RESTRICTED|PRIVATE|CLOSED)\ (?:\w+\ )?
      (?:FACTS|ADVICE|INFORMATION|DETAILS|DATA|RECOMMENDATIONS?|DECISIONS?|PRICES|PRICING|FIGURES|COMMENTS)\W*$
    | ^(?:TABLE|FIGURE|LIST|SCHEDULE)\b.*\b(?:EXEMPT|CONFIDENTIAL|SENSITIVE|PART\ 2)\b
    | ^OFFICIAL\W+(?:COMMERCIAL|LOCSEN|PERSONAL|LEGAL)\b | ^O\W?S$
    # the head of a column that says which rows are
    | ^(?:PUBLISH(?:ABLE|ED)?|EXEMPTION|(?:PROTECTIVE\ |SECURITY\ )?(?:MARKING|CLASSIFICATION))\W*$
    """,
    re.VERBOSE,
)
LETTER = re.compile("[A-Za-z]")
SHORT = 12  # words
LONGEST = 160  # characters: nothing longer is a heading, or fills a cell as one
TOGETHER = 3  # cells: so many of a row may make one heading, "Part" in one and "Two" in the next


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Of a sentence that only speaks of Part 2 nothing is asked, nor of "See Part 2" where a price would stand."""
    for words in (*public_texts(record), *_rows(record)):
        cell = CELL.match(words.place)
        elsewhere = words.place.startswith(("part2.", "deferral.")) or words.place == "title"
        if elsewhere or not keeps_back(words.text):
            continue
        if is_alone(words.text) or PART2_HEADING.search(words.text):  # other checks stop the paper for these
            continue
        if words.text.endswith(".") and not cell:  # a sentence
            continue
        where = f"row {int(cell['row']) + 1} of {spoken(record, words.place)}" if cell else spoken(record, words.place)
        yield at_words(
            record,
            "kept-back-in-part1",
            "needs-person",
            f"“{_own_words(words.text)}” stands in {where}, as if something there were kept back. Is what stands "
            "beside and below it meant for Part 1?",
            words,
            0,
        )


def keeps_back(printed: str) -> bool:
    """Whether words are nothing but a marking, or what a Part 2 could be headed with."""
    if len(printed) > LONGEST or not LETTER.search(printed):
        return False
    if _alike(printed):
        return True
    if not may_close(printed):
        return False
    if is_marking(printed):
        return True
    if NAMES_PART2.search(letters(printed)):  # as "Department 2" and "Part 2026" do, too
        text = folded(printed)
        return PART_2.search(text) is not None and not IN_PASSING.search(text)
    return titles_part2(printed, set_apart=True)


def _alike(printed: str) -> re.Match[str] | None:
    return ALIKE.search(printed.upper()) if len(printed.split()) <= SHORT else None


def _own_words(printed: str) -> str:
    """What says so, and nothing else that stands there: it may be what is kept back."""
    alike = _alike(printed)
    return marking_in(printed) if alike is None or may_close(printed) else alike[0]


def _rows(record: DecisionRecord) -> Iterator[Text]:
    """The rows whose few cells say together what none of them says."""
    for table in record.passages():
        for n, cells in enumerate((table.header, *table.rows) if isinstance(table, TablePassage) else ()):
            printed = [cell for cell in cells if cell]
            if 1 < len(printed) <= TOGETHER and not any(map(keeps_back, printed)):
                yield Text(f"{table.id}/r{n}/c0", " ".join(printed))
