"""Sums of money as the papers print them, read exactly or not at all.

A sum is first found generously, with everything that clings to it, and then read strictly: what the strict reading
does not account for to the last character has no value. So a slip (£1,2500) or a range (£3-4m) is never half read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extract.facts import Currency

_POWERS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "billion": 9,
           "tn": 12, "trillion": 12}  # fmt: skip

_NUMERAL = r"[.,]?[0-9](?:[0-9.,]*[0-9])?"
_SCALE = r"(?:[\s-]?(?:thousand|million|billion|trillion)s?|\s?(?:bn|tn|mn|[kmb]))(?!\w)"
_DASH = "[-\u2010-\u2015]"
_ROUGHLY = (
    r"c\.?|ca\.?|circa\.?|approx\.?|approximately|around|about|roughly|nearly|almost|just\s(?:under|over)"
    r"|in\sthe\sregion\sof|(?:an\s)?estimated|~|≈"
)
_SUM = re.compile(
    rf"""
    (?:\b(?=\w)|(?=[~≈£€$\u2212±-]))                              # one look for all that a sum may begin with
    (?P<approximate>(?<!\w)(?:{_ROUGHLY})\s?)?
    (?P<minus>(?<![\w)\]%£])-|[\u2212±])?
    (?P<between>(?<=between\s))?
    (?P<sign>(?<!£)£++|(?<!\w)GBP\s?£?|(?P<euros>€|(?<!\w)EUR\s?€?)|(?P<dollars>(?<![\w$])(?:US\s?\$|USD\s?\$?))
      |(?P<foreign>(?<![\w$])(?:[A-Z]{{1,3}})?\$))\s?
    (?P<inner_minus>[-\u2212]\s?(?=[0-9]))?
    (?P<bracket>\((?=[0-9][0-9.,]*(?:{_SCALE})?\)))?                 # £(4.2m), as accounts print a debit
    (?:(?P<unit>k|m|bn)\s?(?=[0-9]))?                             # the unit first: £m 4.2
    (?P<numeral>{_NUMERAL})
    (?P<scale>{_SCALE})?
    (?P<unread>
        (?(scale)(?!)|(?:,?[\s\u2009\u202f][0-9]{{3}}(?![0-9]))+(?:{_SCALE})?)   # £4 612 500
      | \s(?:mil|mill|mln|mm|hundred|thou|grand|(?:bn|tn|mn|[kmb])[0-9²³])\b    # a scale nobody can be sure of
      | [\s-](?:hundred|thousand|million|billion|trillion)s?\b    # two scales
      | {_DASH}\s?{_NUMERAL}(?:{_SCALE})?                         # £3-4m
      | \s(?:{_DASH}|to|or|(?(between)and|(?!)))\s{_NUMERAL}{_SCALE}             # £3m to 4m
      | (?(scale)(?!)|\s(?:{_DASH}|to)\s{_NUMERAL})               # £300 to 400
      | (?(scale)(?!)|(?:\.\s?(?:bn|tn|mn|[kmb])(?!\w)|\s[.,][0-9]\w*(?:{_SCALE})?))  # £5.m, £1 ,500: torn apart
      | (?(scale)(?!)|\.\s[0-9]{{1,3}}(?:{_SCALE}|(?<=\s[0-9]{{3}})(?![\w.,)])))        # £1. 5m, £1. 500
      | (?(scale)(?!)|(?<!,[0-9]{{3}})\s?(?:{_DASH}|to|or|(?(between)and|(?!)))\s?£{_NUMERAL}{_SCALE})  # £3 to £4m
      | [.,-]?(?:\[[^\]]*\]?|[\ue000-\uf8ff])\w*                   # a withheld mark in its midst
      | (?:[.,/:'’]?[0-9]|[^\W\d]|%|\+(?!\s?VAT\b))\w*            # anything else that clings to it
      | (?(bracket)\)|(?!))
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SYMBOL = re.compile("[£€$]")
_SYMBOL_OR_CODE = re.compile(r"[£€$]|(?<!\w)(?:GBP|EUR|USD)", re.IGNORECASE)
_FARTHEST = 24  # characters that a sum begins before its sign, such as "in the region of "
_WELL_FORMED = re.compile(r"(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<places>[0-9]+))?")
_MOST_BEFORE_A_SCALE = len("999,999")
_MOST_DIGITS = 15  # more is a slip: and so few that Decimal stays exact


@dataclass(frozen=True)
class Money:
    """One sum as printed at `text[start:end]`; `value` in pounds, None where the print gives no single exact figure.

    `precision` is half a unit of the last printed place, in pounds: £106.6M is right to within £50,000. It is 0 where
    there is no value. A sum in another currency has that `currency` and no value, because what adds sums up adds
    pounds; the currency is None where only a dollar sign is printed, which is the sign of many.
    """

    start: int
    end: int
    as_printed: str
    value: Decimal | None
    approximate: bool
    precision: Decimal
    currency: Currency | None = "GBP"


def find_amounts(text: str) -> tuple[Money, ...]:
    """Every sum of money in a text, in order.

    A unit that heads a column (£000s, £m) names no sum and is left out; a range is one sum without a value, unless
    each end carries its own sign and scale ("£2.9m to £3.6m"), which are two. The sign (£49.9M after a bracket) is
    never read as negative; a printed minus has no value, because the papers use hyphens as dashes.
    """
    return _amounts_in(text) if _sign_in(text) else ()  # most texts have no sum


@lru_cache(maxsize=256)  # a paper asks of the same passage for its sums, its awards and where they stand
def _amounts_in(text: str) -> tuple[Money, ...]:
    return tuple(_money(found) for found in _sums(text) if not _is_column_unit(found))


def _sign_in(text: str) -> re.Pattern[str] | None:
    """What begins a sum in this text: a symbol, or in the few that hold one a code; None where there is neither."""
    capitals = text.upper()
    if "GBP" in capitals or "EUR" in capitals or "USD" in capitals:  # written out: every text of a paper is asked
        return _SYMBOL_OR_CODE
    return _SYMBOL if "£" in text or "€" in text or "$" in text else None


def _sums(text: str) -> Iterator[re.Match[str]]:
    """Every match of `_SUM`; it is not tried where no sign of a currency is near."""
    at, signs = 0, _sign_in(text)
    while signs and (sign := signs.search(text, at)):
        found = _SUM.search(text, max(at, sign.start() - _FARTHEST))
        if found is None:
            return
        yield found
        at = found.end()


def decimal_text(pounds: Decimal) -> str:
    """A sum as the plain decimal string of the records: "5000000", "12.50"; never an exponent."""
    if pounds == pounds.to_integral_value():
        return f"{pounds:.0f}"
    text = f"{pounds:f}".rstrip("0")
    return text if len(text.partition(".")[2]) >= 2 else f"{pounds:.2f}"


def _is_column_unit(found: re.Match[str]) -> bool:
    return found["numeral"] == "000" and (found["unread"] or "s").lower() == "s" and not found["scale"]


def _money(found: re.Match[str]) -> Money:
    value, precision = _read(found)
    return Money(
        found.start(), found.end(), found[0], value, found["approximate"] is not None, precision, _currency(found)
    )


def _currency(found: re.Match[str]) -> Currency | None:
    if found["euros"]:
        return "EUR"
    if found["dollars"]:
        return "USD"
    return None if found["foreign"] else "GBP"


def _read(found: re.Match[str]) -> tuple[Decimal | None, Decimal]:
    unread = None, Decimal(0)
    if found["unread"] or found["minus"] or found["inner_minus"] or found["bracket"] or found["sign"].count("£") > 1:
        return unread
    if _currency(found) != "GBP":
        return unread
    printed = _WELL_FORMED.fullmatch(found["numeral"])
    if not printed or (found["unit"] and found["scale"]) or sum(map(str.isdigit, printed[0])) > _MOST_DIGITS:
        return unread
    places = len(printed["places"] or "")
    scale = found["unit"] or found["scale"]
    if scale and len(printed["whole"]) > _MOST_BEFORE_A_SCALE:  # £5,000,000m is a slip of one kind or the other
        return unread
    if not scale and places not in (0, 2):  # £4.5 has lost its "m", £1.142 its comma
        return unread
    power = _POWERS[_scale_name(scale)] if scale else 0
    pounds = Decimal(printed[0].replace(",", "")).scaleb(power)
    return Decimal(decimal_text(pounds)), Decimal(decimal_text(Decimal(5).scaleb(power - places - 1)))


def _scale_name(printed: str) -> str:
    name = printed.strip(" -\t\n\r\u00a0\u2009\u202f").casefold()  # a long s is an s to the pattern too
    return name.removesuffix("s") if len(name) > 2 else name
