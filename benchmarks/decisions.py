"""Made-up decisions of realistic length, as many as are wanted: the same number always makes the same decision.

About 2,500 words each, as a full business case has; words from this project's own documents in an order of their own,
so that hardly two pages share a sentence; contracts in two of five, a Part 2 in one of three, marks in one of four.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from publish.part1 import (
    Deferral,
    Ground,
    Mark,
    Part1,
    Part2Notice,
    PublicAward,
    PublicPassage,
    PublicSection,
    PublicTable,
    Version,
    Withholding,
    digest,
)

DOCUMENTS = Path(__file__).resolve().parent.parent / "docs"
FIRST_DAY = date(2012, 1, 16)
A_YEAR = 750  # decisions
HEADINGS = (
    *("Introduction and background", "Issues for consideration", "Financial Comments", "Legal Comments"),
    *("Commercial Issues", "GDPR and Data Privacy", "Equality Comments", "Background/supporting papers"),
)
MARK = "[Withheld: commercial interests]"
COMMERCIAL = Ground(
    key="FOIA s.43(2)",
    label="commercial interests",
    law="Freedom of Information Act 2000, section 43(2)",
    means="Publishing it now would be likely to harm somebody’s business.",
)


@cache
def vocabulary() -> tuple[str, ...]:
    """The words that this project's own documents are made of."""
    texts = (file.read_text(encoding="utf-8") for file in sorted(DOCUMENTS.glob("*.md")))
    return tuple(sorted({word for text in texts for word in re.findall(r"\b[a-z]{2,}\b", text)}))


def decisions(count: int) -> Iterator[Part1]:
    """So many decisions, the oldest first."""
    return map(decision, range(1, count + 1))


def decision(number: int) -> Part1:
    """The decision with this number in its reference."""
    r = random.Random(number)
    signed = FIRST_DAY + timedelta(days=number * 365 // A_YEAR)
    suppliers = [f"{_title(r, 2)} Limited" for _ in range(r.choice((0, 0, 0, 1, 3)))]
    awards = tuple(_award(r, at, supplier) for at, supplier in enumerate(suppliers, 1))
    recommendations = [
        _text(f"recommendation/{n}", str(n), _sentence(r)) for n in range(1, len(awards) + r.randint(2, 6))
    ]
    sections = [_section(r, n, heading) for n, heading in enumerate(HEADINGS, 1)]
    marked = r.random() < 0.25
    if marked:
        sections[2] = sections[2].model_copy(update={"passages": (_marked(r), *sections[2].passages[1:])})
    made = Part1(
        body="MOPAC",
        body_name="Mayor’s Office for Policing And Crime",
        reference=f"PCD {number}",
        reference_as_printed=f"PCD{number}",
        public_title=_title(r, 7),
        decision_maker="Deputy Mayor for Policing and Crime",
        outcome="approved",
        signed_on=signed,
        executive_summary=tuple(_text(f"summary/{n}", str(n), _paragraph(r, 60)) for n in range(1, 4)),
        recommendation_lead="The Deputy Mayor for Policing and Crime is recommended to:",
        recommendations=tuple(recommendations),
        sections=tuple(sections),
        awards=awards,
        part2=Part2Notice(exists="yes", grounds=(COMMERCIAL,), next_review=signed + timedelta(days=180))
        if r.random() < 1 / 3
        else Part2Notice(exists="no"),
        deferral=Deferral(answer="no"),
        withheld=(Withholding(place="In paragraph 3.1", exemption=COMMERCIAL, because="It would harm a bidder."),)
        if marked
        else (),
    )
    published = Version(number=1, published_on=signed + timedelta(days=5), note="First published.", digest=digest(made))
    return made.model_copy(update={"versions": (published,)})


def _section(r: random.Random, number: int, heading: str) -> PublicSection:
    passages: list[PublicPassage | PublicTable] = [
        _text(f"{number}/{number}.{n}", f"{number}.{n}", _paragraph(r, r.randint(30, 90)))
        for n in range(1, r.randint(3, 8))
    ]
    if number == 3:
        figures = [r.randint(10, 9_999) for _ in range(4)]
        rows = tuple((_title(r, 3), f"{figure:,}") for figure in figures)
        total = ("Total", f"{sum(figures):,}")
        passages.append(
            PublicTable(
                id="3/t1", caption=_title(r, 4), public_header=("Item", "£k"), public_rows=(*rows, total), totals=True
            )
        )
    return PublicSection(number=str(number), public_heading=heading, passages=tuple(passages))


def _award(r: random.Random, at: int, supplier: str) -> PublicAward:
    value = r.randint(50, 90_000) * 1000
    return PublicAward(
        recommendation=f"recommendation/{at}",
        kind=r.choice(("award", "direct-award", "extension")),
        supplier=supplier,
        purpose=_title(r, 3).lower(),
        framework=None,
        value=str(value),
        value_as_printed=f"£{value:,}",
        term=f"{r.randint(1, 5)} years",
        extension_options=None,
        total_after=None,
    )


def _marked(r: random.Random) -> PublicPassage:
    said = f"{_paragraph(r, 40)} {MARK}"
    mark = Mark(start=len(said) - len(MARK), end=len(said), entry=1)
    return PublicPassage(id="3/3.1", number="3.1", level=1, public_text=said, marks=(mark,))


def _text(place: str, number: str, words: str) -> PublicPassage:
    return PublicPassage(id=place, number=number, level=1, public_text=words)


def _paragraph(r: random.Random, words: int) -> str:
    said = [_sentence(r)]
    while sum(len(sentence.split()) for sentence in said) < words:
        said.append(_sentence(r))
    return " ".join(said)


def _sentence(r: random.Random) -> str:
    words = r.choices(vocabulary(), k=r.randint(9, 24))
    if r.random() < 0.3:
        words.insert(r.randrange(1, len(words)), f"£{r.randint(1, 99)}.{r.randint(0, 9)}m")
    return f"{' '.join(words).capitalize()}."


def _title(r: random.Random, words: int) -> str:
    return " ".join(r.choices(vocabulary(), k=words)).capitalize()
