"""How a record is compared with what it should say: facts exactly, text with every run of white space as one space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

NOT_OF_THE_RECORD = frozenset({"file_name", "sample", "withheld", "reading", "lead_in"})
MONEY = frozenset({"value", "total_after"})


def differences(expected: Any, read: Any, path: str = "") -> Iterator[str]:
    """Every place where `read` does not say what `expected` says; keys that only `read` has are its own affair."""
    if isinstance(expected, dict):
        if not isinstance(read, dict):
            yield f"{path}: nothing was read"
            return
        for key, value in expected.items():
            if key in NOT_OF_THE_RECORD:
                continue
            if key not in read:
                yield f"{path}.{key}: missing"
            elif key in MONEY and value is not None and read[key] is not None:
                if _money(value) != _money(read[key]):
                    yield f"{path}.{key}: {value} read as {read[key]}"
            else:
                yield from differences(value, read[key], f"{path}.{key}")
    elif isinstance(expected, list):
        if not isinstance(read, list) or len(expected) != len(read):
            yield f"{path}: {len(expected)} expected, {len(read) if isinstance(read, list) else 'none'} read"
        for n, (one, other) in enumerate(zip(expected, read or [], strict=False)):
            yield from differences(one, other, f"{path}[{n}]")
    elif isinstance(expected, str) and isinstance(read, str):
        if re.sub(r"\s+", " ", expected).strip() != re.sub(r"\s+", " ", read).strip():
            yield f"{path}: {expected[:120]!r} read as {read[:120]!r}"
    elif expected != read:
        yield f"{path}: {expected!r} read as {read!r}"


def _money(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
