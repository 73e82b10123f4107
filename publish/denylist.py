"""The second net, where the register is at hand: nothing that is withheld may stand in what was built.

The closed world asks whether a text was approved; this asks whether it should have been. Both are exact. A hit is
found through mark-up, spacing, case, look-alikes and encodings, and however an amount is written. What is public anyway
is passed in as `allowed`, in whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from pydantic import SecretStr

from publish.canonical import canonical, decoded, words
from publish.reading import Unreadable, read
from publish.verdict import Problem

RUN = 5  # words in a row
STRETCH = 40  # letters and digits in a row, whatever stands between them
_BLOCK = STRETCH // 2  # any stretch of that length holds one of the blocks that a withheld text is cut into
_AMOUNT = re.compile(
    r"(?<![\w.,])([£€$]?) ?(\d[\d,]*(?:\.\d+)?)\s*(bn|billion|m|million|k|thousand)?(?!\w)", re.IGNORECASE
)
_SCALE = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_LEAST = 1000  # smaller numbers are counts and paragraph numbers


def deny(
    files: Iterable[tuple[str, bytes]], withheld: Collection[SecretStr], allowed: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Where a withheld text, or an amount in one, stands in these files (path and content each).

    A text of fewer than five words, such as a name or an amount, is looked for whole.
    """
    if not withheld:
        return ()
    secrets = [secret.get_secret_value() for secret in withheld]
    public = list(allowed)
    public_runs = {run for said in public for run in _runs(said)}
    public_text = "\n".join(_squeezed(said) for said in public)
    public_words = " \n ".join(("", *(" ".join(words(said)) for said in public), ""))
    runs = {run for secret in secrets for run in _runs(secret)} - public_runs
    runs = {run for run in runs if len(run) == RUN or f" {' '.join(run)} " not in public_words}
    blocks = {block for secret in secrets for block in _blocks(_squeezed(secret)) if block not in public_text}
    amounts = {value for secret in secrets for value in _amounts(secret)} - {
        v for said in public for v in _amounts(said)
    }
    lengths = sorted({len(run) for run in runs})
    return tuple(
        Problem(path, None, kind)
        for path, content in files
        for kind in _hits(path, content, runs, lengths, blocks, amounts)
    )


def _hits(
    path: str, content: bytes, runs: set[tuple[str, ...]], lengths: list[int], blocks: set[str], amounts: set[Decimal]
) -> Iterator[str]:
    for text, is_text in views(path, content):
        said = words(text)
        if any(said[at : at + length] in runs for length in lengths for at in range(len(said) - length + 1)):
            yield "withheld words"
        squeezed = _squeezed(text)
        if not blocks.isdisjoint(squeezed[at : at + _BLOCK] for at in range(len(squeezed) - _BLOCK + 1)):
            yield "withheld words, spaced or joined otherwise"
        if is_text and not amounts.isdisjoint(_amounts(text)):
            yield "a withheld amount"


def views(path: str, content: bytes) -> Iterator[tuple[str, bool]]:
    """The file as its raw text, and as its texts joined up, so that tags between two words hide nothing.

    With each, whether it is text: in packed bytes, such as a font's, chance writes short amounts.
    """
    try:
        yield decoded(content.decode()), True
    except UnicodeDecodeError:
        yield decoded(content.decode(errors="replace")), False
    try:
        texts = " ".join(text.value for piece in read(path, content) for text in piece.texts if text.kind == "text")
    except Unreadable:
        return
    yield decoded(texts), True


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    said = words(text)
    if len(said) < RUN:
        yield from [said] if said else []
    yield from (said[at : at + RUN] for at in range(len(said) - RUN + 1))


def _squeezed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", canonical(text)))


def _blocks(squeezed: str) -> Iterator[str]:
    if len(squeezed) >= STRETCH:
        yield from (squeezed[at : at + _BLOCK] for at in range(0, len(squeezed) - _BLOCK + 1, _BLOCK))


def _amounts(text: str) -> Iterator[Decimal]:
    """Every sum of a thousand or more, by its value: £1.25m, 1,250,000 and "1.25 million" are one; 2026 is a year."""
    for sign, digits, unit in _AMOUNT.findall(text):
        value = Decimal(digits.replace(",", "")) * _SCALE[unit.lower()]
        if value >= _LEAST and (sign or unit or len(digits) > 4):
            yield value.normalize()
