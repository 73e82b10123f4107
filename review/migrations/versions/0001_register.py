"""The first register: papers, people, claims, releases, and the log that they hang from.

The triggers are the database's own refusal to change what was once said, whoever asks. PostgreSQL's keep out TRUNCATE
too; SQLite's also stop `INSERT OR REPLACE`, which would delete the old row without a word.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GROWING = {"log": ("n",), "claims": ("n",), "releases": ("n",), "versions": ("paper", "number")}


def upgrade() -> None:
    _tables_of_papers()
    _tables_that_grow()
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgresql()
    else:
        _refuse_on_sqlite()


def _tables_of_papers() -> None:
    op.create_table(
        "papers",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("form", sa.Text),
        sa.Column("entered_by", sa.Text),
        sa.Column("entered_at", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        sa.Column("rules_digest", sa.String(64), nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("drafting", sa.Text, nullable=False),
    )
    op.create_table(
        "paper_references",
        sa.Column("paper", sa.String(64), sa.ForeignKey("papers.sha256"), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("paper", "key"),
    )
    op.create_index(op.f("ix_paper_references_key"), "paper_references", ["key"])
    op.create_table(
        "people",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("added_at", sa.String(40), nullable=False),
    )


def _tables_that_grow() -> None:
    op.create_table(
        "log",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("paper", sa.String(64)),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "claims",
        sa.Column("n", sa.Integer, sa.ForeignKey("log.n"), primary_key=True, autoincrement=False),
        sa.Column("paper", sa.String(64), sa.ForeignKey("papers.sha256"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        sa.Column("rules_digest", sa.String(64), nullable=False),
    )
    op.create_index(op.f("ix_claims_paper"), "claims", ["paper"])
    op.create_table(
        "releases",
        sa.Column("n", sa.Integer, sa.ForeignKey("log.n"), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("certificate_digest", sa.String(64), nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("release", sa.Integer, sa.ForeignKey("releases.n"), nullable=False),
        sa.Column("paper", sa.String(64), sa.ForeignKey("papers.sha256"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("published_on", sa.String(10), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("paper", "number"),
    )


def _refuse_on_sqlite() -> None:
    for table, key in GROWING.items():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        there = " AND ".join(f"{column} = NEW.{column}" for column in key)
        again = f"EXISTS (SELECT 1 FROM {table} WHERE {there})"  # noqa: S608 - every name is this module's own
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {again} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in GROWING:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
