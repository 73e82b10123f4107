"""The exemption table: every row holds together, and nothing unchecked is shown as law."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.exemptions import EIR, FOIA, NOT_CONFIRMED, ExemptionError, load, parse

TABLE = load()


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("FOIA s.43(2)", "FOIA s.43(2)"),
        ("s43(2)", "FOIA s.43(2)"),
        ("S.43(2)", "FOIA s.43(2)"),
        ("section 43 (2)", "FOIA s.43(2)"),
        ("section 43(2) of the Freedom of Information Act 2000", "FOIA s.43(2)"),
        ("FOIA 43(2)", "FOIA s.43(2)"),
        ("s.42(1)", "FOIA s.42"),  # the whole section, by its one limb
        ("s.36(2)(b)(ii)", "FOIA s.36(2)(b)"),
        ("s22A", "FOIA s.22A"),
        ("EIR reg.12(5)(e)", "EIR reg.12(5)(e)"),
        ("regulation 12(5)(e) of the EIR", "EIR reg.12(5)(e)"),
        ("Article 2(2)(a)", "Order art.2(2)(a)"),
        ("s43", None),  # three limbs, and nobody said which
        ("s43(4)", None),
        ("43(2)", None),  # of what?
        ("DPA s.43(2)", None),
        ("", None),
    ],
)
def test_a_key_is_found_in_any_spelling_and_never_guessed(spelling: str, key: str | None) -> None:
    row = TABLE.get(spelling)
    assert (row.key if row else None) == key


def test_every_row_is_found_by_its_key_and_its_provision() -> None:
    for row in TABLE.rows:
        assert TABLE.get(row.key) is row
        assert TABLE.get(row.provision) is row
        for number in row.also_cited_as:
            assert TABLE.get(f"{row.key.removesuffix(row.number)}{number}") is row


def test_nothing_unchecked_is_shown_as_law() -> None:
    for row in TABLE.rows:
        ground = TABLE.ground(row.key, "as the paper has it")
        assert (ground.key, ground.label, ground.as_printed) == (row.key, row.label, "as the paper has it")
        assert (ground.law is not None) == (ground.means is not None) == row.verified
        if row.verified:
            assert row.verified_by
            assert row.verified_on == date(2026, 11, 23)
            assert row.source


def test_the_limbs_of_the_order_carry_no_text() -> None:
    row = TABLE.get("Order art.2(2)(a)")
    assert row is not None
    assert (row.verified, row.means, row.short_title, row.label) == (False, "", "", "a ground not yet checked")
    assert row.requires_public_interest_test  # nobody knows: the question is asked


def test_what_is_no_exemption_gives_no_key() -> None:
    ground = TABLE.ground("Schedule 12A", "Schedule 12A, paragraph 3")
    assert (ground.key, ground.label, ground.law, ground.means) == (None, NOT_CONFIRMED, None, None)
    assert ground.as_printed == "Schedule 12A, paragraph 3"
    assert TABLE.label("nonsense") == NOT_CONFIRMED


@pytest.mark.parametrize(
    ("key", "weighed", "harm", "qualified_person", "third_party", "unavailable"),
    [
        ("FOIA s.43(2)", True, True, False, True, False),
        ("FOIA s.43(1)", True, False, False, True, False),  # a trade secret needs no harm, but the weighing
        ("FOIA s.40(2)", False, False, False, False, False),
        ("FOIA s.41", False, False, False, True, False),
        ("FOIA s.42", True, False, False, False, False),
        ("FOIA s.36(2)(c)", True, True, True, False, False),
        ("FOIA s.31(1)(a)", True, True, False, False, False),
        ("FOIA s.35", True, False, False, False, True),  # for government departments
        ("EIR reg.12(5)(e)", True, True, False, False, False),
        ("EIR reg.13", False, False, False, False, False),
    ],
)
def test_what_an_exemption_asks_for(
    key: str, weighed: bool, harm: bool, qualified_person: bool, third_party: bool, unavailable: bool
) -> None:
    row = TABLE.get(key)
    assert row is not None
    assert row.requires_public_interest_test is weighed
    assert row.requires_harm is harm
    assert row.requires_qualified_person is qualified_person
    assert row.requires_third_party is third_party
    assert row.unavailable is unavailable


def test_keys_in_a_persons_answer() -> None:
    assert TABLE.keys_in("s43(1) and s43(2)") == ("FOIA s.43(1)", "FOIA s.43(2)")
    assert TABLE.keys_in("FOIA s.43(2), FOIA s.42.") == ("FOIA s.43(2)", "FOIA s.42")
    assert TABLE.keys_in("s43(1) and something else") == ()
    assert TABLE.keys_in("") == ()


def test_limbs_of_a_provision_cited_too_broadly() -> None:
    assert [row.key for row in TABLE.limbs(FOIA, "43")] == ["FOIA s.43(1)", "FOIA s.43(2)", "FOIA s.43(3)"]
    assert TABLE.limbs(FOIA, "42") == ()
    assert len(TABLE.limbs(EIR, "12(5)")) == 7


def changed(row_key: str, **fields: str) -> str:
    """The table's CSV with one row changed."""
    rows = list(csv.DictReader(io.StringIO(source())))
    for row in rows:
        if row["key"] == row_key:
            row.update(fields)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def source() -> str:
    from importlib import resources

    return (resources.files("extract") / "exemptions.csv").read_text(encoding="utf-8")


def test_the_digest_changes_with_any_word() -> None:
    assert parse(source()).digest == TABLE.digest
    assert parse(changed("FOIA s.42", label="privilege")).digest != TABLE.digest


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"key": "FOIA s.41"}, "Two rows"),
        ({"also_cited_as": "41(1)"}, "Two rows"),
        ({"key": "DPA s.42"}, "does not begin"),
        ({"instrument": "Data Protection Act 2018"}, "instrument"),
        ({"absolute": "yes"}, "public interest test"),
        ({"absolute": "perhaps"}, "absolute"),
        ({"basis": "C Z"}, "basis"),
        ({"use": "often"}, "use"),
        ({"label": "Legal Privilege"}, "lower case"),
        ({"verified_by": ""}, "says nothing"),
        ({"source": ""}, "says nothing"),
        ({"means": ""}, "says nothing"),
        ({"verified_on": "yesterday"}, "no date"),
        ({"source": "a book"}, "address"),
        ({"version": "2"}, "same version"),
    ],
)
def test_a_row_that_does_not_hold_together_stops_the_table(fields: dict[str, str], complaint: str) -> None:
    with pytest.raises(ExemptionError, match=complaint):
        parse(changed("FOIA s.42", **fields))


def test_a_table_with_other_columns_is_refused() -> None:
    with pytest.raises(ExemptionError, match="columns"):
        parse(source().replace("version,", "edition,", 1))


@given(st.text() | st.text(alphabet="sSFOIAregartEIR. ()0123456789abc,;and", max_size=30))
def test_any_text_is_looked_up_without_an_error(text: str) -> None:
    row = TABLE.get(text)
    assert row is None or TABLE.get(row.key) is row
    assert TABLE.ground(text).label
    TABLE.keys_in(text)
