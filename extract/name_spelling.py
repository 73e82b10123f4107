"""A name that was found once, found again everywhere: in capitals, with other accents or apostrophes, over a line.

A name is looked for whole and by each of its words, for a surname alone tells as much. A word of it that is also an
ordinary word, or a month or a place, counts only where it stands with a capital in the middle of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from extract.name_words import Kind, kind_of, words

JOINS = "'’‘ʼ´`\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"  # within a word, printed or not: O'Brien is OBrien
HYPHENS = "\\-\u2010\u2011\u2012\u2013\u2212"  # for a class of characters
WITHOUT_MARK = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ß": "s", "æ": "a", "œ": "o", "ŋ": "n"}
SHORTEST = 3  # letters of a word that is looked for by itself
LIST_ENDS = frozenset({"jr", "sr", "phd", "msc", "obe", "mbe", "cbe", "qpm", "kc", "qc"})

AT = re.compile(r"\b(?:in|at|near|across|around|of)\s+$", re.I)

Spot = tuple[int, int]


@cache
def _letters() -> dict[int, int]:
    """Each letter with a mark to the letter without it, one for one, so that places stay places."""
    table = {ord(letter): ord(plain) for letter, plain in WITHOUT_MARK.items()}
    table |= {ord(letter.upper()): ord(plain) for letter, plain in WITHOUT_MARK.items() if len(letter.upper()) == 1}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        first = unicodedata.normalize("NFD", chr(code))[0]
        if first.isascii():
            table[code] = ord(first.lower())
    table |= {code: ord(unicodedata.normalize("NFKC", chr(code))[0]) for code in range(0xFF21, 0xFF5B)}
    table[ord("İ")] = ord("i")
    return table


@cache
def _bare_letters() -> dict[int, int | None]:
    """The same, and nothing for what joins or breaks a word."""
    dropped = [ord(c) for c in "'’‘ʼ´`\u00ad\u200b\u200c\u200d\u2060\ufeff\u2010\u2011\u2012\u2013\u2212- \n\t\u00a0"]
    return {**_letters(), **dict.fromkeys((*dropped, *range(0x300, 0x370)))}


def plain_letters(text: str) -> str:
    """A text in small letters without marks, as long as it was."""
    return text.translate(_letters()).lower()


def squeezed(text: str) -> str:
    """The letters alone, for a first quick look."""
    return text.translate(_bare_letters()).lower()


@lru_cache(maxsize=256)
def parts_of(name: str) -> tuple[str, ...]:
    """The words of a name that are looked for by themselves: of a double name each half too."""
    every = [part.strip(JOINS + ".,") for word in name.split() for part in (word, *re.split(f"[{HYPHENS}]", word))]
    kept = (part for part in every if len(squeezed(part)) >= SHORTEST and part.casefold() not in LIST_ENDS)
    telling = (part for part in kept if part.casefold() not in words().small and not _of_the_work(part))
    return tuple(dict.fromkeys(telling))


def _of_the_work(part: str) -> bool:
    return kind_of(part) in (Kind.POST, Kind.TITLE, Kind.FIRM)


def _spelt(word: str) -> str:
    """A pattern for a word in plain letters, whatever joins or breaks it."""
    letters = [re.escape(letter) for letter in squeezed(word)]
    gap = f"[{JOINS}]*" if len(letters) < 5 else rf"(?:[{JOINS}]|[{HYPHENS}]\s?)*"
    return gap.join(f"{letter}{'{1,2}' if letter == 's' else ''}" for letter in letters) + "[\u0300-\u036f]*"


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    """The whole name in either order, then each of its words, so that the longest is found first."""
    each = [word for word in re.split(rf"[\s{HYPHENS}.,]+", name) if squeezed(word)]
    between = rf"[\s{HYPHENS}.]*"
    forms = [between.join(map(_spelt, each))]
    if len(each) > 1:
        forms.append(rf"{_spelt(each[-1])},?\s+{between.join(map(_spelt, each[:-1]))}")
    forms += [_spelt(part) for part in sorted(parts_of(name), key=len, reverse=True)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])")


def again(texts: Mapping[str, str], names: Iterable[str]) -> Iterator[tuple[str, str, Spot]]:
    """Every place where a name or a word of it stands: the name, the place, and the characters there."""
    quick = {place: _single(text) for place, text in texts.items()}
    whole = "\n".join(quick.values())
    for name in names:
        wanted = {_single(part) for part in (name, *parts_of(name))}
        if not any(part in whole for part in wanted):
            continue
        for place, text in texts.items():
            if any(part in quick[place] for part in wanted):
                yield from ((name, place, spot) for spot in spots(text, name))


def _single(text: str) -> str:
    """The letters alone, "ss" as one, for it may be printed as one letter: a first quick look before the pattern."""
    return squeezed(text).replace("ss", "s")


def spots(text: str, name: str) -> Iterator[Spot]:
    """Where a name, or a word of it, stands in a text."""
    parts = len(re.split(rf"[\s{HYPHENS}]+", name.strip()))
    for found in _pattern(name).finditer(plain_letters(text)):
        start, end = found.span()
        several = re.split(rf"[\s{HYPHENS},.]+", text[start:end])
        if len(several) > 1 and parts > 1:
            plain = all(_means_more(word) and not word[:1].isupper() for word in several)
        else:
            plain = _plain_word(text, start, end)
        if not plain:
            yield start, end


def _plain_word(text: str, start: int, end: int) -> bool:
    """Whether a word that means something else too stands there as that: small, or where any word has a capital."""
    word = text[start:end]
    if not _means_more(word):
        return False
    if not word[0].isupper() or re.match(r"\s\d", text[end:]):
        return True
    if kind_of(word) in (Kind.TOWN, Kind.PLACE) and AT.search(text, 0, start):
        return True
    return not word.isupper() and re.search(r"(?:^|[.!?:;]\s|[•\"“])\s*$", text[:start]) is not None


@lru_cache(maxsize=512)
def _means_more(word: str) -> bool:
    return word.casefold() in words().also_names or kind_of(word) not in (Kind.NAME, Kind.INITIAL)
