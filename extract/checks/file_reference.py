"""Does the file bear the reference of another decision?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.places import at_field
from extract.claims import Finding
from extract.record import DecisionRecord

REFERENCE = re.compile(r"(?<![A-Za-z])([A-Z]{2,5})[\s_-]{0,2}(\d{2,5})(?![0-9])")


def check(record: DecisionRecord) -> Iterator[Finding]:
    """A paper saved under another number is often the wrong paper, or the number was changed and the text was not."""
    if record.form is None:
        return
    printed = {key for reference in (record.reference, *record.references) if reference for key in _keys(reference)}
    named = _keys(record.source.file_name.rpartition(".")[0])
    prefixes = {prefix for prefix, _ in printed}
    other = [f"{prefix} {number}" for prefix, number in named if prefix in prefixes]
    if other and not {*named} & printed:
        yield at_field(
            record,
            "reference-differs-from-file-name",
            "needs-person",
            f"The paper says it is {record.reference}, and its file is named for {other[0]}. Check that this is the "
            "right paper, and which number is right.",
            "reference",
        )


def _keys(text: str) -> list[tuple[str, int]]:
    return [(prefix, int(number)) for prefix, number in REFERENCE.findall(text.upper())]
