"""What somebody who reads no paper may read of why one stands where it stands: rows, and nothing that no row allows.

Findings quote names, officers write freely, and a file may be called anything. So a sentence is told only where a row
knows it whole, in the words of that row; a new kind of reason is silent until it has a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.claims import Finding

SILENT = "Somebody who may read the paper sees what else is to be settled."

DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
SHA = r"[0-9a-f]{12}"
PLACE = r"[\w ’./()~-]{1,80}"
# A sentence as the house writes it, and what is told of it: all of it where that is empty. Free text is never in a
# group: of what follows "because" a colon, nothing is kept but who said it.
ROWS: tuple[tuple[str, str], ...] = (
    # What people did.
    (r"(Held by [^:]+): .*", r"\1."),
    (r"(Withdrawn by [^:]+): .*", r"\1."),
    (r"(Confirmed by [^:.]+)\.", ""),
    (r"A second person confirms it within one working day\.", ""),
    (r"(All of Part 1 is withheld by [^:]+): .*", r"\1."),
    (r"Not even its existence is confirmed or denied\.", ""),
    (r"The public reads that it exists, and why not\.", ""),
    (r"They did not see the same in its place, so nothing new is told\. .*",
     "They did not see the same in its place."),
    (r"([^:.]+ says that all of Part 1 is withheld)\. A second releaser must say so too, .*",
     r"\1. A second releaser must say so too."),
    (r"(Approved by [^:]+)\.", ""),
    (r"Two people must approve this version\.", ""),
    (r"([^:.]+ has approved this version)\. A second person is needed\.", ""),
    (r"An approval by [^:.]+ was taken back\.", ""),
    (r"(An approval by [^:.]+ was given) (before the paper was withdrawn|before more was said of the text"
     r"|on an earlier version)\.", ""),
    (r"An approval does not count: .*", "An approval does not count."),
    # What other papers do to it.
    (rf"Corrected: the decision is published from .* \(({SHA})\)\.", r"Corrected: the decision is published from \1."),
    (rf"Another paper has the same reference( and is public)?: .* \(({SHA})\)\.( Withdraw the wrong one\.)?",
     r"Another paper has the same reference\1: \2."),
    (r"More papers than these have the same reference\.", ""),
    (r"It corrects .*, but bears another reference\.", "It corrects another paper, but bears another reference."),
    # What it lacks.
    (r"The form was not recognised\.", ""),
    (r"There is no Part 1 that could be published\.", ""),
    (r"The paper (?:has no reference|has no title|does not say who decided|does not say when it was signed"
     r"|does not show that the decision was approved and signed)\.", ""),
    (r"It is not settled whether (?:publication is deferred|there is a Part 2)\.", ""),
    (r"Publication is deferred, but no date is given until when\.", ""),
    (rf"The paper is signed on {DAY}, a day that has not come\.",
     "The paper is signed on a day that has not come."),
    (r"(?:No text could be read in this file|The form is not one we know|This is a Part 2 form by itself"
     r"|No text of a Part 1 was found), so everything in (?:it|the file) stays withheld\.", ""),
    (r"This is an? .*(?:;|,) (?:this register publishes the decisions of .*|a form that this register does not publish)"
     r"\.", "It is a paper that this register does not publish."),
    (r"Something is hidden in the file\. Ask for a clean copy: this file is never published\.", ""),
    (r"The reading of the paper or the rules changed after people reviewed it\. Review it again\.", ""),
    (r"Something is marked as withheld in a place that this paper does not have\.", ""),
    (r"Say on what ground \S+ is withheld, or release it\.", "Something is withheld on no ground yet."),
    # What was withheld and must be looked at again.
    (rf"(Words that are withheld {PLACE} also stand {PLACE}) \(\S+\)\. .*", r"\1."),
    (rf"(A name that is withheld {PLACE}) also stands, in part or in another spelling, ({PLACE}) \(\S+\)\. .*",
     r"\1 also stands \2."),
    (rf"(The reason for what is withheld {PLACE}), which is published, says what is withheld\. .*",
     r"\1 says what is withheld."),
    (rf"({PLACE}) \(\S+\) the text is another than when something in it was withheld, .*",
     r"\1 the text is another than when something in it was withheld. Look again."),
    (r"([^:.]+) corrected \S+, and it is read otherwise since\. .*", r"What \1 corrected is read otherwise since."),
    # Where it stands.
    (rf"Version \d+ is public since {DAY}\.", ""),
    (rf"Version \d+ of {DAY} stays public until then\.", ""),
    (rf"(Publication is deferred until {DAY}\.|The deferral ended on {DAY}\.)"
     r"( It was extended (?:once|\d+ times)\.)?"
     r"(?: Say that it is over, or extend it with a new reason and a new day\.)?",
     r"\1\2"),
)  # fmt: skip
_KNOWN = tuple((re.compile(sentence, re.DOTALL), told) for sentence, told in ROWS)


def told_to_clerks(findings: Sequence[Finding], reasons: Sequence[str]) -> tuple[tuple[str, int | None], ...]:
    """Why a paper waits, a sentence and a page each: what kind of question is open, and every reason that has a row."""
    return tuple(dict.fromkeys(_told(findings, reasons)))


def _told(findings: Sequence[Finding], reasons: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    for finding in findings:
        yield _kind(finding.check), finding.page
    asked = {finding.message for finding in findings}
    further = [_bare(reason) for reason in reasons if reason not in asked]
    yield from ((sentence, None) for sentence in further if sentence)
    if not all(further):
        yield SILENT, None


def _kind(check: str) -> str:
    """What a finding is about, from the name of its check: "Part 2 wording."."""
    words = re.sub(r"\bpart(\d)", r"Part \1", check.replace("-", " "))
    return f"{words[:1].upper()}{words[1:]}."


def _bare(reason: str) -> str:
    """What a row tells of a reason; nothing where none knows it."""
    for sentence, told in _KNOWN:
        if found := sentence.fullmatch(reason):
            return found.expand(told) if told else reason
    return ""
