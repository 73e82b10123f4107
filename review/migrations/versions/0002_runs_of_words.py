"""Which papers have which runs of words in their Part 1, so that a paper is known when it comes in a second time.

Papers that are in the register already are found by those that come later once they have been read again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "paper_runs",
        sa.Column("run", sa.BigInteger, nullable=False),
        sa.Column("paper", sa.String(64), sa.ForeignKey("papers.sha256"), nullable=False),
        sa.PrimaryKeyConstraint("run", "paper"),
    )
    op.create_index(op.f("ix_paper_runs_paper"), "paper_runs", ["paper"])
