"""Rules are rows that keep to their examples; what they withhold, wherever it stands, and what they must let pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts import Approval, ChiefExecutive, DeferralFacts, Part2Facts, Source
from extract.record import DecisionRecord, Passage, Section, TablePassage
from extract.rules import Rule, RuleError, load, parse, propose


def record_with(text: str) -> DecisionRecord:
    """A record that says the text in every place that Part 1 is made from."""

    def passage(identity: str) -> Passage:
        return Passage(id=identity, number="1", level=1, text=text, page=1, boxes=())

    table = TablePassage(id="1/t1", caption=text, header=(text, "Cost"), rows=(("2026", text),), page=1, boxes=())
    return DecisionRecord(
        source=Source(sha256="0" * 64, file_name="one.pdf", pages=1),
        body="MOPAC",
        form="mopac-dmpc-decision",
        reference="PCD 1",
        reference_as_printed="PCD 1",
        title=text,
        executive_summary=(passage("summary/1"),),
        recommendation_lead=text,
        recommendations=(passage("recommendation/1"),),
        approval=Approval(
            decision_maker=text,
            interests="none",
            interests_text=None,
            approved=False,
            signature="absent",
            signed_on=None,
        ),
        sections=(Section(number="1", heading=text, passages=(passage("1/1.1"), table)),),
        part2=Part2Facts(exists="yes", marking=text, ceases_when=text, exemptions=()),
        deferral=DeferralFacts(answer="yes", reason=text, until=None),
        chief_executive=ChiefExecutive(statement=None, signature="absent", signed_on=None),
    )


ROW = """
[[rule]]
id = "{id}"
because = "It is a test."
exemption = "{exemption}"
pattern = '''{pattern}'''
catches = {catches}
passes = {passes}
"""


def row(**changed: str) -> str:
    usual = {
        "id": "word",
        "exemption": "FOIA s.40(2)",
        "pattern": r"\bsecret\b",
        "catches": '["A <<secret>> word."]',
        "passes": '["A secretary."]',
    }
    return ROW.format(**(usual | changed))


def test_a_row_that_keeps_to_its_examples_loads() -> None:
    (rule,) = parse(row())
    assert list(rule.spans("a secret, a secret")) == [(2, 8), (12, 18)]


# The rows, and a word of the complaint.
REFUSED = [
    (row(catches="[]"), "needs a sentence that it catches"),
    (row(passes="[]"), "one that it passes"),
    (row().replace('passes = ["A secretary."]', ""), "one that it passes"),
    (row(catches='["A secret word."]'), "does not withhold what its sentence 1 says"),  # nothing is marked as caught
    (row(catches='["A <<secret word>>."]'), "sentence 1"),  # it catches less than it says
    (row(catches='["A <<secret>> word.", "An <<open>> one."]'), "sentence 2"),
    (row(catches='["A <<secret>> and a secret."]'), "sentence 1"),  # it catches more than it says
    (row(passes='["A secretary.", "A secret."]'), "sentence 2 that it must pass"),
    (row(exemption="FOIA s.999"), "not in the table"),
    (row(exemption=""), "not in the table"),
    (row() + row(), "same id"),
]


@pytest.mark.parametrize(("rows", "complaint"), REFUSED)
def test_a_row_that_does_not_is_refused(rows: str, complaint: str) -> None:
    with pytest.raises(RuleError, match=complaint):
        parse(rows)


def test_every_rule_of_ours_loads() -> None:
    assert len(load()) >= 10
    assert all(rule.catches and rule.passes for rule in load())


# An identifier of each kind, all of them invented.
IDENTIFIERS = {
    "email-address": ["a.person@example.org", "First.Last+desk@met.police.example", "o'neill@example.co.uk"],
    "telephone-number": ["020 7946 0958", "07700 900123", "+44 20 7946 0321", "(020) 7946 0958", "01632 960001",
                         "+447700900123"],
    "national-insurance-number": ["AB123456C", "AB 12 34 56 C"],
    "nhs-number": ["943 476 5919", "9434765919", "943-476-5919"],
    "bank-account": ["20-45-77 12345678", "60-83-71"],
    "registration-mark": ["LB51 XYZ", "KX19ABC"],
    "postcode": ["SE15 9QQ", "N1 9ZZ", "EC1A 1BB", "N19ZZ"],
}  # fmt: skip
EVERY = [(kind, printed) for kind, all_of_it in IDENTIFIERS.items() for printed in all_of_it]

# Where it stands.
AROUND = [
    "{}",
    "It is {}.",
    "It is {}",
    "It is known ({}).",
    "It is known [{}].",
    "First, {}, and then another.",
    "First; {}; then another.",
    "It is: {}",
    "Is it {}?",
    "“{}”",
    "'{}'",
    "{} is it.",
    "It is {}\u00a0here",
    "{}, {} and {}",
    "Known as {}…",
    "Known/{}",
    "Known – {} – and held",
    "Known:{}",
]


def withheld(text: str) -> str:
    """What is left of a text, with an x for each letter that some rule withholds."""
    return withheld_by(text, load())


def withheld_by(text: str, rules: tuple[Rule, ...]) -> str:
    hidden = {at for rule in rules for start, end in rule.spans(text) for at in range(start, end)}
    return "".join("■" if at in hidden else letter for at, letter in enumerate(text))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("kind", "printed"), EVERY)
def test_an_identifier_is_withheld_wherever_it_stands(kind: str, printed: str, around: str) -> None:
    left = withheld(around.replace("{}", printed))
    assert left.count("■") >= len(printed) * around.count("{}")
    assert printed not in left


@pytest.mark.parametrize(("kind", "printed"), EVERY)
def test_an_identifier_is_withheld_in_small_letters_and_capitals(kind: str, printed: str) -> None:
    for written in (printed.lower(), printed.upper()):
        assert written not in withheld(f"It is {written}."), written


# What must be read by the public.
FIGURES = [
    "£49.927m", "£1,234,567.89", "£20457712345678", "a sum of £0207946095", "£3-4m", "£000s",
    "3 May 2021", "03/05/2021", "2021-05-03", "03.05.2021",
    "21-12-23", "from 01/04/2023 to 31/03/2024", "2023/24", "2023-2024",
    "PCD 1572", "PCD1572", "DMPCD 2015 129", "PCD 890 and 1561", "DMPC Decision – PCD 1234",
    "RM6187", "RM3808 Lot 10", "Framework RM6100", "CCS/2021/0456", "Lot 12345678",
    "2.2.7.6", "paragraph 2.2.3.1.", "section 43(2)", "s.40(2)",
    "Article 8", "Order 2011/3050", "SI 2011/3050", "regulation 72(1)(b)",
    "12.5%", "1,200 officers", "48,000 samples", "24/7",
    "101 or 999", "ISO 27001:2013", "G20", "4G and 5G", "Windows 10",
    "10.00 to 11.30", "SE1 0LL", "SW1A 2JL", "the N1 road",
    "MPS2020 plan", "Q3 2024", "page 12 of 14", "Version 1.2.3.4",
    "se1 0ll", "Order PO12 was placed", "a4 2nd", "Form/21-12-23", "2023/0207946095", "in 20 the",
]  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("around", ["It is {} in all.", "({})", "{}", "The value, {}, is agreed"])
def test_a_figure_of_public_business_is_not_taken_for_a_person(figure: str, around: str) -> None:
    text = around.format(figure)
    assert withheld(text) == text


# Passages that bear a marking: whole, or not at all.
MARKED = [
    ("[OFFICIAL-SENSITIVE] The reserve price is set.", True),
    ("OFFICIAL – SENSITIVE The reserve price is set.", True),
    ("(CONFIDENTIAL) The bid was rejected.", True),
    ("EXEMPT: the bid was rejected.", True),
    ("The bid is OFFICIAL-SENSITIVE.", False),  # it speaks of a marking
    ("Confidential information is in Part 2.", False),
    ("SECRETARIAT costs are met.", False),
]


@pytest.mark.parametrize(("text", "whole"), MARKED)
def test_a_marked_passage_is_withheld_whole(text: str, whole: bool) -> None:
    assert (set(withheld(text)) == {"■"}) == whole


def test_a_rule_looks_at_every_text_that_could_be_public() -> None:
    """Title, summary, heading, cell and caption of a table, the reason for deferral: each has a place of its own."""
    secret = "a.person@example.org"
    found = propose(record_with(secret)).claims
    assert {claim.place.passage for claim in found} == {
    "title", "summary/1", "recommendation_lead",
    "recommendation/1", "approval.decision_maker", "1/heading", "1/1.1",
        "1/t1/caption", "1/t1/r0/c0", "1/t1/r1/c1", "part2.marking", "part2.ceases_when", "deferral.reason",
    }  # fmt: skip
    assert {claim.exemption for claim in found} == {"FOIA s.40(2)"}


def test_a_field_is_named_for_its_marking_and_does_not_bear_it() -> None:
    found = propose(record_with("OFFICIAL-SENSITIVE")).claims
    assert "part2.marking" not in {claim.place.passage for claim in found}


@cache
def texts() -> st.SearchStrategy[str]:
    said = st.sampled_from([*(printed for _, printed in EVERY), *FIGURES, "It is", "and", "in all."])
    return st.lists(st.tuples(said, st.sampled_from([" ", ", ", "; ", "\n", " ("])), max_size=6).map(
        lambda pairs: "".join(a + b for a, b in pairs)
    )


@given(texts(), st.permutations(load()), st.integers(0, 20))
def test_a_rule_more_never_releases_and_order_changes_nothing(text: str, rules: list[Rule], count: int) -> None:
    record = record_with(text)
    fewer, all_of_them = propose(record, rules[:count]), propose(record, rules)
    assert set(claims(fewer.claims)) <= set(claims(all_of_them.claims))
    assert propose(record, load()) == all_of_them


def claims(found: tuple[object, ...]) -> Iterator[str]:
    return (repr(claim) for claim in found)


@given(texts())
def test_what_a_rule_withholds_lies_in_its_text(text: str) -> None:
    for rule in load():
        assert all(0 <= start < end <= len(text) for start, end in rule.spans(text))


@given(texts(), texts())
def test_an_identifier_is_withheld_whatever_stands_in_the_passage_before_it(before: str, after: str) -> None:
    assert "a.person@example.org" not in withheld(f"{before} a.person@example.org {after}")


def test_the_record_of_this_test_has_a_passage_and_a_table() -> None:
    kinds = {type(passage) for passage in record_with("x").passages()}
    assert kinds == {Passage, TablePassage}


def one_rule(pattern: str, confirm: str | None = None) -> Rule:
    return Rule("one", "FOIA s.40(2)", "It is a test.", re.compile(pattern), confirm, False, (), ())


def test_only_the_rules_that_are_given_are_asked() -> None:
    record = record_with("Write to a.person@example.org.")
    assert propose(record, ()).claims == ()
    assert {claim.rule for claim in propose(record, [one_rule("Write")]).claims} == {"one"}


def test_what_a_pattern_finds_without_a_letter_is_nothing() -> None:
    assert list(one_rule("(?P<it>x?)y").spans("an y and an xy")) == [(12, 13)]


def test_what_is_not_confirmed_may_hide_the_beginning_of_what_is() -> None:
    """943 476 5918 and the figure before it look like a number and are none: the number begins with the second."""
    assert list(one_rule(r"\d{10}", "nhs-checksum").spans("19434765919")) == [(1, 11)]
    assert list(one_rule(r"\d{10}", "nhs-checksum").spans("19434765918")) == []
