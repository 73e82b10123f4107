"""Ways to spoil the bytes of a PDF, each a function of chance: what a bad disk or a bad line makes of a paper."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Way = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

NUMBERS = (
    b"0", b"-1", b"1e400", b"nan", b"inf", b"-inf", b"99999999999999999999", b"2147483648", b"-2147483649", b"1e-40",
    b"0.00000000001", b"340282350000000000000000000000000000000", b"4294967296", b"65536", b"--5", b"1.2.3", b".",
)  # fmt: skip


def flipped(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some bits are the other way round."""
    spoilt = bytearray(data)
    for _n in range(chance.choice((1, 2, 8, 64))):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def overwritten(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A stretch is noise, or nothing."""
    start, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 8000))
    noise = chance.choice((chance.randbytes(length), bytes(length), b" " * length))
    return data[:start] + noise + data[start + length :]


def truncated(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The end is missing, or the beginning."""
    at = chance.choice((chance.randrange(len(data)), len(data) - chance.randrange(1, 400), chance.randrange(1, 400)))
    return data[at:] if chance.random() < 0.15 else data[:at]


def shuffled(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A stretch is gone, is there twice, or has changed places with another."""
    a, b, c = sorted(chance.sample(range(len(data)), 3))
    return chance.choice((data[:a] + data[b:], data[:b] + data[a:], data[:a] + data[b:c] + data[a:b] + data[c:]))


def misdirected(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The table of where objects lie leads elsewhere."""
    rows = list(re.finditer(rb"\d{10}(?= \d{5} n)", data))
    spoilt = bytearray(data)
    for row in chance.sample(rows, min(len(rows), chance.choice((1, 5, 50)))):
        spoilt[row.start() : row.end()] = chance.choice((b"%010d" % chance.randrange(len(data)), b"9999999999"))
    if chance.random() < 0.4:
        return re.sub(rb"startxref\s+\d+", b"startxref\n%d" % chance.randrange(2 * len(data)), bytes(spoilt))
    return bytes(spoilt)


def renumbered(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A number of the file is another one: a length, a size, a place, the number of an object."""
    found = list(re.finditer(rb"(?<=[ \[/])-?\d+(?:\.\d+)?(?=[ \]/>\n])", data))
    if not found:
        return data[:-1]
    for one in sorted(chance.sample(found, min(len(found), chance.choice((1, 3)))), key=lambda it: -it.start()):
        data = data[: one.start()] + chance.choice((*NUMBERS, b"%d" % chance.randrange(300))) + data[one.end() :]
    return data


def renamed(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A name of the file is another one of its names."""
    found = list(re.finditer(rb"/[A-Z][A-Za-z0-9]+", data))
    one, other = chance.choice(found), chance.choice(found)
    return data[: one.start()] + other.group() + data[one.end() :]
