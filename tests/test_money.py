"""Money is read exactly or not at all."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.money import _SUM, _sign_in, decimal_text, find_amounts

CASES = [
    # (text, [(as printed, pounds or None)])
    ("an investment of £49.927m in the plan", [("£49.927m", "49927000")]),
    ("a £249k extension", [("£249k", "249000")]),
    ("value of £5.000m and", [("£5.000m", "5000000")]),  # three places of a million, not five pounds
    ("£4.65m", [("£4.65m", "4650000")]),
    ("A total £106.6M worth", [("£106.6M", "106600000")]),
    ("47% (£49.9M) relates", [("£49.9M", "49900000")]),  # a bracket is not a minus
    ("a day rate of £1,142 for", [("£1,142", "1142")]),
    ("is £4,612,500.", [("£4,612,500", "4612500")]),  # the full stop ends the sentence
    ("£12.50 a head", [("£12.50", "12.50")]),
    ("£2 billion, £2bn", [("£2 billion", "2000000000"), ("£2bn", "2000000000")]),
    ("£3 million", [("£3 million", "3000000")]),
    ("a £2-million contract", [("£2-million", "2000000")]),
    ("£m 4.2 of capital", [("£m 4.2", "4200000")]),  # the unit first, as tables print it
    ("£k300", [("£k300", "300000")]),
    ("£4.2 m", [("£4.2 m", "4200000")]),
    ("GBP 4.2m", [("GBP 4.2m", "4200000")]),
    ("£5m.The next", [("£5m", "5000000")]),  # a missing space after a full stop
    ("£50k-worth", [("£50k", "50000")]),
    ("£1.2m per annum", [("£1.2m", "1200000")]),
    ("up to £2m", [("£2m", "2000000")]),
    ("£1.2m 2023/24", [("£1.2m", "1200000")]),  # the year is not its thousands
    ("£3m to 4 suppliers", [("£3m", "3000000")]),
    ("£0", [("£0", "0")]),
    # ranges: two sums where each is whole, one without a value where they share a scale
    ("£2.9m to £3.6m", [("£2.9m", "2900000"), ("£3.6m", "3600000")]),
    ("£250,000 to £1m", [("£250,000", "250000"), ("£1m", "1000000")]),
    ("£500 and £2m", [("£500", "500"), ("£2m", "2000000")]),
    ("£3-4m", [("£3-4m", None)]),
    ("£3–4m", [("£3–4m", None)]),
    ("£3m - 4m", [("£3m - 4m", None)]),
    ("£3 to £4m", [("£3 to £4m", None)]),  # £3 here means £3m
    ("between £3 and £4m", [("£3 and £4m", None)]),
    ("£300 to 400", [("£300 to 400", None)]),
    # slips: never a number
    ("£1,2500", [("£1,2500", None)]),
    ("£1,,250", [("£1,,250", None)]),
    ("£1.2.3m", [("£1.2.3m", None)]),
    ("£12,50", [("£12,50", None)]),
    ("£.5m", [("£.5m", None)]),  # a digit may be lost
    ("£4.5", [("£4.5", None)]),  # the "m" is lost
    ("£1.142", [("£1.142", None)]),  # a full stop for a comma
    ("£049", [("£049", None)]),
    ("££5m", [("££5m", None)]),
    ("£5mm", [("£5mm", None)]),
    ("£5m1", [("£5m1", None)]),  # a footnote's mark has slipped in
    ("£5m²", [("£5m²", None)]),
    ("£5m+", [("£5m+", None)]),  # at least
    ("£5%", [("£5%", None)]),
    ("£4 612 500", [("£4 612 500", None)]),
    ("£4, 612", [("£4, 612", None)]),
    ("£2 mil", [("£2 mil", None)]),
    ("£2m million", [("£2m million", None)]),
    ("£m 4.2m", [("£m 4.2m", None)]),
    ("£3m/4m", [("£3m/4m", None)]),
    ("£9999999999999999", [("£9999999999999999", None)]),
    # a withheld mark in the middle of a sum: what is left of it is no sum
    ("£49.[Withheld: commercial interests]", [("£49.[Withheld: commercial interests]", None)]),
    ("£49[Withheld: commercial interests]m", [("£49[Withheld: commercial interests]m", None)]),
    ("£49m [Withheld: commercial interests]", [("£49m", "49000000")]),
    # torn apart on the way: what is left of it is no sum
    ("£5.m", [("£5.m", None)]),
    ("£ 1 .5m", [("£ 1 .5m", None)]),
    ("£1 ,500", [("£1 ,500", None)]),
    ("£1. 5m", [("£1. 5m", None)]),
    ("£1. 500", [("£1. 500", None)]),
    ("£1O,000", [("£1O", None)]),  # a letter for a nought
    ("£12 m2", [("£12 m2", None)]),  # a square metre, or a footnote
    ("£1’250’000", [("£1’250", None)]),
    ("£1,250,00", [("£1,250,00", None)]),
    ("£12,345.6", [("£12,345.6", None)]),
    ("£5,000,000m", [("£5,000,000m", None)]),  # five million, or millions
    ("£50p", [("£50p", None)]),
    ("£2 hundred", [("£2 hundred", None)]),
    # more ranges
    ("between £3m and £4m", [("£3m", "3000000"), ("£4m", "4000000")]),
    ("£3m–£4m", [("£3m", "3000000"), ("£4m", "4000000")]),
    ("£3-£4m", [("£3-£4m", None)]),
    ("£3 - £4 million", [("£3 - £4 million", None)]),
    ("£2 or £3 million", [("£2 or £3 million", None)]),
    ("£300-400k", [("£300-400k", None)]),
    ("£300,000-400,000", [("£300,000-400,000", None)]),
    ("±£5m", [("±£5m", None)]),
    # a rate and a tax are not part of the sum
    ("£4.2m p.a.", [("£4.2m", "4200000")]),
    ("£250k/yr", [("£250k", "250000")]),
    ("£450/day", [("£450", "450")]),
    ("£1.2m+VAT", [("£1.2m", "1200000")]),
    ("£1.2m (ex VAT)", [("£1.2m", "1200000")]),
    # brackets
    ("(£49.9M", [("£49.9M", "49900000")]),
    ("(£49.9M)", [("£49.9M", "49900000")]),
    ("£(49.9m)", [("£(49.9m)", None)]),  # as accounts print what is owed
    # spaces of other widths
    ("£5\u00a0million", [("£5\u00a0million", "5000000")]),
    ("£5\u2009m", [("£5\u2009m", "5000000")]),
    ("£5 millionſ", [("£5 millionſ", "5000000")]),  # a long s, which the pattern takes for an s
    ("£1\u00a0250\u00a0000", [("£1\u00a0250\u00a0000", None)]),
    # other currencies are found, and not read as pounds
    ("€5m and US$5m", [("€5m", None), ("US$5m", None)]),
    ("$3,000", [("$3,000", None)]),
    ("EUR 2m", [("EUR 2m", None)]),
    ("£5.2m-£1.1m = £4.1m", [("£5.2m", "5200000"), ("£1.1m", "1100000"), ("£4.1m", "4100000")]),
    # a minus may be a dash: not read
    ("-£5m", [("-£5m", None)]),
    ("(-£5m)", [("-£5m", None)]),
    ("£-5m", [("£-5m", None)]),
    ("Capital–£5m", [("£5m", "5000000")]),  # plainly a dash
    # no sum at all: a unit that heads a column, a placeholder, nothing
    ("Cost (£000s)", []),
    ("£000", []),
    ("£'000", []),
    ("£m", []),
    ("£XX and £[Withheld: commercial interests]", []),
    ("£٣", []),
    ("22,500 users, section 43, 2023", []),
]


@pytest.mark.parametrize(("text", "sums"), CASES, ids=[text for text, _ in CASES])
def test_sums_are_read_exactly_or_not_at_all(text: str, sums: list[tuple[str, str | None]]) -> None:
    found = [(m.as_printed, None if m.value is None else decimal_text(m.value)) for m in find_amounts(text)]
    assert found == sums


ROUGHLY = [
    "c.",
    "c. ",
    "c",
    "ca. ",
    "circa ",
    "circa. ",
    "approximately ",
    "approx. ",
    "~",
    "around ",
    "about ",
    "nearly ",
]
ROUGHLY += ["almost ", "roughly ", "just under ", "just over ", "an estimated ", "in the region of "]


@pytest.mark.parametrize("text", [f"{roughly}£250k" for roughly in ROUGHLY])
def test_what_makes_a_sum_approximate_belongs_to_it(text: str) -> None:
    (money,) = find_amounts(f"items below {text} each")
    assert (money.as_printed, money.value, money.approximate) == (text, Decimal(250_000), True)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        *(("£5m", "GBP"), ("GBP 5m", "GBP"), ("€5m", "EUR"), ("EUR 5m", "EUR"), ("US$5m", "USD"), ("USD 5m", "USD")),
        *(("$5m", None), ("A$5m", None)),  # the sign of many currencies
    ],
)
def test_a_sum_has_the_currency_of_its_sign(text: str, currency: str | None) -> None:
    (money,) = find_amounts(f"a licence at {text} a year")
    assert (money.as_printed, money.currency) == (text, currency)
    assert (money.value is None) == (currency != "GBP")


def test_a_word_that_only_ends_in_c_is_no_approximation() -> None:
    (money,) = find_amounts("training etc. £5m")
    assert not money.approximate


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("£106.6M", "50000"),
        ("£49.927m", "500"),
        ("£249k", "500"),
        ("£1,142", "0.5"),
        ("£12.50", "0.005"),
        ("£2m", "500000"),
        ("£3-4m", "0"),
    ],
)
def test_precision_is_half_a_unit_of_the_last_printed_place(text: str, precision: str) -> None:
    assert find_amounts(text)[0].precision == Decimal(precision)


SCALES = {"": 0, "k": 3, "m": 6, "M": 6, "bn": 9, " million": 6, " billion": 9}


@given(
    whole=st.integers(0, 99_999_999),
    places=st.integers(0, 3),
    fraction=st.integers(0, 999),
    scale=st.sampled_from(sorted(SCALES)),
    commas=st.booleans(),
)
def test_what_is_printed_is_read_back(whole: int, places: int, fraction: int, scale: str, commas: bool) -> None:
    if not scale and places not in (0, 2):
        places = 2
    decimals = f"{fraction:03d}"[:places]
    if scale:
        whole %= 1_000_000  # more before a scale is a slip
    printed = f"£{whole:,}" if commas else f"£{whole}"
    printed += f".{decimals}" * bool(places) + scale
    (money,) = find_amounts(f"a sum of {printed}, for a year.")
    assert money.as_printed == printed
    assert money.value is not None
    assert money.value == Decimal(f"{whole}.{decimals or 0}") * 10 ** SCALES[scale]
    assert Decimal(decimal_text(money.value)) == money.value


def test_the_sample_paper_has_exactly_its_amounts(shared_papers: Path) -> None:
    paper = json.loads((shared_papers / "PCD1572.expected.json").read_text())
    passages = paper["executive_summary"] + paper["recommendations"]
    passages += [passage for section in paper["sections"] for passage in section["passages"]]
    found = [
        (money.as_printed, money.value and decimal_text(money.value), money.approximate, passage["id"])
        for passage in passages
        for money in find_amounts(passage["text"])
    ]
    assert found == [(a["as_printed"], a["value"], a["approximate"], a["passage"]) for a in paper["amounts"]]


MONEY_LIKE = st.text(alphabet="£0123456789.,- kmbnst()/’'%to+GBP\n–−c", max_size=40)


@given(st.text() | MONEY_LIKE)
def test_any_text_is_read_without_an_error_and_in_order(text: str) -> None:
    end = 0
    for money in find_amounts(text):
        assert end <= money.start < money.end <= len(text)
        assert text[money.start : money.end] == money.as_printed
        end = money.end


@given(MONEY_LIKE)
def test_a_value_never_comes_from_part_of_a_sum(text: str) -> None:
    for money in find_amounts(text):
        if money.value is None:
            continue
        following = text[money.end : money.end + 2]
        assert not following[:1].isalnum()
        assert not (following[:1] in ".,/" and following[1:].isdigit())
        alone = find_amounts(money.as_printed)
        assert [again.value for again in alone] == [money.value]


SIGN_LIKE = st.text(alphabet="£€$GBPEURUSDgbpeurusdſß 12.,km", max_size=12)


@given(SIGN_LIKE)
def test_no_sum_is_missed_by_the_quick_look_for_signs(text: str) -> None:
    """Most texts are not searched because they hold no sign: one that the search would find must never be missed."""
    assert _SUM.search(text) is None or _sign_in(text)


RUNS = ["£", "£ ", "£1,", "£1 000", "£1-", "c. ", "approximately ", "GBP ", "£m ", "£1[", "£1 to £"]


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_cost_no_more_than_their_length(run: str) -> None:
    """Were it quadratic, the run of pound signs alone would take half an hour."""
    text = (run * 200_000)[:200_000]
    assert all(money.end <= len(text) for money in find_amounts(text))
