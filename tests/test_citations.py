"""A printed ground leads to an exemption only where the print leaves no doubt."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.citations import read_citation, read_citations
from extract.exemptions import load

FOIA = "Freedom of Information Act 2000"
EIR = "Environmental Information Regulations 2004"
ORDER = "Elected Local Policing Bodies (Specified Information) Order 2011"

RESOLVED = [
    # (as printed, instrument, provision, key)
    ("section 43(2) FOIA", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("Exempt under s.43(2) of the Freedom of Information Act 2000", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("Freedom of Information Act 2000, section 42(1) (legal privilege)", FOIA, "section 42(1)", "FOIA s.42"),
    ("FOIA s.42", FOIA, "section 42", "FOIA s.42"),  # a section with one limb
    ("FOIA 31(1)(a)", FOIA, "section 31(1)(a)", "FOIA s.31(1)(a)"),
    ("Section 40(2)", FOIA, "section 40(2)", "FOIA s.40(2)"),  # no Act named: these papers mean this one
    ("s43(2)", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("regulation 12(5)(e) of the EIR", EIR, "regulation 12(5)(e)", "EIR reg.12(5)(e)"),
    ("EIR reg. 12(5)(e)", EIR, "regulation 12(5)(e)", "EIR reg.12(5)(e)"),
    # other ways of writing the same
    ("§43(2) FOIA", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("exemption 43 (2)", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("exempt under 43(2) FOIA", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("section 43, subsection (2) of the FOIA", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("subsection (2) of section 43 of the FOIA", FOIA, "section 43(2)", "FOIA s.43(2)"),
    ("S. 31 (1) (a) FoIA", FOIA, "section 31(1)(a)", "FOIA s.31(1)(a)"),
    ("exception 12(5)(e) of the EIRs", EIR, "regulation 12(5)(e)", "EIR reg.12(5)(e)"),
    ("Regulation 12 (5) (e)", EIR, "regulation 12(5)(e)", "EIR reg.12(5)(e)"),  # only those have regulations
    # the Order's article stands outside, the exemption in the brackets
    (
        f"Exempt under Article 2(2)(a) of the {ORDER} (section 43(2) of the {FOIA} – commercial interests).",
        ORDER,
        "Article 2(2)(a)",
        "FOIA s.43(2)",
    ),
    # another law, or the section on the test, is only mentioned beside it
    ("section 40(2) of the FOIA (personal data under the DPA 2018)", FOIA, "section 40(2)", "FOIA s.40(2)"),
    ("section 43(2) FOIA, with the test of section 2(2)(b)", FOIA, "section 43(2)", "FOIA s.43(2)"),
]

UNRESOLVED = [
    # (as printed, instrument, provision, proposed keys)
    ("Section 43 – Commercial Interests", None, "section 43", ("s43(1)", "s43(2)")),  # which limb?
    (f"Section 43 of the {FOIA}", FOIA, "section 43", ("s43(1)", "s43(2)")),
    ("s.36 FOIA", FOIA, "section 36", ("s36(2)(b)", "s36(2)(c)")),
    ("sections 40 and 43", None, "section 40", ("s40(2)", "s43(1)", "s43(2)")),
    ("section 42 and section 43 FOIA", FOIA, "section 42", ("s42", "s43(1)", "s43(2)")),  # one is clear, one is not
    (
        "Section 40 of the Data Protection Act 2018 (personal data)",
        "Data Protection Act 2018",
        "section 40",
        ("s40(2)",),
    ),
    ("GDPR", "Data Protection Act 2018", None, ()),
    # the committees' rules, in a decision of one office holder
    (
        "Paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972",
        "Local Government Act 1972",
        "Schedule 12A, paragraph 3",
        ("s43(1)", "s43(2)"),
    ),
    ("section 35 FOIA", FOIA, "section 35", ("s36(2)(b)", "s36(2)(c)")),  # for government departments
    ("section 34 FOIA", FOIA, "section 34", ()),
    ("s.12 of FOIA", FOIA, "section 12", ()),  # refuses a request, withholds nothing
    ("section 14", None, "section 14", ()),
    ("section 99 FOIA", FOIA, "section 99", ()),
    ("section 43(4) FOIA", FOIA, "section 43(4)", ()),
    ("section 43(2) of the Procurement Act 2023", "Procurement Act 2023", "section 43(2)", ()),
    # it excuses from the notices of that Act: an exemption must stand beside it
    (
        "section 94(2) of the Procurement Act 2023",
        "Procurement Act 2023",
        "section 94(2)",
        ("Procurement Act s94(1)(b)",),
    ),
    ("section 94 Procurement Act", "Procurement Act 2023", "section 94", ("Procurement Act s94(1)(b)",)),
    ("sections 21 to 24", None, "section 21to24", ()),  # a range is no one exemption
    ("Sections 21 to 24 FOIA", FOIA, "section 21to24", ()),
    ("the exemption 24 months after signing", None, None, ()),
    # no citation of ours, though it looks like one
    ("section 42 of the report", None, "section 42", ()),
    ("section 24 hours", None, "section 24", ()),
    ("Part 2 section 21", None, "section 21", ()),
    ("section 41 of the Companies Act", None, "section 41", ()),
    ("section 43(2) Freedom of Information Act 1982 (Cth)", None, "section 43(2)", ()),
    ("regulation 12(5)(e) of the Public Contracts Regulations 2015", None, "section 12(5)(e)", ()),
    ("FOIA s.40(2) and section 22 of the Police Act 1996", FOIA, "section 40(2)", ("s40(2)",)),
    ("section 40(2) FOIA / DPA 2018 s.10", FOIA, "section 40(2)", ()),
    # what may be denied is not claimed
    ("not exempt under section 43(2) FOIA", FOIA, "section 43(2)", ("s43(2)",)),
    ("Section 43(2) FOIA does not apply", FOIA, "section 43(2)", ("s43(2)",)),
    ("formerly section 22 FOIA, now none", FOIA, "section 22", ("s22",)),
    ("section 42 FOIA does not apply but section 43(2) FOIA does", FOIA, "section 42", ("s42", "s43(2)")),
    (
        "para 3 Schedule 12A and section 43(2) FOIA",
        "Local Government Act 1972",
        "Schedule 12A, paragraph 3",
        ("s43(1)", "s43(2)"),
    ),
    ("para 3 of Sch. 12A LGA 1972", "Local Government Act 1972", "Schedule 12A, paragraph 3", ("s43(1)", "s43(2)")),
    ("para 2(2)(a) of the Order", ORDER, "Article 2(2)(a)", ()),
    ("section 30 of the Freedom of Information (Scotland) Act 2002", None, "section 30", ()),
    ("regulation 12(5)", EIR, "regulation 12(5)", ("reg 12(5)(a)", "reg 12(5)(b)", "reg 12(5)(e)")),
    ("Article 2(2)(b) of the Order", ORDER, "Article 2(2)(b)", ()),
    ("section 43(2) FOIA (personal data)", FOIA, "section 43(2)", ("s43(2)", "s40(2)")),  # number and words differ
    ("commercial in confidence", None, None, ("s43(2)", "s41")),
    ("Exempt", None, None, ()),
    ("", None, None, ()),
]


@pytest.mark.parametrize(("printed", "instrument", "provision", "key"), RESOLVED, ids=[case[0] for case in RESOLVED])
def test_a_plain_citation_is_resolved(printed: str, instrument: str, provision: str, key: str) -> None:
    ground = read_citation(printed)
    assert (ground.as_printed, ground.instrument, ground.provision) == (printed, instrument, provision)
    assert (ground.key, ground.status, ground.reading) == (key, "resolved", None)


@pytest.mark.parametrize(
    ("printed", "instrument", "provision", "proposed"), UNRESOLVED, ids=[case[0] for case in UNRESOLVED]
)
def test_a_doubtful_citation_is_left_to_a_person(
    printed: str, instrument: str | None, provision: str | None, proposed: tuple[str, ...]
) -> None:
    ground = read_citation(printed)
    assert (ground.as_printed, ground.instrument, ground.provision) == (printed, instrument, provision)
    assert (ground.key, ground.status) == (None, "unresolved")
    assert ground.reading is not None
    assert ground.reading.proposed_keys == proposed
    assert ground.reading.why


def test_several_grounds_in_one_sentence_are_several_when_all_can_be_read() -> None:
    printed = f"Sections 31(1)(a) and 43(1) and (2) of the {FOIA}"
    assert [ground.key for ground in read_citations(printed)] == ["FOIA s.31(1)(a)", "FOIA s.43(1)", "FOIA s.43(2)"]

    together = read_citation(printed)
    assert (together.status, together.key) == ("unresolved", None)
    assert together.reading is not None
    assert together.reading.proposed_keys == ("s31(1)(a)", "s43(1)", "s43(2)")


def test_the_sample_paper_is_read_as_expected(shared_papers: Path) -> None:
    paper = json.loads((shared_papers / "PCD1572.expected.json").read_text())
    for expected in paper["part2"]["exemptions"]:
        (ground,) = read_citations(expected["as_printed"])
        read = ground.model_dump()
        reading, expected_reading = read.pop("reading"), expected.pop("reading")
        assert read == expected
        assert reading["label_as_printed"] == expected_reading["label_as_printed"]
        assert list(reading["proposed_keys"]) == expected_reading["proposed_keys"]
        assert reading["proposed_instrument"] == expected_reading["proposed_instrument"]


WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "section",
                "Section",
                "s.",
                "sections",
                "regulation",
                "Article",
                "paragraph",
                "of the",
                "and",
                ",",
                "(",
                ")",
            ),
            *("43", "43(2)", "40(2)", "31(1)(a)", "42", "12", "12(5)(e)", "35", "99", "(1)", "2(2)(a)", "–"),
            *("FOIA", FOIA, "EIR", ORDER, "Data Protection Act 2018", "DPA", "Schedule 12A", "Procurement Act 2023"),
            *("commercial interests", "trade secrets", "personal data", "legal advice", "exempt"),
        ]
    ),
    max_size=12,
).map(" ".join)


@given(st.text() | WORDS)
def test_any_text_is_read_without_an_error_and_nothing_becomes_an_exemption_by_default(printed: str) -> None:
    table = load()
    for ground in (read_citation(printed), *read_citations(printed)):
        assert ground.as_printed == printed
        if ground.status == "resolved":
            row = table.get(ground.key or "")
            assert row is not None
            assert row.number.partition("(")[0] in printed  # its number is printed
            assert not row.unavailable
        else:
            assert ground.key is None
            assert all(table.get(key) for key in (ground.reading.proposed_keys if ground.reading else ()))


LISTS = [
    # (as printed, the keys in their order)
    ("ss 31(1)(a) and (b), 42", ["FOIA s.31(1)(a)", "FOIA s.31(1)(b)", "FOIA s.42"]),  # a letter stands for a letter
    ("section 31(1)(a) (b) and (g)", ["FOIA s.31(1)(a)", "FOIA s.31(1)(b)", "FOIA s.31(1)(g)"]),
    ("sections 31(1)(a)-(c) FOIA", ["FOIA s.31(1)(a)", "FOIA s.31(1)(b)", "FOIA s.31(1)(c)"]),  # none is lost
    ("section 31(1)(a) + (b) FOIA", ["FOIA s.31(1)(a)", "FOIA s.31(1)(b)"]),
    ("section 43(1) or, alternatively, (2) FOIA", ["FOIA s.43(1)", "FOIA s.43(2)"]),
    ("exempt under 42 and 43(2) FOIA", ["FOIA s.42", "FOIA s.43(2)"]),  # only the Act tells that they are sections
    ("section 40(2) by virtue of section 40(3A)(a)", ["FOIA s.40(2)"]),  # one exemption is one ground
    (
        "section 43(2) FOIA: it would not be in the public interest to publish",
        ["FOIA s.43(2)"],
    ),  # denies something else
    ("sections 31(1)(a) to (c)", ["FOIA s.31(1)(a)", "FOIA s.31(1)(b)", "FOIA s.31(1)(c)"]),
    ("section 43(2) FOIA and s.94(1)(b) of the Procurement Act 2023", ["FOIA s.43(2)", "Procurement Act s.94(1)(b)"]),
]


@pytest.mark.parametrize(("printed", "keys"), LISTS, ids=[case[0] for case in LISTS])
def test_each_ground_of_a_list_is_read(printed: str, keys: list[str]) -> None:
    assert [ground.key for ground in read_citations(printed)] == keys
