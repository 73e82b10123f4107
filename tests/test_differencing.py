"""A withheld figure must not follow from figures that are published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from extract import rules
from extract.claims import Finding, Review, Span, Withhold
from extract.differencing import follows
from extract.record import DecisionRecord, Passage, TablePassage, WithheldPassage, digest
from extract.separate import separate
from tests.checks.records import passage, saying
from tests.command_line import ROOT, partone, staffed


def table(*rows: tuple[str, ...]) -> TablePassage:
    return TablePassage(
        id="2/t1", caption="Costs", header=rows[0], rows=rows[1:], page=2, boxes=passage("2/2.1", "").boxes
    )


def withheld(record: DecisionRecord, place: str, words: str | None) -> tuple[Finding, ...]:
    """What is found where a person withholds these words of a place, and no more."""
    texts = {p.id: p.text for p in record.passages() if isinstance(p, Passage)}
    start = None if words is None else texts[place].index(words)
    span = Span(passage=place, start=start, end=None if start is None or words is None else start + len(words))
    claim = Withhold(
        by="Ada Lovell",
        at=datetime(2026, 3, 2, tzinfo=UTC),
        because="Harm.",
        id="w",
        place=span,
        exemption="FOIA s.43(2)",
    )
    markings = rules.propose(record)
    review = Review(record_digest=digest(record), rules_digest=markings.rules_digest, withholds=(claim,))
    return follows(record, separate(record, markings, review))


# What the paper says in 2.1 and 2.2, what is withheld in 2.1, and the public figures that it follows from.
FOLLOWS = [
    # a total and its two items
    ("It costs £4.3m: £1.9m for staff and £2.4m for cars.", "", "£2.4m", "£4.3m and £1.9m"),
    ("It costs £4.3m: £1.9m for staff and £2.4m for cars.", "", "£4.3m", "£1.9m and £2.4m"),
    # what is left of three
    ("It costs £9m: £2m for staff, £3m for cars and £4m for fuel.", "", "£4m", "£9m, £2m and £3m"),
    # the new value and what was added, in another paragraph
    ("The extension is worth £249k.", "The contract rises from £499k to £748k.", "£249k", "£499k and £748k"),
    ("The contract is now £748k.", "It was £499k, and £249k is added.", "£748k", "£499k and £249k"),
    # a share of a printed whole, and the whole of a printed share
    ("The grant is £400k, 20% of the £2.000m budget.", "", "£400k", "£2.000m"),
    ("The grant is £400k, 20% of the £2.000m budget.", "", "£2.000m", "£400k"),
    # so much a year for so many years
    ("It is £1.25m a year for 4 years, £5m in all, at most.", "", "£1.25m", "£5m"),
    # its total in another paragraph, and the items on both sides
    ("It is £4.680m, £4.740m and £4.800m a year.", "It is £14.220m over three years.", "£4.740m", "£14.220m"),
    ("Staff £100,100, cars £200,200.", "Fuel £300,300. In all £600,600.", "£200,200", "£600,600"),
    ("The rest of £4.00m is for C.", "Of the £9.00m, £2.00m goes to A and £3.00m to B.", "£4.00m", "£9.00m"),
    # one figure beside it and the other elsewhere
    (
        "The bid of £1,900,000 was lower than the next by £350,000.",
        "The next was £2,250,000.",
        "£1,900,000",
        "£2,250,000",
    ),
    # so much less, so much more, with the tax
    ("It is £1,337,450, 10% less than the budget of £1,486,056.", "", "£1,337,450", "£1,486,056"),
    ("It rose by 15% from £1,573,471 to £1,809,492.", "", "£1,809,492", "£1,573,471"),
    ("It is £1,000,000.", "It is £1,200,000 including VAT.", "£1,000,000", "£1,200,000"),
    # how many, in words and in another paragraph; half; the middle
    ("It is £1,234 for each.", "For forty cars it is £49,360.", "£1,234", "£49,360"),
    ("It is £1.25m a year.", "The four year contract is worth £5m.", "£1.25m", "£5m"),
    ("Each head costs £12,345.", "For 23 officers it is £283,935.", "£12,345", "£283,935"),
    ("The grant is £617,250, half of what was £1,234,500.", "", "£617,250", "£1,234,500"),
    ("The bids were £1.10m and £1.30m, with an average of £1.20m.", "", "£1.20m", "£1.10m"),
    # without a sign, and rounder
    ("It costs 4.3 million: 1.9 million for staff and 2.4 million for cars.", "", "2.4 million", "4.3 million"),
    ("The first bid was £3.337m.", "It was about £3.3m.", "£3.337m", "£3.3m"),
    # the same, more exactly; a share of what was there before
    ("It is £49.9M.", "Of the £106.6M, £49.927m is asked for.", "£49.9M", "£49.927m"),
    ("It adds £249k (50% of the original) for a new contract value of £748k.", "", "£249k", "£748k"),
    # rounded as it is printed: £49.9m and £56.7m make £106.6m
    ("Of £106.6m, £49.9m is new and £56.7m is not.", "", "£56.7m", "£106.6m and £49.9m"),
]


@pytest.mark.parametrize(
    ("said", "also", "words", "known"), FOLLOWS, ids=[f"{case[2]} of {case[0]}" for case in FOLLOWS]
)
def test_a_figure_that_follows_is_found_and_not_told(said: str, also: str, words: str, known: str) -> None:
    found = withheld(saying(said, also or "It is done."), "2/2.1", words)
    assert found, "the figure follows from public ones"
    assert {finding.severity for finding in found} == {"blocks"}
    assert any(known in finding.message or all(k in finding.message for k in known.split(" and ")) for finding in found)
    assert not any(words in finding.message for finding in found)


# What the paper says in 2.1 and 2.2, and what is withheld in 2.1.
HIDDEN = [
    ("It costs £4.3m: £1.9m for staff, the rest for cars.", "Fuel is £700k.", "£1.9m"),  # one of two unknown items
    ("The first bid was £3.337m.", "The budget is £12m for 5 years.", "£3.337m"),
    ("The first bid was £3.337m.", "Two lots are £4.1m and £7.9m, a third £12m.", "£3.337m"),
    ("It is £4.74m.", "About £5m is left.", "£4.74m"),  # one digit says little
    ("The first bid was £3m.", "One site costs £5m and the other £2m.", "£3m"),  # round figures differ so by chance
    ("The grant is £400k.", "About 20% of people cycle, and £2.000m is spent.", "£400k"),  # a share of something else
    ("It costs £4.3m.", "In all it costs £4.3m.", "£4.3m"),  # it is public itself: that is told as such elsewhere
]


@pytest.mark.parametrize(("said", "also", "words"), HIDDEN, ids=[case[0] for case in HIDDEN])
def test_a_figure_that_does_not_follow_is_left_alone(said: str, also: str, words: str) -> None:
    assert withheld(saying(said, also), "2/2.1", words) == ()


COSTS = (("Item", "2024", "2025"), ("Staff", "410", "30"), ("Cars", "622", "71"), ("Total", "1,032", "101"))


@pytest.mark.parametrize(
    ("rows", "place", "told"),
    [
        (COSTS, "2/t1/r2/c1", True),  # the only gap of a column that has a total
        (COSTS, "2/t1/r3/c1", True),  # the total itself
        (COSTS, "2/t1/r2", True),  # a whole row, each cell by its column
        ((("Item", "Staff", "Cars", "All"), ("2024", "410", "622", "1,032")), "2/t1/r1/c2", True),  # a row
        ((("Item", "Cost"), ("Staff", "410"), ("Cars", "622"), ("Fuel", "77")), "2/t1/r2/c1", False),  # no total
    ],
)
def test_the_one_gap_of_a_column_or_a_row_follows_from_its_total(
    rows: tuple[tuple[str, ...], ...], place: str, told: bool
) -> None:
    record = saying("The costs are these.")
    *before, last = record.sections
    record = record.model_copy(
        update={"sections": (*before, last.model_copy(update={"passages": (*last.passages, table(*rows))}))}
    )
    found = withheld(record, place, None)
    assert bool(found) is told
    assert all("in the table “Costs”" in finding.message for finding in found)


def test_two_gaps_of_a_column_hide_each_other() -> None:
    record = saying("The costs are these.")
    *before, last = record.sections
    record = record.model_copy(
        update={"sections": (*before, last.model_copy(update={"passages": (*last.passages, table(*COSTS))}))}
    )
    markings = rules.propose(record)
    claims = tuple(
        Withhold(
            by="Ada Lovell", at=datetime(2026, 3, 2, tzinfo=UTC), because="Harm.", id=place, place=Span(passage=place),
            exemption="FOIA s.43(2)",
        )
        for place in ("2/t1/r1/c1", "2/t1/r2/c1")
    )  # fmt: skip
    review = Review(record_digest=digest(record), rules_digest=markings.rules_digest, withholds=claims)
    assert follows(record, separate(record, markings, review)) == ()


def test_an_answer_is_given_to_one_way_and_another_is_asked_anew() -> None:
    one = saying("Of £106.6M, £49.9m is new and £56.7m is not.", "About 47% is new.")
    other = saying("Of £106.6M, £49.9m is new and £56.8m is not, 47% new.", "About 47% is new.")
    first, second = ({f.id for f in withheld(record, "2/2.1", "£49.9m")} for record in (one, other))
    assert first != second


def test_a_figure_of_part_2_that_follows_from_part_1_is_told_by_its_place_alone() -> None:
    secret = WithheldPassage(id="part2/1", withheld_text=SecretStr("The losing bid was £249k."), page=3, why="part2")
    record = saying("The contract rises from £499k to £748k.", withheld_passages=(secret,))
    (found,) = follows(record, separate(record, rules.propose(record)))
    assert found.field == "part2"
    assert "249" not in found.message


def test_officers_withhold_a_figure_are_asked_and_answer(tmp_path: Path) -> None:
    home = staffed(tmp_path / "home")
    paper = ROOT / "tests" / "papers" / "consistent.pdf"
    (entered,) = partone("ingest", paper, "--by", "Cleo Clerk", "--json", home=home).json["papers"]
    ref = entered["sha256"][:12]

    def asked() -> list[Finding]:
        told = partone("check", ref, "--json", home=home).json["findings"]
        return [Finding(**one) for one in told if one["check"] == "withheld-figure-follows"]

    assert asked() == []
    ground = ("--exemption", "FOIA s.43(2)", "--by", "Ann Reviewer", "--because", "It would harm the bidder.")
    assert partone("withhold", ref, "3/t1/r1/c1", *ground, home=home).code in (0, 1)
    (one,) = asked()
    said = partone("answer", ref, one.id, "--by", "Ben Reviewer", "--because", "Both are in the accounts.", home=home)
    assert said.code in (0, 1), said.err
    assert [finding.answered_by for finding in asked()] == ["Ben Reviewer"]
