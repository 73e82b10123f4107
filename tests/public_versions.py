"""Invented public versions of decisions, for tests of what publishes and proves them."""

from __future__ import annotations

from datetime import date

from publish.part1 import (
    CellMark,
    Deferral,
    Ground,
    Mark,
    Part1,
    Part2Notice,
    PublicAward,
    PublicPassage,
    PublicSection,
    PublicTable,
    Stub,
    Withholding,
)
from publish.part1 import digest as digest_of
from publish.shelf import Approval, Entry

COMMERCIAL = Ground(
    key="FOIA s.43(2)", label="commercial interests", law="Freedom of Information Act 2000, section 43(2)"
)
PRINTED = Ground(key=None, label="a ground we could not match", as_printed="Article 2(2)(a)")
MARK = "Withheld: commercial interests"


def passage(id: str, number: str | None, text: str, level: int = 1) -> PublicPassage:
    """A passage; where its text holds the words of a mark, that place is marked."""
    at = text.find(MARK)
    marks = (Mark(start=at, end=at + len(MARK), entry=1),) if at >= 0 else ()
    return PublicPassage(id=id, number=number, level=level, public_text=text, marks=marks)


HORSES = Part1(
    body="MOPAC",
    body_name="Mayor’s Office for Policing And Crime",
    reference="PCD 2041",
    reference_as_printed="PCD2041",
    public_title="Mounted branch – new stables & <b>fodder</b> = 3 + 4",
    decision_maker="Deputy Mayor for Policing and Crime",
    outcome="approved",
    signed_on=date(2026, 3, 12),
    executive_summary=(
        passage(
            "summary/1", "1", "The mounted branch keeps 41 horses in stables that leak. This paper asks for new ones."
        ),
        passage("summary/2", "2", "The stables cost £1.250m over two years:"),
        passage("summary/2.a", "a", "roofs and drains; and", 2),
    ),
    recommendation_lead="The Deputy Mayor for Policing and Crime is recommended:",
    recommendations=(
        passage("recommendation/1", "1", "To approve £1.250m of capital for stables."),
        passage("recommendation/2", "2", f"To award the contract to {MARK} for a term of 2 years."),
    ),
    sections=(
        PublicSection(
            number="1",
            public_heading="Introduction and background",
            passages=(
                passage("1/1.1", "1.1", "Horses were first stabled at the yard in 1921. The roof is as old."),
                passage("1/p1", None, MARK),
            ),
        ),
        PublicSection(
            number="2",
            public_heading="Financial Comments",
            passages=(
                passage("2/2.1", "2.1", "The costs are in the table."),
                PublicTable(
                    id="2/t1",
                    caption="Costs by year",
                    public_header=("Year", "Stables", "Fodder"),
                    public_rows=(("2026/27", "£750,000", MARK), ("2027/28", "£500,000", "£12,400")),
                    marks=(CellMark(start=0, end=len(MARK), entry=1, row=1, column=2),),
                ),
            ),
        ),
        PublicSection(number="3", public_heading="Legal Comments", passages=(passage("3/3.1", "3.1", MARK),)),
    ),
    awards=(
        PublicAward(
            recommendation="recommendation/2",
            kind="award",
            supplier=None,
            purpose="stables",
            framework="Crown Yards 2",
            value="1250000",
            value_as_printed="£1.250m",
            term="2 years",
            extension_options="1 year",
            total_after=None,
        ),
    ),
    part2=Part2Notice(exists="yes", grounds=(COMMERCIAL, PRINTED), next_review=date(2027, 2, 1)),
    deferral=Deferral(answer="no"),
    withheld=(
        Withholding(
            place="Recommendation 2", exemption=COMMERCIAL, because="The tender is open.", next_review=date(2027, 2, 1)
        ),
    ),
)

BICYCLES = Part1(
    body="MOPAC",
    body_name="Mayor’s Office for Policing And Crime",
    reference="PCD 2042",
    reference_as_printed="PCD 2042",
    public_title="Bicycle marking scheme",
    decision_maker="Deputy Mayor for Policing and Crime",
    outcome="approved",
    signed_on=date(2025, 11, 3),
    executive_summary=(passage("summary/1", "1", "Residents may have a bicycle marked without charge."),),
    recommendations=(passage("recommendation/1", "1", "To extend the scheme by a grant of £24,000."),),
    sections=(
        PublicSection(
            number="1", public_heading="Introduction and background", passages=(passage("1/1.1", "1.1", "It works."),)
        ),
    ),
    awards=(
        PublicAward(
            recommendation="recommendation/1",
            kind="grant",
            supplier="Pedal Ltd, London",
            purpose="the scheme",
            framework=None,
            value="24000",
            value_as_printed="£24,000",
            term=None,
            extension_options=None,
            total_after=None,
        ),
    ),
    part2=Part2Notice(exists="no"),
    deferral=Deferral(answer="no"),
)

DEFERRED = Stub(
    body="MOPAC",
    body_name="Mayor’s Office for Policing And Crime",
    reference="PCD 2043",
    public_title=None,
    decision_maker="Deputy Mayor for Policing and Crime",
    signed_on=date(2026, 5, 4),
    deferral=Deferral(answer="yes", reason="A tender is open.", until=date(2030, 1, 1)),
)


def approved(decision: Part1 | Stub) -> Entry:
    """The decision as two people put it on the shelf."""
    return Entry(
        decision=decision,
        approvals=(
            Approval(role="reviewer", on=date(2026, 6, 1)),
            Approval(role="releaser", on=date(2026, 6, 2)),
        ),
        digest=digest_of(decision),
    )
