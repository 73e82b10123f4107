"""People who sign in: their accounts, their sessions and the attempts that failed; an account can be closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("people", sa.Column("closed_at", sa.String(40)))
    op.create_table(
        "accounts",
        sa.Column("person", sa.String(200), sa.ForeignKey("people.key"), primary_key=True),
        sa.Column("password", sa.Text),
        sa.Column("word", sa.String(64)),
        sa.Column("word_until", sa.String(40)),
        sa.Column("subject", sa.String(64), unique=True),
        sa.Column("changed_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(200), sa.ForeignKey("people.key"), nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("seen_at", sa.String(40), nullable=False),
    )
    op.create_index(op.f("ix_sessions_person"), "sessions", ["person"])
    op.create_table(
        "attempts",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("about", sa.String(80), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index(op.f("ix_attempts_about"), "attempts", ["about"])
