"""How an identifier can be printed, and which figures are one: what the rules match on, and what confirms a match.

A rule is matched on a legible copy of a text, one character for one character, so that its spans stay places in the
print: odd spaces, dashes and full-width letters must not hide what a reader sees as a telephone number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d")
UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})  # what is printed on top of a letter, or not at all
RAISED = ("<super>", "<sub>")  # a footnote's mark is no digit of the number it stands at


@dataclass(frozen=True, slots=True)
class Legible:
    """A text as a reader sees it. Character `n` of `text` is printed at `places[n]` of the original."""

    text: str
    places: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the print of characters `start` to `end`, unseen ones between them included."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=64)  # every rule asks for the same text in turn
def legible(text: str) -> tuple[Legible, ...]:
    """The text with plain spaces, dashes, letters and digits; twice where something in it cannot be seen.

    Once without the unseen characters, for one may stand within a number, and once with spaces for them, for one may
    stand between a word and a number.
    """
    plain = [_plain(character) for character in text]
    if "" not in plain:
        return (Legible("".join(plain), range(len(text))),)
    kept = tuple(place for place, character in enumerate(plain) if character)
    spaced = "".join(character or " " for character in plain)
    return Legible("".join(plain), kept), Legible(spaced, range(len(text)))


def _plain(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else " " if character.isspace() else ""
    if character in DASHES:
        return "-"
    if character.isspace():
        return " "
    if unicodedata.category(character) in UNSEEN:
        return ""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    simple = unicodedata.normalize("NFKC", character)
    raised = unicodedata.decomposition(character).startswith(RAISED)
    return simple if len(simple) == 1 and not raised else character


def digits_of(text: str) -> str:
    """The digits alone."""
    return re.sub(r"\D", "", text)


def nhs_number(text: str) -> bool:
    """Ten digits, the last of which is the check digit of the others (modulo 11)."""
    digits = [int(digit) for digit in digits_of(text)]
    check = (11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11) % 11
    return len(digits) == 10 and check == digits[9]


def uk_telephone(text: str) -> bool:
    """Ten or eleven digits with an area code or a mobile's that there is."""
    digits = re.sub(r"^(?:44|0044)0?", "0", digits_of(re.split("ext|x", text.lower())[0]))
    return len(digits) in (10, 11) and digits[0] == "0" and digits[1] in "1235789"


def foreign_telephone(text: str) -> bool:
    """Eight to fifteen digits, as the numbers of all countries have."""
    return 8 <= len(digits_of(text)) <= 15


def named_telephone(text: str) -> bool:
    """Enough digits to be dialled."""
    return 7 <= len(digits_of(text)) <= 15


def sort_code(text: str) -> bool:
    """A sort code rather than a short date: dates with hyphens have a day and a month that could be one."""
    parts = [int(part) for part in re.findall(r"\d{2}", text)[:3]]
    return len(digits_of(text)) > 6 or not (1 <= parts[0] <= 31 and 1 <= parts[1] <= 12)


def iban(text: str) -> bool:
    """An international account number: its letters as figures, its head at its end, 1 modulo 97."""
    bare = re.sub(r"[ -]", "", text).upper()
    figures = "".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])
    return 15 <= len(bare) <= 34 and int(figures) % 97 == 1


def payment_card(text: str) -> bool:
    """Thirteen to nineteen digits that keep to Luhn's check."""
    digits = [int(digit) for digit in reversed(digits_of(text))]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return 13 <= len(digits) <= 19 and (sum(digits[::2]) + doubled) % 10 == 0


def calendar_date(text: str) -> bool:
    """A date there can be, in figures; one with a month's name is one anyway."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) < 3:
        return True
    year, month, day = parts if parts[0] > 31 else reversed(parts[:3])
    try:
        date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return month > 12 and day <= 12  # the month first
    return True


def driving_licence(text: str) -> bool:
    """A licence of Great Britain: behind the surname a year, a month (a woman's plus 50) and a day."""
    digits = re.sub(r"[ -]", "", text)[5:11]
    return 1 <= int(digits[1:3]) % 50 <= 12 and digits[1] in "0156" and 1 <= int(digits[3:5]) <= 31


PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"  # the check letter of a year and a serial number, modulo 23


def pnc_number(text: str) -> bool:
    """A Police National Computer number: year, serial number, check letter."""
    year, _, serial = text[:-1].partition("/")
    return text[-1] == PNC_LETTERS[int(f"{year[-2:]}{serial:0>7}") % 23]


def cro_number(text: str) -> bool:
    """A criminal record number: serial number, year, check letter."""
    serial, _, year = text[:-1].partition("/")
    return text[-1] == PNC_LETTERS[int(f"{year}{serial:0>6}") % 23]


CONFIRM: dict[str, Callable[[str], bool]] = {
    "nhs-checksum": nhs_number,
    "uk-telephone": uk_telephone,
    "foreign-telephone": foreign_telephone,
    "named-telephone": named_telephone,
    "sort-code": sort_code,
    "iban": iban,
    "payment-card": payment_card,
    "calendar-date": calendar_date,
    "driving-licence": driving_licence,
    "pnc-number": pnc_number,
    "cro-number": cro_number,
}
