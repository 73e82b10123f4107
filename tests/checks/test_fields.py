"""The checks that read the fields of the form: each with the paper that is right beside the one that is not."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from pydantic import SecretStr

from extract.checks import find
from extract.facts import (
    Approval,
    ChiefExecutive,
    Declaration,
    DeferralFacts,
    DocumentMarking,
    Evidence,
    Part2Facts,
    Reading,
    Source,
    Withheld,
)
from extract.record import DecisionRecord, WithheldPassage
from tests.checks.records import fired, ground, paper, passage, saying, section, slugs, with_part2

SIGNED = date(2024, 5, 14)


class Case(NamedTuple):
    """A record, what must be said of it (slug, severity, field), and what the row is about."""

    record: DecisionRecord
    says: list[tuple[str, str, str | None]]
    about: str


def approval(**changes: Any) -> Approval:
    facts = {
        "decision_maker": "Deputy Mayor for Policing and Crime",
        "interests": "none",
        "interests_text": None,
        "approved": True,
        "signature": "image",
        "signed_on": SIGNED,
    }
    return Approval(**(facts | changes))


def chief(**changes: Any) -> ChiefExecutive:
    facts: dict[str, Any] = {"statement": "I agree.", "signature": "image", "signed_on": SIGNED}
    return ChiefExecutive(**(facts | changes))


def at(words: str) -> Evidence:
    """What a field was read from."""
    return Evidence(page=1, box=(72.0, 80.0, 300.0, 95.0), text=words)


def deferred(answer: str, reason: str | None = None, until: date | None = None) -> DecisionRecord:
    return paper(deferral=DeferralFacts(answer=answer, reason=reason, until=until))  # type: ignore[arg-type]  # a word of Answer


def withheld(why: str, page: int = 3, words: str = "six words that stay kept back") -> WithheldPassage:
    return WithheldPassage(id=f"w/{page}", withheld_text=SecretStr(words), page=page, why=why)  # type: ignore[arg-type]  # one of its two words


def marked(*printed: str) -> DecisionRecord:
    return paper(
        markings=tuple(DocumentMarking(as_printed=text, page=number) for number, text in enumerate(printed, 1))
    )


READING = Reading(
    label_as_printed="Privacy Section 9",
    proposed_keys=("FOIA s.43(1)",),
    proposed_instrument="FOIA 2000",
    why="It reads like commercial interests.",
)
FULLY = ground()
UNTESTED = ground(as_printed="Exempt under section 43(2): disclosure would prejudice the supplier.")
ABSOLUTE = ground("FOIA s.41", as_printed="Exempt under section 41.")

CASES = [
    # Deferral
    Case(deferred("undetermined"), [("deferral-undetermined", "blocks", "deferral.answer")], "neither word struck"),
    Case(deferred("no"), [], "not deferred"),
    Case(
        deferred("no", "talks go on"), [("deferral-conflict", "needs-person", "deferral.answer")], "no, with a reason"
    ),
    Case(deferred("yes", "talks go on", date(2024, 7, 1)), [], "deferred as it should be"),
    Case(deferred("yes", None, date(2024, 7, 1)), [("deferral-incomplete", "blocks", "deferral.reason")], "no reason"),
    Case(deferred("yes", "talks go on"), [("deferral-incomplete", "blocks", "deferral.until")], "no date"),
    Case(
        deferred("yes", "x", SIGNED), [("deferral-incomplete", "blocks", "deferral.until")], "until the day of signing"
    ),
    Case(deferred("yes", "x", date(2024, 12, 1)), [("deferral-long", "needs-person", "deferral.until")], "half a year"),
    Case(deferred("yes", "x", date(2026, 5, 1)), [("deferral-long", "blocks", "deferral.until")], "two years"),
    # Approval, signatures, dates
    Case(
        paper(approval=approval(interests="not-stated")),
        [("interests-not-stated", "needs-person", "approval.interests")],
        "an interest neither given nor denied",
    ),
    Case(paper(approval=approval(interests="stated", interests_text="A cousin.")), [], "an interest given"),
    Case(
        paper(approval=approval(approved=False)), [("approval-missing", "blocks", "approval.approved")], "not approved"
    ),
    Case(
        paper(approval=approval(approved=False, signature="absent")),
        [("signature-absent", "blocks", "approval.signature")],
        "an unsigned approval is one finding",
    ),
    Case(
        paper(approval=approval(signature="text")),
        [("signature-absent", "needs-person", "approval.signature")],
        "typed",
    ),
    Case(paper(approval=approval(signature="digital")), [], "signed electronically"),
    Case(
        paper(approval=approval(signed_on=None)), [("signed-date-missing", "blocks", "approval.signed_on")], "no date"
    ),
    Case(
        paper(chief_executive=chief(signed_on=date(2024, 5, 15))),
        [("dates-out-of-order", "blocks", "approval.signed_on")],
        "advice after the decision",
    ),
    Case(paper(chief_executive=chief()), [], "advice on the day of the decision"),
    Case(
        paper(chief_executive=chief(signature="absent")),
        [("signature-absent", "needs-person", "chief_executive.signature")],
        "the chief executive did not sign",
    ),
    Case(paper(chief_executive=chief(statement=None, signature="absent", signed_on=None)), [], "a form without one"),
    # Form and file
    Case(paper(form=None, reference=None, title=None), [("form-unknown", "blocks", "form")], "one finding for it"),
    Case(
        paper(form=None, chief_executive=chief(signed_on=None)),
        [("form-unknown", "blocks", "form")],
        "nothing was read",
    ),
    Case(
        paper(form=None, executive_summary=(), recommendations=(), sections=()),
        [("form-unknown", "blocks", "form"), ("scanned-pages", "blocks", "source.ocr_pages")],
        "a scan",
    ),
    Case(paper(reference=None), [("reference-missing", "blocks", "reference")], "no reference"),
    Case(paper(title=" "), [("title-missing", "blocks", "title")], "a blank title"),
    Case(
        paper(source=Source(sha256="0" * 64, file_name="a.pdf", pages=3, ocr_pages=(2, 3))),
        [("scanned-pages", "blocks", "source.ocr_pages")],
        "two pages are pictures",
    ),
    Case(
        paper(executive_summary=(), recommendations=(), sections=()),
        [("scanned-pages", "blocks", "source.ocr_pages"), ("section-empty", "blocks", "recommendations")],
        "no text",
    ),
    Case(paper(hidden=("text under a box",)), [("hidden-content", "blocks", "hidden")], "hidden text"),
    Case(
        paper(withheld_passages=(withheld("unplaced"), withheld("unplaced", 2))),
        [("unplaced-text", "needs-person", "withheld_passages")] * 2,
        "one for each page",
    ),
    Case(
        paper(form=None, withheld_passages=(withheld("unplaced"),)),
        [("form-unknown", "blocks", "form")],
        "all unplaced",
    ),
    # Markings
    Case(marked("OFFICIAL-SENSITIVE [COMMERCIAL]"), [("document-marking", "blocks", "markings")], "the usual one"),
    Case(
        marked("O F F I C I A L – SENSITIVE", "OFFICIAL-SENSITIVE"),
        [("document-marking", "blocks", "markings")] * 2,
        "letter-spaced, with a long dash",
    ),
    Case(marked("0FFICIAL: SENSITIVE"), [("document-marking", "blocks", "markings")], "a zero for an O"),
    Case(marked("UK TOP SECRET"), [("document-marking", "blocks", "markings")], "an incident"),
    Case(marked("RESTRICTED"), [("document-marking", "blocks", "markings")], "of before 2014"),
    Case(marked("BURN AFTER READING"), [("document-marking", "blocks", "markings")], "one that no row knows"),
    Case(marked("TLP:GREEN"), [("document-marking", "needs-person", "markings")], "shared in a community"),
    Case(
        marked("OFFICIAL", "OFFICIAL", "OFFICIAL"), [("document-marking", "note", "markings")], "one note for all pages"
    ),
    Case(saying("OFFICIAL-SENSITIVE"), [("document-marking", "blocks", None)], "alone as a paragraph"),
    Case(
        saying(
            "Its marking is OFFICIAL-SENSITIVE [COMMERCIAL], and the rest is in the restricted section.",
            part2=with_part2(),
        ),
        [],
        "a mention",
    ),
    Case(paper(part2=with_part2()), [], "the marking of Part 2 in its notice"),
    Case(
        paper(source=Source(sha256="0" * 64, file_name="PCD 1 OFFICIAL SENSITIVE.pdf", pages=3)),
        [("document-marking", "needs-person", "source.file_name")],
        "in the file's name",
    ),
    # Part 2
    Case(
        paper(part2=with_part2(exists="undetermined")), [("part2-undetermined", "blocks", "part2.exists")], "not said"
    ),
    Case(
        paper(part2=with_part2(marking=None, ceases_when=None, exemptions=())),
        [
            ("part2-conflict", "blocks", "part2.exists"),
            ("exemption-missing", "blocks", "part2.exemptions"),
            ("cease-condition-without-date", "needs-person", "part2.ceases_when"),
        ],
        "no notice of it",
    ),
    Case(
        paper(part2=with_part2(exists="no")),
        [("part2-conflict", "blocks", "part2.exists")],
        "none, and a notice of one",
    ),
    Case(
        paper(part2=with_part2(withheld=Withheld(pages=(3, 4), words=90))),
        [("part2-content-in-part1", "needs-person", "part2.withheld")],
        "Part 2 in the same file",
    ),
    Case(
        paper(evidence={"title": at("Title: Custody healthcare (Part 2)")}),
        [("part2-content-in-part1", "blocks", "title")],
        "a title that calls the paper so",
    ),
    Case(
        paper(evidence={"reference": at("DMPC Decision – PCD 1234 – Part II exempt")}),
        [("part2-content-in-part1", "blocks", "reference")],
        "a reference that does",
    ),
    Case(paper(evidence={"title": at("Title: Part 2 of the estates programme")}), [], "a title that names a phase"),
    Case(saying("PART 2 – CONFIDENTIAL FACTS AND ADVICE"), [("part2-content-in-part1", "blocks", None)], "its heading"),
    Case(
        saying("Part 2 confidential information annex"),
        [("part2-content-in-part1", "blocks", None)],
        "in small letters",
    ),
    Case(saying("Part 2 confidentiality is explained in the guidance."), [], "a sentence on it"),
    Case(
        saying("Part 2 – this part has the business case, which is NOT SUITABLE for publication."), [], "a notice of it"
    ),
    Case(paper(part2=with_part2(exemptions=())), [("exemption-missing", "blocks", "part2.exemptions")], "no ground"),
    Case(
        paper(
            part2=with_part2(
                exemptions=(FULLY, ground(None, as_printed="The public interest test was made.", reading=READING))
            )
        ),
        [("exemption-unresolved", "needs-person", "part2.exemptions[1]")],
        "the second ground cannot be read",
    ),
    Case(
        paper(part2=with_part2(exemptions=(UNTESTED,))),
        [("public-interest-test-missing", "needs-person", "part2.exemptions[0]")],
        "a qualified one, no test",
    ),
    Case(paper(part2=with_part2(exemptions=(ABSOLUTE,))), [], "an absolute one needs no test"),
    Case(
        paper(part2=with_part2(ceases_when="It ceases to be exempt once the contract is signed.")),
        [("cease-condition-without-date", "needs-person", "part2.ceases_when")],
        "an event",
    ),
    Case(
        paper(part2=with_part2(ceases_when="It ceases once the contract is signed, or on 1 June 2025.")),
        [],
        "and a date",
    ),
    # Declarations
    Case(paper(declarations=()), [("declarations-missing", "needs-person", "declarations")], "none"),
    Case(
        paper(declarations=(Declaration(topic="Legal Advice", statement="Asked.", ticked=False),)),
        [("declaration-unticked", "needs-person", "declarations[0].ticked")],
        "one without its tick",
    ),
    # Sections
    Case(
        paper(sections=(section("1", "Introduction", "Words."), section("2", "Legal Comments"))),
        [("section-empty", "needs-person", "sections[1]")],
        "a heading with nothing below it",
    ),
    Case(
        paper(sections=(section("1", "Introduction", " – "),)),
        [("section-empty", "needs-person", "sections[0]")],
        "a dash",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_what_the_fields_of_a_paper_say(case: Case) -> None:
    assert sorted((f.check, f.severity, f.field or "") for f in find(case.record)) == sorted(
        (check, severity, field or "") for check, severity, field in case.says
    )


ASKS = {
    "deferral-undetermined": "yes-no",
    "deferral-incomplete:deferral.until": "date",
    "part2-undetermined": "yes-no",
    "exemption-unresolved": "exemption",
    "cease-condition-without-date": "date",
}


def test_only_questions_with_a_value_ask_for_one() -> None:
    for case in CASES:
        for check, _, _ in case.says:
            for finding in fired(case.record, check):
                assert finding.asks == ASKS.get(f"{check}:{finding.field}", ASKS.get(check)), check


def test_no_message_says_what_is_withheld() -> None:
    secret = "Quillfeather Consortium"
    record = paper(hidden=(secret,), withheld_passages=(withheld("part2", 3, secret), withheld("unplaced", 2, secret)))
    said = "".join(finding.message + finding.id for finding in find(record))
    assert said
    assert "Quillfeather" not in said


def test_a_finding_is_shown_where_its_field_was_read() -> None:
    finding = fired(paper(approval=approval(signature="absent", approved=False)), "signature-absent")[0]
    assert (finding.page, finding.box) == (1, (72.0, 600.0, 300.0, 640.0))


def test_findings_follow_the_paper() -> None:
    record = paper(
        title="TBC",
        executive_summary=(passage("summary/1", "TBC"),),
        approval=approval(interests="not-stated"),
        sections=(section("1", "Introduction", "Words.", "TBC"),),
        deferral=DeferralFacts(answer="undetermined", reason=None, until=None),
    )
    assert [finding.passage or finding.field for finding in find(record)] == [
        "title",
        "summary/1",
        "approval.interests",
        "1/1.2",
        "deferral.answer",
    ]


def test_an_id_does_not_depend_on_other_findings() -> None:
    alone = fired(saying("A.", "TBC"), "prompt-left-in")[0].id
    among = [finding.id for finding in fired(saying("TBC", "TBC", title="TBC"), "prompt-left-in")]
    assert alone in among
    assert "prompt-left-in" in slugs(saying("TBC"))


def test_two_places_with_one_number_lose_no_finding() -> None:
    record = saying(passage("2/2.1", "TBC"), passage("2/2.1", "TBC"))
    ids = [finding.id for finding in fired(record, "prompt-left-in")]
    assert len(ids) == len(set(ids)) == 2


def test_part2_facts_of_a_paper_without_one_are_quiet() -> None:
    assert slugs(paper(part2=Part2Facts(exists="no", marking=None, ceases_when=None, exemptions=()))) == []
