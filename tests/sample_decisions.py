"""Approved decisions as the site gets them: fictional, and each with something that a page must get right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from publish.part1 import (
    Block,
    CellMark,
    Deferral,
    Ground,
    Mark,
    Note,
    Part1,
    Part2Notice,
    PublicAward,
    PublicPassage,
    PublicSection,
    PublicTable,
    Stub,
    Version,
    Withholding,
)

COMMERCIAL = Ground(
    key="FOIA s.43(2)",
    label="commercial interests",
    law="Freedom of Information Act 2000, section 43(2)",
    means="Publishing it now would be likely to harm a supplier’s business or the police’s power to get a fair price. "
    "We must weigh that against the public interest in knowing.",
    as_printed="Section 43 – Commercial Interests",
)
ENFORCEMENT = Ground(
    key="FOIA s.31(1)(a)",
    label="law enforcement",
    law="Freedom of Information Act 2000, section 31(1)(a)",
    means="Publishing it would be likely to help people to commit crime or to escape detection.",
)
PRIVILEGE = Ground(
    key="FOIA s.42",
    label="legal privilege",
    law="Freedom of Information Act 2000, section 42",
    means="It is advice from lawyers to their client.",
)
PERSONAL = Ground(key="FOIA s.40(2)", label="personal information")
UNCONFIRMED = Ground(
    key=None, label="ground not confirmed", as_printed="Article 9(4) of the Estates Order 2016 (Confidence, section 12)"
)


def text(identity: str, words: str, level: int = 1, number: str | None = None) -> PublicPassage:
    """A passage; what stands in [square brackets with a line number: 1] becomes a mark of that line."""
    marks: list[Mark] = []
    parts = words.split("[")
    said = parts[0]
    for part in parts[1:]:
        inside, _, rest = part.partition("]")
        entry, _, mark = inside.partition(":")
        marks.append(Mark(start=len(said), end=len(said) + len(mark), entry=int(entry)))
        said += mark + rest
    shown = number if number is not None else identity.rpartition("/")[2].rpartition(".")[2]
    if number is None and identity[0].isdigit():
        shown = identity.rpartition("/")[2]
    return PublicPassage(
        id=identity, number=None if shown.startswith("p") else shown, level=level, public_text=said, marks=tuple(marks)
    )


def section(number: str, heading: str, *passages: Block) -> PublicSection:
    return PublicSection(number=number, public_heading=heading, passages=passages)


def award(number: int, supplier: str | None, purpose: str | None, value: str | None, **more: object) -> PublicAward:
    fields: dict[str, object] = {
        "recommendation": f"recommendation/{number}",
        "kind": "direct-award",
        "supplier": supplier,
        "purpose": purpose,
        "framework": None,
        "value": value,
        "value_as_printed": None,
        "term": "1 year",
        "extension_options": None,
        "total_after": None,
    }
    return PublicAward.model_validate(fields | more)


def version(number: int, on: date, note: Note = "First published.") -> Version:
    return Version(number=number, published_on=on, note=note, digest=f"{number}{'ab' * 31}c")


def decision(reference: str, title: str, signed_on: date, **more: object) -> Part1:
    fields: dict[str, object] = {
        "body": "MOPAC",
        "body_name": "Mayor’s Office for Policing And Crime",
        "reference": reference,
        "reference_as_printed": reference.replace(" ", ""),
        "title": title,
        "decision_maker": "Deputy Mayor for Policing and Crime",
        "outcome": "approved",
        "signed_on": signed_on,
        "executive_summary": (),
        "recommendation_lead": "The Deputy Mayor for Policing and Crime is recommended to:",
        "recommendations": (),
        "sections": (),
        "awards": (),
        "part2": Part2Notice(exists="no"),
        "deferral": Deferral(answer="no"),
        "versions": (version(1, signed_on),),
    }
    return Part1.model_validate(fields | more)


LONG = decision(
    "PCD 9004",
    "HARBOUR – Full Business Case - second stage",
    date(2023, 12, 21),
    executive_summary=(
        text(
            "summary/1",
            "This paper sets out the second stage of HARBOUR, the system that records what is held in "
            "property stores. It says what changed since the first stage was approved in February 2022.",
        ),
        text(
            "summary/2",
            "The second stage covers the work that is left, and what it costs to run the system from day "
            "to day once the programme has closed.",
        ),
        text("summary/3", "Decisions are needed on:"),
        text(
            "summary/3.a",
            "more capital and revenue, because the second release was planned again and support for it "
            "has to be paid for; and",
            level=2,
        ),
        text("summary/3.b", "changes to contracts that support the above.", level=2),
    ),
    recommendations=(
        text(
            "recommendation/1",
            "To approve £49.927m in the capital plan and £56.694m in the medium-term plan, to "
            "finish the programme and to maintain the service.",
        ),
        text(
            "recommendation/2",
            "To approve a £249k extension of the Programme Director contract with Alder & Wren LLP "
            "(new contract value £748k).",
        ),
        text(
            "recommendation/3",
            "To approve the direct award of a contract for interfaces to Alder & Wren LLP via the "
            "Technology Services 3 Framework, with a total value of £5.000m and a term of 1 year.",
        ),
        text(
            "recommendation/4",
            "To approve the direct award of a contract for technical advice to Cairn Systems Inc. "
            "via the SPF2 Framework, with a total value of £1.700m and a term of 1 year.",
        ),
        text(
            "recommendation/5",
            "To approve the direct award of a contract for text messages to the Civic Messaging "
            "Service, with a total value of £2.000m and a term of 1 year with extension options up to 5 years.",
        ),
        text("recommendation/6", "To delegate extensions of these contracts to the Director of Commercial Services."),
    ),
    awards=(
        award(
            2,
            "Alder & Wren LLP",
            "Programme Director role",
            "249000",
            kind="extension",
            value_as_printed="£249k",
            term=None,
            total_after="748000",
            total_after_as_printed="£748k",
        ),
        award(
            3,
            "Alder & Wren LLP",
            "Interfaces",
            "5000000",
            value_as_printed="£5.000m",
            framework="Technology Services 3",
        ),
        award(4, "Cairn Systems Inc.", "Technical advice", "1700000", value_as_printed="£1.700m", framework="SPF2"),
        award(
            5,
            "Civic Messaging Service",
            "Text messages",
            "2000000",
            value_as_printed="£2.000m",
            extension_options="up to 5 years",
        ),
    ),
    sections=(
        section(
            "1",
            "Introduction and background",
            text("1/1.1", "The first release of HARBOUR went live in three divisions in November 2022."),
            text("1/1.2", "The second release replaces four older systems and brings the rest of the service in."),
        ),
        section(
            "2",
            "Issues for consideration",
            text("2/2.1", "The release was moved by nine months. Six factors explain the change in cost."),
            text("2/2.2", "They are these.", level=1),
            text(
                "2/2.2.3",
                "Functions that were not in the first stage, because the need became clear only in use.",
                level=2,
            ),
            text(
                "2/2.2.3.2",
                "Audit of use – the system keeps a record of who looked at what, to the standard that "
                "policing systems have to meet.",
                level=3,
            ),
            text(
                "2/2.2.3.3",
                "Watching how the system performs – the stores depend on it day and night. A review "
                "advised more monitoring, and [1:Withheld: law enforcement], a well-known product, is being built "
                "into the system.",
                level=3,
            ),
            text("2/p1", "The table shows the cost of each release."),
            PublicTable(
                id="2/t1",
                caption="Cost of the releases, £m",
                public_header=("Release", "Capital", "Revenue", "Planned", "Now due"),
                public_rows=(
                    ("First", "21.400", "11.250", "November 2022", "November 2022"),
                    ("Second", "28.527", "45.444", "May 2023", "February 2024"),
                ),
            ),
        ),
        section(
            "3",
            "Financial comments",
            text(
                "3/3.1",
                "An increase of £106.6M is requested, of which 47% (£49.9M) is capital and the balance "
                "of £56.7M is revenue.",
            ),
            text("3/3.2", "The rest is in the restricted section of the report. [2:Withheld: commercial interests]"),
        ),
        section(
            "4",
            "Legal comments",
            text("4/4.1", "[3:Withheld: legal privilege]"),
            text("4/4.2", "[3:Withheld: legal privilege]"),
        ),
        section(
            "5",
            "Commercial issues",
            text("5/5.1", "The contracts are let under frameworks that allow a direct award."),
            text("5/5.2", "Further information is in the restricted section of the report."),
        ),
        section("6", "Data protection", text("6/6.1", "An assessment was made and is kept under review.")),
        section(
            "7", "Equality", text("7/7.1", "There is no change to service that affects one group more than another.")
        ),
    ),
    part2=Part2Notice(
        exists="yes",
        marking="OFFICIAL-SENSITIVE [COMMERCIAL]",
        grounds=(COMMERCIAL,),
        ceases_when="The paper will cease to be exempt when the commercial decisions are agreed and made public.",
        next_review=date(2027, 2, 1),
    ),
    withheld=(
        Withholding(
            place="In paragraph 2.2.3.3",
            exemption=ENFORCEMENT,
            next_review=date(2027, 3, 1),
            because="The product that watches the system is named.",
        ),
        Withholding(
            place="In paragraph 3.2",
            exemption=COMMERCIAL,
            next_review=date(2027, 2, 1),
            because="Prices that are still being negotiated.",
        ),
        Withholding(
            place="All of section 4",
            exemption=PRIVILEGE,
            next_review=date(2027, 2, 1),
            because="Advice on the award of the contracts.",
        ),
    ),
    versions=(
        version(1, date(2024, 1, 9)),
        version(2, date(2024, 2, 14), "Corrected."),
    ),
)

TWO_MARKS = decision(
    "PCD 9007",
    "Custody healthcare: contract award for four years",
    date(2024, 6, 3),
    executive_summary=(text("summary/1", "This decision awards one contract for nurses in all custody suites."),),
    recommendations=(
        text(
            "recommendation/1",
            "To award a contract for custody nursing to Mountfield Care Ltd for £61.4m over four years.",
        ),
    ),
    awards=(
        award(
            1,
            "Mountfield Care Ltd",
            "Custody nursing",
            "61400000",
            value_as_printed="£61.4m",
            kind="award",
            term="four years",
        ),
    ),
    sections=(
        section(
            "1",
            "Background",
            text(
                "1/1.1",
                "The contract manager, [1:Withheld: personal information], and the clinical lead, "
                "[2:Withheld: personal information], took part in the assessment.",
            ),
            PublicTable(
                id="1/t1",
                caption="Bids",
                public_header=("Bidder", "Score", "Price"),
                public_rows=(
                    ("Mountfield Care Ltd", "87", "£61.4m"),
                    ("Second bidder", "81", "Withheld: commercial interests"),
                ),
                marks=(CellMark(start=0, end=30, entry=3, row=2, column=2),),
            ),
        ),
    ),
    withheld=(
        Withholding(place="In paragraph 1.1", exemption=PERSONAL, because="Names of people below the senior grades."),
        Withholding(place="In paragraph 1.1", exemption=PERSONAL, because="Names of people below the senior grades."),
        Withholding(
            place="In the table Bids",
            exemption=COMMERCIAL,
            because="A price that was not accepted.",
            next_review=date(2026, 12, 1),
        ),
    ),
)

MARKUP = decision(
    "PCD 9008",
    "Kiosks <script>alert(1)</script> & {{ 7*7 }} **bold**",
    date(2024, 9, 30),
    executive_summary=(
        text(
            "summary/1",
            "=SUM(A1:A9) and +44 and @lookup and -1 stand in this text. <img src=x onerror=alert(2)> "
            "{% raw %} `code` <!-- comment --> &amp; \"quotes\" 'too' # Heading",
        ),
        text("summary/2", "-----BEGIN----- | a | table | </p></article></main><!--partone:main-->"),
    ),
    recommendations=(text("recommendation/1", "To approve <b>kiosks</b> for £90,000 & no more."),),
    awards=(award(1, "O'Hare & Sons <Ltd>", None, None, kind="other", value_as_printed=None, term=None),),
    sections=(section("1", "Costs < £100k && {{ config }}", text("1/1.1", "${x} %(y)s <svg onload=alert(4)>")),),
)

UNRESOLVED = decision(
    "PCD 9010",
    "Lease of a former station at Quayside",
    date(2025, 2, 11),
    executive_summary=(text("summary/1", "The lease of a station that is no longer used is given up."),),
    recommendations=(
        text("recommendation/1", "To give up the lease."),
        text("recommendation/2", "To note the saving."),
    ),
    sections=(section("1", "Background", text("1/1.1", "The building was left in 2021.")),),
    part2=Part2Notice(
        exists="yes",
        grounds=(UNCONFIRMED, COMMERCIAL),
        marking="OFFICIAL-SENSITIVE",
        ceases_when="When the landlord has re-let the building.",
        next_review=date(2027, 1, 14),
    ),
)

PLAIN = decision(
    "PCD 9011",
    "Independent custody visiting scheme: annual report",
    date(2025, 11, 9),
    executive_summary=(
        text("summary/1", "This decision notes the report for the year and agrees that it is published."),
    ),
    recommendations=(text("recommendation/1", "To note the report."), text("recommendation/2", "To publish it.")),
    sections=(
        PublicSection(number=None, public_heading="Background", passages=(text("1/p1", "Visitors made 412 visits."),)),
        section("2", "Equality", text("2/2.1", "None of the findings differs by group.")),
    ),
)

GRANTS = decision(
    "DMPCD 2026 12",
    "Grants for safer streets",
    date(2026, 3, 2),
    executive_summary=(text("summary/1", "Grants to four charities in the outer boroughs are continued."),),
    recommendations=tuple(
        text(f"recommendation/{n}", f"To award a grant of {value} to {name}.")
        for n, (name, value) in enumerate((("Lantern", "£120k"), ("Hearth", "between £80k and £95k")), start=1)
    ),
    awards=(
        award(1, "Lantern", "Safer streets", "120000", kind="grant", value_as_printed="£120k"),
        award(2, "Hearth", "Safer streets", None, kind="grant", value_as_printed="between £80k and £95k"),
    ),
    sections=(section("1", "Background", text("1/1.1", "The grants began in 2024.")),),
)

DEFERRED = Stub(
    body="MOPAC",
    body_name="Mayor’s Office for Policing And Crime",
    reference="PCD 9012",
    public_title="Sale of a former police station",
    decision_maker="Deputy Mayor for Policing and Crime",
    signed_on=date(2026, 11, 12),
    deferral=Deferral(answer="yes", reason="The sale is not yet agreed.", until=date(2027, 1, 15)),
)

UNTITLED = DEFERRED.model_copy(
    update={"reference": "PCD 9013", "public_title": None, "deferral": Deferral(answer="yes", until=date(2027, 2, 1))}
)

SAMPLES: tuple[Part1 | Stub, ...] = (LONG, TWO_MARKS, MARKUP, UNRESOLVED, PLAIN, GRANTS, DEFERRED, UNTITLED)


def parts(decisions: Iterable[Part1 | Stub]) -> tuple[Part1, ...]:
    return tuple(one for one in decisions if isinstance(one, Part1))
