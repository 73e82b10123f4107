"""A register that an earlier version filled opens with all that was in it, on both databases.

`tests/older_registers` holds the rows of one register for each older revision, written by the program of that time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, insert, select

import review
from review import address
from review.database import rebuilding
from review.register import Register
from review.tables import HEAD, metadata, papers
from tests.registers import a_paper, hold, sha_of

pytest_plugins = ["tests.postgres"]

OLDER = sorted((Path(__file__).parent / "older_registers").glob("*.json"))


def filled(home: Path, url: str | None, kept: dict[str, Any]) -> Path:
    """A home as the program of that revision left it."""
    (home / "papers").mkdir(parents=True)
    for content in kept["originals"]:
        (home / "papers" / f"{sha_of(content)}.pdf").write_text(content)
    at = address.of(home, url)
    with rebuilding(home / "register.db", at, kept["revision"]) as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if rows := kept["tables"].get(table.name):
                connection.execute(insert(table), rows)
    return home


def test_every_older_revision_has_its_register() -> None:
    steps = ScriptDirectory(str(Path(review.__file__ or "").with_name("migrations"))).walk_revisions()
    older = {step.revision for step in steps} - {HEAD}
    told = "Fill a register with the program before your migration, and write its rows to tests/older_registers."
    assert older <= {path.stem for path in OLDER}, told


@pytest.mark.parametrize("path", OLDER, ids=lambda path: path.stem)
def test_a_filled_older_register_is_brought_up_to_date(path: Path, tmp_path: Path, database_url: str | None) -> None:
    kept = json.loads(path.read_text())
    home = filled(tmp_path / "home", database_url, kept)
    register = Register.open(home, database_url)
    with register.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in kept["tables"].get(table.name, [])]
            for row in rows if table is papers else ():  # since revision 0006 it counts what moves a paper, too
                row.pop("revision")
            order = [column.name for column in table.primary_key]
            now = [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            assert [{name: row[name] for name in then} for row, then in zip(now, rows, strict=True)] == sorted(
                rows, key=lambda row: [row[name] for name in order]
            )
    assert register.verify_log() == ()
    assert {paper.name for paper in register.papers()} == {"PCD 1572", "PCD 890 and 1561"}
    # And it goes on from there.
    register.add_claim(register.find("PCD 1572").sha256, hold("Bo Marsh"), 1)
    register.enter(a_paper(tmp_path, "PCD 2000", content=b"%PDF-1.7 three"))
    assert register.verify_log() == ()
    register.close()
