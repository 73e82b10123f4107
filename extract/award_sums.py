"""The sums of an award: what it is worth and what it brings a contract to, or only how the paper prints them.

A range, a ceiling, a rate, an approximation, or a sum that runs into a withheld mark has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract import award_phrases as phrases
from extract.award_acts import Kind
from extract.award_phrases import BREAK, HIDDEN
from extract.facts import Currency
from extract.money import Money, decimal_text, find_amounts


@dataclass(frozen=True)
class Value:
    """A sum as far as it is settled, and as printed; `total` is its phrase where the paper calls it one."""

    value: str | None = None
    as_printed: str | None = None
    each: bool = False
    total: str | None = None
    currency: Currency | None = "GBP"


def letter_sums(text: str) -> tuple[str, dict[str, Money]]:
    """The text with one private-use letter for each sum, and the sums by their letters."""
    sums: dict[str, Money] = {}
    for money in reversed(find_amounts(text)[:1000]):
        letter = chr(phrases.FIRST_SUM + len(sums))
        sums[letter] = money
        text = text[: money.start] + letter + text[money.end :]
    return text, sums


def take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match, and the text with a break in its place."""
    found = pattern.search(text)
    return (found, text[: found.start()] + BREAK + text[found.end() :]) if found else (None, text)


def take_all(pattern: re.Pattern[str], text: str) -> tuple[list[re.Match[str]], str]:
    """Every match, and the text with a break in the place of each."""
    found: list[re.Match[str]] = []

    def broken(match: re.Match[str]) -> str:
        found.append(match)
        return BREAK

    text = pattern.sub(broken, text)
    return found, text


def _printed(text: str, sums: dict[str, Money]) -> str:
    return "".join(sums[letter].as_printed if letter in sums else letter for letter in text)


def settle(lead: str, letters: str, rate: str, sums: dict[str, Money]) -> tuple[str | None, str | None]:
    """The value of a sum if nothing around it leaves it open, and its print with what does."""
    unsettled = phrases.UNSETTLED.search(lead)
    printed = f"{lead[unsettled.start() :] if unsettled else ''}{_printed(letters, sums)}{rate}"
    if HIDDEN in printed:
        return None, None
    money = sums.get(letters)
    if unsettled or rate or money is None or money.approximate or money.value is None:
        return None, printed
    return decimal_text(money.value), printed


def new_total(kind: Kind, text: str, sums: dict[str, Money]) -> tuple[Value, str]:
    """What an extension or variation brings the contract to."""
    if kind not in ("extension", "other"):
        return Value(), text
    for pattern in phrases.NEW_TOTALS:
        found, rest = take(pattern, text)
        if found:
            letter = re.findall(f"{phrases.SUM}|{HIDDEN}", found[0])[-1]
            if letter == HIDDEN:
                return Value(), rest
            return Value(*settle(found[0][: found[0].rindex(letter)], letter, "", sums)), rest
    return Value(), text


def currency_of(letters: str, sums: dict[str, Money]) -> Currency | None:
    """The currency of a sum, or of a range by its end."""
    last = sums.get(letters[-1:])
    return "GBP" if last is None else last.currency


def values_in(kind: Kind, text: str, sums: dict[str, Money]) -> tuple[tuple[Value, ...], str]:
    """The sums of an act as the paper ties them to it: the one total where it prints a total among others.

    An extension's "total value" may be what it adds or what the contract comes to, so it is only printed.
    """
    if HIDDEN in text and phrases.HIDDEN_VALUE.search(text):  # what else is printed may be a part of what is hidden
        return (), phrases.VALUE.sub(BREAK, phrases.HIDDEN_VALUE.sub(BREAK, text))
    found = []
    printed_values, text = take_all(phrases.VALUE, text)
    for m in printed_values:
        value, printed = (None, None) if _runs_into_a_mark(m) else settle(m["lead"], m["sum"], m["rate"], sums)
        total = phrases.TOTAL_VALUE.search(m["lead"])
        whole = _printed(m[0][total.start() :], sums).strip() if total else None
        if total and kind == "extension" and "value" in total[0]:
            value, printed = None, printed and whole
        printed = printed and f"{printed}{m['vat'] or ''}"
        found.append(Value(value, printed, bool(m["each"]), whole, currency_of(m["sum"], sums)))
    totals = [value for value in found if value.total]
    return tuple(totals if len(totals) == 1 else found), text


def _runs_into_a_mark(value: re.Match[str]) -> bool:
    """Whether a mark may hide a part of the phrase: the start of a range, a "per annum", the word that says of what."""
    before = value.string[: value.start()].rstrip(" .,")
    cut_off = before.endswith(HIDDEN) and not phrases.OPENS_A_SUM.match(value["lead"])
    return cut_off or phrases.ENDS_IN_A_MARK.match(value.string, value.end()) is not None
