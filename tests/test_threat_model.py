"""The threat model names only tests that there are, and leaves out none of the known ways in which redaction fails."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAID = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
KNOWN_WAYS = 36  # the list that the numbers of the rows count


def test_every_test_it_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", SAID)
    assert len(named) > 40
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert not test or test in tests, f"{file} has no {test}"


def test_every_known_way_has_its_row() -> None:
    rows = [line.split("|")[1] for line in SAID.splitlines() if line.startswith("|")]
    numbers = {int(number) for row in rows for number in re.findall(r"(?<!\d)(\d{1,2})(?=[ ,])", row)}
    assert numbers == set(range(1, KNOWN_WAYS + 1))


def test_every_row_names_a_test() -> None:
    about_ways = SAID[SAID.index("## The file that comes in") :]
    rows = [line for line in about_ways.splitlines() if line.startswith("| ") and not line.endswith("| tried by |")]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []
