"""Does the paper agree with itself about Part 2, and is any of it in the file?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_field, at_words, spoken
from extract.claims import Finding
from extract.closing import folded
from extract.record import DecisionRecord
from extract.texts import public_texts

# A heading, not a mention: the marker stands in capitals, or with the words that only a Part 2 form's title has.
PART2_HEADING = re.compile(
    r"\bPART\s*(?:2|II|TWO)\b\W{0,5}(?:CONFIDENTIAL|EXEMPT|RESTRICTED|PRIVATE|CLOSED|NOT FOR PUBLICATION)\b"
    r"|^\W*(?i:part\s*(?:2|ii|two)\W{1,5}(?:confidential|exempt|restricted|private)\s)"
    r"(?i:(?:facts|advice|information|annex)\b)"
)
CALLED_PART2 = re.compile(r"\bPART 2[A-Z]?\b\W*(?:(?:FORM|PAPER|REPORT|EXEMPT|CONFIDENTIAL|RESTRICTED)\b\W*)*$")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """Part 2 text in a Part 1 place is the worst that can happen; text under a Part 2 heading is kept back already."""
    for words in public_texts(record):
        found = PART2_HEADING.search(words.text)
        if found:
            yield at_words(
                record,
                "part2-content-in-part1",
                "blocks",
                f"What stands in {spoken(record, words.place)} looks like the heading of a Part 2 form. Check where "
                "Part 1 ends, and ask for a paper without its Part 2.",
                words,
                found.start(),
            )
    for field in ("reference", "title"):
        if field in record.evidence and CALLED_PART2.search(folded(record.evidence[field].text)):
            yield at_field(
                record,
                "part2-content-in-part1",
                "blocks",
                f"The paper's own {field} calls it a Part 2. If it is one, withdraw it here: nothing of it may be "
                "published. If it is not, say why it is called so.",
                field,
            )
    pages = sorted({p.page for p in record.withheld_passages if p.why == "part2"} | {*record.part2.withheld.pages})
    if pages:
        yield at_field(
            record,
            "part2-content-in-part1",
            "needs-person",
            f"Text of Part 2 was found in this file, on {'page' if len(pages) == 1 else 'pages'} "
            f"{', '.join(map(str, pages))}. It is kept back. Check that Part 1 ends where Part 2 begins"
            f"{_on_one_page(record, pages)}.",
            "part2.withheld",
            page=pages[0],
        )
    yield from _agreement(record, bool(pages))


def _on_one_page(record: DecisionRecord, pages: list[int]) -> str:
    """What to look at where a page has text of both parts: what belongs to Part 2 may be printed above its heading."""
    shared = {place.page for passage in record.passages() for place in passage.boxes}.intersection(pages)
    return f": page {min(shared)} has text of both, above or beside one another" if shared else ""


def _agreement(record: DecisionRecord, found: bool) -> Iterator[Finding]:
    part2 = record.part2
    notice = bool(part2.exemptions or part2.ceases_when or part2.marking)
    if part2.exists == "undetermined":
        seen = f": {record.remarks['part2.exists']}" if "part2.exists" in record.remarks else ""
        yield at_field(
            record,
            "part2-undetermined",
            "blocks",
            f"The paper does not say clearly whether there is a Part 2{seen}. Ask the originating officer, then answer "
            "yes or no.",
            "part2.exists",
            asks="yes-no",
        )
    elif part2.exists == "yes" and not notice and not found:
        yield at_field(
            record,
            "part2-conflict",
            "blocks",
            "The paper says there is a Part 2 and has no notice of it: no ground, no marking, no condition. "
            "Ask the originating officer which is right.",
            "part2.exists",
        )
    elif part2.exists == "no" and (notice or found):
        what = "holds text of one" if found else "gives a ground, a marking or a condition for one"
        yield at_field(
            record,
            "part2-conflict",
            "blocks",
            f"The paper says there is no Part 2, and {what}. Ask the originating officer which is right.",
            "part2.exists",
        )
