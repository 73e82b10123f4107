"""Numbers, letters and bullets at the start of a line: what they look like, and which may come after which.

Whether something that looks like a label is one, its surroundings say (`extract.paragraphs`). Where it belongs among
the others, `extract.passages` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Line, Word

SIGNS = "•▪◦‣∙●○■□▫◆◊►➢➤❖\uf0a7\uf0b7\uf0d8\uf076\uf0a8\uf02d"  # no sentence has one of them
DASHES = "·–—o*§-"  # bullets only where they stand apart from what follows
LABEL = re.compile(
    rf"""(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*)(?P<dot>\.?)$
    | \(?(?P<bracketed>\d{{1,3}})\)$
    | (?P<above>\d{{1,3}}(?:\.\d{{1,3}})*)\.?(?:\((?P<below>[a-z])\)|(?<=\.)(?P<last>[a-z])\.?)$  # 2.1(a), 2.1.a
    | \(?(?P<letter>[a-z]{{1,5}}|[A-Z]{{1,5}})(?P<stop>[.)])$
    | (?P<bullet>[{SIGNS}{DASHES}])$""",
    re.VERBOSE,
)
ROMAN = re.compile(r"(?=.)(x{0,3})(ix|iv|v?i{0,3})$")
APART = 0.45  # of the type size: a wider gap than between two words
RECENT = 30  # labels: a list does not go on after so many others


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number, letter or bullet: `number` is ("2","2","3") for 2.2.3, ("a",) for a., () for a bullet.

    `as_printed` has no final dot and no brackets; `shape` is how it is set, such as "(a)" or "1.": only labels of one
    shape make a list. `whole` is the printed word itself.
    """

    as_printed: str
    number: tuple[str, ...]
    dotted: bool
    shape: str = ""
    whole: str = ""

    @property
    def ordinals(self) -> frozenset[tuple[str, int]]:
        """What its last part may count as: i is the first Roman numeral and the ninth letter; nothing for a bullet."""
        return frozenset(_ordinals(self.number[-1])) if self.number else frozenset()

    @property
    def is_first(self) -> bool:
        """Whether it may be the first of its list."""
        return any(place == 1 for _, place in self.ordinals)

    def follows(self, before: Label) -> bool:
        """Whether it is the next of the list `before` belongs to, or below it: 2.1 or 1.1 after 1, b after a."""
        if len(self.number) > 1 or len(before.number) > 1:
            return _next_number(before.number, self.number)
        counted = {(kind, place + 1) for kind, place in before.ordinals}
        return self.shape == before.shape and not counted.isdisjoint(self.ordinals)

    def is_expected(self, seen: Sequence[Label]) -> bool:
        """Whether it begins a list or goes on with one of those that were open."""
        return (self.is_first and len(self.number) == 1) or any(self.follows(label) for label in seen[-RECENT:])


def _ordinals(part: str) -> Iterator[tuple[str, int]]:
    lower = part.casefold()
    if part.isdigit():
        yield "number", int(part)
    if roman := ROMAN.match(lower):
        units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        yield "roman", 10 * len(roman[1]) + units.index(roman[2])
    if lower.isalpha() and len(set(lower)) == 1 and len(lower) <= 2:
        yield "letter", ord(lower[0]) - ord("a") + 1 + 26 * (len(lower) - 1)


def _next_number(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """After 2.2.3: 2.2.4, 2.3, 3, or 2.2.3.1."""
    if not all(part.isdigit() for part in (*before, *after)):
        return False
    if len(after) > len(before):
        return after == (*before, "1")
    depth = len(after) - 1
    return after[:depth] == before[:depth] and int(after[depth]) == int(before[depth]) + 1


def read_label(line: Line) -> tuple[Label | None, tuple[Word, ...]]:
    """The label a line may begin with, and the words after it."""
    label = label_of(line)
    return label, line.words[1:] if label else line.words


def label_of(line: Line) -> Label | None:
    """The label a line may begin with. Most lines have none, and are not cut into words to see it."""
    word = line.opening
    if not (word[-1] in ".)" or word[0].isdigit() or len(word) == 1):
        return None
    if line.runs[0].note is not None:  # the mark of a footnote
        return None
    following = line.text[len(word) :].lstrip()
    return _label(word, bool(following) and not stands_apart(line), following)


def stands_apart(line: Line) -> bool:
    """Whether the first word stands farther from the second than two words of a sentence do."""
    gap = line.opening_gap
    return gap is not None and gap > APART * line.size


def _label(word: str, close: bool, following: str) -> Label | None:
    """What `word` may be a label of; `close`: the next word stands where that of a sentence would."""
    found = LABEL.match(word)
    if not found:
        return None
    if number := found["number"]:
        parts = tuple(number.split("."))
        # "12 months" and "1.5 million" are text.
        if close and not found["dot"] and (len(parts) == 1 or not following[:1].isupper()):
            return None
        return Label(number, parts, bool(found["dot"]), f"1{found['dot']}", word)
    if number := found["bracketed"]:
        return Label(number, (number,), True, word.replace(number, "1"), word)
    if above := found["above"]:
        last = found["below"] or found["last"]
        return Label(f"{above}.{last}", (*above.split("."), last), True, "1.a", word)
    if letter := found["letter"]:
        # A capital with a full stop may be somebody's initial.
        if not any(_ordinals(letter)) or (letter.isupper() and close and found["stop"] == "." and word[0] != "("):
            return None
        return Label(letter, (letter,), True, word.replace(letter, "A" if letter.isupper() else "a"), word)
    return None if close and word in DASHES else Label(word, (), False, word, word)


def is_sure(label: Label) -> bool:
    """Whether it is a label wherever it stands alone: with a stop, brackets or several parts."""
    return bool(label.number) and (label.dotted or len(label.number) > 1)


def is_sign(label: Label) -> bool:
    """Whether it is a bullet that no sentence has."""
    return label.whole in SIGNS and bool(label.whole)
